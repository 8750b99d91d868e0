"""The permanent link of one award: its switch, and what its holder chose for it."""

from http import HTTPStatus

from flask import Blueprint, Response, render_template, request, url_for

from issuer.domain.award import LIVE
from issuer.errors import ConflictError, NotFoundError
from issuer.ports import Choice
from issuer.ports.sharing import Holding
from issuer.web.access import sharing_desk
from issuer.web.language import gettext
from issuer.web.negotiation import HTML
from issuer.web.problems import ProblemError
from issuer.web.sessions import require_session
from issuer.web.views.space.shares import seen

views = Blueprint("links", __name__, url_prefix="/attestations")


@views.get("/<number>/lien")
@require_session
def page(candidate_id: str, number: str) -> Response:
    """Show the link, what switching it does, and the choices."""
    return _page(held(candidate_id, number))


@views.post("/<number>/lien")
@require_session
def switch(candidate_id: str, number: str) -> Response:
    """Switch the link off or on, as the button says; what is so already stays so."""
    holding = held(candidate_id, number)
    wanted = request.form.get("wanted")
    if wanted not in {"on", "off"}:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "link.wanted", "")
    try:
        sharing_desk().switch_link(candidate_id, number, opened=wanted == "on")
    except ConflictError:
        return _page(
            holding,
            error=gettext("C’est la scolarité qui a désactivé ce lien\u202f: elle seule peut le rouvrir."),
        )
    return _back(number)


@views.post("/<number>/choix")
@require_session
def choose(candidate_id: str, number: str) -> Response:
    """Keep what the form's boxes say."""
    held(candidate_id, number)
    asked = set(request.form.getlist("choice"))
    for choice in Choice:
        sharing_desk().choose(candidate_id, number, choice, wanted=choice.value in asked)
    return _back(number)


def held(candidate_id: str, number: str) -> Holding:
    """Give one of a person's awards; anybody else's is nowhere, as one that there is not.

    Args:
        candidate_id: The person whose space it is.
        number: The award's number: hostile until checked.

    Raises:
        ProblemError: ``award.not_held``.
    """
    try:
        return sharing_desk().holding(candidate_id, number)
    except NotFoundError as error:
        raise ProblemError(HTTPStatus.NOT_FOUND, error.code, "") from error


def _back(number: str) -> Response:
    return seen(url_for("space.links.page", number=number, lang=request.args.get("lang")))


def _page(holding: Holding, error: str | None = None) -> Response:
    text = render_template(
        "space/link.html", own=holding, live=holding.award.state in LIVE, choices=Choice, error=error
    )
    return Response(text, HTTPStatus.CONFLICT if error else HTTPStatus.OK, mimetype=HTML)
