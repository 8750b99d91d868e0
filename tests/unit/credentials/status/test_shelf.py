"""The lists of one verification: each opened once, at a price that the whole verification bears."""

import json
from datetime import timedelta
from typing import Any

import pytest

from credentials import CheckId, Policy, Reason, StatusList, Unavailable
from credentials.budget import Budget
from credentials.json_input import JsonObject, to_bytes
from credentials.presentations import verify_presentation
from credentials.report import Check
from credentials.securing.data_integrity import add_proof
from credentials.status.list_credential import MAX_LIST_PROOFS, OpenedList
from credentials.status.shelf import MAX_LISTS, ListShelf
from credentials.structure.status_entry import BITSTRING, STATUS_LIST_2021
from tests.support.credentials import CREATED, TEST_ISSUER, TEST_SIGNER
from tests.support.status import bitstring_entry, given_lists, plain, signed_list, with_status
from tests.support.verification import AT, STATUS_URL, check
from tests.unit.credentials.verification.test_embedded import award, clr
from tests.unit.credentials.verification.test_presentations import ASKED, presented, unsigned

LIST = signed_list()


def shelf(lists: dict[str, Any], **spent: int) -> ListShelf:
    return ListShelf(given_lists(lists), Policy(), AT, Budget(**spent))


def opened(lists: ListShelf, url: str = STATUS_URL, **changes: str) -> OpenedList | Check:
    kind, issuer = changes.get("kind", BITSTRING), changes.get("issuer", TEST_ISSUER)
    return lists.open(kind, url, url=url, issuer=issuer)


def code(found: object) -> str:
    assert isinstance(found, Check)
    return found.code


def test_a_list_is_opened_once_and_paid_for_once() -> None:
    lists = shelf({STATUS_URL: LIST})
    whole = lists.budget.work
    first = opened(lists)
    left = lists.budget.work
    assert isinstance(first, OpenedList)
    assert left < whole
    assert opened(lists) is first
    assert lists.budget.work == left


def test_a_list_that_tells_nothing_is_found_out_once_too() -> None:
    for material in (plain({"type": "x"}), StatusList(b"{", AT)):
        lists = shelf({STATUS_URL: material})
        first = opened(lists)
        left = lists.budget.work
        assert code(first) == "status.list_malformed"
        assert opened(lists) is first
        assert lists.budget.work == left


def test_a_list_opened_for_one_issuer_or_kind_is_not_open_for_another() -> None:
    lists = shelf({STATUS_URL: LIST})
    assert isinstance(opened(lists), OpenedList)
    assert code(opened(lists, issuer="did:web:autre.example")) == "status.list_wrong_issuer"
    assert code(opened(lists, kind=STATUS_LIST_2021)) == "status.list_malformed"
    assert isinstance(opened(lists), OpenedList)


DEAR = plain({f"x{number}": {f"y{other}": 0 for other in range(250)} for number in range(20)})
"""A list that is no list, and costs half of what a verification may: there is not enough for four."""


def _dear(number: int) -> JsonObject:
    """Give a credential whose status such a list would tell."""
    members = {"id": f"urn:x:block-{number}"}
    return award(with_status(bitstring_entry(), **members))


def test_a_dear_list_cannot_be_opened_for_ever_more_issuers() -> None:
    lists = shelf({STATUS_URL: DEAR})
    found = [code(opened(lists, issuer=f"did:web:{number}.example")) for number in range(4)]
    assert found[0] == "status.list_malformed"
    assert found[-1] == "status.too_many_lists"


def test_a_record_and_its_members_open_a_list_that_they_share_once() -> None:
    record = {**clr(*map(_dear, range(4))), "credentialStatus": bitstring_entry()}
    report = check(to_bytes(award(record)), given_lists({STATUS_URL: DEAR}))
    found = {item.check(CheckId.STATUS).code for item in (report, *(one.report for one in report.embedded))}
    assert found == {"status.list_malformed"}


def test_the_credentials_of_a_presentation_open_a_list_that_they_share_once() -> None:
    shown = to_bytes(presented(unsigned(*map(_dear, range(4)))))
    given = given_lists({STATUS_URL: DEAR})
    report = verify_presentation(shown, materials=given, policy=Policy(), at=AT, expected=ASKED)
    found = [item.report.check(CheckId.STATUS).code for item in report.credentials]
    assert found == ["status.list_malformed"] * 4


@pytest.mark.parametrize("held", [MAX_LISTS - 1, MAX_LISTS])
def test_so_many_lists_are_read_and_no_more(held: int) -> None:
    urls = [f"{STATUS_URL}{number}" for number in range(held)]
    lists = shelf({**dict.fromkeys(urls, plain({})), STATUS_URL: LIST})
    for url in urls:
        assert code(opened(lists, url)) == "status.list_malformed"
    last = opened(lists)
    assert isinstance(last, OpenedList) is (held < MAX_LISTS)
    assert held < MAX_LISTS or code(last) == "status.too_many_lists"
    assert code(opened(lists, urls[0])) == "status.list_malformed"


def test_one_list_is_not_opened_for_ever_more_issuers() -> None:
    lists = shelf({STATUS_URL: LIST})
    for number in range(MAX_LISTS):
        assert code(opened(lists, issuer=f"did:web:{number}.example")) == "status.list_wrong_issuer"
    assert code(opened(lists)) == "status.too_many_lists"


def test_a_list_that_is_not_at_hand_costs_and_counts_nothing() -> None:
    urls = [f"{STATUS_URL}{number}" for number in range(MAX_LISTS + 1)]
    lists = shelf({**dict.fromkeys(urls, Unavailable(Reason.NETWORK_OFF)), STATUS_URL: LIST})
    whole = lists.budget.work
    assert {code(opened(lists, url)) for url in urls} == {"status.network_off"}
    assert code(opened(lists, "https://ailleurs.example/1")) == "status.not_at_hand"
    assert lists.budget.work == whole
    assert isinstance(opened(lists), OpenedList)


def test_nothing_is_read_where_nothing_is_left_to_spend() -> None:
    lists = shelf({STATUS_URL: LIST}, work=0)
    assert code(lists.read(STATUS_URL)) == "status.too_many_lists"
    assert code(opened(lists)) == "status.too_many_lists"
    lists.budget.work = 1
    assert isinstance(opened(lists), OpenedList)


def test_a_list_that_was_read_is_not_opened_where_nothing_is_left_to_spend() -> None:
    lists = shelf({STATUS_URL: LIST})
    assert not isinstance(lists.read(STATUS_URL), Check)
    lists.budget.work = 0
    assert code(opened(lists)) == "status.too_many_lists"


def test_plain_lists_are_counted_too() -> None:
    lists = shelf({f"{STATUS_URL}{number}": plain({}) for number in range(MAX_LISTS + 1)})
    found = [lists.read(f"{STATUS_URL}{number}") for number in range(MAX_LISTS + 1)]
    assert [isinstance(item, Check) for item in found] == [False] * MAX_LISTS + [True]
    assert code(found[-1]) == "status.too_many_lists"


@pytest.mark.parametrize("more", [0, 1])
def test_a_list_has_so_many_proofs_at_most(more: int) -> None:
    content = json.loads(LIST.document)
    for number in range(1, MAX_LIST_PROOFS + more):
        content = add_proof(content, TEST_SIGNER, created=CREATED + timedelta(seconds=number))
    found = opened(shelf({STATUS_URL: plain(content)}))
    assert isinstance(found, OpenedList) is not more
    assert not more or code(found) == "status.list_not_proven"
