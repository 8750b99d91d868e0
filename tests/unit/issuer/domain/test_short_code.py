"""The short code: nobody confuses two characters, and what was mistyped is noticed."""

from hypothesis import given
from hypothesis import strategies as st

from issuer.domain.short_code import (
    ALPHABET,
    LENGTH,
    grouped,
    looks_like_code,
    make_short_code,
    read_short_code,
)


def _code_of(places: list[int]) -> str:
    remaining = iter(places)
    return make_short_code(lambda _limit: next(remaining))


codes = st.lists(st.integers(0, 30), min_size=11, max_size=11).map(_code_of)


def test_no_character_is_taken_for_another() -> None:
    assert not set("01OIL") & set(ALPHABET)
    assert len(set(ALPHABET)) == 31


@given(code=codes)
def test_any_code_is_read_as_people_type_it(code: str) -> None:
    assert len(code) == LENGTH
    for typed in (
        code,
        code.lower(),
        grouped(code),
        f"  {' '.join(code)} ",
        grouped(code).replace("-", "\u2011"),
    ):
        assert read_short_code(typed) == code
        assert looks_like_code(typed)


@given(code=codes, place=st.integers(0, 11), other=st.sampled_from(ALPHABET))
def test_any_wrong_character_is_noticed(code: str, place: int, other: str) -> None:
    mistyped = code[:place] + other + code[place + 1 :]
    assert read_short_code(mistyped) == (code if mistyped == code else None)


@given(code=codes, place=st.integers(0, 10))
def test_any_two_characters_that_changed_places_are_noticed(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert read_short_code(swapped) == (code if swapped == code else None)


@given(text=st.text(max_size=200))
def test_no_other_text_is_a_code(text: str) -> None:
    found = read_short_code(text)
    assert found is None or looks_like_code(found)


def test_texts_that_are_no_code() -> None:
    for text in ("", "ABCD", "2345-6789-ABCO", "A" * 13, "https://example.org/v/AAAA", " " * 100 + "A" * 12):
        assert read_short_code(text) is None
        assert not looks_like_code(text)
