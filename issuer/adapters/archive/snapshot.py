"""A register as it is at one instant, while others go on writing in it.

SQLite's own online copy, inside one read transaction: what is counted and what is copied are the same state.
The copy lies in the data folder, where the register lies in clear anyway, and has no name there: whatever
happens to the process, nothing is left. Where that folder takes nothing more, it is held in memory.
"""

import io
import os
import secrets
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from issuer.errors import RegisterError

_BUSY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What a register says of itself; no personal data.

    Attributes:
        schema: The revision of its tables.
        base_url: The address that it was founded for; empty in a register that was not founded.
        did: Its issuer.
        counts: Rows of each table.
        audit_sequence: Length of the audit log.
        audit_hash: Hash of its last entry.
    """

    schema: str
    base_url: str
    did: str
    counts: Mapping[str, int]
    audit_sequence: int
    audit_hash: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A register at one instant: its bytes, and what it says of itself."""

    stream: BinaryIO
    size: int
    facts: RegisterFacts


@contextmanager
def snapshot_of(database: Path) -> Iterator[Snapshot]:
    """Copy a register while it is in use.

    Args:
        database: The SQLite file.

    Yields:
        The copy, which is gone afterwards.

    Raises:
        RegisterError: ``register.missing``, ``register.damaged`` or ``register.unreadable``.
    """
    if not database.is_file():
        raise _missing(database)
    try:
        source = _opened(database)
        try:
            source.execute("BEGIN")
            facts = _facts(source)
            _require_whole(source, database)
            with _copied(source, database.parent) as (stream, size):
                source.rollback()
                yield Snapshot(stream, size, facts)
        finally:
            source.close()
    except sqlite3.Error as error:
        damaged = getattr(error, "sqlite_errorcode", 0) & 0xFF in {
            sqlite3.SQLITE_CORRUPT,
            sqlite3.SQLITE_NOTADB,
        }
        if damaged:
            raise _damaged(database) from error
        raise RegisterError(
            "register.unreadable",
            f"the register cannot be read ({error})",
            where=database.name,
            remedy="check the disk and that this user may read the data folder",
        ) from error


def register_facts(database: Path) -> RegisterFacts:
    """Say what a register says of itself, without copying it; see :func:`snapshot_of`."""
    if not database.is_file():
        raise _missing(database)
    try:
        source = _opened(database)
        try:
            source.execute("BEGIN")
            return _facts(source)
        finally:
            source.close()
    except sqlite3.Error as error:
        raise _damaged(database) from error


def _opened(database: Path) -> sqlite3.Connection:
    address = f"file:{quote(str(database.resolve()))}?mode=ro"
    try:
        return _tried(address)
    except sqlite3.OperationalError:
        if database.with_name(f"{database.name}-wal").exists():
            raise
        # On a disk that takes nothing, SQLite cannot make its side files; nobody can be writing either.
        return _tried(f"{address}&immutable=1")


def _tried(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _facts(source: sqlite3.Connection) -> RegisterFacts:
    tables = [
        name
        for (name,) in source.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
            "ORDER BY name"
        )
    ]
    if "alembic_version" not in tables:
        raise RegisterError(
            "register.foreign",
            "this database belongs to another program",
            where="register",
            remedy="set PARCHEMIN_DATA to the folder of a Parchemin register",
        )
    schema = source.execute("SELECT version_num FROM alembic_version").fetchone()
    settings = dict(source.execute("SELECT name, value FROM settings")) if "settings" in tables else {}
    last = None
    if "audit" in tables:
        last = source.execute("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()
    return RegisterFacts(
        schema="" if schema is None else str(schema[0]),
        base_url=str(settings.get("base_url", "")),
        did=str(settings.get("did", "")),
        counts={name: _count(source, name) for name in tables},
        audit_sequence=0 if last is None else int(last[0]),
        audit_hash="" if last is None else str(last[1]),
    )


def _count(source: sqlite3.Connection, table: str) -> int:
    quoted = '"' + table.replace('"', '""') + '"'
    return int(source.execute(f"SELECT count(*) FROM {quoted}").fetchone()[0])  # noqa: S608 - a table's own name


def _require_whole(source: sqlite3.Connection, database: Path) -> None:
    if source.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise _damaged(database)


@contextmanager
def _copied(source: sqlite3.Connection, folder: Path) -> Iterator[tuple[BinaryIO, int]]:
    try:
        stream = _copy_without_name(source, folder)
    except (OSError, sqlite3.OperationalError):
        stream = _copy_in_memory(source)
    try:
        stream.seek(0, os.SEEK_END)
        size = stream.tell()
        stream.seek(0)
        yield stream, size
    finally:
        stream.close()


def _copy_without_name(source: sqlite3.Connection, folder: Path) -> BinaryIO:
    place = folder / f".snapshot-{secrets.token_hex(8)}"
    stream = os.fdopen(os.open(place, os.O_RDWR | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR), "rb")
    try:
        target = sqlite3.connect(place, isolation_level=None)
        try:
            target.execute("PRAGMA journal_mode = OFF")
            target.execute("PRAGMA locking_mode = EXCLUSIVE")
            target.execute("SELECT count(*) FROM sqlite_master").fetchone()
            place.unlink()
            source.backup(target)
        finally:
            target.close()
    except BaseException:
        stream.close()
        raise
    finally:
        place.unlink(missing_ok=True)
    return stream


def _copy_in_memory(source: sqlite3.Connection) -> BinaryIO:
    target = sqlite3.connect(":memory:")
    try:
        source.backup(target)
        return io.BytesIO(target.serialize())
    finally:
        target.close()


def _missing(database: Path) -> RegisterError:
    return RegisterError(
        "register.missing",
        "there is no register in the data folder",
        where=str(database),
        remedy="set PARCHEMIN_DATA to the right folder; a lost one comes back with: parchemin restore FILE",
    )


def _damaged(database: Path) -> RegisterError:
    return RegisterError(
        "register.damaged",
        "the register is damaged: a backup of it would be worth nothing, and none was made",
        where=database.name,
        remedy="stop the service, put the folder aside, and restore the last backup: parchemin restore FILE",
    )
