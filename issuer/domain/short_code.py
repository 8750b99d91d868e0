"""The short code of an award, for paper and for the telephone: twelve characters that nobody confuses.

Eleven characters by chance (31 to the eleventh power: 54 bits) and one that checks them. The alphabet has 31
characters, a prime number, so that the check finds every single wrong character and every two that changed
places.
"""

import re
from collections.abc import Callable
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and capitals without 0 O, 1 I L: told apart in print, by hand and by voice."""

LENGTH: Final = 12

_SEPARATORS = re.compile(r"[\s\-‐‑–—.·_]+")  # the hyphens and dashes that word processors make of "-"
_GROUP: Final = 4
_MOST_READ: Final = 64
"""Characters of what somebody typed that are looked at."""


def make_short_code(below: Callable[[int], int]) -> str:
    """Make a new short code.

    Args:
        below: Gives a random whole number from 0 up to but not including its argument.

    Returns:
        Twelve characters, the last of which checks the others.

    Spec: own rule (``field.md``, section 6, "Short code").
    """
    free = "".join(ALPHABET[below(len(ALPHABET))] for _ in range(LENGTH - 1))
    return free + _check_character(free)


def read_short_code(text: str) -> str | None:
    """Read a code as people type it: in any case, with spaces, hyphens or dots between its groups.

    Args:
        text: What somebody typed or pasted.

    Returns:
        The twelve characters, or None where they are no code: another length, a character that no code has,
        or a check character that does not fit.
    """
    code = _SEPARATORS.sub("", text[:_MOST_READ]).upper()
    if not looks_like_code(text) or code[-1] != _check_character(code[:-1]):
        return None
    return code


def looks_like_code(text: str) -> bool:
    """Tell whether a text has the form of a code, mistyped perhaps: twelve characters of the alphabet.

    Args:
        text: What somebody typed or pasted.
    """
    code = _SEPARATORS.sub("", text[:_MOST_READ]).upper()
    return len(text) <= _MOST_READ and len(code) == LENGTH and all(char in ALPHABET for char in code)


def grouped(code: str) -> str:
    """Write a code in three groups of four, as it is printed and read aloud.

    Args:
        code: Twelve characters.
    """
    return "-".join(code[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))


def _check_character(free: str) -> str:
    # Each place has a weight of its own, none of them 0 modulo 31.
    total = sum(weight * ALPHABET.index(char) for weight, char in enumerate(free, start=1))
    return ALPHABET[total % len(ALPHABET)]
