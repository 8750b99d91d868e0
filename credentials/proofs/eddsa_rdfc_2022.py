"""The cryptosuite eddsa-rdfc-2022: RDFC-1.0, SHA-256, Ed25519.

Spec: Data Integrity EdDSA Cryptosuites 1.0, section 3.2.
"""

import hashlib
from dataclasses import dataclass

from contexts import ContextLoader
from credentials.canonical.rdfc import canonicalize
from credentials.errors import ErrorCode, KeyFormatError, ProofOptionsError
from credentials.json_input import JsonObject, JsonValue
from credentials.multibase import decode_base58, encode_base58
from credentials.multikey import KeyType
from credentials.proofs.api import Hashes


@dataclass(frozen=True, slots=True)
class EddsaRdfc2022:
    """The suite; it has no state."""

    name: str = "eddsa-rdfc-2022"
    key_type: KeyType = KeyType.ED25519

    def canonical(self, document: JsonObject, loader: ContextLoader) -> str:
        """Transform the document.

        Spec: Data Integrity EdDSA Cryptosuites 1.0, section 3.2.3.
        """
        return canonicalize(document, loader)

    def hashes(
        self, canonical_document: str, options: JsonObject, context: JsonValue, loader: ContextLoader
    ) -> Hashes:
        """Hash; the options are canonicalized under the document's contexts.

        Spec: Data Integrity EdDSA Cryptosuites 1.0, sections 3.2.4 and 3.2.5.
        """
        canonical_proof = canonicalize({**options, "@context": context}, loader)
        return Hashes(
            canonical_proof=canonical_proof,
            canonical_document=canonical_document,
            proof_hash=hashlib.sha256(canonical_proof.encode()).digest(),
            document_hash=hashlib.sha256(canonical_document.encode()).digest(),
        )

    def proof_value(self, signature: bytes) -> str:
        """Write a signature as ``z`` and base58-btc."""
        return encode_base58(signature)

    def signature(self, proof_value: str) -> bytes:
        """Read ``z`` and base58-btc of 64 bytes."""
        try:
            signature = decode_base58(proof_value)
        except KeyFormatError as cause:
            raise ProofOptionsError(ErrorCode.PROOF_VALUE, where="/proof/proofValue") from cause
        if len(signature) != self.key_type.signature_bytes:
            raise ProofOptionsError(ErrorCode.PROOF_VALUE, where="/proof/proofValue", detail="wrong length")
        return signature


SUITE = EddsaRdfc2022()
