"""Issue what an approved plan holds: sign, check with our own verifier, store; a person at a time.

One unit of work a person: the awards of one person appear together or not at all, and whatever happens in
between, the next run takes up what is missing and makes nothing twice.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from credentials.document import Document, read
from credentials.documents.open_badge import open_badge_credential
from credentials.json_input import to_bytes
from credentials.needs import needs
from credentials.policy import Policy
from credentials.report import Outcome, Verdict
from credentials.verify import verify
from issuer.domain.award import LIVE, Award, AwardKind, AwardState
from issuer.domain.certification import Certification
from issuer.domain.plan import Plan, PlannedAward
from issuer.errors import ConflictError
from issuer.ports import ApprovedPlan, AuditEntry, NewAward, Registry
from issuer.services import audit
from issuer.services.award_document import award_document, digest_sri
from issuer.services.catalog import kept_version
from issuer.services.office import PARIS, Office
from issuer.services.planning import Support, current_plan, is_named_by_its_content, supported
from issuer.services.securing import InstitutionSigner, secure
from issuer.services.status_lists import allocate, renew_due
from issuer.services.verification import materials_for

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


_AGAINST = (Outcome.FAIL, Outcome.UNKNOWN)


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
            _require_approval(registry, plan)
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
        _Person(self._office, registry, signer, self._plan, self._certification, self._actor).issue(
            awards, result
        )


@dataclass(frozen=True, slots=True)
class _Person:
    """Issues one person's awards inside one unit of work."""

    office: Office
    registry: Registry
    signer: InstitutionSigner
    plan: ApprovedPlan
    certification: Certification
    actor: str

    def issue(self, awards: Sequence[PlannedAward], result: IssueResult) -> None:
        """Issue blocks first, then the title that names them."""
        if not awards:
            return
        subject = self.office.ids.urn()
        live = self._live(awards[0].candidate_id)
        for planned in sorted(awards, key=lambda award: award.kind is AwardKind.TITLE):
            award = self._issue(planned, subject, live)
            live[award.component] = award
            result.issued.append(award.number)

    def _live(self, candidate_id: str) -> dict[str, Award]:
        awards = self.registry.awards_of(candidate_id, self.certification.code)
        return {award.component: award for award in awards if award.state in LIVE}

    def _issue(self, planned: PlannedAward, subject: str, live: Mapping[str, Award]) -> Award:
        now = self.office.clock.now().replace(microsecond=0)
        year = now.astimezone(PARIS).year
        sequence = self.registry.next_sequence(year)
        award = self._entry(planned, f"{year}-{sequence:06d}", now)
        credential = self._signed(award, planned, subject, live)
        self._check(credential, award, now)
        self._store(award, credential, year=year, sequence=sequence, subject=subject)
        self._note(award, credential)
        return award

    def _entry(self, planned: PlannedAward, number: str, now: datetime) -> Award:
        """Make the register's entry, with a link and a status index of its own."""
        token = self.office.ids.token()
        status_list, status_index = allocate(self.office, self.registry, self.signer, now, actor=self.actor)
        return Award(
            number=number,
            token=token,
            kind=planned.kind,
            component=planned.component,
            certification=self.certification.code,
            certification_version=self.certification.version,
            candidate_id=planned.candidate_id,
            holder=planned.holder,
            decided_on=planned.decided_on,
            session=planned.session,
            issued_at=now,
            state=AwardState.VALID,
            state_since=None,
            reason=None,
            credential_id=self.office.link(token),
            status_list=status_list,
            status_index=status_index,
        )

    def _signed(self, award: Award, planned: PlannedAward, subject: str, live: Mapping[str, Award]) -> bytes:
        """Make the document and sign it; these bytes are the record from now on."""
        document = award_document(
            self.office, self.registry, self.certification, award, planned=planned, subject=subject, live=live
        )
        return to_bytes(secure(open_badge_credential(document), self.signer, created=award.issued_at))

    def _check(self, credential: bytes, award: Award, now: datetime) -> None:
        signed = read(credential)
        # A title's blocks lie in this register: their digests are compared before it is stored.
        calls_for = needs(signed) if isinstance(signed, Document) else None
        materials = materials_for(self.office, self.registry, calls_for)
        report = verify(signed, materials=materials, policy=Policy(), at=now)
        if report.verdict is not Verdict.VALID:
            failed = next(check for check in report.checks if check.outcome in _AGAINST)
            raise ConflictError(
                "issue.unverifiable",
                f"our own verifier refuses what was just signed ({failed.code}); nothing was stored",
                where=f"{award.certification} {award.component} {failed.where or ''}".strip(),
                remedy="this is a fault of the configuration or of the program: run parchemin doctor",
            )

    def _store(self, award: Award, credential: bytes, *, year: int, sequence: int, subject: str) -> None:
        self.registry.store(
            NewAward(
                award=award,
                year=year,
                sequence=sequence,
                credential=credential,
                sha256=hashlib.sha256(credential).hexdigest(),
                digest_sri=digest_sri(credential),
                resource_id=self.office.ids.urn(),
                subject_id=subject,
                plan=self.plan.id,
                verification_method=self.signer.named,
            )
        )

    def _note(self, award: Award, credential: bytes) -> None:
        """Leave the line that says what was issued, under which plan and with which key."""
        details = {
            "component": award.component,
            "certification": award.certification,
            "version": award.certification_version,
            "sha256": hashlib.sha256(credential).hexdigest(),
            "plan": self.plan.id,
            "key": self.signer.named,
            "status": f"{award.status_list}#{award.status_index}",
        }
        audit.record(self.registry, award.issued_at, self.actor, "award.issued", award.number, details)


def _version(registry: Registry, plan: ApprovedPlan) -> Certification:
    approved = plan.content["certification"]
    assert isinstance(approved, Mapping)
    return kept_version(registry, plan.certification, approved["version"])


def _require_approval(registry: Registry, plan: ApprovedPlan) -> None:
    """Refuse a plan whose content is not what its id names, or whose approval the audit log does not hold."""
    approved = any(
        entry.action == "plan.approved" and entry.subject == plan.id for entry in registry.audit_entries()
    )
    if not approved or not is_named_by_its_content(plan):
        raise ConflictError(
            "plan.not_approved",
            "this plan lies among the approved ones, and nobody approved it in this form; nothing was signed",
            where=plan.id[:12],
            remedy="find out who wrote it into the register: parchemin audit verify",
        )
