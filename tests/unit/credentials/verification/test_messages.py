"""The sentences: complete, set as French is, and free of the words that mislead."""

import re
from datetime import UTC, date, datetime
from string import Formatter

import pytest

from credentials import CheckId, Outcome
from credentials.messages import ADVICE, MESSAGES, NOTICES, french, long_date, long_instant
from credentials.sentences.remedies import Remedy
from tests.unit.credentials.verification.codes.page import PAGE, page

ALL = {**MESSAGES, **NOTICES}
MISLEADING_FR = re.compile(r"falsifi|fraud|invalide|non révoqué|révoqué|erreur|porteur", re.IGNORECASE)
MISLEADING_EN = re.compile(r"\bforged|\bfraud|\binvalid\b|\brevoked\b", re.IGNORECASE)


@pytest.mark.parametrize("code", sorted(ALL))
def test_french_sentences_are_set_as_french_is(code: str) -> None:
    text = ALL[code].fr
    assert not re.search(r"[ \u00a0][;:!?»]|«[ \u00a0]|'", text)
    assert text.endswith(".")


@pytest.mark.parametrize("code", sorted(ALL))
def test_sentences_avoid_the_words_that_mislead(code: str) -> None:
    assert not MISLEADING_FR.search(ALL[code].fr)
    assert not MISLEADING_EN.search(ALL[code].en)


@pytest.mark.parametrize("code", sorted(ALL))
def test_both_languages_name_the_same_things(code: str) -> None:
    named = [
        {name for _, name, _, _ in Formatter().parse(text) if name} for text in (ALL[code].fr, ALL[code].en)
    ]
    assert named[0] == named[1]


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_code_begins_with_its_check(code: str) -> None:
    assert re.fullmatch(r"[a-z]+(\.[a-z0-9_]+)+", code)
    assert CheckId(code.partition(".")[0])


def test_every_check_but_the_first_and_the_last_can_say_that_it_was_not_made() -> None:
    not_run = {code for code in MESSAGES if code.endswith(".not_run")}
    assert not_run == {f"{check}.not_run" for check in list(CheckId)[1:-1]}
    assert all(MESSAGES[code].outcome is Outcome.NOT_APPLICABLE for code in not_run)


def test_french_sets_spaces_and_apostrophes() -> None:
    assert french("L'état : « oui » ; non ?") == "L’état\u202f: «\u202foui\u202f»\u202f; non\u202f?"


def test_dates_are_written_in_full_with_their_zone() -> None:
    assert long_date(date(2026, 11, 1)).fr == "1er novembre 2026"
    assert long_date(date(2026, 11, 24)).en == "24 November 2026"
    assert (
        long_instant(datetime(2026, 11, 24, 9, 5, tzinfo=UTC)).fr
        == "24 novembre 2026 à 09:05 (temps universel)"
    )


def test_every_code_has_a_cause_and_a_remedy_and_nothing_else_has() -> None:
    assert set(ADVICE) == set(ALL)
    assert {advice.remedy for advice in ADVICE.values()} == set(Remedy)


def test_what_is_not_good_comes_with_something_to_do_and_what_is_good_with_nothing() -> None:
    idle = {Remedy.NOTHING, Remedy.NO_EFFECT}
    for code, message in MESSAGES.items():
        assert (ADVICE[code].remedy in idle) <= (message.outcome not in {Outcome.FAIL, Outcome.UNKNOWN})
        assert (ADVICE[code].remedy in idle) >= (message.outcome is Outcome.PASS)


@pytest.mark.parametrize("code", sorted(ALL))
def test_causes_and_remedies_are_set_and_worded_as_sentences_are(code: str) -> None:
    for text in (ADVICE[code].cause, ADVICE[code].remedy.value):
        assert text.fr.endswith(".")
        assert text.en.endswith(".")
        assert not re.search(r"[ \u00a0][;:!?»]|«[ \u00a0]|'", text.fr)
        assert "'" not in text.en
        assert not MISLEADING_FR.search(text.fr.replace("erreur matérielle", ""))
        assert not MISLEADING_EN.search(text.en)


def test_the_paper_lists_every_code_as_it_is() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
