"""The order of the verdicts: the first that applies, for every pair."""

from collections.abc import Iterator
from itertools import combinations, product

import pytest

from credentials import Check, CheckId, Outcome, Sentence, Verdict
from credentials.messages import MESSAGES
from credentials.verdict import ACCEPTED_ABSENCES, implied_by, verdict_of, worst_of

GOOD = {
    CheckId.PARSE: "parse.ok",
    CheckId.STRUCTURE: "structure.ok",
    CheckId.CONTEXTS: "contexts.ok",
    CheckId.PROOF: "proof.ok",
    CheckId.KEY: "key.listed",
    CheckId.ISSUER: "issuer.known",
    CheckId.PERIOD: "period.in_force",
    CheckId.STATUS: "status.in_force",
    CheckId.RELATED: "related.match",
    CheckId.HOLDER: "holder.compare",
}
CAUSES = {
    Verdict.MALFORMED: ("parse.not_json", "structure.missing_member", "contexts.undefined", "proof.missing"),
    Verdict.MODIFIED: (
        "proof.signature_mismatch",
        "key.controller_not_issuer",
        "key.not_listed",
        "related.mismatch",
    ),
    Verdict.UNKNOWN_ISSUER: ("issuer.unknown",),
    Verdict.REVOKED: ("status.revoked",),
    Verdict.REPLACED: ("status.replaced",),
    Verdict.SUSPENDED: ("status.suspended",),
    Verdict.NOT_YET_VALID: ("period.not_yet_valid",),
    Verdict.EXPIRED: ("period.ended", "period.proof_ended"),
    Verdict.INCOMPLETE: ("status.not_at_hand", "key.network_off", "proof.key_unavailable", "related.not_run"),
    Verdict.VALID: ("parse.ok", "status.none_declared", "related.none", "related.not_at_hand"),
}


def a_check(code: str) -> Check:
    return Check(CheckId(code.partition(".")[0]), MESSAGES[code].outcome, code, Sentence("", ""))


def good_checks() -> list[Check]:
    return [a_check(code) for code in GOOD.values()]


def pairs() -> Iterator[tuple[Verdict, str, str]]:
    for first, second in combinations(Verdict, 2):
        for code, other in product(CAUSES[first], CAUSES[second]):
            yield first, code, other


@pytest.mark.parametrize(("expected", "code", "other"), list(pairs()))
def test_of_two_causes_the_earlier_verdict_is_given(expected: Verdict, code: str, other: str) -> None:
    checks = [*good_checks(), a_check(code), a_check(other)]
    assert verdict_of(checks) is expected
    assert verdict_of(reversed(checks)) is expected


@pytest.mark.parametrize(("verdict", "code"), [(v, c) for v, codes in CAUSES.items() for c in codes])
def test_each_cause_gives_its_verdict(verdict: Verdict, code: str) -> None:
    assert verdict_of([*good_checks(), a_check(code)]) is verdict


def test_ten_good_checks_are_valid() -> None:
    assert verdict_of(good_checks()) is Verdict.VALID


@pytest.mark.parametrize("missing", list(CheckId))
def test_a_check_that_was_not_made_is_never_valid(missing: CheckId) -> None:
    checks = [check for check in good_checks() if check.id is not missing]
    assert verdict_of(checks) is Verdict.INCOMPLETE


def test_no_checks_at_all_are_incomplete() -> None:
    assert verdict_of([]) is Verdict.INCOMPLETE


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_only_good_answers_and_named_absences_allow_valid(code: str) -> None:
    good = MESSAGES[code].outcome is Outcome.PASS or code in ACCEPTED_ABSENCES
    assert (implied_by(a_check(code)) is Verdict.VALID) is good


@pytest.mark.parametrize("code", [code for code in MESSAGES if MESSAGES[code].outcome is Outcome.UNKNOWN])
def test_what_could_not_be_checked_is_incomplete(code: str) -> None:
    assert verdict_of([*good_checks(), a_check(code)]) is Verdict.INCOMPLETE


@pytest.mark.parametrize("code", [code for code in MESSAGES if MESSAGES[code].outcome is Outcome.FAIL])
def test_what_failed_is_neither_valid_nor_incomplete(code: str) -> None:
    assert verdict_of([*good_checks(), a_check(code)]) not in {Verdict.VALID, Verdict.INCOMPLETE}


def test_of_several_answers_of_one_check_the_worst_decides() -> None:
    answers = [a_check(code) for code in ("status.in_force", "status.not_found", "status.suspended")]
    assert worst_of(answers).code == "status.suspended"
    assert worst_of([*answers, a_check("status.revoked")]).code == "status.revoked"
