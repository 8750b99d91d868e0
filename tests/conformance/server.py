"""The HTTP side of the conformance server."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, json, request

from credentials.errors import InputError
from credentials.json_input import JsonObject, JsonValue, parse_object
from credentials.problem_types import PARSING_ERROR
from credentials.status.problem_types import MALFORMED_VALUE_ERROR
from issuer.adapters.fetcher import GuardedFetcher
from issuer.ports import Clock
from issuer.web.problem_details import UNKNOWN_OPTION, problem_details
from tests.conformance.accepted_contexts import AcceptedContexts
from tests.conformance.issuing import RefusedCredentialError, derived, issue
from tests.conformance.judging import Asked, Judge, Judgement
from tests.conformance.keys import DEFAULT, SELECTIVE, STATUS, Issuer
from tests.conformance.statuses import PATH, StatusBoard

MOST_BYTES = 1024 * 1024

_RETURNS = {"returnCredential", "returnPresentation", "returnResults", "returnProblemDetails"}
_VERIFY_OPTIONS = {*_RETURNS, "checks", "expectedProofPurpose", "challenge", "domain"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What the server is made of.

    Attributes:
        base_url: Its address as the suites see it, without a trailing slash.
        issuers: By the name in the path.
        hosts: Names that are served from this machine, each with its ``http://127.0.0.1:PORT``.
        clock: The present instant.
    """

    base_url: str
    issuers: Mapping[str, Issuer]
    hosts: Mapping[str, str]
    clock: Clock


class _BadRequestError(Exception):
    def __init__(self, kind: str, detail: str, code: str = "body.malformed") -> None:
        super().__init__(detail)
        self.problem = {"type": kind, "title": kind.rpartition("#")[2], "detail": detail, "code": code}


def create_server(setting: Setting) -> Flask:
    """Make the application.

    Args:
        setting: Its parts.
    """
    app = Flask("tests.conformance")
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    routes = _Routes(setting)
    app.register_error_handler(_BadRequestError, _bad_request)
    app.register_error_handler(RefusedCredentialError, _refused)
    app.add_url_rule("/healthz", "health", lambda: _json({"status": "ok"}))
    for prefix, call in (
        ("credentials/issue", lambda: routes.issue(DEFAULT)),
        ("credentials/derive", routes.derive),
        ("credentials/verify", routes.verify_credential),
        ("presentations/verify", routes.verify_presentation),
    ):
        app.add_url_rule(f"/vc-api/{prefix}", prefix, call, methods=["POST"])
    app.add_url_rule("/vc-api/issuers/<name>/credentials/issue", "issuers", routes.issue, methods=["POST"])
    app.add_url_rule(PATH, "list", routes.status_list)
    return app


class _Routes:
    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._known = AcceptedContexts()
        self._board = StatusBoard(setting.issuers[STATUS], setting.base_url)
        fetcher = GuardedFetcher(setting.clock, hosts=setting.hosts)
        self._judge = Judge(setting.clock, fetcher, self._known, self._board)

    def issue(self, name: str) -> Response:
        """Sign."""
        issuer = self._setting.issuers.get(name)
        if issuer is None:
            return _json({"detail": "no such issuer"}, HTTPStatus.NOT_FOUND)
        body, options = _read({"credential"}, {"credentialId", "mandatoryPointers"})
        mandatory = _pointers(options, "mandatoryPointers")
        if mandatory is not None and issuer.suite != SELECTIVE:
            raise _BadRequestError(
                UNKNOWN_OPTION, "mandatoryPointers are for selective disclosure", "body.unknown_option"
            )
        credential = _object(body, "credential")
        if name == STATUS:
            credential = self._board.with_entry(credential)
        at, known = self._setting.clock.now(), self._known
        secured = issue(credential, issuer, mandatory=mandatory, at=at, known=known)
        return _json({"verifiableCredential": secured}, HTTPStatus.CREATED)

    def derive(self) -> Response:
        """Draw an extract."""
        body, options = _read({"verifiableCredential"}, {"selectivePointers"})
        selective = _pointers(options, "selectivePointers") or []
        extract = derived(_object(body, "verifiableCredential"), selective, self._known)
        return _json({"verifiableCredential": extract}, HTTPStatus.CREATED)

    def verify_credential(self) -> Response:
        """Verify a credential."""
        return self._verify("verifiableCredential", "credential", self._judge.credential)

    def verify_presentation(self) -> Response:
        """Verify a presentation."""
        return self._verify("verifiablePresentation", "verifiablePresentation", self._judge.presentation)

    def status_list(self) -> Response:
        """Give the list."""
        return Response(self._board.credential(self._setting.clock.now()), mimetype="application/vc")

    def _verify(
        self, member: str, returned: str, judge: Callable[[JsonObject, Asked], Judgement]
    ) -> Response:
        body, options = _read({member}, _VERIFY_OPTIONS)
        document = _object(body, member)
        found = judge(document, _asked(options))
        answer = self._told(found)
        if options.get("returnCredential") is True or options.get("returnPresentation") is True:
            answer[returned] = document
        return _json(answer, HTTPStatus.OK if found.verified else HTTPStatus.UNPROCESSABLE_ENTITY)

    def _told(self, found: Judgement) -> dict[str, object]:
        told: dict[str, object] = {
            "verified": found.verified,
            "problemDetails": problem_details(found.checks, self._setting.base_url),
        }
        if found.credentials:
            told["results"] = {"credentials": [self._told(item) for item in found.credentials]}
        return told


def _read(members: set[str], options: set[str]) -> tuple[JsonObject, JsonObject]:
    try:
        body = parse_object(request.get_data())
    except InputError as error:
        raise _BadRequestError(PARSING_ERROR, error.en, str(error.code)) from error
    given = body.get("options") or {}
    if not isinstance(given, dict):
        raise _BadRequestError(MALFORMED_VALUE_ERROR, "options must be an object")
    unknown = [*(body.keys() - members - {"options"}), *(given.keys() - options)]
    if unknown:
        raise _BadRequestError(UNKNOWN_OPTION, f"not known here: {unknown[0][:60]}", "body.unknown_option")
    return body, given


def _object(body: JsonObject, member: str) -> JsonObject:
    value = body.get(member)
    if not isinstance(value, dict):
        raise _BadRequestError(MALFORMED_VALUE_ERROR, f"{member} must be an object")
    return value


def _pointers(options: JsonObject, name: str) -> list[str] | None:
    value = options.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _BadRequestError(MALFORMED_VALUE_ERROR, f"{name} must be a list of JSON pointers")
    return [str(item) for item in value]


def _asked(options: JsonObject) -> Asked:
    checks = options.get("checks", [])
    if not isinstance(checks, list):
        raise _BadRequestError(MALFORMED_VALUE_ERROR, "checks must be a list")
    return Asked(
        frozenset(str(item) for item in checks),
        purpose=_text(options.get("expectedProofPurpose")),
        challenge=_text(options.get("challenge")),
        domain=_text(options.get("domain")),
    )


def _text(value: JsonValue) -> str | None:
    if value is not None and not isinstance(value, str):
        raise _BadRequestError(MALFORMED_VALUE_ERROR, "an option must be a text")
    return value


def _bad_request(error: _BadRequestError) -> Response:
    return _json({**error.problem, "problemDetails": [error.problem]}, HTTPStatus.BAD_REQUEST)


def _refused(error: RefusedCredentialError) -> Response:
    problem = {
        "type": MALFORMED_VALUE_ERROR,
        "title": "MALFORMED_VALUE_ERROR",
        "detail": f"{error.code} at {error.where or '/'}",
        "code": error.code,
    }
    return _json({**problem, "problemDetails": [problem]}, HTTPStatus.BAD_REQUEST)


def _json(value: object, status: HTTPStatus = HTTPStatus.OK) -> Response:
    text = json.dumps(value, sort_keys=False, ensure_ascii=False)
    return Response(text, status, mimetype="application/json")
