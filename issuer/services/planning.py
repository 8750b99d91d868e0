"""Plan and approve: who gets what, said in full, and what somebody's word lets the key sign."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from issuer.domain.award import LIVE, Award
from issuer.domain.canonical_json import digest_of
from issuer.domain.certification import Certification
from issuer.domain.eligibility import evaluate
from issuer.domain.plan import ExistingAward, Plan, PlannedAward, build_plan
from issuer.errors import NotFoundError, RefusedError
from issuer.ports import ApprovedPlan, Registry
from issuer.services import audit
from issuer.services.catalog import current, only
from issuer.services.four_eyes import require_other_than
from issuer.services.office import Office
from issuer.services.succession import in_force, kept_elsewhere

SHORTEST_PLAN_ID = 8
"""Characters of a plan's id that an operator must type at least."""


def make_plan(office: Office, certification: str | None, session: str | None) -> tuple[Certification, Plan]:
    """Say what would be issued now, with every refusal and warning; changes nothing.

    Args:
        office: The service.
        certification: Its code, or None for the only one there is.
        session: Only awards decided in this session, or None for all.

    Returns:
        The fiche's current version and the plan.

    Raises:
        NotFoundError: ``certification.unknown`` or ``session.unknown``.
    """
    with office.store.reading() as registry:
        fiche = only(registry, certification)
        return fiche, current_plan(office, registry, fiche.code, session)


def current_plan(
    office: Office,
    registry: Registry,
    certification: str,
    session: str | None,
    *,
    without: frozenset[str] = frozenset(),
) -> Plan:
    """Make the plan inside an open unit of work; see :func:`make_plan`.

    Args:
        office: The service.
        registry: The open unit of work.
        certification: Its code.
        session: Only awards decided in this session, or None for all.
        without: Numbers of awards that are taken for not issued: others are about to take their place.
    """
    fiche = current(registry, certification)
    record = registry.record(certification)
    if session is not None and session not in {kept.id for kept in record.sessions}:
        known = ", ".join(sorted(kept.id for kept in record.sessions)) or "none yet"
        raise NotFoundError(
            "session.unknown",
            "there is no jury session of this id",
            where=session,
            remedy=f"known: {known}",
        )
    awards = [
        award
        for award in registry.awards()
        if award.certification == certification and award.number not in without
    ]
    issued: dict[str, set[str]] = {}
    for award in awards:
        if award.state in LIVE:
            issued.setdefault(award.candidate_id, set()).add(award.component)
    evaluation = evaluate(
        fiche,
        record,
        today=office.today(),
        signatories=office.signatories(),
        issued=issued,
        terms=office.terms(),
        equivalences=in_force(registry, certification),
        kept=kept_elsewhere(office, registry, certification),
    )
    plan = build_plan(fiche, evaluation, [ExistingAward.of(award) for award in awards])
    return plan if session is None else _restricted(plan, session)


def _restricted(plan: Plan, session: str) -> Plan:
    """Keep the people for whom this session decides something that would be issued now.

    All that would be issued to them stays in: a title needs its earlier blocks.
    """
    kept = [part for part in plan.candidates if any(award.session == session for award in part.awards)]
    return replace(plan, candidates=kept, rows_without_candidate=(), annulments_without_candidate=())


def approve(
    office: Office, plan_id: str, *, certification: str | None, session: str | None, actor: str
) -> ApprovedPlan:
    """Approve the plan as it stands now: the word that lets the institution's key sign it.

    Args:
        office: The service.
        plan_id: The plan's id as ``plan`` printed it, or its beginning.
        certification: Its code, or None for the only one there is.
        session: The session that the plan was made for, or None.
        actor: Who approves.

    Returns:
        The approved plan; approving it twice changes nothing.

    Raises:
        NotFoundError: ``plan.unknown`` when the record has changed since the plan was printed.
        RefusedError: ``plan.empty``; ``four_eyes.same_person`` when the actor entered what it rests on.
    """
    with office.store.writing() as registry:
        fiche = only(registry, certification)
        plan = _named(office, registry, fiche.code, plan_id, session)
        kept = registry.approved(plan.digest)
        if kept is not None:
            return kept
        if not plan.awards:
            raise RefusedError(
                "plan.empty",
                "the plan would issue nothing",
                where=plan.digest[:12],
                remedy="see why with: parchemin plan",
            )
        authors = plan_authors(registry, plan)
        require_other_than(office, actor, authors, plan.digest[:12])
        return keep_approval(
            registry, plan, session=session, at=office.clock.now(), actor=actor, authors=authors
        )


def plan_authors(registry: Registry, plan: Plan) -> frozenset[str]:
    """Give the accounts whose entry a plan rests on: none of them may approve it."""
    people = [part.evaluation.candidate_id for part in plan.candidates]
    return registry.record_authors(plan.certification.code, people)


def keep_approval(
    registry: Registry,
    plan: Plan,
    *,
    session: str | None,
    at: datetime,
    actor: str,
    authors: frozenset[str],
) -> ApprovedPlan:
    """Keep somebody's word for a plan, in an open unit of work.

    Args:
        registry: The open unit of work.
        plan: The plan.
        session: The session that it was made for, or None.
        at: When (aware).
        actor: Who approves.
        authors: Accounts whose entry it rests on, for the trail.
    """
    approved = ApprovedPlan(
        id=plan.digest,
        certification=plan.certification.code,
        session=session,
        content=plan.to_dict(),
        at=at,
        by=actor,
    )
    registry.approve(approved)
    details = {
        "certification": approved.certification,
        "session": session,
        "awards": len(plan.awards),
        "authors": sorted(authors),
    }
    audit.record(registry, at, actor, "plan.approved", approved.id, details)
    return approved


def _named(office: Office, registry: Registry, code: str, plan_id: str, session: str | None) -> Plan:
    sessions = [session] if session else [None, *(kept.id for kept in registry.record(code).sessions)]
    if len(plan_id) >= SHORTEST_PLAN_ID:
        for scope in sessions:
            plan = current_plan(office, registry, code, scope)
            if plan.digest.startswith(plan_id.lower()):
                return plan
    raise NotFoundError(
        "plan.unknown",
        "no plan of this id can be made from the register as it is now",
        where=plan_id,
        remedy="the record may have changed since: read it again with: parchemin plan",
    )


@dataclass(frozen=True, slots=True)
class Support:
    """What the register says today of approved awards.

    Attributes:
        due: To be issued.
        known: How many were issued already, in whatever state they stand.
        dropped: Those that the record no longer supports: not to be issued.
    """

    due: Sequence[PlannedAward]
    known: int
    dropped: Sequence[Mapping[str, object]]


def supported(plan: Plan, existing: Iterable[Award], approved: Iterable[Mapping[str, object]]) -> Support:
    """Compare approved awards with the record as it is now.

    Args:
        plan: What the record supports now.
        existing: Awards of the same certification, of the persons concerned at least.
        approved: Awards as an approved plan holds them.

    Returns:
        What is due, made already, and dropped.
    """
    now = {(award.candidate_id, award.component): award for award in plan.awards}
    existing = list(existing)
    live = {(award.candidate_id, award.component) for award in existing if award.state in LIVE}
    made = {(award.candidate_id, award.component, award.decided_on.isoformat()) for award in existing}
    due: list[PlannedAward] = []
    dropped: list[Mapping[str, object]] = []
    known = 0
    for planned in approved:
        key = (str(planned["candidate"]), str(planned["component"]))
        award = now.get(key)
        if key in live or (*key, planned["decided"]) in made:
            known += 1
        elif award is not None and award.to_dict() == planned:
            due.append(award)
        else:
            dropped.append(planned)
    return Support(due, known, dropped)


def is_named_by_its_content(plan: ApprovedPlan) -> bool:
    """Say whether a kept plan's id is the SHA-256 of its content."""
    return digest_of({name: value for name, value in plan.content.items() if name != "digest"}) == plan.id
