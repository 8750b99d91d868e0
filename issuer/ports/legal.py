"""Civil data, deposits, and what erasure leaves, as the services see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from issuer.domain.accrochage import DepositRow
from issuer.domain.civil import CivilData
from issuer.domain.institution import CpfSettings


@dataclass(frozen=True, slots=True)
class KeptCivilData:
    """Civil data in the register.

    Attributes:
        data: The data.
        at: When they were taken in (aware).
        by: Who.
    """

    data: CivilData
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class DepositFile:
    """A file that was made for the CPF feed.

    Attributes:
        id: Its ``idFlux``.
        schema_version: Of the schema that it was made for.
        sha256: Of its bytes (hex).
        at: When it was made (aware).
        by: Who.
    """

    id: str
    schema_version: str
    sha256: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class SentRow:
    """One line of a file that was made.

    Attributes:
        file_id: The file's ``idFlux``.
        technical_id: The line's stable identifier.
        number: The title's number.
        digest: Keyed digest of what the line said.
        at: When the file was made (aware).
    """

    file_id: str
    technical_id: str
    number: str
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back on one line.

    Attributes:
        technical_id: The line's stable identifier.
        number: The title's number.
        accepted: Whether it was taken.
        code: The rejection's code as it came, or None.
        message: Its words as they came, or None; may hold personal data, and stays inside.
        source_sha256: Of the file that said so.
        at: When it was taken in (aware).
        by: Who.
    """

    technical_id: str
    number: str
    accepted: bool
    code: str | None
    message: str | None
    source_sha256: str
    at: datetime
    by: str


class ErasureReason(StrEnum):
    """Why a person's data are erased: a closed list, shown nowhere outside."""

    REQUEST = "demande"
    """The person's own (GDPR, article 17), which the institution has granted."""
    PERIOD_OVER = "duree-ecoulee"
    """The retention period is over."""
    AUTHORITY = "decision-autorite"
    """An authority or a court decided it."""
    ENTERED_BY_MISTAKE = "saisie-par-erreur"
    """The person should never have been in the register."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """The tombstone of a person.

    Attributes:
        candidate_id: The student system's identifier: all that is left of the person.
        reason: Why.
        order: The order that was approved, or None where one person may act alone.
        at: When (aware).
        by: Who carried it out.
    """

    candidate_id: str
    reason: ErasureReason
    order: str | None
    at: datetime
    by: str


class RetainedKind(StrEnum):
    """What is removed once it has served."""

    NOTICES = "notices"
    CIVIL_DATA = "civil_data"
    SESSIONS = "sessions"
    DOUBTS = "doubts"
    ADDRESSES = "addresses"
    DRAFTS = "drafts"
    ANSWERS = "answers"


class DepositWriter(Protocol):
    """Writes lines in the form of one version of the feed's schema."""

    @property
    def version(self) -> str:
        """The schema's version."""
        ...

    def write(self, settings: CpfSettings, flux: str, at: datetime, rows: Sequence[DepositRow]) -> bytes:
        """Write a file.

        Args:
            settings: Who sends, under which contract; complete.
            flux: The file's ``idFlux``.
            at: When it is made (aware).
            rows: The lines; at least one.
        """
        ...


class LegalRegistry(Protocol):
    """The part of a unit of work that keeps them."""

    # Civil data
    def civil(self, candidate_id: str) -> KeptCivilData | None:
        """Give a person's civil data, or None."""
        ...

    def civil_people(self) -> Mapping[str, datetime]:
        """Give whose civil data are kept, and since when."""
        ...

    def keep_civil(self, kept: KeptCivilData) -> None:
        """Keep a person's civil data in the place of what was there."""
        ...

    def forget_civil(self, candidate_id: str) -> bool:
        """Remove a person's civil data; False where there were none."""
        ...

    # The CPF feed
    def add_deposit(self, made: DepositFile, rows: Sequence[SentRow]) -> None:
        """Keep that a file was made, and a digest of each line."""
        ...

    def deposits(self) -> Sequence[DepositFile]:
        """Give the files that were made, oldest first."""
        ...

    def sent_rows(self) -> Sequence[SentRow]:
        """Give every line of every file, in order of the files."""
        ...

    def add_answer(self, answer: Answer) -> None:
        """Keep what came back on one line."""
        ...

    def answers(self) -> Sequence[Answer]:
        """Give everything that came back, oldest first."""
        ...

    # Erasure
    def erasure(self, candidate_id: str) -> Erasure | None:
        """Give a person's tombstone, or None."""
        ...

    def erasures(self) -> Sequence[Erasure]:
        """Give every tombstone, oldest first."""
        ...

    def erasable(self, candidate_id: str) -> Mapping[str, int]:
        """Count what an erasure would take out, by what it is."""
        ...

    def erase(self, erasure: Erasure) -> Mapping[str, int]:
        """Set a tombstone and take the person's data out; give how many of each."""
        ...

    # Retention
    def outdated(self, kind: RetainedKind, before: datetime) -> int:
        """Count what is older than an instant (aware)."""
        ...

    def remove_outdated(self, kind: RetainedKind, before: datetime) -> int:
        """Remove what is older than an instant (aware); give how many."""
        ...
