"""What the pages of a graduate's space ask of the service, and what they get."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from credentials.report import Sentence
from issuer.domain.award import Award


class EntryState(StrEnum):
    """What a single-use link is worth."""

    GOOD = "good"
    USED = "used"
    ENDED = "ended"
    UNKNOWN = "unknown"
    """Never made, mistyped, or ended so long ago that nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Visit:
    """An open session: the person, and until when.

    Attributes:
        candidate_id: Whose space.
        secret: What the browser holds; kept by the service as a digest alone.
        opened_at: Since when (aware).
        ends_at: From when the space is closed (aware).
    """

    candidate_id: str
    secret: str
    opened_at: datetime
    ends_at: datetime


class SpaceForm(StrEnum):
    """A form in which a holder takes an award away, named as the address names it."""

    PDF = "pdf"
    PNG = "png"
    SVG = "svg"
    JSON = "json"
    JWT = "jwt"
    CLR = "clr"


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file that a holder takes away.

    Attributes:
        name: What it is called; no person's data.
        media_type: e.g. ``application/vc``.
        body: Its bytes.
    """

    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class OwnAward:
    """An award as its holder sees it.

    Attributes:
        award: The register's entry.
        name: The registered title, or the block's.
        reason: The public reason of its state, where there is one.
        link_open: Whether its permanent link is on.
        forms: In which forms it is handed out now; none unless it is in force.
        on_request: Forms that it could have, and that nobody has prepared.
    """

    award: Award
    name: str
    reason: Sentence | None
    link_open: bool
    forms: Sequence[SpaceForm]
    on_request: Sequence[SpaceForm]


@dataclass(frozen=True, slots=True)
class Welcome:
    """How the space greets.

    Attributes:
        name: The person's name as the register has it now.
        first_visit: Whether it is the first one after an award.
    """

    name: str
    first_visit: bool


class EntryDesk(Protocol):
    """How one gets in, stays and leaves."""

    def may_ask(self, whence: str) -> bool:
        """Count a request for a link, and say whether it is still allowed.

        Args:
            whence: A network address; remembered for minutes, as a keyed digest alone.
        """
        ...

    def may_enter(self, whence: str) -> bool:
        """Count a try to use a link, and say whether it is still allowed.

        Args:
            whence: A network address; remembered for minutes, as a keyed digest alone.
        """
        ...

    def ask_entry(self, mail: str) -> None:
        """Send a single-use link to an address, where it is the one of exactly one living person.

        Gives nothing back, and does nothing that the asker could see.

        Args:
            mail: The address, as typed.
        """
        ...

    def entry_state(self, secret: str) -> EntryState:
        """Say what a link is worth, without using it."""
        ...

    def enter(self, secret: str) -> Visit | EntryState:
        """Use a link up and open a session; or say why it opens none."""
        ...

    def visit(self, secret: str) -> Visit | None:
        """Give the session of a secret while it is open, or None."""
        ...

    def leave(self, secret: str) -> None:
        """End a session."""
        ...


class OwnAwardsDesk(Protocol):
    """What a person holds, takes away, and may know."""

    def welcome(self, candidate_id: str) -> Welcome:
        """Say how to greet a person."""
        ...

    def own_awards(self, candidate_id: str) -> Sequence[OwnAward]:
        """Give a person's awards, titles first; of a replaced one only what took its place."""
        ...

    def own_award(self, candidate_id: str, number: str) -> OwnAward | None:
        """Give one of a person's awards; None for anybody else's, as for one that there is not."""
        ...

    def download(self, candidate_id: str, number: str, form: SpaceForm) -> TakenFile | None:
        """Give an award in a form; None for what :attr:`OwnAward.forms` does not name."""
        ...

    def emblem(self, candidate_id: str, number: str) -> TakenFile | None:
        """Give the small drawing of an award in force, to show beside it; None for any other."""
        ...

    def everything(self, candidate_id: str) -> TakenFile | None:
        """Give all awards in force in all their forms as one ZIP file, or None where there is none."""
        ...

    def personal_data(self, candidate_id: str) -> Mapping[str, object]:
        """Give all that the register holds on a person as JSON values (``docs/space.md``)."""
        ...


class HolderDesk(EntryDesk, OwnAwardsDesk, Protocol):
    """All that the space's pages ask of the service; each call takes the present instant by itself."""
