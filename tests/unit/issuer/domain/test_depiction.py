"""What a drawing shows is said in words, in French and in English, without the holder's name."""

from dataclasses import replace

import pytest

from issuer.domain.depiction import depiction
from tests.unit.issuer.domain.case_records import rncp35080

INSTITUTION = "Institut national de démonstration"
WHOLE = rncp35080()


def test_the_title_is_a_complete_seal_in_colour() -> None:
    shown = depiction(WHOLE, WHOLE.code, INSTITUTION)
    assert shown.award.fr == f"Certification RNCP35080 «\u202f{WHOLE.title}\u202f», {INSTITUTION}"
    assert shown.drawing.fr == "Un sceau complet\u202f: 4 parties, en couleur."
    assert shown.drawing.en == "A complete seal: 4 parts, in colour."
    assert shown.alternative.fr == f"{shown.award.fr}. {shown.drawing.fr}"
    assert shown.alternative.en == f"{shown.award.en}. {shown.drawing.en}"


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_block_names_itself_its_certification_and_its_part(number: int) -> None:
    block = WHOLE.blocks[number - 1]
    shown = depiction(WHOLE, block.code, INSTITUTION)
    for sentence in (shown.award.fr, shown.award.en):
        assert block.code in sentence
        assert block.title in sentence
        assert WHOLE.title in sentence
        assert INSTITUTION in sentence
    assert shown.award.fr.startswith("Bloc de compétences ")
    assert shown.award.en.startswith("Competence block ")
    assert shown.drawing.fr == (
        f"Un sceau de 4 parties\u202f: la partie {number} en couleur, les autres en esquisse."
    )
    assert shown.drawing.en == f"A seal of 4 parts: part {number} in colour, the others in outline."


def test_a_certification_of_one_block_has_no_other_parts() -> None:
    only = replace(WHOLE, blocks=WHOLE.blocks[:1])
    assert depiction(only, only.blocks[0].code, INSTITUTION).drawing.fr == (
        "Un sceau d’une seule partie\u202f: la partie 1 en couleur."
    )
    assert depiction(only, only.code, INSTITUTION).drawing.fr == (
        "Un sceau complet\u202f: une seule partie, en couleur."
    )
