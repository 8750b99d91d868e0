"""Whoever handed in anything on which a plan rests is its author, older awards included."""

from dataclasses import replace
from pathlib import Path

import pytest

from issuer.cli.jury import take_file
from issuer.errors import RefusedError
from issuer.ports.systems import Scope
from issuer.samples import sample_files
from issuer.services.office import Office
from issuer.services.planning import approve, make_plan
from issuer.services.programs.tokens import new_program
from tests.faults.desks import found_desk, open_desk
from tests.functional.cli.folders import SAMPLE_DAY

ENTRY, OLDER, APPROVAL = "camille.saisie", "claude.reprise", "dominique.validation"
EARLIER = (
    "id_candidat;composant;date_decision;numero_papier;origine\n"
    "C003;RNCP35080BC01;2023-06-22;D-1977-1;registre papier\n"
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Give a service with four eyes on: one person entered the sample record, another an older award."""
    found_desk(tmp_path / "var", SAMPLE_DAY, four_eyes=True)
    opened = open_desk(tmp_path / "var")
    for name, content in sample_files().items():
        take_file(opened, content, name, accept_valid=True, actor=ENTRY)
    taken = take_file(opened, EARLIER.encode(), "anterieurs.csv", actor=OLDER)
    assert not taken.notes
    return opened


def authors(office: Office, *candidates: str) -> frozenset[str]:
    with office.store.reading() as registry:
        return registry.record_authors("RNCP35080", candidates)


def test_who_handed_in_an_older_award_is_an_author_for_its_person(office: Office) -> None:
    assert authors(office, "C003") == {ENTRY, OLDER}


def test_and_for_nobody_else(office: Office) -> None:
    assert authors(office, "C001") == {ENTRY}


def test_an_author_of_older_awards_does_not_approve_the_plan_that_rests_on_them(office: Office) -> None:
    _fiche, plan = make_plan(office, None, None)
    with pytest.raises(RefusedError) as caught:
        approve(office, plan.digest, certification=None, session=None, actor=OLDER)

    assert caught.value.code == "four_eyes.same_person"


def test_who_let_a_program_in_is_an_author_of_what_it_sends(office: Office) -> None:
    new_program(office, "sis", {Scope.RECORDS_WRITE}, actor=APPROVAL)
    people = sample_files()["candidats.csv"].replace(b"helene.marchand", b"h.marchand")
    take_file(replace(office, four_eyes=False), people, "c.csv", accept_changes=True, actor="program:sis")
    assert authors(office, "C001") == {ENTRY, "program:sis", APPROVAL}
    _fiche, plan = make_plan(office, None, None)
    with pytest.raises(RefusedError) as caught:
        approve(office, plan.digest, certification=None, session=None, actor=APPROVAL)

    assert caught.value.code == "four_eyes.same_person"
