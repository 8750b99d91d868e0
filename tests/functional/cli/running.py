"""Runs the command inside the test's process, and says what a data folder holds."""

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from issuer.cli import main
from issuer.cli.context import settings
from issuer.config import SETTINGS
from tests.faults.desks import environment


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The standard output as JSON."""
        return json.loads(self.out)

    def refused(self, code: int, *words: str) -> str:
        """Require one line on standard error, with its words, and this exit code; give the line."""
        assert self.code == code, (self.code, self.err, self.out)
        assert self.out == ""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("error ["), lines[0]
        for word in words:
            assert word.lower() in lines[0].lower(), (word, lines[0])
        return lines[0]


class Cli:
    """The command on one data folder."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._patch = patch

    def __call__(
        self, *arguments: str, given: bytes | None = None, env: Mapping[str, str] | None = None
    ) -> Ran:
        """Run it; a fault of the program itself fails the test."""
        # Every setting is set, so that the test's end puts back what the demonstration sets for its workers.
        blank = dict.fromkeys(SETTINGS, "")
        for name, value in {**blank, **environment(self.folder), **(env or {})}.items():
            self._patch.setenv(name, value)
        settings.cache_clear()
        result = CliRunner().invoke(main, list(arguments), input=given, prog_name="parchemin")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.stderr
        assert "program.fault" not in result.stderr, result.stderr
        return Ran(result.exit_code, result.stdout, result.stderr)

    def good(self, *arguments: str, given: bytes | None = None) -> Ran:
        """Run what must go well."""
        ran = self(*arguments, given=given)
        assert ran.code == 0, ran.err
        return ran


def contents(folder: Path) -> Mapping[str, str]:
    """Give a digest of what each file says; a database by its rows, so that its pages do not matter."""
    return {
        str(file.relative_to(folder)): _digest(file)
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.endswith(("-wal", "-shm"))
    }


def rows(folder: Path, query: str) -> Sequence[tuple[Any, ...]]:
    """Ask the register's database directly."""
    connection = sqlite3.connect(folder / "parchemin.sqlite3")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def _digest(file: Path) -> str:
    content = file.read_bytes()
    if content.startswith(b"SQLite format 3"):
        connection = sqlite3.connect(file)
        try:
            content = "\n".join(connection.iterdump()).encode()
        except sqlite3.DatabaseError:
            pass
        finally:
            connection.close()
    return hashlib.sha256(content).hexdigest()
