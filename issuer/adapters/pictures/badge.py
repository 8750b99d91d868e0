"""What a badge shows, and what cannot be shown."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from issuer.adapters.pictures.errors import PictureError
from issuer.adapters.pictures.typeface import Weight, typeface

MAX_BLOCKS = 24
MAX_TEXT = 400
"""Characters of a title or a name: twice the longest title that a badge is laid out for."""

MAX_DESCRIPTION = 4000


class BadgeKind(StrEnum):
    """What the badge stands for."""

    BLOCK = "block"
    TITLE = "title"


class BadgeLanguage(StrEnum):
    """The language of the few words that the badge adds."""

    FRENCH = "fr"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What was awarded, as a picture shows it; no holder's name, since profiles show pictures to anyone.

    Attributes:
        institution: The name of the institution, from the theme.
        certification_title: Title of the certification.
        code: Of the certification for a title, of the block for a block, e.g. ``RNCP35080BC02``.
        kind: Block or title.
        block_count: How many blocks the certification has.
        accent: The theme's accent colour, ``#rrggbb``, at least 7:1 on white.
        demonstration: Whether the theme is the demonstration's; the badge then says so.
        label: Alternative text: what the picture is.
        description: What it shows, in a sentence or two.
        block_number: Which block, from 1; None for a title.
        block_title: Title of the block; None for a title.
        language: Of the words that the badge adds.
    """

    institution: str
    certification_title: str
    code: str
    kind: BadgeKind
    block_count: int
    accent: str
    demonstration: bool
    label: str
    description: str
    block_number: int | None = None
    block_title: str | None = None
    language: BadgeLanguage = BadgeLanguage.FRENCH

    @property
    def title(self) -> str:
        """The title that the badge names: the block's or the certification's."""
        return self.certification_title if self.block_title is None else self.block_title

    @property
    def is_whole(self) -> bool:
        """Whether it is the certification itself, all its parts together."""
        return self.block_number is None

    @property
    def certified(self) -> range:
        """The numbers of the blocks that the badge stands for."""
        if self.block_number is None:
            return range(1, self.block_count + 1)
        return range(self.block_number, self.block_number + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge(Subject):
    """What the large badge shows: the subject, and the way to its verification page.

    Attributes:
        link: The verification link: what the QR code holds.
        host: The host of the link, written out for the eye.
    """

    link: str
    host: str


def check(subject: Subject) -> None:
    """Refuse what cannot be drawn; link and colour are checked where they are used.

    Args:
        subject: What the picture would show.

    Raises:
        PictureError: For the first text or number that cannot be drawn.
    """
    texts = {
        "institution": subject.institution,
        "certification_title": subject.certification_title,
        "title": subject.title,
        "code": subject.code,
        "label": subject.label,
    }
    if isinstance(subject, Badge):
        texts["host"] = subject.host
    for name, text in texts.items():
        check_text(name, text)
    check_text("description", subject.description, MAX_DESCRIPTION)
    _check_blocks(subject)


def check_text(name: str, text: str, longest: int = MAX_TEXT) -> None:
    """Refuse a text that is empty, too long, or not made of printable characters.

    Args:
        name: Of the text, for the error.
        text: The text.
        longest: In characters.

    Raises:
        PictureError: When it cannot be drawn.
    """
    if not text.strip():
        raise PictureError(
            "picture.text_empty",
            "A text of the picture is empty.",
            where=name,
            remedy="Give the text in the theme or in the certification.",
        )
    if len(text) > longest:
        raise PictureError(
            "picture.text_too_long",
            f"A text of the picture has more than {longest} characters.",
            where=name,
            remedy="Shorten the text; a picture never cuts one off.",
        )
    # Control characters, lone surrogates, noncharacters: XML or its readers refuse them.
    if any(unicodedata.category(character) in {"Cc", "Cs", "Cn"} for character in text):
        raise PictureError(
            "picture.text_not_printable",
            "A text of the picture holds a control character or a code point that is no character.",
            where=name,
            remedy="Remove it where the text comes from: the theme or the certification.",
        )


def undrawable(text: str) -> str:
    """Give the characters of a text that a badge shows as a box, because its typeface lacks them.

    Args:
        text: A title or a name.

    Returns:
        Each such character once.
    """
    return "".join(dict.fromkeys(c for weight in Weight for c in typeface(weight).missing(text)))


def _check_blocks(subject: Subject) -> None:
    is_block = subject.kind is BadgeKind.BLOCK
    named = (subject.block_number is not None, subject.block_title is not None)
    number = subject.block_number or 1
    in_range = 1 <= subject.block_count <= MAX_BLOCKS and subject.block_number != 0
    if named != (is_block, is_block) or not in_range or not 1 <= number <= subject.block_count:
        raise PictureError(
            "picture.block_out_of_range",
            f"A {subject.kind.value} with number {subject.block_number} of {subject.block_count} "
            "cannot be drawn.",
            where="block_number",
            remedy=f"Give a block its title and its number, from 1 up to {MAX_BLOCKS}; give a title neither.",
        )
