"""An award on paper: everything that is printed on it, and who prints it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from credentials.report import Sentence
from issuer.domain.award import AwardKind
from issuer.domain.certification import Block, Certification


class Lack(StrEnum):
    """Why a paper cannot be a final one: it is then a specimen, and says so.

    Spec: France compétences, FAQ « parchemin » (mandatory mentions).
    """

    REGISTRATION_DECISION = "registration_decision"
    """Day on which the Director General of France compétences decided the registration."""
    SUBJECT_CODE = "subject_code"
    """An NSF code."""
    PLACE = "place"
    """Where it is delivered."""
    SIGNATORY = "signatory"
    SIGNATORY_QUALITY = "signatory_quality"
    DEMONSTRATION = "demonstration"
    """Not a mention: the institution's file says that nothing here is real."""
    UNISSUED = "unissued"
    """Not a mention: it shows what an award of a plan would look like, and nothing was issued."""


@dataclass(frozen=True, slots=True)
class PaperSignatory:
    """Who signs the paper.

    Attributes:
        name: The person's name.
        quality: Under which quality, or None where it is not known.
        delegation: Reference of the delegation.
    """

    name: str
    quality: str | None
    delegation: str


@dataclass(frozen=True, slots=True)
class House:
    """The institution as its papers show it.

    Attributes:
        name: At the head.
        short_name: Its usual short name.
        url: Its own site.
        accent: Its colour, ``#rrggbb``.
        mark_svg: Its mark as an SVG document, or None.
    """

    name: str
    short_name: str
    url: str
    accent: str
    mark_svg: str | None


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that is printed for one award; the same values make the same file.

    Attributes:
        kind: Whole certification, or one block.
        number: The award's permanent number.
        duplicate: Number of this paper where it is a duplicate, or None.
        holder: The name, as the credential has it.
        certification: The version of the fiche that the award was issued under.
        block: The block, or None for the whole certification.
        house: The institution.
        decided_on: Day of the jury's decision.
        delivered_on: Day of delivery, in Paris; of a replacement, the day of the first delivery.
        place: Where it is delivered, or None where that is not known.
        signatory: Who signs, or None where that is not known.
        registration: What may be said of the registration to this holder (article L. 6113-9), or None.
        link: The verification link, which is the QR code.
        host: The printed host of the service.
        short_code: The short code as it is printed, or None where the award has none.
        made_at: Date of the file: the moment of issue (aware).
        lacks: Why the paper is a specimen; empty for a final one.
    """

    kind: AwardKind
    number: str
    duplicate: str | None
    holder: str
    certification: Certification
    block: Block | None
    house: House
    decided_on: date
    delivered_on: date
    place: str | None
    signatory: PaperSignatory | None
    registration: Sentence | None
    link: str
    host: str
    short_code: str | None
    made_at: datetime
    lacks: Sequence[Lack] = ()


class PaperPress(Protocol):
    """Prints papers."""

    def press(self, paper: Paper, credential: bytes) -> bytes:
        """Print a paper with its signed credential attached.

        Args:
            paper: What is printed.
            credential: The stored bytes of the credential, attached as they are.

        Returns:
            A PDF file (PDF/A-3a and PDF/UA-1), the same bytes for the same arguments.

        Raises:
            RefusedError: ``paper.not_printable`` where a text has characters that no font of ours has;
                ``picture.*`` where the link makes no QR code.
        """
        ...
