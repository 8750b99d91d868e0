"""What other programs fetch: the institution's keys, the status lists, and whether the service is well."""

from http import HTTPStatus

from flask import Blueprint, Response, json, request

from issuer.web.access import public_desk
from issuer.web.answers import opened, published
from issuer.web.language import gettext
from issuer.web.negotiation import JSON, preferred
from issuer.web.problems import ProblemError

views = Blueprint("published", __name__)

MAX_AGE_SECONDS = 300
"""How long a cache may keep keys and lists: a withdrawal or a compromised key must show soon."""

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
    """Give a published status list."""
    found = public_desk().status_list(name)
    if found is None:
        raise ProblemError(
            HTTPStatus.NOT_FOUND, "status.unknown", gettext("Aucune liste d’états à cette adresse.")
        )
    return opened(published(found, request, max_age=MAX_AGE_SECONDS))


@views.get("/healthz")
def health() -> Response:
    """Say whether the service can answer."""
    well = public_desk().healthy()
    status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
    answer = Response(json.dumps({"status": "ok" if well else "unavailable"}), status, mimetype=JSON)
    answer.cache_control.no_store = True
    return answer
