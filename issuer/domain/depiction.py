"""What the drawing of an award shows, in words: the alternative text of badges and cards."""

from dataclasses import dataclass

from credentials.report import Sentence
from issuer.domain.certification import Certification


@dataclass(frozen=True, slots=True)
class Depiction:
    """The two halves of an alternative text.

    Attributes:
        award: What was awarded and by whom, without the holder's name.
        drawing: What the drawing is, for somebody who does not see it.
    """

    award: Sentence
    drawing: Sentence

    @property
    def alternative(self) -> Sentence:
        """Both, as the alternative text of a picture on a page."""
        return Sentence(f"{self.award.fr}. {self.drawing.fr}", f"{self.award.en}. {self.drawing.en}")


def depiction(certification: Certification, component: str, institution: str) -> Depiction:
    """Say what the drawing of an award shows.

    Args:
        certification: The version of the fiche that the award was issued under.
        component: Block code, or the certification's code for the title.
        institution: The name of the institution.

    Returns:
        The alternative text; the title itself stays in its own language.

    Spec: WCAG 2.2, success criterion 1.1.1.
    """
    count = len(certification.blocks)
    block = certification.block(component)
    title = Sentence(f"«\u202f{certification.title}\u202f»", f"“{certification.title}”")
    if block is None:
        return Depiction(
            award=Sentence(
                f"Certification {component} {title.fr}, {institution}",
                f"Certification {component} {title.en}, {institution}",
            ),
            drawing=Sentence(
                f"Un sceau complet\u202f: {_parts_fr(count)}, en couleur.",
                f"A complete seal: {_parts_en(count)}, in colour.",
            ),
        )
    return Depiction(
        award=Sentence(
            f"Bloc de compétences {component} «\u202f{block.title}\u202f» de la certification {title.fr}, "
            f"{institution}",
            f"Competence block {component} “{block.title}” of the certification {title.en}, {institution}",
        ),
        drawing=Sentence(
            f"Un sceau {_of_parts_fr(count)}\u202f: la partie {block.number} en couleur"
            + (", les autres en esquisse." if count > 1 else "."),
            f"A seal of {_parts_en(count)}: part {block.number} in colour"
            + (", the others in outline." if count > 1 else "."),
        ),
    )


def _parts_fr(count: int) -> str:
    return "une seule partie" if count == 1 else f"{count} parties"


def _of_parts_fr(count: int) -> str:
    return "d’une seule partie" if count == 1 else f"de {count} parties"


def _parts_en(count: int) -> str:
    return "a single part" if count == 1 else f"{count} parts"
