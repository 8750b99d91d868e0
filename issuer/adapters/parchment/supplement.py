"""What the descriptive supplement says, in French and in English; the fiche's own texts stay French."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from credentials.report import Sentence
from issuer.adapters.parchment.typography import NARROW, typeset
from issuer.adapters.parchment.wording import register_name
from issuer.domain.certification import Block, Certification
from issuer.ports.printing import Lack, Paper

_REGISTERS: Final = {"RNCP": "French national register of professional certifications (RNCP)"}

_LACKS: Final = {
    Lack.REGISTRATION_DECISION: "the date of the registration decision",
    Lack.SUBJECT_CODE: "the NSF subject code",
    Lack.PLACE: "the place of issue",
    Lack.SIGNATORY: "the signatory",
    Lack.SIGNATORY_QUALITY: "the signatory’s position",
}

_ATTESTS: Final = Sentence("Ce que ce document atteste", "What this document attests")
_KEPT: Final = Sentence("Le bloc validé reste acquis.", "The validated block is kept for good.")
_CONTENT: Final = Sentence(
    "Compétences et évaluation", "Competences and assessment, in the words of the register"
)
_PAGE: Final = Sentence(
    "Le code QR mène à la page de vérification, sans compte ni dépôt de fichier. Comparez ce qu’elle "
    "montre avec ce document, et assurez-vous de l’identité de la personne.",
    "The QR code leads to the verification page; no account and no upload are needed. Compare what "
    "it shows with this document, and check the person’s identity.",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """One passage in both languages, side by side.

    Attributes:
        french: Heading, then paragraphs.
        english: The same in English.
    """

    french: Sequence[str]
    english: Sequence[str]


@dataclass(frozen=True, slots=True)
class FicheBlock:
    """One block as the fiche describes it, in the fiche's own words.

    Attributes:
        code: Its code.
        title: Its title.
        competences: What it attests.
        evaluation: How it is evaluated.
    """

    code: str
    title: str
    competences: Sequence[str]
    evaluation: Sequence[str]


@dataclass(frozen=True, slots=True)
class Supplement:
    """The texts of the supplement.

    Attributes:
        heading: In both languages.
        before: Passages above the fiche's texts.
        content: Heading of the fiche's texts, in both languages.
        labels: "Competences" and "Evaluation", French and English, as they stand in a block.
        blocks: The fiche's texts.
        overall: The certification's own modalities of evaluation; empty on a block.
        overall_label: Their label in both languages.
        after: Passages below.
    """

    heading: Sentence
    before: Sequence[Pair]
    content: Sentence
    labels: Sequence[Sentence]
    blocks: Sequence[FicheBlock]
    overall: Sequence[str]
    overall_label: Sentence
    after: Sequence[Pair]


def supplement(paper: Paper) -> Supplement:
    """Word the supplement of a paper.

    Args:
        paper: What is printed.
    """
    certification = paper.certification
    blocks = certification.blocks if paper.block is None else [paper.block]
    return Supplement(
        heading=Sentence("Supplément descriptif", "Descriptive supplement"),
        before=[_attests(paper), *([_level(certification)] if paper.block is None else [])],
        content=_CONTENT,
        labels=[Sentence("Compétences", "competences"), Sentence("Modalités d’évaluation", "assessment")],
        blocks=[_fiche_block(block) for block in blocks],
        overall=[typeset(text) for text in certification.evaluation] if paper.block is None else [],
        overall_label=Sentence("Évaluation de la certification", "assessment of the whole certification"),
        after=[_registration(paper), _checking(paper)],
    )


def _attests(paper: Paper) -> Pair:
    block = paper.block
    return _attests_whole(paper) if block is None else _attests_part(paper.certification, block)


def _attests_whole(paper: Paper) -> Pair:
    certification, institution = paper.certification, typeset(paper.house.name)
    code, title = certification.code, typeset(certification.title)
    in_french = (
        "La personne nommée en première page est titulaire de la certification professionnelle "
        f"«{NARROW}{title}{NARROW}» ({code}). Établissement qui la délivre{NARROW}: {institution}."
    )
    in_english = (
        f"The person named on the first page holds the professional certification {code}, whose exact title, "
        f"in French, is given opposite. Awarding institution: {institution}."
    )
    made_of = "The certification is made up of competence blocks, every one of which has been validated."
    return Pair(
        (_ATTESTS.fr, in_french, typeset(certification.acquisition)), (_ATTESTS.en, in_english, made_of)
    )


def _attests_part(certification: Certification, block: Block) -> Pair:
    in_french = (
        f"Un jury a validé le bloc {block.code}, «{NARROW}{typeset(block.title)}{NARROW}», pour la personne "
        f"nommée en première page. Ce bloc est une partie de la certification {certification.code}{NARROW}; "
        "il n’équivaut pas à la certification complète, et n’a pas de niveau propre."
    )
    in_english = (
        f"A jury has validated competence block {block.code} for the person named on the first page. This "
        f"block is one part of the professional certification {certification.code}; it is not equivalent to "
        "the full certification, and has no level of its own."
    )
    return Pair((_ATTESTS.fr, in_french, _KEPT.fr), (_ATTESTS.en, in_english, _KEPT.en))


def _level(certification: Certification) -> Pair:
    level = certification.level
    in_french = (
        f"Niveau\u00a0{level.national} du cadre national des certifications professionnelles (décret "
        f"n°{NARROW}2019-14 du 8\u00a0janvier 2019), niveau\u00a0{level.eqf} du cadre européen des "
        "certifications (CEC)."
    )
    in_english = (
        f"Level\u00a0{level.national} of the French national framework of professional certifications, "
        f"level\u00a0{level.eqf} of the European Qualifications Framework (EQF)."
    )
    return Pair(("Niveau", in_french), ("Level", in_english))


def _fiche_block(block: Block) -> FicheBlock:
    return FicheBlock(
        code=block.code,
        title=typeset(block.title),
        competences=[typeset(text) for text in block.competences],
        evaluation=[typeset(text) for text in block.evaluation_modalities],
    )


def _registration(paper: Paper) -> Pair:
    registration = paper.certification.registration
    register, code = registration.register, paper.certification.code
    said = paper.registration or Sentence(
        f"Fiche {code} du {register_name(register)}.",
        f"Entry {code} of the {_REGISTERS.get(register, register)}.",
    )
    return Pair(
        ("Enregistrement", said.fr, f"Fiche{NARROW}: {registration.fiche_url}"),
        ("Registration", said.en, f"Entry (in French): {registration.fiche_url}"),
    )


def _checking(paper: Paper) -> Pair:
    code, address = paper.short_code, f"{paper.host}/verify"
    typed = Sentence(
        f", ou son code court {code} y être saisi." if code else ".",
        f", or its short code {code} typed there." if code else ".",
    )
    file = Sentence(
        f"Ce fichier PDF porte en pièce jointe l’attestation numérique scellée{NARROW}: il peut aussi être "
        f"déposé à l’adresse {address}{typed.fr}",
        "The sealed digital certificate is attached to this PDF file, which can also be uploaded at "
        f"{address}{typed.en}",
    )
    return Pair(("Vérifier ce document", _PAGE.fr, file.fr), ("Checking this document", _PAGE.en, file.en))


def specimen_in_english(lacks: Sequence[Lack]) -> str | None:
    """Say in English why a paper is a specimen; None for a final paper.

    Args:
        lacks: What it lacks.
    """
    if not lacks:
        return None
    sentences = ["Specimen, not valid."]
    missing = [_LACKS[lack] for lack in lacks if lack in _LACKS]
    if missing:
        listed = " and ".join([", ".join(missing[:-1]), missing[-1]] if missing[1:] else missing)
        sentences.append(f"This document cannot be final: of the mandatory particulars, it lacks {listed}.")
    if Lack.DEMONSTRATION in lacks:
        sentences.append("It comes from a demonstration service.")
    if Lack.UNISSUED in lacks:
        sentences.append("It shows a document that is neither issued nor sealed.")
    return " ".join(sentences)
