"""Cleaning of texts as read, and the two ways of comparing a person's name.

A name is kept as the candidates' list writes it; what is folded here is compared and never written.
"""

import re
import unicodedata

REPLACEMENT_CHARACTER = "\N{REPLACEMENT CHARACTER}"

_SPACES = re.compile(r"\s+")
# Invisible and without meaning in a name; joiners (U+200C, U+200D) do carry meaning in some scripts and stay.
_INVISIBLE = {ord(mark): None for mark in "\u00ad\u200b\u2060\ufeff"}


def clean_text(value: str) -> tuple[str, bool]:
    """Put a text in NFC, without outer or repeated spaces, and tell whether that changed it.

    Args:
        value: The text as read.

    Returns:
        The clean text, and whether it differs from `value`.

    Spec: jury-cases.md, rule 8 (names kept as they are, in NFC); samples/README.md, W-NORMALISED.
    """
    # Invisible marks go first: one between a letter and its accent would keep the two apart.
    clean = _SPACES.sub(" ", unicodedata.normalize("NFC", value.translate(_INVISIBLE))).strip()
    return clean, clean != value


def fold_name(name: str) -> str:
    """Give a name without its case, accents kept, to compare with a source that writes in capitals.

    Args:
        name: A name in any case.

    Returns:
        A form for comparison only, never to be written anywhere.

    Spec: samples/README.md (an export's capitals serve to compare, never to write a name).
    """
    return unicodedata.normalize("NFC", clean_text(name)[0].casefold())


def same_name(left: str, right: str, *, folded: bool) -> bool:
    """Tell whether two names are the same: exactly after NFC, or without case where `folded`.

    Args:
        left: One name.
        right: The other.
        folded: The source writes in capitals, so case says nothing.

    Returns:
        Whether they are the same name.

    Spec: jury-cases.md, rule 8.
    """
    if folded:
        return fold_name(left) == fold_name(right)
    return clean_text(left)[0] == clean_text(right)[0]


def lost_characters(text: str) -> bool:
    """Tell whether a text shows characters that an earlier conversion destroyed (``?``, U+FFFD).

    Args:
        text: A name as read.

    Returns:
        Whether a loss is visible.

    Spec: samples/README.md (E-NAME-MISMATCH for « Ł » and « ś » that became ``?``).
    """
    return "?" in text or REPLACEMENT_CHARACTER in text


def is_latin(text: str) -> bool:
    """Tell whether every letter of a text belongs to the Latin script.

    Args:
        text: A name in NFC.

    Returns:
        Whether it can be written as it is on a document in Latin script.

    Spec: jury-cases.md, code W-NON-LATIN-NAME.
    """
    return all(unicodedata.name(char, "").startswith("LATIN ") for char in text if char.isalpha())
