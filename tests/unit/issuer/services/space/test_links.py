"""Whose act a switch is, and what it needs."""

import pytest

from issuer.errors import ConflictError, NotFoundError
from issuer.ports import Choice
from issuer.services.office import Office
from issuer.services.register import find_awards
from issuer.services.space.choices import choose, note_opening
from issuer.services.space.links import switch_link
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli


@pytest.fixture
def office(issued: Cli) -> Office:
    return open_desk(issued.folder)


def test_there_must_be_such_an_award(office: Office) -> None:
    for call in (
        lambda: switch_link(office, "2026-999999", opened=False, by="scolarite"),
        lambda: choose(office, "C001", "2026-999999", Choice.NAME_ON_CARD, wanted=True),
    ):
        with pytest.raises(NotFoundError):
            call()


def test_the_registrys_switch_is_the_registrys_to_undo(office: Office) -> None:
    number = find_awards(office, candidate="C001")[0].number
    switch_link(office, number, opened=False, by="scolarite")
    with pytest.raises(ConflictError) as refused:
        switch_link(office, number, opened=True, by="holder")
    assert (refused.value.code, refused.value.where) == ("link.registry", number)
    assert switch_link(office, number, opened=True, by="autre")
    assert switch_link(office, number, opened=False, by="holder")
    assert switch_link(office, number, opened=True, by="holder")


def test_an_opening_is_first_once_and_only_while_it_was_asked_and_the_link_is_on(office: Office) -> None:
    award = find_awards(office, candidate="C001")[0]
    assert not note_opening(office, award.token)
    choose(office, "C001", award.number, Choice.TELL_FIRST_OPENING, wanted=True)
    switch_link(office, award.number, opened=False, by="holder")
    assert not note_opening(office, award.token)
    switch_link(office, award.number, opened=True, by="holder")
    for token in ("", "A" * 22, award.token[:-1], f"{award.token}\n"):
        assert not note_opening(office, token)
    assert note_opening(office, award.token)
    assert not note_opening(office, award.token)
    choose(office, "C001", award.number, Choice.TELL_FIRST_OPENING, wanted=False)
    choose(office, "C001", award.number, Choice.TELL_FIRST_OPENING, wanted=True)
    assert not note_opening(office, award.token)
