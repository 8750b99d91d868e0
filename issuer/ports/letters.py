"""A letter for holders without an address: link, code and picture of it on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from issuer.domain.award import AwardKind
from issuer.ports.printing import House


@dataclass(frozen=True, slots=True)
class LetterAward:
    """One award in a letter.

    Attributes:
        kind: Whole certification, or one block.
        name: The exact title, or the block's.
        component: Code of the certification or of the block.
        number: The award's permanent number.
        decided_on: Day of the jury's decision.
        link: The verification link, which is the QR code.
        short_code: The short code as it is printed, or None where the award has none.
    """

    kind: AwardKind
    name: str
    component: str
    number: str
    decided_on: date
    link: str
    short_code: str | None


@dataclass(frozen=True, slots=True)
class PaperLetter:
    """Everything that a letter says; the same values make the same file.

    Attributes:
        house: The institution.
        holder: The name, as the credentials have it.
        host: The printed host of the service.
        contact: How to reach the registry.
        written_on: Day of the letter, in Paris.
        made_at: Date of the file (aware).
        demonstration: Whether the institution's file says that nothing is real.
        awards: What it is about, the title first; never empty.
    """

    house: House
    holder: str
    host: str
    contact: str
    written_on: date
    made_at: datetime
    demonstration: bool
    awards: Sequence[LetterAward]


class LetterPress(Protocol):
    """Prints letters."""

    def press(self, letter: PaperLetter) -> bytes:
        """Print a letter.

        Args:
            letter: What it says.

        Returns:
            A PDF file (PDF/UA-1), the same bytes for the same values; nothing is attached to it.

        Raises:
            RefusedError: ``letter.not_printable`` where a text has characters that no font of ours has.
        """
        ...
