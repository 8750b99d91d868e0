"""Codes: all of the papers' are there, in two languages, with a source, and name no certification."""

import re
import string
from dataclasses import fields

import pytest

from issuer.domain.codes import CODES, Code, Effect, Parameters
from issuer.domain.eligibility.findings import Scope, Wording
from tests.unit.issuer.domain.case_records import DATA, load, three_blocks

PAPER = load(DATA / "jury-cases.yaml")
DOUBTS = {
    "E-PV-UNSIGNED",
    "E-SIGNATORY-UNKNOWN",
    "E-AMBIGUOUS-IDENTITY",
    "E-NAME-MISMATCH",
    "E-CONFLICTING-RESULT",
    "E-ENTRY-INTERRUPTED",
}
OWN_DOUBTS = {"E-POSSIBLE-SAME-PERSON", "E-ANNULMENT-UNMATCHED", "E-SIGNATORY-OUT-OF-OFFICE"}


def test_every_code_of_the_papers_exists() -> None:
    assert {*PAPER["reason_codes"], *PAPER["warning_codes"]} <= set(CODES)


def test_the_codes_of_doubt_are_those_of_rule_9_and_three_of_our_own() -> None:
    assert {key for key, item in CODES.items() if item.effect is Effect.DOUBT} == DOUBTS | OWN_DOUBTS


@pytest.mark.parametrize("item", CODES.values(), ids=lambda item: item.id)
def test_a_code_s_prefix_says_its_effect(item: Code) -> None:
    letter = {"E": {Effect.REFUSAL, Effect.DOUBT}, "W": {Effect.WARNING}, "I": {Effect.INFORMATION}}

    assert item.effect in letter[item.id[0]]


@pytest.mark.parametrize("item", CODES.values(), ids=lambda item: item.id)
def test_a_code_has_both_languages_and_a_source_and_names_known_parameters_only(item: Code) -> None:
    known = {field.name for field in fields(Parameters)}
    templates = [item.fr, item.en, item.remedy_fr, item.remedy_en]
    named = {name for text in templates for _, name, _, _ in string.Formatter().parse(text) if name}

    assert item.fr
    assert item.en
    assert item.source
    assert bool(item.remedy_fr) == bool(item.remedy_en)
    assert named <= known


@pytest.mark.parametrize("item", CODES.values(), ids=lambda item: item.id)
def test_a_code_names_no_certification_and_no_number_of_blocks(item: Code) -> None:
    text = f"{item.fr} {item.en} {item.remedy_fr} {item.remedy_en}"

    assert not re.search(r"RNCP|BC0|quatre blocs|four blocks|2025-11|18/11", text)


@pytest.mark.parametrize("item", CODES.values(), ids=lambda item: item.id)
def test_french_sentences_keep_french_typography(item: Code) -> None:
    for text in (item.fr, item.remedy_fr):
        assert not re.search(r"[^\u202f\d][;:!?»](?!\d)", text), text
        assert "'" not in text
        assert not re.search(r"«(?!\u202f)", text)


@pytest.mark.parametrize("item", [item for item in CODES.values() if item.stops], ids=lambda item: item.id)
def test_what_stops_has_a_remedy(item: Code) -> None:
    assert item.remedy_fr


def test_the_number_of_blocks_comes_from_the_fiche() -> None:
    finding = Wording.of(three_blocks()).finding(CODES["E-BLOCKS-MISSING"], Scope.COMPONENTS)

    assert "les 3 blocs" in finding.sentence.fr
