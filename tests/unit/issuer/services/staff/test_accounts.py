"""Accounts: opened without a role, given roles by two, closed by one; the first two without."""

import pytest

from issuer.domain.staff import Role
from issuer.errors import ConflictError, RefusedError
from issuer.ports.orders import OrderKind, OrderState
from issuer.services.orders import approve_order, carry_out, find_order
from issuer.services.staff.accounts import apply_account_order
from tests.support.staff import Crew

ENTRY, ADMINISTRATION = frozenset({Role.ENTRY}), frozenset({Role.ADMINISTRATION})
A, B, C = "adele.un", "berthe.deux", "camille.trois"


def _administered(crew: Crew) -> None:
    crew.add(A, ADMINISTRATION)
    crew.add(B, ADMINISTRATION)


def _roles(crew: Crew, login: str) -> frozenset[Role]:
    view = crew.counter.account(login)
    assert view is not None
    return view.account.roles


def _trail(crew: Crew) -> list[tuple[str, str, str]]:
    with crew.office.store.reading() as registry:
        return [(entry.actor, entry.action, entry.subject) for entry in registry.audit_entries()]


def test_the_first_administrators_are_made_by_one_person_and_the_trail_says_so(crew: Crew) -> None:
    assert crew.counter.founding
    crew.counter.open_account(A, "Adèle Un", "installation", actor="system:root")
    assert crew.counter.ask_roles(A, ADMINISTRATION, None, "installation", actor="system:root") is None

    assert _roles(crew, A) == ADMINISTRATION
    assert ("system:root", "account.roles_changed", A) in _trail(crew)
    with crew.office.store.reading() as registry:
        assert '"founding":true' in list(registry.audit_entries())[-1].details


def test_an_account_that_nobody_took_into_use_does_not_end_the_founding(crew: Crew) -> None:
    crew.add(A, ADMINISTRATION)
    crew.counter.open_account(B, "Berthe Deux", "x", actor=A)
    crew.counter.ask_roles(B, ADMINISTRATION, None, "x", actor=A)
    assert crew.counter.founding


def test_with_two_administrators_a_role_needs_the_word_of_both(crew: Crew) -> None:
    _administered(crew)
    crew.counter.open_account(C, "Camille Trois", "renfort", actor=A)
    order = crew.counter.ask_roles(C, ENTRY, "camille", "renfort", actor=A)

    assert order is not None
    assert _roles(crew, C) == frozenset()
    with pytest.raises(RefusedError, match="may not approve"):
        crew.counter.approve_roles(order, actor=A)
    assert _roles(crew, C) == frozenset()
    crew.counter.approve_roles(order, actor=B)
    assert _roles(crew, C) == ENTRY
    view = crew.counter.account(C)
    assert view is not None
    assert (view.changes[-1].by, view.changes[-1].order) == (A, order)
    with crew.office.store.reading() as registry:
        known = registry.account_of_system_login("camille")
    assert known is not None
    assert known.id == C


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATION])
def test_who_is_no_administrator_approves_no_account_by_any_way(crew: Crew, role: Role) -> None:
    _administered(crew)
    crew.add(C, {role})
    order = crew.counter.ask_roles(C, frozenset(Role), None, "tout", actor=A)
    assert order is not None
    with pytest.raises(RefusedError, match="another administrator"):
        crew.counter.approve_roles(order, actor=C)
    # By the page of other orders, then by the worker: what carries it out asks again.
    approve_order(crew.office, order, actor=C)
    done = carry_out(crew.office, order, {OrderKind.ACCOUNT: apply_account_order}, actor="system:worker")
    assert done.state is OrderState.FAILED
    assert _roles(crew, C) == {role}


def test_an_order_is_nothing_any_more_once_the_account_is_another(crew: Crew) -> None:
    _administered(crew)
    crew.add(C, ENTRY)
    order = crew.counter.ask_roles(C, ENTRY | {Role.APPROVAL}, None, "plus", actor=A)
    assert order is not None
    crew.counter.ask_roles(C, frozenset(), None, "moins", actor=B)
    with pytest.raises(ConflictError, match="changed since"):
        crew.counter.approve_roles(order, actor=B)
    assert _roles(crew, C) == frozenset()


def test_carrying_out_twice_changes_an_account_once(crew: Crew) -> None:
    _administered(crew)
    crew.add(C)
    order = crew.counter.ask_roles(C, ENTRY, None, "renfort", actor=A)
    assert order is not None
    crew.counter.approve_roles(order, actor=B)
    view = crew.counter.account(C)
    apply_account_order(crew.office, find_order(crew.office, order), lambda _done, _total: None)
    assert crew.counter.account(C) == view


def test_taking_a_right_away_is_done_at_once_and_ends_the_sessions(crew: Crew) -> None:
    _administered(crew)
    crew.add(C, ENTRY | {Role.APPROVAL})
    secret = crew.secret(C)
    assert crew.counter.ask_roles(C, ENTRY, None, "moins", actor=A) is None
    assert _roles(crew, C) == ENTRY
    assert crew.counter.visit(secret) is None


def test_closing_is_done_at_once_and_for_good(crew: Crew) -> None:
    _administered(crew)
    crew.add(C, ENTRY)
    secret = crew.secret(C)
    crew.counter.close_account(C, "départ", actor=A)

    assert crew.counter.visit(secret) is None
    assert _roles(crew, C) == frozenset()
    for act in (
        lambda: crew.counter.close_account(C, "x", actor=A),
        lambda: crew.counter.ask_roles(C, ENTRY, None, "x", actor=A),
        lambda: crew.counter.invite(C, actor=A),
        lambda: crew.counter.open_account(C, "Autre Personne", "x", actor=A),
    ):
        with pytest.raises(ConflictError):
            act()


@pytest.mark.parametrize("login", [A, B])
def test_the_last_two_administrators_stay(crew: Crew, login: str) -> None:
    _administered(crew)
    with pytest.raises(ConflictError, match="needs 2"):
        crew.counter.close_account(login, "x", actor=A)
    with pytest.raises(ConflictError, match="needs 2"):
        crew.counter.ask_roles(login, frozenset(), None, "x", actor=A)
    assert not crew.counter.founding


def test_a_login_on_the_server_is_one_persons(crew: Crew) -> None:
    crew.add(A, ADMINISTRATION)
    crew.add(C)
    crew.counter.ask_roles(A, ADMINISTRATION, "adele", "x", actor=A)
    with pytest.raises(ConflictError, match="one person's"):
        crew.counter.ask_roles(C, frozenset(), "adele", "x", actor=A)


@pytest.mark.parametrize("note", ["", "  \n"])
def test_nothing_is_changed_without_a_reason(crew: Crew, note: str) -> None:
    crew.add(C)
    for act in (
        lambda: crew.counter.open_account(A, "Adèle Un", note, actor=A),
        lambda: crew.counter.ask_roles(C, ENTRY, None, note, actor=A),
        lambda: crew.counter.close_account(C, note, actor=A),
    ):
        with pytest.raises(RefusedError, match="reason"):
            act()


def test_the_trail_holds_neither_names_nor_reasons(crew: Crew) -> None:
    crew.counter.open_account(C, "Camille Trois", "raison très personnelle", actor="system:root")
    with crew.office.store.reading() as registry:
        text = " ".join(entry.details for entry in registry.audit_entries())
    assert "Trois" not in text
    assert "personnelle" not in text


def test_who_asked_takes_back_and_another_refuses_with_a_reason(crew: Crew) -> None:
    _administered(crew)
    crew.add(C)
    first = crew.counter.ask_roles(C, ENTRY, None, "x", actor=A)
    second = crew.counter.ask_roles(C, ENTRY, None, "x", actor=A)
    assert first is not None
    assert second is not None
    crew.counter.refuse_roles(first, "", actor=A)
    with pytest.raises(RefusedError, match="reason"):
        crew.counter.refuse_roles(second, "", actor=B)
    crew.counter.refuse_roles(second, "pas maintenant", actor=B)
    assert [find_order(crew.office, each).state for each in (first, second)] == [
        OrderState.TAKEN_BACK,
        OrderState.REFUSED,
    ]
