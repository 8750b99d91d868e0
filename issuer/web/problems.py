"""What went wrong, in one form for programs (RFC 9457) and on a quiet page for people; never a traceback."""

import traceback
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, current_app, json, make_response, render_template, request
from werkzeug.exceptions import BadHost, HTTPException, SecurityError

from issuer.errors import RegisterError, ServiceError
from issuer.web.language import gettext, mark
from issuer.web.negotiation import PROBLEM, asks_vc_api, wants_page

UNNAMED = "about:blank"
"""The kind of a problem that its HTTP status says all of (RFC 9457, section 4.2.1)."""


@dataclass(frozen=True, slots=True)
class Words:
    """One error as a person reads it: what happened, and the one thing to do next."""

    title: str
    remedy: str


class ProblemError(Exception):
    """An error that a view raises on purpose.

    Attributes:
        status: HTTP status.
        code: Stable, dotted.
        detail: What happened and what to do, already in the reader's language.
        kind: The URL that a standard gives this kind of problem.
        retry_after: Seconds after which it may be tried again, or None.
    """

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        detail: str,
        *,
        kind: str = UNNAMED,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.kind = kind
        self.retry_after = retry_after


_WORDS = {
    HTTPStatus.BAD_REQUEST: Words(
        mark("La demande n’est pas complète"),
        mark("Rien n’est perdu. Revenez à la page précédente et recommencez."),
    ),
    HTTPStatus.FORBIDDEN: Words(
        mark("Cette demande n’a pas été acceptée"),
        mark("Rien n’a été changé. Revenez à la page précédente, rechargez-la et recommencez."),
    ),
    HTTPStatus.NOT_FOUND: Words(
        mark("Il n’y a pas de page à cette adresse"),
        mark("Aucun document n’est en cause. Vérifiez l’adresse, ou repartez de l’accueil."),
    ),
    HTTPStatus.GONE: Words(
        mark("Ce lien n’ouvre plus de document"),
        mark("Le document lui-même n’est pas en cause. Demandez un nouveau lien au titulaire."),
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: Words(
        mark("Cette adresse ne s’utilise pas de cette façon"),
        mark("Rien n’a été changé. Ouvrez-la dans un navigateur, ou repartez de l’accueil."),
    ),
    HTTPStatus.NOT_ACCEPTABLE: Words(
        mark("Cette adresse n’existe pas sous la forme demandée"),
        mark("Rien n’est perdu. Demandez text/html, application/vc ou application/json."),
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Words(
        mark("Le fichier est trop grand"),
        mark(
            "Rien n’a été vérifié ni gardé. Une attestation numérique pèse moins de 1 Mo\u202f: déposez "
            "le fichier reçu du titulaire."
        ),
    ),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: Words(
        mark("Ce type de contenu n’est pas accepté ici"),
        mark(
            "Rien n’a été vérifié ni gardé. Envoyez l’attestation en JSON, ou le PDF ou l’image qui la "
            "contient."
        ),
    ),
    HTTPStatus.TOO_MANY_REQUESTS: Words(
        mark("Trop de demandes en peu de temps"),
        mark("Cela ne met en cause aucun document. Attendez quelques minutes, puis recommencez."),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: Words(
        mark("Le service rencontre une difficulté"),
        mark("Cela ne met en cause aucun document. Réessayez dans quelques minutes."),
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: Words(
        mark("Le service est indisponible pour le moment"),
        mark("Cela ne met en cause aucun document. Réessayez dans quelques minutes."),
    ),
}


_TO_PROGRAMS = "What this interface takes is described at /vc-api/openapi.json."
_TO_PROGRAMS_LATER = (
    "The service is in difficulty; this calls no document into question. Try again in a few minutes."
)
"""What the interface of the field says, in its own language: English, whatever is asked."""


def install(app: Flask) -> None:
    """Answer every error in one of the two forms."""
    app.register_error_handler(ProblemError, _expected)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def problem(
    status: HTTPStatus, code: str, detail: str | None = None, *, page: bool, kind: str = UNNAMED
) -> Response:
    """Make the answer to an error.

    Args:
        status: HTTP status.
        code: Stable, dotted.
        detail: The sentence to show; the status has one of its own.
        page: Whether a person is to read it.
        kind: The URL that a standard gives this kind of problem.

    Spec: RFC 9457, section 3.
    """
    words = _WORDS.get(status) or _WORDS[_family(status)]
    if page:
        remedy = detail or gettext(words.remedy)
        text = render_template("error.html", title=gettext(words.title), remedy=remedy, status=status.value)
        return Response(text, status=status, mimetype="text/html")
    members = {
        "type": kind,
        "title": status.phrase,
        "status": status.value,
        "code": code,
        "detail": detail or _said_by(status, words),
    }
    return Response(json.dumps(members), status=status, mimetype=PROBLEM)


def _said_by(status: HTTPStatus, words: Words) -> str:
    if asks_vc_api(request):
        return _TO_PROGRAMS if status < HTTPStatus.INTERNAL_SERVER_ERROR else _TO_PROGRAMS_LATER
    return f"{gettext(words.title)}. {gettext(words.remedy)}"


def _family(status: HTTPStatus) -> HTTPStatus:
    return (
        HTTPStatus.INTERNAL_SERVER_ERROR
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR
        else HTTPStatus.BAD_REQUEST
    )


def _expected(error: ProblemError) -> Response:
    answer = problem(error.status, error.code, error.detail, page=wants_page(request), kind=error.kind)
    if error.retry_after is not None:
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return make_response(error.get_response())
    status = HTTPStatus(error.code)
    # Without a host that can be read no address can be built, hence no page.
    page = not isinstance(error, (BadHost, SecurityError)) and wants_page(request)
    answer = problem(status, f"http.{status.name.lower()}", page=page)
    kept = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}}
    answer.headers.update(kept)
    return answer


def _unexpected(error: Exception) -> Response:
    # The rule, not the path: a link's token is a bearer's secret.
    rule = request.url_rule.rule if request.url_rule else "?"
    current_app.logger.error("unexpected error on %s %s\n%s", request.method, rule, _where(error))
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "http.internal_server_error", page=wants_page(request))


def _where(error: BaseException) -> str:
    """Write an error and its causes for the log: of which kind, and where, innermost first.

    What an error says is left out, because it may repeat what the reader sent; the register's own errors
    alone are known to say nothing of it.
    """
    cause = error.__cause__ or error.__context__
    frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, ServiceError):
        kind += f" {error.code}"
    if isinstance(error, RegisterError):
        kind += f": {error}"
    return f"{_where(cause) if cause else ''}{frames}{kind}\n"
