"""Does a name that somebody types designate the holder: whatever its accents, order and particles; no guess.

The caller reads a name from a paper, or hears it. All that they say must be of the name, and they must say
the family name and the first given name: half a name would let a stranger try common ones.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from issuer.domain.normalisation import name_letters

_PARTICLES: Final = frozenset({
    "d", "de", "da", "das", "del", "della", "der", "des", "di", "do", "dos", "du", "e", "el", "la", "las",
    "le", "les", "l", "lo", "los", "ter", "van", "vande", "vander", "von", "y", "zu",
})  # fmt: skip
"""What stands before a family name, in the languages in which it may be left out when one speaks."""

_CIVIL: Final = frozenset({
    "m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "nom", "d", "usage", "nee", "ne",
    "epouse", "epoux",
})  # fmt: skip
"""What people say around a name."""

_LONGEST: Final = 200
"""Characters of what somebody typed that are looked at."""
_APART: Final = re.compile(r"[\s,;.'’ʼ`´\-‐‑–—_/()]+")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as the register holds it.

    Attributes:
        given: Given names; empty for a person with a single name.
        families: The birth name, and the used name where there is one.
    """

    given: str
    families: Sequence[str]


def designates(typed: str, name: PersonName) -> bool:
    """Tell whether what was typed is the person's name.

    Args:
        typed: What somebody typed, in any case and order, with or without accents and particles.
        name: The name in the register.

    Returns:
        True where the family name (the one or the other) and the first given name are there, whole, and
        nothing else is.

    Spec: own rule (``field.md``, section 2, idea 4; issue 5, short codes).
    """
    given = _words(name.given)
    known = Counter([*given, *(word for family in name.families for word in _words(family))])
    said = Counter(word for word in _words(typed[:_LONGEST]) if word in known or word not in _CIVIL)
    # A used name often repeats the birth name: each word may be said as often as it is written.
    beside = [word for word, count in said.items() if count > known[word] and word not in _PARTICLES]
    if not said or beside:
        return False
    # A family name without a letter ("-") asks for nothing, and must not let the given name alone do.
    families = [family for family in name.families if _words(family)] or name.families[:1]
    needed = [_Needed.of(given[:1], family) for family in families]
    return any(part.is_in(said) for part in needed)


@dataclass(frozen=True, slots=True)
class _Needed:
    words: Counter[str]

    @classmethod
    def of(cls, given: Iterable[str], family: str) -> "_Needed":
        words = _words(family)
        # A family name made of particles alone keeps them.
        telling = [word for word in words if word not in _PARTICLES] or words
        return cls(Counter([*given, *telling]))

    def is_in(self, said: Counter[str]) -> bool:
        return bool(self.words) and self.words <= said


def _words(text: str) -> list[str]:
    # In capitals, which many papers use, a dotless i is an I like any other.
    plain = unicodedata.normalize("NFKC", text).replace("ı", "i")
    words = (name_letters(part) for part in _APART.split(plain))
    return [word for word in words if word]
