"""The mails of a season, and what became of them."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from issuer.domain.staff import Role
from issuer.ports import NoticeState
from issuer.ports.staff import Account
from issuer.services.notices import hidden, short_id
from issuer.web.access import season_desk
from issuer.web.desk_pages import page, seen
from issuer.web.staff_sessions import requires
from issuer.web.views.desk.season_room import READERS, scope, views


@views.get("/saisie/courriels")
@requires(*READERS)
def notices(_account: Account) -> Response:
    """List the mails of a season, and who has no address."""
    certification, session = scope()
    desk = season_desk()
    lines = desk.notices(certification, session)
    return page(
        "desk/season/notices.html",
        certification=certification,
        session=session,
        lines=lines,
        counts={state: sum(line.notice.state is state for line in lines) for state in NoticeState},
        without=desk.without_address(certification, session),
        hidden=hidden,
        short_id=short_id,
    )


@views.post("/saisie/courriels/<reference>/renvoyer")
@requires(Role.ENTRY)
def resend(account: Account, reference: str) -> AnyResponse:
    """Queue a mail anew."""
    season_desk().resend(reference, actor=account.id)
    return _back()


@views.post("/saisie/courriels/<reference>/revenu")
@requires(Role.ENTRY)
def came_back(account: Account, reference: str) -> AnyResponse:
    """Note that a mail came back."""
    season_desk().mark_bounced(reference, actor=account.id)
    return _back()


def _back() -> AnyResponse:
    certification, session = scope()
    return seen("desk.season.notices", fiche=certification, session=session, lang=request.args.get("lang"))
