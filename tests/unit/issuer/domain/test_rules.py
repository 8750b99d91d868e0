"""Rules of the evaluation order that no jury case reaches, step by step."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from issuer.domain.certification import TitlePolicy
from issuer.domain.codes import Effect
from issuer.domain.eligibility import TitleState, check_rows
from issuer.domain.records import PathChange, Side, Tie
from tests.unit.issuer.domain.case_records import TODAY, rncp35080, three_blocks
from tests.unit.issuer.domain.scenario import PERSON, Scenario, refusals, warnings

DAY = "2024-06-20"
JURY = replace(rncp35080(), title_policy=TitlePolicy.JURY)


def _one(**changes: Any) -> Scenario:
    return Scenario(rncp35080()).session("S1", DAY, **changes)


def _word(session: str = "S1", **changes: Any) -> list[str]:
    record = _one().row(session, "BC01", "validé", **changes).record()
    return [item.code.id for item in check_rows(rncp35080(), record, today=TODAY)]


# Step 1: identity


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"candidate_id": ""}, []),
        ({"candidate_id": "", "birth_date": date(1999, 1, 1)}, ["E-UNKNOWN-CANDIDATE"]),
        ({"birth_date": date(1999, 1, 1)}, ["E-AMBIGUOUS-IDENTITY"]),
        ({"family_name": "RIVIÈRE"}, ["E-NAME-MISMATCH"]),
        ({"family_name": "RIVIÈRE", "compare_folded": True}, []),
        ({"family_name": "RIVIERE", "compare_folded": True}, ["E-NAME-MISMATCH"]),
        ({"family_name": "Rivie\u0300re"}, []),
        ({"given_names": "Tomas"}, ["E-NAME-MISMATCH"]),
        ({"family_name": "Rivi\ufffdre", "candidate_id": ""}, ["E-NAME-MISMATCH"]),
        ({"candidate_id": "C9", "component": "nothing", "decision": "?"}, ["E-UNKNOWN-CANDIDATE"]),
    ],
)
def test_identity_stops_a_row_and_nothing_else_is_said_of_it(
    changes: dict[str, Any], codes: list[str]
) -> None:
    assert _word(**changes) == codes


def test_the_used_name_designates_the_person_too() -> None:
    scenario = Scenario(rncp35080(), replace(PERSON, usage_name="Rivière-Roux")).session("S1", DAY)

    assert not refusals(scenario.row("S1", "BC01", "validé", family_name="Rivière-Roux").part())


def test_two_people_under_one_identifier_hold_its_rows() -> None:
    twin = replace(PERSON, given_names="Autre")
    part = _one().row("S1", "BC01", "validé").evaluate(others=[twin]).candidate("C1")

    assert part is not None
    assert (refusals(part), part.title) == (["E-AMBIGUOUS-IDENTITY"], TitleState.HELD)


# Step 2: row


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"decision": "attribué"}, ["E-UNKNOWN-DECISION"]),
        ({"decision": "V"}, ["E-UNKNOWN-DECISION"]),
        ({"decision": "Validé SOUS  RÉSERVE du mémoire"}, ["E-CONDITIONAL-DECISION"]),
        ({"decision": "validé à condition de soutenir"}, ["E-CONDITIONAL-DECISION"]),
        ({"component": "RNCP35080", "decision": "validé"}, ["E-UNKNOWN-DECISION"]),
        ({"component": "RNCP350801BC01"}, ["E-OTHER-FICHE"]),
        ({"component": "RNCP12345"}, ["E-OTHER-FICHE"]),
        ({"component": "RNCP35080BC010"}, ["E-UNKNOWN-BLOCK"]),
        ({"component": "BC01"}, ["E-UNKNOWN-BLOCK"]),
        ({"session": "S9"}, ["E-UNKNOWN-SESSION"]),
        ({"decision_date": date(2024, 6, 21)}, ["E-SESSION-DATE-MISMATCH"]),
        ({"decision_date": date(2030, 1, 1)}, ["E-FUTURE-DATE"]),
        ({"decision_date": None, "decision": "OK ?"}, ["E-DATE-FORMAT", "E-UNKNOWN-DECISION"]),
    ],
)
def test_a_row_tells_all_its_faults(changes: dict[str, Any], codes: list[str]) -> None:
    assert _word(**changes) == codes


def test_today_is_not_future() -> None:
    scenario = Scenario(three_blocks(), replace(PERSON, route="student"), internal=2, external=3)

    assert not refusals(scenario.session("S1", TODAY.isoformat()).row("S1", "BC01", "validé").part())


def test_a_session_of_another_certification_is_unknown() -> None:
    part = _one(certification="RNCP99001").row("S1", "BC01", "validé").part()

    assert (refusals(part), part.title) == (["E-UNKNOWN-SESSION"], TitleState.REFUSED)


def test_the_same_decision_in_two_files_counts_once_and_warns_of_nothing() -> None:
    part = _one().row("S1", "BC01", "validé").row("S1", "BC01", "validé", source="export.csv").part()

    assert (len(part.acquired), warnings(part)) == (1, [])


def test_a_repeated_row_is_told_even_when_refused() -> None:
    part = _one(signed=False).row("S1", "BC01", "validé").row("S1", "BC01", "validé").part()

    assert (refusals(part), warnings(part)) == (["E-PV-UNSIGNED"], ["W-DUPLICATE-ROW"])


# Steps 3 and 4: session, and candidate in it


def test_a_session_tells_all_its_faults_and_a_refusal_prevails_over_a_doubt() -> None:
    part = _one(external=0, president=False, signed=False).row("S1", "BC01", "validé").part()

    assert refusals(part) == ["E-JURY-COMPOSITION", "E-JURY-NO-PRESIDENT", "E-PV-UNSIGNED"]
    assert part.title is TitleState.REFUSED


def test_a_session_is_judged_even_where_its_row_was_stopped_before() -> None:
    assert refusals(_one(signed=False).row("S1", "BC09", "validé").part()) == [
        "E-PV-UNSIGNED",
        "E-UNKNOWN-BLOCK",
    ]


def test_the_jury_of_a_closed_route_is_not_judged() -> None:
    part = _one(routes=("student",), external=0, signatory=None).row("S1", "BC01", "validé").part()

    assert refusals(part) == ["E-ROUTE-CLOSED", "E-SIGNATORY-UNKNOWN"]


def test_a_person_on_a_closed_route_is_refused_in_a_session_of_open_ones() -> None:
    scenario = Scenario(rncp35080(), replace(PERSON, route="student"))
    part = scenario.session("S1", DAY, routes=("continuing_education",)).row("S1", "BC01", "validé").part()

    assert refusals(part) == ["E-ROUTE-CLOSED"]


def test_an_unlisted_open_route_needs_every_open_route_of_the_session_to_hold() -> None:
    routes = ("vae", "continuing_education", "student")
    scenario = Scenario(rncp35080(), replace(PERSON, route="apprenticeship"))

    assert not refusals(scenario.session("S1", DAY, routes=routes).row("S1", "BC01", "validé").part())
    assert refusals(scenario.session("S1", DAY, routes=routes, internal=3, external=1).part()) == [
        "E-JURY-COMPOSITION",
    ]


def test_the_route_is_the_one_of_the_day_of_the_session() -> None:
    changed = replace(
        PERSON, route="student", path_changes=[PathChange(date(2024, 1, 1), "continuing_education")]
    )
    scenario = Scenario(rncp35080(), changed).session("S1", DAY, routes=("continuing_education",))

    assert not refusals(scenario.row("S1", "BC01", "validé").part())


def test_a_tie_and_a_contradiction_are_both_told_and_the_refusal_prevails() -> None:
    ties = [Tie("C1", Side.EXTERNAL, recused=False), Tie("C2", Side.EXTERNAL, recused=False)]
    part = _one(ties=ties).row("S1", "BC01", "validé").row("S1", "BC01", "non validé").part()

    assert (refusals(part), part.title) == (["E-CONFLICTING-RESULT", "E-JURY-TIED"], TitleState.REFUSED)


def test_a_tie_touches_nobody_else() -> None:
    part = _one(ties=[Tie("C2", Side.EXTERNAL, recused=False)]).row("S1", "BC01", "validé").part()

    assert (refusals(part), warnings(part)) == ([], [])


def test_refused_and_absent_do_not_contradict_each_other() -> None:
    part = _one().row("S1", "BC01", "non validé").row("S1", "BC01", "absent").part()

    assert (refusals(part), part.title) == ([], TitleState.NOT_ELIGIBLE)


# Step 5: annulments


@pytest.mark.parametrize(
    ("on", "by", "ground", "codes"),
    [
        ("2024-10-20", "jury", "erreur", ["E-ANNULLED"]),
        ("2024-10-21", "jury", "erreur", ["E-ANNULMENT-OUT-OF-TIME"]),
        ("2024-10-21", "administration", "Fraude établie", ["E-ANNULLED"]),
        ("2024-10-21", "administration", "erreur sans fraude", ["E-ANNULMENT-OUT-OF-TIME"]),
        ("2026-10-21", "Juge", "vice de forme", ["E-ANNULLED"]),
        ("2027-01-01", "juge", "vice de forme", ["E-FUTURE-DATE"]),
    ],
)
def test_an_annulment_strikes_within_its_time(on: str, by: str, ground: str, codes: list[str]) -> None:
    part = _one().row("S1", "BC01", "validé").annul(on, "BC01", by=by, ground=ground).part()

    assert refusals(part) == codes
    assert bool(part.acquired) is ("E-ANNULLED" not in codes)
    assert part.title is (TitleState.REFUSED if "E-ANNULLED" in codes else TitleState.NOT_ELIGIBLE)


def test_four_months_from_a_31st_end_on_the_last_day_of_the_month() -> None:
    scenario = Scenario(rncp35080()).session("S1", "2023-10-31").row("S1", "BC01", "validé")

    assert refusals(scenario.annul("2024-02-29", "BC01").part()) == ["E-ANNULLED"]


def test_an_annulment_that_touches_nothing_is_told() -> None:
    part = _one().row("S1", "BC01", "validé").annul("2024-07-01", "BC02").part()

    assert [finding.code.id for finding in part.notes] == ["I-ANNULMENT-WITHOUT-EFFECT"]


def test_an_annulment_on_somebody_unknown_is_told() -> None:
    scenario = _one().annul("2024-07-01", "BC01")
    scenario.person = replace(PERSON, id="C2")

    assert [item.code.id for item in scenario.evaluate().annulments_without_candidate] == [
        "E-UNKNOWN-CANDIDATE"
    ]


@pytest.mark.parametrize("title_line", [True, False])
def test_a_title_annulled_alone_is_held(title_line: bool) -> None:
    scenario = _one().blocks("S1")
    scenario = scenario.row("S1", "TITLE", "attribué") if title_line else scenario
    part = scenario.annul("2024-07-01", "TITLE").part()

    assert (part.title, len(part.acquired)) == (TitleState.HELD, 4)
    assert (refusals(part), warnings(part)) == (["E-ANNULLED"], ["W-HUMAN"])


def test_a_title_by_blocks_annulled_with_them_is_refused_then_granted_by_new_decisions() -> None:
    every = ("BC01", "BC02", "BC03", "BC04", "TITLE")
    scenario = _one().blocks("S1").annul("2024-07-01", *every)
    before = scenario.part()
    after = scenario.session("S2", "2025-06-19").blocks("S2").part()

    assert (before.title, refusals(before)) == (TitleState.REFUSED, ["E-ANNULLED"])
    assert len(before.refusals[0].components) == 5
    assert (after.title, after.title_date, refusals(after)) == (TitleState.GRANTED, date(2025, 6, 19), [])


# Steps 6 and 7: right and title


def test_obtained_on_the_last_day_needs_no_proof() -> None:
    scenario = Scenario(rncp35080(), replace(PERSON, entry_date=None)).session("S1", "2025-11-18")

    assert warnings(scenario.row("S1", "BC01", "validé").part()) == []


def test_the_floor_is_five_years_before_the_end_itself_included() -> None:
    first = Scenario(rncp35080(), replace(PERSON, entry_date=None)).session("S1", "2020-11-18").blocks("S1")
    before = Scenario(rncp35080(), replace(PERSON, entry_date=None)).session("S1", "2020-11-17").blocks("S1")

    assert not refusals(first.part())
    assert refusals(before.part()) == ["E-REGISTRATION-START-UNKNOWN"]


def test_the_day_of_entry_and_the_day_of_death_do_not_count_against() -> None:
    day = date.fromisoformat(DAY)
    scenario = Scenario(rncp35080(), replace(PERSON, entry_date=day, deceased_on=day)).session("S1", DAY)
    part = scenario.row("S1", "BC01", "validé").part()

    assert (refusals(part), warnings(part), len(part.acquired)) == ([], ["W-POSTHUMOUS"], 1)


def test_an_early_title_line_is_told_even_when_the_title_comes_later() -> None:
    scenario = _one().blocks("S1", "BC01", "BC02", "BC03").row("S1", "TITLE", "attribué")
    part = scenario.session("S2", "2025-06-19").blocks("S2", "BC04").part()

    assert (refusals(part), part.title, part.title_date) == (
        ["E-BLOCKS-MISSING"],
        TitleState.GRANTED,
        date(2025, 6, 19),
    )
    assert warnings(part) == ["W-TITLE-DECISION-MISSING"]


def test_a_title_line_waits_for_a_block_that_waits() -> None:
    scenario = _one().blocks("S1", "BC01", "BC02", "BC03").row("S1", "TITLE", "attribué")
    part = scenario.session("S2", DAY, signed=False).blocks("S2", "BC04").part()

    assert (refusals(part), part.title) == (["E-PV-UNSIGNED"], TitleState.HELD)


def test_a_title_denied_before_the_last_block_changes_nothing() -> None:
    scenario = _one().blocks("S1", "BC01").row("S1", "TITLE", "non attribué")
    part = scenario.session("S2", "2025-06-19").blocks("S2", "BC02", "BC03", "BC04").part()

    assert (refusals(part), part.title) == ([], TitleState.GRANTED)


@pytest.mark.parametrize("word", ["attribué sous réserve", "ADM"])
def test_a_title_with_an_odd_word_is_held_for_a_person(word: str) -> None:
    part = _one().blocks("S1").row("S1", "TITLE", word).part()

    assert (part.title, warnings(part)) == (TitleState.HELD, ["W-HUMAN"])


def test_under_the_jury_policy_the_title_is_dated_by_its_own_line() -> None:
    scenario = Scenario(JURY).session("S1", DAY).blocks("S1").session("S2", "2025-06-19")
    part = scenario.row("S2", "TITLE", "attribué").part()

    assert part.title_granted is not None
    assert (part.title_granted.decided_on, part.title_granted.session) == (date(2025, 6, 19), "S2")


def test_a_second_title_line_only_confirms() -> None:
    scenario = Scenario(JURY, replace(PERSON, entry_date=None)).session("S1", DAY).blocks("S1")
    scenario.row("S1", "TITLE", "attribué").session("S2", "2026-06-18")
    part = scenario.row("S2", "TITLE", "attribué").part()

    assert (refusals(part), part.title_date) == ([], date(2024, 6, 20))


def test_a_mention_on_a_title_line_that_confirms_is_told() -> None:
    assert warnings(_one().blocks("S1").row("S1", "TITLE", "attribué", mention="bien").part()) == [
        "W-MENTION-IGNORED"
    ]


def test_the_prerequisites_do_not_matter_in_vae() -> None:
    person = replace(PERSON, route="vae", prerequisite_evidence=False)
    scenario = Scenario(rncp35080(), person, internal=6, external=2).session("S1", DAY)

    assert warnings(scenario.row("S1", "BC01", "validé").part()) == []


# A second, different certification


def _luthier(**changes: Any) -> Scenario:
    person = replace(PERSON, route="student")
    return Scenario(three_blocks(), person, internal=2, external=3).session("S1", DAY, **changes)


def test_a_certification_of_three_blocks_waits_for_its_jury_s_decision() -> None:
    pending = _luthier(represents_head=False).blocks("S1").part()
    granted = _luthier().blocks("S1").row("S1", "TITLE", "attribué").part()

    assert (pending.title, warnings(pending)) == (
        TitleState.PENDING_TITLE_DECISION,
        ["W-TITLE-DECISION-MISSING"],
    )
    assert "3 blocs" in pending.warnings[0].sentence.fr
    assert (granted.title, granted.title_date) == (TitleState.GRANTED, date(2024, 6, 20))


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"internal": 1, "external": 3}, ["E-JURY-COMPOSITION"]),
        ({"internal": 3, "external": 2}, ["E-JURY-COMPOSITION"]),
        ({"routes": ("apprenticeship",)}, ["E-ROUTE-CLOSED"]),
    ],
)
def test_a_certification_has_its_own_jury_rule_and_closed_route(
    changes: dict[str, Any], codes: list[str]
) -> None:
    assert refusals(_luthier(**changes).row("S1", "BC01", "validé").part()) == codes


@pytest.mark.parametrize(
    ("internal", "external", "codes"),
    [(2, 3, []), (2, 2, ["W-VAE-JURY-CONTRADICTION"]), (1, 4, ["W-VAE-JURY-CONTRADICTION"])],
)
def test_the_two_readings_are_the_fiche_s_own(internal: int, external: int, codes: list[str]) -> None:
    scenario = Scenario(three_blocks(), replace(PERSON, route="vae"), internal=internal, external=external)

    assert warnings(scenario.session("S1", DAY).row("S1", "BC02", "validé").part()) == codes


@pytest.mark.parametrize(
    ("on", "codes"),
    [("2022-06-30", ["E-BEFORE-REGISTRATION"]), ("2022-07-01", [])],
)
def test_a_known_start_of_registration_is_the_floor(on: str, codes: list[str]) -> None:
    person = replace(PERSON, route="student", entry_date=None)
    scenario = Scenario(three_blocks(), person, internal=2, external=3).session("S1", on)

    assert refusals(scenario.row("S1", "BC01", "validé").part()) == codes


def test_its_blocks_are_unknown_to_the_other_fiche_and_its_predecessor_is_no_prefix() -> None:
    part = _luthier().row("S1", "BC04", "validé").row("S1", "", "validé", component="RNCP9900BC01").part()

    assert refusals(part) == ["E-OTHER-FICHE", "E-UNKNOWN-BLOCK"]
    assert all(finding.code.effect is Effect.REFUSAL for finding in part.refusals)
