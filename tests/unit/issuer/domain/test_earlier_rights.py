"""Blocks kept under an earlier fiche, awards made before this register, and signatories out of office."""

from dataclasses import replace
from datetime import date

import pytest

from issuer.domain.award import AwardKind, AwardState
from issuer.domain.eligibility import (
    Acquisition,
    CandidateEvaluation,
    Evaluation,
    RowRef,
    TitleState,
    check_earlier,
    evaluate,
)
from issuer.domain.equivalence import BlockPair, Equivalence, EquivalenceBasis
from issuer.domain.institution import Term
from issuer.domain.plan import ExistingAward, build_plan
from issuer.domain.records import EarlierAward
from tests.unit.issuer.domain.case_records import SIGNATORY, TODAY
from tests.unit.issuer.domain.scenario import PERSON, Scenario, refusals, warnings
from tests.unit.issuer.domain.test_same_person import BY_BLOCK

EARLIER = Equivalence(
    "E-1",
    "RNCP28720",
    "RNCP35080",
    (BlockPair("RNCP28720BC01", "RNCP35080BC01"),),
    EquivalenceBasis.JURY,
    "PV",
)


def judged(scenario: Scenario, **arguments: object) -> Evaluation:
    record = replace(scenario.record(), earlier=tuple(arguments.pop("earlier", ())))  # type: ignore[arg-type]
    return evaluate(
        scenario.certification,
        record,
        today=TODAY,
        signatories=[SIGNATORY],
        issued={},
        **arguments,  # type: ignore[arg-type]
    )


def paper(component: str, on: date = date(2022, 6, 15), number: str = "P-1", line: int = 2) -> EarlierAward:
    return EarlierAward("anciens.csv", line, "C1", component, on, number, "registre papier")


def kept(component: str = "RNCP28720BC01", on: date = date(2017, 6, 1)) -> dict[str, list[Acquisition]]:
    return {"C1": [Acquisition(component, on, "S2017", RowRef("pv-2017.csv", 4))]}


def test_a_block_of_another_fiche_counts_by_an_approved_equivalence_alone() -> None:
    scenario = (
        with_session().row("S1", "BC02", "validé").row("S1", "BC03", "validé").row("S1", "BC04", "validé")
    )
    scenario.row("S1", "BC01", "validé", component="RNCP28720BC01")
    without = part(judged(scenario))
    assert "E-OTHER-FICHE" in refusals(without)
    assert without.title is not TitleState.GRANTED
    by_it = part(judged(scenario, equivalences=[EARLIER]))
    assert refusals(by_it) == []
    assert by_it.title is TitleState.GRANTED
    assert "W-BLOCK-BY-EQUIVALENCE" in warnings(by_it)


def test_an_equivalence_towards_another_fiche_says_nothing_here() -> None:
    scenario = with_session().row("S1", "BC01", "validé", component="RNCP28720BC01")
    other = replace(EARLIER, to_fiche="RNCP41336")
    assert "E-OTHER-FICHE" in refusals(part(judged(scenario, equivalences=[other])))


def test_a_block_kept_under_the_earlier_fiche_is_judged_by_its_dates_and_not_by_ours() -> None:
    scenario = (
        with_session().row("S1", "BC02", "validé").row("S1", "BC03", "validé").row("S1", "BC04", "validé")
    )
    found = part(judged(scenario, equivalences=[EARLIER], kept=kept()))
    assert found.acquired[0] == Acquisition(
        "RNCP35080BC01", date(2017, 6, 1), "S2017", RowRef("RNCP28720BC01/pv-2017.csv", 4)
    )
    assert found.title is TitleState.GRANTED
    assert "W-BLOCK-BY-EQUIVALENCE" in warnings(found)
    assert part(judged(scenario, kept=kept())).title is not TitleState.GRANTED


def test_awards_on_paper_are_acquired_with_their_own_date_and_planned_once() -> None:
    scenario = with_session()
    codes = [block.code for block in scenario.certification.blocks] + [scenario.certification.code]
    awards = [paper(code, number=f"P-{line}", line=line) for line, code in enumerate(codes, start=2)]
    evaluation = judged(scenario, earlier=awards)
    found = part(evaluation)
    assert found.title_date == date(2022, 6, 15)
    assert warnings(found).count("W-EARLIER-AWARD") == len(codes)  # one for each number
    plan = build_plan(scenario.certification, evaluation, [])
    assert {(award.component, award.decided_on) for award in plan.awards} == {
        (code, date(2022, 6, 15)) for code in codes
    }
    assert not any("P-" in str(award.to_dict()) for award in plan.awards)
    issued = [
        ExistingAward(
            f"2026-{number:06}", "C1", scenario.certification.code, award.kind, award.component,
            award.decided_on, award.session, AwardState.VALID,
        )
        for number, award in enumerate(plan.awards, start=1)
    ]  # fmt: skip
    assert not build_plan(scenario.certification, evaluation, issued).awards
    assert {award.kind for award in plan.awards} == set(AwardKind)


@pytest.mark.parametrize(
    ("award", "code"),
    [
        (paper("RNCP35080BC09"), "E-UNKNOWN-BLOCK"),
        (paper("RNCP28720BC01"), "E-OTHER-FICHE"),
        (paper("RNCP35080BC01", date(2099, 1, 1)), "E-FUTURE-DATE"),
        (paper("RNCP35080BC01", date(2019, 6, 1)), "E-REGISTRATION-START-UNKNOWN"),
    ],
)
def test_an_older_award_that_the_fiche_cannot_carry_is_refused_with_its_reason(
    award: EarlierAward, code: str
) -> None:
    found = part(judged(with_session(), earlier=[award]))
    assert refusals(found) == [code]
    assert not found.acquired


def test_an_older_award_of_nobody_in_the_list_is_told_with_its_row() -> None:
    award = replace(paper("RNCP35080BC01"), candidate_id="C9")
    (finding,) = judged(with_session(), earlier=[award]).rows_without_candidate
    assert (finding.code.id, finding.row) == ("E-UNKNOWN-CANDIDATE", RowRef("anciens.csv", 2))


def test_an_annulment_strikes_an_older_award_too() -> None:
    scenario = with_session().annul("2022-07-01", "BC01")
    assert not part(judged(scenario, earlier=[paper("RNCP35080BC01")])).acquired


def test_another_paper_for_the_same_person_and_component_is_refused_at_import() -> None:
    scenario = with_session()
    registered = replace(scenario.record(), earlier=(paper("RNCP35080BC01"),))
    same, other = paper("RNCP35080BC01", line=9), paper("RNCP35080BC01", number="P-2")
    assert check_earlier(scenario.certification, registered, [same], today=TODAY) == []
    (finding,) = check_earlier(scenario.certification, registered, [other], today=TODAY)
    assert (finding.code.id, finding.column, finding.value) == ("E-EARLIER-KNOWN", "numero_papier", "P-1")


@pytest.mark.parametrize(
    ("terms", "held"),
    [
        ([], False),
        ([Term()], False),
        ([Term(first=date(2024, 6, 20))], False),
        ([Term(last=date(2024, 6, 20))], False),
        ([Term(first=date(2024, 6, 21))], True),
        ([Term(last=date(2024, 6, 19))], True),
        ([Term(last=date(2024, 1, 1)), Term(first=date(2024, 6, 1))], False),
    ],
)
def test_who_signed_must_have_been_in_office_on_that_day(terms: list[Term], *, held: bool) -> None:
    scenario = with_session().row("S1", "BC01", "validé")
    found = part(judged(scenario, terms={SIGNATORY: terms}))
    assert ("E-SIGNATORY-OUT-OF-OFFICE" in refusals(found)) is held
    assert bool(found.acquired) is not held


def with_session() -> Scenario:
    person = replace(PERSON, entry_date=None)
    return Scenario(BY_BLOCK, person).session("S1", "2024-06-20")


def part(evaluation: Evaluation) -> CandidateEvaluation:
    found = evaluation.candidate("C1")
    assert found is not None
    return found
