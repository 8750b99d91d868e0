"""The door of the desk: in, out, and a second look at who is there."""

from http import HTTPStatus

from flask import Blueprint, Response, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from issuer.ports.staff import Account, FederationFault, Refusal, SignedIn, SignInMethod
from issuer.web import staff_cookies, staff_sessions
from issuer.web.access import staff_desk
from issuer.web.desk_pages import page, seen
from issuer.web.language import gettext, mark
from issuer.web.staff_cookies import BROWSER, FLOW, SESSION
from issuer.web.staff_sessions import SignedOutError, anybody, asked_back, requires

views = Blueprint("entry", __name__)

_LONGEST = 256
"""Characters that are read of a field: a password has 128 at most."""

_QUARTER = "900"
_SAID = {
    Refusal.WRONG: mark(
        "L’identifiant, le mot de passe et le code ne vont pas ensemble, ou le compte n’est pas ouvert. "
        "Vérifiez les trois\u202f; un code ne sert qu’une fois, attendez le suivant."
    ),
    Refusal.WAIT: mark(
        "Trop d’essais en peu de temps. Rien n’est perdu\u202f: attendez un quart d’heure, puis recommencez."
    ),
}
_FEDERATION_SAID = {
    FederationFault.OUT_OF_REACH: mark(
        "Le service d’identité de l’établissement ne répond pas. Réessayez dans quelques minutes."
    ),
    FederationFault.REFUSED: mark(
        "Le service d’identité de l’établissement n’a pas confirmé qui vous êtes. Recommencez depuis cette "
        "page."
    ),
    FederationFault.NOT_BELIEVED: mark(
        "La réponse du service d’identité n’est pas celle qui était attendue. Personne n’est entré\u202f: "
        "recommencez, et prévenez l’exploitant si cela se répète."
    ),
    FederationFault.TOO_WEAK: mark(
        "Votre établissement vous a reconnu, mais sans le second facteur que ce registre "
        "demande. Recommencez, en confirmant avec votre téléphone."
    ),
}
_NO_ACCOUNT = mark(
    "Votre établissement vous a reconnu, mais aucun compte n’est ouvert ici à votre nom. Demandez-le à une "
    "personne qui a le rôle d’administration."
)


@views.get("/entrer")
@anybody
def door() -> AnyResponse:
    """Show the form to sign in; inside a session, go on."""
    if staff_sessions.visit() is not None:
        return redirect(_onward(), HTTPStatus.SEE_OTHER)
    return _form()


@views.post("/entrer")
@anybody
def enter() -> AnyResponse:
    """Let somebody in by name, password and code."""
    name, password, code = (request.form.get(field, "")[:_LONGEST] for field in ("name", "password", "code"))
    browser = staff_cookies.read(BROWSER)
    if not staff_desk().may_try(request.remote_addr or "", browser, name):
        return _refused(gettext(_SAID[Refusal.WAIT]), HTTPStatus.TOO_MANY_REQUESTS)
    found = staff_desk().sign_in(name, password, code, browser=browser, before=staff_cookies.read(SESSION))
    if isinstance(found, Refusal):
        current_app.logger.warning("sign-in at the desk was refused: %s", found.value)
        waits = found is Refusal.WAIT
        status = HTTPStatus.TOO_MANY_REQUESTS if waits else HTTPStatus.FORBIDDEN
        return _refused(gettext(_SAID[found]), status, typed=name)
    return _let_in(redirect(_onward(), HTTPStatus.SEE_OTHER), found)


@views.get("/entrer/etablissement")
@anybody
def leave_for_federation() -> AnyResponse:
    """Lead to the institution's own sign-in."""
    flow = staff_desk().new_secret()
    address = staff_desk().federation_address(flow, anew="anew" in request.args)
    if isinstance(address, FederationFault):
        return _refused(gettext(_FEDERATION_SAID[address]), HTTPStatus.SERVICE_UNAVAILABLE)
    answer = redirect(address, HTTPStatus.SEE_OTHER)
    staff_cookies.hand_out(answer, FLOW, f"{flow}{asked_back() or ''}")
    return answer


@views.get("/entrer/retour")
@anybody
def back_from_federation() -> Response:
    """Show the button that takes the provider's answer: nobody is let in by an address alone."""
    staff_sessions.prepare_door()
    return page("desk/entry/returned.html", answer=request.query_string.decode("ascii", "replace"))


@views.post("/entrer/retour")
@anybody
def enter_federated() -> AnyResponse:
    """Let somebody in whom the institution's provider vouches for."""
    if not staff_desk().may_try(request.remote_addr or "", staff_cookies.read(BROWSER), ""):
        return _refused(gettext(_SAID[Refusal.WAIT]), HTTPStatus.TOO_MANY_REQUESTS)
    flow, slash, rest = staff_cookies.read(FLOW).partition("/")
    found = staff_desk().sign_in_federated(
        flow, request.form.get("answer", ""), before=staff_cookies.read(SESSION)
    )
    answer: AnyResponse
    if isinstance(found, SignedIn):
        answer = _let_in(redirect(_onward(f"{slash}{rest}"), HTTPStatus.SEE_OTHER), found)
    else:
        said = _NO_ACCOUNT if isinstance(found, Refusal) else _FEDERATION_SAID[found]
        current_app.logger.warning("sign-in through the institution was refused: %s", found.value)
        answer = _refused(gettext(said), HTTPStatus.FORBIDDEN)
    staff_cookies.take_back(answer, FLOW)
    return answer


@views.get("/confirmer")
@requires()
def confirm(_account: Account) -> AnyResponse:
    """Ask for a code again; who came through the institution shows there who they are."""
    current = staff_sessions.visit()
    if current is not None and current.method is SignInMethod.INSTITUTION:
        address = url_for("desk.entry.leave_for_federation", anew="1", suite=asked_back())
        return redirect(address, HTTPStatus.SEE_OTHER)
    return page("desk/entry/confirm.html", back=asked_back(), error=None)


@views.post("/confirmer")
@requires()
def confirmed(_account: Account) -> AnyResponse:
    """Take a code again, and go back to where it was needed."""
    current = staff_sessions.visit()
    if current is None:
        raise SignedOutError
    found = staff_desk().confirm(current, request.form.get("code", "")[:_LONGEST])
    if isinstance(found, Refusal):
        waits = found is Refusal.WAIT
        status = HTTPStatus.TOO_MANY_REQUESTS if waits else HTTPStatus.FORBIDDEN
        said = gettext(_SAID[found]) if waits else gettext("Ce code n’est pas le bon, ou il a déjà servi.")
        return page("desk/entry/confirm.html", status=status, back=asked_back(), error=said)
    answer = redirect(_onward(), HTTPStatus.SEE_OTHER)
    staff_sessions.open_session(answer, found)
    return answer


@views.post("/quitter")
@requires()
def leave(_account: Account) -> AnyResponse:
    """End the session, on both sides."""
    current = staff_sessions.visit()
    if current is not None:
        staff_desk().leave(current.secret)
    answer = seen("desk.entry.door")
    staff_sessions.close_session(answer)
    return answer


def _let_in(answer: AnyResponse, found: SignedIn) -> AnyResponse:
    staff_sessions.open_session(answer, found.visit)
    if found.browser is not None:
        staff_cookies.hand_out(answer, BROWSER, found.browser)
    return answer


def _refused(said: str, status: HTTPStatus, typed: str = "") -> Response:
    answer = _form(error=said, typed=typed, status=status)
    if status is HTTPStatus.TOO_MANY_REQUESTS:
        answer.headers["Retry-After"] = _QUARTER
    return answer


def _form(*, error: str | None = None, typed: str = "", status: HTTPStatus = HTTPStatus.OK) -> Response:
    staff_sessions.prepare_door()
    federated = staff_desk().federated
    return page(
        "desk/entry/door.html",
        status=status,
        error=error,
        typed=typed,
        back=asked_back(),
        federated=federated,
    )


def _onward(kept: str | None = None) -> str:
    wanted = staff_sessions.own_address(kept) if kept else asked_back()
    return wanted or url_for("desk.home.first", lang=request.args.get("lang"))
