"""The register as the services see it: one unit of work at a time, append-only where a trail is due."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from issuer.domain.award import Award, AwardState, WithdrawalReason
from issuer.domain.certification import Certification
from issuer.domain.records import Candidate, JuryRecord, JurySession, ResultRow
from issuer.ports.custody import CustodyRegistry
from issuer.ports.evidence import EvidenceRegistry
from issuer.ports.exporting import ExportRegistry
from issuer.ports.holders import HolderRegistry
from issuer.ports.legal import LegalRegistry
from issuer.ports.lifecycle import LifecycleRegistry
from issuer.ports.notices import NoticeRegistry
from issuer.ports.orders import OrderRegistry
from issuer.ports.papers import PaperRegistry
from issuer.ports.season import SeasonRegistry
from issuer.ports.staff import StaffRegistry
from issuer.ports.status import StatusRegistry
from issuer.ports.systems import SystemsRegistry
from issuer.ports.watch import WatchRegistry


class Ids(Protocol):
    """The only source of chance."""

    def token(self) -> str:
        """Give a new bearer token: at least 128 random bits, base64url without padding."""
        ...

    def urn(self) -> str:
        """Give a new ``urn:uuid``."""
        ...

    def below(self, limit: int) -> int:
        """Give a random whole number from 0 up to but not including `limit`."""
        ...

    def salt(self) -> bytes:
        """Give 16 random bytes."""
        ...

    def secret(self) -> bytes:
        """Give 32 random bytes: a key for one use."""
        ...


@dataclass(frozen=True, slots=True)
class Import:
    """One file that was taken in.

    Attributes:
        id: SHA-256 (hex) of its bytes: the same file is the same import.
        kind: ``candidates``, ``sessions``, ``results`` or ``annulments``.
        name: The file's name without folders.
        certification: Code of the certification that it speaks of.
        detected: What was detected (encoding, delimiter, columns), for the register.
        accepted: Rows taken in.
        refused: Rows kept with their reasons.
        known: Rows that the register held already.
        at: When (aware, UTC).
        by: Who.
    """

    id: str
    kind: str
    name: str
    certification: str
    detected: Mapping[str, object]
    accepted: int
    refused: int
    known: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A result row in the register with the reasons for which it was refused at import, if any."""

    row: ResultRow
    reasons: Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class ApprovedPlan:
    """A plan that somebody approved: the only thing that the institution's key signs.

    Attributes:
        id: SHA-256 (hex) of the plan's content.
        certification: Code of the certification.
        session: The session that it was made for, or None for all.
        content: The plan as JSON values.
        at: When it was approved.
        by: Who approved it.
    """

    id: str
    certification: str
    session: str | None
    content: Mapping[str, object]
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class NewAward:
    """An award about to be stored with its signed bytes.

    Attributes:
        award: The register's entry.
        year: The year of its number (in Paris).
        sequence: The running number inside the year; both are part of ``award.number``.
        credential: The signed bytes, stored as they are and never rebuilt.
        sha256: Hex digest of the bytes.
        digest_sri: ``sha384-…`` of the bytes, as a title names its blocks.
        resource_id: Opaque ``urn:uuid`` under which a title names this award.
        subject_id: ``urn:uuid`` of the subject.
        plan: Id of the approved plan.
        verification_method: Which key signed; of a proof set each key, a space between them.
    """

    award: Award
    year: int
    sequence: int
    credential: bytes
    sha256: str
    digest_sri: str
    resource_id: str
    subject_id: str
    plan: str
    verification_method: str


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """A change of an award's state; never changed or removed.

    Attributes:
        number: The award's number.
        state: The state that begins.
        reason: The public reason, or None.
        note: Free text for the register alone, or None.
        at: When (aware).
        by: Who: an operator's account name.
    """

    number: str
    state: AwardState
    reason: WithdrawalReason | None
    note: str | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class TrustedIssuer:
    """A line of the trust register.

    Attributes:
        did: The issuer's DID.
        name: The name that pages show for it.
        url: Its site, or None.
        did_document: Its DID document when it was handed over and pinned, as JSON text; or None.
        since: When it was added.
    """

    did: str
    name: str
    url: str | None
    did_document: str | None
    since: datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One link of the audit chain; holds no personal data.

    Attributes:
        sequence: 1, 2, 3…
        at: When (text as hashed).
        actor: Who: an operator's account name.
        action: e.g. ``award.issued``.
        subject: e.g. an award's number.
        details: Canonical JSON text.
        previous: Hash of the entry before; 64 zeros for the first.
        hash: SHA-256 (hex) over this entry and ``previous``.
    """

    sequence: int
    at: str
    actor: str
    action: str
    subject: str
    details: str
    previous: str
    hash: str


class Registry(
    StatusRegistry,
    ExportRegistry,
    PaperRegistry,
    HolderRegistry,
    NoticeRegistry,
    StaffRegistry,
    OrderRegistry,
    SeasonRegistry,
    SystemsRegistry,
    LegalRegistry,
    LifecycleRegistry,
    EvidenceRegistry,
    CustodyRegistry,
    WatchRegistry,
    Protocol,
):
    """One unit of work on the register: everything written in it is kept together or not at all."""

    # Settings fixed at `init`
    def setting(self, name: str) -> str | None:
        """Give a fixed setting, or None."""
        ...

    def fix_setting(self, name: str, value: str) -> None:
        """Fix a setting once and for all."""
        ...

    # Certifications
    def certifications(self) -> Sequence[Certification]:
        """Give every version of every certification, oldest first."""
        ...

    def fiche_digests(self) -> Mapping[str, str]:
        """Give the SHA-256 of each kept fiche as it lies there now, by ``<code> v<version>``."""
        ...

    def add_certification(
        self, certification: Certification, document: Mapping[str, object], at: datetime
    ) -> None:
        """Keep a new version of a fiche."""
        ...

    # Jury records
    def import_of(self, import_id: str) -> Import | None:
        """Give an earlier import of the same bytes, or None."""
        ...

    def add_import(self, made: Import) -> None:
        """Keep that a file was taken in."""
        ...

    def add_records(self, import_id: str, certification: str, record: JuryRecord) -> None:
        """Keep candidates, sessions and annulments; a changed one is a new revision, none is overwritten."""
        ...

    def add_rows(self, import_id: str, certification: str, rows: Sequence[KeptRow]) -> None:
        """Keep result rows, refused ones with their reasons."""
        ...

    def record(self, certification: str) -> JuryRecord:
        """Give everything handed in for a certification: latest revisions, all rows."""
        ...

    def sessions(self, certification: str) -> Sequence[JurySession]:
        """Give the jury sessions of a certification as last handed in."""
        ...

    def candidate(self, candidate_id: str) -> Candidate | None:
        """Give a person as last handed in, or None."""
        ...

    def revisions_of(self, candidate_id: str) -> Sequence[Candidate]:
        """Give a person's entry in the list as it was handed in each time, oldest first."""
        ...

    def import_digest(self, source: str) -> str | None:
        """Give the SHA-256 of the file of this name that was taken in last, or None."""
        ...

    # Plans
    def approve(self, plan: ApprovedPlan) -> None:
        """Keep an approved plan."""
        ...

    def approved(self, plan_id: str) -> ApprovedPlan | None:
        """Give an approved plan, or None."""
        ...

    def approved_plans(self) -> Sequence[ApprovedPlan]:
        """Give all approved plans, oldest first."""
        ...

    # Awards
    def awards(self) -> Sequence[Award]:
        """Give all awards in order of their numbers."""
        ...

    def award(self, number: str) -> Award | None:
        """Give an award by its number, or None."""
        ...

    def award_by_token(self, token: str) -> Award | None:
        """Give an award by the token of its link, or None."""
        ...

    def awards_of(self, candidate_id: str, certification: str) -> Sequence[Award]:
        """Give a person's awards for a certification, in every state."""
        ...

    def credential(self, number: str) -> bytes | None:
        """Give the stored bytes of an award, or None."""
        ...

    def resource(self, number: str) -> tuple[str, str]:
        """Give the opaque identifier and the SRI digest under which a title names this award."""
        ...

    def by_digest(self, digest_sri: str) -> Award | None:
        """Give the award whose stored bytes have this digest, or None."""
        ...

    def next_sequence(self, year: int) -> int:
        """Give the next free running number of a year."""
        ...

    def raise_floor(self, year: int, floor: int) -> None:
        """Give no number of a year up to this one any more; for good."""
        ...

    def store(self, new: NewAward) -> None:
        """Keep a signed award.

        Raises:
            AlreadyAwardedError: A live award exists for the same person, certification and component.
        """
        ...

    def change_state(self, event: StatusEvent) -> None:
        """Append a state and make it the award's current one."""
        ...

    def status_events(self, number: str) -> Sequence[StatusEvent]:
        """Give an award's states, oldest first."""
        ...

    # Keys (public halves)
    def key_ledger(self) -> Sequence[Mapping[str, str | None]]:
        """Give the key ledger, oldest first."""
        ...

    def add_key(self, key: Mapping[str, str | None]) -> None:
        """Append a key to the ledger."""
        ...

    # Trust register
    def trusted(self) -> Sequence[TrustedIssuer]:
        """Give the trust register."""
        ...

    def trust(self, issuer: TrustedIssuer) -> None:
        """Add an issuer, or replace its line."""
        ...

    def distrust(self, did: str) -> bool:
        """Remove an issuer; False when it was not there."""
        ...

    # Audit
    def audit_entries(self) -> Sequence[AuditEntry]:
        """Give the whole chain."""
        ...

    def audit_of(self, subject: str) -> Sequence[AuditEntry]:
        """Give the links of the chain that speak of one subject, oldest first."""
        ...

    def last_audit(self) -> AuditEntry | None:
        """Give the chain's end, or None."""
        ...

    def append_audit(self, entry: AuditEntry) -> None:
        """Append a link to the chain."""
        ...


class Store(Protocol):
    """Opens units of work."""

    def reading(self) -> AbstractContextManager[Registry]:
        """Open a consistent view; nothing can be written in it."""
        ...

    def writing(self) -> AbstractContextManager[Registry]:
        """Open a unit of work that holds the write lock from its start: kept whole, or not at all."""
        ...
