"""Backups made quickly for tests: what is tested with them is never how hard a passphrase is to guess."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from issuer.adapters.archive import Hardness
from issuer.bootstrap import backups
from tests.functional.cli.running import Cli, Ran

PASSPHRASE = "une phrase pour les sauvegardes"


@pytest.fixture(autouse=True)
def quick_backups() -> Iterator[None]:
    """Derive the keys of backups in no time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backups, "BACKUP_HARDNESS", Hardness(memory_kib=64, passes=1, lanes=1))
        yield


def passphrase_file(folder: Path, words: str = PASSPHRASE) -> str:
    """Write the passphrase of backups into a file; give its path."""
    file = folder / "backup-passphrase"
    file.write_text(f"{words}\n", encoding="utf-8")
    return str(file)


def run(cli: Cli, *arguments: str, words: str = PASSPHRASE) -> Ran:
    """Run a command with the passphrase of backups set."""
    file = passphrase_file(cli.folder.parent, words)
    return cli(*arguments, env={"PARCHEMIN_BACKUP_PASSPHRASE_FILE": file})


def good(cli: Cli, *arguments: str) -> Ran:
    """Run what must go well."""
    ran = run(cli, *arguments)
    assert ran.code == 0, ran.err
    return ran
