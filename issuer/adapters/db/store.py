"""Opens the register: engine, pragmas, migrations, units of work.

A register of an earlier version is not brought up in passing: an older process may still be working in it,
and there may be no backup. ``parchemin register upgrade`` does it, with a backup first.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from issuer.adapters.db.registry import CertificationCache, SqlRegistry
from issuer.errors import RegisterError

BUSY_TIMEOUT_MS = 30_000
"""How long a second writer waits for the first, in milliseconds, before a clear error."""


class SqlStore:
    """Units of work over one SQLite database (the ``Store`` port)."""

    def __init__(self, engine: Engine, database: Path) -> None:
        self._engine = engine
        self._place = database.name
        self._database = database
        self._file = _identity(database)
        self._certifications: CertificationCache = {}

    @contextmanager
    def reading(self) -> Iterator[SqlRegistry]:
        """Open a consistent view.

        Raises:
            RegisterError: ``register.unreadable``.
        """
        self._require_same_file()
        with self._guarded("register.unreadable", "read"), self._engine.connect() as connection:
            connection.execute(text("BEGIN"))
            try:
                yield SqlRegistry(connection, self._certifications)
            finally:
                connection.rollback()

    @contextmanager
    def writing(self) -> Iterator[SqlRegistry]:
        """Open a unit of work that holds the write lock from its start.

        Raises:
            RegisterError: ``register.unwritable``.
        """
        with self._guarded("register.unwritable", "written"), self._engine.connect() as connection:
            # IMMEDIATE: two writers queue up at the start, and neither works on a stale view.
            connection.execute(text("BEGIN IMMEDIATE"))
            self._require_same_file()
            try:
                yield SqlRegistry(connection, self._certifications)
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def _guarded(self, code: str, verb: str) -> Iterator[None]:
        try:
            yield
        except (DatabaseError, sqlite3.Error) as error:
            raise _register_error(error, code, f"the register cannot be {verb}", self._place) from error

    def _require_same_file(self) -> None:
        """Refuse to go on in a file that is no longer the register: what is written in it would be lost."""
        if _identity(self._database) != self._file:
            raise RegisterError(
                "register.replaced",
                "the register was removed or replaced while this process ran; nothing was read or written",
                where=self._place,
                remedy="put it back, or restart the service on the one that is there now",
            )

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()


def open_store(database: Path, *, create: bool) -> SqlStore:
    """Open the register's database and bring it to the present schema.

    Args:
        database: The SQLite file.
        create: Make it when missing (``parchemin init``); otherwise a missing one is an error.

    Returns:
        The store.

    Raises:
        RegisterError: ``register.missing``, ``register.foreign``, ``register.older``, ``register.newer``, or
            what the database says (``register.read_only``, ``register.locked``, ``register.damaged``…).
    """
    place = database.name
    if not create and not database.is_file():
        raise RegisterError(
            "register.missing",
            "there is no register in the data folder",
            where=str(database),
            remedy="create it with: parchemin init (or set PARCHEMIN_DATA to the right folder)",
        )
    try:
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if create:
            # The register holds names: its owner's alone. SQLite gives its side files the same mode.
            os.close(os.open(database, os.O_RDWR | os.O_CREAT, 0o600))
        engine = _engine(database)
        _require_present_schema(engine, place)
    except (OSError, DatabaseError, sqlite3.Error) as error:
        raise _register_error(error, "register.unreadable", "the register cannot be opened", place) from error
    return SqlStore(engine, database)


_PRIMARY_CODE = 0xFF
"""An extended result code of SQLite holds its primary code in the low byte."""

_REASONS = {
    sqlite3.SQLITE_BUSY: ("register.locked", "another process is writing in it: try again when it is done"),
    sqlite3.SQLITE_READONLY: ("register.read_only", "let this user write the file and its folder"),
    sqlite3.SQLITE_FULL: ("register.full", "free some space on the disk and run the same command again"),
    sqlite3.SQLITE_IOERR: ("register.full", "check the disk and its free space, then run it again"),
    sqlite3.SQLITE_CORRUPT: ("register.damaged", "restore the last backup; do not write in this file"),
    sqlite3.SQLITE_NOTADB: ("register.damaged", "name a Parchemin register, or restore the last backup"),
}


def _register_error(error: Exception, code: str, message: str, place: str) -> RegisterError:
    """Say what the database says, with what can be done about it."""
    cause = getattr(error, "orig", None) or error
    number = getattr(cause, "sqlite_errorcode", 0) & _PRIMARY_CODE
    known, remedy = _REASONS.get(
        number, (code, "check the disk and that this user may write the data folder")
    )
    reason = getattr(cause, "strerror", None) or cause
    return RegisterError(known, f"{message} ({reason}); nothing was half-written", where=place, remedy=remedy)


def _prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # Transactions are begun by hand (BEGIN, BEGIN IMMEDIATE), never by the driver.
    connection.isolation_level = None
    cursor = connection.cursor()
    # First of all: a new database is turned to WAL under a lock that another process may hold.
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # What is erased or purged is written over in the file, and not left in its free pages.
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _identity(database: Path) -> tuple[int, int] | None:
    try:
        found = database.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _engine(database: Path) -> Engine:
    # By its parts: in a written-out address, a "?" in a folder's name would begin a query.
    # What a statement was given stays out of its errors: links are bearers' secrets, and names are names.
    engine = create_engine(URL.create("sqlite", database=str(database)), hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    return engine


def schema_revisions() -> Sequence[str]:
    """Give the revisions of the tables that this version knows, oldest first."""
    script = ScriptDirectory.from_config(_config())
    return [revision.revision for revision in script.walk_revisions()][::-1]


def migrate_store(database: Path, revision: str) -> tuple[str, str]:
    """Bring a register's tables forward or back to a revision; all of it or nothing.

    Args:
        database: The SQLite file.
        revision: One of :func:`schema_revisions`.

    Returns:
        The revision that it had, and the one that it has now.

    Raises:
        RegisterError: ``register.foreign``, ``register.newer``, or what the database says.
    """
    place, engine = database.name, _engine(database)
    try:
        with engine.connect() as connection:
            # One writer migrates; a second one waits here and then finds the work done.
            connection.execute(text("BEGIN IMMEDIATE"))
            before = _known_revision(connection, place)
            config, known = _config(), schema_revisions()
            config.attributes["connection"] = connection
            if before is None or known.index(before) <= known.index(revision):
                command.upgrade(config, revision)
            else:
                command.downgrade(config, revision)
            connection.commit()
    except (DatabaseError, sqlite3.Error) as error:
        message = "the register cannot be migrated"
        raise _register_error(error, "register.unwritable", message, place) from error
    finally:
        engine.dispose()
    return before or "", revision


def _require_present_schema(engine: Engine, place: str) -> None:
    """Make the tables of an empty database; refuse those of any version but this one."""
    with engine.connect() as connection:
        connection.execute(text("BEGIN"))
        current, head = _known_revision(connection, place), schema_revisions()[-1]
        connection.rollback()
        if current == head:
            return
        if current is not None:
            raise RegisterError(
                "register.older",
                f"the register has the tables of an earlier version ({current}, and {head} is needed)",
                where=place,
                remedy="stop the service, then: parchemin register upgrade --backup FILE",
            )
        config = _config()
        config.attributes["connection"] = connection
        connection.execute(text("BEGIN IMMEDIATE"))
        command.upgrade(config, "head")
        connection.commit()


def _known_revision(connection: Connection, place: str) -> str | None:
    """Give the revision of the tables, None for an empty database; refuse what is not ours or unknown yet."""
    current = MigrationContext.configure(connection).get_current_revision()
    if current is None and inspect(connection).get_table_names():
        raise RegisterError(
            "register.foreign",
            "this database belongs to another program",
            where=place,
            remedy="name a Parchemin register, or a file that does not exist yet",
        )
    if current is not None and current not in schema_revisions():
        raise RegisterError(
            "register.newer",
            "the register was made by a newer version of Parchemin",
            where=place,
            remedy="install that version, or restore a backup made by this one",
        )
    return current


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    return config
