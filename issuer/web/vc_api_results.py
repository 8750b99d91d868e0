"""What the VC API answers: a report in the form of its OpenAPI document."""

from collections.abc import Sequence

from credentials.json_input import JsonObject, JsonValue
from credentials.presentations import PresentationReport
from credentials.problem_types import is_presented, is_verified
from credentials.report import Check, CheckId, Outcome, VerificationReport
from credentials.structure.values import objects_of
from issuer.web.problem_details import problem_details
from issuer.web.vc_api_requests import CredentialRequest, PresentationRequest

_SIGNED = (CheckId.CONTEXTS, CheckId.PROOF, CheckId.KEY)


def credential_result(
    report: VerificationReport, request: CredentialRequest, base_url: str
) -> dict[str, object]:
    """Answer for one credential.

    Args:
        report: What was found.
        request: The credential, and what the answer is to hold.
        base_url: The service's own address.

    Spec: VCALM, Verify Credential (VerifyCredentialResult).
    """
    asked: dict[str, object] = {"verified": is_verified(report)}
    if request.return_problem_details:
        asked["problemDetails"] = problem_details(report.checks, base_url)
    if request.return_credential:
        asked["credential"] = request.credential
    if request.return_results:
        asked["results"] = _results(report, request.credential)
    return asked


def presentation_result(
    report: PresentationReport, request: PresentationRequest, base_url: str
) -> dict[str, object]:
    """Answer for a presentation, and for each credential in it.

    Args:
        report: What was found.
        request: The presentation, and what the answer is to hold.
        base_url: The service's own address.

    Spec: VCALM, Verify Presentation (VerifyPresentationResult).
    """
    asked: dict[str, object] = {"verified": is_presented(report)}
    if request.return_problem_details:
        asked["problemDetails"] = problem_details(report.checks, base_url)
    if request.return_presentation:
        asked["verifiablePresentation"] = request.presentation
    if request.return_results:
        told = request.return_problem_details
        asked["results"] = {
            "presentation": _presentation_results(report, request),
            "credentials": [
                {
                    "verified": is_verified(item.report),
                    **({"problemDetails": problem_details(item.report.checks, base_url)} if told else {}),
                }
                for item in report.credentials
            ],
        }
    return asked


def _presentation_results(report: PresentationReport, request: PresentationRequest) -> dict[str, object]:
    """Answer for the presentation itself; challenge and domain hold with the proof that names them."""
    proofs = _proof_results(report.checks, request.presentation)
    named = {"challenge": request.challenge, "domain": request.domain, "holder": report.holder}
    return {
        **{
            name: {"verified": report.verified, "input": value}
            for name, value in named.items()
            if value is not None
        },
        **({"proof": proofs} if proofs else {}),
    }


def _results(report: VerificationReport, credential: JsonObject) -> dict[str, object]:
    """Answer for each proof, date and status entry: all of a kind hold, or none is said to."""
    period = _passed(report.checks, CheckId.PERIOD)
    dates = {name: credential[name] for name in ("validFrom", "validUntil") if name in credential}
    proofs = _proof_results(report.checks, credential)
    entries = [
        {"verified": _passed(report.checks, CheckId.STATUS), "input": entry}
        for entry in objects_of(credential.get("credentialStatus"))
    ]
    return {
        **{
            name: {"verified": period or _is_ended_only(report, name), "input": value}
            for name, value in dates.items()
            if isinstance(value, str)
        },
        **({"credentialStatus": entries} if entries else {}),
        **({"proof": proofs} if proofs else {}),
    }


def _proof_results(checks: Sequence[Check], document: JsonObject) -> Sequence[dict[str, JsonValue]]:
    """Answer for each proof of a document: all hold, or none is said to."""
    held = all(_passed(checks, check_id) for check_id in _SIGNED)
    return [{"verified": held, "input": proof} for proof in objects_of(document.get("proof"))]


def _is_ended_only(report: VerificationReport, name: str) -> bool:
    """Say whether a date holds though the other one does not."""
    others = {"validFrom": "period.ended", "validUntil": "period.not_yet_valid"}
    return any(check.code == others[name] for check in report.checks)


def _passed(checks: Sequence[Check], check_id: CheckId) -> bool:
    return any(check.id is check_id and check.outcome is Outcome.PASS for check in checks)
