"""A register that cannot be read or written: one clear line, and nothing half-written."""

import os
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from issuer.adapters.db import store
from issuer.samples import sample_files
from tests.faults.desks import COMMAND, environment
from tests.functional.cli.running import Cli, contents

READERS = (("plan",), ("awards",), ("audit", "verify"), ("keys", "list"), ("verify", "-"), ("trust", "list"))
WRITERS = (("issue", "--all", "--yes"), ("keys", "new"), ("trust", "add", "did:web:a.example", "--name", "A"))
DATABASE = "parchemin.sqlite3"


def _missing(folder: Path) -> None:
    (folder / DATABASE).unlink()


def _folder_is_a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_bytes(b"not a folder")


def _garbage(folder: Path) -> None:
    _settle(folder)
    (folder / DATABASE).write_bytes(b"this is not a database, it is a text " * 40)


def _damaged(folder: Path) -> None:
    _settle(folder)
    content = bytearray((folder / DATABASE).read_bytes())
    content[100:] = b"\xff" * (len(content) - 100)
    (folder / DATABASE).write_bytes(content)


def _settle(folder: Path) -> None:
    """Bring everything into the database's one file, so that nothing beside it can heal it."""
    connection = sqlite3.connect(folder / DATABASE)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()


def _newer(folder: Path) -> None:
    _execute(folder, "UPDATE alembic_version SET version_num = '9999'")


def _foreign(folder: Path) -> None:
    _missing(folder)
    _execute(folder, "CREATE TABLE bookmarks (address TEXT)")


def _no_institution(folder: Path) -> None:
    (folder / "institution.yaml").unlink()


def _bad_institution(folder: Path) -> None:
    (folder / "institution.yaml").write_text("schema: parchemin-institution/1\nname: [\n")


def _execute(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / DATABASE)
    connection.execute(statement)
    connection.commit()
    connection.close()


FAULTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "missing": (_missing, "register.missing"),
    "folder-is-a-file": (_folder_is_a_file, "register.missing"),
    "garbage": (_garbage, "register.damaged"),
    "damaged": (_damaged, "register.damaged"),
    "newer": (_newer, "register.newer"),
    "foreign": (_foreign, "register.foreign"),
    "no-institution": (_no_institution, "institution.unreadable"),
    "bad-institution": (_bad_institution, "institution.unreadable"),
}


@pytest.mark.parametrize("command", [*READERS, *WRITERS], ids=" ".join)
@pytest.mark.parametrize("fault", FAULTS)
def test_an_unusable_register_is_said_in_one_line(
    recorded: Cli, fault: str, command: tuple[str, ...]
) -> None:
    spoil, code = FAULTS[fault]
    spoil(recorded.folder)
    before = contents(recorded.folder.parent)

    recorded(*command, given=b"{}").refused(1, f"[{code}]", ". ")

    assert contents(recorded.folder.parent) == before


@pytest.mark.parametrize("fault", ["garbage", "newer", "foreign", "bad-institution", "folder-is-a-file"])
def test_init_never_writes_over_what_it_does_not_know(recorded: Cli, fault: str) -> None:
    FAULTS[fault][0](recorded.folder)
    before = contents(recorded.folder.parent)

    recorded("init").refused(1)

    assert contents(recorded.folder.parent) == before


@pytest.mark.parametrize("command", WRITERS, ids=" ".join)
def test_a_read_only_register_is_said_and_left_alone(
    recorded: Cli, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    _on_connect(monkeypatch, "PRAGMA query_only = ON")
    before = contents(recorded.folder)

    recorded(*command).refused(1, "[register.read_only]", DATABASE)

    after = contents(recorded.folder)
    assert after[DATABASE] == before[DATABASE]


@pytest.mark.parametrize("command", WRITERS, ids=" ".join)
def test_a_full_disk_is_said_and_nothing_half_written(
    recorded: Cli, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    _execute(recorded.folder, "VACUUM")
    pages = sqlite3.connect(recorded.folder / DATABASE).execute("PRAGMA page_count").fetchone()[0]
    _on_connect(monkeypatch, f"PRAGMA max_page_count = {pages}")
    before = contents(recorded.folder)

    ran = recorded(*command)

    if ran.code:
        ran.refused(1, "[register.full]", DATABASE, "Free some space")
        assert contents(recorded.folder)[DATABASE] == before[DATABASE]
    else:
        assert command[0] != "issue", "thirty awards cannot fit into no page at all"


def test_a_file_that_may_not_grow_is_said_and_nothing_half_written(recorded: Cli) -> None:
    before = contents(recorded.folder)

    process = subprocess.run(
        [*COMMAND, "issue", "--all", "--yes"],
        env={**os.environ, **environment(recorded.folder)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )

    assert process.returncode == 1
    assert process.stderr.startswith("error [register.full]"), process.stderr
    assert process.stderr.count("\n") == 1
    assert contents(recorded.folder)[DATABASE] == before[DATABASE]


def test_a_locked_register_is_said_after_a_wait(founded: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BUSY_TIMEOUT_MS", 50)
    other = sqlite3.connect(founded.folder / DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    before = contents(founded.folder)

    founded("trust", "add", "did:web:a.example", "--name", "A").refused(1, "[register.locked]", "try again")

    assert founded("awards").code == 0, "readers do not wait for a writer"
    other.close()
    assert contents(founded.folder) == before


def test_a_register_that_moved_to_another_address_is_said(founded: Cli) -> None:
    ran = founded("plan", env={"PARCHEMIN_BASE_URL": "https://other.example"})

    ran.refused(1, "[config.moved]", "PARCHEMIN_BASE_URL=http://localhost:8123")


def test_files_may_lie_in_a_folder_with_any_name(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = empty.folder.with_name("a ?&#%20 %s é")
    cli = Cli(folder, monkeypatch)
    cli.good("init", "--local", "--one-person")
    name, content = next(iter(sample_files().items()))
    (folder / name).write_bytes(content)
    cli.good("jury", "import", str(folder / name))

    assert (folder / DATABASE).is_file()
    assert {file.name for file in folder.parent.iterdir()} == {folder.name}


def _on_connect(monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    prepare = store._prepare

    def prepared(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        prepare(connection, record)
        connection.cursor().execute(statement)

    monkeypatch.setattr(store, "_prepare", prepared)
