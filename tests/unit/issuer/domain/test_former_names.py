"""After a change of name, what was decided under the former one is still the same person's."""

from dataclasses import replace
from datetime import date

from issuer.domain.eligibility.identity import Roster
from issuer.domain.records import Candidate, ResultRow

ONE = Candidate(
    "C001", "Le Guennec", None, "Zoé", date(1990, 7, 14), "continuing_education", date(2022, 9, 19)
)
RENAMED = replace(ONE, birth_name="Roux")
OTHER = replace(ONE, id="C002", birth_date=date(1991, 1, 1))


def row(candidate_id: str = "C001", family: str = "Le Guennec", given: str = "Zoé") -> ResultRow:
    return ResultRow(
        source="pv.csv",
        number=2,
        session="S1",
        decision_date=date(2024, 6, 20),
        decision_date_text="2024-06-20",
        candidate_id=candidate_id,
        family_name=family,
        given_names=given,
        component="RNCP35080BC01",
        decision="validé",
    )


def test_a_line_under_the_former_name_still_designates_the_person() -> None:
    roster = Roster([RENAMED], [ONE])
    for line in (row(), row(family="Roux"), row(candidate_id=""), row(candidate_id="", family="Roux")):
        found = roster.identify(line)
        assert (found.candidate_id, found.fault) == ("C001", None)


def test_without_the_former_entry_it_is_another_name() -> None:
    assert Roster([RENAMED]).identify(row()).fault is not None


def test_a_name_that_the_list_never_had_stays_a_fault() -> None:
    fault = Roster([RENAMED], [ONE]).identify(row(family="Legrand")).fault
    assert fault is not None
    assert fault.code.id == "E-NAME-MISMATCH"


def test_a_former_name_that_is_another_persons_now_designates_nobody_without_an_identifier() -> None:
    roster = Roster([RENAMED, OTHER], [ONE])
    found = roster.identify(row(candidate_id=""))
    assert found.candidate_id is None
    assert found.fault is not None
    assert found.fault.code.id == "E-AMBIGUOUS-IDENTITY"
    assert roster.identify(row()).candidate_id == "C001"
