"""A fake of the public desk that holds one award in each state; people and figures are fictitious."""

import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import qrcode

from credentials.document import ReadProblem, Source
from credentials.materials import Materials
from credentials.policy import Policy
from credentials.presentations import PresentationReport, verify_presentation
from credentials.report import Verdict, VerificationReport
from credentials.securing.proof_options import Expectation
from credentials.summary import Kind
from credentials.verify import verify
from issuer.domain.award import Award, AwardKind, AwardState, WithdrawalReason
from issuer.domain.certification import Certification
from issuer.errors import NotFoundError, RefusedError
from issuer.ports import AwardPage, BlockLine, ClosedLink, PictureFormat, Published, Theme
from tests.support.fake_institution import (
    BASE,
    CERTIFICATION,
    HOLDER,
    ISSUER,
    NOW,
    RECORD_DIGEST,
    REGISTRATION,
    THEME,
)
from tests.support.fake_reports import STATELESS, UNKNOWN_LIST, UNPROVEN, UNREACHED, report_of, summary_of

__all__ = [
    "BASE",
    "CLOSED",
    "FOREIGN_NAME",
    "HOLDER",
    "NOW",
    "PAGES",
    "RECORD_DIGEST",
    "THEME",
    "UNKNOWN",
    "UNPROVEN",
    "UPLOADS",
    "FakeDesk",
]


def _award(token: str, kind: AwardKind, state: AwardState, holder: str) -> Award:
    reason = WithdrawalReason.JURY_OR_COURT if token.endswith("jury") else WithdrawalReason.MATERIAL_ERROR
    return Award(
        number="2026-000017",
        token=token,
        kind=kind,
        component="RNCP35080" if kind is AwardKind.TITLE else "RNCP35080BC01",
        certification="RNCP35080",
        certification_version="1",
        candidate_id="C0001",
        holder=holder,
        decided_on=date(2024, 6, 20),
        session="J-2024-06",
        issued_at=NOW,
        state=state,
        state_since=None if state is AwardState.VALID else datetime(2026, 3, 1, 9, 0, tzinfo=UTC),
        reason=reason if state is AwardState.REVOKED else None,
        credential_id=f"{BASE}/v/{token}",
        status_list="1",
        status_index=48211,
    )


_STATES = {
    Verdict.REVOKED: AwardState.REVOKED,
    Verdict.SUSPENDED: AwardState.SUSPENDED,
    Verdict.REPLACED: AwardState.REPLACED,
}


def award_page(token: str, kind: Kind, verdict: Verdict, holder: str = HOLDER) -> AwardPage:
    """Make the page of one award."""
    state = _STATES.get(verdict, AwardState.VALID)
    award_kind = AwardKind.TITLE if kind is Kind.TITLE else AwardKind.BLOCK
    summary = summary_of(kind, holder, token)
    if verdict is Verdict.EXPIRED:
        summary = replace(summary, valid_until=NOW - timedelta(days=30))
    if verdict is Verdict.NOT_YET_VALID:
        summary = replace(summary, valid_from=NOW + timedelta(days=30))
    lines: Sequence[BlockLine] = ()
    if kind is Kind.TITLE:
        states = (
            AwardState.VALID,
            AwardState.VALID,
            AwardState.SUSPENDED if token == "titre-mixte" else AwardState.VALID,
            None,
        )
        lines = tuple(
            BlockLine(b.code, b.title, s) for b, s in zip(CERTIFICATION.blocks, states, strict=True)
        )
    return AwardPage(
        report=report_of(verdict, summary),
        award=_award(token, award_kind, state, holder),
        certification=CERTIFICATION,
        registration=REGISTRATION,
        blocks=lines,
    )


PAGES: Mapping[str, AwardPage] = {
    token: award_page(token, kind, verdict, holder)
    for token, kind, verdict, holder in (
        ("titre", Kind.TITLE, Verdict.VALID, HOLDER),
        ("titre-mixte", Kind.TITLE, Verdict.VALID, "Nguyễn Thị MINH-KHAI de SAINT-EXUPÉRY"),
        ("bloc", Kind.BLOCK, Verdict.VALID, HOLDER),
        ("retire", Kind.TITLE, Verdict.REVOKED, HOLDER),
        ("retire-jury", Kind.TITLE, Verdict.REVOKED, HOLDER),
        ("bloc-retire", Kind.BLOCK, Verdict.REVOKED, HOLDER),
        ("bloc-retire-jury", Kind.BLOCK, Verdict.REVOKED, HOLDER),
        ("suspendu", Kind.TITLE, Verdict.SUSPENDED, HOLDER),
        ("remplace", Kind.TITLE, Verdict.REPLACED, "Ancien NOM"),
        ("incomplet", Kind.TITLE, Verdict.INCOMPLETE, HOLDER),
        ("modifie", Kind.TITLE, Verdict.MODIFIED, HOLDER),
        ("a-venir", Kind.TITLE, Verdict.NOT_YET_VALID, HOLDER),
        ("termine", Kind.TITLE, Verdict.EXPIRED, HOLDER),
    )
}
"""Each award by its link's token."""

CLOSED: Mapping[str, ClosedLink] = {
    "lien-desactive": ClosedLink.LINK_OFF,
    "lien-desactive-scolarite": ClosedLink.LINK_OFF_BY_REGISTRY,
    "partage-arrete": ClosedLink.SHARE_CLOSED,
    "partage-termine": ClosedLink.SHARE_ENDED,
    "partage-desactive-scolarite": ClosedLink.SHARE_CLOSED_BY_REGISTRY,
    "donnees-effacees": ClosedLink.ERASED,
}
"""Links that are known and open nothing, by token."""
UNKNOWN = "B" * 22
"""A token of the right form and of no award."""

LISTED_SINCE = NOW - timedelta(days=7)
"""When the one status list was published."""

FOREIGN_NAME = "Université de Nulle-Part"
UPLOADS: Mapping[bytes, VerificationReport] = {
    b'{"a":"titre"}': report_of(Verdict.VALID, summary_of(Kind.TITLE), source="json"),
    b'{"a":"modifie"}': report_of(Verdict.MODIFIED, summary_of(Kind.TITLE), source="json"),
    b'{"a":"retire"}': replace(PAGES["retire"].report, source="json"),
    b'{"a":"bloc-retire-jury"}': replace(PAGES["bloc-retire-jury"].report, source="json"),
    b'{"a":"suspendu"}': replace(PAGES["suspendu"].report, source="json"),
    b'{"a":"liste-inconnue"}': report_of(UNKNOWN_LIST, summary_of(Kind.TITLE), source="json"),
    b'{"a":"sans-etat"}': report_of(STATELESS, summary_of(Kind.TITLE), source="json"),
    b'{"a":"cle-absente"}': report_of(UNREACHED, summary_of(Kind.TITLE), source="json", issuer=None),
    **{
        b'{"a":"%s"}' % name.encode(): report_of(case, summary_of(Kind.TITLE), source="json", issuer=None)
        for name, case in UNPROVEN.items()
    },
    b'{"a":"inconnu"}': report_of(
        Verdict.UNKNOWN_ISSUER,
        replace(
            summary_of(Kind.OTHER),
            issuer_id="did:web:nulle-part.exemple",
            issuer_name=FOREIGN_NAME,
            part_of=None,
        ),
        source="json",
        issuer=None,
    ),
}
"""What `check` answers to certain bytes; any other bytes are malformed."""


def published(body: bytes, media_type: str) -> Published:
    """Publish some bytes."""
    return Published(body, media_type, hashlib.sha256(body).hexdigest(), NOW)


class FakeDesk:
    """The public desk, over constants."""

    def __init__(self, theme: Theme = THEME, *, well: bool = True, fetching: bool = False) -> None:
        self._theme = theme
        self._well = well
        self._fetching = fetching

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def base_url(self) -> str:
        return BASE

    @property
    def issuer_id(self) -> str:
        return ISSUER.id

    @property
    def consults_others(self) -> bool:
        return self._fetching

    def award_page(self, token: str) -> AwardPage | ClosedLink | None:
        return PAGES.get(token) or CLOSED.get(token)

    def credential(self, token: str) -> Published | ClosedLink | None:
        page = PAGES.get(token)
        if page is None:
            return CLOSED.get(token)
        return published(json.dumps({"id": page.award.credential_id}).encode(), "application/vc")

    def picture(self, token: str, picture: PictureFormat) -> Published | ClosedLink | None:
        page = PAGES.get(token)
        if page is None:
            return CLOSED.get(token)
        if picture.value.endswith("svg"):
            return published(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml")
        drawing = io.BytesIO()
        code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, box_size=4, border=4)
        code.add_data(page.award.credential_id + "x" * 18)
        code.make_image().save(drawing)
        return published(drawing.getvalue(), "image/png")

    def paper(self, token: str) -> Published | ClosedLink | None:
        page = PAGES.get(token)
        if page is None:
            return CLOSED.get(token)
        if page.report.verdict is not Verdict.VALID:
            raise NotFoundError("paper.not_in_force", "not in force", where="state", remedy="see the page")
        return published(b"%PDF-1.7\n", "application/pdf")

    def check(self, data: bytes) -> VerificationReport:
        return UPLOADS.get(data) or verify(data, materials=Materials(), policy=Policy(), at=NOW)

    def check_presentation(self, data: bytes, expected: Expectation) -> PresentationReport:
        return verify_presentation(data, materials=Materials(), policy=Policy(), at=NOW, expected=expected)

    def check_link(self, link: str) -> VerificationReport:
        token = self.token_of(link)
        page = PAGES.get(token) if token else None
        if page:
            return page.report
        code = "parse.link_unknown" if token else "parse.link_not_followed"
        problem = ReadProblem("parse.link_closed" if token in CLOSED else code, Source.LINK)
        return verify(problem, materials=Materials(), policy=Policy(), at=NOW)

    def token_of(self, link: str) -> str | None:
        prefix = f"{BASE}/v/"
        text = link.strip()
        token = re.split(r"[/?#]", text.removeprefix(prefix))[0] if text.startswith(prefix) else ""
        return token or None

    def did_document(self) -> Published:
        return published(json.dumps({"id": ISSUER.id}).encode(), "application/did+json")

    def status_list(self, name: str, at: datetime | None = None) -> Published | None:
        if at is not None and at > NOW:
            raise RefusedError("status.timestamp_future", "yet to come", where="timestamp", remedy="wait")
        if name == "1-suspension" and at is not None:
            raise NotFoundError("status.past_withheld", "over", where="timestamp", remedy="leave it out")
        if name not in {"1", "1-suspension"} or (at is not None and at < LISTED_SINCE):
            return None
        return published(b'{"type":["VerifiableCredential"]}', "application/vc")

    def certification(self, component: str) -> Certification | None:
        known = component == CERTIFICATION.code or CERTIFICATION.block(component) is not None
        return CERTIFICATION if known else None

    def healthy(self) -> bool:
        return self._well

    def ready(self) -> bool:
        return self._well
