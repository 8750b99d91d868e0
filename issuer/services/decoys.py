"""Decoys: bits of a status list that belong to no award, so that its bits and their changes count no awards.

A withdrawal is for good, and so are the decoys of a list of withdrawals: each publication adds a random few.
A suspension ends, so the decoys of a list of suspensions come and go as suspensions do: how many bits one
publication sets and how many it clears is drawn first, and a real change is one of them.
See ``docs/adr/0012-status-lists-renewed-and-several.md``.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import IntEnum

from credentials.status.bitstring import MINIMUM_LENGTH
from issuer.domain.award import StatusPurpose
from issuer.ports import Registry, StatusListOpening
from issuer.services.office import Office

FEWEST_DECOYS = 64
"""Set bits in a list that has nothing to say yet, at least; the other limit is three times as many."""

MOST_DECOYS = 3 * FEWEST_DECOYS

FURTHER_DECOYS = 3
"""Decoys that one later publication adds at most to a list of withdrawals."""

MOST_TURNED = 4
"""Bits that one later publication of a list of suspensions sets at most, and clears; at least one each."""

_YOUNG = 8
"""Decoys that turned last; half of those that are cleared are of these: many suspensions are short, too."""

_AGAIN_ONE_IN = 4
"""Of so many decoys that are set, one was set before: an award may be suspended twice, too."""


class Change(IntEnum):
    """What a publication has to say anew of one award."""

    NONE = 0
    SET = 1
    CLEARED = 2


def open_with_decoys(office: Office, registry: Registry, opening: StatusListOpening, at: datetime) -> None:
    """Set enough decoys to hide in, before a list is published for the first time.

    Args:
        office: The service.
        registry: The open unit of work.
        opening: The list.
        at: When (aware).
    """
    count = FEWEST_DECOYS + office.ids.below(MOST_DECOYS - FEWEST_DECOYS + 1)
    registry.add_decoys(opening, _free_ones(office, registry, opening.numbering, count), at)


def stir_decoys(
    office: Office, registry: Registry, opening: StatusListOpening, at: datetime, change: Change
) -> None:
    """Change decoys before a list is published again.

    Args:
        office: The service.
        registry: The open unit of work; an award's change is in it already.
        opening: The list.
        at: When (aware).
        change: What the list has to say anew of an award.
    """
    if opening.purpose is StatusPurpose.REVOCATION:
        count = office.ids.below(FURTHER_DECOYS + 1)
        registry.add_decoys(opening, _free_ones(office, registry, opening.numbering, count), at)
        return
    decoys = registry.decoys(opening)
    shown = [decoy.index for decoy in decoys if decoy.shown]
    hidden = [decoy.index for decoy in decoys if not decoy.shown]
    count = len(registry.set_bits(opening))
    # What the numbers rest on is on show as well, so that they tell nothing: how many bits are set in all.
    before = count - (change is Change.SET) + (change is Change.CLEARED)
    begun = _turned(office) + (before < FEWEST_DECOYS) - (change is Change.SET)
    ended = _turned(office) + (before > MOST_DECOYS) - (change is Change.CLEARED)
    again = sum(office.ids.below(_AGAIN_ONE_IN) == 0 for _decoy in range(begun))
    turned = [*_some(office, shown, ended), *_some(office, hidden, again)]
    fresh = begun - min(again, len(hidden))
    registry.turn_decoys(opening, turned, at)
    registry.add_decoys(opening, _free_ones(office, registry, opening.numbering, fresh), at)


def free_index(office: Office, is_taken: Callable[[int], bool]) -> int:
    """Pick a random free index; a list closes when half of it is taken, so two tries do on average.

    Args:
        office: The service.
        is_taken: Says whether an index belongs to an award or to a decoy.
    """
    index = office.ids.below(MINIMUM_LENGTH)
    while is_taken(index):
        index = office.ids.below(MINIMUM_LENGTH)
    return index


def _turned(office: Office) -> int:
    return 1 + office.ids.below(MOST_TURNED)


def _some(office: Office, decoys: Sequence[int], count: int) -> Sequence[int]:
    """Pick decoys, those that turned last more often; all of them where there are not so many."""
    left, picked = list(decoys), []
    for _decoy in range(min(count, len(left))):
        among = min(_YOUNG, len(left)) if office.ids.below(2) else len(left)
        picked.append(left.pop(len(left) - 1 - office.ids.below(among)))
    return picked


def _free_ones(office: Office, registry: Registry, numbering: str, count: int) -> Sequence[int]:
    taken = set(registry.status_indexes(numbering)) if count else set()
    found: list[int] = []
    for _decoy in range(count):
        found.append(free_index(office, taken.__contains__))
        taken.add(found[-1])
    return found
