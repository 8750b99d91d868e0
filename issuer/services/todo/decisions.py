"""Decisions that wait for a person: orders, and what strangers report."""

from collections.abc import Iterator, Sequence

from issuer.ports.orders import Order, OrderState
from issuer.ports.todo import ToDo, ToDoKind, Urgency
from issuer.services.orders import LEASE
from issuer.services.todo.view import View, found


def orders(view: View) -> Iterator[ToDo]:
    """Find orders that wait for a second person, and such as stopped or are not carried out."""
    everything = view.registry.orders()
    waiting = [order for order in everything if order.state is OrderState.PROPOSED]
    stuck = [order for order in everything if _is_stuck(view, order)]
    yield from found(
        ToDoKind.ORDERS_STUCK,
        Urgency.NOW,
        [order.id for order in stuck],
        min((order.events[-1].at for order in stuck), default=None),
    )
    yield from found(
        ToDoKind.ORDERS_WAITING,
        Urgency.SOON,
        [order.id for order in waiting],
        min((order.asked.proposed_at for order in waiting), default=None),
    )


def open_doubts(view: View) -> Sequence[ToDo]:
    """Find what strangers reported and nobody has looked into."""
    waiting = [doubt for doubt in view.registry.doubts() if doubt.closed_at is None]
    ids = [doubt.id.removeprefix("urn:uuid:")[:8] for doubt in waiting]
    return found(ToDoKind.DOUBTS_OPEN, Urgency.SOON, ids, min((doubt.at for doubt in waiting), default=None))


def _is_stuck(view: View, order: Order) -> bool:
    """Say whether an order failed, or was approved or begun and nobody carries it out."""
    if order.state is OrderState.FAILED:
        return True
    if order.state not in {OrderState.APPROVED, OrderState.RUNNING}:
        return False
    heard = order.events[-1].at
    if order.progress is not None:
        heard = max(heard, order.progress.seen_at)
    return heard <= view.now - LEASE
