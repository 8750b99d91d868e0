"""Civil data that the CPF feed needs and no document says; and what must never come in with it.

Spec: french-domain.md, sections 7 (traps 3 and 5) and 9 (minimisation); GDPR, article 5(1)(c).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Sex(StrEnum):
    """Sex as the civil registry writes it, and as the feed's schema takes it."""

    FEMALE = "F"
    MALE = "M"


@dataclass(frozen=True, slots=True)
class CivilData:
    """What one person's civil status says beyond the list of candidates.

    Attributes:
        candidate_id: Whose.
        sex: Or None where it is not known.
        given_names: First, second and third given name; empty where the list's own is to be used.
        birth_year: Or None; the list's birth date is used where there is one.
        birth_month: Or None where the record holds no month.
        birth_day: Or None where the record holds no day.
        birth_insee: INSEE code of the commune (``99…`` for a country), or None.
        birth_postcode: Postal code of the commune, or None.
        birth_place: Name of the commune, or None.
        birth_country_code: Three characters, or None.
        birth_country: Name of the country, or None.
    """

    candidate_id: str
    sex: Sex | None = None
    given_names: Sequence[str] = ()
    birth_year: int | None = None
    birth_month: int | None = None
    birth_day: int | None = None
    birth_insee: str | None = None
    birth_postcode: str | None = None
    birth_place: str | None = None
    birth_country_code: str | None = None
    birth_country: str | None = None


_APART: Final = re.compile(r"[\s.\-/_'’]+")
_NUMBER: Final = re.compile(r"(?<![0-9])[0-9]{5}(?:[0-9]{2}|2[ABab])[0-9]{6}(?:[0-9]{2})?(?![0-9])")
_WORDS: Final = re.compile(
    r"(?:^|[^a-z])(?:nir|nirpp|insee_?nir|nss|secu|numeross|numero_?secu)(?:$|[^a-z])|"
    r"s[ée]curit[ée][\s_.-]*sociale|social[\s_.-]*security",
    re.IGNORECASE,
)


def holds_social_security_number(text: str) -> bool:
    """Say whether a cell may hold a social-security number (NIR): 13 digits, or 15 with its key.

    Corsican numbers have ``2A`` or ``2B`` in the middle; spaces, points and dashes between the figures do
    not hide one.

    Args:
        text: The cell as it was read.

    Spec: french-domain.md, sections 0 (7), 7 and 9: never in this system.
    """
    return _NUMBER.search(_APART.sub("", text)) is not None


def names_social_security_number(header: str) -> bool:
    """Say whether a column is called as one that holds social-security numbers.

    Args:
        header: The column's name as the file writes it.
    """
    return _WORDS.search(header.strip()) is not None
