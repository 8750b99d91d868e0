"""What the service sees of itself, as the services see it: backups, canaries, and what a watch found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from credentials.report import Verdict


class CanaryRole(StrEnum):
    """What a canary is there for: one award of a fictitious person for each thing that a page must say."""

    VALID = "valid"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class BackupNote:
    """That a backup was made.

    Attributes:
        made_at: When (aware).
        by: Whose account.
        sha256: Digest of the file.
        size: Its bytes.
        audit_sequence: Length of the audit log in it.
    """

    made_at: datetime
    by: str
    sha256: str
    size: int
    audit_sequence: int


@dataclass(frozen=True, slots=True)
class WatchFinding:
    """One thing that a watch looked at.

    Attributes:
        what: A stable name, e.g. ``canary.valid.page``.
        ok: Whether it is as it must be.
        detail: What was seen, without personal data and without a link.
    """

    what: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class WatchRun:
    """One watch.

    Attributes:
        at: When (aware).
        findings: All that was looked at.
    """

    at: datetime
    findings: Sequence[WatchFinding]

    @property
    def ok(self) -> bool:
        """Whether all of it is as it must be."""
        return all(finding.ok for finding in self.findings)


class Answer(Protocol):
    """What an address gave: its status, its headers in lower case, and its body."""

    @property
    def status(self) -> int:
        """HTTP status."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers, names in lower case."""
        ...

    @property
    def body(self) -> bytes:
        """The body."""
        ...


class Visitor(Protocol):
    """Asks the public address as a stranger would."""

    def get(self, path: str, accept: str) -> Answer:
        """Ask for a page.

        Raises:
            ServiceError: Nothing answered.
        """
        ...

    def hand_in(self, document: bytes) -> Answer:
        """Hand a document in at ``/verify``.

        Raises:
            ServiceError: Nothing answered.
        """
        ...

    def certificate_end(self) -> datetime | None:
        """Give the end of the site's TLS certificate (aware); None where it is served without.

        Raises:
            ServiceError: It cannot be had.
        """
        ...


class Condition(Protocol):
    """What monitoring asks of the service; no personal data in any answer."""

    def checks(self) -> Mapping[str, str]:
        """Give each check of readiness by name: ``ok``, ``not-run``, or what is wrong in one word."""
        ...

    def gauges(self) -> Sequence["Gauge"]:
        """Give what the register says now, as numbers."""
        ...


@dataclass(frozen=True, slots=True)
class Gauge:
    """One number for monitoring.

    Attributes:
        name: After ``parchemin_``.
        help: What it is.
        value: The number; instants in seconds since 1970, as Prometheus has it.
        labels: Names from closed sets.
    """

    name: str
    help: str
    value: float
    labels: Mapping[str, str]


EXPECTED: Mapping[CanaryRole, Verdict] = {
    CanaryRole.VALID: Verdict.VALID,
    CanaryRole.SUSPENDED: Verdict.SUSPENDED,
    CanaryRole.WITHDRAWN: Verdict.REVOKED,
    CanaryRole.REPLACED: Verdict.REPLACED,
}
"""What every page and report must say of a canary."""


class WatchRegistry(Protocol):
    """The part of a unit of work that keeps them."""

    def add_backup(self, note: BackupNote) -> None:
        """Keep that a backup was made."""
        ...

    def last_backup(self) -> BackupNote | None:
        """Give the last backup that was noted, or None."""
        ...

    def canaries(self) -> Mapping[CanaryRole, str]:
        """Give the numbers of the canary awards."""
        ...

    def add_canary(self, role: CanaryRole, number: str, at: datetime) -> None:
        """Keep that an award is a canary; for good."""
        ...

    def add_watch_run(self, run: WatchRun, keep_since: datetime) -> None:
        """Keep what a watch found, and let go of what is older than an instant."""
        ...

    def last_watch_run(self) -> WatchRun | None:
        """Give what the last watch found, or None."""
        ...
