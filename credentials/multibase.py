"""Multibase: bytes as text, in the two forms that credentials use, read strictly.

Each byte string has exactly one text in each form, so that a value cannot be written in a second way
without being another value.

Spec: Controlled Identifiers 1.0, section 2.4.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from credentials.errors import ErrorCode, KeyFormatError

BASE58_BTC = "z"
BASE64_URL = "u"

MAX_BASE58 = 1024
"""Characters; base58 costs the square of its length, and the longest key or signature has about 140."""
MAX_BASE64 = 1 << 20

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_DIGITS = {character: value for value, character in enumerate(_ALPHABET)}
_BASE64_TEXT = re.compile(r"[A-Za-z0-9_-]*")


def encode_base58(data: bytes) -> str:
    """Write bytes as ``z`` and base58-btc."""
    number = int.from_bytes(data, "big")
    text = ""
    while number:
        number, digit = divmod(number, 58)
        text = _ALPHABET[digit] + text
    zeros = len(data) - len(data.lstrip(b"\0"))
    return BASE58_BTC + _ALPHABET[0] * zeros + text


def decode_base58(text: str) -> bytes:
    """Read ``z`` and base58-btc.

    Raises:
        KeyFormatError: Another prefix, a character outside the alphabet, or more than :data:`MAX_BASE58`.
    """
    if not text.startswith(BASE58_BTC) or len(text) > MAX_BASE58:
        raise KeyFormatError(ErrorCode.KEY_MULTIBASE, detail="not base58-btc, or too long")
    body = text[1:]
    number = 0
    for character in body:
        digit = _DIGITS.get(character)
        if digit is None:
            raise KeyFormatError(ErrorCode.KEY_MULTIBASE, detail="a character outside base58-btc")
        number = number * 58 + digit
    zeros = len(body) - len(body.lstrip(_ALPHABET[0]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def encode_base64url(data: bytes) -> str:
    """Write bytes as ``u`` and base64url without padding."""
    return BASE64_URL + urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode_base64url(text: str) -> bytes:
    """Read ``u`` and base64url without padding.

    Raises:
        KeyFormatError: Another prefix, padding, another alphabet, a length or last character that no
            encoder writes, or more than :data:`MAX_BASE64`.
    """
    if not text.startswith(BASE64_URL) or len(text) > MAX_BASE64:
        raise KeyFormatError(ErrorCode.KEY_MULTIBASE, detail="not base64url, or too long")
    body = text[1:]
    if not _BASE64_TEXT.fullmatch(body) or len(body) % 4 == 1:
        raise KeyFormatError(ErrorCode.KEY_MULTIBASE, detail="not base64url without padding")
    data = urlsafe_b64decode(body + "=" * (-len(body) % 4))
    if encode_base64url(data) != text:
        raise KeyFormatError(ErrorCode.KEY_MULTIBASE, detail="unused bits are not zero")
    return data
