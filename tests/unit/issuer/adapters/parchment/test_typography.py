"""Typography changes signs and spaces; never a letter or a digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.adapters.parchment.tints import block_inks, title_inks
from issuer.adapters.parchment.typography import siret, typeset
from issuer.adapters.parchment.wording import specimen_sentence
from issuer.ports.printing import Lack

CASES = {
    "Manager d'organismes": "Manager d’organismes",
    "cas pratiques : ordre du jour ; analyse !": "cas pratiques\u202f: ordre du jour\u202f; analyse\u202f!",
    "« mode »": "«\u202fmode\u202f»",
    "article L. 6113-9, n° 12": "article L.\u202f6113-9, n°\u202f12",
    "https://exemple.fr": "https://exemple.fr",
}


@pytest.mark.parametrize(("written", "set_as"), CASES.items())
def test_signs_are_set_as_french_printers_set_them(written: str, set_as: str) -> None:
    assert typeset(written) == set_as
    assert typeset(set_as) == set_as


@given(st.text())
def test_no_letter_or_digit_ever_changes(text: str) -> None:
    assert [c for c in typeset(text) if c.isalnum()] == [c for c in text if c.isalnum()]


def test_a_siret_is_grouped_and_anything_else_left_alone() -> None:
    assert siret("19753471200017") == "197\u202f534\u202f712\u202f00017"
    assert siret("12345") == "12345"


SPECIMENS = {
    (): None,
    (Lack.SIGNATORY,): (
        "Spécimen, sans valeur. Ce document ne peut pas être définitif\u202f: il y manque, parmi les mentions "
        "obligatoires, le signataire."
    ),
    (Lack.REGISTRATION_DECISION, Lack.SUBJECT_CODE, Lack.PLACE): (
        "Spécimen, sans valeur. Ce document ne peut pas être définitif\u202f: il y manque, parmi les mentions "
        "obligatoires, la date de la décision d’enregistrement, le code NSF et le lieu de délivrance."
    ),
    (Lack.DEMONSTRATION,): "Spécimen, sans valeur. Il vient d’un service de démonstration.",
}


@pytest.mark.parametrize(("lacks", "sentence"), SPECIMENS.items())
def test_a_specimen_names_each_mention_that_it_lacks(lacks: tuple[Lack, ...], sentence: str | None) -> None:
    assert specimen_sentence(lacks) == sentence


@pytest.mark.parametrize("accent", ["#7a1f2b", "#1f3d7a", "#000000", "#0b5d3b"])
def test_a_block_is_printed_in_another_ink_as_dark_as_the_institutions(accent: str) -> None:
    title, block = title_inks(accent), block_inks(accent)
    assert title.strong == accent
    assert _luminance(block.strong) < 0.18  # at least 4.5:1 on white
    for inks in (title, block):
        assert _luminance(inks.first) > 0.3
        assert _luminance(inks.second) > 0.3
        assert inks.first != inks.second or accent == "#000000"


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
