"""The audit log: who did what, hash-chained, so that no line can be changed or taken out unseen.

An entry's hash is SHA-256 over the canonical JSON of its other members, ``previous`` included.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta

from issuer import VERSION
from issuer.errors import ConflictError
from issuer.ports import AuditEntry, Registry

GENESIS = "0" * 64
"""What the first entry names as its predecessor."""

CLOCK_TOLERANCE = timedelta(minutes=5)
"""How far a clock may be behind the last entry: acts take their instant before they wait for their turn."""


@dataclass(frozen=True, slots=True)
class ChainFault:
    """Where the chain is broken.

    Attributes:
        sequence: The first entry that does not fit.
        code: ``audit.gap``, ``audit.link`` or ``audit.altered``.
        message: What is wrong, in a sentence.
    """

    sequence: int
    code: str
    message: str


def record(  # noqa: PLR0917 - the six parts of a trail's line, in their order
    registry: Registry, at: datetime, actor: str, action: str, subject: str, details: Mapping[str, object]
) -> None:
    """Append a line to the audit log, in the unit of work of the act itself.

    Args:
        registry: The open unit of work.
        at: When (aware).
        actor: Who: an account name, never a person's data.
        action: What, e.g. ``award.issued``.
        subject: On what, e.g. an award's number.
        details: Further facts without personal data: why (a reason of a closed list, or the words' digest),
            on which version of a fiche, a record or a document. The version of the software and of the schema
            is added to them.

    Raises:
        ConflictError: ``clock.behind``: the clock was set back. Every act leaves a line here, so that none is
            kept whose instant nobody could believe, and no list is published as older than the one before.
    """
    last = registry.last_audit()
    if last is not None and is_behind(at, last):
        raise ConflictError(
            "clock.behind",
            f"this machine's clock is behind the last act in the register ({last.at}); nothing was changed",
            where="clock",
            remedy="set the clock right (timedatectl), then do the same again; if it was ahead "
            "before, see “clock” in docs/disaster.md",
        )
    entry = AuditEntry(
        sequence=1 if last is None else last.sequence + 1,
        at=at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        actor=actor,
        action=action,
        subject=subject,
        details=_canonical({**details, "on": {"schema": registry.schema_revision(), "software": VERSION}}),
        previous=GENESIS if last is None else last.hash,
        hash="",
    )
    registry.append_audit(_sealed(entry))


def is_behind(now: datetime, last: AuditEntry) -> bool:
    """Say whether a clock is further behind the last entry than acts may be.

    Args:
        now: What the clock says (aware).
        last: The end of the log.
    """
    return now < datetime.fromisoformat(last.at) - CLOCK_TOLERANCE


def verify_chain(entries: Iterable[AuditEntry]) -> ChainFault | None:
    """Check that the chain is whole.

    Args:
        entries: All entries, in order.

    Returns:
        The first fault, or None when the chain is whole.
    """
    previous = GENESIS
    for expected, entry in enumerate(entries, start=1):
        if entry.sequence != expected:
            return ChainFault(expected, "audit.gap", f"entry {expected} is missing")
        if entry.previous != previous:
            return ChainFault(
                expected, "audit.link", f"entry {expected} does not follow entry {expected - 1}"
            )
        if _sealed(entry).hash != entry.hash:
            return ChainFault(expected, "audit.altered", f"entry {expected} was altered")
        previous = entry.hash
    return None


def _sealed(entry: AuditEntry) -> AuditEntry:
    content = asdict(entry)
    del content["hash"]
    return replace(entry, hash=hashlib.sha256(_canonical(content).encode()).hexdigest())


def _canonical(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
