"""Backups made, verified and restored: archive, register and verification put together."""

import os
import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC
from importlib.metadata import version
from pathlib import Path

from issuer.adapters.archive import (
    HARDNESS,
    SHORTEST_PASSPHRASE,
    Head,
    SealedBackup,
    Sources,
    read_backup,
    register_facts,
    snapshot_of,
    write_backup,
)
from issuer.adapters.db import migrate_store, schema_revisions
from issuer.adapters.system import SystemClock
from issuer.bootstrap.passphrases import Prompt
from issuer.bootstrap.wiring import open_office, public_desk
from issuer.config import CONFIG_FILE, Settings
from issuer.errors import ConfigurationError, RefusedError
from issuer.ports.legal import ErasureReason
from issuer.services.backups import last_of_year, note_restore
from issuer.services.erasure import ErasedAgain, erase_again
from issuer.services.office import PARIS
from issuer.services.reverification import Reverification, verify_everything

BACKUP_HARDNESS = HARDNESS


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back.

    Attributes:
        backup: The backup.
        folder: The data folder.
        upgraded_from: The revision that its tables had, where they were brought up; or None.
        checked: What the verification of everything found.
        next_number: What the next award of this year gets.
        erased_again: What became of the erasures that the lost register listed.
    """

    backup: SealedBackup
    folder: Path
    upgraded_from: str | None
    checked: Reverification
    next_number: str
    erased_again: Sequence[ErasedAgain]


@dataclass(frozen=True, slots=True)
class Since:
    """What an operator knows of the time between the backup and the loss.

    Attributes:
        last_number: The last number that was given, or None.
        erasures: The reason of each erasure, by candidate.
    """

    last_number: str | None = None
    erasures: Mapping[str, ErasureReason] = field(default_factory=dict)


NOTHING_SINCE = Since()


def backup_passphrase(settings: Settings, prompt: Prompt) -> str:
    """Give the passphrase of backups: from its file, or from a person.

    Args:
        settings: What is in force.
        prompt: Asked where no file is set.

    Raises:
        ConfigurationError: ``backup.passphrase_file``, or ``backup.passphrase_short``.
    """
    file = settings.backup_passphrase_file
    if file is None:
        passphrase = prompt()
    else:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(
                "backup.passphrase_file",
                "the passphrase file of backups cannot be read",
                where="PARCHEMIN_BACKUP_PASSPHRASE_FILE",
                remedy="check its path and permissions",
            ) from error
        passphrase = lines[0] if lines else ""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise ConfigurationError(
            "backup.passphrase_short",
            f"the passphrase of backups is shorter than {SHORTEST_PASSPHRASE} characters",
            where="PARCHEMIN_BACKUP_PASSPHRASE_FILE",
            remedy="choose a longer one: several words are easier to keep than signs",
        )
    return passphrase


def make_backup(settings: Settings, out: Path, passphrase: str) -> SealedBackup:
    """Make a backup of the data folder while the service runs; the register may be of an earlier version.

    Args:
        settings: What is in force.
        out: The file to make.
        passphrase: What opens it.

    Raises:
        ServiceError: The register is not whole, or the file cannot be made.
    """
    sources = Sources(settings.data, settings.database, Path.cwd() / CONFIG_FILE)
    with snapshot_of(settings.database) as snapshot:
        made_at = SystemClock().now().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        head = Head(made_at, version("parchemin"), snapshot.facts)
        return write_backup(out, passphrase, head, snapshot, sources, hardness=BACKUP_HARDNESS)


def check_backup(file: Path, passphrase: str) -> SealedBackup:
    """Read a backup to its end; nothing is written.

    Raises:
        RefusedError: It is not whole, or the passphrase is not its own.
    """
    return read_backup(file, passphrase)


def require_backup_of(settings: Settings, file: Path, passphrase: str) -> SealedBackup:
    """Check that a backup holds the register as it is now.

    Args:
        settings: What is in force.
        file: The backup.
        passphrase: What opens it.

    Raises:
        RefusedError: ``backup.not_of_now``, or what is wrong with the backup.
    """
    found, facts = read_backup(file, passphrase), register_facts(settings.database)
    said = found.head.facts
    if (said.did, said.schema, said.audit_hash) != (facts.did, facts.schema, facts.audit_hash):
        raise RefusedError(
            "backup.not_of_now",
            "this backup does not hold the register as it is now; nothing was changed",
            where=str(file),
            remedy="name a file that does not exist yet: a backup is then made into it",
        )
    return found


def restore_backup(  # noqa: PLR0917 - what is restored, from where, to where, and who is told
    settings: Settings,
    file: Path,
    passphrase: str,
    folder: Path,
    actor: str,
    advance: Callable[[int, int], None],
    since: Since = NOTHING_SINCE,
) -> Restored:
    """Bring a data folder back from a backup, then verify everything in it.

    It is unpacked beside its place and renamed when it is whole: a restore that stops leaves no half folder.

    Args:
        settings: What is in force; its data folder does not count here.
        file: The backup.
        passphrase: What opens it.
        folder: The data folder to make: empty, or not there.
        actor: Who.
        advance: Told the number of awards verified, and of all.
        since: What is known of the time after the backup.

    Raises:
        ServiceError: The folder is not empty, or the backup is not whole; nothing is left.
    """
    _require_empty(folder)
    if since.last_number is not None:
        last_of_year(since.last_number, SystemClock().now().astimezone(PARIS).year)
    if settings.origins["PARCHEMIN_DATABASE_URL"] != "default":
        raise RefusedError(
            "restore.database_elsewhere",
            "a restored register lies in its data folder, and this setting names another place",
            where="PARCHEMIN_DATABASE_URL",
            remedy="leave the setting out while restoring; move the file afterwards where it has to be",
        )
    passing = folder.absolute().with_name(f".{folder.name}.restoring-{secrets.token_hex(4)}")
    try:
        passing.mkdir(mode=0o700, parents=True)
        backup = read_backup(file, passphrase, passing)
        before = _brought_up(backup, passing / "parchemin.sqlite3")
        passing.rename(folder.absolute())
        _sync(folder.absolute().parent)
    except OSError as error:
        raise ConfigurationError(
            "restore.unwritable",
            f"the data folder cannot be made ({error.strerror})",
            where=str(folder),
            remedy="give a place that this user may write with --data",
        ) from error
    finally:
        shutil.rmtree(passing, ignore_errors=True)
    found = replace(settings, data=folder, database=folder / "parchemin.sqlite3")
    office = open_office(found, _no_passphrase)
    checked = verify_everything(office, public_desk(office).report_on, advance)
    following = note_restore(
        office,
        sha256=backup.sha256,
        made_at=backup.head.made_at,
        audit_hash=backup.head.facts.audit_hash,
        last_number=since.last_number,
        actor=actor,
    )
    again = erase_again(office, since.erasures, actor=actor)
    return Restored(backup, folder, before, checked, following, again)


def migrate_register(settings: Settings, revision: str | None) -> tuple[str, str]:
    """Bring the register's tables to a revision; see :func:`issuer.adapters.db.migrate_store`.

    Args:
        settings: What is in force.
        revision: One that this version knows; None for its newest.

    Raises:
        RefusedError: ``register.revision``.
        RegisterError: What the database says.
    """
    known = schema_revisions()
    if revision is not None and revision not in known:
        raise RefusedError(
            "register.revision",
            "this version knows no such revision of the tables",
            where=revision[:20],
            remedy=f"one of {known[0]} to {known[-1]}",
        )
    register_facts(settings.database)
    return migrate_store(settings.database, revision or known[-1])


def _brought_up(backup: SealedBackup, database: Path) -> str | None:
    """Bring the restored register's tables up where an earlier version made them."""
    schema = backup.head.facts.schema
    if schema == schema_revisions()[-1]:
        return None
    migrate_store(database, schema_revisions()[-1])
    return schema


def _require_empty(folder: Path) -> None:
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError:
        taken = True
    if taken:
        raise RefusedError(
            "restore.not_empty",
            "there is something in this folder; nothing was written over",
            where=str(folder),
            remedy="put it aside, or give another folder with --data",
        )


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _no_passphrase() -> str:
    raise RefusedError(
        "restore.signs_nothing",
        "a restore opens no signing key",
        where="restore",
        remedy="sign later with: parchemin status renew",
    )
