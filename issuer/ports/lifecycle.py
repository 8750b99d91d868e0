"""The life of awards as the desk sees it: their story, what an employer gets, what acts do, what is to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from issuer.domain.award import (
    Award,
    AwardState,
    DuplicateReason,
    ReplacementReason,
    StatusPurpose,
    WithdrawalReason,
)
from issuer.domain.staff import Role
from issuer.ports.exporting import PreparedExport
from issuer.ports.holders import LinkSwitch, ShareState
from issuer.ports.notices import Doubt, Notice
from issuer.ports.orders import Order, OrderKind, OrderState
from issuer.ports.papers import Duplicate, KeptPaper, Replacement
from issuer.ports.public import AwardPage, ClosedLink

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


# What an employer gets


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A state that began, with who asked and who decided.

    Attributes:
        at: When (aware).
        state: The state.
        reason: The reason from the closed list, or None.
        note: Free text that stays inside, or None.
        by: Whose account.
        order: The order that it carried out, or None.
        approved_by: Who approved that order, or None.
    """

    at: datetime
    state: AwardState
    reason: WithdrawalReason | None
    note: str | None
    by: str
    order: str | None
    approved_by: str | None


@dataclass(frozen=True, slots=True)
class ShareLine:
    """A share that shows an award; what its holder calls it is nobody else's business.

    Attributes:
        created_at: When (aware).
        until: Its end (aware), or None.
        state: Whether it shows anything now.
        views: How often it was opened.
        numbers: The awards that it shows.
    """

    created_at: datetime
    until: datetime | None
    state: ShareState
    views: int
    numbers: Sequence[str]


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key that signed an award, and where it stands.

    Attributes:
        id: Its verification method.
        state: As the ledger has it, or None for a key that the ledger lacks.
        created_at: When it was made, as the ledger writes it, or None.
        changed_at: Since when the state is, or None.
    """

    id: str
    state: str | None
    created_at: str | None
    changed_at: str | None


@dataclass(frozen=True, slots=True)
class ListLine:
    """A status list that speaks of an award, as it is published now.

    Attributes:
        name: The last part of its address.
        url: Its address.
        purpose: What a set bit means.
        index: The award's bit.
        bit: Whether it is set, or None where the list cannot be read.
        named: Whether the signed document names this list: other software reads no other.
        published_at: When it was signed (aware), or None where there is none.
        valid_until: Until when it may be relied on (aware), or None.
    """

    name: str
    url: str
    purpose: StatusPurpose
    index: int
    bit: bool | None
    named: bool
    published_at: datetime | None
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Exactly what an employer sees of an award at this moment, and why.

    Attributes:
        award: The register's entry.
        page: What the verification page shows where it is open.
        closed: Why the permanent link opens nothing, or None.
        page_status: The HTTP status of the permanent link's page.
        document_status: The HTTP status of the document behind it.
        short_code: The printed code, or None.
        history: Its states, oldest first.
        switches: The permanent link's switch, oldest first.
        shares: The shares that show it.
        replaced_by: What took its place, or None; never shown outside.
        replaces: What it took the place of, or None; never shown outside.
        keys: The keys that signed it.
        lists: The status lists that speak of it.
    """

    award: Award
    page: AwardPage
    closed: ClosedLink | None
    page_status: int
    document_status: int
    short_code: str | None
    history: Sequence[HistoryLine]
    switches: Sequence[LinkSwitch]
    shares: Sequence[ShareLine]
    replaced_by: Replacement | None
    replaces: Replacement | None
    keys: Sequence[KeyLine]
    lists: Sequence[ListLine]


class Reference(StrEnum):
    """How something was named by who asks."""

    NUMBER = "number"
    LINK = "link"
    CODE = "code"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Explained:
    """The answer on a link, a number or a short code.

    Attributes:
        reference: How the awards were named.
        status: The HTTP status that an employer gets: of the share, of the permanent link.
        share: The share, where the link was one.
        awards: What it leads to: one award, or those of a share.
    """

    reference: Reference
    status: int
    share: ShareLine | None
    awards: Sequence[Explanation]


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


# What is to do


class Urgency(StrEnum):
    """How soon something is to be done, most urgent first."""

    NOW = "now"
    """Somebody outside is misled, or something stands still."""
    SOON = "soon"
    LATER = "later"


class ToDoKind(StrEnum):
    """The questions that the list asks of the register."""

    LISTS_ENDED = "lists-ended"
    WATCH_RED = "watch-red"
    ORDERS_STUCK = "orders-stuck"
    ANNULLED_STANDING = "annulled-standing"
    TITLE_WITHOUT_BLOCK = "title-without-block"
    ORDERS_WAITING = "orders-waiting"
    LISTS_ENDING = "lists-ending"
    ROOTS_UNPUBLISHED = "roots-unpublished"
    CPF_LATE = "cpf-late"
    CPF_WITHDRAWN = "cpf-withdrawn"
    DOUBTS_OPEN = "doubts-open"
    BLOCKS_WITHOUT_TITLE = "blocks-without-title"
    NOTICES_BOUNCED = "notices-bounced"
    SUSPENSIONS_LONG = "suspensions-long"
    ERASURES_DUE = "erasures-due"
    CPF_DUE = "cpf-due"
    DRAFTS_LEFT = "drafts-left"
    NO_ADDRESS = "no-address"
    LEGAL_DATA = "legal-data"
    KEYS_OLD = "keys-old"
    REGISTRATIONS_ENDING = "registrations-ending"


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do.

    Attributes:
        kind: The question that found it.
        urgency: How soon.
        count: How many there are.
        subjects: What it is about: numbers, candidates' identifiers, codes; the first of many.
        since: From when the oldest waits, or when an end comes; None where neither is known.
    """

    kind: ToDoKind
    urgency: Urgency
    count: int
    subjects: Sequence[str] = ()
    since: datetime | date | None = None


MOST_SUBJECTS = 20
"""Subjects that one line of the list names."""


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
