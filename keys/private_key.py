"""Private keys of every type that we sign with: made, recognised and used; kept nowhere."""

from dataclasses import dataclass
from typing import Final, TypeGuard

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from credentials.multikey import KeyType, PublicKey
from keys.errors import KeyStoreError

PrivateKey = Ed25519PrivateKey | ec.EllipticCurvePrivateKey
"""The private half of a signing key."""


@dataclass(frozen=True, slots=True)
class _Curve:
    """How a curve's key signs: its digest, and the length of r and of s in bytes."""

    key_type: KeyType
    curve: ec.EllipticCurve
    digest: SHA256 | SHA384
    size: int


_CURVES: Final = {
    item.curve.name: item
    for item in (
        _Curve(KeyType.P256, ec.SECP256R1(), SHA256(), 32),
        _Curve(KeyType.P384, ec.SECP384R1(), SHA384(), 48),
    )
}

SIGNING_TYPES: Final = (KeyType.ED25519, *(item.key_type for item in _CURVES.values()))
"""Types of the keys that the institution may sign with."""


def generate(key_type: KeyType) -> PrivateKey:
    """Make a new key.

    Args:
        key_type: One of :data:`SIGNING_TYPES`.

    Raises:
        KeyStoreError: ``key.type``.
    """
    if key_type is KeyType.ED25519:
        return Ed25519PrivateKey.generate()
    for item in _CURVES.values():
        if item.key_type is key_type:
            return ec.generate_private_key(item.curve)
    raise KeyStoreError(
        "key.type",
        f"no signing key is made of type {key_type.algorithm}",
        where="the new signing key",
        remedy="one of: " + ", ".join(known.algorithm for known in SIGNING_TYPES),
    )


def is_signing_key(key: object) -> TypeGuard[PrivateKey]:
    """Say whether this is a private key of one of :data:`SIGNING_TYPES`."""
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.curve.name in _CURVES
    return isinstance(key, Ed25519PrivateKey)


def public_half(key: PrivateKey) -> PublicKey:
    """Give the public half: its type is that of the key.

    Args:
        key: A key of which :func:`is_signing_key` is true.
    """
    if isinstance(key, Ed25519PrivateKey):
        return PublicKey(KeyType.ED25519, key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return PublicKey(_CURVES[key.curve.name].key_type, point)


def signature(key: PrivateKey, data: bytes) -> bytes:
    """Sign bytes.

    Args:
        key: A key of which :func:`is_signing_key` is true.
        data: What to sign, whole: for ECDSA it is hashed here, with the digest of the key's type.

    Returns:
        Ed25519: 64 bytes; ECDSA: r and s, each as long as the curve's field.

    Spec: RFC 8032, section 5.1.6; FIPS 186-5, section 6; ECDSA Cryptosuites 1.0, section 3 (IEEE P1363 form).
    """
    if isinstance(key, Ed25519PrivateKey):
        return key.sign(data)
    curve = _CURVES[key.curve.name]
    r, s = decode_dss_signature(key.sign(data, ec.ECDSA(curve.digest)))
    return r.to_bytes(curve.size, "big") + s.to_bytes(curve.size, "big")
