"""Withdraw, suspend, reinstate: the state, the bits, the signed lists and the trail, in one unit of work."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from credentials.errors import CredentialError
from credentials.json_input import parse_object
from credentials.structure.values import objects_of
from issuer.domain.award import LIVE, Award, AwardKind, AwardState, StatusPurpose, WithdrawalReason
from issuer.errors import ConflictError, NotFoundError
from issuer.ports import NoticeKind, Registry, StatusEvent
from issuer.ports.orders import OrderKind
from issuer.services import audit
from issuer.services.four_eyes import require_order
from issuer.services.notices import queue
from issuer.services.office import Office
from issuer.services.status_lists import publish_change


def revoke(
    office: Office,
    number: str,
    reason: WithdrawalReason,
    note: str | None,
    *,
    actor: str,
    order: str | None = None,
) -> Award:
    """Withdraw an award for good; a withdrawal is never undone.

    Args:
        office: The service.
        number: The award's number.
        reason: The public reason, from the closed list.
        note: Free text for the register alone, or None.
        actor: Who.
        order: The approved order that it carries out; needed where four eyes are on.

    Returns:
        The award in its new state.

    Raises:
        NotFoundError: ``award.unknown``.
        RefusedError: ``four_eyes.…``: no second person approved it.
        ConflictError: ``award.gone`` when it is withdrawn or replaced already.
    """
    act = _Act(AwardState.REVOKED, "award.revoked", OrderKind.REVOKE, reason, note, actor, order)
    return _change(office, number, act)


def suspend(
    office: Office,
    number: str,
    reason: WithdrawalReason,
    note: str | None,
    *,
    actor: str,
    order: str | None = None,
) -> Award:
    """Suspend an award until a decision on it; the award stays the one of its person and component.

    Args:
        office: The service.
        number: The award's number.
        reason: The public reason, from the closed list.
        note: Free text for the register alone, or None.
        actor: Who.
        order: The approved order that it carries out; needed where four eyes are on.

    Returns:
        The award in its new state.

    Raises:
        NotFoundError: ``award.unknown``.
        RefusedError: ``four_eyes.…``: no second person approved it.
        ConflictError: ``award.gone`` when it is withdrawn or replaced, ``award.suspended`` when it is
            suspended already.
    """
    act = _Act(AwardState.SUSPENDED, "award.suspended", OrderKind.SUSPEND, reason, note, actor, order)
    return _change(office, number, act)


def reinstate(
    office: Office,
    number: str,
    reason: WithdrawalReason,
    note: str | None,
    *,
    actor: str,
    order: str | None = None,
) -> Award:
    """End a suspension: the award is in force again. A withdrawal is not undone by it.

    Args:
        office: The service.
        number: The award's number.
        reason: The ground, from the closed list; kept in the story, no longer public.
        note: Free text for the register alone, or None.
        actor: Who.
        order: The approved order that it carries out; needed where four eyes are on.

    Returns:
        The award in its new state.

    Raises:
        NotFoundError: ``award.unknown``.
        RefusedError: ``four_eyes.…``: no second person approved it.
        ConflictError: ``award.gone`` when it is withdrawn or replaced, ``award.in_force`` when it is not
            suspended.
    """
    act = _Act(AwardState.VALID, "award.reinstated", OrderKind.REINSTATE, reason, note, actor, order)
    return _change(office, number, act)


def tells_of_suspension(office: Office, number: str) -> bool:
    """Say whether an award's signed document names a list of suspensions.

    Where it does not, other software never learns of a suspension: our page and report alone show it.

    Args:
        office: The service.
        number: The award's number.
    """
    with office.store.reading() as registry:
        stored = registry.credential(number) or b""
    try:
        entries = objects_of(parse_object(stored).get("credentialStatus"))
    except CredentialError:
        return False  # its bytes were damaged: nobody reads anything in them
    return any(entry.get("statusPurpose") == StatusPurpose.SUSPENSION for entry in entries)


def standing_titles(office: Office, withdrawn: Award) -> Sequence[Award]:
    """Give the titles in force that rest on a withdrawn block: a question for a person, never an act.

    Args:
        office: The service.
        withdrawn: The award that was withdrawn or suspended.

    Returns:
        Titles of the same person and certification that are still in force; none for a withdrawn title.
    """
    if withdrawn.kind is AwardKind.TITLE:
        return []
    with office.store.reading() as registry:
        awards = registry.awards_of(withdrawn.candidate_id, withdrawn.certification)
    return [award for award in awards if award.kind is AwardKind.TITLE and award.state in LIVE]


@dataclass(frozen=True, slots=True)
class _Act:
    """What is done to an award: the state that begins, the trail's word for it, why, and who."""

    state: AwardState
    action: str
    kind: OrderKind
    reason: WithdrawalReason
    note: str | None
    actor: str
    order: str | None


def _change(office: Office, number: str, act: _Act) -> Award:
    # Before the key is opened: a passphrase is asked for nothing that is refused.
    with office.store.reading() as registry:
        require_order(office, registry, act.order, act.kind, number)
    signer = office.open_signer()
    with office.store.writing() as registry:
        warrant = require_order(office, registry, act.order, act.kind, number)
        award = _changeable(registry, number, act.state)
        now = office.clock.now()
        registry.change_state(StatusEvent(number, act.state, act.reason, act.note, now, act.actor))
        audit.record(
            registry,
            now,
            act.actor,
            act.action,
            number,
            {
                "reason": act.reason.value,
                # The note may hold personal data: the trail keeps that there was one, and which.
                "note_sha256": hashlib.sha256(act.note.encode()).hexdigest() if act.note else None,
                **warrant.details(),
            },
        )
        publish_change(
            office,
            registry,
            signer,
            now,
            numbering=award.status_list,
            before=award.state,
            after=act.state,
            actor=act.actor,
        )
        queue(office, registry, _TELLING[act.state], award.candidate_id, [number])
        changed = registry.award(number)
    assert changed is not None
    return changed


_TELLING = {
    AwardState.REVOKED: NoticeKind.WITHDRAWN,
    AwardState.SUSPENDED: NoticeKind.SUSPENDED,
    AwardState.VALID: NoticeKind.REINSTATED,
}
"""Which mail tells the holder of the state that begins."""


def _changeable(registry: Registry, number: str, state: AwardState) -> Award:
    """Give the award, if its present state allows the next one."""
    award = registry.award(number)
    if award is None:
        raise NotFoundError(
            "award.unknown",
            "there is no award of this number",
            where=number,
            remedy="list them with: parchemin awards",
        )
    see = f"see it with: parchemin show {number}"
    if award.state not in LIVE:
        raise ConflictError(
            "award.gone",
            f"the award is {award.state.value} already, and that is never undone; nothing was changed",
            where=number,
            remedy=see,
        )
    if award.state is state:
        code = "award.suspended" if state is AwardState.SUSPENDED else "award.in_force"
        word = "suspended already" if state is AwardState.SUSPENDED else "in force: no suspension is to end"
        raise ConflictError(code, f"the award is {word}; nothing was changed", where=number, remedy=see)
    return award
