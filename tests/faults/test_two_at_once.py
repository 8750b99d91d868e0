"""Two people or workers at once, a killed one, a clock set back, a register gone: nothing lost, nothing doubled."""

import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from issuer.bootstrap import found_office, public_desk
from issuer.config import load_settings
from issuer.domain.award import WithdrawalReason
from issuer.errors import ServiceError
from issuer.ports.orders import Order, OrderKind, OrderState
from issuer.services.audit import CLOCK_TOLERANCE
from issuer.services.condition import ServiceCondition
from issuer.services.office import Office
from issuer.services.order_acts import HANDLERS
from issuer.services.orders import approve_order, carry_out, find_order, propose
from issuer.services.planning import make_plan
from issuer.services.register import find_awards, verify_audit
from issuer.services.withdrawing import suspend
from issuer.web import create_app
from tests.faults.cohort import CODE, COMPONENTS, cohort
from tests.faults.desks import environment, hand_in, open_desk, start

ENTRY, FIRST, SECOND, WORKER = "claude.saisie", "dominique.valide", "sacha.valide", "system:worker"


def _nobody() -> str:
    raise AssertionError("a test gives its passphrase by a setting")


def found(folder: Path) -> Office:
    settings = load_settings(environment(folder), folder.parent)
    return found_office(settings, _nobody, actor=ENTRY, four_eyes=True)[0]


def asked(office: Office, count: int) -> Order:
    """Hand in a record and ask for its awards."""
    hand_in(office, cohort(count))
    _fiche, plan = make_plan(office, CODE, None)
    content = {"certification": CODE, "session": None, "plan": plan.digest}
    return propose(office, OrderKind.ISSUE, content, actor=ENTRY)


@pytest.fixture(scope="module")
def issued_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("issued") / "data"
    office = found(folder)
    order = approve_order(office, asked(office, 2).id, actor=FIRST)
    carry_out(office, order.id, HANDLERS, actor=WORKER)
    assert len(find_awards(office)) == 2 * len(COMPONENTS)
    return folder


@pytest.fixture
def folder(issued_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(issued_folder, tmp_path / "data"))


def at_once(*acts: Callable[[], object]) -> tuple[list[object], list[ServiceError]]:
    """Do several things at the same time; give what went well and what was refused."""
    done: list[object] = []
    refused: list[ServiceError] = []

    def one(act: Callable[[], object]) -> None:
        try:
            done.append(act())
        except ServiceError as error:
            refused.append(error)

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(one, acts))
    return done, refused


def revocation(office: Office, number: str) -> Order:
    content: Mapping[str, object] = {
        "numbers": [number],
        "reason": WithdrawalReason.MATERIAL_ERROR.value,
    }
    return propose(office, OrderKind.REVOKE, content, actor=ENTRY)


@pytest.mark.parametrize("_round", range(3))
def test_two_approvals_at_once_count_once(folder: Path, _round: int) -> None:
    number = find_awards(open_desk(folder))[0].number
    order = revocation(open_desk(folder), number)

    done, refused = at_once(
        *(lambda who=who: approve_order(open_desk(folder), order.id, actor=who) for who in (FIRST, SECOND))
    )

    assert (len(done), [error.code for error in refused]) == (1, ["order.decided"])
    states = [event.state for event in find_order(open_desk(folder), order.id).events]
    assert states == [OrderState.PROPOSED, OrderState.APPROVED]


def test_two_withdrawals_of_one_award_asked_at_once_withdraw_it_once(folder: Path) -> None:
    number = find_awards(open_desk(folder))[0].number
    done, refused = at_once(*[lambda: revocation(open_desk(folder), number)] * 2)
    assert not refused
    office = open_desk(folder)
    for order in done:
        assert isinstance(order, Order)
        approve_order(office, order.id, actor=FIRST)
        carry_out(office, order.id, HANDLERS, actor=WORKER)

    with office.store.reading() as registry:
        assert [event.state.value for event in registry.status_events(number)] == ["revoked"]
    assert verify_audit(office).faults == []


@pytest.mark.parametrize("_round", range(2))
def test_two_workers_at_once_carry_an_order_out_once(folder: Path, _round: int) -> None:
    number = find_awards(open_desk(folder))[0].number
    order = revocation(open_desk(folder), number)
    approve_order(open_desk(folder), order.id, actor=FIRST)

    pair = [start(folder, "worker", "--once") for _ in range(2)]
    said = [process.communicate(timeout=60)[1] for process in pair]

    assert [process.returncode for process in pair] == [0, 0], said
    office = open_desk(folder)
    assert find_order(office, order.id).state is OrderState.DONE
    with office.store.reading() as registry:
        assert [event.state.value for event in registry.status_events(number)] == ["revoked"]
    assert verify_audit(office).faults == []


def _drilled(folder: Path, count: int, kills: int) -> None:
    """Kill the worker in the middle of an order, again and again; the next one goes on."""
    office = found(folder)
    order = approve_order(office, asked(office, count).id, actor=FIRST)
    for number in range(1, kills + 1):
        process = start(folder, "worker", "--once")
        wanted = count * len(COMPONENTS) * number // (kills + 1)
        while process.poll() is None and _count(folder) < wanted:
            time.sleep(0.01)
        process.kill()
        process.communicate()
        # A later instant stands for the two minutes after which another worker takes an order up.
        _age(folder)
    process = start(folder, "worker", "--once")
    _output, said = process.communicate(timeout=600)
    assert process.returncode == 0, said

    assert find_order(open_desk(folder), order.id).state is OrderState.DONE, said
    awards = find_awards(open_desk(folder))
    assert len({(award.candidate_id, award.component) for award in awards}) == count * len(COMPONENTS)
    assert len(awards) == count * len(COMPONENTS)
    assert len({award.status_index for award in awards}) == len(awards)
    assert verify_audit(open_desk(folder)).faults == []


@pytest.mark.timeout(60)
def test_a_killed_workers_order_is_finished_by_the_next_and_doubles_nothing(tmp_path: Path) -> None:
    _drilled(tmp_path / "data", 6, 2)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_worker_killed_ten_times_in_a_large_order(tmp_path: Path) -> None:
    _drilled(tmp_path / "data", 200, 10)


def _count(folder: Path) -> int:
    connection = sqlite3.connect(f"file:{folder / 'parchemin.sqlite3'}?mode=ro", uri=True, timeout=30)
    try:
        return int(connection.execute("SELECT count(*) FROM awards").fetchone()[0])
    finally:
        connection.close()


def _age(folder: Path) -> None:
    """Let a killed worker's last word be old: its lease has ended."""
    connection = sqlite3.connect(folder / "parchemin.sqlite3", timeout=30)
    old = "2020-01-01T00:00:00.000000Z"
    connection.execute("UPDATE order_progress SET seen_at = ?", (old,))
    connection.execute("DROP TRIGGER order_events_no_update")
    connection.execute("UPDATE order_events SET at = ? WHERE state = 'running'", (old,))
    connection.execute(
        "CREATE TRIGGER order_events_no_update BEFORE UPDATE ON order_events "
        "BEGIN SELECT RAISE(ABORT, 'order_events is append-only'); END"
    )
    connection.commit()
    connection.close()


class _Clock:
    def __init__(self, behind: timedelta) -> None:
        self._behind = behind

    def now(self) -> datetime:
        return datetime.now(UTC) - self._behind


def test_a_clock_set_back_refuses_every_act_and_changes_nothing(folder: Path) -> None:
    office = replace(open_desk(folder), clock=_Clock(timedelta(hours=1)), four_eyes=False)
    number, before = find_awards(office)[0].number, _dump(folder)

    acts: list[Callable[[], object]] = [
        lambda: suspend(office, number, WithdrawalReason.JURY_OR_COURT, None, actor=ENTRY),
        lambda: revocation(office, number),
    ]
    for act in acts:
        with pytest.raises(ServiceError) as caught:
            act()
        assert caught.value.code == "clock.behind"
        assert "timedatectl" in caught.value.remedy

    assert _dump(folder) == before
    assert ServiceCondition(office, lambda: None).checks()["clock"] == "behind"
    award = find_awards(office)[0]
    assert public_desk(office).award_page(award.token) is not None, "pages go on"


def test_a_clock_a_little_behind_is_no_fault(folder: Path) -> None:
    office = replace(open_desk(folder), clock=_Clock(CLOCK_TOLERANCE / 2))
    revocation(office, find_awards(office)[0].number)
    assert verify_audit(office).faults == []


def test_a_register_that_is_removed_under_a_running_service_is_said_and_comes_back(folder: Path) -> None:
    app = create_app(public_desk(open_desk(folder)))
    client = app.test_client()
    assert client.get("/healthz").status_code == 200
    aside = folder.with_name("aside")
    office = open_desk(folder)
    number = find_awards(office)[0].number
    folder.rename(aside)

    assert client.get("/healthz").status_code == 503
    assert client.get("/v/" + "x" * 22).status_code == 500
    with pytest.raises(ServiceError, match="removed or replaced"):
        revocation(office, number)
    shutil.copytree(aside, folder)
    with pytest.raises(ServiceError, match="removed or replaced"):
        revocation(office, number)

    shutil.rmtree(folder)
    aside.rename(folder)
    assert client.get("/healthz").status_code == 200


def test_a_read_only_disk_refuses_an_act_in_words_and_changes_nothing(folder: Path) -> None:
    if subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode:
        pytest.skip(
            "this machine lets nobody mount: the read-only register is drilled in test_store_faults.py"
        )
    before = _dump(folder)
    ran = _on_a_read_only_disk(folder, "status", "renew", "--all")
    assert ran.returncode == 1, ran.stderr
    assert ran.stdout == ""
    assert ran.stderr.startswith("error [register."), ran.stderr
    assert "nothing" in ran.stderr
    assert _dump(folder) == before


def _on_a_read_only_disk(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command where the data folder lies on a disk that takes nothing, as the kernel has it."""
    script = (
        f"mount --bind {folder} {folder} && mount -o remount,ro,bind {folder} && "
        f"exec {' '.join(_quoted(folder, *arguments))}"
    )
    return subprocess.run(
        ["unshare", "-m", "sh", "-c", script], check=False, capture_output=True, text=True,
        env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", **environment(folder)}, cwd=Path(__file__).parents[2],
    )  # fmt: skip


def _quoted(folder: Path, *arguments: str) -> list[str]:
    python = Path(__file__).parents[2] / ".venv" / "bin" / "python"
    return [str(python), "-c", "'from issuer.cli import main; main()'", *arguments]


def _dump(folder: Path) -> list[str]:
    connection = sqlite3.connect(folder / "parchemin.sqlite3")
    try:
        return list(connection.iterdump())
    finally:
        connection.close()
