"""The awards of the person whose space it is, and the files to take away."""

import re
from http import HTTPStatus

from flask import Blueprint, Response, render_template

from issuer.ports import SpaceForm, TakenFile
from issuer.web.access import holder_desk
from issuer.web.language import gettext, mark
from issuer.web.negotiation import HTML
from issuer.web.problems import ProblemError
from issuer.web.sessions import require_session

views = Blueprint("awards", __name__, url_prefix="/attestations")

_NUMBER = re.compile(r"[0-9]{4}-[0-9]{6,9}\Z", re.ASCII)
_NOTHING = mark("Ce fichier n’est pas parmi ceux que votre espace propose. Revenez à vos attestations.")


@views.get("")
@require_session
def overview(candidate_id: str) -> Response:
    """Show all awards of the person."""
    desk = holder_desk()
    text = render_template(
        "space/overview.html", welcome=desk.welcome(candidate_id), awards=desk.own_awards(candidate_id)
    )
    return Response(text, mimetype=HTML)


@views.get("/<number>/embleme.png")
@require_session
def emblem(candidate_id: str, number: str) -> Response:
    """Give the small drawing that stands beside an award."""
    return _handed_out(holder_desk().emblem(candidate_id, number) if _NUMBER.match(number) else None)


@views.get("/tout.zip")
@require_session
def everything(candidate_id: str) -> Response:
    """Hand out all awards in force in all their forms."""
    return _handed_out(holder_desk().everything(candidate_id))


@views.get(f"/<number>/<any({','.join(form.value for form in SpaceForm)}):form>")
@require_session
def download(candidate_id: str, number: str, form: str) -> Response:
    """Hand out one award in one form; anybody else's is nowhere, as one that there is not."""
    known = _NUMBER.match(number)
    return _handed_out(holder_desk().download(candidate_id, number, SpaceForm(form)) if known else None)


def _handed_out(found: TakenFile | None) -> Response:
    if found is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "space.nothing", gettext(_NOTHING))
    answer = Response(found.body, mimetype=found.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=found.name)
    return answer
