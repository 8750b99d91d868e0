"""The suites that sign two digests: that of the proof options, then that of the document.

Spec: Data Integrity EdDSA Cryptosuites 1.0, sections 3.2 and 3.3; Data Integrity ECDSA Cryptosuites 1.0,
sections 3.2 and 3.3.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from credentials.canonical.jcs import canonical_text
from credentials.canonical.rdfc import Digest
from credentials.errors import ErrorCode, KeyFormatError, ProofOptionsError
from credentials.json_input import JsonObject
from credentials.multibase import decode_base58, encode_base58
from credentials.multikey import KeyType, PublicKey
from credentials.proofs.api import Forms, Hashes


class Form(Enum):
    """Which canonical form of the document is signed."""

    RDFC = "RDFC-1.0"
    JCS = "RFC 8785"


@dataclass(frozen=True, slots=True)
class HashedSuite:
    """One of these suites; it has no state.

    Attributes:
        name: The value of ``cryptosuite``.
        key_types: The keys that sign and verify under it.
        form: The canonical form.
    """

    name: str
    key_types: frozenset[KeyType]
    form: Form

    @property
    def signs_text(self) -> bool:
        """Whether the JSON text itself is signed."""
        return self.form is Form.JCS

    def hashes(
        self, forms: Forms, options: JsonObject, key_type: KeyType, previous: Sequence[JsonObject] = ()
    ) -> Hashes:
        """Hash a document together with proof options.

        Args:
            forms: The document.
            options: The proof without ``proofValue``.
            key_type: The type of the key: P-384 goes with SHA-384, in RDFC-1.0 too.
            previous: The proofs that ``previousProof`` names; they are signed with the document.

        Raises:
            CanonicalizationError: The document or the options have no canonical form.
            ContextError: A context is not pinned.

        Spec: Data Integrity ECDSA Cryptosuites 1.0, sections 3.2.3 to 3.2.5 and 3.3.3 to 3.3.5.
        """
        digest = Digest.SHA384 if key_type is KeyType.P384 else Digest.SHA256
        if self.form is Form.JCS:
            document, proof = forms.jcs(previous), canonical_text(options)
        else:
            document, proof = forms.rdfc(digest, previous), forms.options_rdfc(options, digest)
        return Hashes(
            canonical_proof=proof,
            canonical_document=document,
            proof_hash=hashlib.new(digest.value, proof.encode()).digest(),
            document_hash=hashlib.new(digest.value, document.encode()).digest(),
        )

    def verify(
        self,
        forms: Forms,
        options: JsonObject,
        proof_value: str,
        key: PublicKey,
        previous: Sequence[JsonObject],
    ) -> None:
        """Return if the proof holds; see :class:`~credentials.proofs.api.Cryptosuite`."""
        if "@context" in options and options["@context"] != forms.context:
            # The standard allows contexts to be appended after signing; they are not signed, and could
            # give the words of the document another meaning.
            raise ProofOptionsError(ErrorCode.PROOF_CONTEXT, where="/proof/@context")
        signature = self.signature(proof_value, key.type)
        key.verify(signature, self.hashes(forms, options, key.type, previous).combined)

    def signature(self, proof_value: str, key_type: KeyType) -> bytes:
        """Read ``z`` and base58-btc of a signature.

        Raises:
            ProofOptionsError: It is not the text of a signature of this type.
        """
        try:
            signature = decode_base58(proof_value)
        except KeyFormatError as cause:
            raise ProofOptionsError(ErrorCode.PROOF_VALUE, where="/proof/proofValue") from cause
        if len(signature) != key_type.signature_bytes:
            raise ProofOptionsError(ErrorCode.PROOF_VALUE, where="/proof/proofValue", detail="wrong length")
        return signature

    def proof_value(self, signature: bytes) -> str:
        """Write a signature as ``z`` and base58-btc."""
        return encode_base58(signature)
