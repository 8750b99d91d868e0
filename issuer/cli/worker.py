"""``parchemin worker``: the process that has the key, and carries out what two people decided."""

import time
from collections.abc import Mapping
from datetime import datetime, timedelta

import click

from issuer.bootstrap import correct_order_handler
from issuer.cli.context import json_option, office, print_json, say, service_account
from issuer.cli.notices import tell_people
from issuer.errors import ServiceError
from issuer.ports.orders import Order, OrderKind, OrderState
from issuer.services.office import Office, midnight_in_paris
from issuer.services.order_acts import HANDLERS
from issuer.services.orders import carry_out, due_orders
from issuer.services.roots import make_root

_PAUSE = 2.0
"""Seconds between two looks for orders."""

_ROOT_RETRY = timedelta(hours=1)


@click.command()
@click.option("--once", is_flag=True, help="Carry out what is due now, and stop.")
@json_option
def worker(once: bool, as_json: bool) -> None:
    """Carry out approved orders: issue, withdraw, replace, erase. It is the one process that needs the key.

    After a stop, start it again: nothing is lost or made twice. Several may run at once.
    """
    opened = office()
    roots = _Roots(opened)
    done = _round(opened)
    roots.make()
    if once:
        if as_json:
            print_json([_line(order) for order in done])
        elif not done:
            say("no order is due")
        return
    say("waiting for approved orders; stop with Ctrl-C")
    while True:
        time.sleep(_PAUSE)
        try:
            _round(opened)
        except ServiceError as error:
            # A register that is locked or full for a moment: the next round finds the same orders.
            say(f"error [{error.code}] {error.where}: {error.message}; {error.remedy}")
            continue
        roots.make()


class _Roots:
    """Signs the day's root over the trail, once a day; asks again an hour after a failure."""

    def __init__(self, opened: Office) -> None:
        self._office = opened
        self._next: datetime | None = None

    def make(self) -> None:
        """Make today's root where it is due."""
        now = self._office.clock.now()
        if self._next is not None and now < self._next:
            return
        try:
            signed, new = make_root(self._office, actor=service_account())
        except ServiceError as error:
            say(f"error [{error.code}] {error.where}: {error.message}; {error.remedy}")
            self._next = now + _ROOT_RETRY
            return
        self._next = midnight_in_paris(signed.root.day + timedelta(days=1))
        if new:
            say(f"root {signed.root.number} of the trail is signed; mirror it: parchemin audit mirror FOLDER")


def _round(opened: Office) -> list[Order]:
    ended = []
    handlers = {**HANDLERS, OrderKind.CORRECT: correct_order_handler()}
    for order in due_orders(opened):
        try:
            carried = carry_out(opened, order.id, handlers, actor=service_account())
        except ServiceError as error:
            # Another worker took it meanwhile, or the register speaks against it: the others do not wait.
            say(f"error [{error.code}] {error.where}: {error.message}; {error.remedy}")
            continue
        ended.append(carried)
        _tell(carried)
    if ended:
        tell_people(opened, no_mail=False)
    return ended


def _line(order: Order) -> Mapping[str, object]:
    return {"order": order.id, "kind": order.kind.value, "state": order.state.value}


def _tell(order: Order) -> None:
    if order.state is OrderState.FAILED:
        trouble = order.events[-1].details
        say(f"order {order.id} stopped [{trouble['code']}] {trouble['message']}; {trouble['remedy']}")
    else:
        say(f"order {order.id} ({order.kind.value}) is carried out")
