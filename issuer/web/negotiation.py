"""Which of the forms that we have a client wants most."""

from collections.abc import Sequence

from flask import Request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

HTML = "text/html"
JSON = "application/json"
PROBLEM = "application/problem+json"
CREDENTIAL = "application/vc"
CREDENTIAL_TYPES = (CREDENTIAL, "application/ld+json", JSON, "application/vc+ld+json")
"""What a program may call a credential; the last is the name of its first drafts."""

VC_API = "/vc-api"
"""Where the interface of the field lies; only programs ask there."""

STUDENT_API = "/api/v1"
"""Where the interface for the student system lies; only programs ask there."""

_STATUS_LISTS = "/status"

_MAX_ACCEPTED = 4096
"""Characters of ``Accept`` that are read; a browser sends some hundred."""

_EXACT, _FAMILY, _ANY = 3, 2, 1


def preferred(request: Request, offers: Sequence[str]) -> str | None:
    """Give the offer that the ``Accept`` header wants most, or None when it wants none of them.

    The highest quality wins, then the more precise range, then the order of `offers`.

    Args:
        request: The request; without an ``Accept`` header, anything is wanted.
        offers: Media types, our own preference first.

    Spec: RFC 9110, section 12.5.1.
    """
    accept = _accepted(request.headers.get("Accept", ""))
    if not accept:
        return offers[0]
    ranked = [(*_weight(accept, offer), -place) for place, offer in enumerate(offers)]
    quality, _, place = max(ranked)
    return offers[-place] if quality > 0 else None


def _accepted(header: str) -> MIMEAccept:
    if len(header) > _MAX_ACCEPTED:
        header = header[:_MAX_ACCEPTED].rpartition(",")[0]
    return parse_accept_header(header, MIMEAccept)


def wants_page(request: Request) -> bool:
    """Say whether a person is asking; who sends a raw document is a program, unless it asks for a page."""
    if asks_vc_api(request) or _is_below(_STATUS_LISTS, request) or _is_below(STUDENT_API, request):
        return False
    data = (PROBLEM, JSON, CREDENTIAL)
    offers = (*data, HTML) if request.mimetype in CREDENTIAL_TYPES else (HTML, *data)
    return preferred(request, offers) == HTML


def asks_vc_api(request: Request) -> bool:
    """Say whether the interface of the field is asked, at an address that it has or has not."""
    return _is_below(VC_API, request)


def _is_below(place: str, request: Request) -> bool:
    return f"{request.path}/".startswith(f"{place}/")


def _weight(accept: MIMEAccept, offer: str) -> tuple[float, int]:
    """Give the quality and precision of the most precise range that covers `offer`."""
    family = offer.partition("/")[0]
    found: dict[int, float] = {}
    for media_range, quality in accept:
        name = media_range.partition(";")[0].strip().lower()
        precision = {offer: _EXACT, f"{family}/*": _FAMILY, "*/*": _ANY}.get(name)
        if precision:
            found[precision] = max(quality, found.get(precision, 0.0))
    precision = max(found, default=0)
    return found.get(precision, 0.0), precision
