"""Nobody alone: an act that issues, withdraws or erases needs the word of a second person.

Whether four eyes are on is fixed in the register when it is founded. The guard stands inside the acts
themselves, so that the desk, the command line and the programs of other systems all meet it.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from issuer.domain.canonical_json import digest_of
from issuer.errors import NotFoundError, RefusedError
from issuer.ports import Registry
from issuer.ports.orders import Order, OrderKind, OrderState
from issuer.services.office import Office

FOUR_EYES = "four_eyes"
"""The fixed setting of the register: ``on`` or ``off``; a register without it has them on."""

_UNDER_WAY = frozenset({OrderState.APPROVED, OrderState.RUNNING, OrderState.FAILED})


@dataclass(frozen=True, slots=True)
class Warrant:
    """On whose word something is done.

    Attributes:
        order: The id of the order, or None where one person may act alone.
        approver: Who approved it, or None.
    """

    order: str | None = None
    approver: str | None = None

    def details(self) -> Mapping[str, object]:
        """Give what the trail says of it; nothing where one person may act alone."""
        return {} if self.order is None else {"order": self.order, "approved_by": self.approver}


def require_order(
    office: Office, registry: Registry, order_id: str | None, kind: OrderKind, subject: str
) -> Warrant:
    """Refuse an act that no second person approved.

    The order is read from the register again, and so is the trail: neither a caller's word nor a row that
    was put in by hand is enough.

    Args:
        office: The service.
        registry: The open unit of work.
        order_id: The order that the act carries out, or None.
        kind: What is done.
        subject: To what: an award's number, or a candidate.

    Returns:
        On whose word it is done.

    Raises:
        RefusedError: ``four_eyes.order_needed``: there is no order; ``four_eyes.not_covered``: the order
            is of another kind, does not name the subject, or nobody approved it;
            ``four_eyes.same_person``: its own author approved it.
        NotFoundError: ``order.unknown``.
    """
    if order_id is None:
        if office.four_eyes:
            raise RefusedError(
                "four_eyes.order_needed",
                "four eyes are on: nobody does this alone; nothing was changed",
                where=subject,
                remedy="propose it, and let another person approve it: parchemin orders list",
            )
        return Warrant()
    order = registry.order(order_id)
    if order is None:
        raise unknown_order(order_id)
    if order.kind is not kind or order.state not in _UNDER_WAY or subject not in subjects_of(order):
        raise RefusedError(
            "four_eyes.not_covered",
            "no approved order covers this act; nothing was changed",
            where=subject,
            remedy=f"see what it covers with: parchemin orders show {order_id}",
        )
    require_second_person(office, registry, order)
    return Warrant(order_id, order.approved_by)


def require_second_person(office: Office, registry: Registry, order: Order) -> None:
    """Check that an order was approved by somebody else than its authors, in the register and in the trail.

    Raises:
        RefusedError: ``four_eyes.same_person`` or ``order.not_in_trail``.
    """
    approver = order.approved_by
    if office.four_eyes and (approver is None or approver in closed_to(order)):
        raise same_person(order.id)
    said = {
        entry.action: (entry.actor, json.loads(entry.details))
        for entry in registry.audit_of(order.id)
        if entry.action in {"order.proposed", "order.approved"}
    }
    proposed, approved = said.get("order.proposed"), said.get("order.approved")
    whole = (
        proposed is not None
        and approved is not None
        and proposed[0] == order.asked.proposed_by
        and proposed[1].get("content_sha256") == digest_of(order.asked.content)
        and approved[0] == approver
    )
    if not whole:
        raise RefusedError(
            "order.not_in_trail",
            "this order lies in the register, and the trail does not tell the same of it; nothing was done",
            where=order.id,
            remedy="find out who wrote it into the register: parchemin audit verify",
        )


def require_other_than(office: Office, actor: str, authors: Collection[str], where: str) -> None:
    """Refuse the approval of somebody who entered what is approved.

    Raises:
        RefusedError: ``four_eyes.same_person``.
    """
    if office.four_eyes and actor in authors:
        raise same_person(where)


def closed_to(order: Order) -> frozenset[str]:
    """Give the accounts that may not approve an order."""
    return order.asked.authors | {order.asked.proposed_by}


def subjects_of(order: Order) -> Collection[str]:
    """Give what an order speaks of: awards' numbers, a candidate, a plan, or its own kind's subject."""
    content = order.asked.content
    numbers = content.get("numbers")
    if isinstance(numbers, list):
        return frozenset(str(number) for number in numbers)
    return frozenset(
        str(content[name]) for name in ("candidate", "plan", "account", "subject") if name in content
    )


def same_person(where: str) -> RefusedError:
    """Give the error of an approval by an author."""
    return RefusedError(
        "four_eyes.same_person",
        "who entered or asked for this may not approve it; nothing was changed",
        where=where,
        remedy="let another person with the role of approval (validation) decide",
    )


def unknown_order(order_id: str) -> NotFoundError:
    """Give the error of an order that there is not."""
    return NotFoundError(
        "order.unknown",
        "there is no order of this id",
        where=order_id[:20],
        remedy="list them with: parchemin orders list",
    )
