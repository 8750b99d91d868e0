"""What is to do, as the desk and ``todo`` list it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Urgency(StrEnum):
    """How soon something is to be done, most urgent first."""

    NOW = "now"
    """Somebody outside is misled, or something stands still."""
    SOON = "soon"
    LATER = "later"


class ToDoKind(StrEnum):
    """The questions that the list asks of the register."""

    LISTS_ENDED = "lists-ended"
    WATCH_RED = "watch-red"
    ORDERS_STUCK = "orders-stuck"
    ANNULLED_STANDING = "annulled-standing"
    TITLE_WITHOUT_BLOCK = "title-without-block"
    ORDERS_WAITING = "orders-waiting"
    LISTS_ENDING = "lists-ending"
    ROOTS_UNPUBLISHED = "roots-unpublished"
    CPF_LATE = "cpf-late"
    CPF_WITHDRAWN = "cpf-withdrawn"
    DOUBTS_OPEN = "doubts-open"
    BLOCKS_WITHOUT_TITLE = "blocks-without-title"
    NOTICES_BOUNCED = "notices-bounced"
    SUSPENSIONS_LONG = "suspensions-long"
    ERASURES_DUE = "erasures-due"
    CPF_DUE = "cpf-due"
    DRAFTS_LEFT = "drafts-left"
    NO_ADDRESS = "no-address"
    LEGAL_DATA = "legal-data"
    KEYS_OLD = "keys-old"
    REGISTRATIONS_ENDING = "registrations-ending"


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do.

    Attributes:
        kind: The question that found it.
        urgency: How soon.
        count: How many there are.
        subjects: What it is about: numbers, candidates' identifiers, codes; the first of many.
        since: From when the oldest waits, or when an end comes; None where neither is known.
    """

    kind: ToDoKind
    urgency: Urgency
    count: int
    subjects: Sequence[str] = ()
    since: datetime | date | None = None


MOST_SUBJECTS = 20
"""Subjects that one line of the list names."""
