"""Issue what an approved plan holds: sign, check with our own verifier, store; a person at a time.

One unit of work a person: the awards of one person appear together or not at all, and whatever happens in
between, the next run takes up what is missing and makes nothing twice.
"""

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from credentials.json_input import to_bytes
from credentials.open_badge import (
    Achievement,
    AwardDocument,
    Evidence,
    RelatedResource,
    StatusEntry,
    open_badge_credential,
)
from credentials.policy import Policy
from credentials.proofs.api import Signer
from credentials.report import Outcome, Verdict
from credentials.securing.data_integrity import sign
from credentials.status.bitstring import MINIMUM_LENGTH
from credentials.verify import verify
from issuer.domain.achievement import block_achievement, title_achievement
from issuer.domain.award import Award, AwardKind, AwardState
from issuer.domain.calendar_days import long_french_day
from issuer.domain.certification import Certification
from issuer.domain.plan import Plan, PlannedAward
from issuer.errors import ConflictError, RegisterError
from issuer.ports import ApprovedPlan, AuditEntry, NewAward, Registry
from issuer.services import audit
from issuer.services.office import PARIS, STATUS_LIST, Office, midnight_in_paris
from issuer.services.planning import LIVE, Support, current_plan, is_named_by_its_content, supported
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

    Args:
        office: The service.
        plans: Approved plans; the institution's key signs nothing else.
        actor: Who runs it.
        progress: Told after each person.

    Returns:
        What was done; running it again does nothing more.

    Raises:
        ConflictError: ``issue.unverifiable`` when our own verifier refuses what was just signed.
        RegisterError: ``status.full`` when the status list has no room.
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
        self, registry: Registry, signer: Signer, awards: Sequence[PlannedAward], result: IssueResult
    ) -> None:
        """Issue one person's blocks, then the title that names them, in one unit of work."""
        _Person(self._office, registry, signer, self._plan, self._certification, self._actor).issue(
            awards, result
        )


class _Person:
    """Issues one person's awards inside one unit of work."""

    def __init__(  # noqa: PLR0917 - the parts of one unit of work
        self,
        office: Office,
        registry: Registry,
        signer: Signer,
        plan: ApprovedPlan,
        certification: Certification,
        actor: str,
    ) -> None:
        self._office = office
        self._registry = registry
        self._signer = signer
        self._plan = plan
        self._certification = certification
        self._actor = actor

    def issue(self, awards: Sequence[PlannedAward], result: IssueResult) -> None:
        """Issue blocks first, then the title that names them."""
        if not awards:
            return
        subject = self._office.ids.urn()
        live = self._live(awards[0].candidate_id)
        for planned in sorted(awards, key=lambda award: award.kind is AwardKind.TITLE):
            award = self._issue(planned, subject, live)
            live[award.component] = award
            result.issued.append(award.number)

    def _live(self, candidate_id: str) -> dict[str, Award]:
        awards = self._registry.awards_of(candidate_id, self._certification.code)
        return {award.component: award for award in awards if award.state in LIVE}

    def _issue(self, planned: PlannedAward, subject: str, live: Mapping[str, Award]) -> Award:
        office, registry = self._office, self._registry
        now = office.clock.now().replace(microsecond=0)
        year = now.astimezone(PARIS).year
        sequence = registry.next_sequence(year)
        token = office.ids.token()
        award = Award(
            number=f"{year}-{sequence:06d}",
            token=token,
            kind=planned.kind,
            component=planned.component,
            certification=self._certification.code,
            certification_version=self._certification.version,
            candidate_id=planned.candidate_id,
            holder=planned.holder,
            decided_on=planned.decided_on,
            session=planned.session,
            issued_at=now,
            state=AwardState.VALID,
            state_since=None,
            reason=None,
            credential_id=office.link(token),
            status_index=_free_index(office, registry),
        )
        document = open_badge_credential(self._document(award, planned, subject, live))
        credential = to_bytes(sign(document, self._signer, created=now))
        self._check(credential, award, now)
        registry.store(
            NewAward(
                award=award,
                year=year,
                sequence=sequence,
                credential=credential,
                sha256=hashlib.sha256(credential).hexdigest(),
                digest_sri=digest_sri(credential),
                resource_id=office.ids.urn(),
                subject_id=subject,
                plan=self._plan.id,
                verification_method=self._signer.verification_method,
                status_list=STATUS_LIST,
            )
        )
        audit.record(
            registry,
            now,
            self._actor,
            "award.issued",
            award.number,
            {
                "component": award.component,
                "certification": award.certification,
                "version": award.certification_version,
                "sha256": hashlib.sha256(credential).hexdigest(),
                "plan": self._plan.id,
                "key": self._signer.verification_method,
                "status": f"{STATUS_LIST}#{award.status_index}",
            },
        )
        return award

    def _document(
        self, award: Award, planned: PlannedAward, subject: str, live: Mapping[str, Award]
    ) -> AwardDocument:
        office = self._office
        return AwardDocument(
            id=award.credential_id,
            issuer=office.institution.profile(office.did),
            subject_id=subject,
            holder=award.holder,
            number=award.number,
            achievement=_achievement(self._certification, award, office.base_url),
            awarded=midnight_in_paris(award.decided_on),
            valid_from=award.issued_at,
            image=f"{award.credential_id}/badge.png",
            image_caption=(
                "Badge du certificat. Son code QR mène à la page de vérification\u202f: "
                f"{award.credential_id}"
            ),
            evidence=self._evidence(planned),
            status=StatusEntry(office.status_list_url(), award.status_index),
            related=self._related(award, live),
        )

    def _related(self, award: Award, live: Mapping[str, Award]) -> list[RelatedResource]:
        if award.kind is AwardKind.BLOCK:
            return []
        resources = []
        for code in self._certification.required_blocks:
            if code not in live:
                raise ConflictError(
                    "issue.block_missing",
                    f"the title cannot name the block {code}: no live award for it",
                    where=f"candidate {award.candidate_id}",
                    remedy="see: parchemin plan; a withdrawn block asks for a decision first",
                )
            resources.append(RelatedResource(*self._registry.resource(live[code].number)))
        return resources

    def _evidence(self, planned: PlannedAward) -> Evidence:
        narrative = f"Session {planned.session}, délibération du {long_french_day(planned.decided_on)}."
        digest = self._registry.import_digest(planned.source)
        if digest is not None:
            salted = hashlib.sha256(self._salt(planned.session) + bytes.fromhex(digest)).hexdigest()
            narrative += f" Empreinte salée du procès-verbal (SHA-256)\u202f: {salted}."
        return Evidence(self._office.ids.urn(), "Décision du jury", narrative)

    def _salt(self, session: str) -> bytes:
        """Give the session's salt: a short record could otherwise be guessed from its digest."""
        name = f"record-salt:{self._certification.code}:{session}"
        kept = self._registry.setting(name)
        if kept is None:
            kept = self._office.ids.salt().hex()
            self._registry.fix_setting(name, kept)
        return bytes.fromhex(kept)

    def _check(self, credential: bytes, award: Award, now: datetime) -> None:
        materials = materials_for(self._office, self._registry)
        report = verify(credential, materials=materials, policy=Policy(), at=now)
        if report.verdict is not Verdict.VALID:
            failed = next(check for check in report.checks if check.outcome in _AGAINST)
            raise ConflictError(
                "issue.unverifiable",
                f"our own verifier refuses what was just signed ({failed.code}); nothing was stored",
                where=f"{award.certification} {award.component} {failed.where or ''}".strip(),
                remedy="this is a fault of the configuration or of the program: run parchemin doctor",
            )


def digest_sri(content: bytes) -> str:
    """Give the ``sha384-…`` digest by which a title names a block's stored bytes.

    Spec: VC Data Model 2.0, section 5.3; Subresource Integrity.
    """
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def _achievement(certification: Certification, award: Award, base_url: str) -> Achievement:
    if award.kind is AwardKind.TITLE:
        return title_achievement(certification, base_url)
    block = certification.block(award.component)
    assert block is not None
    return block_achievement(certification, block, base_url)


def _version(registry: Registry, plan: ApprovedPlan) -> Certification:
    approved = plan.content["certification"]
    assert isinstance(approved, Mapping)
    return next(
        certification
        for certification in registry.certifications()
        if certification.code == plan.certification and certification.version == approved["version"]
    )


def _free_index(office: Office, registry: Registry, name: str = STATUS_LIST) -> int:
    """Pick a random free bit: neither order nor number of awards shows in the list."""
    for _attempt in range(200):
        index = office.ids.below(MINIMUM_LENGTH)
        if not registry.status_index_taken(name, index):
            return index
    raise RegisterError(
        "status.full",
        "the status list has hardly any room left",
        where=f"status list {name}",
        remedy="a second list is needed: see docs/adr/0006-one-status-list.md",
    )


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
