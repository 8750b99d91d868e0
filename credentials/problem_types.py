"""The standards' own names for what a report says against a document, for interfaces that speak RFC 9457.

A report has ten checks; interfaces of the field have one word, ``verified``, which is about proof and form.
What speaks against a document beyond these (its period, its status, an issuer that nobody here knows) is told
beside that word and does not change it.

Spec: VCDM 2.0, section 7.2; Data Integrity 1.0, section 4.7; Controlled Identifiers 1.0, section 3.4;
Bitstring Status List 1.0, section 3.5.
"""

from collections.abc import Mapping
from typing import Final

from credentials.error_code import ErrorCode
from credentials.errors import CredentialError
from credentials.materials import Reason
from credentials.messages import code_of
from credentials.presentations import PresentationReport
from credentials.report import Check, CheckId, Outcome, VerificationReport
from credentials.status.problem_types import MALFORMED_VALUE_ERROR
from credentials.status.problem_types import problem_type as status_problem_type

_DATA_MODEL: Final = "https://www.w3.org/TR/vc-data-model#"
_SECURITY: Final = "https://w3id.org/security#"

PARSING_ERROR: Final = f"{_DATA_MODEL}PARSING_ERROR"
CRYPTOGRAPHIC_SECURITY_ERROR: Final = f"{_DATA_MODEL}CRYPTOGRAPHIC_SECURITY_ERROR"
DATA_LOSS_DETECTION_ERROR: Final = f"{_SECURITY}DATA_LOSS_DETECTION_ERROR"
PROOF_VERIFICATION_ERROR: Final = f"{_SECURITY}PROOF_VERIFICATION_ERROR"
PROOF_TRANSFORMATION_ERROR: Final = f"{_SECURITY}PROOF_TRANSFORMATION_ERROR"
INVALID_DOMAIN_ERROR: Final = f"{_SECURITY}INVALID_DOMAIN_ERROR"
INVALID_CHALLENGE_ERROR: Final = f"{_SECURITY}INVALID_CHALLENGE_ERROR"
INVALID_VERIFICATION_METHOD_URL: Final = f"{_SECURITY}INVALID_VERIFICATION_METHOD_URL"
INVALID_VERIFICATION_METHOD: Final = f"{_SECURITY}INVALID_VERIFICATION_METHOD"
INVALID_CONTROLLED_IDENTIFIER_DOCUMENT: Final = f"{_SECURITY}INVALID_CONTROLLED_IDENTIFIER_DOCUMENT"
INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID: Final = f"{_SECURITY}INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID"
INVALID_RELATIONSHIP: Final = f"{_SECURITY}INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD"

_OF_CHECK: Final[Mapping[CheckId, str]] = {
    CheckId.PARSE: PARSING_ERROR,
    CheckId.STRUCTURE: MALFORMED_VALUE_ERROR,
    CheckId.CONTEXTS: PROOF_VERIFICATION_ERROR,
    CheckId.PROOF: PROOF_VERIFICATION_ERROR,
    CheckId.KEY: INVALID_VERIFICATION_METHOD,
}
"""What a code is where no standard has a closer name."""

_NOT_OBTAINED: Final = frozenset(f"key.{reason.value}" for reason in Reason) | {"key.method_unsupported"}
"""No standard has a name for a key that could not be looked up."""

_UNNAMED: Final = _NOT_OBTAINED | {"structure.older_data_model", "proof.paper_differs"}

_OF_CODE: Final[Mapping[str, str]] = {
    **{
        code_of(CredentialError(code)): DATA_LOSS_DETECTION_ERROR
        for code in ErrorCode
        if code.value.startswith("lossless.")
    },
    **dict.fromkeys(
        ("contexts.invalid", "contexts.budget", "proof.not_computable"), PROOF_TRANSFORMATION_ERROR
    ),
    "contexts.missing": MALFORMED_VALUE_ERROR,
    "proof.signature_mismatch": CRYPTOGRAPHIC_SECURITY_ERROR,
    **dict.fromkeys(("proof.domain", "proof.domain_differs"), INVALID_DOMAIN_ERROR),
    **dict.fromkeys(("proof.challenge", "proof.challenge_differs"), INVALID_CHALLENGE_ERROR),
    **dict.fromkeys(
        ("proof.verification_method", "key.did", "key.method_malformed"), INVALID_VERIFICATION_METHOD_URL
    ),
    "key.document_malformed": INVALID_CONTROLLED_IDENTIFIER_DOCUMENT,
    "key.document_of_another": INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID,
    "key.not_for_this_use": INVALID_RELATIONSHIP,
    **dict.fromkeys(
        ("key.expired", "key.revoked", "key.revoked_since", "period.proof_ended", "period.proof_not_begun"),
        PROOF_VERIFICATION_ERROR,
    ),
}

_SECURING: Final = frozenset(_OF_CHECK)
_BREAKING: Final = frozenset(
    {
        "period.proof_ended",
        "period.proof_not_begun",
        "related.mismatch",
        "related.embedded_altered",
        "related.embedded_too_many",
        "related.endorsement_altered",
        "related.endorsement_not_checked",
    }
)
"""Answers beyond proof and form that break a verification: a proof out of its time, another part."""


def problem_type(code: str) -> str | None:
    """Give the standards' error type of a report code.

    Args:
        code: A code of :data:`credentials.messages.MESSAGES` with outcome ``fail`` or ``unknown``.

    Returns:
        A URL, or None where no standard has a name for it: a period that has ended, an unknown issuer.
    """
    named = _OF_CODE.get(code) or status_problem_type(code)
    return named or (None if code in _UNNAMED else _OF_CHECK.get(CheckId(code.partition(".")[0])))


def is_error(check: Check) -> bool:
    """Say whether one answer keeps a document from being verified; ``unknown`` and "not made" do as well.

    Args:
        check: The answer.

    Spec: VCDM 2.0, sections 5.3 (a resource that does not match is an error) and 7.1; Data Integrity 1.0,
    section 2.1 (expires).
    """
    if check.id in _SECURING:
        return check.outcome is not Outcome.PASS
    return check.code in _BREAKING


def is_verified(report: VerificationReport) -> bool:
    """Say whether proof and form of a document and of its members hold, whatever else there is to say of it.

    What others say in its favour makes a document neither better nor worse: endorsements do not count.

    Args:
        report: The report, with all its checks.
    """
    made = {check.id for check in report.checks}
    members = (item.report for item in report.embedded if not item.endorses)
    return (
        made >= _SECURING
        and not any(is_error(check) for check in report.checks)
        and all(is_verified(member) for member in members)
    )


def is_presented(report: PresentationReport) -> bool:
    """Say whether a presentation and every credential in it are verified.

    Args:
        report: The report of the presentation.

    Spec: VCALM, Verify Presentation.
    """
    return report.verified and all(is_verified(item.report) for item in report.credentials)
