"""The error tree of the domain: what is misuse or an unreadable document, never what a jury decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from credentials.report import Sentence


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a document.

    Attributes:
        code: Stable, dotted, e.g. ``certification.missing``.
        where: Path of the place, e.g. ``blocks[2].title``; empty for the whole document.
        message: What is wrong there.
        remedy: What to do about it.
    """

    code: str
    where: str
    message: Sentence
    remedy: Sentence

    def __str__(self) -> str:
        return f"{self.where or '(document)'}: {self.message.en} {self.remedy.en}"


class DomainError(Exception):
    """Any error of the domain.

    Attributes:
        code: Stable, dotted.
        where: The place, e.g. a path in a document.
        message: One sentence for a person.
        remedy: What to do about it.
    """

    def __init__(self, code: str, where: str, message: Sentence, remedy: Sentence) -> None:
        super().__init__(f"{message.en} {remedy.en}")
        self.code = code
        self.where = where
        self.message = message
        self.remedy = remedy


class CertificationError(DomainError):
    """A document that is no usable fiche; carries every fault found, not only the first.

    Attributes:
        faults: All of them, in the document's order; never empty.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(
            "certification.invalid",
            faults[0].where,
            Sentence(
                f"La fiche ne peut pas être lue\u202f: {len(faults)} faute(s).",
                f"The certification document cannot be read: {len(faults)} fault(s).",
            ),
            faults[0].remedy,
        )
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join([self.message.en, *(f"  {fault}" for fault in self.faults)])
