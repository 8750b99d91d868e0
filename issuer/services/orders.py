"""Ask, decide, carry out: three acts of at least two people, each in the trail.

A web process never opens the signing key: it keeps what people ask and decide, and a worker that has the key
carries it out. An order that stopped on the way is started again and makes nothing twice.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from issuer.domain.canonical_json import digest_of
from issuer.domain.short_code import ALPHABET
from issuer.errors import ConflictError, ServiceError
from issuer.ports import Registry
from issuer.ports.orders import (
    Advance,
    NewOrder,
    Order,
    OrderEvent,
    OrderKind,
    OrderProgress,
    OrderState,
)
from issuer.services import audit
from issuer.services.four_eyes import (
    closed_to,
    require_other_than,
    require_second_person,
    subjects_of,
    unknown_order,
)
from issuer.services.office import Office
from issuer.services.planning import current_plan, keep_approval, plan_authors

LEASE = timedelta(minutes=2)
"""How long a process may say nothing of an order that it carries out before another takes it up."""

STEP = timedelta(milliseconds=500)
"""How often progress is written at most."""

Handler = Callable[[Office, Order, Advance], Mapping[str, object]]
"""Carries an order out, from wherever an earlier try stopped; gives what came of it, as JSON values."""

_ID_LENGTH = 8


def propose(
    office: Office,
    kind: OrderKind,
    content: Mapping[str, object],
    *,
    actor: str,
    note: str | None = None,
    authors: frozenset[str] = frozenset(),
) -> Order:
    """Ask for something that another person decides.

    Args:
        office: The service.
        kind: What is asked for.
        content: Its kind's values (JSON); no personal data but a candidate's identifier.
        actor: Whose account asks.
        note: Why, in their words; stays in the register.
        authors: Whose entry it rests on; they may not approve it either.

    Returns:
        The order, which waits for a decision.
    """
    with office.store.writing() as registry:
        now = office.clock.now()
        order_id = "O-" + "".join(ALPHABET[office.ids.below(len(ALPHABET))] for _ in range(_ID_LENGTH))
        registry.add_order(NewOrder(order_id, kind, content, now, actor, authors, note))
        details = {
            "kind": kind.value,
            "content_sha256": digest_of(content),
            "authors": sorted(authors),
            "note_sha256": _digest(note),
        }
        audit.record(registry, now, actor, "order.proposed", order_id, details)
        return _found(registry, order_id)


def approve_order(office: Office, order_id: str, *, actor: str, seen: str | None = None) -> Order:
    """Give the second person's word for an order.

    Args:
        office: The service.
        order_id: Its id.
        actor: Who approves: neither who asked nor whose entry it rests on, where four eyes are on.
        seen: Of an order to issue: the digest of the plan that this person saw, where it differs from the
            one that was proposed; only what was seen is approved.

    Returns:
        The order, which waits to be carried out.

    Raises:
        NotFoundError: ``order.unknown``.
        ConflictError: ``order.decided``; ``order.stale`` when the record gives another plan by now.
        RefusedError: ``four_eyes.same_person``.
    """
    with office.store.writing() as registry:
        order = _waiting(registry, order_id)
        require_other_than(office, actor, closed_to(order), order_id)
        details = _approve_plan(office, registry, order, actor, seen) if order.kind is OrderKind.ISSUE else {}
        if order.kind is OrderKind.REPLACE:
            require_other_than(office, actor, _record_authors(registry, order), order_id)
        _note(
            registry,
            OrderEvent(order_id, OrderState.APPROVED, office.clock.now(), actor, None, details),
        )
        return _found(registry, order_id)


def refuse_order(office: Office, order_id: str, *, actor: str, note: str) -> Order:
    """Refuse an order; who asked may ask anew.

    Args:
        office: The service.
        order_id: Its id.
        actor: Who refuses.
        note: Why, in their words.

    Raises:
        NotFoundError: ``order.unknown``.
        ConflictError: ``order.decided``.
        RefusedError: ``four_eyes.same_person``: who asked takes it back instead.
    """
    with office.store.writing() as registry:
        order = _waiting(registry, order_id)
        require_other_than(office, actor, {order.asked.proposed_by}, order_id)
        _note(registry, OrderEvent(order_id, OrderState.REFUSED, office.clock.now(), actor, note, {}))
        return _found(registry, order_id)


def take_back(office: Office, order_id: str, *, actor: str) -> Order:
    """Take back an order that nobody decided yet; for who asked alone.

    Raises:
        NotFoundError: ``order.unknown``.
        ConflictError: ``order.decided``, or ``order.not_yours``.
    """
    with office.store.writing() as registry:
        order = _waiting(registry, order_id)
        if order.asked.proposed_by != actor:
            raise ConflictError(
                "order.not_yours",
                "only who asked for it takes it back; nothing was changed",
                where=order_id,
                remedy="refuse it instead, with a reason",
            )
        _note(registry, OrderEvent(order_id, OrderState.TAKEN_BACK, office.clock.now(), actor, None, {}))
        return _found(registry, order_id)


def find_order(office: Office, order_id: str) -> Order:
    """Give an order.

    Raises:
        NotFoundError: ``order.unknown``.
    """
    with office.store.reading() as registry:
        return _found(registry, order_id)


def orders(office: Office, state: OrderState | None = None) -> Sequence[Order]:
    """Give the orders in a state, or all of them, oldest first."""
    with office.store.reading() as registry:
        return registry.orders(state)


def due_orders(office: Office) -> Sequence[Order]:
    """Give the orders that a worker may take up now: approved ones, and those that a worker left."""
    now = office.clock.now()
    return [order for order in orders(office) if _is_due(order, now - LEASE)]


def carry_out(office: Office, order_id: str, handlers: Mapping[OrderKind, Handler], *, actor: str) -> Order:
    """Carry an approved order out, from wherever an earlier try stopped.

    Args:
        office: The service; its key is opened only by what signs.
        order_id: Its id.
        handlers: What carries out each kind.
        actor: The account of the process that does it.

    Returns:
        The order: done, or failed with the reason, to be started again.

    Raises:
        NotFoundError: ``order.unknown``.
        ConflictError: ``order.not_due``: it is not approved, is done, or another process is at it.
        RefusedError: ``four_eyes.same_person`` or ``order.not_in_trail``.
    """
    with office.store.writing() as registry:
        order = _found(registry, order_id)
        now = office.clock.now()
        if not _is_due(order, now - LEASE) and order.state is not OrderState.FAILED:
            raise ConflictError(
                "order.not_due",
                f"the order is {order.state.value}: it cannot be carried out now",
                where=order_id,
                remedy=f"see it with: parchemin orders show {order_id}",
            )
        require_second_person(office, registry, order)
        _note(registry, OrderEvent(order_id, OrderState.RUNNING, now, actor, None, {}))
        order = _found(registry, order_id)
    try:
        outcome = handlers[order.kind](office, order, _Telling(office, order_id))
    except ServiceError as error:
        trouble = {"code": error.code, "message": error.message, "where": error.where, "remedy": error.remedy}
        return _ended(office, order_id, OrderState.FAILED, trouble, actor)
    except Exception as error:  # noqa: BLE001 - whatever one order meets, those behind it are carried out
        trouble = {
            "code": "program.fault",
            "message": f"the program met a fault of its own ({type(error).__name__})",
            "where": order_id,
            "remedy": "report it with the order's id; what was done is kept, and it may be started again",
        }
        return _ended(office, order_id, OrderState.FAILED, trouble, actor)
    return _ended(office, order_id, OrderState.DONE, outcome, actor)


class _Telling:
    """Keeps how far an order is, now and then, so that a page may show it."""

    def __init__(self, office: Office, order_id: str) -> None:
        self._office = office
        self._order_id = order_id
        self._next = office.clock.now()

    def __call__(self, done: int, total: int) -> None:
        now = self._office.clock.now()
        if now < self._next and done < total:
            return
        self._next = now + STEP
        with self._office.store.writing() as registry:
            registry.keep_progress(OrderProgress(self._order_id, done, total, now))


def _is_due(order: Order, silent_since: datetime) -> bool:
    if order.state is OrderState.APPROVED:
        return True
    if order.state is not OrderState.RUNNING:
        return False
    heard = max(order.events[-1].at, order.progress.seen_at) if order.progress else order.events[-1].at
    return heard < silent_since


def _ended(
    office: Office, order_id: str, state: OrderState, details: Mapping[str, object], actor: str
) -> Order:
    with office.store.writing() as registry:
        _note(registry, OrderEvent(order_id, state, office.clock.now(), actor, None, details))
        return _found(registry, order_id)


def _approve_plan(
    office: Office, registry: Registry, order: Order, actor: str, seen: str | None
) -> Mapping[str, object]:
    """Keep the plan that the approver saw as an approved one: the key signs nothing else."""
    content = order.asked.content
    code = str(content["certification"])
    session = None if content.get("session") is None else str(content["session"])
    plan = current_plan(office, registry, code, session)
    if plan.digest != (seen or content["plan"]):
        raise ConflictError(
            "order.stale",
            "the record has changed since: what it gives now is not what was proposed; nothing was approved",
            where=order.id,
            remedy="read the difference and approve what is shown there, or refuse the order",
        )
    authors = plan_authors(registry, plan)
    require_other_than(office, actor, authors, order.id)
    if registry.approved(plan.digest) is None:
        keep_approval(
            registry,
            plan,
            session=session,
            at=office.clock.now(),
            actor=actor,
            authors=authors | closed_to(order),
        )
    return {"plan": plan.digest}


def _record_authors(registry: Registry, order: Order) -> frozenset[str]:
    """Give whose entries an order's awards rest on by now: also who entered something since it was asked."""
    people: dict[str, set[str]] = {}
    for number in subjects_of(order):
        award = registry.award(number)
        if award is not None:
            people.setdefault(award.certification, set()).add(award.candidate_id)
    return frozenset().union(
        *(registry.record_authors(code, sorted(those)) for code, those in people.items())
    )


def _note(registry: Registry, event: OrderEvent) -> None:
    registry.add_order_event(event)
    details = {"note_sha256": _digest(event.note), "details_sha256": digest_of(event.details)}
    audit.record(registry, event.at, event.by, f"order.{event.state.value}", event.order, details)


def _waiting(registry: Registry, order_id: str) -> Order:
    order = _found(registry, order_id)
    if order.state is not OrderState.PROPOSED:
        raise ConflictError(
            "order.decided",
            f"the order is {order.state.value} already; nothing was changed",
            where=order_id,
            remedy=f"see it with: parchemin orders show {order_id}",
        )
    return order


def _found(registry: Registry, order_id: str) -> Order:
    order = registry.order(order_id)
    if order is None:
        raise unknown_order(order_id)
    return order


def _digest(note: str | None) -> str | None:
    return hashlib.sha256(note.encode()).hexdigest() if note else None
