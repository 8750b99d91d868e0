"""The plan: one live award per person and component, nothing reissued in silence, questions never acted on."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from issuer.domain.award import AwardKind, AwardState
from issuer.domain.certification import Certification, IssueWhen, TitlePolicy
from issuer.domain.plan import ExistingAward, Plan, build_plan
from tests.unit.issuer.domain.case_records import rncp35080
from tests.unit.issuer.domain.scenario import Scenario

DAY = "2024-06-20"
BY_BLOCK = replace(rncp35080(), issue_when=IssueWhen.BLOCK)


def _existing(
    component: str, state: AwardState = AwardState.VALID, on: str = DAY, **changes: Any
) -> ExistingAward:
    award = ExistingAward(
        number="2026-000001",
        candidate_id="C1",
        certification="RNCP35080",
        kind=AwardKind.BLOCK,
        component=component,
        decided_on=date.fromisoformat(on),
        session="S1",
        state=state,
    )
    return replace(award, **changes)


def _plan(scenario: Scenario, *existing: ExistingAward) -> Plan:
    return build_plan(scenario.certification, scenario.evaluate(), existing)


def _codes(plan: Plan) -> tuple[list[str], list[str]]:
    part = plan.candidates[0]
    return [item.code.id for item in part.notes], [item.code.id for item in part.questions]


def _blocks(certification: Certification, *codes: str) -> Scenario:
    return Scenario(certification).session("S1", DAY).blocks("S1", *codes)


def test_completion_waits_for_all_blocks_and_then_issues_the_title_with_them() -> None:
    assert not _plan(_blocks(rncp35080(), "BC01", "BC02", "BC03")).awards

    awards = _plan(_blocks(rncp35080())).awards
    assert [award.kind for award in awards] == [*[AwardKind.BLOCK] * 4, AwardKind.TITLE]
    assert awards[-1].blocks == rncp35080().required_blocks
    assert (awards[-1].decided_on, awards[-1].session, awards[-1].holder) == (
        date(2024, 6, 20),
        "S1",
        "Thomas Rivière",
    )


def test_completion_under_the_jury_policy_does_not_wait_for_the_title() -> None:
    plan = _plan(_blocks(replace(rncp35080(), title_policy=TitlePolicy.JURY)))

    assert plan.summary["blocks"] == 4
    assert plan.summary["titles"] == 0


@pytest.mark.parametrize("state", [AwardState.VALID, AwardState.SUSPENDED])
def test_a_live_award_is_not_made_again(state: AwardState) -> None:
    plan = _plan(_blocks(BY_BLOCK, "BC01"), _existing("RNCP35080BC01", state))

    assert not plan.awards
    assert _codes(plan) == (["I-ALREADY-ISSUED"], [])


def test_an_award_of_another_certification_or_person_counts_for_nothing() -> None:
    others = [
        _existing("RNCP35080BC01", certification="RNCP99001"),
        _existing("RNCP35080BC01", candidate_id="C2"),
    ]

    assert len(_plan(_blocks(BY_BLOCK, "BC01"), *others).awards) == 1


@pytest.mark.parametrize("state", [AwardState.REVOKED, AwardState.REPLACED])
def test_what_was_withdrawn_for_the_same_decision_is_not_reissued_by_itself(state: AwardState) -> None:
    plan = _plan(_blocks(BY_BLOCK, "BC01"), _existing("RNCP35080BC01", state))

    assert not plan.awards
    assert _codes(plan) == (["I-WITHDRAWN-SAME-DECISION"], [])


def test_a_new_decision_after_an_annulment_gives_a_new_award() -> None:
    scenario = _blocks(BY_BLOCK, "BC02").annul("2025-02-03", "BC02", by="juge", at=DAY)
    plan = _plan(
        scenario.session("S2", "2025-04-10").blocks("S2", "BC02"),
        _existing("RNCP35080BC02", AwardState.REVOKED),
    )

    assert [(award.component, award.decided_on) for award in plan.awards] == [
        ("RNCP35080BC02", date(2025, 4, 10))
    ]


def test_a_live_award_on_the_old_decision_is_a_question() -> None:
    scenario = _blocks(BY_BLOCK, "BC02").annul("2025-02-03", "BC02", by="juge", at=DAY)
    plan = _plan(scenario.session("S2", "2025-04-10").blocks("S2", "BC02"), _existing("RNCP35080BC02"))

    assert not plan.awards
    assert _codes(plan) == (["I-ALREADY-ISSUED"], ["I-OTHER-DECISION"])


def test_a_live_award_whose_right_has_fallen_is_a_question_and_nothing_more() -> None:
    scenario = _blocks(BY_BLOCK, "BC01").annul("2024-09-12", "BC01")
    plan = _plan(
        scenario,
        _existing("RNCP35080BC01"),
        _existing("RNCP35080", kind=AwardKind.TITLE, number="2026-000002"),
    )

    assert not plan.awards
    assert _codes(plan) == ([], ["I-RIGHT-FALLEN"] * 2)
    assert plan.summary["questions"] == 2


def test_issuing_the_plan_leaves_nothing_to_issue() -> None:
    scenario = _blocks(rncp35080())
    issued = [
        _existing(award.component, kind=award.kind, number=f"2026-{number:06}")
        for number, award in enumerate(_plan(scenario).awards)
    ]

    assert not _plan(scenario, *issued).awards


def test_the_plan_as_json_tells_every_code_in_both_languages_with_its_source() -> None:
    scenario = _blocks(BY_BLOCK, "BC01").session("S2", "2025-06-19", signed=False).blocks("S2", "BC02")
    plan = _plan(scenario)
    content: Any = plan.to_dict()
    [refusal] = content["candidates"][0]["refusals"]

    assert content["digest"] == plan.digest
    assert content["summary"]["awards"] == 1
    assert content["document"]["refusals"][0]["code"] == "E-FICHE-MENTION-MISSING"
    assert (refusal["code"], refusal["effect"], refusal["scope"], refusal["session"]) == (
        "E-PV-UNSIGNED",
        "doubt",
        "session",
        "S2",
    )
    assert refusal["message"]["fr"]
    assert refusal["message"]["en"]
    assert refusal["remedy"]["fr"]
    assert refusal["source"]


def test_the_digest_follows_the_content() -> None:
    one, same, other = _blocks(BY_BLOCK, "BC01"), _blocks(BY_BLOCK, "BC01"), _blocks(BY_BLOCK, "BC02")

    assert _plan(one).digest == _plan(same).digest
    assert _plan(one).digest != _plan(other).digest
    assert _plan(one).digest != _plan(one, _existing("RNCP35080BC01")).digest


def test_what_is_approved_names_the_file_whose_row_decides() -> None:
    one = _blocks(BY_BLOCK, "BC01")
    other = Scenario(BY_BLOCK).session("S1", DAY).row("S1", "BC01", "validé", source="autre.csv")

    assert _plan(one).awards[0].to_dict()["source"] == "pv.csv"
    assert _plan(one).awards[0].to_dict() != _plan(other).awards[0].to_dict()
    assert _plan(one).digest != _plan(other).digest


def test_a_title_waits_while_one_of_its_blocks_is_withdrawn() -> None:
    withdrawn = _existing("RNCP35080BC02", AwardState.REVOKED)
    plan = _plan(_blocks(rncp35080()), withdrawn)

    assert {award.component for award in plan.awards} == {"RNCP35080BC01", "RNCP35080BC03", "RNCP35080BC04"}
    assert _codes(plan)[0] == ["I-TITLE-WAITS-FOR-BLOCKS", "I-WITHDRAWN-SAME-DECISION"]


def test_a_title_takes_blocks_that_are_in_force_already() -> None:
    issued = [_existing(f"RNCP35080BC0{number}", number=f"2026-{number:06}") for number in range(1, 5)]

    assert [award.kind for award in _plan(_blocks(rncp35080()), *issued).awards] == [AwardKind.TITLE]
