"""What a code of the rules is: its effect, its sentences, its source and its remedy.

A sentence takes its parameters from a closed set (:class:`Parameters`), so that no sentence names one
certification and none can lack a value.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from credentials.report import Sentence


class Effect(StrEnum):
    """What a code does to what it touches.

    ``REFUSAL`` is a clear rule; ``DOUBT`` holds for a person; neither lets anything be issued.
    """

    REFUSAL = "refusal"
    DOUBT = "doubt"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Parameters:
    """The values that a sentence may name; dates are written out in each language.

    Attributes:
        certification: The fiche's code.
        register: The register's name.
        count: Number of blocks that make the title.
        expiry_fr: Last day of the registration, in French.
        expiry_en: The same in English.
        floor_fr: First day on which the registration can have begun, in French.
        floor_en: The same in English.
        deadline_fr: Last day of delivery, in French; « inconnue » where the fiche lacks it.
        deadline_en: The same in English.
        value: The offending value, or what the code is about; may be empty.
    """

    certification: str
    register: str
    count: str
    expiry_fr: str
    expiry_en: str
    floor_fr: str
    floor_en: str
    deadline_fr: str
    deadline_en: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """One code.

    Attributes:
        id: e.g. ``E-ROUTE-CLOSED``; ``E-`` refuses or holds, ``W-`` warns, ``I-`` informs.
        effect: What it does.
        fr: French sentence, a template over :class:`Parameters`.
        en: English sentence, likewise.
        source: Article of law, fiche or rule that it comes from.
        remedy_fr: What to do, in French; empty where nothing is to be done.
        remedy_en: What to do, in English.
    """

    id: str
    effect: Effect
    fr: str
    en: str
    source: str
    remedy_fr: str = ""
    remedy_en: str = ""

    @property
    def stops(self) -> bool:
        """Whether nothing can come out of what this code touches."""
        return self.effect in {Effect.REFUSAL, Effect.DOUBT}

    def sentence(self, parameters: Parameters) -> Sentence:
        """Give the sentence, in both languages.

        Args:
            parameters: The values that it may name.

        Returns:
            The sentence for a person.

        Spec: design.md, section 3.
        """
        values = asdict(parameters)
        return Sentence(self.fr.format_map(values), self.en.format_map(values))

    def remedy(self, parameters: Parameters) -> Sentence | None:
        """Give what to do about it, or None.

        Args:
            parameters: The values that it may name.

        Returns:
            The remedy in both languages, or None where there is nothing to do.

        Spec: design.md, section 3.
        """
        if not self.remedy_fr:
            return None
        values = asdict(parameters)
        return Sentence(self.remedy_fr.format_map(values), self.remedy_en.format_map(values))


def by_id(*codes: Code) -> Mapping[str, Code]:
    """Give the codes by their identifier.

    Args:
        codes: Distinct codes.

    Returns:
        A mapping from identifier to code.

    Spec: jury-cases.md, « Codes ».
    """
    return {code.id: code for code in codes}
