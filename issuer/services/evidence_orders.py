"""Whether the trail shows two people behind every act that needs them; asked of the trail alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from issuer.ports import AuditEntry
from issuer.services.audit import ChainFault
from issuer.services.evidence import details_of, text_of

FOUR_EYES_ACTS = frozenset(
    {
        "award.revoked",
        "award.suspended",
        "award.reinstated",
        "award.replaced",
        "award.resigned",
        "award.erased",
        "person.erased",
    }
)
"""Acts on an award that carry out an order, where four eyes are on; an issue carries out an approved plan."""


def order_faults(entries: Sequence[AuditEntry]) -> Iterator[ChainFault]:
    """Find approvals by an author, and acts without an approval before them.

    Args:
        entries: The trail; its first line says whether four eyes are on.

    Yields:
        Each fault; in a register with one person only those that no register may have.
    """
    said = _Said(four_eyes=bool(entries) and details_of(entries[0]).get("four_eyes") is True)
    for entry in entries:
        message = said.take(entry)
        if message is not None:
            yield ChainFault(entry.sequence, "audit.four_eyes", message)


@dataclass(slots=True)
class _Said:
    """What the trail has said up to an entry: who asked, and what was approved."""

    four_eyes: bool
    closed: dict[str, frozenset[str]] = field(default_factory=dict)
    orders: set[str] = field(default_factory=set)
    plans: set[str] = field(default_factory=set)

    def take(self, entry: AuditEntry) -> str | None:
        """Take the next entry in; give what is wrong with it, or None."""
        if entry.action == "order.proposed":
            self.closed[entry.subject] = frozenset({entry.actor, *_names(details_of(entry))})
            return None
        if entry.action == "order.approved":
            return self._order(entry)
        if entry.action == "plan.approved":
            return self._plan(entry)
        if entry.action == "award.issued" and text_of(entry, "plan") not in self.plans:
            return f"award {entry.subject} was issued under no plan that was approved before"
        return self._act(entry) if entry.action in FOUR_EYES_ACTS else None

    def _order(self, entry: AuditEntry) -> str | None:
        self.orders.add(entry.subject)
        if entry.subject not in self.closed:
            return f"order {entry.subject} was approved and never proposed"
        if self.four_eyes and entry.actor in self.closed[entry.subject]:
            return f"order {entry.subject} was approved by who asked for it, or entered it"
        return None

    def _plan(self, entry: AuditEntry) -> str | None:
        self.plans.add(entry.subject)
        if self.four_eyes and entry.actor in _names(details_of(entry)):
            return f"plan {entry.subject[:12]} was approved by who entered what it rests on"
        return None

    def _act(self, entry: AuditEntry) -> str | None:
        order = text_of(entry, "order")
        if (order is None and self.four_eyes) or (order is not None and order not in self.orders):
            return f"{entry.action} on {entry.subject}: no second person approved it before"
        return None


def _names(details: Mapping[str, object]) -> frozenset[str]:
    authors = details.get("authors")
    return frozenset(map(str, authors)) if isinstance(authors, list) else frozenset()
