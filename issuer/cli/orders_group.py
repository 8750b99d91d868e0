"""``parchemin orders``: what one person asks and another decides; and the acts that only ask."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import click

from issuer.cli.context import json_option, office, person, print_json, say
from issuer.cli.screen import fit
from issuer.domain.staff import Role
from issuer.ports.lifecycle import DECIDERS, LIFECYCLE_KINDS
from issuer.ports.orders import Order, OrderKind, OrderState
from issuer.services.bulk import propose_act
from issuer.services.four_eyes import closed_to, subjects_of
from issuer.services.office import Office
from issuer.services.orders import approve_order, find_order, refuse_order, take_back
from issuer.services.orders import orders as orders_in
from issuer.services.staff.accounts import approve_roles


@click.group()
def orders() -> None:
    """See what was asked, and decide on it; a worker carries out what was approved."""


@orders.command("list")
@click.option("--state", type=click.Choice([state.value for state in OrderState]), help="Only this state.")
@json_option
def list_orders(state: str | None, *, as_json: bool) -> None:
    """List the orders, oldest first."""
    found = orders_in(office(), OrderState(state) if state else None)
    if as_json:
        print_json([order_values(order) for order in found])
        return
    for order in found:
        asked = order.asked
        click.echo(
            f"{order.id}  {order.state.value:<10} {order.kind.value:<11} "
            f"{asked.proposed_at:%Y-%m-%d %H:%M}  by {asked.proposed_by}  of {len(subjects_of(order))}"
        )


@orders.command()
@click.argument("order")
@json_option
def show(order: str, *, as_json: bool) -> None:
    """Show one order: what, by whom, why, who may approve it, and what came of it."""
    opened = office()
    found = find_order(opened, order)
    if as_json:
        print_json({**order_values(found), "may_approve": list(approvers(opened, found))})
        return
    for line in _lines(found):
        click.echo(line)
    if found.state is OrderState.PROPOSED:
        click.echo(f"may approve: {', '.join(approvers(opened, found)) or 'nobody yet'}")


@orders.command()
@click.argument("order")
@json_option
def approve(order: str, *, as_json: bool) -> None:
    """Give the second person's word for an order; a worker carries it out."""
    opened = office()
    kind = find_order(opened, order).kind
    actor = person(DECIDERS[kind])
    if kind is OrderKind.ACCOUNT:
        approve_roles(opened, order, actor=actor)
    else:
        approve_order(opened, order, actor=actor)
    _tell(find_order(opened, order), as_json=as_json)


@orders.command()
@click.argument("order")
@click.option("--note", required=True, help="Why; for the register alone.")
@json_option
def refuse(order: str, note: str, *, as_json: bool) -> None:
    """Refuse an order; who asked may ask anew."""
    opened = office()
    kind = find_order(opened, order).kind
    _tell(refuse_order(opened, order, actor=person(DECIDERS[kind]), note=note), as_json=as_json)


@orders.command("take-back")
@click.argument("order")
@json_option
def take_back_order(order: str, *, as_json: bool) -> None:
    """Take back your own order, while nobody has decided on it."""
    _tell(take_back(office(), order, actor=person()), as_json=as_json)


def ask_instead(
    opened: Office, kind: OrderKind, number: str, reason: str, note: str | None, *, as_json: bool
) -> None:
    """Propose an act on an award, where four eyes are on, and say who may approve it.

    Args:
        opened: The service.
        kind: The act.
        number: The award's number.
        reason: From the act's closed list.
        note: Free text for the register alone, or None.
        as_json: Whether to print JSON.
    """
    order = propose_act(opened, kind, [number], reason, actor=person(Role.ENTRY), note=note)
    names = list(approvers(opened, order))
    if as_json:
        print_json({**order_values(order), "may_approve": names})
        return
    say(f"nobody does this alone: {order.id} asks for it, and nothing has changed yet")
    say(f"may approve it: {', '.join(names) or 'nobody yet: give another person the role of approval'}")
    say(f"at the desk, or with: parchemin orders approve {order.id}")


def approvers(opened: Office, order: Order) -> Sequence[str]:
    """Give the accounts that may approve an order.

    Args:
        opened: The service.
        order: The order.
    """
    with opened.store.reading() as registry:
        accounts = registry.accounts()
    return [
        account.id
        for account in accounts
        if account.active and account.has(DECIDERS[order.kind]) and account.id not in closed_to(order)
    ]


def order_values(order: Order) -> Mapping[str, object]:
    """Give an order in the form that other programs depend on.

    Args:
        order: The order.
    """
    asked, progress = order.asked, order.progress
    return {
        "order": order.id,
        "kind": order.kind.value,
        "state": order.state.value,
        "content": dict(asked.content),
        "proposed_at": _instant(asked.proposed_at),
        "proposed_by": asked.proposed_by,
        "note": asked.note,
        "authors": sorted(asked.authors),
        "approved_by": order.approved_by,
        "progress": None if progress is None else {"done": progress.done, "total": progress.total},
        "events": [
            {
                "state": event.state.value,
                "at": _instant(event.at),
                "by": event.by,
                "note": event.note,
                "details": dict(event.details),
            }
            for event in order.events
        ],
    }


def _lines(order: Order) -> Sequence[str]:
    asked = order.asked
    subjects = sorted(subjects_of(order))
    head = [
        f"{order.id}: {order.kind.value}, {order.state.value}",
        f"asked by {asked.proposed_by} on {asked.proposed_at:%Y-%m-%d %H:%M} UTC"
        + (f", because: {fit(asked.note)}" if asked.note else ""),
        f"of {len(subjects)}: {', '.join(subjects)}",
    ]
    if order.kind in LIFECYCLE_KINDS:
        head.append(f"reason: {asked.content.get('reason')}")
    if asked.authors:
        head.append(f"rests on what these entered: {', '.join(sorted(asked.authors))}")
    events = [
        f"{event.state.value} on {event.at:%Y-%m-%d %H:%M} UTC by {event.by}"
        + (f", because: {fit(event.note)}" if event.note else "")
        for event in order.events[1:]
    ]
    return [*head, *events, *_outcome(order)]


def _outcome(order: Order) -> Sequence[str]:
    details = order.events[-1].details
    refused = details.get("refused")
    if not isinstance(refused, list):
        return [f"{name}: {value}" for name, value in details.items()]
    lines = [f"done: {details.get('done')}, refused: {len(refused)}"]
    lines += [f"  {each['number']}: {each['code']}" for each in refused]
    return lines


def _tell(order: Order, *, as_json: bool) -> None:
    if as_json:
        print_json(order_values(order))
        return
    say(f"{order.id} is {order.state.value}")
    if order.state is OrderState.APPROVED:
        say("a worker carries it out: parchemin worker")


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
