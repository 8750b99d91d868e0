"""What a registrar reads of a plan, what is looked at, and what changed since it was proposed."""

import pytest

from issuer.errors import RefusedError
from issuer.services.office import Office
from issuer.services.season.plan_view import Group, PlanView, plan_view
from issuer.services.season.proposals import Turn, difference, submit, waiting_for
from issuer.services.season.reports import harmless, make_report, report_csv
from issuer.services.season.specimens import BY_CHANCE, Oddity, specimens
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli

FICHE = "RNCP35080"


@pytest.fixture
def office(recorded: Cli) -> Office:
    return open_desk(recorded.folder)


def view_of(office: Office, session: str | None = None) -> PlanView:
    with office.store.reading() as registry:
        return plan_view(office, registry, FICHE, session)


def test_what_is_said_of_several_people_is_said_once_with_all_of_them(office: Office) -> None:
    view = view_of(office)
    said = [(saying.code, saying.message.fr) for saying in view.sayings]
    assert len(said) == len(set(said))
    by_code = {saying.code: saying for saying in view.sayings}
    assert {person.id for person in by_code["W-SINGLE-NAME"].people} == {"C004"}
    assert [saying.code[0] for saying in view.sayings] == sorted(
        (saying.code[0] for saying in view.sayings), key="EW".index
    )


def test_a_session_shows_those_of_its_record_to_whom_nothing_is_issued_too(office: Office) -> None:
    view = view_of(office, "S2025-09")
    assert view.plan.awards == []
    assert {"C004", "C009"} <= {part.evaluation.candidate_id for part in view.others}
    assert "E-PV-UNSIGNED" in {saying.code for saying in view.stops}


def test_who_needs_a_second_look_is_found(office: Office) -> None:
    looks = view_of(office).looks
    without = {person.id for people in looks[Group.NO_ADDRESS] for person in people}
    assert without <= {"C012"}
    assert all(len(people) > 1 for people in looks[Group.HOMONYMS])


def test_three_by_chance_and_every_odd_one_the_same_for_everybody(office: Office) -> None:
    first, second = specimens(view_of(office)), specimens(view_of(office))
    assert first == second
    drawn = [item for item in first if Oddity.CHANCE in item.why]
    assert len(drawn) == BY_CHANCE
    assert len({item.award.candidate_id for item in drawn}) == BY_CHANCE
    warned = {
        part.evaluation.candidate_id
        for part in view_of(office).plan.candidates
        if part.awards and part.evaluation.warnings
    }
    assert warned <= {item.award.candidate_id for item in first if Oddity.WARNING in item.why}


def test_a_plan_is_proposed_once_and_only_as_it_was_seen(office: Office) -> None:
    seen = view_of(office).plan.digest
    with pytest.raises(RefusedError, match="changed"):
        submit(office, certification=FICHE, session=None, seen="0" * 64, note=None, actor="ann")
    order = submit(office, certification=FICHE, session=None, seen=seen, note=None, actor="ann")
    with pytest.raises(RefusedError, match="already"):
        submit(office, certification=FICHE, session=None, seen=seen, note=None, actor="bob")
    with office.store.reading() as registry:
        assert waiting_for(registry, seen) == order
        kept = registry.proposed_plan(seen)
    assert kept is not None
    assert not difference(kept.content, view_of(office).plan.to_dict(), seen).stale


def test_a_difference_names_what_was_added_went_and_changed(office: Office) -> None:
    now = view_of(office).plan.to_dict()
    before = {**now, "digest": "before", "candidates": [dict(part) for part in now["candidates"]]}  # type: ignore[attr-defined]
    held = [part for part in before["candidates"] if part["awards"]]  # type: ignore[attr-defined]
    first, second = held[0], held[1]
    gone = {**first["awards"][0], "component": "RNCP35080BC99"}
    added = first["awards"][0]
    first["awards"] = [*first["awards"][1:], gone]
    second["awards"] = [{**award, "holder": "Avant"} for award in second["awards"]]
    second["warnings"] = []
    found = difference(before, now, "before")
    assert found.stale
    turns = {
        (change.turn, change.component) for change in found.awards if change.candidate == first["candidate"]
    }
    assert turns == {(Turn.ADDED, added["component"]), (Turn.GONE, "RNCP35080BC99")}
    changed = [change for change in found.awards if change.candidate == second["candidate"]]
    assert {change.turn for change in changed} == {Turn.CHANGED}
    assert {tuple(change.before) for change in changed} == {("holder",)}


def test_a_plan_that_is_no_longer_kept_is_not_compared(office: Office) -> None:
    found = difference(None, view_of(office).plan.to_dict(), "0" * 64)
    assert (found.known, found.stale) == (False, True)


def test_a_report_is_named_by_its_digests_in_the_log_and_is_the_same_ever_after(office: Office) -> None:
    report = make_report(office, certification=FICHE, session="S2025-06", actor="ann")
    with office.store.reading() as registry:
        [entry] = [entry for entry in registry.audit_entries() if entry.action == "season.reported"]
        kept = registry.season_report(report.id)
    assert report.sha256 in entry.details
    assert report.csv_sha256 in entry.details
    assert kept is not None
    assert report_csv(kept.content) == report_csv(report.content)
    text = report_csv(report.content).decode("utf-8-sig")
    assert "ligne refusée" in text
    assert "C001" not in entry.details


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "  =1"])
def test_a_cell_that_would_act_is_made_a_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
