"""The desk's first page: the to-do list of the account."""

from http import HTTPStatus

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from issuer.ports.staff import Account
from issuer.web.desk_pages import page, rooms_of
from issuer.web.staff_sessions import requires

views = Blueprint("home", __name__)


@views.get("")
@requires()
def first(account: Account) -> AnyResponse:
    """Lead to the first room that the account's roles open; greet where there is none."""
    rooms = rooms_of(account)
    if not rooms:
        return page("desk/home.html")
    return redirect(url_for(rooms[0].endpoint, lang=request.args.get("lang")), HTTPStatus.SEE_OTHER)
