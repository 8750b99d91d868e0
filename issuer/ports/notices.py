"""Mails and what becomes of them; doubts that a stranger reported. The register's half and the outside's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from credentials.report import Sentence
from issuer.domain.award import AwardKind
from issuer.errors import MailError


class NoticeKind(StrEnum):
    """Why a mail is written."""

    ENTRY = "entry"
    """The single-use link into the space; sent at once and never kept."""
    SHARED_ADDRESS = "shared-address"
    """Several persons have the address: the registry helps; sent at once and never kept."""
    AWARDED = "awarded"
    REPLACED = "replaced"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    WITHDRAWN = "withdrawn"
    FIRST_OPENING = "first-opening"
    DOUBT = "doubt"
    """To the registry: somebody reported a doubt."""


class NoticeState(StrEnum):
    """What has become of a mail."""

    QUEUED = "queued"
    SENT = "sent"
    BOUNCED = "bounced"
    """Refused by the mail server for good, or come back."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One mail, without its text: that is made when it is sent, and kept nowhere.

    Attributes:
        id: ``urn:uuid``.
        kind: Why it is written.
        candidate_id: To whom, or None for one to the registry.
        numbers: Numbers of the awards that it is about.
        mail: The address that it goes to.
        state: What has become of it.
        created_at: When it was queued (aware).
        changed_at: When its state, or the last try, began (aware).
        attempts: How often it was tried.
        trouble: Code of the last failure, or None.
    """

    id: str
    kind: NoticeKind
    candidate_id: str | None
    numbers: Sequence[str]
    mail: str
    state: NoticeState
    created_at: datetime
    changed_at: datetime
    attempts: int = 0
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """What somebody reported of a document.

    Attributes:
        id: ``urn:uuid``.
        number: The award's number where the report came from its page, or None.
        text: What was written.
        contact: How to reach who wrote it, where given; else None.
        at: When (aware).
        closed_at: When a registrar closed it, or None.
        closed_by: Who, or None.
    """

    id: str
    number: str | None
    text: str
    contact: str | None
    at: datetime
    closed_at: datetime | None = None
    closed_by: str | None = None


@dataclass(frozen=True, slots=True)
class LetterItem:
    """An award as a mail names it: no person's name, no link.

    Attributes:
        number: Its permanent number.
        kind: Block or title.
        component: Block code, or the certification's code for the title.
        title: As the fiche writes it.
        decided_on: Date of the jury's decision.
    """

    number: str
    kind: AwardKind
    component: str
    title: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail has to say, before it has words.

    Attributes:
        id: ``urn:uuid``; the same for each try of the same mail.
        kind: Why it is written.
        to: The address that it goes to.
        at: When it is written (aware).
        link: The one link, or None where there is none to follow.
        items: The awards that it is about.
        since: The day in Paris on which what it tells began, or None.
        reason: The public reason, or None.
    """

    id: str
    kind: NoticeKind
    to: str
    at: datetime
    link: str | None = None
    items: Sequence[LetterItem] = ()
    since: date | None = None
    reason: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail ready to go.

    Attributes:
        id: ``urn:uuid``, for ``Message-ID``: a second try bears the same, and a mailbox may show one.
        at: When it was written (aware), for ``Date``.
        to: The address.
        subject: One line.
        text: The plain-text twin, which says all that the other says.
        html: The HTML body, without anything that would be fetched.
        languages: Which it speaks, in order, for ``Content-Language``.
    """

    id: str
    at: datetime
    to: str
    subject: str
    text: str
    html: str
    languages: Sequence[str]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a round of sending did.

    Attributes:
        sent: How many mails went.
        bounced: How many were given up: refused for good, without an address by now, or tried too often.
        waiting: How many are still queued.
        trouble: What kept the last one waiting, or None.
    """

    sent: int
    bounced: int
    waiting: int
    trouble: MailError | None = None


class Composer(Protocol):
    """Gives a letter its words, in both languages."""

    def compose(self, letter: Letter) -> Mail:
        """Write a mail; nothing is asked of anybody for it."""
        ...


class Mailer(Protocol):
    """Hands mails over."""

    @property
    def place(self) -> str:
        """What becomes of mails, for a person to read: ``written to var/mail``, ``sent by mail.example``."""
        ...

    def send(self, mail: Mail) -> None:
        """Hand one mail over.

        Args:
            mail: The mail.

        Raises:
            MailError: ``mail.refused`` when this mail is refused for good, ``mail.unsent`` when it may be
                tried again, ``mail.unreachable`` when no mail goes at all for now.
        """
        ...


class NoticeRegistry(Protocol):
    """The part of a unit of work that keeps mails and reported doubts."""

    def keep_notice(self, notice: Notice) -> None:
        """Keep a mail, or its new state: one of the same id is written over."""
        ...

    def notice(self, notice_id: str) -> Notice | None:
        """Give a mail, or None."""
        ...

    def notices(self, state: NoticeState | None = None, candidate_id: str | None = None) -> Sequence[Notice]:
        """Give the mails in a state and to a person, or all of them, oldest first."""
        ...

    def keep_doubt(self, doubt: Doubt) -> None:
        """Keep a doubt, or its new state: one of the same id is written over."""
        ...

    def doubts(self) -> Sequence[Doubt]:
        """Give all reported doubts, oldest first."""
        ...


class Post(Protocol):
    """Writes to people and hands it over; each call takes the present instant by itself."""

    def send_entry(self, candidate_id: str, link: str) -> None:
        """Write to a person the single-use link into their space, at once; nothing is kept of the link.

        Args:
            candidate_id: Whose space: the mail goes to the address on file, and nowhere where there is none.
            link: The whole address, secret included.

        Raises:
            MailError: It did not go.
        """
        ...

    def send_shared_address(self, mail: str) -> None:
        """Write to an address that is on file for several persons: the registry helps, nobody is guessed.

        Args:
            mail: The address, as it is on file.

        Raises:
            MailError: It did not go.
        """
        ...

    def send_due(self) -> Delivery:
        """Hand over every mail whose time has come."""
        ...
