"""The life of awards as the desk sees it: their story and what acts do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from issuer.domain.award import (
    Award,
    AwardState,
    DuplicateReason,
    ReplacementReason,
    WithdrawalReason,
)
from issuer.domain.staff import Role
from issuer.ports.explaining import Explained, Explanation
from issuer.ports.exporting import PreparedExport
from issuer.ports.notices import Doubt, Notice
from issuer.ports.orders import Order, OrderKind, OrderState
from issuer.ports.papers import Duplicate, KeptPaper
from issuer.ports.todo import ToDo

STATE_KINDS = frozenset({OrderKind.REVOKE, OrderKind.SUSPEND, OrderKind.REINSTATE})
"""Orders that begin a state of awards that exist."""

LIFECYCLE_KINDS = STATE_KINDS | {OrderKind.REPLACE}
"""Orders on awards that exist."""

DECIDERS: Mapping[OrderKind, Role] = {
    **dict.fromkeys(OrderKind, Role.APPROVAL),
    OrderKind.ACCOUNT: Role.ADMINISTRATION,
}
"""Whose word an order of each kind needs: another administrator's on accounts, else an approval."""

PAGE_SIZE = 50
"""Awards on a page of the desk's list."""


# The desk's list, and one award's story


@dataclass(frozen=True, slots=True)
class AwardFilter:
    """What the desk's list is narrowed to; None and empty stand for no wish.

    Attributes:
        number: A number, or the beginning of one.
        candidate: The student system's identifier.
        state: The state.
        session: The jury session.
        certification: The certification's code.
    """

    number: str = ""
    candidate: str = ""
    state: AwardState | None = None
    session: str = ""
    certification: str = ""


@dataclass(frozen=True, slots=True)
class AwardSheet:
    """One page of the list.

    Attributes:
        awards: At most :data:`PAGE_SIZE`, in order of their numbers.
        found: How many there are in all.
        page: Which page this is, from 1.
        pages: How many pages there are, at least 1.
    """

    awards: Sequence[Award]
    found: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class TrailLine:
    """A line of the audit log that speaks of an award."""

    sequence: int
    at: datetime
    actor: str
    action: str
    subject: str


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A line of a jury record on the award's person and component.

    Attributes:
        source: The file that it came in.
        line: Its line there.
        session: The session.
        on: The day of the decision, or None where none could be read.
        decision: The word.
        reference: Reference of the signed record.
    """

    source: str
    line: int
    session: str
    on: date | None
    decision: str
    reference: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """The approved plan that an award was issued under.

    Attributes:
        id: Its digest.
        approved_at: When (aware).
        approved_by: Who.
        authors: Whose entries it rests on, as the trail names them.
    """

    id: str
    approved_at: datetime
    approved_by: str
    authors: Sequence[str]


@dataclass(frozen=True, slots=True)
class AwardFile:
    """An award's whole story.

    Attributes:
        explained: What an employer sees, and the states.
        title: The registered title, or the block's.
        decisions: The lines of the record on this person and component.
        annulments: References of annulments of it, as taken in.
        plan: The plan, or None where the trail has lost it.
        issued_by: Who ran the issue, or None.
        exports: Signed forms that were prepared.
        papers: Files that were made.
        duplicates: Papers handed over again.
        notices: Mails about it.
        doubts: What strangers reported of it.
        siblings: The person's other awards of the certification.
        orders: Orders that name it.
        trail: The lines of the audit log on it.
    """

    explained: Explanation
    title: str
    decisions: Sequence[DecisionLine]
    annulments: Sequence[str]
    plan: PlanLine | None
    issued_by: str | None
    exports: Sequence[PreparedExport]
    papers: Sequence[KeptPaper]
    duplicates: Sequence[Duplicate]
    notices: Sequence[Notice]
    doubts: Sequence[Doubt]
    siblings: Sequence[Award]
    orders: Sequence[Order]
    trail: Sequence[TrailLine]


# Acts, tried out before they are asked for


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What an act would do to one number of a list.

    Attributes:
        number: As given.
        award: The register's entry, or None.
        code: Why nothing would happen, or None where it would.
        together: Numbers that would be replaced with it.
        standing_titles: Titles in force that rest on the block.
        on_list: Whether its document names a list that will say so.
        told: Whether its holder is written to.
    """

    number: str
    award: Award | None
    code: str | None = None
    together: Sequence[str] = ()
    standing_titles: Sequence[str] = ()
    on_list: bool = True
    told: bool = False


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A dry run; it changed nothing.

    Attributes:
        kind: The act.
        reason: Its reason.
        lines: Each number of the list once, in its order.
        digest: SHA-256 of what was shown: the order is proposed only while it still holds.
    """

    kind: OrderKind
    reason: str
    lines: Sequence[Rehearsed]
    digest: str

    @property
    def going(self) -> Sequence[Rehearsed]:
        """Those to which it would happen."""
        return [line for line in self.lines if line.code is None]

    @property
    def refused(self) -> Sequence[Rehearsed]:
        """Those that it would not touch."""
        return [line for line in self.lines if line.code is not None]


@dataclass(frozen=True, slots=True)
class Fallen:
    """An award in force whose decision an annulment struck: what follows is for a person.

    Attributes:
        award: The award.
        references: References of the acts.
        order: An order on it that waits or is under way, or None.
    """

    award: Award
    references: Sequence[str]
    order: str | None


class LifecycleRegistry(Protocol):
    """The part of a unit of work that looks awards up for the desk."""

    def matching_awards(self, wanted: AwardFilter) -> Sequence[tuple[str, str]]:
        """Give number and holder of the awards that a filter lets through, in order of their numbers."""
        ...

    def issued_under(self, number: str) -> str | None:
        """Give the id of the plan that an award was issued under, or None."""
        ...

    def addresses(self) -> Mapping[str, str]:
        """Give the address on file of everybody who has one, by the person's identifier."""
        ...


class LifecycleDesk(Protocol):
    """All that the desk asks on awards, orders and what is to do; each call takes the instant by itself."""

    @property
    def four_eyes(self) -> bool:
        """Whether what one person asks needs the word of another."""
        ...

    # Look up
    def search(self, wanted: AwardFilter, page: int) -> AwardSheet:
        """Give a page of the list."""
        ...

    def search_by_name(self, name: str, wanted: AwardFilter, page: int, *, actor: str) -> AwardSheet:
        """Give a page of the awards whose holder's name holds these words; the trail says so."""
        ...

    def matching(self, wanted: AwardFilter) -> Sequence[str]:
        """Give the numbers of all awards that a filter lets through."""
        ...

    def sessions(self) -> Sequence[str]:
        """Give the ids of all jury sessions, newest first."""
        ...

    def certifications(self) -> Sequence[str]:
        """Give the codes of all certifications."""
        ...

    def award_file(self, number: str) -> AwardFile:
        """Give an award's whole story."""
        ...

    def explain(self, reference: str) -> Explained:
        """Say what an employer sees behind a link, a number or a short code."""
        ...

    # Acts
    def rehearse(self, kind: OrderKind, numbers: Sequence[str], reason: str) -> Rehearsal:
        """Say what an act would do to each number; changes nothing."""
        ...

    def propose(
        self, kind: OrderKind, numbers: Sequence[str], reason: str, *, seen: str, note: str | None, actor: str
    ) -> Order:
        """Propose an act on the awards of a dry run that still holds."""
        ...

    def duplicate(self, number: str, reason: DuplicateReason, *, actor: str) -> Duplicate:
        """Give an award's paper a further number."""
        ...

    def switch_link(self, number: str, *, opened: bool, actor: str) -> bool:
        """Switch an award's permanent link off or on; False where it was so already."""
        ...

    def fallen(self) -> Sequence[Fallen]:
        """Give the awards in force whose decision was annulled."""
        ...

    # Orders
    def orders(self, state: OrderState | None = None) -> Sequence[Order]:
        """Give the orders in a state, or all of them, newest first."""
        ...

    def order(self, order_id: str) -> Order:
        """Give an order."""
        ...

    def closed_to(self, order: Order) -> frozenset[str]:
        """Give the accounts that may not approve an order."""
        ...

    def consequences(self, order: Order) -> Rehearsal | None:
        """Say what an order on awards would do now, or None for one of another kind."""
        ...

    def approve_order(self, order_id: str, *, actor: str) -> Order:
        """Give the second person's word."""
        ...

    def refuse_order(self, order_id: str, *, actor: str, note: str) -> Order:
        """Refuse an order."""
        ...

    def take_back(self, order_id: str, *, actor: str) -> Order:
        """Take back one's own order."""
        ...

    # What is to do
    def to_do(self) -> Sequence[ToDo]:
        """Give what is to do, most urgent first."""
        ...


REASONS: Mapping[OrderKind, Sequence[str]] = {
    **{kind: tuple(reason.value for reason in WithdrawalReason) for kind in STATE_KINDS},
    OrderKind.REPLACE: tuple(reason.value for reason in ReplacementReason),
}
"""The closed list of reasons of each act."""
