"""Issue what an approved plan holds: sign, check with our own verifier, store; a person at a time.

One unit of work a person: the awards of one person appear together or not at all, and whatever happens in
between, the next run takes up what is missing and makes nothing twice.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from issuer.domain.certification import Certification
from issuer.domain.plan import Plan, PlannedAward
from issuer.errors import ConflictError
from issuer.ports import ApprovedPlan, AuditEntry, NoticeKind, Registry
from issuer.services.catalog import kept_version
from issuer.services.four_eyes import same_person
from issuer.services.notices import queue
from issuer.services.office import Office
from issuer.services.person_awards import PersonAwards
from issuer.services.planning import Support, current_plan, is_named_by_its_content, supported
from issuer.services.securing import InstitutionSigner
from issuer.services.status_lists import renew_due

Progress = Callable[[int, int], None]
"""Called with the number of persons done and the number in all."""


@dataclass(slots=True)
class IssueResult:
    """What one run did.

    Attributes:
        issued: Numbers of the awards made now, in order.
        known: Awards of the plan that existed already.
        dropped: Awards of the approved plan that the record no longer supports: not issued.
    """

    issued: list[str] = field(default_factory=list)
    known: int = 0
    dropped: list[Mapping[str, object]] = field(default_factory=list)

    def taken(self, support: Support) -> Sequence[PlannedAward]:
        """Count what is made already and what is dropped; give the rest."""
        self.known += support.known
        self.dropped += support.dropped
        return support.due


def issue(
    office: Office,
    plans: Sequence[ApprovedPlan],
    *,
    actor: str,
    progress: Progress = lambda _done, _all: None,
) -> IssueResult:
    """Issue everything that approved plans hold and that is not issued yet.

    The key is open then: status lists that are due are signed again first.

    Args:
        office: The service.
        plans: Approved plans; the institution's key signs nothing else.
        actor: Who runs it.
        progress: Told after each person.

    Returns:
        What was done; running it again does nothing more.

    Raises:
        ConflictError: ``issue.unverifiable`` when our own verifier refuses what was just signed.
        RefusedError: ``four_eyes.same_person`` when a plan was approved by one of its authors.
    """
    result = IssueResult()
    work = [
        (issuance, person)
        for issuance in [_Issuance(office, plan, actor) for plan in plans]
        for person in issuance.due(result)
    ]
    if not work:
        return result
    signer = office.open_signer()
    with office.store.writing() as registry:
        renew_due(office, registry, signer, office.clock.now(), actor=actor)
    head: AuditEntry | None = None
    latest: dict[str, Plan] = {}
    for done, (issuance, awards) in enumerate(work, start=1):
        with office.store.writing() as registry:
            if registry.last_audit() != head:
                # Somebody else wrote meanwhile, an annulment perhaps: the record is asked again.
                latest.clear()
            due = issuance.still_due(registry, awards, latest, result)
            issuance.issue_person(registry, signer, due, result)
            head = registry.last_audit()
        progress(done, len(work))
    return result


def _awards_of(plan: ApprovedPlan) -> Iterator[Mapping[str, object]]:
    candidates = plan.content["candidates"]
    assert isinstance(candidates, Sequence)
    for candidate in candidates:
        yield from candidate["awards"]


class _Issuance:
    """Issues what one approved plan holds, a person at a time."""

    def __init__(self, office: Office, plan: ApprovedPlan, actor: str) -> None:
        self._office = office
        self._plan = plan
        self._actor = actor
        with office.store.reading() as registry:
            _require_approval(office, registry, plan)
            self._certification = _version(registry, plan)

    def due(self, result: IssueResult) -> Sequence[Sequence[PlannedAward]]:
        """Give what is still to do of the plan, person by person, as the record supports it now."""
        code = self._plan.certification
        persons: dict[str, list[PlannedAward]] = {}
        with self._office.store.reading() as registry:
            now = current_plan(self._office, registry, code, None)
            existing = [award for award in registry.awards() if award.certification == code]
        for award in result.taken(supported(now, existing, _awards_of(self._plan))):
            persons.setdefault(award.candidate_id, []).append(award)
        return list(persons.values())

    def still_due(
        self,
        registry: Registry,
        awards: Sequence[PlannedAward],
        latest: dict[str, Plan],
        result: IssueResult,
    ) -> Sequence[PlannedAward]:
        """Give what the record still supports of one person's awards; `latest` keeps what it says."""
        code = self._certification.code
        if code not in latest:
            latest[code] = current_plan(self._office, registry, code, None)
        existing = registry.awards_of(awards[0].candidate_id, code)
        return result.taken(supported(latest[code], existing, [award.to_dict() for award in awards]))

    def issue_person(
        self,
        registry: Registry,
        signer: InstitutionSigner,
        awards: Sequence[PlannedAward],
        result: IssueResult,
    ) -> None:
        """Issue one person's blocks, then the title that names them, in one unit of work."""
        person = PersonAwards(self._office, registry, signer, self._plan.id, self._certification, self._actor)
        numbers = [award.number for award in person.issue(awards)]
        if numbers:
            queue(self._office, registry, NoticeKind.AWARDED, awards[0].candidate_id, numbers)
        result.issued += numbers


def _version(registry: Registry, plan: ApprovedPlan) -> Certification:
    approved = plan.content["certification"]
    assert isinstance(approved, Mapping)
    return kept_version(registry, plan.certification, approved["version"])


def _require_approval(office: Office, registry: Registry, plan: ApprovedPlan) -> None:
    """Refuse a plan whose content is not what its id names, or whose approval the audit log does not hold.

    Where four eyes are on, the trail must name its authors too, and another person as the approver.
    """
    approval = next(
        (entry for entry in registry.audit_of(plan.id) if entry.action == "plan.approved"),
        None,
    )
    if office.four_eyes and approval is not None:
        authors = json.loads(approval.details).get("authors")
        if authors is None or approval.actor in authors:
            raise same_person(plan.id[:12])
    if approval is None or not is_named_by_its_content(plan):
        raise ConflictError(
            "plan.not_approved",
            "this plan lies among the approved ones, and nobody approved it in this form; nothing was signed",
            where=plan.id[:12],
            remedy="find out who wrote it into the register: parchemin audit verify",
        )
