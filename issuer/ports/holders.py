"""What the register knows of a graduate's own space: entry, sessions, links, shares and choices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from issuer.domain.award import Award


@dataclass(frozen=True, slots=True)
class HolderAddress:
    """An address on file: where a person's mail goes, the only way into their space.

    Attributes:
        candidate_id: Whose.
        mail: The address as handed in, or None where it was taken away.
        source: ``record`` for the student system's list, ``registry`` for a registrar's act.
        at: Since when (aware).
        by: Who: an operator's account name.
    """

    candidate_id: str
    mail: str | None
    source: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class LinkSwitch:
    """An award's permanent link was switched off or on.

    Attributes:
        number: The award's number.
        opened: Whether it is on from then.
        at: When (aware).
        by: ``holder``, or an operator's account name.
    """

    number: str
    opened: bool
    at: datetime
    by: str


class ShareState(StrEnum):
    """Whether a share shows anything."""

    OPEN = "open"
    ENDED = "ended"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Share:
    """A link of its own on chosen awards, which the holder ends at will.

    Attributes:
        id: ``urn:uuid``.
        token: The bearer part of its link: at least 128 random bits, base64url.
        candidate_id: Whose.
        label: What the holder calls it; nobody else sees it.
        numbers: Numbers of the awards that it shows, in order.
        created_at: When (aware).
        until: Its end (aware), or None for none.
        closed_at: When the holder closed it, or None.
        views: How often it was opened; nothing is kept of who did.
    """

    id: str
    token: str
    candidate_id: str
    label: str
    numbers: Sequence[str]
    created_at: datetime
    until: datetime | None = None
    closed_at: datetime | None = None
    views: int = 0

    def state(self, at: datetime) -> ShareState:
        """Say whether it shows anything at an instant (aware)."""
        if self.closed_at is not None:
            return ShareState.CLOSED
        return ShareState.ENDED if self.until is not None and self.until <= at else ShareState.OPEN


@dataclass(frozen=True, slots=True)
class Entry:
    """A single-use way into a person's space, or the session that it opened.

    Attributes:
        secret_sha256: Hex digest of the secret that the person holds; the secret itself is kept nowhere.
        candidate_id: Whose space.
        created_at: When (aware).
        ends_at: Until when it is good (aware).
        used_at: When the link was used, or the session left; None before.
    """

    secret_sha256: str
    candidate_id: str
    created_at: datetime
    ends_at: datetime
    used_at: datetime | None = None

    def is_good(self, at: datetime) -> bool:
        """Say whether it still opens the space at an instant (aware)."""
        return self.used_at is None and self.created_at <= at < self.ends_at


class Choice(StrEnum):
    """What a holder may choose for an award; each is off until chosen."""

    NAME_ON_CARD = "name-on-card"
    """The picture that messengers show of the link bears the name."""
    TELL_FIRST_OPENING = "tell-first-opening"
    """A mail when the link is opened for the first time."""


class HolderRegistry(Protocol):
    """The part of a unit of work that serves the graduates' space."""

    # Addresses
    def address(self, candidate_id: str) -> HolderAddress | None:
        """Give the address on file now, or None where there is none."""
        ...

    def keep_address(self, address: HolderAddress) -> None:
        """Make an address the one on file."""
        ...

    def persons_at(self, mail: str) -> Sequence[str]:
        """Give the ids of all persons whose address on file is this one, whatever its case."""
        ...

    def awards_of_person(self, candidate_id: str) -> Sequence[Award]:
        """Give all of a person's awards, in every state, in order of their numbers."""
        ...

    # Links
    def link_is_open(self, number: str) -> bool:
        """Say whether an award's permanent link is on; it is until it is switched off."""
        ...

    def link_switches(self, number: str) -> Sequence[LinkSwitch]:
        """Give the story of an award's link, oldest first."""
        ...

    def switch_link(self, switch: LinkSwitch) -> None:
        """Switch an award's permanent link off or on."""
        ...

    # Shares
    def keep_share(self, share: Share) -> None:
        """Keep a new share."""
        ...

    def share_by_token(self, token: str) -> Share | None:
        """Give a share by the token of its link, or None."""
        ...

    def shares_of(self, candidate_id: str) -> Sequence[Share]:
        """Give a person's shares, newest first."""
        ...

    def close_share(self, share_id: str, at: datetime) -> None:
        """Close a share at once and for good."""
        ...

    def count_view(self, share_id: str) -> None:
        """Count that a share was opened."""
        ...

    # Entry and sessions
    def keep_entry(self, entry: Entry) -> None:
        """Keep a single-use entry."""
        ...

    def entry(self, secret_sha256: str) -> Entry | None:
        """Give a single-use entry, or None."""
        ...

    def use_entry(self, secret_sha256: str, at: datetime) -> None:
        """Note that an entry was used: it is good no more."""
        ...

    def entries_since(self, candidate_id: str, at: datetime) -> int:
        """Count the entries made for a person since an instant (aware)."""
        ...

    def entries_of(self, candidate_id: str) -> Sequence[Entry]:
        """Give the entries made for a person that are still kept, oldest first."""
        ...

    def keep_session(self, session: Entry) -> None:
        """Keep a session."""
        ...

    def session(self, secret_sha256: str) -> Entry | None:
        """Give a session, or None."""
        ...

    def sessions_of(self, candidate_id: str) -> Sequence[Entry]:
        """Give a person's sessions that are still kept, oldest first."""
        ...

    def end_session(self, secret_sha256: str, at: datetime) -> None:
        """End a session."""
        ...

    def end_entries(self, candidate_id: str, at: datetime) -> None:
        """End every link and every session of a person, as their address changes."""
        ...

    def forget_entries(self, before: datetime) -> None:
        """Remove entries and sessions that ended before an instant (aware)."""
        ...

    # Choices
    def choices(self, number: str) -> Mapping[Choice, bool]:
        """Give what was chosen for an award; what was not is off."""
        ...

    def choose(self, number: str, choice: Choice, *, wanted: bool) -> None:
        """Keep a choice."""
        ...

    def first_opening(self, number: str) -> datetime | None:
        """Give when an award's link was noted as opened for the first time, or None."""
        ...

    def note_first_opening(self, number: str, at: datetime) -> bool:
        """Note that an award's link was opened; True the first time, whatever is asked after."""
        ...
