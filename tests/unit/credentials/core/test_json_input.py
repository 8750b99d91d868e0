"""The one door for JSON: strict, bounded, never surprised."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentials.errors import ErrorCode, InputError
from credentials.json_input import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_INTEGER,
    MAX_ITEMS,
    MAX_STRING,
    MAX_VALUES,
    check_values,
    parse_object,
    to_bytes,
)

REFUSED: dict[str, tuple[bytes, ErrorCode]] = {
    "nothing": (b"", ErrorCode.INPUT_NOT_JSON),
    "no JSON": (b"<html>", ErrorCode.INPUT_NOT_JSON),
    "trailing data": (b'{"a":1} {}', ErrorCode.INPUT_NOT_JSON),
    "trailing comma": (b'{"a":1,}', ErrorCode.INPUT_NOT_JSON),
    "single quotes": (b"{'a':1}", ErrorCode.INPUT_NOT_JSON),
    "a comment": (b'{"a":1/**/}', ErrorCode.INPUT_NOT_JSON),
    "a raw line feed in a string": (b'{"a":"\n"}', ErrorCode.INPUT_NOT_JSON),
    "a leading zero": (b'{"a":01}', ErrorCode.INPUT_NOT_JSON),
    "an array": (b"[]", ErrorCode.INPUT_NOT_OBJECT),
    "a string": (b'"a"', ErrorCode.INPUT_NOT_OBJECT),
    "null": (b"null", ErrorCode.INPUT_NOT_OBJECT),
    "a byte order mark": (b"\xef\xbb\xbf{}", ErrorCode.INPUT_BYTE_ORDER_MARK),
    "UTF-16": ("{}".encode("utf-16"), ErrorCode.INPUT_BYTE_ORDER_MARK),
    "Latin-1": (b'{"a":"\xe9"}', ErrorCode.INPUT_NOT_UTF8),
    "overlong UTF-8": (b'{"a":"\xc0\xaf"}', ErrorCode.INPUT_NOT_UTF8),
    "an encoded surrogate": (b'{"a":"\xed\xa0\x80"}', ErrorCode.INPUT_NOT_UTF8),
    "a lone surrogate": (rb'{"a":"\ud800"}', ErrorCode.INPUT_FORBIDDEN_CHARACTER),
    "a lone surrogate in a name": (rb'{"\udfff":1}', ErrorCode.INPUT_FORBIDDEN_CHARACTER),
    "NUL": (rb'{"a":"\u0000"}', ErrorCode.INPUT_FORBIDDEN_CHARACTER),
    "backspace": (rb'{"a":"\b"}', ErrorCode.INPUT_FORBIDDEN_CHARACTER),
    "vertical tab in a name": (rb'{"\u000b":1}', ErrorCode.INPUT_FORBIDDEN_CHARACTER),
    "delete": (b'{"a":"\x7f"}', ErrorCode.INPUT_FORBIDDEN_CHARACTER),
    "U+FFFE": (rb'{"a":"\ufffe"}', ErrorCode.INPUT_FORBIDDEN_CHARACTER),
    "U+FFFF": (rb'{"a":["\uffff"]}', ErrorCode.INPUT_FORBIDDEN_CHARACTER),
    "a duplicate member": (b'{"a":1,"a":1}', ErrorCode.INPUT_DUPLICATE_MEMBER),
    "a duplicate by escape": (rb'{"a":{"b":1,"\u0062":2}}', ErrorCode.INPUT_DUPLICATE_MEMBER),
    "NaN": (b'{"a":NaN}', ErrorCode.INPUT_NUMBER),
    "Infinity": (b'{"a":-Infinity}', ErrorCode.INPUT_NUMBER),
    "a number beyond doubles": (b'{"a":1e999}', ErrorCode.INPUT_NUMBER),
    "an integer beyond 2^53": (b'{"a":9007199254740992}', ErrorCode.INPUT_NUMBER),
    "an endless integer": (b'{"a":' + b"9" * 5000 + b"}", ErrorCode.INPUT_NUMBER),
    "an endless fraction": (b'{"a":0.' + b"9" * 5000 + b"}", ErrorCode.INPUT_NUMBER),
    "too deep": (b'{"a":' * MAX_DEPTH + b"{}" + b"}" * MAX_DEPTH, ErrorCode.INPUT_TOO_DEEP),
    "far too deep": (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", ErrorCode.INPUT_TOO_DEEP),
    "too large": (b'{"a":"' + b"x" * MAX_BYTES + b'"}', ErrorCode.INPUT_TOO_LARGE),
    "too long a string": (b'{"a":"' + b"x" * (MAX_STRING + 1) + b'"}', ErrorCode.INPUT_STRING_TOO_LONG),
    "too many objects": (json.dumps({"a": [[{}] * 400] * 3}).encode(), ErrorCode.INPUT_TOO_MANY_VALUES),
    "a control character of Latin-1": ('{"a": "\x9b2K"}'.encode(), ErrorCode.INPUT_FORBIDDEN_CHARACTER),
    "too many items": (json.dumps({"a": [0] * (MAX_ITEMS + 1)}).encode(), ErrorCode.INPUT_TOO_MANY_VALUES),
    "too many values": (
        json.dumps(
            {str(n): {str(m): 0 for m in range(MAX_ITEMS)} for n in range(MAX_VALUES // MAX_ITEMS)}
        ).encode(),
        ErrorCode.INPUT_TOO_MANY_VALUES,
    ),
    "too many arrays of many items": (
        json.dumps({"a": [0] * MAX_ITEMS, "b": [0] * MAX_ITEMS, "c": [0] * MAX_ITEMS}).encode(),
        ErrorCode.INPUT_TOO_MANY_VALUES,
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_refuses(name: str) -> None:
    data, code = REFUSED[name]
    with pytest.raises(InputError) as caught:
        parse_object(data)
    assert caught.value.code is code


def test_it_names_the_place() -> None:
    with pytest.raises(InputError) as caught:
        parse_object(rb'{"a":[{"b/c":"\u0001"}]}')
    assert caught.value.where == "/a/0/b~1c"


@pytest.mark.parametrize(
    "value", [object(), {1: 2}, (1,), b"x", {"a": {3}}, float("nan"), MAX_INTEGER + 1, 1j]
)
def test_what_is_no_json_value_is_refused_in_memory_too(value: Any) -> None:
    with pytest.raises(InputError):
        check_values({"a": value})


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_typed_error(data: bytes) -> None:
    with contextlib.suppress(InputError):
        assert isinstance(parse_object(data), dict)


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20
)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-MAX_INTEGER, MAX_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
    | st.sampled_from(["\t\r\n", "\u2028", "\u00a0", "\u202f;", "🎓"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(texts, values, max_size=5))
def test_what_is_written_is_read_back_the_same(document: dict[str, Any]) -> None:
    data = to_bytes(document)
    back = parse_object(data)
    assert repr(back) == repr(document)
    assert to_bytes(back) == data


def test_what_could_not_be_read_back_for_its_size_is_not_written() -> None:
    halves: dict[str, Any] = {"a": "é" * (MAX_BYTES // 4), "b": "é" * (MAX_BYTES // 4)}
    with pytest.raises(InputError) as caught:
        to_bytes(halves)
    assert caught.value.code is ErrorCode.INPUT_TOO_LARGE


def test_writing_keeps_the_order_and_escapes_nothing_needless() -> None:
    assert (
        to_bytes({"b": "é\u202f;", "a": [1, 1.5, None, True]})
        == '{"b":"é\u202f;","a":[1,1.5,null,true]}'.encode()
    )
