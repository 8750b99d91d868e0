"""The holder's proof: what it is drawn from a base proof, and how it is verified.

Spec: Data Integrity ECDSA Cryptosuites 1.0, sections 3.5 (createDisclosureData, createVerifyData) and 3.6
(Add Derived Proof, Verify Derived Proof).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from credentials.canonical.rdfc import Digest
from credentials.errors import ErrorCode, KeyFormatError, ProofOptionsError, SignatureMismatchError
from credentials.json_input import JsonObject
from credentials.multibase import encode_base64url
from credentials.multikey import KeyType, PublicKey
from credentials.proofs.api import Forms
from credentials.proofs.ecdsa_sd_2023.base import BaseHashes, hashes_of
from credentials.proofs.ecdsa_sd_2023.masking import Masked
from credentials.proofs.ecdsa_sd_2023.proof_value import BaseProof, DerivedProof, decode_derived
from credentials.proofs.ecdsa_sd_2023.statements import labels_in, lines_of, relabel

_LABEL: Final = "c14n"


def derive_proof(masked: Masked, base: BaseProof, selective: Sequence[str]) -> DerivedProof:
    """Draw a derived proof from a base proof.

    Args:
        masked: The statements of the whole document, under labels made with the base proof's key.
        base: The base proof.
        selective: What is shown beside the mandatory part.

    Raises:
        ProofOptionsError: A pointer is malformed, leads nowhere, or into a value; or nothing is shown.
        SignatureMismatchError: The base proof was not made over this document.
        CanonicalizationError: The part shown has no canonical form.

    Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.5 (createDisclosureData).
    """
    pointers = (*base.pointers, *selective)
    mandatory = frozenset(masked.indexes(base.pointers))
    shown = masked.indexes(pointers)
    others = [index for index in range(len(masked.lines)) if index not in mandatory]
    if len(others) != len(base.signatures):
        raise _mismatch(f"{len(base.signatures)} signatures for {len(others)} statements")
    signatures = dict(zip(others, base.signatures, strict=True))
    kept = {index: signatures[index] for index in shown if index not in mandatory}
    _verify_each([masked.lines[index] for index in kept], tuple(kept.values()), base.key)
    canonical = masked.statements.relabelled(pointers)
    return DerivedProof(
        signature=base.signature,
        key=base.key,
        signatures=tuple(kept.values()),
        labels=tuple(masked.labels[canonical[f"{_LABEL}{number}"]] for number in range(len(canonical))),
        indexes=tuple(place for place, index in enumerate(shown) if index in mandatory),
    )


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A document shown, as its derived proof reads it.

    Attributes:
        hashes: What the issuer's signature must be over.
        labels: The label of each blank node as the proof writes it, by canonical label of the document.
        lines: The statements, under the labels of the proof, in their order.
        mandatory: Those that the issuer's own signature covers.
        others: Those of which each has its own signature.
    """

    hashes: BaseHashes
    labels: Mapping[str, str]
    lines: tuple[str, ...]
    mandatory: tuple[str, ...]
    others: tuple[str, ...]


def disclose(canonical: str, canonical_options: str, proof: DerivedProof) -> Disclosure:
    """Read a document as a derived proof does.

    Args:
        canonical: Canonical N-Quads of the document.
        canonical_options: Canonical N-Quads of the proof options.
        proof: The proof.

    Raises:
        SignatureMismatchError: The document has more or fewer blank nodes, or statements, than the proof.
        WorkBudgetError: The document has too many statements.
        CanonicalizationError: A statement cannot be read.

    Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.5 (createVerifyData).
    """
    unnamed = lines_of(canonical)
    labels = {f"{_LABEL}{number}": encode_base64url(label) for number, label in enumerate(proof.labels)}
    if labels.keys() != labels_in(unnamed):
        raise _mismatch("labels for other blank nodes")
    lines = tuple(relabel(unnamed, labels))
    chosen = frozenset(proof.indexes)
    mandatory = tuple(line for index, line in enumerate(lines) if index in chosen)
    others = tuple(line for index, line in enumerate(lines) if index not in chosen)
    if len(mandatory) != len(chosen) or len(others) != len(proof.signatures):
        raise _mismatch(f"{len(chosen)} and {len(proof.signatures)} statements, not {len(lines)}")
    return Disclosure(hashes_of(canonical_options, mandatory), labels, lines, mandatory, others)


@dataclass(frozen=True, slots=True)
class SelectiveSuite:
    """The suite as a verifier knows it: derived proofs alone.

    Attributes:
        name: The value of ``cryptosuite``.
        key_types: The keys that verify under it.
        signs_text: The dataset is signed, not the JSON text.
    """

    name: str = "ecdsa-sd-2023"
    key_types: frozenset[KeyType] = frozenset({KeyType.P256})
    signs_text: bool = False

    def verify(
        self,
        forms: Forms,
        options: JsonObject,
        proof_value: str,
        key: PublicKey,
        previous: Sequence[JsonObject],
    ) -> None:
        """Return if the proof holds; see :class:`~credentials.proofs.api.Cryptosuite`."""
        if previous:
            raise ProofOptionsError(
                ErrorCode.PROOF_CRYPTOSUITE,
                where="/proof/previousProof",
                detail="a selective proof in a chain",
            )
        proof = decode_derived(proof_value)
        options_form = forms.options_rdfc(options, Digest.SHA256)
        found = disclose(forms.rdfc(Digest.SHA256), options_form, proof)
        forms.spend(len(found.lines) + len(found.others))
        key.verify(proof.signature, found.hashes.signed(proof.key))
        _verify_each(found.others, proof.signatures, proof.key)


SUITE: Final = SelectiveSuite()


def _verify_each(lines: Sequence[str], signatures: Sequence[bytes], key: PublicKey) -> None:
    try:
        for line, signature in zip(lines, signatures, strict=True):
            key.verify(signature, line.encode())
    except KeyFormatError as cause:
        raise ProofOptionsError(
            ErrorCode.PROOF_VALUE, where="/proof/proofValue", detail="a key that is no point"
        ) from cause


def _mismatch(detail: str) -> SignatureMismatchError:
    return SignatureMismatchError(ErrorCode.PROOF_SIGNATURE_MISMATCH, detail=detail)
