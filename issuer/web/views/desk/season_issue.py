"""How far the issue of a plan is: from the register, so that a closed tab loses nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, json

from issuer.ports.orders import Order, OrderState
from issuer.ports.staff import Account
from issuer.web.access import season_desk
from issuer.web.desk_pages import page
from issuer.web.headers import allow_progress
from issuer.web.language import gettext
from issuer.web.negotiation import JSON
from issuer.web.staff_sessions import requires
from issuer.web.views.desk.season_room import READERS, views

_MOVING = frozenset({OrderState.PROPOSED, OrderState.APPROVED, OrderState.RUNNING})
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Advance:
    """How far an order is, in figures and in words.

    Attributes:
        done: Persons done.
        total: Persons in all; 0 before it began.
        rate: Persons a minute, or None before anything is known.
        seconds: What is left at this rate, or None.
        text: The same in a sentence.
    """

    done: int
    total: int
    rate: float | None
    seconds: int | None
    text: str


@views.get("/saisie/delivrance/<order_id>")
@requires(*READERS)
def progress(_account: Account, order_id: str) -> Response:
    """Show how far it is, and what came of it."""
    order = season_desk().order(order_id)
    moving = order.state in _MOVING
    if moving:
        allow_progress()
    return page(
        "desk/season/progress.html",
        order=order,
        advance=advance_of(order),
        moving=moving,
        outcome=order.events[-1].details,
        scope=order.asked.content,
    )


@views.get("/saisie/delivrance/<order_id>/etat.json")
@requires(*READERS)
def progress_state(_account: Account, order_id: str) -> Response:
    """Tell our own script how far it is."""
    order = season_desk().order(order_id)
    advance = advance_of(order)
    values: Mapping[str, object] = {
        "state": order.state.value,
        "moving": order.state in _MOVING,
        "done": advance.done,
        "total": advance.total,
        "text": advance.text,
    }
    return Response(json.dumps(values), mimetype=JSON)


def advance_of(order: Order) -> Advance:
    """Tell how far an order is.

    Args:
        order: The order.
    """
    kept = order.progress
    if kept is None or not kept.total:
        return Advance(0, 0, None, None, _waiting_text(order.state))
    started = next(
        (event.at for event in reversed(order.events) if event.state is OrderState.RUNNING), kept.seen_at
    )
    spent = (kept.seen_at - started).total_seconds()
    speed = kept.done / spent if spent > 0 else None
    seconds = round((kept.total - kept.done) / speed) if speed else None
    return Advance(
        kept.done, kept.total, speed * _MINUTE if speed else None, seconds, _text(order, kept.done, seconds)
    )


def _waiting_text(state: OrderState) -> str:
    if state is OrderState.PROPOSED:
        return gettext("Le plan attend la décision d’une autre personne.")
    if state is OrderState.APPROVED:
        return gettext("Le plan est approuvé\u202f: la délivrance commence dans quelques secondes.")
    if state is OrderState.RUNNING:
        return gettext("La délivrance commence.")
    return gettext("Il n’y a rien à attendre.")


def _text(order: Order, done: int, seconds: int | None) -> str:
    total = order.progress.total if order.progress else 0
    text = gettext("%(done)s personnes sur %(total)s.", done=done, total=total)
    if order.state is not OrderState.RUNNING or seconds is None:
        return text
    left = (
        gettext("Il reste moins d’une minute.")
        if seconds < _MINUTE
        else gettext("Il reste environ %(minutes)s minutes.", minutes=round(seconds / _MINUTE))
    )
    return f"{text} {left}"
