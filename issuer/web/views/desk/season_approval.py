"""The second person's page: what will be issued, its specimens, and what changed since it was proposed."""

from http import HTTPStatus

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from issuer.domain.staff import Role
from issuer.ports.staff import Account
from issuer.web.access import season_desk
from issuer.web.desk_pages import page, seen
from issuer.web.language import gettext
from issuer.web.staff_sessions import require_fresh, requires
from issuer.web.views.desk.season_room import READERS, views

_LONGEST_NOTE = 1000


@views.get("/saisie/approbation/<order_id>", endpoint="approval")
@requires(*READERS)
def approval(account: Account, order_id: str) -> Response:
    """Show an order to issue as who decides on it reads it."""
    return _shown(account, order_id)


@views.post("/saisie/approbation/<order_id>/approuver")
@requires(Role.APPROVAL)
def approve(account: Account, order_id: str) -> AnyResponse:
    """Give the second person's word for the plan that this person saw."""
    require_fresh(url_for("desk.season.approval", order_id=order_id, lang=request.args.get("lang")))
    season_desk().approve(order_id, seen=request.form.get("plan", ""), actor=account.id)
    return seen("desk.season.progress", order_id=order_id)


@views.post("/saisie/approbation/<order_id>/refuser")
@requires(Role.APPROVAL)
def refuse(account: Account, order_id: str) -> AnyResponse:
    """Refuse it, with the reason."""
    require_fresh(url_for("desk.season.approval", order_id=order_id, lang=request.args.get("lang")))
    note = request.form.get("note", "").strip()[:_LONGEST_NOTE]
    if not note:
        return _shown(account, order_id, gettext("Dites pourquoi vous refusez."), HTTPStatus.BAD_REQUEST)
    season_desk().refuse(order_id, note=note, actor=account.id)
    return seen("desk.season.approval", order_id=order_id)


@views.post("/saisie/approbation/<order_id>/reprendre")
@requires(Role.ENTRY)
def take_back(account: Account, order_id: str) -> AnyResponse:
    """Take one's own order back."""
    season_desk().take_back(order_id, actor=account.id)
    return seen("desk.season.approval", order_id=order_id)


def _shown(
    account: Account, order_id: str, error: str | None = None, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    desk = season_desk()
    proposal = desk.proposal(order_id)
    may_decide = account.has(Role.APPROVAL) and not (desk.office.four_eyes and account.id in proposal.lasting)
    return page(
        "desk/season/approval.html",
        status=status,
        proposal=proposal,
        order=proposal.order,
        view=proposal.reading.view,
        reading=proposal.reading,
        difference=proposal.difference,
        session=proposal.reading.view.session,
        may_decide=may_decide,
        is_author=account.id in proposal.lasting,
        is_proposer=account.id == proposal.order.asked.proposed_by,
        error=error,
    )
