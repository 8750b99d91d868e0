"""Migrations and tables say the same; the database itself refuses what must never happen."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import downgrade
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

import issuer.adapters.db
from issuer.adapters.db import open_store
from issuer.adapters.db.tables import APPEND_ONLY, STATE_COLUMNS, awards, metadata
from tests.functional.cli.running import Cli, rows

MIGRATIONS = Path(issuer.adapters.db.__file__).with_name("migrations")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def test_all_migrations_together_make_the_tables(tmp_path: Path) -> None:
    open_store(tmp_path / "made.sqlite3", create=True).close()
    engine = create_engine(f"sqlite:///{tmp_path / 'made.sqlite3'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_indexes_with_a_condition_are_the_same_too(tmp_path: Path) -> None:
    open_store(tmp_path / "data.sqlite3", create=True).close()
    engine = create_engine(f"sqlite:///{tmp_path / 'parchemin.sqlite3'}")
    metadata.create_all(engine)
    engine.dispose()
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
    declared = rows(tmp_path, query)
    (tmp_path / "parchemin.sqlite3").unlink()
    (tmp_path / "data.sqlite3").rename(tmp_path / "parchemin.sqlite3")

    assert rows(tmp_path, query) == declared


def test_there_is_one_line_of_migrations() -> None:
    assert len(ScriptDirectory.from_config(_config()).get_heads()) == 1


def test_every_migration_can_be_taken_back(tmp_path: Path) -> None:
    open_store(tmp_path / "parchemin.sqlite3", create=True).close()
    engine = create_engine(f"sqlite:///{tmp_path / 'parchemin.sqlite3'}")
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        downgrade(config, "base")
    engine.dispose()

    assert [name for (name,) in rows(tmp_path, "SELECT name FROM sqlite_master WHERE type = 'table'")] == [
        "alembic_version"
    ]


@pytest.mark.parametrize("verb", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"])
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_is_written_once_cannot_be_changed_or_removed(issued: Cli, table: str, verb: str) -> None:
    connection = sqlite3.connect(issued.folder / "parchemin.sqlite3")
    # Tables that the sample leaves empty: a trigger looks at rows.
    connection.execute("INSERT INTO annulments SELECT 1, id, 'RNCP35080', 'C001', '{}' FROM imports LIMIT 1")
    connection.execute(
        "INSERT INTO status_events SELECT 1, number, 'valid', NULL, NULL, 'x', 'x' FROM awards LIMIT 1"
    )
    connection.execute(
        "INSERT INTO status_decoy_turns SELECT 1, numbering, status_index, 'x' FROM status_decoys LIMIT 1"
    )
    connection.execute(
        "INSERT INTO resignatures SELECT number, 1, 'x', 'x', 'x', credential, 'x', 'x', 'x' FROM awards LIMIT 1"
    )
    connection.execute("INSERT INTO orders VALUES ('O-X', 1, 'revoke', '{}', 'x', 'x', '[]', NULL)")
    connection.execute("INSERT INTO order_events VALUES (1, 'O-X', 'proposed', 'x', 'x', NULL, '{}')")
    connection.execute("INSERT INTO exported_documents SELECT 'urn:x', number, 'x' FROM awards LIMIT 1")
    connection.execute("INSERT INTO column_maps VALUES ('x', 1, '{}', 'x', 'x')")
    connection.execute("INSERT INTO papers SELECT 'x', number, NULL, 'x' FROM awards LIMIT 1")
    connection.execute("INSERT INTO duplicates SELECT 'x-D1', number, 'perte', 'x', 'x' FROM awards LIMIT 1")
    connection.execute(
        "INSERT INTO replacements SELECT min(number), max(number), 'etat-civil', 'x', 'x' FROM awards"
    )
    connection.execute("INSERT INTO link_switches SELECT 1, number, 0, 'x', 'x' FROM awards LIMIT 1")
    connection.execute("INSERT INTO roots VALUES (99, 'x', x'00')")
    connection.execute("INSERT INTO staff_accounts VALUES ('x', 'x', 'x')")
    connection.execute("INSERT INTO staff_changes VALUES (1, 'x', 'x', '', NULL, 1, 'x', 'x', NULL, NULL)")
    connection.execute("INSERT INTO cpf_files VALUES ('F', 1, '1.1.2', 'x', 'x', 'x')")
    connection.execute("INSERT INTO cpf_rows SELECT 'F', 'T', number, 'x' FROM awards LIMIT 1")
    connection.execute(
        "INSERT INTO cpf_answers SELECT 1, 'T', number, 1, NULL, 'x', 'x', 'x', 'x' FROM awards LIMIT 1"
    )
    connection.execute("INSERT INTO erasures VALUES ('nobody', 'demande', NULL, 'x', 'x')")
    connection.execute("INSERT INTO equivalences VALUES ('E', 1, 'x', 'x', '[]', 'jury', 'x', 'x', 'x', 'x')")
    connection.execute("INSERT INTO equivalence_ends VALUES ('E', 'x', 'x', 'x')")
    connection.execute("INSERT INTO programs VALUES ('p', 'x', '[]', 'x', 'x')")
    connection.execute("INSERT INTO program_ends VALUES ('p', 'x', 'x')")
    connection.execute(
        "INSERT INTO earlier_awards SELECT 1, id, 'C', 'x', 'x', '2020-01-01', '{}' FROM imports LIMIT 1"
    )
    connection.execute("INSERT INTO backups VALUES (1, 'x', 'x', 'x', 1, 1)")
    connection.execute("INSERT INTO canaries SELECT 'valid', number, 'x' FROM awards LIMIT 1")
    column = connection.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchone()[0]

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(verb.format(table=table, column=column))
    connection.close()


@pytest.mark.parametrize("column", [column.name for column in awards.columns])
def test_of_an_award_only_its_state_can_be_changed(issued: Cli, column: str) -> None:
    connection = sqlite3.connect(issued.folder / "parchemin.sqlite3")
    change = f"UPDATE awards SET {column} = {column}"
    if column in STATE_COLUMNS:
        connection.execute(change)
    else:
        with pytest.raises(sqlite3.IntegrityError, match="an award never changes"):
            connection.execute(change)
    connection.close()


@pytest.mark.parametrize("state", ["valid", "suspended"])
def test_the_database_refuses_a_second_live_award(issued: Cli, state: str) -> None:
    with pytest.raises(
        sqlite3.IntegrityError, match=r"candidate_id, awards\.certification, awards\.component"
    ):
        _insert_twin(issued.folder, state)


def test_an_award_may_follow_a_withdrawn_one(issued: Cli) -> None:
    _insert_twin(issued.folder, "revoked")


def _insert_twin(folder: Path, state: str, status_index: str = "status_index + 1") -> None:
    connection = sqlite3.connect(folder / "parchemin.sqlite3")
    names = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info('awards')")]
    changed = {
        "number": "'2026-999999'", "sequence": "999999", "token": "'t'", "credential_id": "'c'",
        "status_index": status_index, "digest_sri": "'d'", "resource_id": "'r'", "state": f"'{state}'",
    }  # fmt: skip
    picked = ", ".join(changed.get(name, name) for name in names)
    try:
        connection.execute(f"INSERT INTO awards SELECT {picked} FROM awards ORDER BY number LIMIT 1")
    finally:
        connection.close()


DECOY = "INSERT INTO status_decoys SELECT status_list, status_index, status_list, 'x' FROM awards LIMIT 1"
AWARD_ON_A_DECOY = "SELECT status_index FROM status_decoys WHERE numbering = '1' LIMIT 1"


def test_the_database_refuses_a_decoy_on_the_index_of_an_award(issued: Cli) -> None:
    connection = sqlite3.connect(issued.folder / "parchemin.sqlite3")
    with pytest.raises(sqlite3.IntegrityError, match="a decoy never takes the index of an award"):
        connection.execute(DECOY)
    connection.close()


def test_the_database_refuses_an_award_on_the_index_of_a_decoy(issued: Cli) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="an award never takes the index of a decoy"):
        _insert_twin(issued.folder, "revoked", status_index=f"({AWARD_ON_A_DECOY})")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        *(
            (f"UPDATE keys SET {column} = {column} WHERE name = 'receipts-1'", "only its state ever changes")
            for column in ("name", "public_key_multibase", "algorithm", "created_at", "purpose", "custody")
        ),
        ("DELETE FROM keys WHERE name = 'key-1'", "stays in the ledger"),
        ("UPDATE keys SET state = 'active' WHERE name = 'key-1'", "stays compromised"),
        ("UPDATE keys SET compromised_since = 'x' WHERE name = 'key-1'", "stays compromised"),
    ],
)
def test_the_database_keeps_the_ledger_of_keys(issued: Cli, change: str, refusal: str) -> None:
    connection = sqlite3.connect(issued.folder / "parchemin.sqlite3")
    connection.execute("UPDATE keys SET state = 'compromised', changed_at = 'x' WHERE name = 'key-1'")

    with pytest.raises(sqlite3.IntegrityError, match=refusal):
        connection.execute(change)
    connection.close()
