"""Nobody alone: what one person asks another decides, and a worker carries it out."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from issuer.cli.jury import take_file
from issuer.domain.award import AwardState, ReplacementReason, WithdrawalReason
from issuer.errors import ConflictError, NotFoundError, RefusedError, ServiceError
from issuer.ports.orders import Advance, Order, OrderKind, OrderState
from issuer.samples import sample_files
from issuer.services.bulk import propose_act
from issuer.services.issuing import issue
from issuer.services.office import Office
from issuer.services.order_acts import HANDLERS
from issuer.services.orders import (
    LEASE,
    approve_order,
    carry_out,
    due_orders,
    find_order,
    orders,
    propose,
    refuse_order,
    take_back,
)
from issuer.services.planning import approve, make_plan
from issuer.services.register import find_awards, verify_audit
from issuer.services.replacing import replace_award
from issuer.services.withdrawing import reinstate, revoke, suspend
from tests.faults.desks import found_desk, open_desk
from tests.functional.cli.folders import SAMPLE_DAY
from tests.support.holders import SetClock

SAISIE, VALIDATION, OTHER = "camille.saisie", "dominique.validation", "claude.audit"
REASON = WithdrawalReason.MATERIAL_ERROR


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Give a service with four eyes on and the sample record, entered by one person."""
    found_desk(tmp_path / "var", SAMPLE_DAY, four_eyes=True)
    opened = open_desk(tmp_path / "var")
    for name, content in sample_files().items():
        take_file(opened, content, name, accept_valid=True, actor=SAISIE)
    return opened


@pytest.fixture
def issued(office: Office) -> Office:
    order = ask_to_issue(office)
    approve_order(office, order.id, actor=VALIDATION)
    assert carry_out(office, order.id, HANDLERS, actor="system:worker").state is OrderState.DONE
    return office


def ask_to_issue(office: Office, actor: str = SAISIE) -> Order:
    _fiche, plan = make_plan(office, None, None)
    content = {"certification": plan.certification.code, "session": None, "plan": plan.digest}
    return propose(office, OrderKind.ISSUE, content, actor=actor)


def ask(office: Office, kind: OrderKind, numbers: list[str], reason: str = REASON.value) -> Order:
    return propose(office, kind, {"numbers": numbers, "reason": reason}, actor=SAISIE, note="une raison")


def refused(code: str) -> AbstractContextManager[object]:
    return pytest.raises(ServiceError, check=lambda error: error.code == code)


def test_a_register_has_four_eyes_on_unless_it_was_founded_otherwise(tmp_path: Path) -> None:
    found_desk(tmp_path / "two", four_eyes=True)
    found_desk(tmp_path / "one")
    assert open_desk(tmp_path / "two").four_eyes
    assert not open_desk(tmp_path / "one").four_eyes


def test_who_entered_a_record_may_not_approve_what_it_gives(office: Office) -> None:
    order = ask_to_issue(office, actor=OTHER)
    for author in (OTHER, SAISIE):
        with refused("four_eyes.same_person"):
            approve_order(office, order.id, actor=author)
    assert find_order(office, order.id).state is OrderState.PROPOSED
    approved = approve_order(office, order.id, actor=VALIDATION)
    assert (approved.state, approved.approved_by) == (OrderState.APPROVED, VALIDATION)


def test_who_entered_may_not_approve_a_plan_without_an_order_either(office: Office) -> None:
    _fiche, plan = make_plan(office, None, None)
    with refused("four_eyes.same_person"):
        approve(office, plan.digest, certification=None, session=None, actor=SAISIE)
    kept = approve(office, plan.digest, certification=None, session=None, actor=VALIDATION)
    assert len(issue(office, [kept], actor=SAISIE).issued) == 30


def test_an_order_to_issue_is_carried_out_once_and_says_what_came_of_it(office: Office) -> None:
    order = ask_to_issue(office)
    with refused("order.not_due"):
        carry_out(office, order.id, HANDLERS, actor="system:worker")
    approve_order(office, order.id, actor=VALIDATION)
    assert [due.id for due in due_orders(office)] == [order.id]
    done = carry_out(office, order.id, HANDLERS, actor="system:worker")
    assert done.state is OrderState.DONE
    assert len(done.events[-1].details["issued"]) == 30  # type: ignore[arg-type]
    assert done.progress is not None
    assert done.progress.done == done.progress.total == 6
    assert not due_orders(office)
    with refused("order.not_due"):
        carry_out(office, order.id, HANDLERS, actor="system:worker")
    assert verify_audit(office).faults == []


def test_a_plan_that_has_changed_since_is_approved_as_it_was_seen_alone(office: Office) -> None:
    content = {"certification": "RNCP35080", "session": None, "plan": "0" * 64}
    order = propose(office, OrderKind.ISSUE, content, actor=SAISIE)
    with refused("order.stale"):
        approve_order(office, order.id, actor=VALIDATION)
    with refused("order.stale"):
        approve_order(office, order.id, actor=VALIDATION, seen="1" * 64)
    _fiche, plan = make_plan(office, None, None)
    assert approve_order(office, order.id, actor=VALIDATION, seen=plan.digest).state is OrderState.APPROVED


@pytest.mark.parametrize("act", [revoke, suspend, reinstate])
def test_no_state_is_changed_without_an_order(issued: Office, act: object) -> None:
    number = find_awards(issued)[0].number
    with refused("four_eyes.order_needed"):
        act(issued, number, REASON, None, actor=SAISIE)  # type: ignore[operator]
    with refused("order.unknown"):
        act(issued, number, REASON, None, actor=SAISIE, order="O-NIRGENDS")  # type: ignore[operator]


def test_nothing_is_replaced_without_an_order(issued: Office) -> None:
    number = find_awards(issued)[0].number
    with refused("four_eyes.order_needed"):
        replace_award(issued, number, ReplacementReason.CIVIL_STATUS, None, actor=SAISIE)


def test_an_order_covers_its_own_awards_and_its_own_act_alone(issued: Office) -> None:
    first, second, *_rest = [award.number for award in find_awards(issued)]
    order = ask(issued, OrderKind.SUSPEND, [first])
    with refused("four_eyes.not_covered"):
        suspend(issued, first, REASON, None, actor=SAISIE, order=order.id)
    approve_order(issued, order.id, actor=VALIDATION)
    with refused("four_eyes.not_covered"):
        suspend(issued, second, REASON, None, actor=SAISIE, order=order.id)
    with refused("four_eyes.not_covered"):
        revoke(issued, first, REASON, None, actor=SAISIE, order=order.id)
    assert suspend(issued, first, REASON, None, actor=SAISIE, order=order.id).state is AwardState.SUSPENDED


def test_who_asks_for_a_withdrawal_may_not_approve_it(issued: Office) -> None:
    order = ask(issued, OrderKind.REVOKE, [find_awards(issued)[0].number])
    with refused("four_eyes.same_person"):
        approve_order(issued, order.id, actor=SAISIE)
    with refused("four_eyes.same_person"):
        refuse_order(issued, order.id, actor=SAISIE, note="moi-même")


def test_a_mass_withdrawal_goes_through_all_and_names_what_is_refused(issued: Office) -> None:
    numbers = [award.number for award in find_awards(issued)[:4]]
    order = ask(issued, OrderKind.REVOKE, [*numbers, "2026-999999"])
    approve_order(issued, order.id, actor=VALIDATION)
    done = carry_out(issued, order.id, HANDLERS, actor="system:worker")
    assert done.events[-1].details == {
        "done": 4,
        "refused": [
            {
                "number": "2026-999999",
                "code": "award.unknown",
                "message": "there is no award of this number",
            }
        ],
    }
    assert {award.number for award in find_awards(issued, state=AwardState.REVOKED)} == set(numbers)
    with issued.store.reading() as registry:
        trail = [entry for entry in registry.audit_entries() if entry.action == "award.revoked"]
    assert {(entry.actor, VALIDATION in entry.details, order.id in entry.details) for entry in trail} == {
        (SAISIE, True, True)
    }


def test_an_order_that_was_left_half_done_is_taken_up_and_doubles_nothing(issued: Office) -> None:
    numbers = [award.number for award in find_awards(issued)[:3]]
    order = ask(issued, OrderKind.REVOKE, numbers)
    approve_order(issued, order.id, actor=VALIDATION)

    def dies(office: Office, order: Order, advance: Advance) -> Mapping[str, object]:
        revoke(office, numbers[0], REASON, None, actor=SAISIE, order=order.id)
        advance(1, 3)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_out(issued, order.id, {OrderKind.REVOKE: dies}, actor="system:worker")
    assert not due_orders(issued)
    with refused("order.not_due"):
        carry_out(issued, order.id, HANDLERS, actor="system:other")
    later = replace(issued, clock=SetClock(issued.clock.now() + LEASE + timedelta(seconds=1)))
    assert [due.id for due in due_orders(later)] == [order.id]
    done = carry_out(later, order.id, HANDLERS, actor="system:other")
    assert done.events[-1].details == {"done": 3, "refused": []}
    with issued.store.reading() as registry:
        assert [len(registry.status_events(number)) for number in numbers] == [1, 1, 1]


def test_a_failed_order_says_why_and_may_be_started_again(issued: Office) -> None:
    order = ask(issued, OrderKind.REVOKE, [find_awards(issued)[0].number])
    approve_order(issued, order.id, actor=VALIDATION)

    def stops(_office: Office, _order: Order, _advance: Advance) -> Mapping[str, object]:
        raise ConflictError("register.full", "the disk is full", where="register.db", remedy="free space")

    failed = carry_out(issued, order.id, {OrderKind.REVOKE: stops}, actor="system:worker")
    assert failed.state is OrderState.FAILED
    assert failed.events[-1].details["remedy"] == "free space"
    assert carry_out(issued, order.id, HANDLERS, actor="system:worker").state is OrderState.DONE


def test_a_decided_order_is_not_decided_again(issued: Office) -> None:
    order = ask(issued, OrderKind.REVOKE, [find_awards(issued)[0].number])
    with refused("order.not_yours"):
        take_back(issued, order.id, actor=VALIDATION)
    assert take_back(issued, order.id, actor=SAISIE).state is OrderState.TAKEN_BACK
    other = ask(issued, OrderKind.REVOKE, [find_awards(issued)[0].number])
    assert refuse_order(issued, other.id, actor=VALIDATION, note="sans motif").state is OrderState.REFUSED
    for order_id in (order.id, other.id):
        with refused("order.decided"):
            approve_order(issued, order_id, actor=VALIDATION)
        with refused("order.not_due"):
            carry_out(issued, order_id, HANDLERS, actor="system:worker")
    assert [kept.id for kept in orders(issued, OrderState.REFUSED)] == [other.id]


def test_an_unknown_order_is_named(office: Office) -> None:
    with pytest.raises(NotFoundError, match="no order"):
        find_order(office, "O-NIRGENDS")


@pytest.mark.parametrize(
    "forgery",
    [
        "INSERT INTO order_events (\"order\", state, at, by, details) VALUES (:id, 'approved', '2026-11-24T10:00:00Z', 'dominique.validation', '{}')",
        "DROP TRIGGER orders_no_update; UPDATE orders SET content = replace(content, 'erreur-materielle', 'decision-jury-ou-juge')",
    ],
    ids=["an approval that nobody gave", "a content that nobody approved"],
)
def test_an_order_that_was_forged_in_the_database_is_not_carried_out(
    issued: Office, tmp_path: Path, forgery: str
) -> None:
    order = ask(issued, OrderKind.REVOKE, [find_awards(issued)[0].number])
    if "INSERT" not in forgery:
        approve_order(issued, order.id, actor=VALIDATION)
    database = create_engine(f"sqlite:///{next((tmp_path / 'var').glob('*.sqlite3'))}")
    with database.begin() as connection:
        for statement in forgery.split(";"):
            connection.execute(text(statement), {"id": order.id} if ":id" in statement else {})
    database.dispose()
    with pytest.raises(RefusedError, check=lambda error: error.code == "order.not_in_trail"):
        carry_out(issued, order.id, HANDLERS, actor="system:worker")
    assert not find_awards(issued, state=AwardState.REVOKED)


def test_a_fault_of_the_program_stops_its_own_order_alone(issued: Office) -> None:
    order = ask(issued, OrderKind.REVOKE, [find_awards(issued)[0].number])
    approve_order(issued, order.id, actor=VALIDATION)

    def breaks(_office: Office, _order: Order, _advance: Advance) -> Mapping[str, object]:
        raise ZeroDivisionError

    failed = carry_out(issued, order.id, {OrderKind.REVOKE: breaks}, actor="system:worker")
    assert failed.state is OrderState.FAILED
    assert failed.events[-1].details["code"] == "program.fault"


def hand_in_a_name(office: Office, name: bytes, actor: str) -> None:
    """Enter another name for a person: what is tried here is what happens after that was agreed to."""
    people = sample_files()["candidats.csv"].replace(
        b"Marchand-Delvaux,,", b"Marchand-Delvaux," + name + b",", 1
    )
    take_file(replace(office, four_eyes=False), people, f"{name!r}.csv", accept_changes=True, actor=actor)


def ask_to_replace(office: Office) -> Order:
    hand_in_a_name(office, b"Delvaux", SAISIE)
    number = find_awards(office, "C001")[-1].number
    return propose_act(office, OrderKind.REPLACE, [number], ReplacementReason.CIVIL_STATUS.value, actor=OTHER)


def test_who_enters_something_after_a_replacement_was_asked_may_not_approve_it(issued: Office) -> None:
    order = ask_to_replace(issued)
    hand_in_a_name(issued, b"Dupont", VALIDATION)
    with refused("four_eyes.same_person"):
        approve_order(issued, order.id, actor=VALIDATION)


def test_a_replacement_signs_what_was_asked_and_approved_and_nothing_else(issued: Office) -> None:
    order = ask_to_replace(issued)
    approve_order(issued, order.id, actor=VALIDATION)
    hand_in_a_name(issued, b"Dupont", SAISIE)
    done = carry_out(issued, order.id, HANDLERS, actor="system:worker")
    refusals = done.events[-1].details["refused"]
    assert isinstance(refusals, list)
    assert [each["code"] for each in refusals] == ["order.stale"]
    assert not find_awards(issued, state=AwardState.REPLACED)


def test_a_replacement_that_was_asked_and_approved_is_carried_out(issued: Office) -> None:
    order = ask_to_replace(issued)
    approve_order(issued, order.id, actor=VALIDATION)
    done = carry_out(issued, order.id, HANDLERS, actor="system:worker")
    assert done.events[-1].details["refused"] == []
    assert len(find_awards(issued, state=AwardState.REPLACED)) == 5
