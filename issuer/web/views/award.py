"""The verification page of an award, and at the same address the credential itself."""

import re
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request

from issuer.errors import NotFoundError
from issuer.ports import AwardPage, ClosedLink, ExportFormat, PictureFormat, Published
from issuer.web.access import has_sharing, public_desk, sharing_desk
from issuer.web.answers import opened, published, report_json
from issuer.web.dead_ends import closed, nowhere
from issuer.web.language import gettext
from issuer.web.negotiation import CREDENTIAL, CREDENTIAL_TYPES, HTML, preferred, wants_page
from issuer.web.pages import own, spoken
from issuer.web.previews import preview
from issuer.web.problems import ProblemError
from issuer.web.readers import opened_by_a_person
from issuer.web.structured_data import educational_credential
from issuer.web.views.paper import paper_of

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
    if form == ExportFormat.PDF:
        return paper_of(token)
    wanted = _wanted()
    answer = _page(token) if wanted == HTML else _credential(token)
    answer.vary.update(("Accept", "Accept-Language"))
    return answer


@views.get("/<token>/report")
def report(token: str) -> Response:
    """Give the verification report; for an unknown link it is a report too, with status 404."""
    desk = public_desk()
    found = desk.award_page(token) if _TOKEN.match(token) else None
    if isinstance(found, ClosedLink):
        told = desk.check_link(f"{desk.base_url}/v/{token}")
        return opened(report_json(told, HTTPStatus.GONE))
    if found is None:
        # Never the token itself: it could be a known one with a mark after it, at which a link is cut.
        unknown = desk.check_link(f"{desk.base_url}/v/{_NEVER_ISSUED}")
        return opened(report_json(unknown, HTTPStatus.NOT_FOUND))
    return opened(report_json(found.report))


@views.get(
    "/<token>/<any('qr.png','qr.svg','badge.png','badge.svg',"
    "'badge-linkedin.png','badge-signature.png','card.png'):name>"
)
def picture(token: str, name: str) -> Response:
    """Give a picture of the award, drawn on demand."""
    return _picture(token, PictureFormat(name))


@views.get("/", strict_slashes=False)
@views.get("/<path:rest>")
def badly_copied(rest: str = "") -> Response:
    """Say what is wrong with an address that could only be a link's, badly copied."""
    end = nowhere(rest)
    if wants_page(request):
        return end.page()
    raise end.problem()


def _picture(token: str, wanted: PictureFormat) -> Response:
    try:
        found = public_desk().picture(token, wanted) if _TOKEN.match(token) else None
    except NotFoundError as error:
        raise ProblemError(
            HTTPStatus.NOT_FOUND,
            error.code,
            gettext(
                "Ce document a été retiré ou remplacé : son image n’est plus remise. "
                "La page de vérification dit ce qu’il en est."
            ),
        ) from error
    return published(_known(found, token), request)


def _wanted() -> str:
    asked = request.args.get("format")
    if asked is not None:
        if asked in _SIGNED_ANEW:
            raise ProblemError(
                HTTPStatus.NOT_ACCEPTABLE,
                "format.signed_on_request",
                gettext(
                    "Cette forme est signée à la demande par l’établissement. Demandez-la à la scolarité. "
                    "Ici, le paramètre « format » vaut html, json, pdf, png ou svg."
                ),
            )
        if asked not in _FORMATS:
            raise ProblemError(
                HTTPStatus.BAD_REQUEST,
                "format.unknown",
                gettext("Le paramètre « format » vaut html, json, pdf, png ou svg."),
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
    if not isinstance(found, AwardPage):
        return (closed(found) if found else nowhere(token)).page()
    if has_sharing() and opened_by_a_person(request):
        sharing_desk().note_opening(token)
    document = own(found)
    text = render_template(
        "award.html",
        token=token,
        document=document,
        registration=spoken(found.registration),
        preview=preview(found, document, public_desk().theme.institution),
        specimen=found.specimen,
        for_machines=educational_credential(document),
    )
    return Response(text, mimetype=HTML)


def _credential(token: str) -> Response:
    found = public_desk().credential(token) if _TOKEN.match(token) else None
    return opened(published(_known(found, token), request, media_type=CREDENTIAL))


def _known(found: Published | ClosedLink | None, token: str) -> Published:
    if isinstance(found, Published):
        return found
    raise (closed(found) if found else nowhere(token)).problem()
