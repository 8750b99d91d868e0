"""From checks to one word: the order of precedence, and nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from credentials.report import Check, CheckId, Outcome, Verdict

_ORDER: Final[Mapping[Verdict, int]] = {verdict: rank for rank, verdict in enumerate(Verdict)}

_FAILED: Final[Mapping[CheckId, Verdict]] = {
    CheckId.PARSE: Verdict.MALFORMED,
    CheckId.STRUCTURE: Verdict.MALFORMED,
    CheckId.CONTEXTS: Verdict.MALFORMED,
    CheckId.PROOF: Verdict.MODIFIED,
    # A signature that is not the issuer's says no more for the document than a broken one.
    CheckId.KEY: Verdict.MODIFIED,
    CheckId.ISSUER: Verdict.UNKNOWN_ISSUER,
    CheckId.PERIOD: Verdict.EXPIRED,
    CheckId.STATUS: Verdict.REVOKED,
    # VCDM 2.0, section 5.3: a resource that is used and does not match is an error. What was handed
    # in beside the document is not what the issuer signed.
    CheckId.RELATED: Verdict.MODIFIED,
    CheckId.HOLDER: Verdict.INCOMPLETE,
}

_FAILED_BY_CODE: Final[Mapping[str, Verdict]] = {
    # Nobody can say of a document without a proof, or with an unreadable one, that it was modified.
    "proof.missing": Verdict.MALFORMED,
    **dict.fromkeys(
        (
            "proof.malformed",
            "proof.too_many",
            "proof.member",
            "proof.verification_method",
            "proof.created",
            "proof.expires",
            "proof.value",
            "proof.base_only",
            "proof.token_header",
            "proof.token_type",
            "proof.token_unsigned",
            "proof.claim_missing",
            "proof.claim_malformed",
            "proof.claims_differ",
            "key.did",
            "key.method_malformed",
        ),
        Verdict.MALFORMED,
    ),
    "period.not_yet_valid": Verdict.NOT_YET_VALID,
    "period.proof_not_begun": Verdict.NOT_YET_VALID,
    "status.replaced": Verdict.REPLACED,
    "status.suspended": Verdict.SUSPENDED,
    # A bundle stands no better than what it holds.
    "related.embedded_unknown_issuer": Verdict.UNKNOWN_ISSUER,
    "related.embedded_withdrawn": Verdict.REVOKED,
    "related.embedded_suspended": Verdict.SUSPENDED,
    "related.embedded_not_yet_valid": Verdict.NOT_YET_VALID,
    "related.embedded_ended": Verdict.EXPIRED,
}

ACCEPTED_ABSENCES: Final = frozenset(
    {"status.none_declared", "related.none", "related.not_at_hand", "holder.compare"}
)
"""The only answers ``not-applicable`` beside which a document can still be valid."""


def implied_by(check: Check) -> Verdict:
    """Give the verdict that one check, taken alone, allows.

    Args:
        check: The check.

    Returns:
        ``valid`` where the check stands in the way of nothing.
    """
    match check.outcome:
        case Outcome.PASS:
            return Verdict.VALID
        case Outcome.FAIL:
            return _FAILED_BY_CODE.get(check.code, _FAILED[check.id])
        case Outcome.NOT_APPLICABLE if check.code in ACCEPTED_ABSENCES:
            return Verdict.VALID
        case _:
            return Verdict.INCOMPLETE


def verdict_of(checks: Iterable[Check]) -> Verdict:
    """Give the first verdict that applies, in the order of :class:`Verdict`.

    Args:
        checks: The checks; one that is missing counts as not made.

    Returns:
        The verdict; ``valid`` only where every check was made and none stands in the way.
    """
    seen = list(checks)
    complete = {check.id for check in seen} == set(CheckId)
    implied = [implied_by(check) for check in seen]
    return min([*implied, Verdict.VALID if complete else Verdict.INCOMPLETE], key=_ORDER.__getitem__)


def worst_of(checks: Sequence[Check]) -> Check:
    """Give the answer that decides where one check looked at several things.

    Args:
        checks: At least one answer.

    Returns:
        The first of those whose implied verdict comes first.
    """
    return min(checks, key=lambda check: _ORDER[implied_by(check)])
