"""A replacement takes the old document's place in one act; a duplicate takes nothing's place."""

from pathlib import Path

import pytest

from credentials.json_input import JsonObject, parse_object
from credentials.report import Verdict
from credentials.structure.values import objects_of
from issuer.bootstrap import public_desk
from issuer.cli.jury import take_file
from issuer.domain.award import (
    Award,
    AwardKind,
    AwardState,
    DuplicateReason,
    ReplacementReason,
    WithdrawalReason,
)
from issuer.errors import ConflictError, NotFoundError
from issuer.ports import AwardPage, ClosedLink
from issuer.services.office import Office
from issuer.services.planning import make_plan
from issuer.services.register import find_awards, verify_audit
from issuer.services.replacing import Replaced, duplicate, replace_award
from issuer.services.withdrawing import reinstate, revoke, suspend
from tests.faults.cohort import cohort, people
from tests.faults.desks import found_desk, hand_in, issue_all

CIVIL_STATUS, CORRECTION = ReplacementReason.CIVIL_STATUS, ReplacementReason.CORRECTION
FORMER = people(2)[0][1]
NEW = "Nouveau-Nom"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = found_desk(tmp_path / "data")
    hand_in(made, cohort(2))
    issue_all(made)
    return made


@pytest.fixture
def renamed(office: Office) -> Office:
    rename(office, FORMER, NEW)
    return office


def rename(office: Office, before: str, after: str) -> None:
    content = cohort(2)["candidats.csv"].decode().replace(f",{FORMER},", f",{after},").encode()
    assert before != after
    take_file(
        office,
        content,
        f"candidats-{after}.csv",
        certification=None,
        accept_valid=True,
        accept_changes=True,
        actor="scolarite",
    )


def of_first(office: Office, kind: AwardKind | None = None) -> list[Award]:
    return [a for a in find_awards(office, "K0001") if kind in {None, a.kind} and a.state is AwardState.VALID]


def title_of_first(office: Office) -> Award:
    return of_first(office, AwardKind.TITLE)[0]


def document(office: Office, award: Award) -> JsonObject:
    with office.store.reading() as registry:
        return parse_object(registry.credential(award.number) or b"")


def replace_all(office: Office) -> list[Replaced]:
    return list(replace_award(office, title_of_first(office).number, CIVIL_STATUS, None, actor="scolarite"))


def test_a_new_name_replaces_all_the_persons_awards_and_nobody_elses(renamed: Office) -> None:
    others = find_awards(renamed, "K0002")
    made = replace_all(renamed)

    assert [pair.new.component for pair in made][-1] == "RNCP35080"
    assert len(made) == 5
    assert {pair.new.holder.rpartition(" ")[2] for pair in made} == {NEW}
    assert find_awards(renamed, "K0002") == others
    states = {award.number: award.state for award in find_awards(renamed, "K0001")}
    assert {states[pair.old.number] for pair in made} == {AwardState.REPLACED}
    assert {states[pair.new.number] for pair in made} == {AwardState.VALID}
    assert verify_audit(renamed).faults == []


def test_decision_and_delivery_keep_their_first_day_and_the_subject_does_not_stay(renamed: Office) -> None:
    for pair in replace_all(renamed):
        assert (pair.new.decided_on, pair.new.issued_at) == (pair.old.decided_on, pair.old.issued_at)
        old, new = document(renamed, pair.old), document(renamed, pair.new)
        assert new["validFrom"] == old["validFrom"]
        (was,), (now,) = objects_of(old["credentialSubject"]), objects_of(new["credentialSubject"])
        assert now["id"] != was["id"]


def test_neither_side_shows_the_others_name_number_or_link(renamed: Office) -> None:
    desk = public_desk(renamed)
    for pair in replace_all(renamed):
        new = str(document(renamed, pair.new))
        assert not [part for part in (FORMER, pair.old.number, pair.old.token) if part in new]
        old_page, new_page = desk.award_page(pair.old.token), desk.award_page(pair.new.token)
        assert isinstance(old_page, AwardPage)
        assert isinstance(new_page, AwardPage)
        assert old_page.report.verdict is Verdict.REPLACED
        assert new_page.report.verdict is Verdict.VALID
        said = str(old_page.report.to_dict())
        assert not [part for part in (FORMER, NEW, pair.new.number, pair.new.token) if part in said]
        assert FORMER not in str(new_page.report.to_dict())
        assert desk.credential(pair.old.token) is ClosedLink.REPLACED


def test_the_new_title_names_the_new_blocks(renamed: Office) -> None:
    made = replace_all(renamed)
    title = document(renamed, made[-1].new)
    with renamed.store.reading() as registry:
        named = {
            str(item["digestSRI"]): registry.by_digest(str(item["digestSRI"]))
            for item in objects_of(title["relatedResource"])
        }
    assert [award.number for award in named.values() if award] == [pair.new.number for pair in made[:-1]]


def test_what_was_replaced_is_not_proposed_again_and_a_second_change_is_possible(renamed: Office) -> None:
    replace_all(renamed)
    assert make_plan(renamed, None, None)[1].awards == []

    rename(renamed, NEW, "Troisieme-Nom")
    again = replace_all(renamed)

    assert len(again) == 5
    assert {pair.old.state for pair in again} == {AwardState.VALID}
    assert make_plan(renamed, None, None)[1].awards == []
    assert verify_audit(renamed).faults == []


def test_a_corrected_block_takes_its_title_with_it_and_leaves_the_others(renamed: Office) -> None:
    block = of_first(renamed, AwardKind.BLOCK)[1]
    made = replace_award(renamed, block.number, CORRECTION, "faute de frappe", actor="scolarite")

    assert [pair.old.component for pair in made] == [block.component, "RNCP35080"]
    subjects = {objects_of(document(renamed, pair.new)["credentialSubject"])[0]["id"] for pair in made}
    assert subjects == {objects_of(document(renamed, block)["credentialSubject"])[0]["id"]}
    assert len(of_first(renamed)) == 5


def test_a_corrected_title_leaves_its_blocks(renamed: Office) -> None:
    title = title_of_first(renamed)
    (made,) = replace_award(renamed, title.number, CORRECTION, None, actor="scolarite")
    assert made.old.number == title.number


def test_a_replacement_that_would_say_the_same_is_refused(office: Office) -> None:
    before = find_awards(office)
    with pytest.raises(ConflictError, match="say the same") as caught:
        replace_all(office)
    assert caught.value.code == "replace.unchanged"
    assert find_awards(office) == before


def test_a_suspended_award_is_not_put_in_force_by_it(renamed: Office) -> None:
    block = of_first(renamed, AwardKind.BLOCK)[0]
    suspend(renamed, block.number, WithdrawalReason.JURY_OR_COURT, None, actor="scolarite")
    with pytest.raises(ConflictError, match="suspended") as caught:
        replace_all(renamed)
    assert caught.value.where == block.number
    reinstate(renamed, block.number, WithdrawalReason.JURY_OR_COURT, None, actor="scolarite")
    assert len(replace_all(renamed)) == 5


def test_what_is_withdrawn_or_replaced_or_unknown_cannot_be_replaced(renamed: Office) -> None:
    gone = of_first(renamed, AwardKind.BLOCK)[0]
    revoke(renamed, gone.number, WithdrawalReason.MATERIAL_ERROR, None, actor="scolarite")
    with pytest.raises(ConflictError, match="revoked already"):
        replace_award(renamed, gone.number, CORRECTION, None, actor="scolarite")
    with pytest.raises(NotFoundError):
        replace_award(renamed, "2026-999999", CORRECTION, None, actor="scolarite")


def test_what_the_record_no_longer_supports_is_withdrawn_and_not_replaced(renamed: Office) -> None:
    block = of_first(renamed, AwardKind.BLOCK)[0]
    annulment = (
        "id_candidat,date_annulation,composants,auteur,motif,reference,date_decision\n"
        f"K0001,2026-01-15,{block.component},jury,fraude,PV-ANN-1,{block.decided_on.isoformat()}\n"
    )
    take_file(
        renamed,
        annulment.encode(),
        "annulation.csv",
        certification=None,
        accept_valid=True,
        accept_changes=True,
        actor="scolarite",
    )
    before = find_awards(renamed)
    with pytest.raises(ConflictError, match="does not give the right") as caught:
        replace_award(renamed, block.number, CORRECTION, None, actor="scolarite")
    assert caught.value.code == "replace.unsupported"
    assert find_awards(renamed) == before


def test_a_replacement_is_known_inside_with_its_reason(renamed: Office) -> None:
    made = replace_all(renamed)
    with renamed.store.reading() as registry:
        for pair in made:
            link = registry.replacement_of(pair.old.number)
            assert link is not None
            assert (link.new, link.reason, link.by) == (pair.new.number, CIVIL_STATUS, "scolarite")
            assert registry.replacement_by(pair.new.number) == link


def test_a_duplicate_has_a_paper_number_of_its_own_and_changes_nothing(office: Office) -> None:
    title, before = title_of_first(office), find_awards(office)
    first = duplicate(office, title.number, DuplicateReason.LOSS, actor="scolarite")
    second = duplicate(office, title.number, DuplicateReason.THEFT, actor="scolarite")

    assert [first.paper_number, second.paper_number] == [f"{title.number}-D1", f"{title.number}-D2"]
    assert find_awards(office) == before
    with office.store.reading() as registry:
        assert registry.duplicates(title.number) == [first, second]
    assert verify_audit(office).faults == []


def test_no_duplicate_of_what_is_not_in_force(office: Office) -> None:
    title = title_of_first(office)
    suspend(office, title.number, WithdrawalReason.JURY_OR_COURT, None, actor="scolarite")
    with pytest.raises(ConflictError, match="suspended"):
        duplicate(office, title.number, DuplicateReason.LOSS, actor="scolarite")
