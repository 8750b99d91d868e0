"""The canonical text of a JSON value: numbers as ECMAScript writes them, members by their UTF-16 code units."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentials.canonical.jcs import canonical_text
from credentials.errors import CanonicalizationError, ErrorCode
from credentials.json_input import MAX_INTEGER

NUMBERS = [
    (0.0, "0"),
    (-0.0, "0"),
    (1.0, "1"),
    (-1.5, "-1.5"),
    (100.0, "100"),
    (333333333.3333333, "333333333.3333333"),
    (0.000001, "0.000001"),
    (0.0000001, "1e-7"),
    (-0.00000123, "-0.00000123"),
    (1.5e-9, "1.5e-9"),
    (999999999999999900000.0, "999999999999999900000"),
    (1e21, "1e+21"),
    (1.25e30, "1.25e+30"),
    (5e-324, "5e-324"),
    (math.nextafter(math.inf, 0), "1.7976931348623157e+308"),
]
"""At and on both sides of each limit between which ECMAScript writes a number without exponent."""


@pytest.mark.parametrize(("number", "text"), NUMBERS, ids=[repr(number) for number, _ in NUMBERS])
def test_a_number_is_written_as_ecmascript_writes_it(number: float, text: str) -> None:
    assert canonical_text(number) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_double_is_read_back_as_itself(number: float) -> None:
    assert float(canonical_text(number)) == number


@given(st.integers(-MAX_INTEGER, MAX_INTEGER))
def test_an_integer_and_the_double_equal_to_it_have_one_text_up_to_its_exponent(number: int) -> None:
    assert canonical_text(number) == str(number) == canonical_text(float(number))


def test_members_are_sorted_by_utf_16_code_units_and_nothing_stands_between_tokens() -> None:
    value: Any = {"\ufb33": None, "😀": True, "a": [1, {"c": "é\n", "b": False}], "": 0.5}
    assert canonical_text(value) == '{"":0.5,"a":[1,{"b":false,"c":"é\\n"}],"😀":true,"\ufb33":null}'


@pytest.mark.parametrize(
    "value",
    [math.nan, math.inf, -math.inf, MAX_INTEGER + 1, -MAX_INTEGER - 1, "\ud800", {"\udfff": 1}, [["\ud800"]]],
    ids=repr,
)
def test_what_has_no_canonical_text_is_a_typed_error(value: Any) -> None:
    with pytest.raises(CanonicalizationError) as caught:
        canonical_text(value)
    assert caught.value.code is ErrorCode.CANONICAL_INVALID


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_any_value_is_read_back_from_its_canonical_text_which_is_its_own(value: Any) -> None:
    text = canonical_text(value)
    assert json.loads(text) == value
    assert canonical_text(json.loads(text)) == text
