"""What is fetched for a verification, and what never is: ours, what was pinned, and what is beyond measure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from credentials.json_input import to_bytes
from credentials.materials import DidDocument, KeyDocument, Materials, Needs, Reason, StatusList, Unavailable
from issuer.ports import Address, Fetched, FetchKind
from issuer.services.office import Office
from issuer.services.trusting import add_trust
from issuer.services.verification import MOST_ADDRESSES, fetch_for, materials_for
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli
from tests.support.verification import DID_WEB, STATUS_URL, did_document

AS_OF = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
DID_URL = "https://diplomes.example/.well-known/did.json"


@dataclass(slots=True)
class Recording:
    """Gives each address its own text, and remembers what was asked."""

    asked: list[Address] = field(default_factory=list)

    def fetch(self, addresses: Sequence[Address]) -> Mapping[Address, Fetched | Unavailable]:
        """Fetch."""
        self.asked.extend(addresses)
        return {address: Fetched(address.url.encode(), AS_OF) for address in addresses}


@pytest.fixture
def office(founded: Cli) -> Office:
    """Give a founded service at an address of the Internet."""
    return replace(
        open_desk(founded.folder),
        base_url="https://diplomes.cnam.example",
        did="did:web:diplomes.cnam.example",
    )


def _gathered(office: Office, fetcher: Recording | None, needs: Needs) -> Materials:
    fetched = fetch_for(office, fetcher, needs)
    with office.store.reading() as registry:
        return materials_for(office, registry, needs, None, fetched)


def test_what_lies_with_others_is_fetched_and_keeps_its_date(office: Office) -> None:
    fetcher, key = Recording(), "https://keys.example/jwk"
    found = _gathered(office, fetcher, Needs((DID_WEB,), (STATUS_URL,), (key,)))

    assert fetcher.asked == [
        Address(DID_URL, FetchKind.DID_DOCUMENT),
        Address(key, FetchKind.KEY),
        Address(STATUS_URL, FetchKind.STATUS_LIST),
    ]
    assert found.did_documents[DID_WEB] == DidDocument(DID_URL.encode(), AS_OF)
    assert found.status_lists[STATUS_URL] == StatusList(STATUS_URL.encode(), AS_OF)
    assert found.key_documents[key] == KeyDocument(key.encode(), AS_OF)


def test_with_the_network_off_everything_of_others_says_so(office: Office) -> None:
    found = _gathered(office, None, Needs((DID_WEB,), (STATUS_URL,), ("https://keys.example/jwk",)))

    off = Unavailable(Reason.NETWORK_OFF)
    assert found.did_documents[DID_WEB] == off
    assert found.status_lists[STATUS_URL] == off
    assert found.key_documents["https://keys.example/jwk"] == off


def test_a_pinned_did_document_wins_over_the_site_and_says_its_date(office: Office) -> None:
    added = add_trust(office, DID_WEB, "Établissement", None, to_bytes(did_document()), actor="scolarite")
    fetcher = Recording()
    found = _gathered(office, fetcher, Needs((DID_WEB,), (STATUS_URL,)))

    assert fetcher.asked == [Address(STATUS_URL, FetchKind.STATUS_LIST)]
    assert found.did_documents[DID_WEB] == DidDocument(did_document(), added.issuer.since)


def test_the_did_document_of_a_trusted_issuer_that_pinned_none_is_fetched(office: Office) -> None:
    add_trust(office, DID_WEB, "Établissement", None, None, actor="scolarite")
    fetcher = Recording()
    _gathered(office, fetcher, Needs((DID_WEB,)))

    assert fetcher.asked == [Address(DID_URL, FetchKind.DID_DOCUMENT)]


OURS = [
    "https://diplomes.cnam.example/status/1",
    "https://DIPLOMES.cnam.EXAMPLE/status/1",
    "HTTPS://diplomes.cnam.example/status/1",
    "https://diplomes.cnam.example:443/status/1",
    "https://diplomes.cnam.example./status/1",
    "https://diplomes.cnam.example.:443/status/1",
    "https://user:word@diplomes.cnam.example/status/1",
    "https://diplomes%2Ecnam.example/status/1",
    "https://diplomes.cnam.example/%73tatus/1",
    "https://diplomes.cnam.example/status/1?a=b",
    "https://diplomes.cnam.example/status/1#part",
]


@pytest.mark.parametrize("url", OURS)
def test_our_own_list_comes_from_the_register_however_its_address_is_spelled(
    office: Office, url: str
) -> None:
    fetcher = Recording()
    found = _gathered(office, fetcher, Needs(status_list_urls=(url,), key_urls=(url,)))
    with office.store.reading() as registry:
        own = registry.status_list("1")

    assert fetcher.asked == []
    material = found.status_lists[url]
    assert own is not None
    assert isinstance(material, StatusList)
    assert material.document == own.body
    assert found.key_documents[url] == Unavailable(Reason.NOT_FOUND)


@pytest.mark.parametrize("path", ["/status/2", "/v/x", "", "/status/1/"])
def test_what_our_register_does_not_hold_is_not_looked_for_at_our_own_address(
    office: Office, path: str
) -> None:
    fetcher, url = Recording(), f"https://diplomes.cnam.example{path}"
    found = _gathered(office, fetcher, Needs(status_list_urls=(url,)))

    assert fetcher.asked == []
    assert found.status_lists[url] == Unavailable(Reason.NOT_FOUND)


@pytest.mark.parametrize(
    ("did", "ours"),
    [
        ("did:web:diplomes.cnam.example", True),
        ("did:web:diplomes.cnam.example%3A443", True),
        ("did:web:diplomes.cnam.example:.well-known", True),
        ("did:web:diplomes.cnam.example:other", False),
    ],
)
def test_our_own_did_document_is_never_fetched(office: Office, did: str, ours: bool) -> None:
    fetcher = Recording()
    found = _gathered(office, fetcher, Needs(dids=(did,)))

    assert fetcher.asked == []
    material = found.did_documents[did]
    assert isinstance(material, DidDocument) is ours
    assert ours or material == Unavailable(Reason.NOT_FOUND)


def test_our_did_is_never_fetched_where_it_is_not_the_address_s_own(office: Office) -> None:
    elsewhere = replace(office, base_url="http://192.168.1.5:8000")
    fetcher = Recording()
    found = _gathered(elsewhere, fetcher, Needs(dids=(office.did,)))

    assert fetcher.asked == []
    assert isinstance(found.did_documents[office.did], DidDocument)


@pytest.mark.parametrize("did", ["did:web:127.0.0.1", "did:web:diplomes.example:..:a", "did:web:", "did:x:y"])
def test_a_did_that_has_no_address_is_not_fetched(office: Office, did: str) -> None:
    fetcher = Recording()
    found = _gathered(office, fetcher, Needs(dids=(did,)))

    assert fetcher.asked == []
    assert found.did_documents[did] == Unavailable(Reason.REFUSED)


def test_an_address_that_cannot_be_read_is_left_to_the_guard(office: Office) -> None:
    fetcher = Recording()
    _gathered(office, fetcher, Needs(status_list_urls=("https://[broken", "https://a.example:x/")))

    assert [address.url for address in fetcher.asked] == ["https://[broken", "https://a.example:x/"]


def test_no_document_makes_us_ask_more_than_so_many_addresses(office: Office) -> None:
    urls = tuple(f"https://victim.example/{number}" for number in range(100))
    fetcher = Recording()
    found = _gathered(office, fetcher, Needs((DID_WEB,), urls))

    assert len(fetcher.asked) == MOST_ADDRESSES
    assert fetcher.asked[0] == Address(DID_URL, FetchKind.DID_DOCUMENT)
    assert isinstance(found.status_lists[urls[MOST_ADDRESSES - 2]], StatusList)
    assert found.status_lists[urls[MOST_ADDRESSES - 1]] == Unavailable(Reason.NOT_AT_HAND)


def test_an_address_named_twice_is_asked_once(office: Office) -> None:
    fetcher = Recording()
    _gathered(office, fetcher, Needs((DID_WEB, DID_WEB), (STATUS_URL, STATUS_URL)))

    assert len(fetcher.asked) == 2
