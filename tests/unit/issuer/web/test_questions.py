"""The five answers: *yes* only where everything that it rests on has passed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials.report import Check, CheckId, Outcome, Sentence, Verdict, VerificationReport
from credentials.verdict import verdict_of
from issuer.web import create_app
from issuer.web.looks import Tone
from issuer.web.pages import foreign
from issuer.web.questions import Answer, questions
from tests.support.fake_desk import PAGES, FakeDesk

OUTCOMES = st.sampled_from(Outcome)
LATER = {
    "status.not_at_hand": True,
    "status.not_found": True,
    "status.unreachable": True,
    "status.list_ended": True,
    "status.list_too_old": True,
    "status.network_off": False,
    "status.refused": False,
    "status.too_large": False,
    "status.unsupported_type": False,
    "status.purpose_mismatch": False,
    "status.index_out_of_range": False,
}
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
        ("contexts", INTACT),
        ("proof", INTACT),
        ("key", ORIGIN),
        ("period", IN_FORCE),
        ("status", IN_FORCE),
        ("structure", FORMAT),
        ("related", FORMAT),
    ],
)
def test_a_failure_is_a_no_and_an_unknown_is_not_checked(app: Flask, check: str, question: int) -> None:
    assert answers(**{check: Outcome.FAIL})[question] is Answer.NO
    assert answers(**{check: Outcome.UNKNOWN})[question] is Answer.UNCHECKED


def test_an_issuer_that_is_not_known_is_not_established_rather_than_denied(app: Flask) -> None:
    origin = questions(report_with({CheckId.ISSUER: Outcome.FAIL}))[ORIGIN]
    assert (origin.answer, origin.word) == (Answer.UNCHECKED, "Non établi")


def test_a_vocabulary_that_is_not_known_is_no_recognised_format(app: Flask) -> None:
    assert answers(contexts=Outcome.UNKNOWN)[FORMAT] is Answer.UNCHECKED


RELATED = {
    "related.mismatch": INTACT,
    "related.embedded_altered": INTACT,
    "related.endorsement_altered": INTACT,
    "related.embedded_withdrawn": IN_FORCE,
    "related.embedded_suspended": IN_FORCE,
    "related.embedded_not_yet_valid": IN_FORCE,
    "related.embedded_ended": IN_FORCE,
}


@pytest.mark.parametrize(("code", "question"), RELATED.items())
def test_what_is_wrong_with_what_a_document_holds_is_wrong_with_the_document(
    app: Flask, code: str, question: int
) -> None:
    failed = Check(CheckId.RELATED, Outcome.FAIL, code, Sentence("x", "x"))
    report = report_with({})
    checks = tuple(failed if check.id is failed.id else check for check in report.checks)
    given_answers = [item.answer for item in questions(replace(report, checks=checks))]
    assert given_answers[question] is Answer.NO
    assert given_answers.count(Answer.NO) == 1


@pytest.mark.parametrize(
    "code", ["parse.not_json", "proof.missing", "proof.malformed", "key.method_malformed"]
)
def test_what_could_not_be_read_is_not_said_to_be_changed(app: Flask, code: str) -> None:
    checks = report_with({}).checks
    failed = Check(CheckId(code.partition(".")[0]), Outcome.FAIL, code, Sentence("x", "x"))
    report = replace(
        report_with({}), checks=tuple(failed if check.id is failed.id else check for check in checks)
    )
    assert Answer.NO not in [question.answer for question in questions(report)]


def test_a_format_unknown_here_is_named_without_jargon(app: Flask) -> None:
    intact = questions(report_with({CheckId.CONTEXTS: Outcome.UNKNOWN}))[INTACT]
    assert intact.reason == "Le document emploie un format que ce service ne connaît pas."


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
@pytest.mark.parametrize("readable", [True, False])
def test_every_verdict_has_a_banner_even_without_a_readable_document(
    app: Flask, verdict: Verdict, *, readable: bool
) -> None:
    credential = PAGES["titre"].report.credential if readable else None
    banner = foreign(replace(report_with({}), verdict=verdict, credential=credential)).banner
    assert banner.headline
    assert banner.shape
    assert (banner.tone is Tone.GOOD) == (verdict is Verdict.VALID and readable)
    assert readable or banner.tone is Tone.HITCH


@given(outcomes=st.dictionaries(st.sampled_from(CheckId), OUTCOMES))
def test_full_green_stands_only_over_a_state_that_was_looked_up(
    app: Flask, outcomes: dict[CheckId, Outcome]
) -> None:
    report = replace(report_with(outcomes), credential=PAGES["titre"].report.credential)
    report = replace(report, verdict=verdict_of(report.checks))
    if foreign(report).banner.tone is Tone.GOOD:
        assert questions(report)[IN_FORCE].answer is Answer.YES


@given(outcomes=st.dictionaries(st.sampled_from(CheckId), OUTCOMES), known=st.booleans())
def test_a_document_is_excused_only_when_what_is_missing_may_be_had_later(
    app: Flask, outcomes: dict[CheckId, Outcome], known: bool
) -> None:
    own = PAGES["titre"].report
    report = replace(report_with(outcomes), credential=own.credential, issuer=own.issuer if known else None)
    shown = foreign(replace(report, verdict=Verdict.INCOMPLETE))
    excused = "ne met pas en cause" in (shown.banner.detail or "")
    assert excused == (shown.vouched and outcomes.get(CheckId.CONTEXTS, Outcome.PASS) is Outcome.PASS)
    assert excused != shown.banner.headline.startswith("Rien ne prouve")


@given(outcomes=st.dictionaries(st.sampled_from(CheckId), OUTCOMES))
def test_later_is_only_promised_for_what_time_can_mend(app: Flask, outcomes: dict[CheckId, Outcome]) -> None:
    """Here every code is one that nobody knows: none of them is known to pass by itself."""
    own = PAGES["titre"].report
    report = replace(report_with(outcomes), credential=own.credential, issuer=own.issuer)
    shown = foreign(replace(report, verdict=Verdict.INCOMPLETE)).banner
    assert "plus tard" not in (shown.detail or "")


@pytest.mark.parametrize(("code", "later"), LATER.items())
def test_each_missing_material_is_or_is_not_worth_a_second_try(app: Flask, code: str, *, later: bool) -> None:
    own = PAGES["titre"].report
    unknown = Check(CheckId.STATUS, Outcome.UNKNOWN, code, Sentence("x", "x"))
    checks = tuple(unknown if check.id is CheckId.STATUS else check for check in own.checks)
    detail = foreign(replace(own, verdict=Verdict.INCOMPLETE, checks=checks)).banner.detail or ""
    assert "Cela ne met pas en cause le document." in detail
    assert ("Réessayez plus tard" in detail) is later
