"""Everybody's accounts: opened, given roles, invited, closed; by administrators."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from issuer.domain.staff import Role
from issuer.errors import NotFoundError, ServiceError
from issuer.ports.staff import Account, AccountView
from issuer.web import desk_pages
from issuer.web.access import staff_desk
from issuer.web.desk_pages import page, said, seen
from issuer.web.language import mark
from issuer.web.staff_sessions import require_fresh, requires

views = Blueprint("accounts", __name__, url_prefix="/comptes")

desk_pages.say(
    {
        "account.unknown": mark("Il n’y a pas de compte sous cet identifiant."),
        "account.known": mark(
            "Cet identifiant est ou a été celui de quelqu’un, et aucun n’est donné deux fois. Choisissez-en "
            "un autre."
        ),
        "account.id": mark(
            "Un identifiant a de 3 à 40 signes\u202f: minuscules sans accent, chiffres, points et tirets, "
            "par exemple camille.durand."
        ),
        "account.name": mark("Écrivez le nom de la personne, en 80 signes au plus."),
        "account.no_reason": mark("Écrivez en quelques mots pourquoi\u202f: le registre le garde."),
        "account.closed": mark("Ce compte est clos, pour toujours. Ouvrez-en un autre, sous un autre nom."),
        "account.unchanged": mark("Le compte est déjà ainsi. Rien n’a été changé."),
        "account.login_taken": mark(
            "Un autre compte est lié à ce nom de connexion. Rien n’a été changé\u202f: déliez-le d’abord."
        ),
        "account.system_login": mark("Ce n’est pas un nom de connexion du serveur."),
        "account.last_administrators": mark(
            "Le registre a besoin de deux personnes à l’administration. Rien n’a été changé\u202f: nommez-en "
            "d’abord une autre, qui prenne son compte en main."
        ),
        "account.changed": mark(
            "Le compte a changé depuis cette demande. Rien n’a été fait\u202f: refusez-la, et demandez de "
            "nouveau."
        ),
        "account.not_an_administrator": mark(
            "Une demande sur un compte est approuvée par une autre personne de l’administration."
        ),
        "account.no_invitation": mark(
            "Aucun lien n’attend de code pour ce compte. Faites d’abord une invitation."
        ),
    }
)


@views.get("", endpoint="page")
@requires(Role.ADMINISTRATION)
def overview(_account: Account) -> Response:
    """Show all accounts, and the form that opens one."""
    return _overview()


@views.post("")
@requires(Role.ADMINISTRATION)
def open_one(account: Account) -> AnyResponse:
    """Open an account, without any role so far."""
    login, name, note = (request.form.get(field, "").strip() for field in ("login", "name", "note"))
    try:
        opened = staff_desk().open_account(login, name, note, actor=account.id)
    except ServiceError as error:
        return _overview(said(error), HTTPStatus.BAD_REQUEST, {"login": login, "name": name, "note": note})
    return seen("desk.accounts.one", login=opened.id)


@views.get("/<login>")
@requires(Role.ADMINISTRATION)
def one(_account: Account, login: str) -> Response:
    """Show an account with its story, and what can be done to it."""
    return _one(login)


@views.post("/<login>/roles")
@requires(Role.ADMINISTRATION)
def roles(account: Account, login: str) -> AnyResponse:
    """Give an account other roles, or ask for them where a second person decides."""
    require_fresh(url_for("desk.accounts.one", login=login))
    wanted = frozenset(Role(word) for word in request.form.getlist("role") if word in set(Role))
    system_login = request.form.get("system_login", "").strip() or None
    note = request.form.get("note", "")
    return _acted(login, lambda: staff_desk().ask_roles(login, wanted, system_login, note, actor=account.id))


@views.post("/<login>/clore")
@requires(Role.ADMINISTRATION)
def close(account: Account, login: str) -> AnyResponse:
    """Close an account, for good and at once."""
    require_fresh(url_for("desk.accounts.one", login=login))
    note = request.form.get("note", "")
    return _acted(login, lambda: staff_desk().close_account(login, note, actor=account.id))


@views.post("/<login>/invitation")
@requires(Role.ADMINISTRATION)
def invite(account: Account, login: str) -> AnyResponse:
    """Make a link with which an account is taken into use, and show it this once."""
    require_fresh(url_for("desk.accounts.one", login=login))
    try:
        link = staff_desk().invite(login, actor=account.id)
    except ServiceError as error:
        return _one(login, said(error), HTTPStatus.CONFLICT)
    return page("desk/accounts/link.html", view=_found(login), link=link)


@views.post("/<login>/code")
@requires(Role.ADMINISTRATION)
def arrival_code(account: Account, login: str) -> AnyResponse:
    """Show the code without which the link that is out opens nothing, to another than who has the link."""
    require_fresh(url_for("desk.accounts.one", login=login))
    try:
        code = staff_desk().arrival_code(login, actor=account.id)
    except ServiceError as error:
        return _one(login, said(error), HTTPStatus.CONFLICT)
    return page("desk/accounts/code.html", view=_found(login), code=code)


@views.post("/ordres/<order>/approuver")
@requires(Role.ADMINISTRATION)
def approve(account: Account, order: str) -> AnyResponse:
    """Approve what another administrator asked for, and do it."""
    require_fresh(url_for("desk.accounts.page"))
    staff_desk().approve_roles(order, actor=account.id)
    return seen("desk.accounts.page")


@views.post("/ordres/<order>/refuser")
@requires(Role.ADMINISTRATION)
def refuse(account: Account, order: str) -> AnyResponse:
    """Refuse what another administrator asked for, or take back what one asked for oneself."""
    require_fresh(url_for("desk.accounts.page"))
    staff_desk().refuse_roles(order, request.form.get("note", ""), actor=account.id)
    return seen("desk.accounts.page")


def _acted(login: str, act: Callable[[], object]) -> AnyResponse:
    try:
        act()
    except NotFoundError:
        raise
    except ServiceError as error:
        return _one(login, said(error), HTTPStatus.CONFLICT)
    return seen("desk.accounts.one", login=login)


def _overview(
    error: str | None = None, status: HTTPStatus = HTTPStatus.OK, typed: dict[str, str] | None = None
) -> Response:
    desk = staff_desk()
    return page(
        "desk/accounts/page.html",
        status=status,
        accounts=[view for each in desk.accounts() if (view := desk.account(each.id)) is not None],
        asked=desk.asked_roles(),
        founding=desk.founding,
        error=error,
        typed=typed or {},
    )


def _one(login: str, error: str | None = None, status: HTTPStatus = HTTPStatus.OK) -> Response:
    desk = staff_desk()
    return page(
        "desk/accounts/one.html",
        status=status,
        view=_found(login),
        asked=[order for order in desk.asked_roles() if order.asked.content.get("account") == login],
        all_roles=list(Role),
        founding=desk.founding,
        error=error,
    )


def _found(login: str) -> AccountView:
    found = staff_desk().account(login)
    if found is None:
        raise NotFoundError("account.unknown", "there is no account of this name", where="login", remedy="-")
    return found
