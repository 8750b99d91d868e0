"""What is approved is issued, and only as long as the record supports it."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from issuer.domain.award import WithdrawalReason
from issuer.errors import ConflictError
from issuer.ports import ApprovedPlan
from issuer.services.issuing import issue
from issuer.services.office import Office
from issuer.services.planning import approve, make_plan
from issuer.services.register import find_awards, verify_audit
from issuer.services.withdrawing import revoke
from tests.faults.cohort import BLOCKS, COMPONENTS, cohort
from tests.faults.desks import found_desk, hand_in, issue_all, open_desk

HEADER = "id_candidat date_annulation composants auteur motif reference date_decision"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = found_desk(tmp_path / "data")
    hand_in(made, cohort(3))
    return made


def annulment(candidate: str, *blocks: str) -> Mapping[str, bytes]:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER.split())
    writer.writerow([candidate, "2026-01-15", "|".join(blocks), "jury", "fraude", "PV-ANN-1", "2025-06-19"])
    return {f"annulation-{candidate}.csv": text.getvalue().encode()}


def approved(office: Office) -> ApprovedPlan:
    _fiche, plan = make_plan(office, None, None)
    return approve(office, plan.digest, certification=None, session=None, actor="scolarite")


def test_an_award_whose_ground_is_annulled_after_approval_is_dropped_and_said(office: Office) -> None:
    plan = approved(office)
    hand_in(office, annulment("K0002", BLOCKS[1]))

    result = issue(office, [plan], actor="scolarite")

    dropped = {(item["candidate"], item["component"]) for item in result.dropped}
    assert ("K0002", BLOCKS[1]) in dropped
    assert ("K0002", "RNCP35080") in dropped
    assert {who for who, _component in dropped} == {"K0002"}
    assert {award.candidate_id for award in find_awards(office)} >= {"K0001", "K0003"}
    assert not [a for a in find_awards(office) if (a.candidate_id, a.component) in dropped]


def test_an_annulment_that_arrives_while_issuing_stops_what_is_not_issued_yet(office: Office) -> None:
    plan = approved(office)

    def annul_the_last(done: int, _all: int) -> None:
        if done == 1:
            hand_in(office, annulment("K0003", *BLOCKS))

    result = issue(office, [plan], actor="scolarite", progress=annul_the_last)

    assert {award.candidate_id for award in find_awards(office)} == {"K0001", "K0002"}
    assert {item["candidate"] for item in result.dropped} == {"K0003"}
    assert verify_audit(office).faults == []


def test_issuing_again_makes_nothing_and_says_so(office: Office) -> None:
    plan = approved(office)
    assert len(issue(office, [plan], actor="scolarite").issued) == 3 * len(COMPONENTS)

    again = issue(office, [plan, plan], actor="scolarite")

    assert (again.issued, again.dropped) == ([], [])
    assert again.known == 2 * 3 * len(COMPONENTS)


def test_a_withdrawn_award_is_neither_made_again_nor_called_unsupported(office: Office) -> None:
    plan = approved(office)
    issue(office, [plan], actor="scolarite")
    title = find_awards(office)[-1]
    revoke(office, title.number, WithdrawalReason.MATERIAL_ERROR, None, actor="scolarite")

    again = issue(office, [plan], actor="scolarite")

    assert (again.issued, again.dropped, again.known) == ([], [], 3 * len(COMPONENTS))


def test_nothing_is_stored_that_our_own_verifier_does_not_call_valid(office: Office, tmp_path: Path) -> None:
    class Early:
        def now(self) -> datetime:
            return datetime(2020, 1, 1, tzinfo=UTC)

    plan = approved(office)
    with pytest.raises(ConflictError) as caught:
        issue(replace(office, clock=Early(), rules_day=office.today()), [plan], actor="scolarite")

    assert caught.value.code == "issue.unverifiable"
    assert find_awards(open_desk(tmp_path / "data")) == []


def test_numbers_follow_each_other_and_status_bits_do_not(office: Office) -> None:
    issue_all(office)
    awards = find_awards(office)

    year = awards[0].number[:4]
    assert [award.number for award in awards] == [f"{year}-{n:06d}" for n in range(1, len(awards) + 1)]
    indexes = [award.status_index for award in awards]
    assert indexes != sorted(indexes)
    assert len(set(indexes)) == len(indexes)
