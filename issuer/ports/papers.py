"""An award on paper, as the register knows it: short code, printed files, duplicates, replacements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from issuer.domain.award import Award, DuplicateReason, ReplacementReason


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """A file that we made for an award: any other file with its credential inside is not ours.

    Attributes:
        sha256: Hex digest of its bytes.
        number: The award's number.
        duplicate: The paper number of the duplicate that it is, or None.
        made_at: When it was made first (aware).
    """

    sha256: str
    number: str
    duplicate: str | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A paper handed over again: the same award, another paper number; nothing is revoked by it.

    Attributes:
        paper_number: The number that it bears, e.g. ``2026-000017-D1``.
        number: The award's number.
        reason: Why.
        at: When (aware).
        by: Who: an operator's account name.
    """

    paper_number: str
    number: str
    reason: DuplicateReason
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """An award took the place of another; known inside only, neither side shows the other.

    Attributes:
        old: Number of the award that was replaced.
        new: Number of the award in its place.
        reason: Why.
        at: When (aware).
        by: Who: an operator's account name.
    """

    old: str
    new: str
    reason: ReplacementReason
    at: datetime
    by: str


class PaperRegistry(Protocol):
    """The part of a unit of work that knows awards as they are printed, copied and replaced."""

    def keep_short_code(self, number: str, code: str) -> None:
        """Give an award its short code, once and for all."""
        ...

    def short_code(self, number: str) -> str | None:
        """Give an award's short code, or None for an unknown award."""
        ...

    def award_by_short_code(self, code: str) -> Award | None:
        """Give the award of a short code, or None."""
        ...

    def keep_paper(self, paper: KeptPaper) -> None:
        """Note a file that we made; the same one again changes nothing."""
        ...

    def paper(self, sha256: str) -> KeptPaper | None:
        """Give the file that we made with this digest, or None."""
        ...

    def papers_of(self, number: str) -> Sequence[KeptPaper]:
        """Give the files that we made for an award, oldest first."""
        ...

    def add_duplicate(self, duplicate: Duplicate) -> None:
        """Note that an award's paper was handed over again."""
        ...

    def duplicates(self, number: str) -> Sequence[Duplicate]:
        """Give an award's duplicates, oldest first."""
        ...

    def add_replacement(self, replacement: Replacement) -> None:
        """Note that an award took the place of another."""
        ...

    def replacement_of(self, number: str) -> Replacement | None:
        """Give what took the place of an award, or None."""
        ...

    def replacement_by(self, number: str) -> Replacement | None:
        """Give what an award took the place of, or None."""
        ...
