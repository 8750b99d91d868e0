"""What a receipt is made of: what the page shows, the lists as they were, and nothing of a replaced document."""

import hashlib
import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentials.json_input import JsonValue
from credentials.report import Sentence, Verdict
from issuer.bootstrap import found_office, public_desk, receipt_desk
from issuer.cli.jury import take_file
from issuer.config import load_settings
from issuer.domain.award import Award, AwardKind, ReplacementReason, StatusPurpose, WithdrawalReason
from issuer.domain.receipt import Finding, receipt_from
from issuer.errors import RefusedError
from issuer.ports import AwardPage
from issuer.services.office import Office
from issuer.services.receipts import MOST_BYTES, Receipts
from issuer.services.register import find_awards
from issuer.services.replacing import replace_award
from issuer.services.withdrawing import revoke
from tests.faults.cohort import cohort
from tests.faults.desks import environment, found_desk, hand_in, issue_all

FOUND = Finding("good", Sentence("Constaté", "Found"), None, vouched=True)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = found_desk(tmp_path / "data")
    hand_in(made, cohort(1))
    issue_all(made)
    return made


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Receipts:
    return receipt_desk(load_settings(environment(tmp_path / "data"), tmp_path), office)


def title(office: Office) -> Award:
    return next(award for award in find_awards(office) if award.kind is AwardKind.TITLE)


def page(office: Office, award: Award) -> AwardPage:
    found = public_desk(office).award_page(award.token)
    assert isinstance(found, AwardPage)
    return found


def stored(office: Office, award: Award) -> bytes:
    with office.store.reading() as registry:
        return registry.credential(award.number) or b""


def test_a_list_that_is_published_again_is_another_version(office: Office, desk: Receipts) -> None:
    award = title(office)
    time.sleep(1.1)
    earlier = page(office, award)
    before = json.loads(desk.of_award(earlier, FOUND))["lists"]
    assert before[0]["sha256"] == digest_of_list(office)
    time.sleep(1.1)
    block = next(each for each in find_awards(office) if each.kind is AwardKind.BLOCK)
    revoke(office, block.number, WithdrawalReason.MATERIAL_ERROR, None, actor="scolarite")
    # In the second in which a list is published, which one a check read cannot be told afterwards.
    assert json.loads(desk.of_award(page(office, award), FOUND))["lists"][0]["sha256"] is None
    time.sleep(1.1)
    after = json.loads(desk.of_award(page(office, award), FOUND))["lists"]
    assert after[0]["sha256"] == digest_of_list(office) != before[0]["sha256"]
    # A receipt on what was found before tells the list on which that rested.
    assert json.loads(desk.of_award(earlier, FOUND))["lists"] == before


def digest_of_list(office: Office) -> str:
    published = public_desk(office).status_list("1")
    assert published is not None
    return hashlib.sha256(published.body).hexdigest()


def test_a_replaced_document_is_named_by_its_address_alone(office: Office, desk: Receipts) -> None:
    award = title(office)
    data, link = stored(office, award), public_desk(office)
    content = cohort(1)["candidats.csv"].decode()
    former = award.holder.split()[-1]
    renamed = re.sub(rf",{former},", ",Nouveau-Nom,", content, flags=re.IGNORECASE)
    assert renamed != content
    take_file(
        office,
        renamed.encode(),
        "candidats-nouveau.csv",
        certification=None,
        accept_valid=True,
        accept_changes=True,
        actor="scolarite",
    )
    replace_award(office, award.number, ReplacementReason.CIVIL_STATUS, None, actor="scolarite")
    report = link.check(data)
    assert report.verdict is Verdict.REPLACED
    for sealed in (desk.of_award(page(office, award), FOUND), desk.of_file(report, data, FOUND)):
        text = sealed.decode()
        assert json.loads(text)["report"]["credential"]["id"] == award.credential_id
        assert award.holder not in text
        assert former not in text
        assert award.number not in text


def test_what_is_too_long_for_a_receipt_gets_none(office: Office, desk: Receipts) -> None:
    data = stored(office, title(office)).replace(b'"narrative":"', b'"narrative":"' + b"x" * MOST_BYTES)
    with pytest.raises(RefusedError) as raised:
        desk.of_file(public_desk(office).check(data), data, FOUND)
    assert raised.value.code == "receipt.too_large"


def test_of_what_cannot_be_read_no_list_is_named(office: Office, desk: Receipts) -> None:
    receipt = json.loads(desk.of_file(public_desk(office).check(b"Bonjour"), b"Bonjour", FOUND))
    assert (receipt["lists"], receipt["report"]["verdict"]) == ([], "malformed")


def test_both_lists_are_named_where_a_document_has_two(tmp_path: Path) -> None:
    folder = tmp_path / "two"
    settings = load_settings(
        {**environment(folder), "PARCHEMIN_STATUS_PURPOSES": "revocation,suspension"}, tmp_path
    )
    office, _ = found_office(settings, lambda: "", actor="scolarite", four_eyes=False)
    assert StatusPurpose.SUSPENSION in office.status_purposes
    hand_in(office, cohort(1))
    issue_all(office)
    receipt = json.loads(receipt_desk(settings, office).of_award(page(office, title(office)), FOUND))
    assert [item["url"].rpartition("/")[2] for item in receipt["lists"]] == ["1", "1-suspension"]
    assert all(item["as_of"] for item in receipt["lists"])


@pytest.mark.parametrize("data", [b"", b"Bonjour", b"{}", b'{"type":["VerificationReceipt"]}', b"%PDF-1.7"])
def test_what_is_no_receipt_is_neither_judged_nor_given_back(desk: Receipts, data: bytes) -> None:
    assert desk.read(data) is None
    for given_back in (desk.genuine, desk.printed):
        with pytest.raises(RefusedError) as raised:
            given_back(data)
        assert raised.value.code == "receipt.not_ours"


def test_a_receipt_in_a_pdf_is_judged_and_not_printed_again(office: Office, desk: Receipts) -> None:
    printed = desk.printed(desk.of_award(page(office, title(office)), FOUND))
    judged = desk.read(printed)
    assert judged is not None
    assert (judged.seal, judged.in_pdf) == ("authentic", True)
    with pytest.raises(RefusedError):
        desk.printed(printed)


VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
MEMBERS = ("subject", "finding", "report", "lists", "issued_at", "service")


@given(values=st.dictionaries(st.sampled_from(MEMBERS), VALUES))
def test_whatever_a_receipt_holds_it_is_read_without_an_error(values: dict[str, JsonValue]) -> None:
    receipt = receipt_from(values)
    assert receipt.content == values
    assert isinstance(receipt.holder, list)
