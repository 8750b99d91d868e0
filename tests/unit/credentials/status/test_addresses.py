"""Where a status is to be looked up, now and for a past instant."""

from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentials import Document, needs
from credentials.document import read
from credentials.errors import InputError
from credentials.json_input import JsonObject
from credentials.status.addresses import address_at, addresses_of
from credentials.status.bitstring import StatusListError
from tests.support.status import bitstring_entry, entry_2021, with_status
from tests.support.verification import STATUS_URL, signed

THEN = datetime(2026, 11, 28, 12, 0, 0, 999, tzinfo=UTC)
STAMP = "timestamp=2026-11-28T12%3A00%3A00Z"


def test_every_kind_of_entry_that_is_read_calls_for_its_address_once() -> None:
    document: JsonObject = {
        "credentialStatus": [
            bitstring_entry(),
            bitstring_entry("suspension", url="https://a.example/2"),
            bitstring_entry("message", url="https://a.example/2"),
            entry_2021(statusListCredential="https://a.example/3"),
            {"type": "1EdTechRevocationList", "id": "https://a.example/4"},
            bitstring_entry("cancellation", url="https://a.example/5"),
            bitstring_entry(url="https://a.example/6", type="RevocationList2020Status"),
            bitstring_entry(statusListCredential=7),
            {"type": "1EdTechRevocationList"},
            "https://a.example/8",
        ]
    }
    expected = (STATUS_URL, "https://a.example/2", "https://a.example/3", "https://a.example/4")
    assert addresses_of(document) == expected
    # An unsigned list of identifiers has no past that could be asked for.
    assert addresses_of(document, THEN) == tuple(f"{url}?{STAMP}" for url in expected[:3])


def test_a_document_as_read_says_the_same_for_either_instant() -> None:
    found = read(signed(with_status(bitstring_entry())))
    assert isinstance(found, Document)
    assert needs(found).status_list_urls == (STATUS_URL,)
    assert needs(found, THEN).status_list_urls == (f"{STATUS_URL}?{STAMP}",)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/1", f"https://a.example/1?{STAMP}"),
        ("https://a.example/1?list=2", f"https://a.example/1?list=2&{STAMP}"),
        ("https://a.example/1#list", f"https://a.example/1?{STAMP}#list"),
        ("HTTP://localhost:8000/1#a?timestamp=1", f"HTTP://localhost:8000/1?{STAMP}#a?timestamp=1"),
    ],
)
def test_the_instant_is_a_parameter_of_the_address(url: str, expected: str) -> None:
    assert address_at(url, THEN) == expected
    assert address_at(url, THEN.astimezone(timezone(timedelta(hours=2)))) == expected
    assert parse_qs(urlsplit(expected).query)["timestamp"] == ["2026-11-28T12:00:00Z"]


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/1?timestamp=2020-01-01T00:00:00Z",
        "https://a.example/1?a=b&time%73tamp",
        "did:web:a.example?service=status",
        "urn:x:1",
        "https:/a.example",
        "",
    ],
)
def test_an_address_that_takes_no_instant_is_refused_and_left_out(url: str) -> None:
    with pytest.raises(StatusListError) as caught:
        address_at(url, THEN)
    assert caught.value.code == "status.no_past_address"
    assert addresses_of({"credentialStatus": bitstring_entry(url=url)}, THEN) == ()


@pytest.mark.parametrize(
    "instant", [THEN.replace(tzinfo=None), datetime.max.replace(tzinfo=timezone(-timedelta(hours=1)))]
)
def test_an_instant_that_cannot_be_written_is_a_typed_error(instant: datetime) -> None:
    with pytest.raises(InputError):
        address_at(STATUS_URL, instant)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["type", "id", "statusListCredential", "statusPurpose"]), inner)
        ),
    )
)
def test_any_status_has_addresses_or_none(value: object) -> None:
    document: JsonObject = {"credentialStatus": value}  # type: ignore[dict-item]  # any JSON
    assert all(isinstance(url, str) for url in (*addresses_of(document), *addresses_of(document, THEN)))
