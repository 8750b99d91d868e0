"""``/metrics``: figures for the operator's monitoring; for this machine, or for who has the word."""

import hmac
from http import HTTPStatus
from ipaddress import ip_address

from flask import Blueprint, Response, request

from issuer.web.access import measures, metrics_word
from issuer.web.language import gettext
from issuer.web.measures import CONTENT_TYPE
from issuer.web.problems import ProblemError

views = Blueprint("monitoring", __name__)

_FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via")


@views.get("/metrics")
def metrics() -> Response:
    """Give the figures in Prometheus' text format; to strangers this address does not exist."""
    if not _may_read():
        message = gettext("Il n’y a pas de page à cette adresse")
        raise ProblemError(HTTPStatus.NOT_FOUND, "http.not_found", message)
    answer = Response(measures().exposition(), content_type=CONTENT_TYPE)
    answer.cache_control.no_store = True
    return answer


def _may_read() -> bool:
    word, given = metrics_word(), request.headers.get("Authorization", "")
    if given:
        return word is not None and hmac.compare_digest(given.encode(), f"Bearer {word}".encode())
    # A proxy on this machine asks from this machine's own address too: what came through one is a stranger's.
    return _is_loopback(request.remote_addr) and not any(name in request.headers for name in _FORWARDED)


def _is_loopback(address: str | None) -> bool:
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False
