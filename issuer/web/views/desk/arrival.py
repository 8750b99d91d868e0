"""Taking an account into use, by the link that one was handed."""

from base64 import b64encode
from http import HTTPStatus

from flask import Blueprint, Response, request

from issuer.ports.staff import Arrival, EnrolmentFault, InvitationState
from issuer.web import staff_cookies, staff_sessions
from issuer.web.access import staff_desk
from issuer.web.desk_pages import page
from issuer.web.language import gettext, mark
from issuer.web.staff_sessions import anybody

views = Blueprint("arrival", __name__, url_prefix="/arrivee")

_LONGEST = 256
"""Characters that are read of a field: a password has 128 at most, and one longer is told so."""

FAULTS = {
    EnrolmentFault.ARRIVAL_CODE: mark(
        "Le code d’arrivée n’est pas le bon. Après cinq erreurs, le lien ne vaut plus rien."
    ),
    EnrolmentFault.SHORT: mark("Le mot de passe est trop court\u202f: douze caractères au moins."),
    EnrolmentFault.LONG: mark("Le mot de passe est trop long\u202f: 128 caractères au plus."),
    EnrolmentFault.COMMON: mark(
        "Ce mot de passe est parmi les premiers que l’on essaie. Choisissez-en un autre, par exemple quatre "
        "mots sans lien entre eux."
    ),
    EnrolmentFault.DIFFERENT: mark("Les deux mots de passe ne sont pas les mêmes."),
    EnrolmentFault.CODE: mark(
        "Le code à six chiffres n’est pas le bon. Vérifiez l’heure de votre téléphone et attendez le code "
        "suivant."
    ),
    EnrolmentFault.PASSWORD: mark("Le mot de passe actuel n’est pas le bon."),
    EnrolmentFault.WAIT: mark(
        "Trop d’essais en peu de temps. Rien n’est perdu\u202f: attendez un quart d’heure, puis recommencez."
    ),
}


@views.get("/<secret>")
@anybody
def show(secret: str) -> Response:
    """Show what somebody does who takes an account into use."""
    return _form(secret)


@views.post("/<secret>")
@anybody
def take(secret: str) -> Response:
    """Take the arrival code and show the rest; then take the account into use, with its recovery codes."""
    arrival_code, first, second, code = (
        request.form.get(field, "")[:_LONGEST] for field in ("arrival_code", "password", "again", "code")
    )
    if not staff_desk().may_try(request.remote_addr or "", staff_cookies.read(staff_cookies.BROWSER), ""):
        return _form(secret, EnrolmentFault.WAIT, HTTPStatus.TOO_MANY_REQUESTS)
    if "password" not in request.form:
        return _form(secret, arrival_code=arrival_code)
    done = staff_desk().enrol(secret, arrival_code, (first, second), code)
    if isinstance(done, EnrolmentFault):
        # A wrong code was counted already: it is asked for anew, and not given a second time.
        fitting = None if done is EnrolmentFault.ARRIVAL_CODE else arrival_code
        return _form(secret, done, HTTPStatus.BAD_REQUEST, arrival_code=fitting)
    return page("desk/own/codes.html", codes=done, arrived=True)


def _form(
    secret: str,
    fault: EnrolmentFault | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    arrival_code: str | None = None,
) -> Response:
    arrival = staff_desk().invitation(secret, arrival_code)
    if isinstance(arrival, EnrolmentFault):
        return _form(secret, arrival, HTTPStatus.BAD_REQUEST)
    if not isinstance(arrival, Arrival):
        waits = arrival is InvitationState.NO_CODE_YET
        gone = HTTPStatus.CONFLICT if waits else HTTPStatus.GONE
        return page("desk/entry/no_arrival.html", status=gone, waits=waits)
    staff_sessions.prepare_door()
    return page(
        "desk/entry/arrival.html",
        status=status,
        arrival=arrival,
        secret=secret,
        arrival_code=arrival_code,
        picture=_data_uri(arrival.otp_picture) if arrival.otp_picture is not None else None,
        error=gettext(FAULTS[fault]) if fault is not None else None,
    )


def _data_uri(svg: bytes) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg).decode()}"
