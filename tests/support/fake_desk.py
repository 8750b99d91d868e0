"""A fake of the public desk that holds one award in each state; people and figures are fictitious."""

import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import qrcode

from credentials.document import ReadProblem, Source
from credentials.materials import Materials
from credentials.policy import Policy
from credentials.reader import EQF
from credentials.report import (
    Check,
    CheckId,
    IssuerIdentity,
    Outcome,
    Sentence,
    Verdict,
    VerificationReport,
)
from credentials.summary import AlignmentSummary, CredentialSummary, EvidenceSummary, Kind
from credentials.verify import verify
from issuer.domain.award import Award, AwardKind, AwardState, WithdrawalReason
from issuer.domain.certification import (
    Block,
    Certification,
    Certifier,
    Level,
    Nomenclature,
    Registration,
)
from issuer.ports import AwardPage, BlockLine, PictureFormat, Published, Theme

BASE = "https://diplomes.exemple.fr"
NOW = datetime(2026, 11, 24, 7, 14, 5, tzinfo=UTC)
LISTED_AT = NOW - timedelta(minutes=12)
ISSUER = IssuerIdentity(
    "did:web:diplomes.exemple.fr", "Conservatoire national des arts et métiers", "https://cnam.fr"
)
RECORD_DIGEST = hashlib.sha256(b"record").hexdigest()
HOLDER = "Hélène MARCHAND-DELVAUX"

THEME = Theme(
    institution="Conservatoire national des arts et métiers",
    short_name="Le Cnam",
    home_url="https://cnam.fr",
    contact="Service de la scolarité\n292, rue Saint-Martin, 75003 Paris\n01 99 00 00 00",
    accent="#7a1631",
    accent_dark="#f0b3bf",
    logo_svg=(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 44">'
        '<circle cx="22" cy="22" r="21" fill="#7a1631"/>'
        '<path d="M22 7v30M7 22h30" stroke="#fff" stroke-width="3"/></svg>'
    ),
    demonstration=True,
)

TITLE = "Manager d'organismes à vocation sociale et culturelle en économie sociale et solidaire"
_BLOCKS = (
    (
        "Pilotage stratégique d’un organisme à vocation sociale ou culturelle en ESS",
        (
            "Construire et développer le projet de l’organisme en cohérence avec l’objet social de l’organisme",
            "Promouvoir et garantir l'expression des usagers/adhérents et l'exercice de leurs droits",
            "Animer les relations avec les instances dirigeantes en tenant compte des niveaux de responsabilité respectifs",
            "Valoriser l’utilité sociale de l’organisme et des actions portées par l’organisme",
            "Mettre en œuvre une dimension éthique aux différents niveaux de responsabilité",
        ),
        (
            "Présentations orales à partir d’une expérience professionnelle vécue",
            "Présentations et analyses de cas pratiques",
        ),
    ),
    (
        "Gestion administrative, comptable et financière d’un organisme à vocation sociale ou culturelle",
        ("Construire et suivre le budget de l’organisme", "Gérer l’activité d’un service ou d’un organisme"),
        ("Présentation des outils de suivi et des bilans financiers",),
    ),
    (
        "Coordination de l’activité d’une équipe RH (salariés + bénévoles + adhérents) dans un organisme à vocation sociale et culturelle",
        ("Animer une équipe",),
        ("Présentation orale d’un exemple de contenu de réunions organisées",),
    ),
    (
        "Construction de l’innovation sociale et de la conduite de projet en ESS",
        ("Monter un dossier financier", "Conduire, accompagner et évaluer le projet"),
        ("Réalisation d’enquête dans un cadre professionnel ayant une dimension participative",),
    ),
)

CERTIFICATION = Certification(
    code="RNCP35080",
    version="1",
    digest=hashlib.sha256(b"fiche").hexdigest(),
    language="fr",
    title=TITLE,
    level=Level("Niveau 7", 7, 7, "http://data.europa.eu/snb/eqf/7"),
    nsf=(Nomenclature("332n", "Expertise sociale et projets sociaux"),),
    formacodes=(Nomenclature("32135", "Conduite projet"), Nomenclature("32142", "Management participatif")),
    rome=(
        Nomenclature("K1206", "Intervention socioculturelle"),
        Nomenclature("K1802", "Développement local"),
    ),
    registration=Registration(
        "RNCP", date(2025, 11, 18), None, None, "https://www.francecompetences.fr/recherche/rncp/35080/"
    ),
    certifier=Certifier(
        "CONSERVATOIRE NATIONAL DES ARTS ET METIERS",
        "19753471200017",
        "Le Cnam",
        "https://cnam.fr",
        None,
        None,
    ),
    blocks=tuple(
        Block(f"RNCP35080BC0{number}", number, title, competences, modalities)
        for number, (title, competences, modalities) in enumerate(_BLOCKS, start=1)
    ),
    required_blocks=tuple(f"RNCP35080BC0{number}" for number in range(1, 5)),
    acquisition="Pour acquérir la certification, il convient d’avoir validé les quatre blocs de compétences.",
    evaluation=("Présentation et analyse de cas pratiques", "Rédaction d’un mémoire professionnel"),
    access_routes=(),
    other_fiches=(),
)
REGISTRATION = Sentence(
    "Certification enregistrée au RNCP sous le code RNCP35080 à la date d’obtention. L’enregistrement a pris fin "
    "le 18 novembre 2025\u202f; la certification obtenue reste acquise.",
    "Certification registered in the RNCP under the code RNCP35080 when it was obtained. The registration ended on "
    "18 November 2025; the certification obtained is kept for good.",
)
SPECIMEN = Sentence(
    "Le document imprimé ne serait qu’un spécimen\u202f: la date de la décision d’enregistrement manque.",
    "The printed document would only be a specimen: the date of the registration decision is missing.",
)

_PASSED = {
    CheckId.PARSE: ("parse.json", "Le fichier se lit sans ambiguïté.", "The file reads without ambiguity."),
    CheckId.STRUCTURE: (
        "structure.open_badge_3",
        "Le document suit Open Badges 3.0, un format ouvert et reconnu.",
        "The document follows Open Badges 3.0, an open and recognised format.",
    ),
    CheckId.CONTEXTS: ("contexts.pinned", "Le vocabulaire est connu.", "The vocabulary is known."),
    CheckId.PROOF: (
        "proof.verified",
        "Rien n’a changé depuis que l’établissement l’a signé.",
        "Nothing has changed since the institution signed it.",
    ),
    CheckId.KEY: (
        "key.listed",
        "La clé est celle que l’établissement publie.",
        "The key is the published one.",
    ),
    CheckId.ISSUER: (
        "issuer.trusted",
        "L’établissement figure au registre de confiance de ce service.",
        "The institution is in this service’s trust register.",
    ),
    CheckId.PERIOD: ("period.in_force", "Le document a pris effet.", "The document has taken effect."),
    CheckId.STATUS: (
        "status.not_revoked",
        "La liste signée de l’établissement ne le dit pas retiré.",
        "The institution’s signed list does not say that it is withdrawn.",
    ),
    CheckId.RELATED: ("related.matching", "Les blocs correspondent.", "The blocks match."),
}
_HOLDER = Check(
    CheckId.HOLDER,
    Outcome.NOT_APPLICABLE,
    "holder.compare",
    Sentence("Comparez le nom avec une pièce d’identité.", "Compare the name with an identity document."),
)


@dataclass(frozen=True, slots=True)
class _Case:
    """One state: its verdict, and the checks that do not pass."""

    verdict: Verdict
    outcomes: Mapping[CheckId, tuple[Outcome, str, str, str]]


def _failed(check: CheckId, code: str, fr: str, en: str) -> Mapping[CheckId, tuple[Outcome, str, str, str]]:
    return {check: (Outcome.FAIL, code, fr, en)}


_CASES = {
    Verdict.VALID: _Case(Verdict.VALID, {}),
    Verdict.REVOKED: _Case(
        Verdict.REVOKED,
        _failed(
            CheckId.STATUS, "status.revoked", "L’établissement l’a retiré.", "The institution withdrew it."
        ),
    ),
    Verdict.SUSPENDED: _Case(
        Verdict.SUSPENDED,
        _failed(CheckId.STATUS, "status.suspended", "Il est suspendu.", "It is suspended."),
    ),
    Verdict.REPLACED: _Case(
        Verdict.REPLACED,
        _failed(
            CheckId.STATUS,
            "status.replaced",
            "Un autre document l’a remplacé.",
            "Another document replaced it.",
        ),
    ),
    Verdict.MODIFIED: _Case(
        Verdict.MODIFIED,
        _failed(
            CheckId.PROOF,
            "proof.signature_mismatch",
            "Le contenu ne correspond pas à la signature.",
            "The content does not match the signature.",
        ),
    ),
    Verdict.UNKNOWN_ISSUER: _Case(
        Verdict.UNKNOWN_ISSUER,
        _failed(
            CheckId.ISSUER,
            "issuer.unknown",
            "L’émetteur ne figure pas au registre de confiance.",
            "The issuer is not in the trust register.",
        ),
    ),
    Verdict.NOT_YET_VALID: _Case(
        Verdict.NOT_YET_VALID,
        _failed(
            CheckId.PERIOD, "period.not_yet", "Il n’a pas encore pris effet.", "It has not taken effect yet."
        ),
    ),
    Verdict.EXPIRED: _Case(
        Verdict.EXPIRED,
        _failed(
            CheckId.PERIOD, "period.over", "Le terme annoncé est passé.", "The announced end has passed."
        ),
    ),
    Verdict.INCOMPLETE: _Case(
        Verdict.INCOMPLETE,
        {
            CheckId.STATUS: (
                Outcome.UNKNOWN,
                "status.unreachable",
                "La liste d’états n’a pas pu être lue.",
                "The status list could not be read.",
            )
        },
    ),
}


def _summary(kind: Kind, holder: str = HOLDER, token: str = "titre") -> CredentialSummary:
    block = CERTIFICATION.blocks[0]
    title = kind is Kind.TITLE
    fiche = CERTIFICATION.registration.fiche_url
    whole = AlignmentSummary(TITLE, f"{BASE}/certifications/RNCP35080", "RNCP35080", "RNCP")
    criteria = (
        CERTIFICATION.acquisition
        + "".join(
            f"\n\n### {b.code} : {b.title}\n- " + "\n- ".join(b.competences) for b in CERTIFICATION.blocks
        )
        + "\n\nModalités d’évaluation :\n- "
        + "\n- ".join(CERTIFICATION.evaluation)
        if title
        else "Compétences :\n- "
        + "\n- ".join(block.competences)
        + "\n\nModalités d’évaluation :\n- "
        + "\n- ".join(block.evaluation_modalities)
    )
    return CredentialSummary(
        id=f"{BASE}/v/{token}",
        kind=kind,
        achievement_type="Certificate" if title else "ext:BlocDeCompetences",
        name=TITLE if title else block.title,
        description="Certification professionnelle de niveau 7 enregistrée au RNCP."
        if title
        else "Bloc de compétences de la certification RNCP35080 (niveau 7).",
        criteria=criteria,
        code="RNCP35080" if title else block.code,
        version="1",
        holder=(holder,),
        number="2026-000017",
        awarded=datetime(2024, 6, 20, tzinfo=UTC),
        valid_from=datetime(2026, 11, 24, 7, 0, tzinfo=UTC),
        valid_until=None,
        issuer_id=ISSUER.id,
        issuer_name=ISSUER.name,
        part_of=None if title else whole,
        level="7" if title else None,
        blocks=tuple(
            AlignmentSummary(b.title, f"{BASE}/certifications/{b.code}", b.code, "RNCP")
            for b in CERTIFICATION.blocks
        )
        if title
        else (),
        alignments=(
            AlignmentSummary(
                TITLE if title else block.title, fiche, "RNCP35080" if title else block.code, "RNCP"
            ),
            *((AlignmentSummary("Niveau 7", "http://data.europa.eu/snb/eqf/7", "7", EQF),) if title else ()),
            *(
                AlignmentSummary(n.label, fiche, n.code, "Nomenclature des spécialités de formation")
                for n in CERTIFICATION.nsf
            ),
            *(AlignmentSummary(n.label, fiche, n.code, "Formacode") for n in CERTIFICATION.formacodes),
            *(AlignmentSummary(n.label, fiche, n.code, "ROME") for n in CERTIFICATION.rome),
        ),
        evidence=(
            EvidenceSummary(
                "Décision du jury",
                "Session J-2024-06, délibération du 20 juin 2024. Empreinte salée du procès-verbal "
                f"(SHA-256)\u202f: {RECORD_DIGEST}.",
            ),
        ),
        image=f"{BASE}/v/{token}/badge.png",
        proof_created="2026-11-24T07:00:00Z",
        verification_method=f"{ISSUER.id}#z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
        cryptosuite="eddsa-rdfc-2022",
        status_list=f"{BASE}/status/1",
        status_index="48211",
        others=(
            ("image.caption", "Badge du certificat."),
            ("issuer.url", "https://cnam.fr"),
            ("issuer.otherIdentifier[0].identifier", "19753471200017"),
            ("issuer.otherIdentifier[0].identifierType", "ext:SIRET"),
            ("credentialSubject.achievement.inLanguage", "fr"),
        ),
    )


STATELESS = _Case(
    Verdict.VALID,
    {
        CheckId.STATUS: (
            Outcome.NOT_APPLICABLE,
            "status.none_declared",
            "Le document ne renvoie à aucune liste de retrait.",
            "The document names no status list.",
        )
    },
)
"""A trusted issuer's document whose present state cannot be looked up."""

_NOT_ESTABLISHED = (
    Outcome.UNKNOWN,
    "issuer.not_established",
    "Il se dit délivré par l’établissement ; cela n’a pas pu être établi. Cela ne met pas en cause le document.",
    "It says that the institution issued it; this could not be established. This says nothing against it.",
)
UNPROVEN: Mapping[str, _Case] = {
    "cryptosuite": _Case(
        Verdict.INCOMPLETE,
        {
            CheckId.PROOF: (
                Outcome.UNKNOWN,
                "proof.cryptosuite",
                "Ce service ne connaît pas son procédé.",
                "This service does not know its cryptosuite.",
            ),
            CheckId.ISSUER: _NOT_ESTABLISHED,
        },
    ),
    "context": _Case(
        Verdict.INCOMPLETE,
        {
            CheckId.CONTEXTS: (
                Outcome.UNKNOWN,
                "contexts.not_pinned",
                "Son vocabulaire n’est pas connu.",
                "Its vocabulary is not known.",
            ),
            **{
                check: (Outcome.NOT_APPLICABLE, f"{check}.not_run", "Non effectué.", "Not run.")
                for check in (CheckId.PROOF, CheckId.KEY, CheckId.ISSUER, CheckId.PERIOD, CheckId.STATUS)
            },
        },
    ),
    "foreign-key": _Case(
        Verdict.INCOMPLETE,
        {
            CheckId.PROOF: (Outcome.UNKNOWN, "proof.key_unavailable", "La clé manque.", "No key."),
            CheckId.KEY: (Outcome.UNKNOWN, "key.type", "Ce type de clé est inconnu.", "Unknown kind of key."),
            CheckId.ISSUER: _NOT_ESTABLISHED,
        },
    ),
    "disowned": _Case(
        Verdict.INCOMPLETE,
        {
            CheckId.KEY: (
                Outcome.UNKNOWN,
                "key.revoked_since",
                "L’établissement a retiré cette clé.",
                "The institution withdrew this key.",
            ),
            CheckId.ISSUER: _NOT_ESTABLISHED,
        },
    ),
}
"""Documents of which nothing proves that they are original; a forger can make each of them in our name."""

UNKNOWN_LIST = _Case(
    Verdict.INCOMPLETE,
    {
        CheckId.STATUS: (
            Outcome.UNKNOWN,
            "status.unsupported_type",
            "La forme de la liste est inconnue.",
            "The kind of list is unknown.",
        )
    },
)
"""A trusted issuer's document whose kind of status list this service cannot read, now or later."""

UNREACHED = _Case(
    Verdict.INCOMPLETE,
    {
        CheckId.PROOF: (Outcome.UNKNOWN, "proof.key_unavailable", "La clé manque.", "The key is missing."),
        CheckId.KEY: (Outcome.UNKNOWN, "key.unreachable", "Le site n’a pas répondu.", "No answer."),
        CheckId.ISSUER: _NOT_ESTABLISHED,
    },
)
"""A document whose issuer's keys could not be had just now."""


def report_of(
    verdict: Verdict | _Case,
    credential: CredentialSummary | None,
    *,
    source: str = "link",
    issuer: IssuerIdentity | None = ISSUER,
) -> VerificationReport:
    """Make the report of one verdict."""
    case = verdict if isinstance(verdict, _Case) else _CASES[verdict]
    checks = []
    for check_id, (code, fr, en) in _PASSED.items():
        outcome, code, fr, en = case.outcomes.get(check_id, (Outcome.PASS, code, fr, en))  # noqa: PLW2901 - the default is the pass
        if check_id is CheckId.RELATED:
            outcome = Outcome.NOT_APPLICABLE
        as_of = LISTED_AT if check_id is CheckId.STATUS else None
        checks.append(Check(check_id, outcome, code, Sentence(fr, en), as_of))
    return VerificationReport(case.verdict, NOW, source, (*checks, _HOLDER), credential, issuer)


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
    summary = _summary(kind, holder, token)
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
        withdrawal=Sentence("erreur matérielle", "material error") if verdict is Verdict.REVOKED else None,
        specimen=SPECIMEN if kind is Kind.TITLE else None,
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

FOREIGN_NAME = "Université de Nulle-Part"
UPLOADS: Mapping[bytes, VerificationReport] = {
    b'{"a":"titre"}': report_of(Verdict.VALID, _summary(Kind.TITLE), source="json"),
    b'{"a":"modifie"}': report_of(Verdict.MODIFIED, _summary(Kind.TITLE), source="json"),
    b'{"a":"retire"}': replace(PAGES["retire"].report, source="json"),
    b'{"a":"bloc-retire-jury"}': replace(PAGES["bloc-retire-jury"].report, source="json"),
    b'{"a":"suspendu"}': replace(PAGES["suspendu"].report, source="json"),
    b'{"a":"liste-inconnue"}': report_of(UNKNOWN_LIST, _summary(Kind.TITLE), source="json"),
    b'{"a":"sans-etat"}': report_of(STATELESS, _summary(Kind.TITLE), source="json"),
    b'{"a":"cle-absente"}': report_of(UNREACHED, _summary(Kind.TITLE), source="json", issuer=None),
    **{
        b'{"a":"%s"}' % name.encode(): report_of(case, _summary(Kind.TITLE), source="json", issuer=None)
        for name, case in UNPROVEN.items()
    },
    b'{"a":"inconnu"}': report_of(
        Verdict.UNKNOWN_ISSUER,
        replace(
            _summary(Kind.OTHER),
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

    def __init__(self, theme: Theme = THEME, *, well: bool = True) -> None:
        self._theme = theme
        self._well = well

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def base_url(self) -> str:
        return BASE

    def award_page(self, token: str) -> AwardPage | None:
        return PAGES.get(token)

    def credential(self, token: str) -> Published | None:
        page = PAGES.get(token)
        if page is None:
            return None
        return published(json.dumps({"id": page.award.credential_id}).encode(), "application/vc")

    def picture(self, token: str, picture: PictureFormat) -> Published | None:
        page = PAGES.get(token)
        if page is None:
            return None
        if picture.value.endswith("svg"):
            return published(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml")
        drawing = io.BytesIO()
        code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, box_size=4, border=4)
        code.add_data(page.award.credential_id + "x" * 18)
        code.make_image().save(drawing)
        return published(drawing.getvalue(), "image/png")

    def check(self, data: bytes) -> VerificationReport:
        return UPLOADS.get(data) or verify(data, materials=Materials(), policy=Policy(), at=NOW)

    def check_link(self, link: str) -> VerificationReport:
        token = self.token_of(link)
        page = PAGES.get(token) if token else None
        if page:
            return page.report
        problem = ReadProblem("parse.link_unknown" if token else "parse.link_not_followed", Source.LINK)
        return verify(problem, materials=Materials(), policy=Policy(), at=NOW)

    def token_of(self, link: str) -> str | None:
        prefix = f"{BASE}/v/"
        text = link.strip()
        token = re.split(r"[/?#]", text.removeprefix(prefix))[0] if text.startswith(prefix) else ""
        return token or None

    def did_document(self) -> Published:
        return published(json.dumps({"id": ISSUER.id}).encode(), "application/did+json")

    def status_list(self, name: str) -> Published | None:
        return published(b'{"type":["VerifiableCredential"]}', "application/vc") if name == "1" else None

    def certification(self, component: str) -> Certification | None:
        known = component == CERTIFICATION.code or CERTIFICATION.block(component) is not None
        return CERTIFICATION if known else None

    def healthy(self) -> bool:
        return self._well
