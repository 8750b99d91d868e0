"""Credentials inside a document, as part of ``related``: each is judged as a document of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from credentials.canonical.embedded import Embedded
from credentials.json_input import JsonObject
from credentials.messages import answer, sentence
from credentials.report import (
    Check,
    CheckId,
    EmbeddedReport,
    Outcome,
    Sentence,
    Verdict,
    VerificationReport,
)

_CODES: Final = {
    Verdict.MALFORMED: "related.embedded_altered",
    Verdict.MODIFIED: "related.embedded_altered",
    Verdict.UNKNOWN_ISSUER: "related.embedded_unknown_issuer",
    Verdict.REVOKED: "related.embedded_withdrawn",
    Verdict.REPLACED: "related.embedded_withdrawn",
    Verdict.SUSPENDED: "related.embedded_suspended",
    Verdict.NOT_YET_VALID: "related.embedded_not_yet_valid",
    Verdict.EXPIRED: "related.embedded_ended",
    Verdict.INCOMPLETE: "related.embedded_not_checked",
    Verdict.VALID: "related.embedded_in_force",
}
_SECURING: Final = (CheckId.PARSE, CheckId.STRUCTURE, CheckId.CONTEXTS, CheckId.PROOF, CheckId.KEY)
"""What an endorsement must withstand before it may stand in a document at all.

The outer signature covers the statements of both, not who makes them. An endorsement that its own proof does
not settle could be changed to take over statements of the document, which would still verify without them.
"""

Judge = Callable[[JsonObject], VerificationReport]
"""Judges one credential."""


@dataclass(frozen=True, slots=True)
class Members:
    """What was found of the credentials in a document.

    Attributes:
        answers: An answer of the ``related`` check for each member, and for each endorsement that its own
            proof does not settle.
        notices: What is said of endorsements.
        reports: The report of each.
    """

    answers: tuple[Check, ...] = ()
    notices: tuple[Sentence, ...] = ()
    reports: tuple[EmbeddedReport, ...] = ()


def judge_all(found: Sequence[Embedded], judge: Judge, *, left: int) -> Members:
    """Judge the credentials in a document.

    Args:
        found: The credentials in a document whose own proof holds.
        judge: Judges one.
        left: How many may still be judged in this verification.

    Spec: Open Badges 3.0, EndorsementCredential Verification; CLR 2.0, ClrSubject.
    """
    if len(found) > left:
        return Members(answers=(answer("related.embedded_too_many", where=found[0].where),))
    reports = tuple(EmbeddedReport(item.where, judge(item.content), endorses=item.endorses) for item in found)
    members = [_answer(report, len(found)) for report in reports if not report.endorses]
    endorsements = [report for report in reports if report.endorses]
    return Members(
        answers=(*members, *(fault for report in endorsements if (fault := _unsettled(report)) is not None)),
        notices=tuple(dict.fromkeys(map(_notice, endorsements))),
        reports=reports,
    )


def _unsettled(item: EmbeddedReport) -> Check | None:
    """Give what keeps an endorsement from being the one that was signed, or None where it is."""
    outcomes = {item.report.check(check_id).outcome for check_id in _SECURING}
    if Outcome.FAIL in outcomes:
        return answer("related.endorsement_altered", where=item.where)
    return None if outcomes == {Outcome.PASS} else answer("related.endorsement_not_checked", where=item.where)


def _answer(item: EmbeddedReport, total: int) -> Check:
    # Where all is well, no member is the one to look at.
    where = item.where if item.report.verdict is not Verdict.VALID else None
    return answer(_CODES[item.report.verdict], where=where, params={"total": str(total)})


def _notice(item: EmbeddedReport) -> Sentence:
    """What others say in favour of a document makes it no better; it is told beside the checks."""
    in_force = item.report.verdict is Verdict.VALID
    return sentence("notice.endorsement_in_force" if in_force else "notice.endorsement_not_established")
