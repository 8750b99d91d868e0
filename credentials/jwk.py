"""Public keys as JSON Web Keys, read strictly.

Spec: RFC 7517; RFC 7518, section 6; RFC 8037, section 2.
"""

from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from credentials.errors import ErrorCode, KeyFormatError
from credentials.json_input import JsonObject
from credentials.multibase import BASE64_URL, decode_base64url, encode_base64url
from credentials.multikey import KeyType, PublicKey, rsa_key

_PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_CURVES: Final[dict[str, tuple[KeyType, ec.EllipticCurve, int]]] = {
    "P-256": (KeyType.P256, ec.SECP256R1(), 32),
    "P-384": (KeyType.P384, ec.SECP384R1(), 48),
}
_POINT: Final = b"\x04"
"""The mark of an uncompressed point: x and y follow."""


def key_from_jwk(jwk: JsonObject) -> PublicKey:
    """Read a public key.

    Args:
        jwk: ``OKP`` Ed25519, ``EC`` P-256 or P-384, or ``RSA`` of 2048 to 4096 bits.

    Raises:
        KeyFormatError: It holds private members, is of another type, or is malformed.

    Spec: RFC 7517, section 4; RFC 7518, section 6; RFC 8037, section 2.
    """
    if _PRIVATE & jwk.keys():
        raise KeyFormatError(ErrorCode.KEY_SECRET)
    kind, curve = jwk.get("kty"), jwk.get("crv")
    if (kind, curve) == ("OKP", "Ed25519"):
        return PublicKey(KeyType.ED25519, _bytes(jwk, "x"))
    if kind == "EC" and isinstance(curve, str) and curve in _CURVES:
        return _curve_key(jwk, curve)
    if kind == "RSA":
        return rsa_key(int.from_bytes(_bytes(jwk, "n"), "big"), int.from_bytes(_bytes(jwk, "e"), "big"))
    raise KeyFormatError(ErrorCode.KEY_TYPE, detail="not an Ed25519, P-256, P-384 or RSA JWK")


def jwk_of(key: PublicKey) -> JsonObject:
    """Write a public key of a curve as a JWK, its members as RFC 7638 orders them.

    Args:
        key: An Ed25519, P-256 or P-384 key.

    Raises:
        KeyFormatError: An RSA key, or no point of its curve.

    Spec: RFC 7518, section 6.2; RFC 8037, section 2.
    """
    if key.type is KeyType.ED25519:
        return {"crv": "Ed25519", "kty": "OKP", "x": _text(key.raw)}
    if key.type.algorithm not in _CURVES:
        raise KeyFormatError(ErrorCode.KEY_TYPE, detail=f"{key.type.algorithm} is not written as a JWK here")
    _, curve, size = _CURVES[key.type.algorithm]
    try:
        point = ec.EllipticCurvePublicKey.from_encoded_point(curve, key.raw)
    except ValueError as cause:
        raise KeyFormatError(ErrorCode.KEY_INVALID) from cause
    plain = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)[1:]
    return {
        "crv": key.type.algorithm,
        "kty": "EC",
        "x": _text(plain[:size]),
        "y": _text(plain[size:]),
    }


def _curve_key(jwk: JsonObject, name: str) -> PublicKey:
    key_type, curve, size = _CURVES[name]
    x, y = _bytes(jwk, "x"), _bytes(jwk, "y")
    if len(x) != size or len(y) != size:
        raise KeyFormatError(ErrorCode.KEY_LENGTH, detail=f"{len(x)} and {len(y)} bytes for {name}")
    try:
        point = ec.EllipticCurvePublicKey.from_encoded_point(curve, _POINT + x + y)
    except ValueError as cause:
        raise KeyFormatError(ErrorCode.KEY_INVALID) from cause
    return PublicKey(key_type, point.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))


def _bytes(jwk: JsonObject, member: str) -> bytes:
    value = jwk.get(member)
    if not isinstance(value, str):
        raise KeyFormatError(ErrorCode.KEY_MULTIBASE, detail=f"{member} is no text")
    return decode_base64url(BASE64_URL + value)


def _text(data: bytes) -> str:
    return encode_base64url(data)[1:]
