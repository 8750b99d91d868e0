"""The verification page of an award, and at the same address the credential itself."""

import re
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request

from issuer.ports import ExportFormat, PictureFormat, Published
from issuer.web.access import public_desk
from issuer.web.answers import opened, published, report_json
from issuer.web.language import gettext
from issuer.web.looks import NOTHING_HERE, shown
from issuer.web.negotiation import CREDENTIAL, CREDENTIAL_TYPES, HTML, preferred
from issuer.web.pages import own, spoken
from issuer.web.problems import ProblemError

views = Blueprint("award", __name__, url_prefix="/v")

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,128}\Z")
_NEVER_ISSUED = "A" * 22
"""A token of the right form and of no award."""

_FORMATS = {"html": HTML, "json": CREDENTIAL}
_PICTURES = {"png": PictureFormat.BADGE_PNG, "svg": PictureFormat.BADGE_SVG}
_SIGNED_ANEW = frozenset(form.value for form in ExportFormat if form.is_signed_anew)
"""Forms that take the institution's key, which no page has."""


@views.get("/<token>")
def page(token: str) -> Response:
    """Give the page to a browser and the credential to a program; ``format`` says which, or which picture."""
    form = request.args.get("format", "")
    if form in _PICTURES:
        return _picture(token, _PICTURES[form])
    wanted = _wanted()
    answer = _page(token) if wanted == HTML else _credential(token)
    answer.vary.update(("Accept", "Accept-Language"))
    return answer


@views.get("/<token>/report")
def report(token: str) -> Response:
    """Give the verification report; for an unknown link it is a report too, with status 404."""
    desk = public_desk()
    found = desk.award_page(token) if _TOKEN.match(token) else None
    if found is None:
        # Never the token itself: it could be a known one with a mark after it, at which a link is cut.
        unknown = desk.check_link(f"{desk.base_url}/v/{_NEVER_ISSUED}")
        return opened(report_json(unknown, HTTPStatus.NOT_FOUND))
    return opened(report_json(found.report))


@views.get("/<token>/<any('qr.png','qr.svg','badge.png','badge.svg'):name>")
def picture(token: str, name: str) -> Response:
    """Give a picture of the award, drawn on demand."""
    return _picture(token, PictureFormat(name))


def _picture(token: str, wanted: PictureFormat) -> Response:
    found = public_desk().picture(token, wanted) if _TOKEN.match(token) else None
    return published(_known(found), request)


def _wanted() -> str:
    asked = request.args.get("format")
    if asked is not None:
        if asked in _SIGNED_ANEW:
            raise ProblemError(
                HTTPStatus.NOT_ACCEPTABLE,
                "format.signed_on_request",
                gettext(
                    "Cette forme est signée à la demande par l’établissement. Demandez-la au service de "
                    "scolarité. Ici, le paramètre « format » vaut html, json, png ou svg."
                ),
            )
        if asked not in _FORMATS:
            raise ProblemError(
                HTTPStatus.BAD_REQUEST,
                "format.unknown",
                gettext("Le paramètre « format » vaut html, json, png ou svg."),
            )
        return _FORMATS[asked]
    wanted = preferred(request, (HTML, *CREDENTIAL_TYPES))
    if wanted is None:
        raise ProblemError(
            HTTPStatus.NOT_ACCEPTABLE,
            "accept.unsupported",
            gettext("Demandez text/html, application/vc, application/ld+json ou application/json."),
        )
    return wanted


def _page(token: str) -> Response:
    found = public_desk().award_page(token) if _TOKEN.match(token) else None
    if found is None:
        return nothing_here()
    text = render_template(
        "award.html",
        token=token,
        document=own(found),
        registration=spoken(found.registration),
    )
    return Response(text, mimetype=HTML)


def nothing_here() -> Response:
    """Say that there is nothing at this address, without saying that a document is false."""
    return Response(
        render_template("nothing.html", banner=shown(NOTHING_HERE)), HTTPStatus.NOT_FOUND, mimetype=HTML
    )


def _credential(token: str) -> Response:
    found = public_desk().credential(token) if _TOKEN.match(token) else None
    return opened(published(_known(found), request, media_type=CREDENTIAL))


def _known(found: Published | None) -> Published:
    if found is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "link.unknown", gettext("Aucun document à cette adresse."))
    return found
