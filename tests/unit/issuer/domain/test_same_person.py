"""Two entries of the list that may be one person: nothing twice, and a way out for real homonyms."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from issuer.domain.certification import IssueWhen
from issuer.domain.codes import Effect
from issuer.domain.eligibility import Evaluation, TitleState, evaluate
from issuer.domain.normalisation import fold_identifier, name_letters
from issuer.domain.plan import build_plan
from issuer.domain.records import Candidate, JuryRecord
from tests.unit.issuer.domain.case_records import SIGNATORY, TODAY, rncp35080
from tests.unit.issuer.domain.scenario import Scenario, refusals, warnings

BY_BLOCK = replace(rncp35080(), issue_when=IssueWhen.BLOCK)
ONE = Candidate(
    id="C001",
    birth_name="Le Guennec",
    usage_name=None,
    given_names="Zoé",
    birth_date=date(1990, 7, 14),
    route="continuing_education",
    entry_date=date(2022, 9, 19),
    email="zoe.le.guennec@example.org",
)


def _other(**changes: Any) -> Candidate:
    return replace(ONE, **{"id": "C001B", "email": None, **changes})


def _record(*people: Candidate, rows: Collection[str]) -> JuryRecord:
    scenario = Scenario(BY_BLOCK, ONE).session("S1", "2024-06-20")
    for person in people:
        if person.id in rows:
            scenario.person = person
            scenario.blocks("S1").row("S1", "TITLE", "attribué")
    return JuryRecord(people, list(scenario.sessions.values()), scenario.rows)


def _evaluate(record: JuryRecord, **issued: Collection[str]) -> Evaluation:
    return evaluate(BY_BLOCK, record, today=TODAY, signatories=[SIGNATORY], issued=issued)


def _both(one: Candidate, two: Candidate) -> Evaluation:
    return _evaluate(_record(one, two, rows={one.id, two.id}))


SAME = [
    _other(),
    _other(birth_name="LE GUENNEC", given_names="ZOE"),
    _other(birth_name="Le\N{NO-BREAK SPACE}Guennec", given_names="Zoe\u0301"),
    _other(birth_name="Le-Guennec"),
    _other(birth_name="Roux", usage_name="Le Guennec"),
    _other(birth_date=None, email="Zoe.Le.Guennec@EXAMPLE.org"),
    _other(birth_date=date(1990, 7, 15), email=ONE.email),
    _other(id="c001", birth_date=date(1970, 1, 1), birth_name="Autre"),
    _other(id="\uff23\uff10\uff10\uff11", birth_date=None),
]


@pytest.mark.parametrize("two", SAME, ids=range(len(SAME)))
def test_two_entries_that_may_be_one_person_both_wait_and_get_nothing(two: Candidate) -> None:
    evaluation = _both(ONE, two)

    for part in evaluation.candidates:
        [finding] = part.refusals
        assert (finding.code.id, finding.code.effect) == ("E-POSSIBLE-SAME-PERSON", Effect.DOUBT)
        assert len(finding.rows) == 5
        assert (ONE.id if part.candidate_id == two.id else two.id) in finding.sentence.fr
        assert (part.acquired, part.title, warnings(part)) == ((), TitleState.HELD, [])
    assert not build_plan(BY_BLOCK, evaluation, []).awards


@pytest.mark.parametrize(
    "two",
    [
        _other(birth_date=date(1991, 12, 21)),
        _other(birth_date=None),
        _other(given_names="Chloé"),
        _other(birth_name="Le Gall"),
        _other(birth_name="Le Gall", birth_date=None, email=ONE.email),
        _other(not_same_as=("C001",)),
    ],
    ids=["birth date", "unknown birth date", "given names", "family name", "mail alone", "confirmed"],
)
def test_two_people_who_only_look_alike_both_get_theirs(two: Candidate) -> None:
    evaluation = _both(ONE, two)

    assert [len(part.acquired) for part in evaluation.candidates] == [4, 4]
    assert not any(part.refusals for part in evaluation.candidates)
    assert {code for part in evaluation.candidates for code in warnings(part)} <= {"W-NO-BIRTHDATE"}


def test_a_confirmation_of_one_side_counts_for_both_and_for_no_third_entry() -> None:
    one, two, three = replace(ONE, not_same_as=("C001B",)), _other(), _other(id="C001C")
    evaluation = _evaluate(_record(one, two, three, rows={"C001", "C001B", "C001C"}))

    assert [refusals(part) for part in evaluation.candidates] == [["E-POSSIBLE-SAME-PERSON"]] * 3
    assert [part.refusals[0].sentence.en.count("C001") for part in evaluation.candidates] == [1, 1, 2]


def test_an_entry_that_nothing_uses_blocks_nobody_and_is_told() -> None:
    used, unused = _evaluate(_record(ONE, _other(), rows={"C001"})).candidates

    assert (len(used.acquired), used.title, refusals(used)) == (4, TitleState.GRANTED, [])
    assert warnings(used) == ["W-POSSIBLE-SAME-PERSON"]
    assert (unused.title, refusals(unused), warnings(unused)) == (TitleState.NOT_ELIGIBLE, [], [])


def test_an_entry_that_holds_an_award_in_force_is_used_even_without_a_row() -> None:
    evaluation = _evaluate(_record(ONE, _other(), rows={"C001"}), C001B=["RNCP35080BC01"])

    assert [refusals(part) for part in evaluation.candidates] == [["E-POSSIBLE-SAME-PERSON"]] * 2
    assert not evaluation.candidates[0].acquired


@pytest.mark.parametrize("identifier", ["C001B", "c001"])
def test_the_way_out_for_one_person_twice_is_to_mark_the_entry_too_many(identifier: str) -> None:
    record = _record(ONE, _other(id=identifier), rows={"C001", identifier})
    marked = replace(record, candidates=[ONE, _other(id=identifier, given_names="doublon")])
    kept, marked_part = _evaluate(marked).candidates

    assert (len(kept.acquired), refusals(kept)) == (4, [])
    assert (marked_part.acquired, refusals(marked_part)) == ((), ["E-NAME-MISMATCH"])


def test_folding_is_for_comparison_only() -> None:
    assert fold_identifier(" \uff23\uff10\uff10\uff11 ") == fold_identifier("c001") == "c001"
    assert name_letters("d’AUBIGNÉ-Œuvray") == name_letters("d'Aubigné Oeuvray") == "daubigneoeuvray"
    assert name_letters("Straße") == name_letters("STRASSE")
    assert name_letters("Łukasz") == name_letters("lukasz")
    assert name_letters("Мария") == name_letters("МАРИЯ") != name_letters("Марина")
