"""Status lists: any value at any index of any size comes back, and no list at all is ever read as good."""

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials import CheckId, Outcome, StatusList, Verdict
from credentials.multibase import encode_base64url
from credentials.status import status_list_2021
from credentials.status.bitstring import StatusListError, bits_of_statuses, decode, encode, status_at
from tests.support.status import (
    bitstring_entry,
    given_lists,
    plain,
    signed_list,
    signed_list_2021,
    with_status,
)
from tests.support.verification import AS_OF, INDEX, STATUS_URL, check, signed

ENTRIES = 512
DOCUMENT = signed(with_status(bitstring_entry()))


@st.composite
def sized_statuses(draw: st.DrawFn) -> tuple[int, dict[int, int]]:
    size = draw(st.integers(1, 16))
    values = st.integers(0, (1 << size) - 1)
    return size, draw(st.dictionaries(st.integers(0, ENTRIES - 1), values, max_size=40))


@settings(deadline=None)
@given(sized_statuses())
def test_any_value_of_any_size_comes_back_at_its_index_and_nowhere_else(
    given_statuses: tuple[int, dict[int, int]],
) -> None:
    size, statuses = given_statuses
    bits = decode(encode(bits_of_statuses(statuses, size=size, entries=ENTRIES)))
    found = {index: status_at(bits, index, size=size) for index in range(ENTRIES)}
    assert found == {**dict.fromkeys(range(ENTRIES), 0), **statuses}


@given(
    st.text(max_size=200)
    | st.binary(max_size=200).map(encode_base64url)
    | st.text("H4sIA-_+/=", max_size=200)
)
def test_any_text_is_a_list_of_the_older_form_or_refused(text: str) -> None:
    with suppress(StatusListError):
        status_list_2021.decode(text)


GENUINE = signed_list({INDEX: 1}).document
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
ANY_LIST = st.one_of(
    st.binary(max_size=200).map(lambda data: StatusList(data, AS_OF)),
    st.dictionaries(st.text(max_size=10), JSON, max_size=4).map(plain),
    st.integers(0, len(GENUINE) - 1).map(lambda cut: StatusList(GENUINE[:cut], AS_OF)),
    st.tuples(st.integers(0, len(GENUINE) - 1), st.integers(1, 255)).map(
        lambda at: StatusList(
            GENUINE[: at[0]] + bytes([GENUINE[at[0]] ^ at[1]]) + GENUINE[at[0] + 1 :], AS_OF
        )
    ),
    st.just(signed_list_2021()),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_LIST)
def test_whatever_lies_at_the_address_a_withdrawn_document_is_never_in_force(material: StatusList) -> None:
    report = check(DOCUMENT, given_lists({STATUS_URL: material}))
    assert report.verdict in {Verdict.INCOMPLETE, Verdict.REVOKED}
    assert report.check(CheckId.STATUS).outcome is not Outcome.PASS
