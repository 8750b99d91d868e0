"""That a backup was made, and that the register was brought back from one: both are acts in the trail."""

import re
from typing import Final

from issuer.errors import RefusedError
from issuer.ports.watch import BackupNote
from issuer.services import audit
from issuer.services.office import PARIS, Office

JUMP: Final = 10_000
"""More numbers than an institution gives between two backups; and a round one, which everybody recognises."""

_NUMBER = re.compile(r"(?P<year>[0-9]{4})-(?P<sequence>[0-9]{6})", re.ASCII)


def note_backup(office: Office, *, sha256: str, size: int, audit_sequence: int, actor: str) -> BackupNote:
    """Keep that a backup was made.

    Args:
        office: The service.
        sha256: Digest of the backup's file.
        size: Its bytes.
        audit_sequence: Length of the audit log in it.
        actor: Who.
    """
    with office.store.writing() as registry:
        note = BackupNote(office.clock.now(), actor, sha256, size, audit_sequence)
        registry.add_backup(note)
        details = {"sha256": sha256, "size": size, "audit_sequence": audit_sequence}
        audit.record(registry, note.made_at, actor, "backup.made", office.did, details)
    return note


def note_restore(
    office: Office,
    *,
    sha256: str,
    made_at: str,
    audit_hash: str,
    last_number: str | None,
    actor: str,
) -> str:
    """Keep that the register was brought back, and give no number again that somebody may hold already.

    What was written after the backup is lost in it. Numbers of this year that were given since are on
    people's documents: the next ones start above the last that is known, or far enough above what the
    backup holds.

    Args:
        office: The service, on the restored folder.
        sha256: Digest of the backup's file.
        made_at: When the backup was made (ISO 8601).
        audit_hash: Where its audit log ended.
        last_number: The last number that was given before the loss, or None where nobody knows it; one that
            is earlier than what the backup holds cannot be the last, and counts for nothing.
        actor: Who.

    Returns:
        The number that the next award of this year gets.

    Raises:
        RefusedError: ``restore.last_number``.
    """
    with office.store.writing() as registry:
        now = office.clock.now()
        year = now.astimezone(PARIS).year
        held = registry.next_sequence(year) - 1
        floor = (held // JUMP + 2) * JUMP
        if last_number is not None and last_of_year(last_number, year) >= held:
            floor = last_of_year(last_number, year)
        registry.raise_floor(year, floor)
        following = f"{year}-{registry.next_sequence(year):06d}"
        details = {"sha256": sha256, "made_at": made_at, "audit_hash": audit_hash, "next_number": following}
        audit.record(registry, now, actor, "register.restored", office.did, details)
    return following


def last_of_year(number: str, year: int) -> int:
    """Read the running number of an award of this year.

    Args:
        number: As it stands on a document.
        year: This year, in Paris.

    Raises:
        RefusedError: ``restore.last_number``.
    """
    found = _NUMBER.fullmatch(number)
    if found is None or int(found["year"]) != year:
        raise RefusedError(
            "restore.last_number",
            f"this is no number of an award of this year: it would be written {year}-000123",
            where=number[:20],
            remedy="look into the mails that went out; without --last-number the next ones start far above",
        )
    return int(found["sequence"])
