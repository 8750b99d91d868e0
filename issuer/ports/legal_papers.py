"""What the registry's own papers say: the extract of an award, and everything about a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from issuer.domain.award import Award, AwardState
from issuer.domain.certification import Certification


@dataclass(frozen=True, slots=True)
class ExtractState:
    """One state of an award.

    Attributes:
        state: Which.
        on: The day in Paris on which it began.
        reason: Its public reason in French and English, or None.
    """

    state: AwardState
    on: date
    reason: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Extract:
    """What the register says of an award.

    Attributes:
        award: The register's entry.
        certification: The version of the fiche that it was issued under.
        title: What is attested: the block's title, or the certification's.
        delivered_on: Day of delivery, in Paris.
        states: Its states, oldest first, without any note.
        duplicates: Numbers of the papers that were handed over again.
        institution: The issuer's name.
        contact: How to reach its registry.
        made_at: When the extract was made (aware).
    """

    award: Award
    certification: Certification
    title: str
    delivered_on: date
    states: Sequence[ExtractState]
    duplicates: Sequence[str]
    institution: str
    contact: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class PersonFile:
    """A person's data and documents.

    Attributes:
        data: JSON values; ``docs/retention.md`` names each member.
        documents: File name and exact bytes of each signed document.
        institution: The controller's name.
        contact: How to reach it.
    """

    data: Mapping[str, object]
    documents: Sequence[tuple[str, bytes]]
    institution: str
    contact: str
