"""A key that lives for one document: made in memory, used for its single statements, kept nowhere."""

from credentials.multikey import KeyType, PublicKey
from keys.private_key import generate, public_half, signature


class StatementKey:
    """A new P-256 key; has the shape of ``credentials.proofs.ecdsa_sd_2023.base.StatementSigner``.

    Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.6 (a key of its own for each base proof).
    """

    __slots__ = ("_private", "key")

    def __init__(self) -> None:
        self._private = generate(KeyType.P256)
        self.key: PublicKey = public_half(self._private)

    def sign(self, data: bytes) -> bytes:
        """Sign bytes.

        Args:
            data: One statement.

        Returns:
            r and s, 32 bytes each.

        Spec: FIPS 186-5, section 6.
        """
        return signature(self._private, data)

    def __repr__(self) -> str:
        return "StatementKey()"
