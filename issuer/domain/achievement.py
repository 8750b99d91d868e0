"""The fiche's words as Open Badges achievements: one for the title, one for each block.

Spec: Open Badges 3.0, Achievement; mapping argued in ``docs/credential-profile.md``.
"""

from collections.abc import Iterable, Sequence

from credentials.documents.open_badge import BLOCK_TYPE, TITLE_TYPE, Achievement, Alignment
from issuer.domain.certification import Block, Certification, Nomenclature

EQF_FRAMEWORK = "European Qualifications Framework"
NSF_FRAMEWORK = "Nomenclature des spécialités de formation"
FORMACODE_FRAMEWORK = "Formacode"
ROME_FRAMEWORK = "ROME"


def achievement_id(base_url: str, component: str) -> str:
    """Give the stable IRI of a title or block: a public page without personal data.

    Args:
        base_url: The service's address without trailing slash.
        component: Certification or block code.
    """
    return f"{base_url}/certifications/{component}"


def title_achievement(certification: Certification, base_url: str) -> Achievement:
    """Build the achievement of the full certification; only this one has a level."""
    level = certification.level
    return Achievement(
        id=achievement_id(base_url, certification.code),
        type=TITLE_TYPE,
        name=certification.title,
        description=(
            f"Certification professionnelle du répertoire {certification.registration.register} "
            f"(fiche {certification.code}), de {level.label.lower()} "
            f"(niveau {level.eqf} du cadre européen des certifications)."
        ),
        criteria=_title_criteria(certification),
        code=certification.code,
        version=certification.version,
        language=certification.language,
        alignments=[
            _fiche(certification, certification.title, certification.code),
            Alignment(level.label, level.eqf_uri, str(level.eqf), EQF_FRAMEWORK),
            *_subjects(certification),
            *_nomenclature(certification, certification.rome, ROME_FRAMEWORK),
            *(
                Alignment(
                    block.title,
                    achievement_id(base_url, block.code),
                    block.code,
                    certification.registration.register,
                )
                for block in certification.blocks
            ),
        ],
    )


def block_achievement(certification: Certification, block: Block, base_url: str) -> Achievement:
    """Build the achievement of one block: a part of the certification, with no level of its own."""
    return Achievement(
        id=achievement_id(base_url, block.code),
        type=BLOCK_TYPE,
        name=block.title,
        description=(
            f"Bloc de compétences {block.code} de la certification professionnelle "
            f"«\u202f{certification.title}\u202f» "
            f"({certification.code}, {certification.level.label.lower()}). "
            "Ce bloc est une partie de la certification\u202f; "
            "il n’équivaut pas à la certification complète."
        ),
        criteria="\n\n".join(
            [
                _list("Compétences attestées", block.competences),
                _list("Modalités d’évaluation", block.evaluation_modalities),
            ]
        ),
        code=block.code,
        version=certification.version,
        language=certification.language,
        alignments=[
            # A part, never `related`: Open Badges means "the same" by that word.
            Alignment(
                certification.title,
                achievement_id(base_url, certification.code),
                certification.code,
                certification.registration.register,
            ),
            _fiche(certification, block.title, block.code),
            *_subjects(certification),
        ],
    )


def _title_criteria(certification: Certification) -> str:
    parts = [certification.acquisition]
    parts += [
        _list(f"{block.code}\u202f: {block.title}", block.competences) for block in certification.blocks
    ]
    if certification.evaluation:
        parts.append(_list("Modalités d’évaluation", certification.evaluation))
    return "\n\n".join(parts)


def _fiche(certification: Certification, name: str, code: str) -> Alignment:
    registration = certification.registration
    return Alignment(name, registration.fiche_url, code, registration.register)


def _subjects(certification: Certification) -> Iterable[Alignment]:
    yield from _nomenclature(certification, certification.nsf, NSF_FRAMEWORK)
    yield from _nomenclature(certification, certification.formacodes, FORMACODE_FRAMEWORK)


def _nomenclature(
    certification: Certification, entries: Sequence[Nomenclature], framework: str
) -> Iterable[Alignment]:
    for entry in entries:
        yield Alignment(entry.label, certification.registration.fiche_url, entry.code, framework)


def _list(heading: str, items: Sequence[str]) -> str:
    """Write a heading and a list in Markdown, which is what Open Badges makes of a narrative."""
    return "\n".join([f"### {heading}", *(f"- {item}" for item in items)])
