"""Reports for pages under test: one for each verdict, and the cases in which nothing is proven."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

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
from tests.support.fake_institution import (
    BASE,
    CERTIFICATION,
    HOLDER,
    ISSUER,
    LISTED_AT,
    NOW,
    RECORD_DIGEST,
    TITLE,
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
class Case:
    """One state: its verdict, and the checks that do not pass."""

    verdict: Verdict
    outcomes: Mapping[CheckId, tuple[Outcome, str, str, str]]


def _failed(check: CheckId, code: str, fr: str, en: str) -> Mapping[CheckId, tuple[Outcome, str, str, str]]:
    return {check: (Outcome.FAIL, code, fr, en)}


_CASES = {
    Verdict.VALID: Case(Verdict.VALID, {}),
    Verdict.REVOKED: Case(
        Verdict.REVOKED,
        _failed(
            CheckId.STATUS, "status.revoked", "L’établissement l’a retiré.", "The institution withdrew it."
        ),
    ),
    Verdict.SUSPENDED: Case(
        Verdict.SUSPENDED,
        _failed(CheckId.STATUS, "status.suspended", "Il est suspendu.", "It is suspended."),
    ),
    Verdict.REPLACED: Case(
        Verdict.REPLACED,
        _failed(
            CheckId.STATUS,
            "status.replaced",
            "Un autre document l’a remplacé.",
            "Another document replaced it.",
        ),
    ),
    Verdict.MODIFIED: Case(
        Verdict.MODIFIED,
        _failed(
            CheckId.PROOF,
            "proof.signature_mismatch",
            "Le contenu ne correspond pas à la signature.",
            "The content does not match the signature.",
        ),
    ),
    Verdict.UNKNOWN_ISSUER: Case(
        Verdict.UNKNOWN_ISSUER,
        _failed(
            CheckId.ISSUER,
            "issuer.unknown",
            "L’émetteur ne figure pas au registre de confiance.",
            "The issuer is not in the trust register.",
        ),
    ),
    Verdict.NOT_YET_VALID: Case(
        Verdict.NOT_YET_VALID,
        _failed(
            CheckId.PERIOD, "period.not_yet", "Il n’a pas encore pris effet.", "It has not taken effect yet."
        ),
    ),
    Verdict.EXPIRED: Case(
        Verdict.EXPIRED,
        _failed(
            CheckId.PERIOD, "period.over", "Le terme annoncé est passé.", "The announced end has passed."
        ),
    ),
    Verdict.INCOMPLETE: Case(
        Verdict.INCOMPLETE,
        {
            CheckId.STATUS: (
                Outcome.UNKNOWN,
                "status.unreachable",
                "La liste d’état n’a pas pu être lue.",
                "The status list could not be read.",
            )
        },
    ),
}


def summary_of(kind: Kind, holder: str = HOLDER, token: str = "titre") -> CredentialSummary:
    """Make what a page reads in a document of a kind."""
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


STATELESS = Case(
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
UNPROVEN: Mapping[str, Case] = {
    "cryptosuite": Case(
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
    "context": Case(
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
    "foreign-key": Case(
        Verdict.INCOMPLETE,
        {
            CheckId.PROOF: (Outcome.UNKNOWN, "proof.key_unavailable", "La clé manque.", "No key."),
            CheckId.KEY: (Outcome.UNKNOWN, "key.type", "Ce type de clé est inconnu.", "Unknown kind of key."),
            CheckId.ISSUER: _NOT_ESTABLISHED,
        },
    ),
    "disowned": Case(
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

UNKNOWN_LIST = Case(
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

UNREACHED = Case(
    Verdict.INCOMPLETE,
    {
        CheckId.PROOF: (Outcome.UNKNOWN, "proof.key_unavailable", "La clé manque.", "The key is missing."),
        CheckId.KEY: (Outcome.UNKNOWN, "key.unreachable", "Le site n’a pas répondu.", "No answer."),
        CheckId.ISSUER: _NOT_ESTABLISHED,
    },
)
"""A document whose issuer's keys could not be had just now."""


def report_of(
    verdict: Verdict | Case,
    credential: CredentialSummary | None,
    *,
    source: str = "link",
    issuer: IssuerIdentity | None = ISSUER,
) -> VerificationReport:
    """Make the report of one verdict."""
    case = verdict if isinstance(verdict, Case) else _CASES[verdict]
    checks = []
    for check_id, (code, fr, en) in _PASSED.items():
        outcome, code, fr, en = case.outcomes.get(check_id, (Outcome.PASS, code, fr, en))  # noqa: PLW2901 - the default is the pass
        if check_id is CheckId.RELATED:
            outcome = Outcome.NOT_APPLICABLE
        as_of = LISTED_AT if check_id is CheckId.STATUS else None
        checks.append(Check(check_id, outcome, code, Sentence(fr, en), as_of))
    return VerificationReport(case.verdict, NOW, source, (*checks, _HOLDER), credential, issuer)
