"""Compact JSON Web Signatures, strictly: one way to write each, and the key decides the algorithm.

Spec: RFC 7515 (JWS); RFC 7518, section 3 (algorithms); RFC 8037 (EdDSA); RFC 8725 (best practices).
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from credentials.errors import ErrorCode, InputError, KeyFormatError
from credentials.json_input import MAX_BYTES, JsonObject, parse_object, to_bytes
from credentials.multibase import BASE64_URL, decode_base64url, encode_base64url
from credentials.multikey import KeyType, PublicKey
from credentials.proofs.api import Signer
from credentials.securing.envelope_errors import EnvelopeCode, EnvelopeError

ALGORITHMS: Final[Mapping[str, KeyType]] = {
    "EdDSA": KeyType.ED25519,
    "Ed25519": KeyType.ED25519,
    "ES256": KeyType.P256,
    "ES384": KeyType.P384,
    "RS256": KeyType.RSA,
}
"""By the header's ``alg``, exactly as written: the only key that it may be verified with."""

_NAMES: Final = {kind.algorithm: name for name, kind in ALGORITHMS.items() if name != "Ed25519"}
"""The name that we write; ``Ed25519`` is the newer of two, which fewer readers know (RFC 9864)."""
_NO_SIGNATURE: Final = re.compile(r"none|HS[0-9]+", re.ASCII | re.IGNORECASE)
"""What anyone, or anyone who can verify it, could have made."""
_NEVER: Final = frozenset({"crit", "jku", "x5u", "b64", "zip"})
"""Members that would make a reader fetch a stranger's key, or read other bytes than those that are signed."""
_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class CompactJws:
    """A token's parts, decoded; nothing of it has been verified.

    Attributes:
        header: The protected header.
        payload: The payload's bytes.
        signature: The signature's bytes.
        signing_input: The bytes that are signed: header and payload as written, with the dot.
    """

    header: JsonObject
    payload: bytes
    signature: bytes
    signing_input: bytes


def read(token: str) -> CompactJws:
    """Take a compact JWS apart.

    Args:
        token: Three parts in base64url without padding, two dots, and nothing else; at most
            :data:`~credentials.json_input.MAX_BYTES` characters.

    Raises:
        EnvelopeError: It has another number of parts, or one that no encoder writes.
        InputError: It is too large, or its header is not exactly one JSON object within the limits.

    Spec: RFC 7515, sections 5.2 and 7.1.
    """
    if len(token) > MAX_BYTES:
        raise InputError(ErrorCode.INPUT_TOO_LARGE, detail=f"{len(token)} characters")
    parts = token.split(".")
    if len(parts) != _PARTS:
        raise EnvelopeError(EnvelopeCode.TOKEN_MALFORMED, detail=f"{len(parts)} parts")
    header, payload, signature = (decoded(part) for part in parts)
    signing_input = f"{parts[0]}.{parts[1]}".encode("ascii")
    return CompactJws(parse_object(header), payload, signature, signing_input)


def sign(header: JsonObject, payload: bytes, signer: Signer) -> str:
    """Make a compact JWS.

    Args:
        header: The protected header without ``alg``, which follows from the signer's key.
        payload: The bytes to sign.
        signer: Holds the key.

    Raises:
        EnvelopeError: No JWS algorithm is known for the signer's key.
        InputError: The header holds what JSON cannot carry.

    Spec: RFC 7515, sections 5.1 and 7.1.
    """
    if signer.algorithm not in _NAMES:
        raise EnvelopeError(EnvelopeCode.SIGNER, detail=signer.algorithm)
    protected = to_bytes({"alg": _NAMES[signer.algorithm], **header})
    signing_input = f"{encoded(protected)}.{encoded(payload)}"
    return f"{signing_input}.{encoded(signer.sign(signing_input.encode('ascii')))}"


def verify(jws: CompactJws, key: PublicKey, accepted: Collection[KeyType]) -> None:
    """Return if a token was signed with this key's private half.

    Args:
        jws: The token.
        key: The key; its type decides the algorithm, and the header must agree.
        accepted: The key types that the token's profile allows.

    Raises:
        EnvelopeError: The header names no algorithm that the profile allows, or not the key's.
        SignatureMismatchError: It was not.
        KeyFormatError: The key is none.

    Spec: RFC 7515, section 5.2; RFC 8725, sections 3.1 and 3.2.
    """
    check_algorithm(jws.header, accepted)
    if ALGORITHMS[str(jws.header["alg"])] is not key.type:
        raise EnvelopeError(EnvelopeCode.KEY_ALGORITHM, where="/alg", detail=key.type.algorithm)
    key.verify(jws.signature, jws.signing_input)


def check_algorithm(header: JsonObject, accepted: Collection[KeyType]) -> None:
    """Return if a header names an algorithm that its profile allows.

    Args:
        header: The protected header.
        accepted: The key types that the token's profile allows.

    Raises:
        EnvelopeError: It names none, one that proves nothing, or another.

    Spec: RFC 7515, section 4.1.1; RFC 8725, section 3.2.
    """
    name = header.get("alg")
    if not isinstance(name, str):
        raise EnvelopeError(EnvelopeCode.HEADER, where="/alg")
    if _NO_SIGNATURE.fullmatch(name):
        raise EnvelopeError(EnvelopeCode.UNSIGNED, where="/alg", detail=name[:40])
    if ALGORITHMS.get(name) not in accepted:
        raise EnvelopeError(EnvelopeCode.ALGORITHM, where="/alg", detail=name[:40])


def check_header(header: JsonObject, allowed: Collection[str]) -> None:
    """Return if a header holds only members that its profile allows, and names its key in one way at most.

    Args:
        header: The protected header.
        allowed: The names of those members.

    Raises:
        EnvelopeError: It holds another member, a certificate instead of a key, or two names of a key.

    Spec: RFC 7515, section 4.1; RFC 8725, section 3.10.
    """
    if _NEVER & header.keys():
        raise EnvelopeError(EnvelopeCode.HEADER, detail=min(_NEVER & header.keys()))
    if "x5c" in header:
        raise EnvelopeError(EnvelopeCode.CERTIFICATE, where="/x5c")
    unknown = sorted(header.keys() - set(allowed))
    if unknown:
        raise EnvelopeError(EnvelopeCode.HEADER, detail=unknown[0][:40])
    if {"kid", "jwk"} <= header.keys():
        raise EnvelopeError(EnvelopeCode.HEADER, where="/kid", detail="a key beside the name of a key")
    for name, kind in (("kid", str), ("jwk", dict), ("typ", str), ("cty", str)):
        if name in header and not isinstance(header[name], kind):
            raise EnvelopeError(EnvelopeCode.HEADER, where=f"/{name}")


def decoded(text: str) -> bytes:
    """Read base64url without padding: the one text that an encoder writes for these bytes.

    Raises:
        EnvelopeError: Another alphabet, padding, or unused bits that are set.

    Spec: RFC 7515, section 2 (Base64url Encoding).
    """
    try:
        return decode_base64url(BASE64_URL + text)
    except KeyFormatError as cause:
        raise EnvelopeError(EnvelopeCode.TOKEN_MALFORMED, detail=cause.detail) from cause


def encoded(data: bytes) -> str:
    """Write base64url without padding.

    Spec: RFC 7515, section 2 (Base64url Encoding).
    """
    return encode_base64url(data)[len(BASE64_URL) :]
