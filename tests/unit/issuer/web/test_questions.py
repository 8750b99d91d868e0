"""The five answers: *yes* only where everything that it rests on has passed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials.report import Check, CheckId, Outcome, Sentence, Verdict, VerificationReport
from issuer.web import create_app
from issuer.web.pages import foreign
from issuer.web.questions import Answer, questions
from tests.support.fake_desk import PAGES, FakeDesk

OUTCOMES = st.sampled_from(Outcome)
INTACT, ORIGIN, IN_FORCE, FORMAT, HOLDER = range(5)


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    application = create_app(FakeDesk())
    with application.test_request_context("/"):
        yield application


def report_with(outcomes: dict[CheckId, Outcome]) -> VerificationReport:
    checks = tuple(
        Check(check, outcomes.get(check, Outcome.PASS), f"{check}.x", Sentence(check.value, check.value))
        for check in CheckId
    )
    return VerificationReport(Verdict.VALID, datetime(2026, 1, 1, tzinfo=UTC), "json", checks)


def answers(**outcomes: Outcome) -> list[Answer]:
    named = {CheckId(name): outcome for name, outcome in outcomes.items()}
    return [question.answer for question in questions(report_with(named))]


def test_all_passed_is_four_yes_and_one_for_the_reader(app: Flask) -> None:
    assert answers() == [Answer.YES] * 4 + [Answer.READER]


@pytest.mark.parametrize(
    ("check", "question"),
    [
        ("parse", INTACT),
        ("contexts", INTACT),
        ("proof", INTACT),
        ("key", ORIGIN),
        ("issuer", ORIGIN),
        ("period", IN_FORCE),
        ("status", IN_FORCE),
        ("structure", FORMAT),
        ("related", FORMAT),
    ],
)
def test_a_failure_is_a_no_and_an_unknown_is_not_checked(app: Flask, check: str, question: int) -> None:
    assert answers(**{check: Outcome.FAIL})[question] is Answer.NO
    assert answers(**{check: Outcome.UNKNOWN})[question] is Answer.UNCHECKED


def test_a_bad_signature_affirms_neither_origin_nor_state(app: Flask) -> None:
    given_answers = answers(proof=Outcome.FAIL)
    assert given_answers[ORIGIN] is given_answers[IN_FORCE] is Answer.UNCHECKED


def test_an_unknown_issuer_affirms_no_state(app: Flask) -> None:
    assert answers(issuer=Outcome.FAIL)[IN_FORCE] is Answer.UNCHECKED


def test_a_document_that_declares_no_status_is_not_said_to_be_in_force(app: Flask) -> None:
    assert answers(status=Outcome.NOT_APPLICABLE)[IN_FORCE] is Answer.UNCHECKED


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(outcomes=st.dictionaries(st.sampled_from(CheckId), OUTCOMES))
def test_what_was_not_checked_is_never_a_yes(app: Flask, outcomes: dict[CheckId, Outcome]) -> None:
    report = report_with(outcomes)
    intact, origin, in_force, form, holder = (question.answer for question in questions(report))
    passed = {check.id for check in report.checks if check.outcome is Outcome.PASS}
    assert (intact is Answer.YES) <= ({CheckId.PARSE, CheckId.CONTEXTS, CheckId.PROOF} <= passed)
    assert (origin is Answer.YES) <= ({CheckId.PROOF, CheckId.KEY, CheckId.ISSUER} <= passed)
    assert (in_force is Answer.YES) <= (
        {CheckId.PROOF, CheckId.ISSUER, CheckId.PERIOD, CheckId.STATUS} <= passed
    )
    assert (form is Answer.YES) <= (CheckId.STRUCTURE in passed)
    assert holder is Answer.READER


@given(outcomes=st.dictionaries(st.sampled_from(CheckId), OUTCOMES), known=st.booleans())
def test_content_is_vouched_for_only_behind_a_known_issuers_good_signature(
    app: Flask, outcomes: dict[CheckId, Outcome], known: bool
) -> None:
    own = PAGES["titre"].report
    report = replace(report_with(outcomes), credential=own.credential, issuer=own.issuer if known else None)
    passed = {check.id for check in report.checks if check.outcome is Outcome.PASS}
    assert foreign(report).vouched == (known and {CheckId.PROOF, CheckId.KEY, CheckId.ISSUER} <= passed)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_a_banner_even_without_a_readable_document(app: Flask, verdict: Verdict) -> None:
    banner = foreign(replace(report_with({}), verdict=verdict)).banner
    assert banner.headline
    assert banner.shape
    assert (banner.tone.value == "good") == (verdict is Verdict.VALID)
