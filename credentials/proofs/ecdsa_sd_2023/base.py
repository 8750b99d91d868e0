"""The issuer's proof: one signature over all that is mandatory, and one over each other statement.

Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.6 (Create Base Proof, Base Proof Transformation, Base
Proof Hashing, Base Proof Serialization).
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from credentials.multikey import PublicKey
from credentials.proofs.ecdsa_sd_2023.masking import Masked
from credentials.proofs.ecdsa_sd_2023.proof_value import BaseProof


class StatementSigner(Protocol):
    """Signs the statements of one document with a P-256 key that is made for it and thrown away after."""

    @property
    def key(self) -> PublicKey:
        """The public half; it goes into the proof."""
        ...

    def sign(self, data: bytes) -> bytes:
        """Sign these bytes; the signature is r and s, 32 bytes each."""
        ...


@dataclass(frozen=True, slots=True)
class BaseHashes:
    """What the issuer's signature is made over.

    Attributes:
        proof_hash: SHA-256 of the canonical proof options.
        mandatory_hash: SHA-256 of the mandatory statements.
    """

    proof_hash: bytes
    mandatory_hash: bytes

    def signed(self, key: PublicKey) -> bytes:
        """Give the bytes that the issuer signs.

        Args:
            key: The key of the other statements, which is thereby vouched for.

        Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.5 (serializeSignData).
        """
        return self.proof_hash + key.prefixed + self.mandatory_hash


def hashes_of(canonical_options: str, mandatory: Sequence[str]) -> BaseHashes:
    """Hash proof options and mandatory statements.

    Args:
        canonical_options: Canonical N-Quads of the proof options.
        mandatory: The mandatory statements, in their order.

    Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.6 (Base Proof Hashing).
    """
    return BaseHashes(
        hashlib.sha256(canonical_options.encode()).digest(),
        hashlib.sha256("".join(mandatory).encode()).digest(),
    )


def make_base(
    masked: Masked,
    pointers: Sequence[str],
    *,
    canonical_options: str,
    hmac_key: bytes,
    sign: Callable[[bytes], bytes],
    statement_signer: StatementSigner,
) -> BaseProof:
    """Make a base proof.

    Args:
        masked: The statements, under labels made with ``hmac_key``.
        pointers: What is mandatory.
        canonical_options: Canonical N-Quads of the proof options.
        hmac_key: 32 secret bytes, other ones for each document.
        sign: Signs with the issuer's key.
        statement_signer: Signs the other statements.

    Raises:
        ProofOptionsError: A pointer is malformed, leads nowhere, or into a value.

    Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.6 (Create Base Proof).
    """
    chosen = frozenset(masked.indexes(pointers))
    mandatory = [line for index, line in enumerate(masked.lines) if index in chosen]
    others = [line for index, line in enumerate(masked.lines) if index not in chosen]
    key = statement_signer.key
    return BaseProof(
        signature=sign(hashes_of(canonical_options, mandatory).signed(key)),
        key=key,
        hmac_key=hmac_key,
        signatures=tuple(statement_signer.sign(line.encode()) for line in others),
        pointers=tuple(pointers),
    )
