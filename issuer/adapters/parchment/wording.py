"""What the front of a paper says, in French: the language of the document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from issuer.adapters.parchment.typography import NARROW, NO_BREAK, siret, typeset
from issuer.domain.award import AwardKind
from issuer.domain.calendar_days import long_french_day
from issuer.domain.certification import Nomenclature
from issuer.ports.printing import Lack, Paper

REGISTERS: Final = {"RNCP": "Répertoire national des certifications professionnelles (RNCP)"}

_HEADINGS: Final = {
    AwardKind.TITLE: "Certification professionnelle",
    AwardKind.BLOCK: "Certificat de bloc de compétences",
}
_LACKS: Final = {
    Lack.REGISTRATION_DECISION: "la date de la décision d’enregistrement",
    Lack.SUBJECT_CODE: "le code NSF",
    Lack.PLACE: "le lieu de délivrance",
    Lack.SIGNATORY: "le signataire",
    Lack.SIGNATORY_QUALITY: "la qualité du signataire",
}
_DEMONSTRATION: Final = "Il vient d’un service de démonstration."
_UNISSUED: Final = "Il montre un document qui n’est ni délivré ni scellé."


@dataclass(frozen=True, slots=True)
class Front:
    """The texts of the first page, each ready to be set.

    Attributes:
        heading: What the paper is.
        opening: Before the name.
        between: Between the name and what is awarded.
        named: The certification's title, or the block's.
        scope: On a block: the sentence that it is a part; else empty.
        mentions: The mandatory mentions, one paragraph.
        delivered: Place and day of delivery.
        signatory: Name, then quality, then the line on the delegation.
        seal: That the file is sealed.
        scan: One line on what to do with the code.
        specimen: Why it is a specimen, or None.
        duplicate: The word that a duplicate bears, or None.
    """

    heading: str
    opening: str
    between: str
    named: str
    scope: str
    mentions: str
    delivered: str
    signatory: Sequence[str]
    seal: str
    scan: str
    specimen: str | None
    duplicate: str | None


def front(paper: Paper) -> Front:
    """Word the first page of a paper.

    Args:
        paper: What is printed.

    Spec: France compétences, FAQ « parchemin »; french-domain.md, sections 3, 4 and 11.
    """
    title, block = typeset(paper.certification.title), paper.block
    level = paper.certification.level.national
    place = f"à {typeset(paper.place)}, " if paper.place else ""
    return Front(
        heading=_HEADINGS[paper.kind],
        opening="délivré à" if block else "délivrée à",
        between="pour la validation du bloc de compétences" if block else "",
        named=typeset(block.title) if block else title,
        scope=(
            f"Ce document atteste la validation du bloc {block.code} de la certification "
            f"professionnelle «{NARROW}{title}{NARROW}» (niveau\u00a0{level}). "
            "Il ne vaut pas délivrance de cette certification."
            if block
            else ""
        ),
        mentions=" ".join(_mentions(paper)),
        delivered=f"Fait {place}le {_day(paper.delivered_on)}",
        signatory=_signatory(paper),
        seal="Document scellé électroniquement par l’établissement.",
        scan=(
            "Pour vérifier ce document, visez ce code avec un téléphone, ou tapez l’adresse et le code court."
            if paper.short_code
            else "Pour vérifier ce document, visez ce code avec un téléphone."
        ),
        specimen=specimen_sentence(paper.lacks),
        duplicate="Duplicata" if paper.duplicate else None,
    )


def _mentions(paper: Paper) -> Sequence[str]:
    """Give the mandatory mentions as sentences; the level is a title's alone."""
    certification, registration = paper.certification, paper.certification.registration
    day = registration.decision_date
    decision = f"en date du {_day(day)}" if day else "(date\u00a0non\u00a0renseignée)"
    of_what = "Bloc d’une certification enregistrée" if paper.block else "Certification enregistrée"
    codes = f"{NARROW}; ".join(described(code) for code in certification.nsf)
    registered = f"{of_what} au {register_name(registration.register)} sous le code {certification.code}"
    sentences = [f"{registered}, par décision du directeur général de France compétences {decision}."]
    if paper.block is None:
        level = certification.level
        sentences.append(
            f"Niveau\u00a0{level.national} du cadre national des certifications professionnelles, "
            f"niveau\u00a0{level.eqf} du cadre européen des certifications (CEC)."
        )
    sentences.append(f"Spécialités de formation (NSF){NARROW}: {codes or 'non renseignées'}.")
    sentences.append(f"Certificateur{NARROW}: {_certifier(paper)}.")
    sentences.append(f"Décision du jury du {_day(paper.decided_on)}.")
    return sentences


def _certifier(paper: Paper) -> str:
    certifier = paper.certification.certifier
    trade = f" ({typeset(certifier.trade_name).replace(' ', NO_BREAK)})" if certifier.trade_name else ""
    return f"{typeset(certifier.legal_name)}{trade}, SIRET\u00a0{siret(certifier.siret)}"


def _signatory(paper: Paper) -> Sequence[str]:
    signatory = paper.signatory
    if signatory is None:
        return ("Signataire non renseigné",)
    quality = typeset(signatory.quality) if signatory.quality else "qualité non renseignée"
    return (typeset(signatory.name), quality, typeset(signatory.delegation))


def _day(day: date) -> str:
    return long_french_day(day).replace(" ", NO_BREAK)


def register_name(register: str) -> str:
    """Give a register with its words and its acronym."""
    return REGISTERS.get(register, register)


def described(code: Nomenclature) -> str:
    """Write a code with its label."""
    return f"{code.code}, {typeset(code.label)}"


def specimen_sentence(lacks: Sequence[Lack]) -> str | None:
    """Say why a paper is a specimen, naming each mention that is missing; None for a final paper.

    Args:
        lacks: What it lacks.
    """
    if not lacks:
        return None
    sentences = ["Spécimen, sans valeur."]
    missing = [_LACKS[lack] for lack in lacks if lack in _LACKS]
    if missing:
        sentences.append(
            f"Ce document ne peut pas être définitif{NARROW}: il y manque, parmi les mentions obligatoires, "
            f"{_listed(missing)}."
        )
    if Lack.DEMONSTRATION in lacks:
        sentences.append(_DEMONSTRATION)
    if Lack.UNISSUED in lacks:
        sentences.append(_UNISSUED)
    return " ".join(sentences)


def _listed(parts: Sequence[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} et {last}" if first else last
