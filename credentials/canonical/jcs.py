"""The JSON Canonicalization Scheme: one text for one JSON value.

Spec: RFC 8785.
"""

import json
import math

from credentials.errors import CanonicalizationError, ErrorCode
from credentials.json_input import MAX_INTEGER, JsonValue

_LARGEST_PLAIN = 21
_SMALLEST_PLAIN = -6
"""Decimal exponents between which ECMAScript writes a number without one."""


def canonical_text(value: JsonValue) -> str:
    """Give the canonical text of a JSON value.

    Args:
        value: Any JSON value of bounded depth: the parser of :mod:`credentials.json_input` has bounded it.

    Returns:
        Members sorted by their UTF-16 code units, numbers as ECMAScript writes them, nothing between tokens.

    Raises:
        CanonicalizationError: NaN, an infinity, an integer that a double cannot hold exactly, or a text
            that is not Unicode.

    Spec: RFC 8785, section 3.2.
    """
    match value:
        case None | bool():
            return json.dumps(value)
        case str():
            return _string(value)
        case int():
            return _integer(value)
        case float():
            return _number(value)
        case list():
            return f"[{','.join(canonical_text(item) for item in value)}]"
        case _:
            return _members(value)


def _members(value: dict[str, JsonValue]) -> str:
    names = sorted(value, key=_utf16)
    return f"{{{','.join(f'{_string(name)}:{canonical_text(value[name])}' for name in names)}}}"


def _utf16(text: str) -> bytes:
    try:
        return text.encode("utf-16-be")
    except UnicodeEncodeError as cause:
        raise CanonicalizationError(ErrorCode.CANONICAL_INVALID, detail="a lone surrogate") from cause


def _string(text: str) -> str:
    _utf16(text)
    return json.dumps(text, ensure_ascii=False)


def _integer(value: int) -> str:
    if abs(value) > MAX_INTEGER:
        raise CanonicalizationError(ErrorCode.CANONICAL_INVALID, detail="an integer beyond 2^53")
    return str(value)


def _number(value: float) -> str:
    """Write a double as ECMAScript does (ECMA-262, Number::toString): its shortest digits, placed by size."""
    if not math.isfinite(value):
        raise CanonicalizationError(ErrorCode.CANONICAL_INVALID, detail="not a finite number")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = int(exponent or 0) + len(whole) - (len(whole + fraction) - len(digits))
    return sign + _placed(digits.rstrip("0"), point)


def _placed(digits: str, point: int) -> str:
    """Place the decimal point after so many digits."""
    if len(digits) <= point <= _LARGEST_PLAIN:
        return digits + "0" * (point - len(digits))
    if 0 < point <= _LARGEST_PLAIN:
        return f"{digits[:point]}.{digits[point:]}"
    if _SMALLEST_PLAIN < point <= 0:
        return f"0.{'0' * -point}{digits}"
    mantissa = digits[0] + (f".{digits[1:]}" if len(digits) > 1 else "")
    return f"{mantissa}e{'+' if point > 0 else '-'}{abs(point - 1)}"
