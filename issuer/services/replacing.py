"""Replace an award, and hand over a paper again: two acts that a registrar must not take for each other.

A replacement puts a new document in the place of an old one, in one unit of work; the old one says from then
on that it was replaced, and nothing else. A duplicate is another sheet of the same award: nothing is revoked.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from credentials.json_input import parse_object
from credentials.structure.values import objects_of
from issuer.domain.award import (
    LIVE,
    Award,
    AwardKind,
    AwardState,
    DuplicateReason,
    ReplacementReason,
)
from issuer.domain.canonical_json import digest_of
from issuer.domain.plan import Plan, PlannedAward
from issuer.errors import ConflictError, NotFoundError
from issuer.ports import ApprovedPlan, Duplicate, NoticeKind, Registry, Replacement, StatusEvent
from issuer.ports.orders import OrderKind
from issuer.services import audit
from issuer.services.catalog import kept_version
from issuer.services.four_eyes import Warrant, require_order
from issuer.services.notices import queue
from issuer.services.office import Office
from issuer.services.person_awards import PersonAwards
from issuer.services.planning import current_plan, keep_approval
from issuer.services.securing import InstitutionSigner
from issuer.services.status_lists import publish_change


@dataclass(frozen=True, slots=True)
class Replaced:
    """An award and the one that took its place."""

    old: Award
    new: Award


def replace_award(
    office: Office,
    number: str,
    reason: ReplacementReason,
    note: str | None,
    *,
    actor: str,
    order: str | None = None,
) -> Sequence[Replaced]:
    """Put new documents in the place of an award and of what hangs together with it.

    What the new ones say is what the register holds now: a new name or a corrected record is handed in
    first. A change of civil status concerns all the awards of the person for the certification; a
    correction concerns the award, and the title that names a corrected block. The decision's date and the
    day of delivery stay the first ones.

    Args:
        office: The service.
        number: The award's number.
        reason: Why; known inside only.
        note: Free text for the register alone, or None.
        actor: Who; where no order is named, running it is the approval of what is signed.
        order: The approved order that it carries out; needed where four eyes are on.

    Returns:
        Each award with the one in its place, blocks before the title.

    Raises:
        NotFoundError: ``award.unknown``.
        ConflictError: ``award.gone`` when it is withdrawn or replaced; ``replace.suspended``;
            ``replace.unsupported`` when the record no longer gives the right to it; ``replace.unchanged``
            when the new document would say the same.
        RefusedError: ``four_eyes.…``: no second person approved it.

    Spec: ``french-domain.md``, section 12; design.md, section 2.
    """
    with office.store.reading() as registry:
        require_order(office, registry, order, OrderKind.REPLACE, number)
    signer = office.open_signer()
    with office.store.writing() as registry:
        warrant = require_order(office, registry, order, OrderKind.REPLACE, number)
        award = _award(registry, number)
        _require_as_asked(office, registry, order, number, reason)
        return _Replacement(office, registry, signer, reason, note, actor, warrant).carry_out(award)


def weigh_replacement(
    office: Office, registry: Registry, number: str, reason: ReplacementReason
) -> Sequence[Award]:
    """Tell what would be replaced with an award, as things stand now; changes nothing.

    Args:
        office: The service.
        registry: The open unit of work.
        number: The award's number.
        reason: Why it would be.

    Returns:
        All that new documents would take the place of, blocks before the title.

    Raises:
        ServiceError: What :func:`replace_award` would raise, but for the word of a second person.
    """
    weighing = _Weighing(office, registry, reason)
    olds = weighing.concerned(_award(registry, number))
    _plan, planned = weighing.planned(olds)
    weighing.require_change(olds, planned)
    return olds


def weighed_digest(office: Office, registry: Registry, number: str, reason: ReplacementReason) -> str:
    """Give the digest of what new documents would say: an order holds it, and nothing else is signed by it.

    Raises:
        ServiceError: As :func:`weigh_replacement`.
    """
    weighing = _Weighing(office, registry, reason)
    _plan, planned = weighing.planned(weighing.concerned(_award(registry, number)))
    return digest_of({component: award.to_dict() for component, award in sorted(planned.items())})


def duplicate(office: Office, number: str, reason: DuplicateReason, *, actor: str) -> Duplicate:
    """Give an award's paper a further number, to be printed and handed over again.

    Args:
        office: The service.
        number: The award's number.
        reason: Why: loss, theft or destruction, on proof that stays with the registry.
        actor: Who.

    Returns:
        The duplicate; the award, its document and its link stay as they are.

    Raises:
        NotFoundError: ``award.unknown``.
        ConflictError: ``duplicate.not_in_force``.

    Spec: ``french-domain.md``, section 12 (the word « duplicata » and a new number).
    """
    with office.store.writing() as registry:
        award = _award(registry, number)
        if award.state is not AwardState.VALID:
            raise ConflictError(
                "duplicate.not_in_force",
                f"the award is {award.state.value}: only a paper in force is handed over again",
                where=number,
                remedy=f"see it with: parchemin show {number}",
            )
        now = office.clock.now()
        count = len(registry.duplicates(number)) + 1
        made = Duplicate(f"{number}-D{count}", number, reason, now, actor)
        registry.add_duplicate(made)
        details = {"paper": made.paper_number, "reason": reason.value}
        audit.record(registry, now, actor, "award.duplicated", number, details)
        return made


@dataclass(frozen=True, slots=True)
class _Replacement:
    """One replacement inside one unit of work."""

    office: Office
    registry: Registry
    signer: InstitutionSigner
    reason: ReplacementReason
    note: str | None
    actor: str
    warrant: Warrant

    def carry_out(self, award: Award) -> Sequence[Replaced]:
        """Replace the award and what hangs together with it."""
        now = self.office.clock.now()
        weighing = _Weighing(self.office, self.registry, self.reason)
        olds = weighing.concerned(award)
        plan, planned = weighing.planned(olds)
        weighing.require_change(olds, planned)
        approved = self.registry.approved(plan.digest) or keep_approval(
            self.registry,
            plan,
            session=None,
            at=now,
            actor=self.warrant.approver or self.actor,
            authors=frozenset({self.actor}) if self.warrant.approver else frozenset(),
        )
        for old in olds:
            self._set_aside(old, now)
        subject = self._subject(award)
        made = [Replaced(old, self._issue(old, planned[old.component], approved, subject)) for old in olds]
        for pair in made:
            self._note(pair, now)
        numbers = [pair.new.number for pair in made]
        queue(self.office, self.registry, NoticeKind.REPLACED, award.candidate_id, numbers)
        return made

    def _set_aside(self, old: Award, now: datetime) -> None:
        self.registry.change_state(
            StatusEvent(old.number, AwardState.REPLACED, None, self.note, now, self.actor)
        )

    def _subject(self, award: Award) -> str:
        """Give the person's identifier in the new documents: another one where the two must not be linked."""
        if self.reason is ReplacementReason.CIVIL_STATUS:
            return self.office.ids.urn()
        stored = self.registry.credential(award.number) or b""
        (subject,) = objects_of(parse_object(stored)["credentialSubject"])
        return str(subject["id"])

    def _issue(self, old: Award, planned: PlannedAward, plan: ApprovedPlan, subject: str) -> Award:
        person = PersonAwards(
            self.office,
            self.registry,
            self.signer,
            plan.id,
            kept_version(self.registry, old.certification, old.certification_version),
            self.actor,
            delivered={old.component: old.issued_at},
        )
        (new,) = person.issue([planned], subject)
        return new

    def _note(self, pair: Replaced, now: datetime) -> None:
        old, new = pair.old.number, pair.new.number
        self.registry.add_replacement(Replacement(old, new, self.reason, now, self.actor))
        details = {
            "by": new,
            "reason": self.reason.value,
            "note_sha256": hashlib.sha256(self.note.encode()).hexdigest() if self.note else None,
            **self.warrant.details(),
        }
        audit.record(self.registry, now, self.actor, "award.replaced", old, details)
        publish_change(
            self.office,
            self.registry,
            self.signer,
            now,
            numbering=pair.old.status_list,
            before=pair.old.state,
            after=AwardState.REPLACED,
            actor=self.actor,
        )


@dataclass(frozen=True, slots=True)
class _Weighing:
    """What would be replaced by what; changes nothing."""

    office: Office
    registry: Registry
    reason: ReplacementReason

    def concerned(self, award: Award) -> Sequence[Award]:
        """Give all that is replaced together, blocks before the title."""
        awards = [
            other
            for other in self.registry.awards_of(award.candidate_id, award.certification)
            if other.state in LIVE
        ]
        if self.reason is ReplacementReason.CORRECTION:
            follows = award.kind is AwardKind.BLOCK
            awards = [
                other
                for other in awards
                if other.number == award.number or (follows and other.kind is AwardKind.TITLE)
            ]
        suspended = next((other for other in awards if other.state is AwardState.SUSPENDED), None)
        if suspended is not None:
            raise ConflictError(
                "replace.suspended",
                "an award that would be replaced is suspended, and a new one would be in force",
                where=suspended.number,
                remedy=f"decide on it first: parchemin reinstate {suspended.number}, or parchemin revoke",
            )
        return sorted(awards, key=lambda other: (other.kind is AwardKind.TITLE, other.number))

    def planned(self, olds: Sequence[Award]) -> tuple[Plan, dict[str, PlannedAward]]:
        """Ask the record again what the person has a right to, as if these had never been issued."""
        first = olds[0]
        earlier = self.registry.awards_of(first.candidate_id, first.certification)
        replaced = {other.number for other in earlier if other.state is AwardState.REPLACED}
        plan = current_plan(
            self.office,
            self.registry,
            first.certification,
            None,
            without=frozenset({old.number for old in olds} | replaced),
        )
        wanted = {old.component for old in olds}
        part = next(
            (item for item in plan.candidates if item.evaluation.candidate_id == first.candidate_id), None
        )
        awards = [item for item in part.awards if item.component in wanted] if part else []
        missing = sorted(wanted - {item.component for item in awards})
        if part is None or missing:
            raise ConflictError(
                "replace.unsupported",
                "the record as it is now does not give the right to " + ", ".join(missing or sorted(wanted)),
                where=first.number,
                remedy="see why with: parchemin plan; what was annulled is withdrawn, not replaced",
            )
        alone = replace(part, awards=tuple(awards))
        plan = replace(plan, candidates=(alone,), rows_without_candidate=(), annulments_without_candidate=())
        return plan, {item.component: item for item in awards}

    def require_change(self, olds: Sequence[Award], planned: dict[str, PlannedAward]) -> None:
        changed = any(_said(old) != _said(planned[old.component]) for old in olds)
        if not changed:
            raise ConflictError(
                "replace.unchanged",
                "the new document would say the same as the old one; nothing was changed",
                where=olds[0].number,
                remedy="hand in the new name or the corrected record first: parchemin jury import FILE "
                "--accept-changes; for a lost paper: parchemin duplicate",
            )


def _require_as_asked(
    office: Office, registry: Registry, order_id: str | None, number: str, reason: ReplacementReason
) -> None:
    """Refuse an order's replacement where the record would have another document signed by now."""
    order = None if order_id is None else registry.order(order_id)
    if order is None:
        return
    asked = order.asked.content.get("said")
    if not isinstance(asked, Mapping) or asked.get(number) != weighed_digest(
        office, registry, number, reason
    ):
        raise ConflictError(
            "order.stale",
            "the record has changed since this was asked: other documents would be signed; nothing was done",
            where=number,
            remedy="ask for the replacement anew, so that somebody approves what the record says now",
        )


def _said(award: Award | PlannedAward) -> tuple[str, date, str]:
    """Give what a document says that a registrar may have to correct."""
    return award.holder, award.decided_on, award.session


def _award(registry: Registry, number: str) -> Award:
    award = registry.award(number)
    if award is None:
        raise NotFoundError(
            "award.unknown",
            "there is no award of this number",
            where=number,
            remedy="list them with: parchemin awards",
        )
    if award.erased:
        raise ConflictError(
            "award.erased",
            "the data of this award's person were erased: there is no document to hand over or replace",
            where=number,
            remedy=f"see the tombstone with: parchemin show {number}",
        )
    if award.state not in LIVE:
        raise ConflictError(
            "award.gone",
            f"the award is {award.state.value} already, and that is never undone; nothing was changed",
            where=number,
            remedy=f"see it with: parchemin show {number}",
        )
    return award
