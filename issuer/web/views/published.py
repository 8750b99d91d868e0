"""What other programs fetch: the institution's keys, the status lists, and whether the service is well."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus

from flask import Blueprint, Response, json, request

from credentials.errors import InputError
from credentials.instant import parse_date_time_stamp
from issuer.errors import NotFoundError, RefusedError
from issuer.ports import LIST_TTL
from issuer.web.access import condition, public_desk
from issuer.web.answers import opened, published
from issuer.web.language import gettext
from issuer.web.negotiation import JSON, preferred
from issuer.web.problems import ProblemError

views = Blueprint("published", __name__)

MAX_AGE_SECONDS = LIST_TTL // timedelta(seconds=1)
"""How long a cache may keep keys and lists, as a list's ``ttl`` says too: a withdrawal must show soon."""

_DID_JSON = "application/did+json"


@views.get("/.well-known/did.json")
def did_document() -> Response:
    """Give the institution's DID document."""
    # Plain JSON on a tie, so that a browser shows it instead of saving it.
    media_type = preferred(request, (JSON, _DID_JSON)) or JSON
    answer = opened(
        published(public_desk().did_document(), request, media_type=media_type, max_age=MAX_AGE_SECONDS)
    )
    answer.vary.add("Accept")
    return answer


@views.get("/status/<name>")
def status_list(name: str) -> Response:
    """Give a published status list, as it is now or as it was at ``?timestamp=``.

    Of a list of suspensions, no past: whoever was suspended once would be so for ever in it.

    Spec: Bitstring Status List v1.0, section 2.2 (timestamp query parameter).
    """
    at = _timestamp()
    try:
        found = public_desk().status_list(name, at)
    except RefusedError as error:
        message = gettext("Cet instant est à venir : rien n’a été publié pour lui.")
        raise ProblemError(HTTPStatus.BAD_REQUEST, error.code, message) from error
    except NotFoundError as error:
        message = gettext("Les états passés d’une liste de suspensions ne sont pas publics.")
        raise ProblemError(HTTPStatus.NOT_FOUND, error.code, message) from error
    if found is None and at is not None:
        message = gettext("Aucune liste d’état n’était publiée à cette adresse à cet instant.")
        raise ProblemError(HTTPStatus.NOT_FOUND, "status.unknown_then", message)
    if found is None:
        raise ProblemError(
            HTTPStatus.NOT_FOUND, "status.unknown", gettext("Aucune liste d’état à cette adresse.")
        )
    return opened(published(found, request, max_age=MAX_AGE_SECONDS))


def _timestamp() -> datetime | None:
    given = request.args.getlist("timestamp")
    if not given:
        return None
    try:
        (text,) = given
        return parse_date_time_stamp(text)
    except (ValueError, InputError) as error:
        message = gettext(
            "Le paramètre « timestamp » doit être un seul instant avec son décalage horaire, par exemple "
            "2026-11-24T09:30:00Z."
        )
        raise ProblemError(HTTPStatus.BAD_REQUEST, "status.timestamp_malformed", message) from error


@views.get("/readyz")
def readiness() -> Response:
    """Say whether strangers can check our documents too: for monitoring, not for routing."""
    told = condition()
    if told is None:
        ready = public_desk().ready()
        return _state(ready, "ready" if ready else "not-ready")
    checks = told.checks()
    ready = set(checks.values()) <= {"ok", "not-run"}
    return _state(ready, "ready" if ready else "not-ready", checks)


@views.get("/healthz")
def health() -> Response:
    """Say whether the service can answer."""
    well = public_desk().healthy()
    return _state(well, "ok" if well else "unavailable")


def _state(good: bool, word: str, checks: Mapping[str, str] | None = None) -> Response:
    status = HTTPStatus.OK if good else HTTPStatus.SERVICE_UNAVAILABLE
    told: dict[str, object] = {"status": word}
    if checks:
        told["checks"] = dict(checks)
    answer = Response(json.dumps(told), status, mimetype=JSON)
    answer.cache_control.no_store = True
    return answer
