"""Every code that a report can hold is produced by a real input, with what its verification rests on."""

import re
from collections import defaultdict
from functools import cache

import pytest

from credentials import CheckId, Outcome
from credentials.authenticity import Authenticity
from credentials.messages import MESSAGES, NOTICES
from tests.unit.credentials.verification.codes.beside import BESIDE
from tests.unit.credentials.verification.codes.cases import Case, Produced, checks_of
from tests.unit.credentials.verification.codes.form import FORM
from tests.unit.credentials.verification.codes.origin import ORIGIN
from tests.unit.credentials.verification.codes.standing import STANDING

CASES: dict[str, Case] = {**FORM, **ORIGIN, **STANDING}
ALL: dict[str, Case] = {**CASES, **BESIDE}


@cache
def produced(code: str) -> Produced:
    """Judge the input of a code, once."""
    return ALL[code]()


def test_every_code_has_an_input_and_every_input_a_code() -> None:
    assert set(CASES) == set(MESSAGES)
    assert set(BESIDE) == set(NOTICES)


@pytest.mark.parametrize("code", sorted(CASES))
def test_a_code_is_produced_by_its_input(code: str) -> None:
    assert code in {check.code for check in checks_of(produced(code))}


@pytest.mark.parametrize("code", sorted(BESIDE))
def test_a_notice_is_produced_by_its_input(code: str) -> None:
    report = produced(code)
    assert not isinstance(report, Authenticity)
    said = {(notice.fr, notice.en) for notice in report.notices}
    wanted = _pattern(NOTICES[code].fr), _pattern(NOTICES[code].en)
    assert any(wanted[0].fullmatch(fr) and wanted[1].fullmatch(en) for fr, en in said)


def test_over_all_inputs_a_code_has_one_outcome_and_belongs_to_its_check() -> None:
    outcomes = defaultdict[str, set[Outcome]](set)
    for code in ALL:
        for check in checks_of(produced(code)):
            outcomes[check.code].add(check.outcome)
            assert check.id is CheckId(check.code.partition(".")[0])
    assert outcomes == {code: {message.outcome} for code, message in MESSAGES.items()}


def test_a_report_advises_exactly_where_something_failed_or_is_open() -> None:
    for code in CASES:
        for check in checks_of(produced(code)):
            assert (check.remedy is not None) is (check.outcome in {Outcome.FAIL, Outcome.UNKNOWN})


EVERY = frozenset(Outcome)
OUTCOMES = {
    CheckId.PARSE: EVERY - {Outcome.NOT_APPLICABLE},
    CheckId.STRUCTURE: EVERY,
    CheckId.CONTEXTS: EVERY,
    CheckId.PROOF: EVERY,
    CheckId.KEY: EVERY,
    CheckId.ISSUER: EVERY,
    CheckId.PERIOD: EVERY,
    CheckId.STATUS: EVERY,
    CheckId.RELATED: EVERY,
    CheckId.HOLDER: {Outcome.NOT_APPLICABLE},
}
"""A file is always there to be read; a person never is."""


@pytest.mark.parametrize("check_id", list(CheckId))
def test_every_outcome_of_a_check_is_met(check_id: CheckId) -> None:
    met = {check.outcome for code in CASES for check in checks_of(produced(code)) if check.id is check_id}
    assert met == OUTCOMES[check_id]


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(template)))
