"""The one door for JSON: strict, bounded, and the same rules for what we write.

Strings hold no control character, of ASCII or of Latin-1, other than tab, line feed and carriage return,
and neither U+FFFE nor U+FFFF: implementations of RDFC-1.0 disagree on how to escape some of these, so that a
signature over them would verify here and fail elsewhere, and a terminal obeys the others.

Spec: RFC 8259; RFC 7493 (I-JSON), sections 2.1 to 2.3.
"""

import json
import math
import re
from collections.abc import Iterator
from typing import NoReturn, TypeAlias

from credentials.errors import ErrorCode, InputError

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
JsonObject: TypeAlias = dict[str, JsonValue]

MAX_BYTES = 1 << 20
"""A credential with its pictures by link is 5 to 30 kB; a full status list under 100 kB."""
MAX_DEPTH = 64
"""Open Badges needs about ten levels."""
MAX_VALUES = 10_000
"""A title with four blocks has some 150 values; a badge with two hundred results, 4 000."""
MAX_OBJECTS = 1_000
"""A title has some 40 objects; what the JSON-LD processor does for each is most of a verification."""
MAX_ITEMS = 500
"""In one array or object."""
MAX_PAIRS = 250_000
"""Of items of one array, summed over the arrays: the JSON-LD processor compares all items of a set."""
MAX_STRING = 1 << 19
"""In characters; the longest legitimate text is a picture in a ``data:`` address."""
MAX_NAME = 512
"""Of a member name, in characters: a term has some thirty, and each name is part of many places."""
MAX_INTEGER = (1 << 53) - 1
"""Beyond it, readers that hold numbers as doubles see another number (RFC 7493, section 2.2)."""

_MAX_NUMBER_TEXT = 32
_MAX_NAME_SHOWN = 40
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def parse_object(data: bytes) -> JsonObject:
    """Read one JSON object from bytes of any origin.

    Args:
        data: UTF-8, at most :data:`MAX_BYTES`.

    Returns:
        The object, members in their order.

    Raises:
        InputError: The bytes are not exactly one JSON object within the limits, or hold a duplicate member,
            a number that readers disagree on, or a character that a signature cannot carry.

    Spec: RFC 8259; RFC 7493, section 2.
    """
    document = _decode(data)
    if not isinstance(document, dict):
        raise InputError(ErrorCode.INPUT_NOT_OBJECT, where="")
    check_values(document)
    return document


def to_bytes(document: JsonObject) -> bytes:
    """Write an object as compact UTF-8, members in their order.

    Args:
        document: A JSON object within the limits of :func:`parse_object`.

    Returns:
        Bytes that :func:`parse_object` reads back to an equal object.

    Raises:
        InputError: The object holds what JSON, or a signature over JSON, cannot carry.
    """
    check_values(document)
    data = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    if len(data) > MAX_BYTES:
        raise InputError(ErrorCode.INPUT_TOO_LARGE, detail=f"{len(data)} bytes")
    return data


def check_values(document: JsonObject) -> None:
    """Return if an object in memory keeps the rules of :func:`parse_object`.

    Args:
        document: Any object; nothing is assumed of its values.

    Raises:
        InputError: With the place of the first value that does not.
    """
    stack: list[tuple[object, _Place, int]] = [(document, None, 1)]
    count, objects, pairs = 0, 0, 0
    while stack:
        value, where, depth = stack.pop()
        count += 1
        pairs += len(value) * (len(value) - 1) // 2 if isinstance(value, list) else 0
        objects += isinstance(value, dict)
        if count > MAX_VALUES or objects > MAX_OBJECTS or pairs > MAX_PAIRS:
            raise InputError(ErrorCode.INPUT_TOO_MANY_VALUES, where="")
        if isinstance(value, (dict, list)):
            if depth > MAX_DEPTH:
                raise InputError(ErrorCode.INPUT_TOO_DEEP, where=_pointer_to(where))
            if len(value) > MAX_ITEMS:
                raise InputError(
                    ErrorCode.INPUT_TOO_MANY_VALUES, where=_pointer_to(where), detail=f"{len(value)} items"
                )
            stack.extend((child, place, depth + 1) for child, place in _children(value, where))
        else:
            _check_scalar(value, where)


def size_of(value: JsonValue) -> int:
    """Give the number of values in a value, itself among them.

    Args:
        value: Any JSON value of bounded depth.
    """
    if isinstance(value, dict):
        return 1 + sum(map(size_of, value.values()))
    return 1 + sum(map(size_of, value)) if isinstance(value, list) else 1


def pointer(where: str, step: str | int) -> str:
    """Extend a JSON pointer by one step.

    Spec: RFC 6901, section 3.
    """
    return f"{where}/{str(step).replace('~', '~0').replace('/', '~1')}"


_Place: TypeAlias = "tuple[_Place, str | int] | None"
"""The way to a value, last step outside: it is written out for an error only, for it can be long."""


def _pointer_to(place: _Place) -> str:
    steps: list[str | int] = []
    while place is not None:
        place, step = place
        steps.append(step)
    return "".join(pointer("", step) for step in reversed(steps))


def _children(value: dict[object, object] | list[object], where: _Place) -> Iterator[tuple[object, _Place]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield item, (where, index)
        return
    for name, item in value.items():
        if not isinstance(name, str):
            raise InputError(
                ErrorCode.INPUT_TYPE, where=_pointer_to(where), detail="a member name is not a string"
            )
        _check_text(name, where, MAX_NAME)
        yield item, (where, name)


def _check_scalar(value: object, where: _Place) -> None:
    if isinstance(value, str):
        _check_text(value, where)
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise InputError(ErrorCode.INPUT_NUMBER, where=_pointer_to(where))
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise InputError(ErrorCode.INPUT_NUMBER, where=_pointer_to(where))
    else:
        raise InputError(ErrorCode.INPUT_TYPE, where=_pointer_to(where), detail=type(value).__name__)


def _check_text(text: str, where: _Place, limit: int = MAX_STRING) -> None:
    if len(text) > limit:
        raise InputError(
            ErrorCode.INPUT_STRING_TOO_LONG, where=_pointer_to(where), detail=f"{len(text)} characters"
        )
    found = _FORBIDDEN.search(text)
    if found:
        raise InputError(
            ErrorCode.INPUT_FORBIDDEN_CHARACTER, where=_pointer_to(where), detail=f"U+{ord(found[0]):04X}"
        )


def _decode(data: bytes) -> object:
    if len(data) > MAX_BYTES:
        raise InputError(ErrorCode.INPUT_TOO_LARGE, detail=f"{len(data)} bytes")
    if data.startswith(_BYTE_ORDER_MARKS):
        raise InputError(ErrorCode.INPUT_BYTE_ORDER_MARK)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as cause:
        raise InputError(ErrorCode.INPUT_NOT_UTF8, detail=f"at byte {cause.start}") from cause
    try:
        value: object = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as cause:
        raise InputError(
            ErrorCode.INPUT_NOT_JSON, detail=f"line {cause.lineno}, column {cause.colno}"
        ) from cause
    except RecursionError as cause:
        raise InputError(ErrorCode.INPUT_TOO_DEEP) from cause
    return value


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members: dict[str, object] = {}
    for name, value in pairs:
        if name in members:
            shown = name[:_MAX_NAME_SHOWN].encode("ascii", "backslashreplace").decode()
            raise InputError(ErrorCode.INPUT_DUPLICATE_MEMBER, detail=shown)
        members[name] = value
    return members


def _integer(text: str) -> int:
    if len(text) > _MAX_NUMBER_TEXT:
        raise InputError(ErrorCode.INPUT_NUMBER, detail="too many digits")
    return int(text)


def _float(text: str) -> float:
    if len(text) > _MAX_NUMBER_TEXT:
        raise InputError(ErrorCode.INPUT_NUMBER, detail="too many digits")
    return float(text)


def _constant(text: str) -> NoReturn:
    raise InputError(ErrorCode.INPUT_NUMBER, detail=text)


def without(document: JsonObject, member: str) -> JsonObject:
    """Give an object without one of its members; the object itself is unchanged.

    Args:
        document: The object.
        member: The name; it need not be there.
    """
    return {name: value for name, value in document.items() if name != member}
