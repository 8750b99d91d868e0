"""The registrar's desk under ``/registre``: one module a room, each with a blueprint of its own.

To add a room: write ``views/desk/<room>.py`` with ``views = Blueprint("<room>", __name__, url_prefix="/…")``,
have every view say who may use it (``@requires(Role.…)`` under its route), and name the blueprint in
``_AREAS``. Its page in the navigation is a line of ``desk_pages.ROOMS``; its rows in the table of
``tests/functional/web/desk/test_matrix.py`` say who may do what.
"""

from flask import Blueprint, current_app, request, url_for

from issuer.errors import ConflictError, NotFoundError, RefusedError
from issuer.web import access, desk_pages, staff_cookies, staff_sessions
from issuer.web.views.desk.accounts import views as accounts
from issuer.web.views.desk.arrival import views as arrival
from issuer.web.views.desk.awards import views as awards
from issuer.web.views.desk.entry import views as entry
from issuer.web.views.desk.fiches import views as fiches
from issuer.web.views.desk.home import views as home
from issuer.web.views.desk.legal import views as legal
from issuer.web.views.desk.letters import views as letters
from issuer.web.views.desk.orders import views as orders
from issuer.web.views.desk.own import views as own
from issuer.web.views.desk.season import views as season
from issuer.web.views.desk.todo import views as todo

_AREAS = (home, entry, arrival, own, accounts, todo, awards, orders, season, legal, fiches, letters)

views = Blueprint("desk", __name__, url_prefix=staff_cookies.PATH)
for _area in _AREAS:
    views.register_blueprint(_area)
views.before_request(staff_sessions.refuse_foreign_forms)
views.after_request(staff_sessions.hand_out_door)
views.register_error_handler(staff_sessions.SignedOutError, desk_pages.signed_out)
views.register_error_handler(staff_sessions.RoleNeededError, desk_pages.role_needed)
views.register_error_handler(staff_sessions.FreshSignInNeededError, desk_pages.fresh_needed)
for _error in (NotFoundError, ConflictError, RefusedError):
    views.register_error_handler(_error, desk_pages.could_not)


@views.context_processor
def _common() -> dict[str, object]:
    current = staff_sessions.visit()
    return {
        "account": current.account if current else None,
        "own_page": _own_page(),
        "prints_letters": access.has_letters(),
        "rooms": desk_pages.rooms_of(current.account) if current else (),
        "role_word": desk_pages.role_word,
        "csrf_field": staff_sessions.csrf_field,
        "csrf_token": staff_sessions.csrf_token,
    }


def _own_page() -> str | None:
    if "desk.own.page" not in current_app.view_functions:
        return None
    return url_for("desk.own.page", lang=request.args.get("lang"))
