"""One's own account: password, recovery codes, where one is signed in."""

from http import HTTPStatus

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from issuer.ports.staff import Account, EnrolmentFault, StaffVisit
from issuer.web import staff_sessions
from issuer.web.access import staff_desk
from issuer.web.desk_pages import page, seen
from issuer.web.language import gettext
from issuer.web.staff_sessions import SignedOutError, require_fresh, requires
from issuer.web.views.desk.arrival import FAULTS

views = Blueprint("own", __name__, url_prefix="/compte")

_LONGEST = 256


@views.get("", endpoint="page")
@requires()
def own_page(_account: Account) -> Response:
    """Show one's own account."""
    return _page()


@views.post("/mot-de-passe")
@requires()
def change_password(_account: Account) -> AnyResponse:
    """Change one's own password; every other session ends."""
    require_fresh(url_for("desk.own.page"))
    current, first, second = (
        request.form.get(field, "")[:_LONGEST] for field in ("current", "password", "again")
    )
    done = staff_desk().change_password(_visit(), current, (first, second))
    if isinstance(done, EnrolmentFault):
        return _page(gettext(FAULTS[done]), HTTPStatus.BAD_REQUEST)
    answer = seen("desk.own.page")
    staff_sessions.open_session(answer, done)
    return answer


@views.post("/codes")
@requires()
def new_codes(_account: Account) -> Response:
    """Make new recovery codes, and show them this once."""
    require_fresh(url_for("desk.own.page"))
    return page("desk/own/codes.html", codes=staff_desk().new_recovery_codes(_visit()), arrived=False)


@views.post("/sessions/<session>/fin")
@requires()
def end_session(account: Account, session: str) -> AnyResponse:
    """End one of one's own sessions."""
    staff_desk().end_session(account.id, session)
    return seen("desk.own.page")


def _page(error: str | None = None, status: HTTPStatus = HTTPStatus.OK) -> Response:
    current, desk = _visit(), staff_desk()
    return page(
        "desk/own/page.html",
        status=status,
        error=error,
        visit=current,
        sessions=desk.sessions(current.account.id),
        codes_left=desk.codes_left(current.account.id),
    )


def _visit() -> StaffVisit:
    current = staff_sessions.visit()
    if current is None:
        raise SignedOutError
    return current
