"""Public keys: what each type is, how Multikey writes it, and the one signature algorithm that it verifies.

A key verifies under one algorithm only, whatever a header or a suite says: there is nothing to confuse.

Spec: Controlled Identifiers 1.0, section 2.2.2 (Multikey).
"""

from dataclasses import dataclass
from enum import Enum
from typing import Self, assert_never

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from credentials.errors import ErrorCode, KeyFormatError, SignatureMismatchError
from credentials.multibase import decode_base58, encode_base58

MIN_RSA_BITS = 2048
MAX_RSA_BITS = 4096
"""A longer modulus costs more than a credential's check may, and nobody issues with one."""


_FIELD = (1 << 255) - 19
_OF_ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
_SMALL_ORDER = frozenset({0, 1, _FIELD - 1, _OF_ORDER_8, _FIELD - _OF_ORDER_8})
"""The y of the eight points of Curve25519 whose order divides 8."""


@dataclass(frozen=True, slots=True)
class _Form:
    """What is fixed of a key type: its name, multicodec prefix, lengths of key and signature in bytes."""

    algorithm: str
    prefix: bytes | None = None
    key_bytes: int | None = None
    signature_bytes: int | None = None


class KeyType(Enum):
    """The key types that we read.

    An RSA key has no Multikey form and no fixed length; it is met in JWTs alone.
    """

    ED25519 = _Form("Ed25519", b"\xed\x01", 32, 64)
    P256 = _Form("P-256", b"\x80\x24", 33, 64)
    P384 = _Form("P-384", b"\x81\x24", 49, 96)
    RSA = _Form("RSA")

    @property
    def algorithm(self) -> str:
        """The name of the type, as a signer gives it."""
        return self.value.algorithm

    @property
    def prefix(self) -> bytes | None:
        """The multicodec prefix of a public key of this type."""
        return self.value.prefix

    @property
    def key_bytes(self) -> int | None:
        """Length of a public key."""
        return self.value.key_bytes

    @property
    def signature_bytes(self) -> int | None:
        """Length of a signature."""
        return self.value.signature_bytes


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key; one that exists has the right length, and is no point for which anybody can sign.

    Attributes:
        type: Its type.
        raw: Ed25519: the 32 bytes; P-256 and P-384: the compressed point; RSA: the DER SubjectPublicKeyInfo.
    """

    type: KeyType
    raw: bytes

    def __post_init__(self) -> None:
        if self.type.key_bytes is not None and len(self.raw) != self.type.key_bytes:
            raise KeyFormatError(ErrorCode.KEY_LENGTH, detail=f"{len(self.raw)} bytes for {self.type.name}")
        if self.type is KeyType.ED25519 and _is_weak(self.raw):
            raise KeyFormatError(ErrorCode.KEY_INVALID, detail="a point of small order, or no canonical one")

    @classmethod
    def from_multibase(cls, text: str) -> Self:
        """Read a ``publicKeyMultibase``.

        Args:
            text: ``z`` and base58-btc of prefix and key; no other multibase is allowed here.

        Raises:
            KeyFormatError: The text is malformed, of another key type, or of a wrong length.

        Spec: Controlled Identifiers 1.0, section 2.2.2.
        """
        return cls.from_prefixed(decode_base58(text))

    @classmethod
    def from_prefixed(cls, data: bytes) -> Self:
        """Read a key with its multicodec prefix.

        Args:
            data: Prefix and key.

        Raises:
            KeyFormatError: The key is of another type, or of a wrong length.
        """
        for key_type in KeyType:
            if key_type.prefix is not None and data.startswith(key_type.prefix):
                return cls(key_type, data[len(key_type.prefix) :])
        raise KeyFormatError(ErrorCode.KEY_TYPE, detail=f"prefix {data[:2].hex()}")

    @property
    def prefixed(self) -> bytes:
        """The key with its multicodec prefix.

        Raises:
            KeyFormatError: Of this type there is no such form.
        """
        if self.type.prefix is None:
            raise KeyFormatError(ErrorCode.KEY_TYPE, detail=f"{self.type.algorithm} has no Multikey form")
        return self.type.prefix + self.raw

    @property
    def multibase(self) -> str:
        """The ``publicKeyMultibase`` of the key."""
        return encode_base58(self.prefixed)

    def verify(self, signature: bytes, message: bytes) -> None:
        """Return if the signature was made over the message with this key's private half.

        Args:
            signature: 64 bytes for Ed25519; r and s, each as long as the curve's field, for ECDSA.
            message: The signed bytes, whole: hashed here with SHA-256 (P-256, RSA) or SHA-384 (P-384).

        Raises:
            SignatureMismatchError: It was not.
            KeyFormatError: The key is no point of its curve, or an RSA key of a size that we do not accept.

        Spec: RFC 8032, section 5.1.7; FIPS 186-5, section 6; RFC 8017, section 8.2.
        """
        match self.type:
            case KeyType.ED25519:
                _verify_ed25519(self.raw, signature, message)
            case KeyType.P256:
                _verify_ecdsa(self, ec.SECP256R1(), SHA256(), signature, message)
            case KeyType.P384:
                _verify_ecdsa(self, ec.SECP384R1(), SHA384(), signature, message)
            case KeyType.RSA:
                _verify_rsa(self.raw, signature, message)
            case _:
                assert_never(self.type)


def rsa_key(modulus: int, exponent: int) -> PublicKey:
    """Make an RSA key of its two numbers.

    Args:
        modulus: ``n``, of :data:`MIN_RSA_BITS` to :data:`MAX_RSA_BITS` bits.
        exponent: ``e``.

    Raises:
        KeyFormatError: The numbers are no RSA key, or one of another size.

    Spec: RFC 8017, section 3.1; RFC 7518, section 3.3 (2048 bits at least).
    """
    if not MIN_RSA_BITS <= modulus.bit_length() <= MAX_RSA_BITS:
        raise KeyFormatError(ErrorCode.KEY_LENGTH, detail=f"an RSA key of {modulus.bit_length()} bits")
    try:
        key = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    except ValueError as cause:
        raise KeyFormatError(ErrorCode.KEY_INVALID) from cause
    return PublicKey(KeyType.RSA, key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def _is_weak(raw: bytes) -> bool:
    """Tell whether an Ed25519 key is of small order: one signature then holds for every message.

    The library accepts such keys, and other spellings of a point than the one that RFC 8032 knows.
    """
    y = int.from_bytes(raw, "little") & ((1 << 255) - 1)
    return y >= _FIELD or y in _SMALL_ORDER


def _verify_ed25519(raw: bytes, signature: bytes, message: bytes) -> None:
    try:
        key = Ed25519PublicKey.from_public_bytes(raw)
    except ValueError as cause:
        raise KeyFormatError(ErrorCode.KEY_INVALID) from cause
    try:
        key.verify(signature, message)
    except (InvalidSignature, ValueError) as cause:
        raise SignatureMismatchError(ErrorCode.PROOF_SIGNATURE_MISMATCH) from cause


def _verify_ecdsa(
    key: PublicKey, curve: ec.EllipticCurve, digest: SHA256 | SHA384, signature: bytes, message: bytes
) -> None:
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(curve, key.raw)
    except ValueError as cause:
        raise KeyFormatError(ErrorCode.KEY_INVALID) from cause
    if len(signature) != key.type.signature_bytes:
        raise SignatureMismatchError(ErrorCode.PROOF_SIGNATURE_MISMATCH, detail=f"{len(signature)} bytes")
    half = len(signature) // 2
    r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
    try:
        public.verify(encode_dss_signature(r, s), message, ec.ECDSA(digest))
    except InvalidSignature as cause:
        raise SignatureMismatchError(ErrorCode.PROOF_SIGNATURE_MISMATCH) from cause


def _verify_rsa(der: bytes, signature: bytes, message: bytes) -> None:
    try:
        key = load_der_public_key(der)
    except (ValueError, UnsupportedAlgorithm) as cause:
        raise KeyFormatError(ErrorCode.KEY_INVALID) from cause
    if not isinstance(key, rsa.RSAPublicKey):
        raise KeyFormatError(ErrorCode.KEY_INVALID, detail="not an RSA key")
    try:
        key.verify(signature, message, padding.PKCS1v15(), SHA256())
    except InvalidSignature as cause:
        raise SignatureMismatchError(ErrorCode.PROOF_SIGNATURE_MISMATCH) from cause
