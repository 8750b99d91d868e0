"""The public desk: what an employer, a graduate's file or another program may ask (``PublicDesk``)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from credentials.baking.png import bake as bake_png
from credentials.baking.svg import bake as bake_svg
from credentials.document import Document, ReadProblem, Source, read
from credentials.documents.open_badge import CREDENTIAL_MEDIA_TYPE
from credentials.materials import Materials, Needs
from credentials.needs import needs
from credentials.policy import Policy
from credentials.presentations import PresentationReport, presentation_needs, verify_presentation
from credentials.report import Sentence, Verdict, VerificationReport
from credentials.securing.proof_options import Expectation
from credentials.structure.values import issuer_id_of
from credentials.verify import verify
from issuer.domain.award import LIVE, Award, AwardKind, AwardState, StatusPurpose
from issuer.domain.certification import Certification
from issuer.domain.registration import registration_sentence
from issuer.errors import NotFoundError, RefusedError, ServiceError
from issuer.ports import (
    AwardPage,
    BlockLine,
    Choice,
    ClosedLink,
    Duplicate,
    Fetcher,
    PictureFormat,
    Pictures,
    Published,
    Registry,
    Theme,
)
from issuer.ports.sharing import HOLDER
from issuer.services.catalog import kept_version
from issuer.services.office import FIRST_STATUS_LIST, Office
from issuer.services.papers import Papers
from issuer.services.publishing import as_published, published_did_document
from issuer.services.status_lists import list_states
from issuer.services.verification import award_named, fetch_for, materials_for, papers_for

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,64}", re.ASCII)


class Desk:
    """Answers the public; signs nothing, and writes nothing but the digest of a paper printed first here."""

    def __init__(
        self, office: Office, pictures: Pictures, papers: Papers, fetcher: Fetcher | None = None
    ) -> None:
        self._office = office
        self._pictures = pictures
        self._papers = papers
        self._fetcher = fetcher

    @property
    def theme(self) -> Theme:
        """The institution's theme."""
        institution = self._office.institution
        return Theme(
            institution=institution.name,
            short_name=institution.short_name,
            home_url=institution.url,
            contact=institution.contact,
            accent=institution.accent,
            accent_dark=institution.accent_dark,
            logo_svg=institution.logo_svg,
            demonstration=institution.demonstration,
            legal=institution.legal,
        )

    @property
    def base_url(self) -> str:
        """The service's own address, without a trailing slash."""
        return self._office.base_url

    @property
    def issuer_id(self) -> str:
        """The identifier of the issuer whose awards the register holds, a DID."""
        return self._office.did

    @property
    def consults_others(self) -> bool:
        """Whether a check may ask another issuer's site, which then learns that this service asked."""
        return self._fetcher is not None

    def award_page(self, token: str) -> AwardPage | ClosedLink | None:
        """Verify the award behind a link; None when there is nothing at this address."""
        with self._office.store.reading() as registry:
            award = _opened(registry, token)
            return self.page_of(registry, award) if isinstance(award, Award) else award

    def page_of(self, registry: Registry, award: Award) -> AwardPage:
        """Verify an award of ours, whether its own link is open or not.

        Args:
            registry: The open unit of work.
            award: The register's entry.
        """
        certification = kept_version(registry, award.certification, award.certification_version)
        return AwardPage(
            report=self._verify_award(registry, award),
            award=award,
            certification=certification,
            registration=self._registration(registry, award, certification),
            blocks=_block_lines(registry, award, certification),
            named_card=registry.choices(award.number).get(Choice.NAME_ON_CARD, False),
            specimen=bool(self._papers.paper(registry, award).lacks),
        )

    def credential(self, token: str) -> Published | ClosedLink | None:
        """Give the stored credential's exact bytes, or None."""
        award = self._behind(token)
        if not isinstance(award, Award):
            return award
        # It may hold a former name, and says what is no longer so.
        return ClosedLink.REPLACED if award.state is AwardState.REPLACED else self.copy(award)

    def picture(self, token: str, picture: PictureFormat) -> Published | ClosedLink | None:
        """Draw a picture of the award, or None; a badge carries the signed credential baked in."""
        award = self._behind(token)
        if not isinstance(award, Award):
            return award
        if picture is PictureFormat.CARD_PNG:
            return self._card(award)
        if award.state not in LIVE and not picture.is_code:
            raise NotFoundError(
                "picture.not_in_force",
                "the award was withdrawn or replaced: its picture is not handed out",
                where="state",
                remedy="open the verification page, which says what happened",
            )
        return self.drawn(award, picture)

    def paper(self, token: str) -> Published | ClosedLink | None:
        """Print the award behind a link; None when there is nothing at this address."""
        award = self._behind(token)
        return self.printed(award) if isinstance(award, Award) else award

    def report_on(self, award: Award) -> VerificationReport:
        """Verify an award of ours, whether its own link is open or not."""
        with self._office.store.reading() as registry:
            return self._verify_award(registry, award)

    def printed(self, award: Award, duplicate: Duplicate | None = None) -> Published:
        """Print an award, whether or not its link is on: for its holder and the registrar.

        Args:
            award: The register's entry.
            duplicate: The duplicate that the paper is, or None.

        Raises:
            NotFoundError: ``paper.not_in_force``: nobody is handed a paper that our page would contradict.
        """
        with self._office.store.reading() as registry:
            verdict = self._verify_award(registry, award).verdict
        if verdict is not Verdict.VALID:
            raise NotFoundError(
                "paper.not_in_force",
                f"the award is not in force ({verdict.value}): its paper is not handed out",
                where=award.number,
                remedy="open the verification page, which says what happened",
            )
        return self._papers.printed(award, duplicate)

    def copy(self, award: Award) -> Published | None:
        """Give an award's exact bytes, whether or not its link is on: for its holder and the registrar."""
        with self._office.store.reading() as registry:
            stored = registry.credential(award.number)
        return as_published(stored, CREDENTIAL_MEDIA_TYPE, award.issued_at) if stored else None

    def drawn(self, award: Award, picture: PictureFormat) -> Published | None:
        """Draw a picture of an award, whether or not its link is on: for its holder and the registrar."""
        with self._office.store.reading() as registry:
            credential = registry.credential(award.number)
            if credential is None:
                return None
            certification = kept_version(registry, award.certification, award.certification_version)
        drawn = self._pictures.draw(picture, award, certification)
        if picture is PictureFormat.BADGE_PNG:
            drawn = bake_png(drawn, credential.decode())
        elif picture is PictureFormat.BADGE_SVG:
            drawn = bake_svg(drawn, credential.decode())
        return as_published(drawn, picture.media_type, award.issued_at)

    def _card(self, award: Award) -> Published:
        """Draw what a shared link shows: the award while it is in force, afterwards the institution alone."""
        if award.state is not AwardState.VALID:
            body = self._pictures.house_card()
        else:
            with self._office.store.reading() as registry:
                certification = kept_version(registry, award.certification, award.certification_version)
                named = registry.choices(award.number).get(Choice.NAME_ON_CARD, False)
            name = award.holder if named else None
            body = self._pictures.draw(PictureFormat.CARD_PNG, award, certification, name)
        return as_published(body, PictureFormat.CARD_PNG.media_type, award.issued_at)

    def check(self, data: bytes) -> VerificationReport:
        """Verify whatever bytes are handed in: JSON, a token, or a picture or PDF that holds a credential."""
        document = read(data)
        if not isinstance(document, Document):
            with self._office.store.reading() as registry:
                materials = materials_for(self._office, registry)
            return verify(document, materials=materials, policy=Policy(), at=self._office.clock.now())
        calls_for = needs(document)
        fetched = fetch_for(self._office, self._fetcher, calls_for)
        # The instant of the answer is after what it rests on: others may have made theirs a moment ago.
        now = self._office.clock.now()
        with self._office.store.reading() as registry:
            own_award = self._own_award(registry, document)
            materials = replace(
                materials_for(self._office, registry, calls_for, own_award, fetched),
                papers=papers_for(registry, document),
            )
        return verify(document, materials=materials, policy=Policy(), at=now)

    def check_presentation(self, data: bytes, expected: Expectation) -> PresentationReport:
        """Verify a presentation, and every credential in it."""
        document, calls_for = read(data), Needs()
        if isinstance(document, Document):
            calls_for = presentation_needs(document)
        fetched = fetch_for(self._office, self._fetcher, calls_for)
        with self._office.store.reading() as registry:
            materials = replace(
                materials_for(self._office, registry, calls_for, fetched=fetched),
                papers=papers_for(registry, document),
            )
        now = self._office.clock.now()
        return verify_presentation(document, materials=materials, policy=Policy(), at=now, expected=expected)

    def check_link(self, link: str) -> VerificationReport:
        """Verify what a link leads to; a link that is not ours cannot be followed (``incomplete``)."""
        token = self.token_of(link)
        if token is None:
            return self._nothing("parse.link_not_followed")
        with self._office.store.reading() as registry:
            award = _opened(registry, token)
            if not isinstance(award, Award):
                return self._nothing("parse.link_closed" if award else "parse.link_unknown")
            return self._verify_award(registry, award)

    def token_of(self, link: str) -> str | None:
        """Give the token in one of our own verification links, or None for any other text.

        A link is also read as people copy it: without its scheme, or its last part alone.
        """
        whole = self._office.link("")
        text = link.strip()
        for prefix in (whole, whole.partition("://")[2]):
            if text.startswith(prefix):
                token = re.split(r"[/?#]", text.removeprefix(prefix), maxsplit=1)[0]
                return token if _TOKEN.fullmatch(token) else None
        return text if _TOKEN.fullmatch(text) else None

    def did_document(self) -> Published:
        """Give the institution's DID document."""
        with self._office.store.reading() as registry:
            return published_did_document(self._office, registry)

    def status_list(self, name: str, at: datetime | None = None) -> Published | None:
        """Give a status list credential as it was published at an instant, or None."""
        if at is not None and at > self._office.clock.now():
            raise RefusedError(
                "status.timestamp_future",
                "this instant is yet to come: nothing has been published for it",
                where="timestamp",
                remedy="ask for an instant of the past, or leave it out",
            )
        with self._office.store.reading() as registry:
            if at is not None and _tells_of_suspensions(registry, name):
                raise NotFoundError(
                    "status.past_withheld",
                    "past states of a list of suspensions are not given: a suspension that ended is over",
                    where="timestamp",
                    remedy="leave it out: the list as it is now is given",
                )
            return registry.status_list(name, at)

    def certification(self, component: str) -> Certification | None:
        """Give the current version of the certification that has this code or this block code."""
        with self._office.store.reading() as registry:
            for certification in reversed(registry.certifications()):
                if certification.code == component or certification.block(component):
                    return certification
        return None

    def healthy(self) -> bool:
        """Say whether the store answers and the signing key's public half is published."""
        try:
            with self._office.store.reading() as registry:
                return bool(registry.key_ledger()) and registry.status_list(FIRST_STATUS_LIST) is not None
        except ServiceError:
            return False

    def ready(self) -> bool:
        """Say whether strangers can check too: the service is well, and no status list has ended."""
        try:
            return self.healthy() and not any(state.ended for state in list_states(self._office))
        except ServiceError:
            return False

    def _behind(self, token: str) -> Award | ClosedLink | None:
        with self._office.store.reading() as registry:
            return _opened(registry, token)

    def _verify_award(self, registry: Registry, award: Award) -> VerificationReport:
        now, stored = self._office.clock.now(), _stored(registry, award)
        document = read(stored)
        if not isinstance(document, Document):
            # The bytes in the register were damaged: the page says so, and nothing good of the document.
            return verify(stored, materials=materials_for(self._office, registry), policy=Policy(), at=now)
        document = replace(document, source=Source.LINK)
        materials = materials_for(self._office, registry, needs(document), award)
        report = verify(document, materials=materials, policy=Policy(), at=now)
        return _set_aside(report) if award.state is AwardState.REPLACED else report

    def _nothing(self, code: str) -> VerificationReport:
        """Report that there was nothing to look at: not good, and nothing against any document."""
        problem = ReadProblem(code, Source.LINK)
        return verify(problem, materials=Materials(), policy=Policy(), at=self._office.clock.now())

    def _registration(
        self, registry: Registry, award: Award, certification: Certification
    ) -> Sentence | None:
        candidate = registry.candidate(award.candidate_id)
        return registration_sentence(
            certification,
            kind=award.kind,
            decided_on=award.decided_on,
            entry_date=candidate.entry_date if candidate else None,
            today=self._office.today(),
        )

    def _own_award(self, registry: Registry, document: Document) -> Award | None:
        """Give the register’s entry for a document that claims to be ours; it can only worsen a verdict."""
        identifier = document.content.get("id")
        # Our register speaks of what bears our name, and of nobody else's documents.
        if issuer_id_of(document.content) != self._office.did or not isinstance(identifier, str):
            return None
        return award_named(registry, self._office, identifier)


def _tells_of_suspensions(registry: Registry, name: str) -> bool:
    return any(
        opening.name == name and opening.purpose is StatusPurpose.SUSPENSION
        for opening in registry.status_lists()
    )


def _set_aside(report: VerificationReport) -> VerificationReport:
    """Leave of a replaced award what it is, and take away all that may have been replaced: a name, a date."""
    said = report.credential
    if said is None:
        return report
    bare = replace(
        said,
        holder=(),
        number=None,
        awarded=None,
        valid_from=None,
        evidence=(),
        proof_created=None,
        status_list=None,
        status_index=None,
        others=(),
        others_left_out=0,
    )
    return replace(report, credential=bare, embedded=())


def _opened(registry: Registry, token: str) -> Award | ClosedLink | None:
    """Follow a link: to its award, to a link that was switched off, or to nothing."""
    award = registry.award_by_token(token) if _TOKEN.fullmatch(token) else None
    if award is not None and award.erased:
        return ClosedLink.ERASED
    if award is None or registry.link_is_open(award.number):
        return award
    *_, last = registry.link_switches(award.number)
    return ClosedLink.LINK_OFF if last.by == HOLDER else ClosedLink.LINK_OFF_BY_REGISTRY


def _stored(registry: Registry, award: Award) -> bytes:
    credential = registry.credential(award.number)
    assert credential is not None
    return credential


def _block_lines(registry: Registry, award: Award, certification: Certification) -> Sequence[BlockLine]:
    """Give a title's blocks, each with the state of the award that the title rests on."""
    if award.kind is not AwardKind.TITLE:
        return ()
    states: dict[str, AwardState] = {
        other.component: other.state
        for other in registry.awards_of(award.candidate_id, award.certification)
        if other.kind is AwardKind.BLOCK
    }
    return tuple(BlockLine(block.code, block.title, states.get(block.code)) for block in certification.blocks)
