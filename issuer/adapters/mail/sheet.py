"""A mail as paragraphs, from which both of its twins are made."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """An award in a mail.

    Attributes:
        title: As the fiche writes it, in French.
        detail: What stands under it.
        number: Its number, with the word for it.
    """

    title: str
    detail: str
    number: str


@dataclass(frozen=True, slots=True)
class Half:
    """What a mail says in one language.

    Attributes:
        language: ``fr`` or ``en``.
        before: Paragraphs before the awards.
        items: The awards, the title before its blocks.
        after: Paragraphs after them.
        last: Paragraphs after the link.
        closing: Lines of the signature.
    """

    language: str
    before: Sequence[str]
    items: Sequence[Item]
    after: Sequence[str]
    last: Sequence[str]
    closing: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole mail: the first half, the one link, the second half.

    Attributes:
        institution: Who writes.
        title: What a screen reader announces first.
        first: The half in French.
        second: The half in English.
        link: The one link, or None.
        action: What it does, in both languages.
        accent: Accent colour on a light ground, ``#rrggbb``.
        accent_dark: The same on a dark one.
    """

    institution: str
    title: str
    first: Half
    second: Half
    link: str | None
    action: str
    accent: str
    accent_dark: str
