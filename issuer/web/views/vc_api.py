"""The VC API of the field, its verifying half: nothing here signs, and nothing keeps what was handed in."""

from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import cast

from flask import Blueprint, Response, json, request
from werkzeug.exceptions import RequestEntityTooLarge

from credentials.json_input import to_bytes
from credentials.securing.proof_options import Expectation
from issuer.web.access import public_desk
from issuer.web.answers import opened
from issuer.web.handed_in import MAX_DOCUMENT_BYTES
from issuer.web.negotiation import JSON, VC_API
from issuer.web.problem_details import explained_problems
from issuer.web.problems import ProblemError
from issuer.web.vc_api_requests import credential_request, presentation_request
from issuer.web.vc_api_results import credential_result, presentation_result

views = Blueprint("vc_api", __name__, url_prefix=VC_API)

_OPENAPI = Path(__file__).parent.parent / "openapi" / "vc-api.json"
_KEPT_SECONDS = 3600
_ASKED_FOR = {"Access-Control-Allow-Methods": "POST", "Access-Control-Allow-Headers": "Content-Type"}


@views.post("/credentials/verify")
def verify_credential() -> Response:
    """Verify one credential; a bad one is a good request.

    Spec: VCALM, Verify Credential.
    """
    asked = credential_request(_body())
    desk = public_desk()
    return _json(credential_result(desk.check(to_bytes(asked.credential)), asked, desk.base_url))


@views.post("/presentations/verify")
def verify_presentation() -> Response:
    """Verify a presentation and every credential in it; a bad one is a good request.

    Spec: VCALM, Verify Presentation.
    """
    asked = presentation_request(_body())
    domain = (asked.domain,) if asked.domain is not None else ()
    desk, expected = public_desk(), Expectation(domain=domain, challenge=asked.challenge)
    report = desk.check_presentation(to_bytes(asked.presentation), expected)
    return _json(presentation_result(report, asked, desk.base_url))


@views.get("/problems")
def problems() -> Response:
    """Explain the problems that an answer can name, in both languages."""
    return _kept(_json({"problems": explained_problems(public_desk().base_url)}))


@views.get("/openapi.json")
def openapi() -> Response:
    """Describe this API to programs."""
    base_url = public_desk().base_url
    return _kept(_json({**_description(), "servers": [{"url": f"{base_url}{views.url_prefix}"}]}))


@views.after_request
def _open(answer: Response) -> Response:
    """Let a page on any site ask: programs in browsers are readers too.

    The answer depends on nothing but the question; without cookies and accounts there is nothing that
    another site could borrow from its visitors.

    Spec: Fetch, CORS protocol.
    """
    if request.method == "OPTIONS":
        answer.headers.update(_ASKED_FOR)
    return opened(answer)


def _body() -> bytes:
    if request.mimetype != JSON:
        raise ProblemError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "body.type", "Send the request as application/json."
        )
    try:
        data = request.get_data()
    except RequestEntityTooLarge as error:
        raise _too_large() from error
    if len(data) > MAX_DOCUMENT_BYTES:
        raise _too_large()
    return data


def _too_large() -> ProblemError:
    return ProblemError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body.too_large", "Send at most one mebibyte (1,048,576 bytes)."
    )


def _json(value: dict[str, object]) -> Response:
    return Response(json.dumps(value, sort_keys=False, ensure_ascii=False), mimetype=JSON)


def _kept(answer: Response) -> Response:
    answer.cache_control.public = True
    answer.cache_control.max_age = _KEPT_SECONDS
    return answer


@cache
def _description() -> dict[str, object]:
    return cast("dict[str, object]", json.loads(_OPENAPI.read_text("utf-8")))
