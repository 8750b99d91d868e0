"""Public keys, as Multikey writes them.

Spec: Controlled Identifiers 1.0, section 2.2.2 (Multikey).
"""

from dataclasses import dataclass
from enum import Enum
from typing import Self, assert_never

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from credentials.errors import ErrorCode, KeyFormatError, SignatureMismatchError
from credentials.multibase import decode_base58, encode_base58


class KeyType(Enum):
    """The key types that we read: algorithm, multicodec prefix, lengths of key and signature in bytes."""

    ED25519 = ("Ed25519", b"\xed\x01", 32, 64)

    @property
    def algorithm(self) -> str:
        """The name of the signature algorithm, as a signer gives it."""
        return self.value[0]

    @property
    def prefix(self) -> bytes:
        """The multicodec prefix of a public key of this type."""
        return self.value[1]

    @property
    def key_bytes(self) -> int:
        """Length of a public key."""
        return self.value[2]

    @property
    def signature_bytes(self) -> int:
        """Length of a signature."""
        return self.value[3]


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key; one that exists has the right length.

    Attributes:
        type: Its type.
        raw: The key without prefix.
    """

    type: KeyType
    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != self.type.key_bytes:
            raise KeyFormatError(ErrorCode.KEY_LENGTH, detail=f"{len(self.raw)} bytes for {self.type.name}")

    @classmethod
    def from_multibase(cls, text: str) -> Self:
        """Read a ``publicKeyMultibase``.

        Args:
            text: ``z`` and base58-btc of prefix and key; no other multibase is allowed here.

        Raises:
            KeyFormatError: The text is malformed, of another key type, or of a wrong length.

        Spec: Controlled Identifiers 1.0, section 2.2.2.
        """
        data = decode_base58(text)
        for key_type in KeyType:
            if data.startswith(key_type.prefix):
                return cls(key_type, data[len(key_type.prefix) :])
        raise KeyFormatError(ErrorCode.KEY_TYPE, detail=f"prefix {data[:2].hex()}")

    @property
    def multibase(self) -> str:
        """The ``publicKeyMultibase`` of the key."""
        return encode_base58(self.type.prefix + self.raw)

    def verify(self, signature: bytes, message: bytes) -> None:
        """Return if the signature was made over the message with this key's private half.

        Args:
            signature: 64 bytes for Ed25519.
            message: The signed bytes, whole.

        Raises:
            SignatureMismatchError: It was not.
            KeyFormatError: The key is no point of its curve.

        Spec: RFC 8032, section 5.1.7.
        """
        match self.type:
            case KeyType.ED25519:
                _verify_ed25519(self.raw, signature, message)
            case _:
                assert_never(self.type)


def _verify_ed25519(raw: bytes, signature: bytes, message: bytes) -> None:
    try:
        key = Ed25519PublicKey.from_public_bytes(raw)
    except ValueError as cause:
        raise KeyFormatError(ErrorCode.KEY_INVALID) from cause
    try:
        key.verify(signature, message)
    except (InvalidSignature, ValueError) as cause:
        raise SignatureMismatchError(ErrorCode.PROOF_SIGNATURE_MISMATCH) from cause
