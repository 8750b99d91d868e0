"""An annulled decision never comes back by a change of dates: what no longer matches waits for a person."""

from dataclasses import replace
from datetime import date

import pytest

from issuer.domain.award import AwardKind, AwardState
from issuer.domain.certification import Certification, IssueWhen, TitlePolicy
from issuer.domain.eligibility import CandidateEvaluation, TitleState
from issuer.domain.plan import ExistingAward, build_plan
from tests.unit.issuer.domain.case_records import full, rncp35080
from tests.unit.issuer.domain.scenario import Scenario, refusals, warnings

DAY, NEXT = "2024-06-20", "2024-06-21"
EVERY = ("BC01", "BC02", "BC03", "BC04", "TITLE")
UNMATCHED = "E-ANNULMENT-UNMATCHED"
JURY = replace(rncp35080(), title_policy=TitlePolicy.JURY)


def _graduate(certification: Certification, *, title_line: bool) -> Scenario:
    scenario = Scenario(certification).session("S1", DAY).blocks("S1")
    return scenario.row("S1", "TITLE", "attribué") if title_line else scenario


def _dated_again(scenario: Scenario, on: str = NEXT) -> Scenario:
    """Hand the session in again under another date, and its rows too; the old rows stay in the record."""
    scenario.session("S1", on)
    for row in list(scenario.rows):
        scenario.row("S1", row.component.removeprefix("RNCP35080") or "TITLE", row.decision)
    return scenario


def _notes(part: CandidateEvaluation) -> list[str]:
    return [finding.code.id for finding in part.notes]


@pytest.mark.parametrize("certification", [rncp35080(), JURY], ids=["blocks", "jury"])
@pytest.mark.parametrize("title_line", [True, False])
@pytest.mark.parametrize(
    ("by", "ground"), [("juge", "erreur"), ("jury", "fraude établie"), ("jury", "erreur")]
)
@pytest.mark.parametrize("on", [NEXT, "2024-06-19", "2024-09-13"])
def test_a_session_dated_again_keeps_its_annulled_decisions_from_coming_back(
    certification: Certification, title_line: bool, by: str, ground: str, on: str
) -> None:
    scenario = _graduate(certification, title_line=title_line)
    scenario.annul("2024-09-12", *EVERY, by=by, ground=ground, at=DAY)
    before = scenario.part()
    after = _dated_again(scenario, on).part()

    assert not before.acquired
    assert refusals(before) == ["E-ANNULLED"]
    assert not after.acquired
    assert after.title is TitleState.HELD
    assert UNMATCHED in refusals(after)
    assert warnings(after) == ["W-HUMAN"]
    assert not _notes(after)
    assert not build_plan(certification, scenario.evaluate(), []).awards


def test_the_doubt_names_the_components_and_the_rows_that_it_holds() -> None:
    scenario = Scenario(rncp35080()).session("S1", DAY).blocks("S1", "BC01", "BC02")
    part = scenario.annul("2024-07-01", "BC02", "BC03", at=NEXT).part()
    [finding] = part.refusals

    assert [item.component for item in part.acquired] == ["RNCP35080BC01"]
    assert (finding.code.id, finding.components) == (UNMATCHED, ("RNCP35080BC02",))
    assert [ref.number for ref in finding.rows] == [3]
    assert "acte fictif" in finding.sentence.fr


def test_an_annulment_without_a_date_holds_a_decision_that_moved_after_it() -> None:
    part = (
        Scenario(rncp35080())
        .session("S1", "2024-09-13")
        .blocks("S1", "BC01")
        .annul("2024-09-12", "BC01")
        .part()
    )

    assert (refusals(part), part.acquired) == ([UNMATCHED], ())


def test_each_component_must_match_and_not_the_act_as_a_whole() -> None:
    scenario = (
        Scenario(rncp35080()).session("S1", DAY).blocks("S1", "BC01").session("S2", NEXT).blocks("S2", "BC02")
    )
    part = scenario.annul("2024-07-01", "BC01", "BC02", at=DAY).part()

    assert refusals(part) == ["E-ANNULLED", UNMATCHED]
    assert not part.acquired


def test_a_title_made_by_blocks_is_held_when_its_own_annulment_matches_no_date() -> None:
    part = _graduate(rncp35080(), title_line=False).annul("2024-07-01", "TITLE", at=NEXT).part()

    assert (part.title, len(part.acquired)) == (TitleState.HELD, 4)
    assert (refusals(part), warnings(part)) == ([UNMATCHED], ["W-HUMAN"])


@pytest.mark.parametrize("certification", [rncp35080(), JURY], ids=["blocks", "jury"])
@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("after", [True, False])
def test_new_decisions_after_an_annulment_that_matched_are_free(
    certification: Certification, before: bool, after: bool
) -> None:
    scenario = _graduate(certification, title_line=before).annul("2024-09-12", *EVERY, by="juge", at=DAY)
    scenario.session("S2", "2025-06-19").blocks("S2")
    part = (scenario.row("S2", "TITLE", "attribué") if after else scenario).part()

    assert len(part.acquired) == 4
    assert refusals(part) == (["E-ANNULLED"] if certification is JURY and before and not after else [])
    waits = certification is JURY and not after
    assert part.title is (TitleState.PENDING_TITLE_DECISION if waits else TitleState.GRANTED)


def test_a_title_annulled_alone_is_granted_again_by_a_line_of_a_later_jury() -> None:
    scenario = _graduate(rncp35080(), title_line=False).annul("2024-07-01", "TITLE", at=DAY)
    part = scenario.session("S2", "2025-06-19").row("S2", "TITLE", "attribué").part()

    assert (part.title, refusals(part)) == (TitleState.GRANTED, [])


def test_the_act_handed_in_again_under_its_reference_settles_the_doubt() -> None:
    scenario = _dated_again(
        _graduate(rncp35080(), title_line=True).annul("2024-09-12", *EVERY, by="juge", at=DAY)
    )
    scenario.annul("2024-09-12", *EVERY, by="juge", at=NEXT)
    settled = scenario.part()
    renewed = scenario.session("S2", "2025-06-19").blocks("S2").row("S2", "TITLE", "attribué").part()

    assert UNMATCHED not in refusals(settled)
    assert (settled.title, settled.acquired) == (TitleState.REFUSED, ())
    assert (renewed.title, renewed.title_date) == (TitleState.GRANTED, date(2025, 6, 19))


def test_an_act_of_another_reference_settles_nothing() -> None:
    scenario = _dated_again(
        _graduate(rncp35080(), title_line=False).annul("2024-09-12", *EVERY, by="juge", at=DAY)
    )
    scenario.annul("2024-09-12", *EVERY, by="juge", at=NEXT)
    scenario.annulments[1] = replace(scenario.annulments[1], reference="autre acte fictif")

    assert UNMATCHED in refusals(scenario.session("S2", "2025-06-19").blocks("S2").part())


def _withdrawn(component: str, on: str = DAY, session: str = "S1") -> ExistingAward:
    return ExistingAward(
        number="2026-000001",
        candidate_id="C1",
        certification="RNCP35080",
        kind=AwardKind.BLOCK,
        component=full(component, rncp35080()),
        decided_on=date.fromisoformat(on),
        session=session,
        state=AwardState.REVOKED,
    )


@pytest.mark.parametrize(
    ("session", "on", "issued"),
    [
        ("S1", DAY, False),
        ("S1", NEXT, False),
        ("s1", NEXT, False),
        ("\uff33\uff11", NEXT, False),
        ("S2", DAY, False),
        ("S2", "2024-06-19", False),
        ("S2", NEXT, True),
    ],
)
def test_only_another_session_at_a_later_date_is_a_new_decision(session: str, on: str, issued: bool) -> None:
    certification = replace(rncp35080(), issue_when=IssueWhen.BLOCK)
    scenario = Scenario(certification).session(session, on).blocks(session, "BC01")
    plan = build_plan(certification, scenario.evaluate(), [_withdrawn("BC01")])

    assert bool(plan.awards) is issued
    assert [note.code.id for note in plan.candidates[0].notes] == (
        [] if issued else ["I-WITHDRAWN-SAME-DECISION"]
    )
