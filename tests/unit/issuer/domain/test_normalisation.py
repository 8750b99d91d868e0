"""Names are kept as they are, in NFC, and compared without being written otherwise."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.domain.normalisation import clean_text, fold_name, is_latin, lost_characters, same_name


@pytest.mark.parametrize(
    ("text", "clean", "changed"),
    [
        ("Nguyễn", "Nguyễn", False),
        (unicodedata.normalize("NFD", "Nguyễn"), "Nguyễn", True),
        ("  Le   Guennec ", "Le Guennec", True),
        ("Le\u00a0Guennec", "Le Guennec", True),
        ("\ufeffRivière", "Rivière", True),
        ("N'Diaye", "N'Diaye", False),
        ("", "", False),
    ],
)
def test_a_text_is_cleaned_and_the_change_is_told(text: str, clean: str, changed: bool) -> None:
    assert clean_text(text) == (clean, changed)


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    clean, _ = clean_text(text)

    assert clean_text(clean) == (clean, False)


@given(st.text())
def test_a_folded_name_is_stable(text: str) -> None:
    assert same_name(text, text, folded=True)
    assert fold_name(fold_name(text)) == fold_name(text)


def test_folding_forgets_case_and_keeps_accents() -> None:
    assert same_name("d'Aubigné-Œuvray", "D'AUBIGNÉ-ŒUVRAY", folded=True)
    assert not same_name("d'Aubigné-Œuvray", "D'AUBIGNÉ-ŒUVRAY", folded=False)
    assert not same_name("Éloi", "ELOI", folded=True)


@pytest.mark.parametrize(
    ("text", "lost"), [("Wi?niewski", True), ("Wi\ufffdniewski", True), ("Wiśniewski", False)]
)
def test_visibly_lost_characters_are_seen(text: str, lost: bool) -> None:
    assert lost_characters(text) is lost


@pytest.mark.parametrize(
    ("text", "latin"), [("Łukasz d'Aubigné-Œuvray", True), ("Олена", False), ("Nguyễn", True), ("O 2", True)]
)
def test_the_script_of_a_name_is_seen(text: str, latin: bool) -> None:
    assert is_latin(text) is latin


def test_an_invisible_mark_between_a_letter_and_its_accent_does_not_keep_them_apart() -> None:
    assert clean_text("e\u200b\u0301") == ("é", True)
