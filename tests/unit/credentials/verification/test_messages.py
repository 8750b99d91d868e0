"""The sentences: complete, set as French is, and free of the words that mislead."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from string import Formatter

import pytest

from credentials import CheckId, Outcome
from credentials.messages import MESSAGES, NOTICES, french, long_date, long_instant
from credentials.verdict import implied_by
from tests.unit.credentials.verification.test_verdict import a_check

REPORT_PAPER = Path(__file__).parents[4] / "docs" / "report.md"
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


def table() -> str:
    """Make the table of codes of ``docs/report.md``."""
    lines = ["| code | outcome | verdict alone | French | English |", "|---|---|---|---|---|"]
    order = [check.value for check in CheckId]
    for code in sorted(MESSAGES, key=lambda item: (order.index(item.partition(".")[0]), item)):
        message = MESSAGES[code]
        verdict = implied_by(a_check(code)).value
        lines.append(f"| `{code}` | {message.outcome} | {verdict} | {message.fr} | {message.en} |")
    lines += ["", "| notice | French | English |", "|---|---|---|"]
    lines += [f"| `{code}` | {message.fr} | {message.en} |" for code, message in NOTICES.items()]
    return "\n".join(lines) + "\n"


def test_the_paper_lists_every_code_as_it_is() -> None:
    assert REPORT_PAPER.read_text(encoding="utf-8").count(table()) == 1
    assert REPORT_PAPER.read_text(encoding="utf-8").endswith(table())
