"""Status lists: which index an award takes, when a list opens, is signed again, and what hides in it.

A list shows neither how many awards there are nor how many were withdrawn or suspended: indexes are random,
and among the set bits are decoys, which belong to no award and never will (:mod:`issuer.services.decoys`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from issuer.domain.award import AwardState, StatusPurpose
from issuer.ports import Registry, StatusListOpening
from issuer.services.decoys import Change, free_index, open_with_decoys, stir_decoys
from issuer.services.office import Office, suspension_list
from issuer.services.publishing import publish_status_list
from issuer.services.securing import InstitutionSigner

RENEW_BEFORE = timedelta(days=15)
"""A list with less than this left is signed again: half its life, so that two weeks' absence is no harm."""

WARN_BEFORE = timedelta(days=7)
"""A list with less than this left is a warning: a renewal that should have run has not."""

_TOLD_BY = {
    AwardState.REVOKED: StatusPurpose.REVOCATION,
    AwardState.REPLACED: StatusPurpose.REVOCATION,
    AwardState.SUSPENDED: StatusPurpose.SUSPENSION,
}
"""Which list says that an award is in a state."""


@dataclass(frozen=True, slots=True)
class ListState:
    """A status list as it is published now.

    Attributes:
        name: The last part of its address.
        url: Its address.
        purpose: What a set bit means.
        published_at: When it was signed last (aware).
        valid_until: Its end, or None for a list of version 0.1.0 that was not signed again yet.
        ended: Whether its end has come: other software then answers "could not be checked".
        due: Whether it is to be signed again.
        ending: Whether it is to be signed again and that should have been done by now.
    """

    name: str
    url: str
    purpose: StatusPurpose
    published_at: datetime
    valid_until: datetime | None
    ended: bool
    due: bool
    ending: bool


def allocate(
    office: Office, registry: Registry, signer: InstitutionSigner, at: datetime, *, actor: str
) -> tuple[str, int]:
    """Take a random free index for a new award, in a list that has room; one is opened where none has.

    Runs in the unit of work that stores the award: the register's write lock keeps two processes from
    opening a list twice or taking one index both.

    Args:
        office: The service.
        registry: The open unit of work.
        signer: The institution's open keys, for a list that opens.
        at: When (aware).
        actor: Who.

    Returns:
        The name of the list of withdrawals, and the index, which holds in the list of suspensions too.

    Spec: Bitstring Status List v1.0, section 2.1 (statusListIndex).
    """
    numbering = ensure_open(office, registry, signer, at, actor=actor)
    return numbering, free_index(office, lambda index: registry.status_index_taken(numbering, index))


def ensure_open(
    office: Office, registry: Registry, signer: InstitutionSigner, at: datetime, *, actor: str
) -> str:
    """Open and publish whatever list a new award needs and that there is not yet.

    Args:
        office: The service.
        registry: The open unit of work.
        signer: The institution's open keys.
        at: When (aware).
        actor: Who.

    Returns:
        The name of the list of withdrawals in which there is room.
    """
    opened = registry.status_lists()
    count = sum(opening.purpose is StatusPurpose.REVOCATION for opening in opened)
    full = count == 0 or registry.count_awards_in(str(count)) >= office.list_room
    numbering = str(count + 1 if full else count)
    for purpose in office.status_purposes:
        name = numbering if purpose is StatusPurpose.REVOCATION else suspension_list(numbering)
        if name not in {opening.name for opening in opened}:
            opening = StatusListOpening(name, numbering, purpose, at)
            registry.open_status_list(opening)
            _publish(office, registry, signer, at, opening, actor=actor)
    return numbering


def publish_change(
    office: Office,
    registry: Registry,
    signer: InstitutionSigner,
    at: datetime,
    *,
    numbering: str,
    before: AwardState,
    after: AwardState,
    actor: str,
) -> None:
    """Publish what changed in the register, and every other list that is due, in the same unit of work.

    Args:
        office: The service.
        registry: The open unit of work.
        signer: The institution's open keys.
        at: When (aware).
        numbering: The list of withdrawals that holds the award.
        before: The award's state until now.
        after: Its state in the register now.
        actor: Who.
    """
    for opening in registry.status_lists():
        change = _change(opening, before, after) if opening.numbering == numbering else Change.NONE
        if change or _state(office, registry, opening, at).due:
            _publish(office, registry, signer, at, opening, actor=actor, change=change)


def _change(opening: StatusListOpening, before: AwardState, after: AwardState) -> Change:
    told = [_TOLD_BY.get(state) is opening.purpose for state in (before, after)]
    if told[0] == told[1]:
        return Change.NONE
    return Change.SET if told[1] else Change.CLEARED


def renew(office: Office, *, actor: str, everything: bool = False) -> Sequence[str]:
    """Sign again the lists that are due; where none is, the key stays closed and nothing is written.

    Args:
        office: The service.
        actor: Who.
        everything: Sign every list again, due or not.

    Returns:
        Names of the lists that were signed.
    """
    if not any(everything or state.due for state in list_states(office)):
        return []
    signer = office.open_signer()
    with office.store.writing() as registry:
        # Asked again under the write lock: another process may have done it meanwhile.
        return renew_due(office, registry, signer, office.clock.now(), actor=actor, everything=everything)


def renew_due(
    office: Office,
    registry: Registry,
    signer: InstitutionSigner,
    at: datetime,
    *,
    actor: str,
    everything: bool = False,
) -> Sequence[str]:
    """Sign again the lists that are due, in an open unit of work; see :func:`renew`."""
    due = [
        opening
        for opening in registry.status_lists()
        if everything or _state(office, registry, opening, at).due
    ]
    for opening in due:
        _publish(office, registry, signer, at, opening, actor=actor)
    return [opening.name for opening in due]


def list_states(office: Office) -> Sequence[ListState]:
    """Give every list as it is published now, in order of opening."""
    now = office.clock.now()
    with office.store.reading() as registry:
        return [_state(office, registry, opening, now) for opening in registry.status_lists()]


def _state(office: Office, registry: Registry, opening: StatusListOpening, now: datetime) -> ListState:
    published = registry.status_list(opening.name)
    # A list is opened and published in one unit of work: one without a publication was put in by hand.
    end = opening.opened_at if published is None else published.valid_until
    return ListState(
        name=opening.name,
        url=office.status_list_url(opening.name),
        purpose=opening.purpose,
        published_at=opening.opened_at if published is None else published.published_at,
        valid_until=end,
        ended=end is not None and end <= now,
        due=end is None or end - now < RENEW_BEFORE,
        ending=end is None or end - now < WARN_BEFORE,
    )


def _publish(
    office: Office,
    registry: Registry,
    signer: InstitutionSigner,
    at: datetime,
    opening: StatusListOpening,
    *,
    actor: str,
    change: Change = Change.NONE,
) -> None:
    """Set or clear decoys, then sign."""
    if registry.status_list(opening.name) is None:
        open_with_decoys(office, registry, opening, at)
    else:
        stir_decoys(office, registry, opening, at, change)
    publish_status_list(office, registry, signer, at, opening, actor=actor)
