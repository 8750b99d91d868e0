"""Opens the register: engine, pragmas, migrations, units of work."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Engine, create_engine, event, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from issuer.adapters.db.registry import CertificationCache, SqlRegistry
from issuer.errors import RegisterError

BUSY_TIMEOUT_MS = 30_000
"""How long a second writer waits for the first, in milliseconds, before a clear error."""


class SqlStore:
    """Units of work over one SQLite database (the ``Store`` port)."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self._place = place
        self._certifications: CertificationCache = {}

    @contextmanager
    def reading(self) -> Iterator[SqlRegistry]:
        """Open a consistent view.

        Raises:
            RegisterError: ``register.unreadable``.
        """
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
        RegisterError: ``register.missing``, ``register.foreign``, ``register.newer``, or what the database
            says (``register.read_only``, ``register.locked``, ``register.damaged``…).
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
        # By its parts: in a written-out address, a "?" in a folder's name would begin a query.
        # What a statement was given stays out of its errors: links are bearers' secrets, and names are names.
        engine = create_engine(URL.create("sqlite", database=str(database)), hide_parameters=True)
        event.listen(engine, "connect", _prepare)
        _migrate(engine, place)
    except (OSError, DatabaseError, sqlite3.Error) as error:
        raise _register_error(error, "register.unreadable", "the register cannot be opened", place) from error
    return SqlStore(engine, place)


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
    cursor.close()


def _migrate(engine: Engine, place: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    with engine.connect() as connection:
        script = ScriptDirectory.from_config(config)
        # One view for both questions: another process may be founding the same register between them.
        connection.execute(text("BEGIN"))
        current = MigrationContext.configure(connection).get_current_revision()
        if current == script.get_current_head():
            return
        if current is None and inspect(connection).get_table_names():
            raise RegisterError(
                "register.foreign",
                "this database belongs to another program",
                where=place,
                remedy="name a Parchemin register, or a file that does not exist yet",
            )
        if current is not None and current not in {revision.revision for revision in script.walk_revisions()}:
            raise RegisterError(
                "register.newer",
                "the register was made by a newer version of Parchemin",
                where=place,
                remedy="install that version, or restore a backup made by this one",
            )
        connection.rollback()
        config.attributes["connection"] = connection
        # One writer migrates; a second one waits here and then finds the work done.
        connection.execute(text("BEGIN IMMEDIATE"))
        command.upgrade(config, "head")
        connection.commit()
