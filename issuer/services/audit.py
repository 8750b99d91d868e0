"""The audit log: who did what, hash-chained, so that no line can be changed or taken out unseen.

An entry's hash is SHA-256 over the canonical JSON of its other members, ``previous`` included.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from issuer.ports import AuditEntry, Registry

GENESIS = "0" * 64
"""What the first entry names as its predecessor."""


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
        details: Further facts without personal data.
    """
    last = registry.last_audit()
    entry = AuditEntry(
        sequence=1 if last is None else last.sequence + 1,
        at=at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        actor=actor,
        action=action,
        subject=subject,
        details=_canonical(details),
        previous=GENESIS if last is None else last.hash,
        hash="",
    )
    registry.append_audit(_sealed(entry))


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
