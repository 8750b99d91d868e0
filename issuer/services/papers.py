"""Print an award: gather what its paper says, have it pressed, and keep the digest of the file.

A paper is made of what was decided and delivered, never of the day on which it is printed: asked for again,
it is the same file. Its digest is how a file whose visible text was altered is told from ours, even while
the credential inside is intact.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from issuer.domain.award import Award
from issuer.domain.certification import Certification
from issuer.domain.eligibility.documents import document_refusals
from issuer.domain.institution import Institution
from issuer.domain.plan import PlannedAward
from issuer.domain.records import JurySession
from issuer.domain.registration import registration_sentence
from issuer.domain.short_code import grouped
from issuer.errors import NotFoundError
from issuer.ports import Duplicate, KeptPaper, Published, Registry
from issuer.ports.printing import House, Lack, Paper, PaperPress, PaperSignatory
from issuer.services.catalog import kept_version
from issuer.services.office import PARIS, Office
from issuer.services.publishing import as_published

PDF_MEDIA_TYPE = "application/pdf"

SPECIMEN = "SPECIMEN"
"""What a paper of an award that was not issued bears in the place of its number."""

_REMOTE = frozenset(
    {"à distance", "a distance", "distanciel", "en ligne", "visioconférence", "visioconference"}
)
"""What records write for a session that met nowhere: no place in which anything is delivered."""


@dataclass(frozen=True, slots=True)
class Papers:
    """Prints awards.

    Attributes:
        office: The service.
        press: Makes the file.
    """

    office: Office
    press: PaperPress

    def printed(self, award: Award, duplicate: Duplicate | None = None) -> Published:
        """Print an award; whoever calls has asked whether it may be handed out.

        Args:
            award: The register's entry.
            duplicate: The duplicate that the paper is, or None for the paper itself.

        Returns:
            The PDF; its digest is in the register.

        Raises:
            NotFoundError: ``award.unknown``: the register has no document of it.
            RefusedError: See :meth:`PaperPress.press`.

        Spec: design.md, section 3; France compétences, FAQ « parchemin ».
        """
        with self.office.store.reading() as registry:
            paper = self.paper(registry, award, duplicate)
            credential = registry.credential(award.number)
        if credential is None:
            raise NotFoundError(
                "award.unknown",
                "the register holds no document of this award",
                where=award.number,
                remedy="list them with: parchemin awards",
            )
        content = self.press.press(paper, credential)
        self._keep(award, hashlib.sha256(content).hexdigest(), paper.duplicate)
        return as_published(content, PDF_MEDIA_TYPE, award.issued_at)

    def specimen(self, registry: Registry, planned: PlannedAward, certification: Certification) -> Paper:
        """Gather what would be printed for an award of a plan: nothing is signed, numbered or kept for it.

        Args:
            registry: The open unit of work.
            planned: The award.
            certification: The fiche that the plan was made under.

        Returns:
            A paper that is a specimen, whatever else it lacks; its link opens nothing.
        """
        institution, now = self.office.institution, self.office.clock.now()
        session = _session(registry, certification.code, planned.session)
        candidate = registry.candidate(planned.candidate_id)
        place = _place(institution, session)
        signatory = _signatory(institution, session, planned.decided_on)
        known = lacks(certification, place, signatory, demonstration=institution.demonstration)
        today = now.astimezone(PARIS).date()
        return Paper(
            kind=planned.kind,
            number=SPECIMEN,
            duplicate=None,
            holder=planned.holder,
            certification=certification,
            block=certification.block(planned.component),
            house=_house(institution),
            decided_on=planned.decided_on,
            delivered_on=today,
            place=place,
            signatory=signatory,
            registration=registration_sentence(
                certification,
                kind=planned.kind,
                decided_on=planned.decided_on,
                entry_date=candidate.entry_date if candidate else None,
                today=today,
            ),
            link=self.office.link(SPECIMEN.casefold()),
            host=urlsplit(self.office.base_url).netloc,
            short_code=None,
            made_at=now.replace(microsecond=0),
            lacks=(*known, Lack.UNISSUED),
        )

    def print_specimen(self, paper: Paper) -> bytes:
        """Print a specimen; what is attached to it is no credential.

        Args:
            paper: From :meth:`specimen`.

        Raises:
            RefusedError: See :meth:`PaperPress.press`.
        """
        return self.press.press(paper, b"{}")

    def paper(self, registry: Registry, award: Award, duplicate: Duplicate | None = None) -> Paper:
        """Gather everything that is printed for an award.

        Args:
            registry: The open unit of work.
            award: The register's entry.
            duplicate: The duplicate that the paper is, or None.
        """
        institution = self.office.institution
        certification = kept_version(registry, award.certification, award.certification_version)
        session = _session(registry, award.certification, award.session)
        delivered = _first_delivery(registry, award).issued_at.astimezone(PARIS).date()
        candidate = registry.candidate(award.candidate_id)
        place = _place(institution, session)
        signatory = _signatory(institution, session, award.decided_on)
        code = registry.short_code(award.number)
        return Paper(
            kind=award.kind,
            number=award.number,
            duplicate=duplicate.paper_number if duplicate else None,
            holder=award.holder,
            certification=certification,
            block=certification.block(award.component),
            house=_house(institution),
            decided_on=award.decided_on,
            delivered_on=delivered,
            place=place,
            signatory=signatory,
            registration=registration_sentence(
                certification,
                kind=award.kind,
                decided_on=award.decided_on,
                entry_date=candidate.entry_date if candidate else None,
                today=_day(award),
            ),
            link=award.credential_id,
            host=urlsplit(self.office.base_url).netloc,
            short_code=grouped(code) if code else None,
            made_at=award.issued_at,
            lacks=lacks(certification, place, signatory, demonstration=institution.demonstration),
        )

    def _keep(self, award: Award, sha256: str, duplicate: str | None) -> None:
        """Note the file the first time; printing the same again writes nothing."""
        with self.office.store.reading() as registry:
            known = registry.paper(sha256) is not None
        if not known:
            with self.office.store.writing() as registry:
                registry.keep_paper(KeptPaper(sha256, award.number, duplicate, self.office.clock.now()))


def lacks(
    certification: Certification, place: str | None, signatory: PaperSignatory | None, *, demonstration: bool
) -> Sequence[Lack]:
    """Tell why a paper can be no more than a specimen.

    Args:
        certification: The fiche.
        place: Where it is delivered.
        signatory: Who signs.
        demonstration: Whether the institution's file says that nothing is real.

    Returns:
        What is lacking, in the order of the mentions; nothing for a final paper.

    Spec: France compétences, FAQ « parchemin »; jury-cases.md, rule 10.
    """
    found = {
        Lack.REGISTRATION_DECISION: bool(document_refusals(certification)),
        Lack.SUBJECT_CODE: not certification.nsf,
        Lack.PLACE: place is None,
        Lack.SIGNATORY: signatory is None,
        Lack.SIGNATORY_QUALITY: signatory is not None and signatory.quality is None,
        Lack.DEMONSTRATION: demonstration,
    }
    return tuple(lack for lack, missing in found.items() if missing)


def _session(registry: Registry, certification: str, session_id: str) -> JurySession | None:
    sessions = registry.sessions(certification)
    return next((session for session in sessions if session.id == session_id), None)


def _house(institution: Institution) -> House:
    return House(
        institution.name,
        institution.short_name,
        institution.url,
        institution.accent,
        institution.logo_svg,
    )


def _place(institution: Institution, session: JurySession | None) -> str | None:
    """Give the place of delivery: the institution's own, or where the jury met, if it met anywhere."""
    if institution.delivery_place:
        return institution.delivery_place
    place = (session.place or "").strip() if session else ""
    return place if place and place.casefold() not in _REMOTE else None


def _signatory(
    institution: Institution, session: JurySession | None, decided_on: date
) -> PaperSignatory | None:
    """Give who signed the record, or the first of those who were in office on the day of the decision.

    Their entry gives name and quality as records are signed, a comma between them, unless it has a line of
    its own for the quality.
    """
    in_office = [signatory for signatory in institution.signatories if signatory.term.holds(decided_on)]
    known = {signatory.name: signatory for signatory in reversed(in_office)}
    found = known.get((session.signatory or "") if session else "") or next(iter(in_office), None)
    if found is None:
        return None
    if found.quality is not None:
        return PaperSignatory(found.name, found.quality, found.delegation)
    name, _, quality = found.name.partition(",")
    return PaperSignatory(name.strip(), quality.strip() or None, found.delegation)


def _first_delivery(registry: Registry, award: Award) -> Award:
    """Follow replacements back: the document of a civil-status change bears the first day of delivery."""
    first, seen = award, {award.number}
    while (made := registry.replacement_by(first.number)) is not None and made.old not in seen:
        seen.add(made.old)
        earlier = registry.award(made.old)
        if earlier is None:
            break
        first = earlier
    return first


def _day(award: Award) -> date:
    return award.issued_at.astimezone(PARIS).date()
