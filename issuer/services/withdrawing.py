"""Withdraw an award: the state, the bit, the signed list and the audit line, in one unit of work."""

import hashlib
from collections.abc import Sequence

from issuer.domain.award import LIVE, Award, AwardKind, AwardState, WithdrawalReason
from issuer.errors import ConflictError, NotFoundError
from issuer.ports import StatusEvent
from issuer.services import audit
from issuer.services.office import Office
from issuer.services.publishing import publish_status_list


def revoke(office: Office, number: str, reason: WithdrawalReason, note: str | None, *, actor: str) -> Award:
    """Withdraw an award for good; a withdrawal is never undone.

    Args:
        office: The service.
        number: The award's number.
        reason: The public reason, from the closed list.
        note: Free text for the register alone, or None.
        actor: Who.

    Returns:
        The award in its new state.

    Raises:
        NotFoundError: ``award.unknown``.
        ConflictError: ``award.gone`` when it is withdrawn or replaced already.
    """
    signer = office.open_signer()
    with office.store.writing() as registry:
        award = registry.award(number)
        if award is None:
            raise NotFoundError(
                "award.unknown",
                "there is no award of this number",
                where=number,
                remedy="list them with: parchemin awards",
            )
        if award.state not in LIVE:
            raise ConflictError(
                "award.gone",
                f"the award is {award.state.value} already; nothing was changed",
                where=number,
                remedy="see it with: parchemin show " + number,
            )
        now = office.clock.now()
        registry.change_state(StatusEvent(number, AwardState.REVOKED, reason, note, now, actor))
        published = publish_status_list(office, registry, signer, now)
        audit.record(
            registry,
            now,
            actor,
            "award.revoked",
            number,
            {
                "reason": reason.value,
                # The note may hold personal data: the trail keeps that there was one, and which.
                "note_sha256": hashlib.sha256(note.encode()).hexdigest() if note else None,
                "list_sha256": published.etag,
            },
        )
        changed = registry.award(number)
    assert changed is not None
    return changed


def standing_titles(office: Office, withdrawn: Award) -> Sequence[Award]:
    """Give the titles in force that rest on a withdrawn block: a question for a person, never an act.

    Args:
        office: The service.
        withdrawn: The award that was withdrawn.

    Returns:
        Titles of the same person and certification that are still in force; none for a withdrawn title.
    """
    if withdrawn.kind is AwardKind.TITLE:
        return []
    with office.store.reading() as registry:
        awards = registry.awards_of(withdrawn.candidate_id, withdrawn.certification)
    return [award for award in awards if award.kind is AwardKind.TITLE and award.state in LIVE]
