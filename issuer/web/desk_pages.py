"""The pages of the desk: how they are made, its rooms, and what it says when something is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from issuer.domain.staff import ROLE_WORDS, Role
from issuer.errors import ConflictError, NotFoundError, RefusedError, ServiceError
from issuer.ports.staff import Account
from issuer.web import staff_cookies, staff_sessions
from issuer.web.language import Language, current_language, gettext, mark
from issuer.web.negotiation import HTML
from issuer.web.staff_sessions import FreshSignInNeededError, RoleNeededError, SignedOutError


@dataclass(frozen=True, slots=True)
class Room:
    """An entry of the desk's navigation.

    Attributes:
        name: What it is called there, as a message of the catalogues.
        endpoint: The view that it leads to; an entry whose view there is not, or is not the reader's, is not
            shown.
    """

    name: str
    endpoint: str


ROOMS: Sequence[Room] = (
    Room(mark("À traiter"), "desk.todo.page"),
    Room(mark("Saisie"), "desk.season.page"),
    Room(mark("Délivrances"), "desk.awards.page"),
    Room(mark("Ordres"), "desk.orders.page"),
    Room(mark("Certifications"), "desk.fiches.page"),
    Room(mark("Exports légaux"), "desk.legal.page"),
    Room(mark("Preuves et journal"), "desk.evidence.page"),
    Room(mark("Comptes"), "desk.accounts.page"),
)
"""The rooms in their order; a template says in which it is by ``{% set here = "desk.season" %}``."""

_STATUS: Mapping[type[ServiceError], HTTPStatus] = {
    NotFoundError: HTTPStatus.NOT_FOUND,
    ConflictError: HTTPStatus.CONFLICT,
    RefusedError: HTTPStatus.FORBIDDEN,
}

_SENTENCES: dict[str, str] = {
    "four_eyes.same_person": mark(
        "Qui a saisi ou demandé ne peut pas approuver. Rien n’a été changé\u202f: une autre personne qui "
        "a le rôle de validation décide."
    ),
    "order.unknown": mark("Il n’y a pas d’ordre sous ce numéro. Revenez à la liste des ordres."),
    "order.decided": mark("Cet ordre a déjà été tranché. Rien n’a été changé\u202f: rechargez la page."),
    "order.stale": mark(
        "Le dossier a changé depuis la demande. Rien n’a été approuvé\u202f: relisez la différence, puis "
        "décidez."
    ),
    "order.not_yours": mark(
        "Seule la personne qui a demandé peut reprendre sa demande. Rien n’a été changé."
    ),
}
_OTHERWISE: Mapping[type[ServiceError], str] = {
    NotFoundError: mark("Ce que vous demandez n’est pas dans le registre. Vérifiez l’adresse ou le numéro."),
    ConflictError: mark("Le registre dit autre chose. Rien n’a été changé\u202f: rechargez la page."),
    RefusedError: mark("Les règles ne le permettent pas. Rien n’a été changé."),
}


def say(sentences: Mapping[str, str]) -> None:
    """Add what the desk says, in French, of refusals by their codes; called where a room's views are defined.

    Args:
        sentences: Messages of the catalogues (``mark``) by the code of a ``ServiceError``.
    """
    _SENTENCES.update(sentences)


def said(error: ServiceError) -> str:
    """Give the sentence of the desk on an act that could not be done, in the reader's language."""
    kind = next((known for known in _OTHERWISE if isinstance(error, known)), RefusedError)
    return gettext(_SENTENCES.get(error.code) or _OTHERWISE[kind])


def page(template: str, *, status: HTTPStatus = HTTPStatus.OK, **values: object) -> Response:
    """Make a page of the desk.

    Args:
        template: Its file under ``templates/``.
        status: HTTP status.
        values: What the template shows.
    """
    return Response(render_template(template, **values), status, mimetype=HTML)


def seen(endpoint: str, **values: str | None) -> AnyResponse:
    """Lead from a form that was taken to the page that shows what it did; reloading that sends nothing.

    Args:
        endpoint: The page's view.
        values: Parts of its address.
    """
    values.setdefault("lang", request.args.get("lang"))
    address = url_for(endpoint, _external=False, **values)
    return redirect(address, HTTPStatus.SEE_OTHER)


def rooms_of(account: Account) -> Sequence[Room]:
    """Give the entries of the navigation that an account's roles open."""
    views = current_app.view_functions
    return [
        room
        for room in ROOMS
        if room.endpoint in views and staff_sessions.may_open(account, views[room.endpoint])
    ]


def role_word(role: Role) -> str:
    """Name a role in the reader's language."""
    words = ROLE_WORDS[role]
    return words.fr if current_language() is Language.FR else words.en


def signed_out(_error: SignedOutError) -> AnyResponse:
    """Lead to the door, and back here after it."""
    answer = redirect(_address("desk.entry.door", staff_sessions.here()), HTTPStatus.SEE_OTHER)
    if staff_cookies.read(staff_cookies.SESSION):
        staff_sessions.close_session(answer)
    return answer


def role_needed(error: RoleNeededError) -> Response:
    """Say which role a page needs, and who gives it."""
    words = [role_word(role) for role in Role if role in error.roles]
    return page("desk/refused.html", status=HTTPStatus.FORBIDDEN, roles=words)


def fresh_needed(error: FreshSignInNeededError) -> AnyResponse:
    """Lead to the page that asks for a code again, and back after it."""
    return redirect(_address("desk.entry.confirm", error.back), HTTPStatus.SEE_OTHER)


def could_not(error: ServiceError) -> Response:
    """Say what was refused, on a page of the desk."""
    kind = next((known for known in _STATUS if isinstance(error, known)), None)
    if kind is None:
        raise error
    return page("desk/problem.html", status=_STATUS[kind], sentence=said(error), code=error.code)


def _address(endpoint: str, back: str | None) -> str:
    return url_for(endpoint, lang=request.args.get("lang"), suite=back)
