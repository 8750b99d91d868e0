"""Documents that hold others, as a learner record does: they are told by what each of those is worth."""

from collections.abc import Sequence
from datetime import datetime

from credentials.report import CheckId, EmbeddedReport, Outcome, Verdict, VerificationReport
from credentials.verdict import implied_by
from issuer.web.language import gettext

_NO_STATE = "status.none_declared"
_BY_CODE = {
    "related.embedded_altered": frozenset({Verdict.MALFORMED, Verdict.MODIFIED}),
    "related.embedded_unknown_issuer": frozenset({Verdict.UNKNOWN_ISSUER}),
    "related.embedded_withdrawn": frozenset({Verdict.REVOKED, Verdict.REPLACED}),
    "related.embedded_suspended": frozenset({Verdict.SUSPENDED}),
    "related.embedded_not_yet_valid": frozenset({Verdict.NOT_YET_VALID}),
    "related.embedded_ended": frozenset({Verdict.EXPIRED}),
    "related.embedded_not_checked": frozenset({Verdict.INCOMPLETE}),
}
"""Of which verdicts on a member an answer on the whole speaks."""


def members(report: VerificationReport) -> Sequence[EmbeddedReport]:
    """Give the documents that a document holds; what recommends it is not of them."""
    return tuple(item for item in report.embedded if not item.endorses)


def title_of(report: VerificationReport) -> str:
    """Give what a document calls itself, in the reader's language where it does not."""
    return (report.credential.name if report.credential else "") or gettext("document sans intitulé")


def has_own_state(report: VerificationReport) -> bool:
    """Say whether a document points to a list of its own, whatever the list said."""
    return all(check.code != _NO_STATE for check in report.checks)


def state_looked_up(report: VerificationReport) -> bool:
    """Say whether the present state was looked up: the document's own, or that of everything it holds."""
    passed = {check.id for check in report.checks if check.outcome is Outcome.PASS}
    if CheckId.PERIOD not in passed:
        return False
    if has_own_state(report):
        return CheckId.STATUS in passed
    held = members(report)
    return bool(held) and CheckId.RELATED in passed and all(state_looked_up(item.report) for item in held)


def looked_up_at(report: VerificationReport) -> datetime | None:
    """Give the oldest date of the lists that a document and all that it holds were compared with."""
    own = [check.as_of for check in report.checks if check.as_of is not None]
    held = [instant for item in members(report) if (instant := looked_up_at(item.report)) is not None]
    return min((*own, *held), default=None)


def deciding_code(report: VerificationReport) -> str | None:
    """Give the answer on what a document holds where that alone makes its verdict, else None."""
    implied = {check.id: implied_by(check) for check in report.checks}
    deciding = [check_id for check_id, verdict in implied.items() if verdict is report.verdict]
    if deciding != [CheckId.RELATED]:
        return None
    return report.check(CheckId.RELATED).code


def concerned(report: VerificationReport, code: str) -> str:
    """Name the members of which an answer on the whole speaks, between quotation marks.

    Args:
        report: The report on the whole.
        code: The answer's code.

    Returns:
        The names, in the document's order; empty for an answer that speaks of no member.
    """
    verdicts = _BY_CODE.get(code, frozenset())
    found = (title_of(item.report) for item in members(report) if item.report.verdict in verdicts)
    return ", ".join(gettext("« %(title)s »", title=title) for title in found)
