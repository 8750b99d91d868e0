"""Orders: what one person asked, and the word of another; a worker carries out what was approved."""

from flask import Blueprint, Response, current_app, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from issuer.domain.staff import Role
from issuer.errors import RefusedError
from issuer.ports.lifecycle import DECIDERS, LIFECYCLE_KINDS
from issuer.ports.orders import Order, OrderKind, OrderState
from issuer.ports.staff import Account
from issuer.web import desk_pages
from issuer.web.access import lifecycle_desk
from issuer.web.desk_pages import page as desk_page
from issuer.web.desk_pages import seen
from issuer.web.language import mark
from issuer.web.staff_sessions import RoleNeededError, require_fresh, requires

views = Blueprint("orders", __name__, url_prefix="/ordres")

_READERS = (Role.ENTRY, Role.APPROVAL, Role.AUDIT, Role.ADMINISTRATION)
_LONGEST_NOTE = 2_000

_ELSEWHERE = {OrderKind.ISSUE: "desk.season.approval", OrderKind.ACCOUNT: "desk.accounts.page"}
"""Orders that are decided where more of them is shown."""

_UNDER_WAY = frozenset({OrderState.APPROVED, OrderState.RUNNING})

desk_pages.say({
    "order.no_note": mark("Écrivez en quelques mots pourquoi vous refusez\u202f: la personne le lira."),
    "order.elsewhere": mark("Cet ordre se décide sur sa propre page. Rien n’a été changé."),
})  # fmt: skip


@views.get("", endpoint="page")
@requires(*_READERS)
def listing(_account: Account) -> Response:
    """Show the orders in a state, or all of them."""
    asked = request.args.get("etat", "")
    state = OrderState(asked) if asked in set(OrderState) else None
    found = lifecycle_desk().orders(state)
    return desk_page("desk/orders.html", orders=found, state=state, states=list(OrderState))


@views.get("/<order_id>", endpoint="one")
@requires(*_READERS)
def show(account: Account, order_id: str) -> Response:
    """Show one order: what, by whom, why, who may not approve it, what it does, what came of it."""
    desk = lifecycle_desk()
    order = desk.order(order_id)
    closed_to = desk.closed_to(order)
    waiting = order.state is OrderState.PROPOSED
    return desk_page(
        "desk/order.html",
        order=order,
        closed_to=sorted(closed_to),
        rehearsal=desk.consequences(order) if waiting else None,
        on_awards=order.kind in LIFECYCLE_KINDS,
        elsewhere=_elsewhere(order) if waiting else None,
        may_decide=waiting and account.has(DECIDERS[order.kind]) and order.kind not in _ELSEWHERE,
        is_closed=account.id in closed_to,
        may_take_back=waiting and order.asked.proposed_by == account.id,
        under_way=order.state in _UNDER_WAY,
        refused=_refused(order),
    )


@views.post("/<order_id>/approuver")
@requires(Role.APPROVAL)
def approve(account: Account, order_id: str) -> AnyResponse:
    """Give the second person's word."""
    require_fresh(url_for("desk.orders.one", order_id=order_id, lang=request.args.get("lang")))
    _require_decider(account, order_id)
    lifecycle_desk().approve_order(order_id, actor=account.id)
    return seen("desk.orders.one", order_id=order_id)


@views.post("/<order_id>/refuser")
@requires(Role.APPROVAL)
def refuse(account: Account, order_id: str) -> AnyResponse:
    """Refuse, with the reason."""
    require_fresh(url_for("desk.orders.one", order_id=order_id, lang=request.args.get("lang")))
    _require_decider(account, order_id)
    note = request.form.get("note", "").strip()[:_LONGEST_NOTE]
    if not note:
        raise RefusedError(
            "order.no_note", "a refusal has a reason", where="note", remedy="say why in a few words"
        )
    lifecycle_desk().refuse_order(order_id, actor=account.id, note=note)
    return seen("desk.orders.one", order_id=order_id)


@views.post("/<order_id>/reprendre")
@requires(Role.ENTRY, Role.APPROVAL, Role.ADMINISTRATION)
def take_back(account: Account, order_id: str) -> AnyResponse:
    """Take back one's own order."""
    lifecycle_desk().take_back(order_id, actor=account.id)
    return seen("desk.orders.one", order_id=order_id)


def _require_decider(account: Account, order_id: str) -> None:
    kind = lifecycle_desk().order(order_id).kind
    if kind in _ELSEWHERE:
        raise RefusedError(
            "order.elsewhere",
            "this order is decided on a page of its own",
            where=order_id,
            remedy="open it from its page",
        )
    if not account.has(DECIDERS[kind]):
        raise RoleNeededError(frozenset({DECIDERS[kind]}))


def _elsewhere(order: Order) -> str | None:
    endpoint = _ELSEWHERE.get(order.kind)
    if endpoint is None or endpoint not in current_app.view_functions:
        return None
    lang = request.args.get("lang")
    if order.kind is OrderKind.ACCOUNT:
        return url_for(endpoint, lang=lang)
    return url_for(endpoint, order_id=order.id, lang=lang)


def _refused(order: Order) -> list[dict[str, object]]:
    """Give the awards that an order did not touch, of those that it was about."""
    refused = order.events[-1].details.get("refused")
    return [dict(each) for each in refused] if isinstance(refused, list) else []
