"""What carries out each kind of order, from wherever an earlier try stopped.

An act on several awards goes through them one by one, each a unit of work of its own: what a killed process
had done is told by the trail, which names the order, and is not done again.
"""

import json
from collections.abc import Callable, Mapping, Sequence

from issuer.domain.award import ReplacementReason, WithdrawalReason
from issuer.errors import NotFoundError, ServiceError
from issuer.ports import ApprovedPlan
from issuer.ports.orders import Advance, Order, OrderKind
from issuer.services.erasure import carry_out_erasure
from issuer.services.fiches import proposals
from issuer.services.issuing import issue
from issuer.services.office import Office
from issuer.services.orders import Handler
from issuer.services.replacing import replace_award
from issuer.services.resigning import resign_ordered
from issuer.services.staff.accounts import apply_account_order
from issuer.services.withdrawing import reinstate, revoke, suspend

_OneAward = Callable[[str], Mapping[str, object]]
"""Does the act to one award, and gives what came of it."""


def issue_plan(office: Office, order: Order, advance: Advance) -> Mapping[str, object]:
    """Issue what the approved plan of an order holds.

    Returns:
        ``{"issued": [numbers], "known": n, "dropped": [planned awards]}``; of a run that was taken up, the
        awards of that run.
    """
    plan = _approved_plan(office, order)
    result = issue(office, [plan], actor=order.asked.proposed_by, progress=advance)
    return {"issued": result.issued, "known": result.known, "dropped": len(result.dropped)}


def change_states(office: Office, order: Order, advance: Advance) -> Mapping[str, object]:
    """Withdraw, suspend or reinstate the awards of an order.

    Returns:
        ``{"done": n, "refused": [{"number", "code", "message"}]}``.
    """
    act = {OrderKind.REVOKE: revoke, OrderKind.SUSPEND: suspend, OrderKind.REINSTATE: reinstate}[order.kind]
    reason = WithdrawalReason(str(order.asked.content["reason"]))

    def one(number: str) -> Mapping[str, object]:
        act(office, number, reason, order.asked.note, actor=order.asked.proposed_by, order=order.id)
        return {}

    return _each(office, order, advance, one)


def replace_awards(office: Office, order: Order, advance: Advance) -> Mapping[str, object]:
    """Put new documents in the place of the awards of an order.

    Returns:
        ``{"done": n, "refused": [{"number", "code", "message"}], "new": [numbers]}``.
    """
    reason = ReplacementReason(str(order.asked.content["reason"]))
    new: list[str] = []

    def one(number: str) -> Mapping[str, object]:
        made = replace_award(
            office, number, reason, order.asked.note, actor=order.asked.proposed_by, order=order.id
        )
        new.extend(pair.new.number for pair in made)
        return {}

    return {**_each(office, order, advance, one), "new": new}


HANDLERS: Mapping[OrderKind, Handler] = {
    OrderKind.ISSUE: issue_plan,
    OrderKind.REVOKE: change_states,
    OrderKind.SUSPEND: change_states,
    OrderKind.REINSTATE: change_states,
    OrderKind.REPLACE: replace_awards,
    OrderKind.ERASE: carry_out_erasure,
    OrderKind.ACCOUNT: apply_account_order,
    **proposals.HANDLERS,
    OrderKind.RESIGN: resign_ordered,
}
"""What carries out each kind of order."""


def _each(office: Office, order: Order, advance: Advance, one: _OneAward) -> Mapping[str, object]:
    """Go through an order's awards; one that is refused does not stop the others."""
    numbers = _numbers(order)
    made = _done_already(office, order)
    refused: list[Mapping[str, object]] = []
    done = 0
    for count, number in enumerate(numbers, start=1):
        # Replaced together with another of the list, or by a run before this one.
        if number in made:
            done += 1
        else:
            try:
                one(number)
                done += 1
            except ServiceError as error:
                if _was_done(office, order, number):
                    done += 1
                else:
                    refused.append({"number": number, "code": error.code, "message": error.message})
        advance(count, len(numbers))
    return {"done": done, "refused": refused}


def _numbers(order: Order) -> Sequence[str]:
    numbers = order.asked.content["numbers"]
    assert isinstance(numbers, list)
    return [str(number) for number in numbers]


def _was_done(office: Office, order: Order, number: str) -> bool:
    """Say whether the trail holds that this order was applied to one award."""
    with office.store.reading() as registry:
        return any(json.loads(entry.details).get("order") == order.id for entry in registry.audit_of(number))


def _done_already(office: Office, order: Order) -> frozenset[str]:
    """Give the awards to which the trail says that this order was applied."""
    with office.store.reading() as registry:
        entries = registry.audit_entries()
    named = f'"order":"{order.id}"'
    return frozenset(
        entry.subject
        for entry in entries
        if named in entry.details and json.loads(entry.details).get("order") == order.id
    )


def _approved_plan(office: Office, order: Order) -> ApprovedPlan:
    decision = order.decision
    plan_id = "" if decision is None else str(decision.details.get("plan"))
    with office.store.reading() as registry:
        plan = registry.approved(plan_id)
    if plan is None:
        raise NotFoundError(
            "plan.unknown",
            "the plan that was approved with this order is not in the register",
            where=order.id,
            remedy="find out what was altered with: parchemin audit verify",
        )
    return plan
