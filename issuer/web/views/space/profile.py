"""Texts for a profile, a CV and a signature: to fill in at one press, and always to copy as well."""

from http import HTTPStatus

from flask import Blueprint, Response, render_template

from issuer.domain.award import AwardState
from issuer.web.access import sharing_desk
from issuer.web.negotiation import HTML
from issuer.web.problems import ProblemError
from issuer.web.sessions import require_session
from issuer.web.views.space.links import held

views = Blueprint("profile", __name__, url_prefix="/attestations")


@views.get("/<number>/profil")
@require_session
def page(candidate_id: str, number: str) -> Response:
    """Show the texts for one award in force."""
    holding = held(candidate_id, number)
    if holding.award.state is not AwardState.VALID:
        raise ProblemError(HTTPStatus.NOT_FOUND, "profile.not_in_force", "")
    facts = sharing_desk().profile(candidate_id, number)
    text = render_template(
        "space/profile.html",
        own=holding,
        facts=facts,
        signature_html=render_template("space/_signature.html", facts=facts).strip(),
        signature_text=render_template("space/_signature.txt", facts=facts).strip(),
    )
    return Response(text, mimetype=HTML)
