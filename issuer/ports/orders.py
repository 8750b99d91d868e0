"""What one person asks and another decides: nothing is issued, withdrawn or erased otherwise."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class OrderKind(StrEnum):
    """What an order asks for."""

    ISSUE = "issue"
    """``{"certification", "session", "plan"}``: the awards of a plan."""
    REVOKE = "revoke"
    """``{"numbers", "reason"}``; so are the two below."""
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    REPLACE = "replace"
    """``{"numbers", "reason"}``, a reason of replacements."""
    ERASE = "erase"
    """``{"candidate"}``: the erasure of a person's data."""
    ACCOUNT = "account"
    """``{"account", "roles", …}``: an account is opened, changed or closed."""
    EQUIVALENCE = "equivalence"
    """``{"from", "to", "blocks", "basis", "reference"}``: blocks of an earlier fiche count for a later one;
    ``{"end", "subject"}``: an equivalence counts no longer."""
    RESIGN = "resign"
    """``{"numbers"}``: awards of a compromised key are signed again under the key that signs now."""
    CERTIFICATION = "certification"
    """``{"subject", "document", "origin"}``: a version of a fiche is taken in."""
    CORRECT = "correct"
    """``{"import"}``: a record that changes what awards rest on is taken in."""


class OrderState(StrEnum):
    """Where an order stands: its last event."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    TAKEN_BACK = "taken-back"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """Stopped before its end; it may be started again and makes nothing twice."""


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order as it is proposed; none of this ever changes.

    Attributes:
        id: ``O-`` and eight characters of the short codes' alphabet.
        kind: What it asks for.
        content: Its kind's values, JSON; no personal data but a candidate's identifier.
        proposed_at: When (aware).
        proposed_by: Whose account asks.
        authors: Accounts whose entry it rests on; none of them, nor who proposes, may approve it.
        note: Why, in the proposer's words; for the register alone.
    """

    id: str
    kind: OrderKind
    content: Mapping[str, object]
    proposed_at: datetime
    proposed_by: str
    authors: frozenset[str]
    note: str | None


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """One thing that happened to an order.

    Attributes:
        order: Its id.
        state: The state that begins.
        at: When (aware).
        by: Whose account.
        note: Why, or None.
        details: What came of it, JSON values, without personal data.
    """

    order: str
    state: OrderState
    at: datetime
    by: str
    note: str | None
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class OrderProgress:
    """How far an order is carried out; kept anew with every step.

    Attributes:
        order: Its id.
        done: Steps done.
        total: Steps in all.
        seen_at: When the process that carries it out last said so (aware).
    """

    order: str
    done: int
    total: int
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Order:
    """An order with its story.

    Attributes:
        asked: What was proposed.
        events: What happened since, oldest first; the first is the proposal.
        progress: How far it is, or None before it began.
    """

    asked: NewOrder
    events: Sequence[OrderEvent]
    progress: OrderProgress | None

    @property
    def id(self) -> str:
        """Its id."""
        return self.asked.id

    @property
    def kind(self) -> OrderKind:
        """What it asks for."""
        return self.asked.kind

    @property
    def state(self) -> OrderState:
        """Where it stands."""
        return self.events[-1].state

    @property
    def decision(self) -> OrderEvent | None:
        """The approval or the refusal, or None."""
        wanted = {OrderState.APPROVED, OrderState.REFUSED}
        return next((event for event in self.events if event.state in wanted), None)

    @property
    def approved_by(self) -> str | None:
        """Who approved it, or None."""
        decision = self.decision
        return decision.by if decision is not None and decision.state is OrderState.APPROVED else None


Advance = Callable[[int, int], None]
"""Called with the number of steps done and the number in all."""


class OrderRegistry(Protocol):
    """The part of a unit of work that keeps orders."""

    def add_order(self, order: NewOrder) -> None:
        """Keep a proposed order, with its first event."""
        ...

    def add_order_event(self, event: OrderEvent) -> None:
        """Append what happened to an order."""
        ...

    def keep_progress(self, progress: OrderProgress) -> None:
        """Keep how far an order is; the one before is written over."""
        ...

    def order(self, order_id: str) -> Order | None:
        """Give an order, or None."""
        ...

    def orders(self, state: OrderState | None = None) -> Sequence[Order]:
        """Give the orders in a state, or all of them, oldest first."""
        ...

    def record_authors(self, certification: str, candidates: Sequence[str]) -> frozenset[str]:
        """Give the accounts that handed in anything on these people, or a session of the certification."""
        ...
