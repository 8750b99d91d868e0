"""Status lists as the services see them: openings, places, decoys and every published version."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from issuer.domain.award import StatusPurpose
from issuer.ports.public import Published


@dataclass(frozen=True, slots=True)
class StatusListOpening:
    """A status list, from the moment at which it was opened; never changed or closed.

    Attributes:
        name: The last part of its address: ``1``, ``1-suspension``.
        numbering: Name of the list of withdrawals whose indexes it shares: its own, for such a list.
        purpose: What a set bit means.
        opened_at: When (aware).
    """

    name: str
    numbering: str
    purpose: StatusPurpose
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Decoy:
    """A place in a list that belongs to no award and never will.

    Attributes:
        index: Which.
        shown: Whether its bit is set now.
    """

    index: int
    shown: bool


class StatusRegistry(Protocol):
    """The part of a unit of work that keeps status lists."""

    def status_lists(self) -> Sequence[StatusListOpening]:
        """Give every list, in order of opening."""
        ...

    def open_status_list(self, opening: StatusListOpening) -> None:
        """Open a list; nothing is published by it."""
        ...

    def status_index_taken(self, numbering: str, index: int) -> bool:
        """Say whether an index belongs to an award or to a decoy."""
        ...

    def status_indexes(self, numbering: str) -> AbstractSet[int]:
        """Give every index that belongs to an award or to a decoy."""
        ...

    def count_awards_in(self, numbering: str) -> int:
        """Count the awards that have an index in a list, whatever their state."""
        ...

    def add_decoys(self, opening: StatusListOpening, indexes: Sequence[int], at: datetime) -> None:
        """Set bits that belong to no award and never will.

        Args:
            opening: The list in which they are set.
            indexes: Free indexes.
            at: When (aware).
        """
        ...

    def turn_decoys(self, opening: StatusListOpening, indexes: Sequence[int], at: datetime) -> None:
        """Clear decoys that are set, and set those that are cleared.

        Args:
            opening: Their list.
            indexes: Of decoys of this list.
            at: When (aware).
        """
        ...

    def decoys(self, opening: StatusListOpening) -> Sequence[Decoy]:
        """Give the decoys of a list; the one that was set or turned last comes last."""
        ...

    def set_bits(self, opening: StatusListOpening) -> Sequence[int]:
        """Give the indexes that are set: awards of which the list has to say something, and shown decoys."""
        ...

    def publish_status_list(self, name: str, published: Published) -> None:
        """Make a signed list the current one; earlier ones are kept."""
        ...

    def status_list(self, name: str, at: datetime | None = None) -> Published | None:
        """Give the signed list that was current at an instant (now, without one), or None.

        Args:
            name: The list.
            at: The instant (aware), or None.
        """
        ...
