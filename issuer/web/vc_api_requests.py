"""What the VC API is asked: read strictly, so that nobody believes in an option that nobody obeys."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from credentials.errors import InputError
from credentials.json_input import JsonObject, JsonValue, parse_object, pointer
from credentials.problem_types import PARSING_ERROR
from credentials.status.problem_types import MALFORMED_VALUE_ERROR
from issuer.web.problem_details import UNKNOWN_OPTION
from issuer.web.problems import ProblemError

_MAX_NAME_SHOWN = 60


@dataclass(frozen=True, slots=True)
class CredentialRequest:
    """A credential to verify, and what the answer is to hold.

    Attributes:
        credential: ``verifiableCredential``, with an embedded proof or an envelope.
        return_credential: Whether to give it back.
        return_results: Whether to say of each proof and date what became of it.
        return_problem_details: Whether to say what speaks against it; yes unless told otherwise.
    """

    credential: JsonObject
    return_credential: bool = False
    return_results: bool = False
    return_problem_details: bool = True


@dataclass(frozen=True, slots=True)
class PresentationRequest:
    """A presentation to verify, and what it must answer to.

    Attributes:
        presentation: ``verifiablePresentation``, with an embedded proof or an envelope.
        challenge: The question that the presentation must answer, or None.
        domain: The site for which it must be made, or None.
        return_presentation: Whether to give it back.
        return_results: Whether to answer for each credential in it; yes unless told otherwise.
        return_problem_details: Whether to say what speaks against it; yes unless told otherwise.
    """

    presentation: JsonObject
    challenge: str | None = None
    domain: str | None = None
    return_presentation: bool = False
    return_results: bool = True
    return_problem_details: bool = True


def credential_request(body: bytes) -> CredentialRequest:
    """Read the body of ``/credentials/verify``.

    Args:
        body: The bytes, of any content.

    Raises:
        ProblemError: 400: not JSON within our limits, an unknown member or option, or a value of
            another type.

    Spec: VCALM, Verify Credential; unknown data and options are errors.
    """
    document, options = _read(body, "verifiableCredential")
    _refuse_unknown(options, {"returnCredential", "returnResults", "returnProblemDetails"}, "/options")
    return CredentialRequest(
        document,
        return_credential=_truth(options, "returnCredential", default=False),
        return_results=_truth(options, "returnResults", default=False),
        return_problem_details=_truth(options, "returnProblemDetails", default=True),
    )


def presentation_request(body: bytes) -> PresentationRequest:
    """Read the body of ``/presentations/verify``.

    Args:
        body: The bytes, of any content.

    Raises:
        ProblemError: 400: not JSON within our limits, an unknown member or option, or a value of
            another type.

    Spec: VCALM, Verify Presentation; unknown data and options are errors.
    """
    document, options = _read(body, "verifiablePresentation")
    known = {"challenge", "domain", "returnPresentation", "returnResults", "returnProblemDetails"}
    _refuse_unknown(options, known, "/options")
    return PresentationRequest(
        document,
        challenge=_text(options, "challenge"),
        domain=_text(options, "domain"),
        return_presentation=_truth(options, "returnPresentation", default=False),
        return_results=_truth(options, "returnResults", default=True),
        return_problem_details=_truth(options, "returnProblemDetails", default=True),
    )


def _read(body: bytes, member: str) -> tuple[JsonObject, JsonObject]:
    try:
        request = parse_object(body)
    except InputError as error:
        place = f" At {error.where}." if error.where else ""
        raise _refusal(PARSING_ERROR, error.code.value, f"{error.en}{place}") from error
    _refuse_unknown(request, {member, "options"}, "")
    return _object(request, member, request.get(member)), _object(
        request, "options", request.get("options", {})
    )


def _object(request: JsonObject, member: str, value: JsonValue) -> JsonObject:
    if not isinstance(value, dict):
        what = "must be an object" if member in request else "is missing"
        raise _refusal(MALFORMED_VALUE_ERROR, "body.malformed", f"/{member} {what}.")
    return value


def _refuse_unknown(given: Mapping[str, object], known: set[str], where: str) -> None:
    unknown = sorted(given.keys() - known)
    if unknown:
        place = pointer(where, unknown[0][:_MAX_NAME_SHOWN])
        detail = f"{place} is not known here; known are {', '.join(sorted(known))}."
        raise _refusal(UNKNOWN_OPTION, "body.unknown_option", detail)


def _truth(options: JsonObject, name: str, *, default: bool) -> bool:
    value = options.get(name, default)
    if not isinstance(value, bool):
        raise _refusal(MALFORMED_VALUE_ERROR, "body.malformed", f"/options/{name} must be true or false.")
    return value


def _text(options: JsonObject, name: str) -> str | None:
    value = options.get(name)
    if name in options and not (isinstance(value, str) and value):
        raise _refusal(MALFORMED_VALUE_ERROR, "body.malformed", f"/options/{name} must be a text.")
    return value if isinstance(value, str) else None


def _refusal(kind: str, code: str, detail: str) -> ProblemError:
    return ProblemError(HTTPStatus.BAD_REQUEST, code, detail, kind=kind)
