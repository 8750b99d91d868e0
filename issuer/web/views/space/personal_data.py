"""What the register holds on the person whose space it is, to read and as a file; and how to correct it."""

from datetime import date, datetime

from flask import Blueprint, Response, json, render_template

from issuer.domain.award import AwardState
from issuer.web.access import holder_desk
from issuer.web.language import gettext, long_date, long_instant, mark
from issuer.web.negotiation import HTML, JSON
from issuer.web.sessions import require_session

views = Blueprint("personal_data", __name__, url_prefix="/donnees")

_STATES = {
    AwardState.VALID: mark("En vigueur de nouveau le"),
    AwardState.SUSPENDED: mark("Suspendue le"),
    AwardState.REVOKED: mark("Retirée le"),
    AwardState.REPLACED: mark("Remplacée le"),
}


@views.get("")
@require_session
def page(candidate_id: str) -> Response:
    """Show it."""
    data = holder_desk().personal_data(candidate_id)
    return Response(render_template("space/personal_data.html", data=data), mimetype=HTML)


@views.get("/fichier.json")
@require_session
def as_file(candidate_id: str) -> Response:
    """Hand it out as a file."""
    data = holder_desk().personal_data(candidate_id)
    answer = Response(json.dumps(data, sort_keys=False, ensure_ascii=False, indent=2), mimetype=JSON)
    answer.headers.set("Content-Disposition", "attachment", filename="mes-donnees.json")
    return answer


@views.app_template_filter("day_of")
def day_of(text: str | None) -> str | None:
    """Write a day of the file as a person does; an instant by its day in Paris."""
    if text is None:
        return None
    return long_date(datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text))


@views.app_template_filter("moment_of")
def moment_of(text: str) -> str:
    """Write an instant of the file as a person does."""
    return long_instant(datetime.fromisoformat(text))


@views.app_template_filter("state_word")
def state_word(state: str) -> str:
    """Say in a few words which state began."""
    return gettext(_STATES[AwardState(state)])
