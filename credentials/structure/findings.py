"""What an examination of a document's form finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule that the document does not keep.

    Attributes:
        code: Stable, dotted; a code of :mod:`credentials.messages`.
        where: JSON pointer to the offending place (RFC 6901).
        params: The values that the code's sentence names.
    """

    code: str
    where: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Examination:
    """Collects faults in the order in which they are met, and leniencies once each."""

    faults: list[Fault] = field(default_factory=list)
    notices: dict[str, None] = field(default_factory=dict)

    @property
    def first(self) -> Fault | None:
        """The fault that the report names, or None where the form is right."""
        return self.faults[0] if self.faults else None

    def fault(self, code: str, where: str, **params: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(code, where, params))

    def notice(self, code: str) -> None:
        """Note a leniency; the same one is said once."""
        self.notices.setdefault(code)


def member_of(where: str) -> str:
    """Give the last member that a JSON pointer names, for a sentence."""
    names = [part for part in where.split("/") if part and not part.isdigit()]
    return names[-1].replace("~1", "/").replace("~0", "~") if names else "…"
