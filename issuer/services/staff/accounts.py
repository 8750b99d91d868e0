"""Accounts are opened, given roles and closed; what adds a right needs two people, what takes one away one.

An account is opened without any role, which opens nothing. Its roles come by an order that another
administrator approves; while there are fewer than two, administrators alone are made without, and the trail
says so.

Spec: OWASP ASVS 4.0.3, section 4.3.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from issuer.domain.staff import Role
from issuer.errors import ConflictError, RefusedError
from issuer.ports import Registry
from issuer.ports.orders import Advance, Order, OrderKind
from issuer.ports.staff import Account, AccountChange, AccountView
from issuer.services import audit
from issuer.services.office import Office
from issuer.services.orders import approve_order, carry_out, find_order, propose, refuse_order, take_back
from issuer.services.staff.enrolment import forget_ways_in, require_note, require_open
from issuer.services.staff.founding import administrators, is_founding, require_administrators_left
from issuer.services.staff.tools import found_account, note_digest

_ID: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]{1,38})[a-z0-9]", re.ASCII)
_SYSTEM_LOGIN: Final = re.compile(r"[a-z_][a-z0-9_.-]{0,31}", re.ASCII)
_LONGEST_NAME: Final = 80


def open_account(office: Office, account_id: str, name: str, note: str, *, actor: str) -> Account:
    """Open an account without any role.

    Args:
        office: The service.
        account_id: What is typed to sign in; for good.
        name: The person's name.
        note: Why.
        actor: Who opens it.

    Raises:
        RefusedError: ``account.id``, ``account.name`` or ``account.no_reason``.
        ConflictError: ``account.known``: the id is taken, be it by a closed account.
    """
    _check_id(account_id)
    named, reason = _checked_name(name), require_note(note, account_id)
    now = office.clock.now()
    with office.store.writing() as registry:
        if registry.account(account_id) is not None:
            raise ConflictError(
                "account.known",
                "there is or was an account of this name, and none is ever given to somebody else",
                where=account_id,
                remedy="choose another one",
            )
        registry.add_account(account_id, now, actor)
        registry.change_account(
            AccountChange(
                account=account_id,
                name=named,
                roles=frozenset(),
                system_login=None,
                active=True,
                at=now,
                by=actor,
                order=None,
                note=reason,
            )
        )
        audit.record(registry, now, actor, "account.opened", account_id, {"note_sha256": note_digest(reason)})
        return found_account(registry, account_id)


def ask_roles(
    office: Office,
    account_id: str,
    roles: frozenset[Role],
    system_login: str | None,
    note: str,
    *,
    actor: str,
) -> str | None:
    """Give an account other roles, or link it to a login on the server.

    Args:
        office: The service.
        account_id: Whose.
        roles: All that it is to have.
        system_login: The operating system's login of the same person, or None.
        note: Why.
        actor: Who asks.

    Returns:
        The id of the order that waits for another administrator; None where it was done at once: nothing was
        added, or one administrator may still act alone.

    Raises:
        NotFoundError: ``account.unknown``.
        ConflictError: ``account.closed``, ``account.unchanged``, ``account.login_taken`` or
            ``account.last_administrators``.
        RefusedError: ``account.no_reason`` or ``account.system_login``.
    """
    reason = require_note(note, account_id)
    with office.store.writing() as registry:
        account = found_account(registry, account_id)
        _check_change(office, registry, account, roles, system_login)
        alone = _takes_only(account, roles, system_login) or _founds(office, registry, account, roles)
        if alone:
            founding = not _takes_only(account, roles, system_login) and office.four_eyes
            _change(
                registry,
                replace(_as_is(account, office.clock.now(), actor), note=reason),
                roles,
                system_login,
                {"founding": True} if founding else {},
            )
            return None
        content = {
            "account": account_id,
            "roles": sorted(role.value for role in roles),
            "system_login": system_login,
            "change": len(registry.account_changes(account_id)),
        }
    return propose(office, OrderKind.ACCOUNT, content, actor=actor, note=reason).id


def approve_roles(office: Office, order_id: str, *, actor: str) -> None:
    """Approve an order on an account as another administrator, and carry it out.

    Args:
        office: The service.
        order_id: The order.
        actor: Who approves.

    Raises:
        NotFoundError: ``order.unknown``.
        ConflictError: ``order.decided``, or the account is not any more what the order was made for.
        RefusedError: ``four_eyes.same_person`` or ``account.not_an_administrator``.
    """
    order = _account_order(office, order_id)
    with office.store.reading() as registry:
        _require_administrator(registry, actor)
        account = found_account(registry, str(order.asked.content["account"]))
        _check_stale(registry, order, account)
    approve_order(office, order_id, actor=actor)
    carry_out(office, order_id, {OrderKind.ACCOUNT: apply_account_order}, actor=actor)


def refuse_roles(office: Office, order_id: str, note: str, *, actor: str) -> None:
    """Refuse an order on an account as another administrator; who asked takes it back.

    Args:
        office: The service.
        order_id: The order.
        note: Why.
        actor: Who refuses.

    Raises:
        NotFoundError: ``order.unknown``.
        ConflictError: ``order.decided``.
        RefusedError: ``account.no_reason`` or ``order.other_kind``.
    """
    order = _account_order(office, order_id)
    if order.asked.proposed_by == actor:
        take_back(office, order_id, actor=actor)
    else:
        refuse_order(office, order_id, actor=actor, note=require_note(note, order_id))


def apply_account_order(office: Office, order: Order, advance: Advance) -> Mapping[str, object]:
    """Carry out an approved order on an account; a second time changes nothing.

    Args:
        office: The service.
        order: The order.
        advance: Told when it is done.

    Raises:
        NotFoundError: ``account.unknown``.
        ConflictError: The account is not any more what the order was made for.
        RefusedError: ``account.not_an_administrator``: who approved it is none.
    """
    content = order.asked.content
    account_id = str(content["account"])
    roles = frozenset(Role(word) for word in _words(content["roles"]))
    login = None if content.get("system_login") is None else str(content["system_login"])
    with office.store.writing() as registry:
        account = found_account(registry, account_id)
        if not any(change.order == order.id for change in registry.account_changes(account_id)):
            _require_administrator(registry, order.approved_by or "")
            _check_stale(registry, order, account)
            _check_change(office, registry, account, roles, login)
            now = office.clock.now()
            asked = replace(
                _as_is(account, now, order.asked.proposed_by), order=order.id, note=order.asked.note
            )
            _change(
                registry, asked, roles, login, {"order": order.id, "approved_by": order.approved_by or ""}
            )
    advance(1, 1)
    return {"account": account_id}


def close_account(office: Office, account_id: str, note: str, *, actor: str) -> None:
    """Close an account, for good and at once: its rights and its sessions end.

    Args:
        office: The service.
        account_id: Whose.
        note: Why.
        actor: Who closes it.

    Raises:
        NotFoundError: ``account.unknown``.
        ConflictError: ``account.closed`` or ``account.last_administrators``.
        RefusedError: ``account.no_reason``.
    """
    reason, now = require_note(note, account_id), office.clock.now()
    with office.store.writing() as registry:
        account = found_account(registry, account_id)
        require_open(account)
        require_administrators_left(office, registry, account)
        closed = replace(
            _as_is(account, now, actor), roles=frozenset(), system_login=None, active=False, note=reason
        )
        registry.change_account(closed)
        registry.end_invitations(account_id, now)
        forget_ways_in(registry, account_id, now)
        audit.record(registry, now, actor, "account.closed", account_id, {"note_sha256": note_digest(reason)})


def account_view(office: Office, account_id: str) -> AccountView | None:
    """Give an account with its story, or None."""
    now = office.clock.now()
    with office.store.reading() as registry:
        account = registry.account(account_id)
        if account is None:
            return None
        invitation = registry.invitation_of(account_id)
        return AccountView(
            account=account,
            usable=registry.account_secrets(account_id) is not None,
            invitation=invitation if invitation is not None and now < invitation.ends_at else None,
            changes=registry.account_changes(account_id),
        )


def _account_order(office: Office, order_id: str) -> Order:
    order = find_order(office, order_id)
    if order.kind is not OrderKind.ACCOUNT:
        raise RefusedError(
            "order.other_kind",
            "this order is not about an account",
            where=order_id,
            remedy="decide it with the orders of its kind",
        )
    return order


def _change(
    registry: Registry,
    base: AccountChange,
    roles: frozenset[Role],
    system_login: str | None,
    details: Mapping[str, object],
) -> None:
    """Append a change of roles; what the account's browsers held is nothing any more."""
    registry.change_account(replace(base, roles=roles, system_login=system_login))
    registry.end_staff_sessions(base.account, base.at)
    audit.record(
        registry,
        base.at,
        base.by,
        "account.roles_changed",
        base.account,
        {
            "roles": sorted(role.value for role in roles),
            "system_login": system_login,
            "note_sha256": note_digest(base.note),
            **details,
        },
    )


def _as_is(account: Account, at: datetime, by: str) -> AccountChange:
    return AccountChange(
        account.id, account.name, account.roles, account.system_login, account.active, at, by, None, None
    )


def _founds(office: Office, registry: Registry, account: Account, roles: frozenset[Role]) -> bool:
    """Say whether one person may add this alone: a first administrator, and no role that acts."""
    first = roles - account.roles <= {Role.ADMINISTRATION} or not office.four_eyes
    return first and is_founding(office, registry)


def _takes_only(account: Account, roles: frozenset[Role], system_login: str | None) -> bool:
    return roles <= account.roles and system_login in {None, account.system_login}


def _check_change(
    office: Office, registry: Registry, account: Account, roles: frozenset[Role], system_login: str | None
) -> None:
    require_open(account)
    if roles == account.roles and system_login == account.system_login:
        raise ConflictError(
            "account.unchanged",
            "the account is so already",
            where=account.id,
            remedy=f"see it with: parchemin staff list, or at /registre/comptes/{account.id}",
        )
    check_system_login(system_login, account.id)
    others = (each for each in registry.accounts() if each.active and each.id != account.id)
    if system_login is not None and any(each.system_login == system_login for each in others):
        raise ConflictError(
            "account.login_taken",
            "another account is linked to this login, and a login is one person's",
            where=account.id,
            remedy="take it from the other account first",
        )
    if Role.ADMINISTRATION in account.roles - roles:
        require_administrators_left(office, registry, account)


def check_system_login(system_login: str | None, where: str) -> None:
    """Refuse what cannot be a login of the operating system.

    Args:
        system_login: As typed, or None.
        where: Whose it would be.

    Raises:
        RefusedError: ``account.system_login``.
    """
    if system_login is not None and _SYSTEM_LOGIN.fullmatch(system_login) is None:
        raise RefusedError(
            "account.system_login",
            "this is not a login of the operating system",
            where=where[:40],
            remedy="give it as `id -un` prints it, in lower case",
        )


def _check_stale(registry: Registry, order: Order, account: Account) -> None:
    require_open(account)
    if order.asked.content.get("change") != len(registry.account_changes(account.id)):
        raise ConflictError(
            "account.changed",
            "the account was changed since this was asked; nothing was changed now",
            where=order.id,
            remedy="refuse the order, and ask anew",
        )


def _require_administrator(registry: Registry, actor: str) -> None:
    """Refuse the word of somebody who is no administrator whose account was taken into use."""
    # Taken into use: who approves can sign in, and was not made a moment ago by who asks.
    if any(account.id == actor for account in administrators(registry)):
        return
    raise RefusedError(
        "account.not_an_administrator",
        "an order on an account is approved by another administrator",
        where=actor[:40],
        remedy="let an administrator decide",
    )


def _check_id(account_id: str) -> None:
    if _ID.fullmatch(account_id) is None:
        raise RefusedError(
            "account.id",
            "the name of an account is 3 to 40 small letters, figures, dots and hyphens",
            where=account_id[:40],
            remedy="for example: camille.durand",
        )


def _checked_name(name: str) -> str:
    text = " ".join(name.split())
    if not text or len(text) > _LONGEST_NAME or not text.isprintable():
        raise RefusedError(
            "account.name",
            f"the person's name is 1 to {_LONGEST_NAME} characters on one line",
            where="name",
            remedy="for example: Camille Durand",
        )
    return text


def _words(value: object) -> list[str]:
    return [str(word) for word in value] if isinstance(value, list) else []
