"""A jury season: sessions, files that wait, and what was proposed; the pages beside this one do the rest."""

from flask import Response

from issuer.ports.staff import Account
from issuer.web.access import season_desk
from issuer.web.desk_pages import page as desk_page
from issuer.web.staff_sessions import requires
from issuer.web.views.desk import (  # noqa: F401 - each adds its views to the blueprint
    season_approval,
    season_drafts,
    season_issue,
    season_notices,
    season_plan,
    season_report,
    season_typing,
)
from issuer.web.views.desk.season_room import READERS, views

__all__ = ["views"]


@views.get("/saisie")
@requires(*READERS)
def page(_account: Account) -> Response:
    """Show the sessions, the files that wait to be taken in, and the plans that were proposed."""
    desk = season_desk()
    return desk_page(
        "desk/season/season.html",
        certifications=desk.certifications(),
        sessions=desk.sessions(),
        drafts=desk.drafts.all(),
        sources=desk.drafts.sources(),
        orders=desk.issue_orders()[:20],
    )
