"""Selective disclosure: the issuer signs, the holder draws an extract, the verifier asks what may be hidden.

A document meant for it has an ``id`` of its own that opens no page: the verification page of an award shows
all of it, so an extract that carried its link would hide nothing.

Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.6 (ecdsa-sd-2023).
"""

import copy
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import Enum
from typing import Final

import contexts
from contexts import ContextLoader
from credentials.canonical.rdfc import Digest
from credentials.errors import DataLossError, ErrorCode, KeyFormatError, ProofError, ProofOptionsError
from credentials.instant import format_instant
from credentials.json_input import JsonObject, JsonValue, pointer
from credentials.multikey import KeyType
from credentials.proofs.api import Forms, Signer
from credentials.proofs.ecdsa_sd_2023.base import StatementSigner, make_base
from credentials.proofs.ecdsa_sd_2023.derived import SUITE, derive_proof, disclose
from credentials.proofs.ecdsa_sd_2023.masking import Masked, mask
from credentials.proofs.ecdsa_sd_2023.pointers import select
from credentials.proofs.ecdsa_sd_2023.proof_value import HMAC_BYTES, decode_base, decode_derived, is_base
from credentials.proofs.ecdsa_sd_2023.statements import relabel, statements_of
from credentials.proofs.registry import PROOF_TYPE
from credentials.report import Sentence
from credentials.securing.data_integrity import UnsecuredDocument
from credentials.securing.proof_sets import proofs_of

_OPENS_NO_PAGE: Final = re.compile(
    r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE
)
_OF_ROOT: Final = ("type", "issuer", "validFrom", "validUntil", "credentialStatus")
_OF_ACHIEVEMENT: Final = ("id", "type", "achievementType", "name", "description", "criteria")
"""What Open Badges demands of an achievement is in every extract, so that each is still an Open Badge."""


class Part(Enum):
    """What a verifier must know to be complete in any extract."""

    TYPE = Sentence("le type du document", "the document’s type")
    ISSUER = Sentence("l’organisme", "the issuer")
    VALID_FROM = Sentence("la date d’effet", "the date of effect")
    STATUS = Sentence("l’état (retrait ou suspension)", "the status (withdrawal or suspension)")
    ACHIEVEMENT = Sentence("la certification", "the achievement")


_MEMBERS: Final = {
    Part.TYPE: "type",
    Part.ISSUER: "issuer",
    Part.VALID_FROM: "validFrom",
    Part.STATUS: "credentialStatus",
}


def required_pointers(document: JsonObject) -> tuple[str, ...]:
    """Give what no holder of a credential of ours may hide.

    Issuer, types, dates, status, and the achievement with all that Open Badges demands of it; the holder's
    name, the evidence, the alignments and the picture can be left out.

    Args:
        document: A credential.

    Returns:
        JSON pointers, each to a member that is there.
    """
    root = [pointer("", name) for name in _OF_ROOT if name in document]
    return (*root, *_of_achievements(document, _OF_ACHIEVEMENT))


def sign_base(
    document: JsonObject,
    signer: Signer,
    *,
    created: datetime,
    mandatory_pointers: Sequence[str],
    hmac_key: bytes,
    proof_signer: StatementSigner,
    strict: bool = True,
    loader: ContextLoader = contexts.load,
) -> JsonObject:
    """Give a copy of a document with a base proof: for its holder, who draws extracts from it.

    Args:
        document: Without ``proof``; it must say exactly what would be signed.
        signer: Holds the issuer's P-256 key and names it.
        created: The instant that the proof states; whole seconds are kept.
        mandatory_pointers: JSON pointers to what every extract shows.
        hmac_key: 32 secret bytes from a cryptographic source, never used before.
        proof_signer: A P-256 key made for this document and thrown away after.
        strict: Whether our own policy holds: :func:`required_pointers` are covered, there is a status, and
            the ``id`` is a ``urn:uuid`` and not the link of a page.
        loader: Gives the contexts.

    Returns:
        A new document, its ``proof`` an array of one.

    Raises:
        ProofError: The document has a proof already, a key is of another type, a pointer leads nowhere, or
            the policy does not hold.
        KeyFormatError: ``hmac_key`` is of another length.
        DataLossError: A part of the document would not be signed, or cannot be shown on its own.
        ContextError: The contexts are not an accepted list.
        CanonicalizationError: The document has no canonical form, or too many statements.
        InputError: The document breaks a rule of JSON input, or the instant has no offset.

    Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.6 (Create Base Proof).
    """
    if "proof" in document:
        raise ProofError(ErrorCode.PROOF_PRESENT, where="/proof")
    if signer.algorithm != KeyType.P256.algorithm or proof_signer.key.type is not KeyType.P256:
        raise ProofOptionsError(ErrorCode.PROOF_CRYPTOSUITE, detail="a key that is not P-256")
    if len(hmac_key) != HMAC_BYTES:
        raise KeyFormatError(ErrorCode.KEY_LENGTH, detail=f"{len(hmac_key)} bytes for HMAC")
    options: JsonObject = {
        "type": PROOF_TYPE,
        "cryptosuite": SUITE.name,
        "created": format_instant(created),
        "verificationMethod": signer.verification_method,
        "proofPurpose": "assertionMethod",
    }
    unsecured = UnsecuredDocument(document, loader)
    unsecured.check_lossless()
    unsecured.check_options(options, SUITE)
    masked = _masked(unsecured.forms, hmac_key)
    if strict:
        _check_policy(document, masked, mandatory_pointers)
    proof = make_base(
        masked,
        mandatory_pointers,
        canonical_options=unsecured.forms.options_rdfc(options, Digest.SHA256),
        hmac_key=hmac_key,
        sign=signer.sign,
        statement_signer=proof_signer,
    )
    return {**copy.deepcopy(document), "proof": [{**options, "proofValue": proof.encode()}]}


def derive(
    document: JsonObject, selective_pointers: Sequence[str], *, loader: ContextLoader = contexts.load
) -> JsonObject:
    """Draw an extract from a document with a base proof.

    Args:
        document: Exactly one of its proofs is a base proof; the others are over the whole and left out.
        selective_pointers: JSON pointers to what is shown beside the mandatory part; may be empty.
        loader: Gives the contexts.

    Returns:
        A new document with what is mandatory and what is selected, and a derived proof of the same form
        (alone or in an array) as the document's.

    Raises:
        ProofError: There is no base proof, or more than one; it is malformed, or over another document; a
            pointer is malformed or leads nowhere; or nothing would be shown.
        DataLossError: The document does not say exactly what its dataset says, or not part by part.
        ContextError: The contexts are not an accepted list.
        CanonicalizationError: The document has no canonical form, or too many statements.
        InputError: The document breaks a rule of JSON input.

    Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.6 (Add Derived Proof).
    """
    signed = _base_of(document)
    base = decode_base(str(signed["proofValue"]))
    unsecured = UnsecuredDocument(document, loader)
    unsecured.check_lossless()
    derived = derive_proof(_masked(unsecured.forms, base.hmac_key), base, selective_pointers)
    shown = select(unsecured.forms.content, (*base.pointers, *selective_pointers))
    proof: JsonObject = {**copy.deepcopy(signed), "proofValue": derived.encode()}
    return {**shown, "proof": [proof] if isinstance(document["proof"], list) else proof}


def is_selective(proof: JsonObject) -> bool:
    """Tell whether a proof is of this suite, base or derived."""
    return proof.get("type") == PROOF_TYPE and proof.get("cryptosuite") == SUITE.name


def hideable_parts(forms: Forms, proof: JsonObject) -> tuple[Part, ...]:
    """Say which parts a holder could have hidden, wholly or in part, from a document with a verified proof.

    The issuer's list of what is mandatory is not in a derived proof; what its signature covers is. So a part
    that is not there, or not all of which is mandatory, may be less than what was signed: a second status
    entry, or the only one. An end date that is not there says nothing: most documents have none.

    Args:
        forms: The document without proofs.
        proof: A proof that :meth:`UnsecuredDocument.verify` has accepted.

    Returns:
        None for a proof over the whole document.

    Raises:
        CredentialError: The document or the proof is not as :meth:`UnsecuredDocument.verify` accepts it.
    """
    if not is_selective(proof):
        return ()
    canonical = forms.rdfc(Digest.SHA256)
    found = disclose(canonical, "", decode_derived(str(proof["proofValue"])))
    try:
        statements = statements_of(forms.content, canonical, forms.loader)
    except DataLossError:
        return tuple(Part)
    mandatory = frozenset(found.mandatory)

    def complete(part: Part) -> bool:
        pointers = _pointers_of(part, forms.content)
        chosen = frozenset(relabel(statements.select(pointers), found.labels))
        return chosen <= mandatory and (bool(chosen) or part is Part.ACHIEVEMENT)

    return tuple(part for part in Part if not complete(part))


def named(parts: Sequence[Part]) -> Sentence:
    """Name parts in a row, in both languages."""
    return Sentence(", ".join(part.value.fr for part in parts), ", ".join(part.value.en for part in parts))


def _masked(forms: Forms, hmac_key: bytes) -> Masked:
    return mask(statements_of(forms.content, forms.rdfc(Digest.SHA256), forms.loader), hmac_key)


def _check_policy(document: JsonObject, masked: Masked, mandatory: Sequence[str]) -> None:
    if not _OPENS_NO_PAGE.fullmatch(str(document.get("id"))):
        raise ProofOptionsError(ErrorCode.PROOF_LINKED, where="/id")
    if "credentialStatus" not in document:
        # Nobody who sees an extract without status could tell that there was none to hide.
        raise ProofOptionsError(ErrorCode.PROOF_NOT_MANDATORY, where="/credentialStatus")
    covered = masked.statements.select(mandatory)
    for text in required_pointers(document):
        if not masked.statements.select((text,)) <= covered:
            raise ProofOptionsError(ErrorCode.PROOF_NOT_MANDATORY, where=text)


def _base_of(document: JsonObject) -> JsonObject:
    found = [
        proof
        for proof in proofs_of(document)
        if is_selective(proof) and is_base(str(proof.get("proofValue")))
    ]
    if len(found) != 1:
        raise ProofOptionsError(ErrorCode.PROOF_NO_BASE, where="/proof", detail=f"{len(found)} base proofs")
    return found[0]


def _pointers_of(part: Part, document: JsonObject) -> tuple[str, ...]:
    if part is Part.ACHIEVEMENT:
        return tuple(_of_achievements(document, ("id", "type")))
    if part is Part.ISSUER and isinstance(document.get("issuer"), dict):
        return ("/issuer/id",)
    member = _MEMBERS[part]
    return (pointer("", member),) if member in document else ()


def _of_achievements(document: JsonObject, members: Sequence[str]) -> Iterator[str]:
    for where, subject in _objects(document, "", "credentialSubject"):
        for place, achievement in _objects(subject, where, "achievement"):
            if "type" in subject:
                yield pointer(where, "type")
            yield from (pointer(place, name) for name in members if name in achievement)


def _objects(parent: JsonObject, where: str, name: str) -> Iterator[tuple[str, JsonObject]]:
    place, value = pointer(where, name), parent.get(name)
    items: list[tuple[str, JsonValue]] = (
        [(pointer(place, index), item) for index, item in enumerate(value)]
        if isinstance(value, list)
        else [(place, value)]
    )
    yield from ((spot, item) for spot, item in items if isinstance(item, dict))
