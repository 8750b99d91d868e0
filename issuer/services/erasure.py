"""Erase a person's data: what goes, what must stay, and the tombstone between the two.

What goes: names, birth date, address, civil data, mails, shares, links, notes, the signed documents and
everything derived from them. What stays: the award's number, its component, the decision's date, the place in
the status list and its bit, the state, the trail, and the student system's identifier, without which the same
person would come back with the next file. No bit is touched: what was withdrawn stays withdrawn, and what was
in force is not said to be withdrawn, since the right to the certification does not end. A copy that the
person kept stays authentic and cannot be recalled; pages and guides say so.

Spec: GDPR, articles 17(1) and 17(3)(b), (d), (e); design.md, section 9; french-domain.md, sections 9 and 12.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from issuer.domain.award import Award, AwardState
from issuer.domain.canonical_json import digest_of
from issuer.errors import ConflictError, NotFoundError
from issuer.ports import Registry
from issuer.ports.legal import Erasure, ErasureReason
from issuer.ports.orders import Advance, Order, OrderKind
from issuer.services import audit
from issuer.services.four_eyes import require_order
from issuer.services.office import Office
from issuer.services.orders import propose

ACTION: Final = "person.erased"

_NOTHING: Final = hashlib.sha256(b"").hexdigest()
"""Of the document that is left: none."""


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """What an erasure would do.

    Attributes:
        candidate_id: Whose data.
        goes: How many of what would be taken out.
        stays: The awards of which a number, dates and a place in the status list stay, as they stand.
        unnamed_lines: Lines of jury records without an identifier: of them it is not known whose they are,
            and a person looks at them.
    """

    candidate_id: str
    goes: Mapping[str, int]
    stays: Sequence[Award]
    unnamed_lines: int


def plan_erasure(office: Office, candidate_id: str) -> ErasurePlan:
    """Say what an erasure would take out, and what would stay; writes nothing.

    Args:
        office: The service.
        candidate_id: The student system's identifier.

    Raises:
        NotFoundError: ``candidate.unknown``.
        ConflictError: ``erase.done``, ``erase.suspended``.
    """
    with office.store.reading() as registry:
        awards = _erasable(registry, candidate_id)
        codes = dict.fromkeys(fiche.code for fiche in registry.certifications())
        unnamed = sum(not row.candidate_id for code in codes for row in registry.record(code).rows)
        return ErasurePlan(candidate_id, registry.erasable(candidate_id), awards, unnamed)


def propose_erasure(
    office: Office, candidate_id: str, reason: ErasureReason, note: str | None, *, actor: str
) -> Order:
    """Ask for an erasure, which another person decides.

    Args:
        office: The service.
        candidate_id: The student system's identifier.
        reason: Why, from the closed list.
        note: Further words for the register alone, without names; or None.
        actor: Who asks.

    Raises:
        NotFoundError: ``candidate.unknown``.
        ConflictError: ``erase.done``, ``erase.suspended``.
    """
    plan_erasure(office, candidate_id)
    content = {"candidate": candidate_id, "reason": reason.value}
    return propose(office, OrderKind.ERASE, content, actor=actor, note=note)


def erase(
    office: Office,
    candidate_id: str,
    reason: ErasureReason,
    *,
    actor: str,
    order: str | None = None,
) -> Mapping[str, int]:
    """Erase a person's data, in one unit of work.

    Args:
        office: The service.
        candidate_id: The student system's identifier.
        reason: Why, from the closed list.
        actor: Who.
        order: The approved order that it carries out; needed where four eyes are on.

    Returns:
        How many of what were taken out.

    Raises:
        RefusedError: ``four_eyes.…``: no second person approved it.
        NotFoundError: ``candidate.unknown``.
        ConflictError: ``erase.done``, ``erase.suspended``.
    """
    with office.store.writing() as registry:
        warrant = require_order(office, registry, order, OrderKind.ERASE, candidate_id)
        awards = _erasable(registry, candidate_id)
        now = office.clock.now()
        counts = registry.erase(Erasure(candidate_id, reason, order, now, actor))
        for award in awards:
            left = {
                "sha256": _NOTHING,
                "state": award.state.value,
                "status": f"{award.status_list}#{award.status_index}",
                "reason": reason.value,
                **warrant.details(),
            }
            audit.record(registry, now, actor, "award.erased", award.number, left)
        details = {
            "reason": reason.value,
            "counts": dict(counts),
            # A plan is named by its content: of one that lost a person, the trail names what is left.
            "plans": _plans_left(registry, candidate_id),
            **warrant.details(),
        }
        audit.record(registry, now, actor, ACTION, candidate_id, details)
    return counts


def carry_out_erasure(office: Office, order: Order, advance: Advance) -> Mapping[str, object]:
    """Carry an order to erase out; one that was carried out before makes nothing twice.

    Returns:
        ``{"erased": {what: how many}}``.
    """
    candidate_id = str(order.asked.content["candidate"])
    reason = ErasureReason(str(order.asked.content["reason"]))
    with office.store.reading() as registry:
        known = registry.erasure(candidate_id)
    if known is not None and known.order == order.id:
        return {"erased": {}}
    counts = erase(office, candidate_id, reason, actor=order.asked.proposed_by, order=order.id)
    advance(1, 1)
    return {"erased": dict(counts)}


@dataclass(frozen=True, slots=True)
class ErasedAgain:
    """What became of an erasure that a restored register does not know.

    Attributes:
        candidate_id: Whose data.
        outcome: ``erased``, ``asked`` (an order waits for another person's word), or the code of what stands
            against it.
        order: The order that waits, or None.
    """

    candidate_id: str
    outcome: str
    order: str | None = None


def erase_again(office: Office, told: Mapping[str, ErasureReason], *, actor: str) -> Sequence[ErasedAgain]:
    """Make the erasures again that were made after a backup: their approvals were lost with the register.

    Nobody alone erases where four eyes are on, nor after a loss: there, each is asked for anew.

    Args:
        office: The service, on the restored folder.
        told: The reason of each, by candidate, as the lost register listed them.
        actor: Who.

    Returns:
        What became of each, in their order.
    """
    return [_again(office, candidate_id, reason, actor) for candidate_id, reason in told.items()]


def _again(office: Office, candidate_id: str, reason: ErasureReason, actor: str) -> ErasedAgain:
    try:
        if office.four_eyes:
            order = propose_erasure(office, candidate_id, reason, None, actor=actor)
            return ErasedAgain(candidate_id, "asked", order.id)
        erase(office, candidate_id, reason, actor=actor)
    except (ConflictError, NotFoundError) as refused:
        return ErasedAgain(candidate_id, refused.code)
    return ErasedAgain(candidate_id, "erased")


def erasures(office: Office) -> Sequence[Erasure]:
    """Give every tombstone, oldest first: what must be erased again after an older backup was restored."""
    with office.store.reading() as registry:
        return registry.erasures()


def _plans_left(registry: Registry, candidate_id: str) -> Mapping[str, str]:
    return {
        plan.id: digest_of(plan.content)
        for plan in registry.approved_plans()
        if candidate_id in _people(plan.content.get("candidates"))
    }


def _people(parts: object) -> frozenset[str]:
    if not isinstance(parts, list):
        return frozenset()
    return frozenset(str(part.get("candidate")) for part in parts if isinstance(part, dict))


def _erasable(registry: Registry, candidate_id: str) -> Sequence[Award]:
    """Give the awards of a person who may be erased now."""
    if registry.candidate(candidate_id) is None:
        raise NotFoundError(
            "candidate.unknown",
            "the register knows no person of this identifier",
            where="CANDIDATE",
            remedy="give the student system's identifier, as parchemin awards shows it",
        )
    if registry.erasure(candidate_id) is not None:
        raise ConflictError(
            "erase.done",
            "this person's data were erased already; nothing was changed",
            where=candidate_id,
            remedy="there is nothing left to erase",
        )
    awards = registry.awards_of_person(candidate_id)
    suspended = next((award for award in awards if award.state is AwardState.SUSPENDED), None)
    if suspended is not None:
        raise ConflictError(
            "erase.suspended",
            "an award of this person is suspended: after an erasure nobody could decide on it",
            where=suspended.number,
            remedy="reinstate or withdraw it first",
        )
    return awards
