"""A list is tried out number by number; what is proposed is what was shown, and it is carried out once."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from issuer.domain.award import Award, AwardState, WithdrawalReason
from issuer.errors import ConflictError, RefusedError
from issuer.ports import AuditEntry
from issuer.ports.orders import Order, OrderKind, OrderState
from issuer.services.bulk import MOST_NUMBERS, numbers_in, propose_act, rehearse
from issuer.services.office import Office
from issuer.services.order_acts import HANDLERS
from issuer.services.orders import approve_order, carry_out, find_order
from issuer.services.orders import orders as orders_in
from issuer.services.register import find_awards, verify_audit
from issuer.services.withdrawing import revoke, suspend
from tests.unit.issuer.services.test_replacing import FORMER, NEW, rename

ERROR = "erreur-materielle"


def state(office: Office, number: str) -> AwardState:
    return next(award.state for award in find_awards(office) if award.number == number)


def carried(office: Office, order: Order, *, by: str = "victor") -> Order:
    approve_order(office, order.id, actor=by)
    return carry_out(office, order.id, HANDLERS, actor="system:worker")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2026-000001", ["2026-000001"]),
        ("2026-000002;x\n 2026-000001,2026-000002", ["2026-000002", "2026-000001"]),
        ('"2026-000001"\t"2026-1234567"', ["2026-000001", "2026-1234567"]),
        ("\ufeffN°;2026-000001\r\n", ["2026-000001"]),
    ],
)
def test_numbers_are_read_out_of_any_list_once_each(text: str, numbers: list[str]) -> None:
    assert numbers_in(text) == numbers


@pytest.mark.parametrize("text", ["", "2026-00001", "x2026-000001", "2026-000001-D1x".replace("2026", "26")])
def test_a_list_without_a_number_is_refused(text: str) -> None:
    with pytest.raises(RefusedError) as caught:
        numbers_in(text)
    assert caught.value.code == "bulk.no_number"


def test_a_list_has_an_end() -> None:
    with pytest.raises(RefusedError) as caught:
        numbers_in(" ".join(f"2026-{number:06d}" for number in range(MOST_NUMBERS + 1)))
    assert caught.value.code == "bulk.too_many"


@pytest.mark.parametrize(
    ("kind", "before", "code"),
    [
        (OrderKind.REVOKE, AwardState.VALID, None),
        (OrderKind.REVOKE, AwardState.SUSPENDED, None),
        (OrderKind.REVOKE, AwardState.REVOKED, "award.gone"),
        (OrderKind.SUSPEND, AwardState.VALID, None),
        (OrderKind.SUSPEND, AwardState.SUSPENDED, "award.suspended"),
        (OrderKind.SUSPEND, AwardState.REVOKED, "award.gone"),
        (OrderKind.REINSTATE, AwardState.VALID, "award.in_force"),
        (OrderKind.REINSTATE, AwardState.SUSPENDED, None),
        (OrderKind.REINSTATE, AwardState.REVOKED, "award.gone"),
    ],
)
def test_a_dry_run_says_what_the_act_itself_says(
    office: Office, block: Award, kind: OrderKind, before: AwardState, code: str | None
) -> None:
    if before is AwardState.SUSPENDED:
        suspend(office, block.number, WithdrawalReason.MATERIAL_ERROR, None, actor="x")
    if before is AwardState.REVOKED:
        revoke(office, block.number, WithdrawalReason.MATERIAL_ERROR, None, actor="x")
    (line,) = rehearse(office, kind, [block.number], ERROR).lines
    assert line.code == code
    assert state(office, block.number) is before
    if code is not None:
        with pytest.raises(ConflictError) as caught:
            propose_act(office, kind, [block.number], ERROR, actor="x")
        assert caught.value.code == code


def test_consequences_are_shown_beforehand(office: Office, block: Award, title: Award) -> None:
    (alone,) = rehearse(office, OrderKind.SUSPEND, [block.number], ERROR).lines
    assert (alone.standing_titles, alone.on_list, alone.told) == ([title.number], False, True)
    both = rehearse(office, OrderKind.REVOKE, [block.number, title.number, "1999-000001"], ERROR)
    # A title that is withdrawn with its block does not stay.
    assert [line.standing_titles for line in both.lines] == [[], [], []]
    assert [line.code for line in both.lines] == [None, None, "award.unknown"]
    assert len(both.going) == 2
    assert len(both.refused) == 1


def test_a_replacement_says_what_goes_with_it_or_why_it_would_not_be(office: Office, title: Award) -> None:
    (unchanged,) = rehearse(office, OrderKind.REPLACE, [title.number], "etat-civil").lines
    assert unchanged.code == "replace.unchanged"
    rename(office, FORMER, NEW)
    (renamed,) = rehearse(office, OrderKind.REPLACE, [title.number], "etat-civil").lines
    assert renamed.code is None
    assert len(renamed.together) == 4


def test_who_handed_in_the_change_may_not_approve_the_new_documents(
    office: Office, watched: Office, title: Award
) -> None:
    rename(office, FORMER, NEW)
    order = propose_act(watched, OrderKind.REPLACE, [title.number], "etat-civil", actor="sofia")
    assert "scolarite" in order.asked.authors
    with pytest.raises(RefusedError) as caught:
        approve_order(watched, order.id, actor="scolarite")
    assert caught.value.code == "four_eyes.same_person"


@pytest.mark.parametrize(("kind", "reason"), [(OrderKind.REVOKE, "etat-civil"), (OrderKind.REPLACE, ERROR)])
def test_a_reason_is_of_the_closed_list_of_its_act(
    office: Office, block: Award, kind: OrderKind, reason: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        propose_act(office, kind, [block.number], reason, actor="x")
    assert caught.value.code == "order.reason"


def test_orders_of_other_kinds_are_not_made_of_a_list(office: Office, block: Award) -> None:
    with pytest.raises(RefusedError) as caught:
        rehearse(office, OrderKind.ERASE, [block.number], ERROR)
    assert caught.value.code == "order.kind"


def test_nothing_is_asked_when_the_dry_run_no_longer_holds(
    office: Office, block: Award, title: Award
) -> None:
    seen = rehearse(office, OrderKind.REVOKE, [block.number, title.number], ERROR).digest
    revoke(office, title.number, WithdrawalReason.MATERIAL_ERROR, None, actor="x")
    with pytest.raises(ConflictError) as caught:
        propose_act(office, OrderKind.REVOKE, [block.number, title.number], ERROR, actor="x", seen=seen)
    assert caught.value.code == "bulk.changed"
    assert orders_in(office) == []


def test_an_order_withdraws_all_and_keeps_what_it_could_not(watched: Office) -> None:
    numbers = [award.number for award in find_awards(watched, "K0001")]
    order = propose_act(watched, OrderKind.REVOKE, numbers, ERROR, actor="sofia")
    # Withdrawn meanwhile by another order.
    other = propose_act(watched, OrderKind.REVOKE, numbers[:1], ERROR, actor="sofia")
    assert carried(watched, other).state is OrderState.DONE

    done = carried(watched, order)

    assert done.state is OrderState.DONE
    assert done.events[-1].details["done"] == 4
    assert [each["number"] for each in done.events[-1].details["refused"]] == numbers[:1]  # type: ignore[attr-defined]
    assert {state(watched, number) for number in numbers} == {AwardState.REVOKED}
    assert verify_audit(watched).faults == []


class _Killed(BaseException):
    """What no service catches: the process is gone."""


def test_a_worker_that_is_killed_leaves_an_order_that_the_next_one_ends_without_doing_anything_twice(
    watched: Office,
) -> None:
    numbers = [award.number for award in find_awards(watched, "K0001")]
    order = propose_act(watched, OrderKind.REVOKE, numbers, ERROR, actor="sofia")
    approve_order(watched, order.id, actor="victor")

    def dies(office: Office, asked: Order, _advance: object) -> dict[str, object]:
        def advance(done: int, _total: int) -> None:
            if done == 2:
                raise _Killed

        return dict(HANDLERS[asked.kind](office, asked, advance))

    with pytest.raises(_Killed):
        carry_out(watched, order.id, {OrderKind.REVOKE: dies}, actor="system:worker")
    assert find_order(watched, order.id).state is OrderState.RUNNING
    assert [state(watched, number) for number in numbers].count(AwardState.REVOKED) == 2

    later = replace(watched, clock=_Later(watched))
    done = carry_out(later, order.id, HANDLERS, actor="system:worker")

    assert (done.state, done.events[-1].details) == (OrderState.DONE, {"done": 5, "refused": []})
    lines = [entry for entry in _trail(watched) if entry.action == "award.revoked"]
    assert sorted(entry.subject for entry in lines) == sorted(numbers)


class _Later:
    def __init__(self, office: Office) -> None:
        self._office = office

    def now(self) -> datetime:
        return self._office.clock.now() + timedelta(minutes=5)


def _trail(office: Office) -> list[AuditEntry]:
    with office.store.reading() as registry:
        return list(registry.audit_entries())
