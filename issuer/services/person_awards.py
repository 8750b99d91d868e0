"""One person's awards: made, signed, checked with our own verifier, and stored, in one unit of work."""

import hashlib
from collections.abc import Mapping, Sequence
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
from issuer.domain.plan import PlannedAward
from issuer.domain.short_code import make_short_code
from issuer.errors import ConflictError
from issuer.ports import NewAward, Registry
from issuer.services import audit
from issuer.services.award_document import award_document, digest_sri
from issuer.services.office import PARIS, Office
from issuer.services.securing import InstitutionSigner, secure
from issuer.services.status_lists import allocate
from issuer.services.verification import materials_for

_AGAINST = (Outcome.FAIL, Outcome.UNKNOWN)


@dataclass(frozen=True, slots=True)
class PersonAwards:
    """Issues one person's awards inside one unit of work: they appear together or not at all.

    Attributes:
        office: The service.
        registry: The open unit of work.
        signer: The institution's open keys.
        plan: Id of the approved plan that holds them.
        certification: The version of the fiche that they are issued under.
        actor: Who.
        delivered: For a component whose award takes the place of another, when that one was delivered: a
            new document says the first day, and nothing of the day on which a name changed.
    """

    office: Office
    registry: Registry
    signer: InstitutionSigner
    plan: str
    certification: Certification
    actor: str
    delivered: Mapping[str, datetime] = field(default_factory=dict)

    def issue(self, awards: Sequence[PlannedAward], subject: str | None = None) -> Sequence[Award]:
        """Issue blocks first, then the title that names them.

        Args:
            awards: Of one person, approved.
            subject: ``urn:uuid`` of the person in the documents; None for a new one.

        Returns:
            The new awards, in order of issue.

        Raises:
            ConflictError: ``issue.unverifiable`` when our own verifier refuses what was just signed,
                ``issue.block_missing`` when a title cannot name a block.
        """
        if not awards:
            return []
        subject = subject or self.office.ids.urn()
        live = self._live(awards[0].candidate_id)
        issued = []
        for planned in sorted(awards, key=lambda award: award.kind is AwardKind.TITLE):
            award = self._issue(planned, subject, live)
            live[award.component] = award
            issued.append(award)
        return issued

    def _live(self, candidate_id: str) -> dict[str, Award]:
        awards = self.registry.awards_of(candidate_id, self.certification.code)
        return {award.component: award for award in awards if award.state in LIVE}

    def _issue(self, planned: PlannedAward, subject: str, live: Mapping[str, Award]) -> Award:
        now = self.office.clock.now().replace(microsecond=0)
        year = now.astimezone(PARIS).year
        sequence = self.registry.next_sequence(year)
        award = self._entry(planned, f"{year}-{sequence:06d}", now)
        credential = self._signed(award, planned, subject, live, now)
        self._check(credential, award, now)
        self._store(award, credential, year=year, sequence=sequence, subject=subject)
        self._note(award, credential, now)
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
            issued_at=self.delivered.get(planned.component, now),
            state=AwardState.VALID,
            state_since=None,
            reason=None,
            credential_id=self.office.link(token),
            status_list=status_list,
            status_index=status_index,
        )

    def _signed(
        self, award: Award, planned: PlannedAward, subject: str, live: Mapping[str, Award], now: datetime
    ) -> bytes:
        """Make the document and sign it; these bytes are the record from now on."""
        document = award_document(
            self.office, self.registry, self.certification, award, planned=planned, subject=subject, live=live
        )
        return to_bytes(secure(open_badge_credential(document), self.signer, created=now))

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
                plan=self.plan,
                verification_method=self.signer.named,
            )
        )
        self.registry.keep_short_code(award.number, make_short_code(self.office.ids.below))

    def _note(self, award: Award, credential: bytes, now: datetime) -> None:
        """Leave the line that says what was issued, under which plan and with which key."""
        details = {
            "component": award.component,
            "certification": award.certification,
            "version": award.certification_version,
            "sha256": hashlib.sha256(credential).hexdigest(),
            "plan": self.plan,
            "key": self.signer.named,
            "status": f"{award.status_list}#{award.status_index}",
        }
        audit.record(self.registry, now, self.actor, "award.issued", award.number, details)
