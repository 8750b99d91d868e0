"""The door of the space: ask for a link, use it, leave."""

from http import HTTPStatus

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from issuer.domain.mail_server import is_address
from issuer.errors import ServiceError
from issuer.ports import EntryState
from issuer.web import sessions
from issuer.web.access import holder_desk
from issuer.web.language import gettext, mark
from issuer.web.negotiation import HTML
from issuer.web.sessions import SpaceClosedError

views = Blueprint("entry", __name__)

_LONGEST = 254
"""Characters of a mail address (RFC 5321, section 4.5.3.1.3)."""

_ASKED_TOO_OFTEN = mark(
    "Trop de demandes sont venues de votre accès à internet. Rien n’est perdu\u202f: réessayez dans un quart "
    "d’heure."
)
_NO_ADDRESS = mark("Écrivez une adresse électronique entière, par exemple prenom.nom@exemple.fr.")
_QUARTER = "900"


@views.get("", endpoint="door")
def door() -> AnyResponse:
    """Show the form that asks for a link; inside a session, the awards."""
    if sessions.visit() is not None:
        return redirect(url_for("space.awards.overview", lang=request.args.get("lang")), HTTPStatus.SEE_OTHER)
    return _form()


@views.post("", endpoint="ask")
def ask() -> Response:
    """Take a request for a link; the answer is the same whoever exists or not."""
    mail = request.form.get("mail", "").strip()
    if not is_address(mail):
        return _form(error=gettext(_NO_ADDRESS), typed=mail[:_LONGEST], status=HTTPStatus.BAD_REQUEST)
    desk = holder_desk()
    if not desk.may_ask(request.remote_addr or ""):
        return _too_often()
    answer, logger = _page("space/asked.html"), current_app.logger

    @answer.call_on_close
    def send() -> None:
        # After the answer has gone: neither its content nor its time says whether the address is known.
        try:
            desk.ask_entry(mail)
        except ServiceError as error:
            # Without the trace, which may hold the address.
            logger.error("a link was asked for and could not be sent: %s", error.code)  # noqa: TRY400

    return answer


@views.get("/entrer/<secret>")
def arrive(secret: str) -> Response:
    """Show the button that uses a link; software that opens mails' links beforehand does not press it."""
    state = holder_desk().entry_state(secret)
    if state is EntryState.GOOD:
        return _page("space/enter.html", secret=secret)
    return _no_entry(state)


@views.post("/entrer/<secret>")
def enter(secret: str) -> AnyResponse:
    """Use a link up and open the space."""
    if not holder_desk().may_enter(request.remote_addr or ""):
        return _too_often()
    opened = holder_desk().enter(secret)
    if isinstance(opened, EntryState):
        return _no_entry(opened)
    inside = redirect(url_for("space.awards.overview", lang=request.args.get("lang")), HTTPStatus.SEE_OTHER)
    sessions.open_session(inside, opened)
    return inside


@views.post("/quitter")
def leave() -> AnyResponse:
    """End the session, on both sides."""
    current = sessions.visit()
    if current is not None:
        holder_desk().leave(current.secret)
    answer = redirect(url_for("space.entry.left", lang=request.args.get("lang")), HTTPStatus.SEE_OTHER)
    sessions.close_session(answer)
    return answer


@views.get("/quitter")
def left() -> AnyResponse:
    """Say that the space was left; inside a session it was not, and the awards are shown."""
    return door() if sessions.visit() is not None else _page("space/left.html")


def closed(_error: SpaceClosedError) -> Response:
    """Say that there is no open session; the answer to every page of the space outside one."""
    answer = _page("space/closed.html", status=HTTPStatus.FORBIDDEN)
    if request.cookies.get(sessions.cookie_name()):
        sessions.close_session(answer)
    return answer


_NO_ENTRY_STATUS = {
    EntryState.USED: HTTPStatus.GONE,
    EntryState.ENDED: HTTPStatus.GONE,
    EntryState.UNKNOWN: HTTPStatus.NOT_FOUND,
}


def _no_entry(state: EntryState) -> Response:
    return _page("space/no_entry.html", status=_NO_ENTRY_STATUS[state], state=state)


def _too_often() -> Response:
    answer = _form(error=gettext(_ASKED_TOO_OFTEN), status=HTTPStatus.TOO_MANY_REQUESTS)
    answer.headers["Retry-After"] = _QUARTER
    return answer


def _form(*, error: str | None = None, typed: str = "", status: HTTPStatus = HTTPStatus.OK) -> Response:
    return _page("space/door.html", status=status, error=error, typed=typed)


def _page(template: str, *, status: HTTPStatus = HTTPStatus.OK, **values: object) -> Response:
    return Response(render_template(template, **values), status, mimetype=HTML)
