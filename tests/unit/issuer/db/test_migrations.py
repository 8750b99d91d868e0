"""A register of any earlier version goes forward and back, by command alone, with a backup first."""

import sqlite3
from pathlib import Path

import pytest

from issuer.adapters.db import migrate_store, open_store, schema_revisions
from issuer.bootstrap import public_desk
from issuer.errors import RegisterError
from issuer.services.register import find_awards, verify_audit
from tests.faults.backups import good, quick_backups, run
from tests.faults.desks import found_desk, open_desk
from tests.functional.cli.running import Cli, contents, rows

__all__ = ["quick_backups"]

DUMP = Path(__file__).parents[3] / "data" / "register-0.1.0.sql"
KNOWN = schema_revisions()
FIRST, HEAD = KNOWN[0], KNOWN[-1]
DATABASE = "parchemin.sqlite3"
WHAT_0_1_0_KNOWS = (
    "settings", "certifications", "candidates", "sessions", "decisions", "plans", "status_events", "trust", "audit",
)  # fmt: skip


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Give the command on a register that version 0.1.0 made."""
    monkeypatch.chdir(tmp_path)
    data = tmp_path / "data"
    data.mkdir()
    connection = sqlite3.connect(data / DATABASE)
    connection.executescript(DUMP.read_text(encoding="utf-8"))
    connection.close()
    return Cli(data, monkeypatch)


def _kept(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    kept = {table: list(rows(folder, f"SELECT * FROM {table}")) for table in WHAT_0_1_0_KNOWS}
    kept["awards"] = list(rows(folder, "SELECT number, state, credential FROM awards ORDER BY number"))
    return kept


@pytest.mark.parametrize("revision", KNOWN[1:])
def test_each_version_brings_an_old_register_up_and_back_with_all_that_the_old_one_knows(
    old: Cli, revision: str
) -> None:
    before = _kept(old.folder)

    assert migrate_store(old.folder / DATABASE, revision) == (FIRST, revision)
    assert migrate_store(old.folder / DATABASE, FIRST) == (revision, FIRST)

    assert _kept(old.folder) == before
    assert migrate_store(old.folder / DATABASE, HEAD) == (FIRST, HEAD)


def test_nothing_but_its_own_command_brings_a_register_up(old: Cli) -> None:
    before = contents(old.folder)

    for command in (("awards",), ("plan",), ("init",), ("status", "list")):
        old(*command).refused(1, "[register.older]", "parchemin register upgrade")

    assert contents(old.folder) == before


def test_an_upgrade_makes_its_backup_first_and_verifies_afterwards(old: Cli, tmp_path: Path) -> None:
    out = tmp_path / "before.pb"

    ran = good(old, "register", "upgrade", "--backup", str(out), "--json").json

    assert (ran["from"], ran["to"]) == (FIRST, HEAD)
    assert good(old, "backup", "verify", str(out), "--json").json["schema"] == FIRST
    found_desk(old.folder)
    office = open_desk(old.folder)
    assert verify_audit(office).faults == []
    assert len([public_desk(office).report_on(award) for award in find_awards(office)]) == 5


def test_a_backup_that_exists_is_taken_only_where_it_is_of_now(old: Cli, tmp_path: Path) -> None:
    out = tmp_path / "before.pb"
    good(old, "backup", "--out", str(out))
    good(old, "register", "upgrade", "--backup", str(out))
    before = contents(old.folder)

    ran = run(old, "register", "downgrade", "--to", FIRST, "--backup", str(out))

    ran.refused(1, "[backup.not_of_now]", "does not exist yet")
    assert contents(old.folder) == before
    good(old, "register", "downgrade", "--to", FIRST, "--backup", str(tmp_path / "after.pb"))
    assert rows(old.folder, "SELECT version_num FROM alembic_version") == [(FIRST,)]


def test_a_revision_that_is_not_known_is_refused(old: Cli, tmp_path: Path) -> None:
    ran = run(old, "register", "upgrade", "--to", "9999", "--backup", str(tmp_path / "b.pb"))
    ran.refused(1, "[register.revision]", FIRST, HEAD)


def test_a_failing_migration_changes_nothing(old: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(old.folder)
    connection = sqlite3.connect(old.folder / DATABASE)
    connection.execute("CREATE TABLE orders (id TEXT)")
    connection.close()
    spoilt = contents(old.folder)

    with pytest.raises(RegisterError, match="nothing was half-written"):
        migrate_store(old.folder / DATABASE, HEAD)

    assert contents(old.folder) == spoilt != before


def test_a_restored_old_backup_is_brought_up(old: Cli, tmp_path: Path) -> None:
    (old.folder / "keys").mkdir()
    out = tmp_path / "b.pb"
    good(old, "backup", "--out", str(out))

    ran = run(old, "restore", str(out), "--data", str(tmp_path / "back"), "--json")

    # Version 0.1.0's dump has no institution's file: it is said, and the folder is there.
    assert ran.code == 1
    assert rows(tmp_path / "back", "SELECT version_num FROM alembic_version") == [(HEAD,)]


def test_an_empty_file_becomes_a_register_at_once(tmp_path: Path) -> None:
    open_store(tmp_path / DATABASE, create=True).close()
    assert rows(tmp_path, "SELECT version_num FROM alembic_version") == [(HEAD,)]
