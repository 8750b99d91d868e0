"""Killed at every statement that it sends to the database: kept whole or not at all, and the next run works."""

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from credentials.json_input import parse_object
from credentials.report import Verdict
from credentials.status.bitstring import bits_of, decode
from issuer.bootstrap import key_lines, public_desk
from issuer.config import load_settings
from issuer.domain.award import AwardKind, AwardState, StatusPurpose, WithdrawalReason
from issuer.services.office import Office
from issuer.services.register import find_awards, verify_audit
from issuer.services.status_lists import list_states
from issuer.services.withdrawing import reinstate, revoke, suspend
from tests.faults.cohort import COMPONENTS, cohort
from tests.faults.desks import environment, found_desk, hand_in, issue_all, open_desk

PEOPLE = 2


def killed_at(step: int, act: Callable[[], object]) -> bool:
    """Run an act in a process that dies with -9 before its database statement `step`; say whether it died."""
    child = os.fork()
    if child == 0:
        _die_at(step)
        try:
            act()
        except BaseException:  # noqa: BLE001 - the child must end here, whatever happened
            os._exit(7)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the act failed by itself"
    return os.WIFSIGNALED(status)


def _die_at(step: int) -> None:
    left = step

    def count(*_arguments: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)


def crashes(act: Callable[[], object], *, every: int = 1) -> Iterator[int]:
    """Kill an act at each of its steps in turn, until it goes through."""
    step = 0
    while killed_at(step, act):
        yield step
        step += every
    assert step > 0


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founded") / "data"
    found_desk(folder)
    return folder


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory, founded: Path) -> Path:
    folder = _copy(founded, tmp_path_factory.mktemp("issued"))
    office = open_desk(folder)
    hand_in(office, cohort(PEOPLE))
    issue_all(office)
    return folder


def test_a_killed_init_is_finished_by_the_next(tmp_path: Path) -> None:
    for step in crashes(lambda: found_desk(tmp_path / "killed" / "data"), every=3):
        folder = tmp_path / "killed" / "data"
        office = found_desk(folder)
        lines = key_lines(load_settings(environment(folder), tmp_path), office)
        assert [(line.name, line.file_present) for line in lines] == [
            ("key-1", True),
            ("receipts-1", True),
        ], step
        office.open_signer()
        assert verify_audit(office).faults == [], step
        assert public_desk(office).healthy(), step
        shutil.rmtree(folder)


def test_a_killed_import_leaves_nothing_half(tmp_path: Path, founded: Path) -> None:
    files = cohort(PEOPLE)
    folder = _copy(founded, tmp_path)
    before = _dump(folder)
    for step in crashes(lambda: hand_in(open_desk(folder), {"candidats.csv": files["candidats.csv"]})):
        assert _dump(folder) == before, step
    with open_desk(folder).store.reading() as registry:
        assert len(registry.record("RNCP35080").candidates) == PEOPLE


def test_a_killed_issue_leaves_whole_people_only(tmp_path: Path, founded: Path) -> None:
    folder = _copy(founded, tmp_path)
    hand_in(open_desk(folder), cohort(1))
    for step in crashes(lambda: issue_all(open_desk(folder)), every=9):
        office = open_desk(folder)
        assert len(find_awards(office)) in {0, len(COMPONENTS)}, step
        assert verify_audit(office).faults == [], step
    assert len(find_awards(open_desk(folder))) == len(COMPONENTS)
    assert issue_all(open_desk(folder)) == []


def test_a_killed_revoke_leaves_state_bit_list_and_trail_in_agreement(tmp_path: Path, issued: Path) -> None:
    folder = _copy(issued, tmp_path)
    title = next(award for award in find_awards(open_desk(folder)) if award.kind is AwardKind.TITLE)

    def act() -> object:
        return revoke(
            open_desk(folder), title.number, WithdrawalReason.MATERIAL_ERROR, None, actor="scolarite"
        )

    for step in crashes(act):
        office = open_desk(folder)
        assert _agreed(office, title.number) is AwardState.VALID, step
        assert public_desk(office).check_link(title.credential_id).verdict is Verdict.VALID
    office = open_desk(folder)
    assert _agreed(office, title.number) is AwardState.REVOKED
    assert public_desk(office).check_link(title.credential_id).verdict is Verdict.REVOKED


def test_a_killed_suspension_leaves_state_bit_lists_and_trail_in_agreement(
    tmp_path: Path, founded: Path
) -> None:
    folder = _copy(founded, tmp_path)
    hand_in(open_desk(folder), cohort(1))
    issue_all(_wide(folder))
    title = next(award for award in find_awards(open_desk(folder)) if award.kind is AwardKind.TITLE)

    for act, before, after in (
        (suspend, AwardState.VALID, AwardState.SUSPENDED),
        (reinstate, AwardState.SUSPENDED, AwardState.VALID),
    ):
        for step in crashes(_acting(act, folder, title.number), every=2):
            assert _agreed(open_desk(folder), title.number) is before, (act, step)
        assert _agreed(open_desk(folder), title.number) is after


def test_an_issue_killed_while_a_list_opens_leaves_no_list_half_open(tmp_path: Path, founded: Path) -> None:
    folder = _copy(founded, tmp_path)
    hand_in(open_desk(folder), cohort(1))

    def act() -> object:
        return issue_all(replace(_wide(folder), list_room=2))

    for step in crashes(act, every=13):
        office = open_desk(folder)
        awards = find_awards(office)
        lists = ["1"] if not awards else [f"{n}{kind}" for n in "123" for kind in ("", "-suspension")]
        assert [state.name for state in list_states(office)] == lists, step
        assert verify_audit(office).faults == [], step
    assert [award.status_list for award in find_awards(open_desk(folder))] == ["1", "1", "2", "2", "3"]


def _wide(folder: Path) -> Office:
    return replace(open_desk(folder), status_purposes=tuple(StatusPurpose))


def _acting(act: Callable[..., object], folder: Path, number: str) -> Callable[[], object]:
    return lambda: act(open_desk(folder), number, WithdrawalReason.JURY_OR_COURT, None, actor="scolarite")


_SAID = {
    StatusPurpose.REVOCATION: AwardState.REVOKED,
    StatusPurpose.SUSPENSION: AwardState.SUSPENDED,
}


def _agreed(office: Office, number: str) -> AwardState:
    with office.store.reading() as registry:
        award, events = registry.award(number), registry.status_events(number)
        assert award is not None
        for opening in registry.status_lists():
            published, set_bits = registry.status_list(opening.name), list(registry.set_bits(opening))
            assert published is not None
            subject = parse_object(published.body)["credentialSubject"]
            assert isinstance(subject, dict)
            assert (award.status_index in set_bits) is (award.state is _SAID[opening.purpose])
            assert decode(str(subject["encodedList"])) == bits_of(set_bits)
    assert award.state is (events[-1].state if events else AwardState.VALID)
    assert verify_audit(office).faults == []
    return award.state


def _copy(source: Path, target: Path) -> Path:
    return Path(shutil.copytree(source, target / "data"))


def _dump(folder: Path) -> list[str]:
    connection = sqlite3.connect(folder / "parchemin.sqlite3")
    try:
        return list(connection.iterdump())
    finally:
        connection.close()
