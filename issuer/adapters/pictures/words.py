"""The few words that the pictures add to the certification's own, in two languages."""

from dataclasses import dataclass

from issuer.adapters.pictures.badge import BadgeLanguage, Subject
from issuer.adapters.pictures.paragraph import typeset_french


@dataclass(frozen=True, slots=True)
class Words:
    """What pictures say in one language; ``block`` takes ``number`` and ``count``."""

    scan: str
    block: str
    title: str
    demonstration: str
    house: str


_WORDS = {
    BadgeLanguage.FRENCH: Words(
        scan="Scannez pour vérifier",
        block="Bloc de compétences {number} sur {count}",
        title="Certification complète",
        demonstration="Démonstration, sans valeur",
        house="Vérification d’un document",
    ),
    BadgeLanguage.ENGLISH: Words(
        scan="Scan to verify",
        block="Competence block {number} of {count}",
        title="Full certification",
        demonstration="Demonstration, without value",
        house="Verification of a document",
    ),
}


def words(language: BadgeLanguage) -> Words:
    """Give the words of a language.

    Args:
        language: Which.

    Returns:
        The words.
    """
    return _WORDS[language]


def kind_of(subject: Subject) -> str:
    """Say what was awarded: a block and which one, or the full certification.

    Args:
        subject: What was awarded.

    Returns:
        A few words.
    """
    said = _WORDS[subject.language]
    if subject.block_number is None:
        return said.title
    return said.block.format(number=subject.block_number, count=subject.block_count)


def typeset(text: str, language: BadgeLanguage) -> str:
    """Put what the typography of a language asks for.

    Args:
        text: A title or a name.
        language: Of the picture.

    Returns:
        The text to draw.
    """
    return typeset_french(text) if language is BadgeLanguage.FRENCH else text
