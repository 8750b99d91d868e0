"""Status lists: whatever is set is read, and any text is read or refused."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from credentials.multibase import encode_base64url
from credentials.status.bitstring import (
    MINIMUM_LENGTH,
    StatusListError,
    bits_of,
    decode,
    encode,
    get_bit,
    index_from_text,
)

INDEXES = st.sets(st.integers(0, MINIMUM_LENGTH - 1), max_size=200)


@settings(max_examples=50, deadline=None)
@given(INDEXES, INDEXES)
def test_exactly_what_is_set_is_read_after_a_round_trip(indexes: set[int], others: set[int]) -> None:
    bits = decode(encode(bits_of(indexes)))
    assert all(get_bit(bits, index) for index in indexes)
    assert not any(get_bit(bits, index) for index in others - indexes)
    assert int.from_bytes(bits, "big").bit_count() == len(indexes)


@given(st.binary(max_size=2000))
def test_any_bits_come_back_and_have_one_text(bits: bytes) -> None:
    assert decode(encode(bits)) == bits
    assert encode(bits) == encode(bytearray(bits))


@given(st.text(max_size=200) | st.text("uz0123456789AZaz-_=", max_size=200))
def test_any_text_is_a_list_or_refused(text: str) -> None:
    with suppress(StatusListError):
        decode(text)


@given(st.binary(max_size=300))
def test_any_bytes_in_a_list_are_expanded_or_refused(data: bytes) -> None:
    with suppress(StatusListError):
        decode(encode_base64url(data))


@given(st.text(max_size=30) | st.integers().map(str))
def test_any_text_is_an_index_or_refused(text: str) -> None:
    try:
        index = index_from_text(text)
    except StatusListError:
        return
    assert str(index) == text.lstrip("0") or (index == 0 and set(text) == {"0"})
