"""Cleaning of texts as read, and the two ways of comparing a person's name.

A name is kept as the candidates' list writes it; what is folded here is compared and never written.
"""

import re
import unicodedata

REPLACEMENT_CHARACTER = "\N{REPLACEMENT CHARACTER}"

_SPACES = re.compile(r"\s+")
# Invisible and without meaning in a name; joiners (U+200C, U+200D) do carry meaning in some scripts and stay.
_INVISIBLE = {ord(mark): None for mark in "\u00ad\u200b\u2060\ufeff"}

# Latin accents only: in other scripts a combining mark may be a vowel.
_ACCENTS = frozenset(map(chr, range(0x300, 0x370)))
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})


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


def fold_identifier(identifier: str) -> str:
    """Give an identifier without its case and its compatibility forms (full width…), to find look-alikes.

    An identifier designates by its exact form only; this one serves to notice two that a person, or
    another program, may take for one.

    Args:
        identifier: As written.

    Returns:
        A form for comparison only.

    Spec: Unicode Standard Annex 15 (NFKC); own rule.
    """
    wide = unicodedata.normalize("NFKC", identifier)
    return unicodedata.normalize("NFKC", clean_text(wide)[0].casefold())


def name_letters(name: str) -> str:
    """Give the letters of a name without case, accents, spaces, hyphens and apostrophes.

    Looser than :func:`fold_name`: it raises a doubt, it never says that two names are the same.

    Args:
        name: A name as written.

    Returns:
        A form for comparison only; empty for a name without a letter or a digit.

    Spec: own rule (two entries of the list that may be one person).
    """
    decomposed = unicodedata.normalize("NFKD", name).casefold().translate(_LIGATURES)
    return "".join(
        char for char in decomposed if char not in _ACCENTS and unicodedata.category(char)[0] in "LMN"
    )


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
