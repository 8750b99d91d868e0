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
    """Collects faults in the order in which they are met, and leniencies once each.

    Attributes:
        faults: Rules that are not kept.
        unexamined: Parts of a form that we know by name and do not examine: nothing is said against them.
        notices: Codes of leniencies, as the keys of a mapping.
    """

    faults: list[Fault] = field(default_factory=list)
    unexamined: list[Fault] = field(default_factory=list)
    notices: dict[str, None] = field(default_factory=dict)

    @property
    def first(self) -> Fault | None:
        """What the report names: a fault before a part that was not examined; None where all is right."""
        return next(iter([*self.faults[:1], *self.unexamined[:1]]), None)

    def fault(self, code: str, where: str, **params: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(code, where, params))

    def leave(self, code: str, where: str) -> None:
        """Note a part that is not examined."""
        self.unexamined.append(Fault(code, where))

    def notice(self, code: str) -> None:
        """Note a leniency; the same one is said once."""
        self.notices.setdefault(code)

    def include(self, inner: "Examination", where: str) -> None:
        """Note what was found in a document that stands within another one.

        Args:
            inner: What was found, with places within the inner document.
            where: JSON pointer to the inner document.
        """
        self.faults += [Fault(each.code, where + each.where, each.params) for each in inner.faults]
        self.unexamined += [Fault(each.code, where + each.where) for each in inner.unexamined]
        self.notices.update(inner.notices)


def member_of(where: str) -> str:
    """Give the last member that a JSON pointer names, for a sentence."""
    names = [part for part in where.split("/") if part and not part.isdigit()]
    return names[-1].replace("~1", "/").replace("~0", "~") if names else "…"
