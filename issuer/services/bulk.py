"""Acts on awards from a list: tried out number by number, then proposed as one order for another person.

What is proposed is what was shown: the dry run is made again, and where it differs nothing happens.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from issuer.domain.award import LIVE, Award, AwardKind, AwardState, ReplacementReason
from issuer.domain.canonical_json import digest_of
from issuer.errors import ConflictError, RefusedError, ServiceError
from issuer.ports import Registry
from issuer.ports.lifecycle import LIFECYCLE_KINDS, REASONS, Rehearsal, Rehearsed
from issuer.ports.orders import Order, OrderKind
from issuer.services.notices import address_of
from issuer.services.office import Office
from issuer.services.orders import propose
from issuer.services.replacing import weigh_replacement, weighed_digest
from issuer.services.withdrawing import tells_of_suspension

MOST_NUMBERS: Final = 2_000
"""Awards of one order."""

_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])[0-9]{4}-[0-9]{6,9}(?![0-9])", re.ASCII)

_BEGINS: Final = {
    OrderKind.REVOKE: AwardState.REVOKED,
    OrderKind.SUSPEND: AwardState.SUSPENDED,
    OrderKind.REINSTATE: AwardState.VALID,
}
"""The state that each act begins."""


def numbers_in(text: str) -> Sequence[str]:
    """Read the numbers of awards out of a pasted list or a table, whatever stands between them.

    Args:
        text: What somebody pasted, or a CSV file's text.

    Returns:
        Each number once, in the order in which it stands there first.

    Raises:
        RefusedError: ``bulk.no_number`` or ``bulk.too_many``.
    """
    found = list(dict.fromkeys(_NUMBER.findall(text)))
    if not found:
        raise RefusedError(
            "bulk.no_number",
            "there is no award's number in it",
            where="numbers",
            remedy="write each number as documents bear it, such as 2026-000017",
        )
    if len(found) > MOST_NUMBERS:
        raise RefusedError(
            "bulk.too_many",
            f"it holds {len(found)} numbers, and one order takes {MOST_NUMBERS}",
            where="numbers",
            remedy="make several lists of it",
        )
    return found


def rehearse(office: Office, kind: OrderKind, numbers: Sequence[str], reason: str) -> Rehearsal:
    """Say what an act would do to each number of a list; changes nothing.

    Args:
        office: The service.
        kind: The act.
        numbers: The awards' numbers; one that stands there twice counts once.
        reason: From the closed list of the act.

    Raises:
        RefusedError: ``order.reason`` where the reason is none of this act, ``order.kind`` for another kind.
    """
    require_reason(kind, reason)
    with office.store.reading() as registry:
        lines = [_rehearsed(office, registry, kind, number, reason) for number in dict.fromkeys(numbers)]
    listed = {line.number for line in lines if line.code is None}
    lines = [
        replace(line, standing_titles=[title for title in line.standing_titles if title not in listed])
        for line in lines
    ]
    if kind is OrderKind.SUSPEND:
        lines = [
            replace(line, on_list=tells_of_suspension(office, line.number)) if line.code is None else line
            for line in lines
        ]
    shown = [[line.number, line.code, list(line.together)] for line in lines]
    digest = digest_of({"kind": kind.value, "reason": reason, "lines": shown})
    return Rehearsal(kind, reason, lines, digest)


def propose_act(
    office: Office,
    kind: OrderKind,
    numbers: Sequence[str],
    reason: str,
    *,
    actor: str,
    note: str | None = None,
    seen: str | None = None,
) -> Order:
    """Propose an act on awards; those that it would not touch are left out.

    Args:
        office: The service.
        kind: The act.
        numbers: The awards' numbers.
        reason: From the closed list of the act.
        actor: Whose account asks.
        note: Free text that stays inside, or None.
        seen: The digest of the dry run that the person saw; None for one number whose refusal is an error.

    Returns:
        The order, which waits for another person's word.

    Raises:
        ConflictError: ``bulk.changed`` when the dry run says another thing by now; ``bulk.nothing`` when
            nothing would happen, with the first number's own reason.
        RefusedError: ``order.reason``.
    """
    rehearsal = rehearse(office, kind, numbers, reason)
    if seen is not None and seen != rehearsal.digest:
        raise ConflictError(
            "bulk.changed",
            "the awards of the list have changed since the dry run; nothing was asked",
            where="numbers",
            remedy="look at the dry run again",
        )
    going = [line.number for line in rehearsal.going]
    if not going:
        first = rehearsal.lines[0]
        raise ConflictError(
            first.code or "bulk.nothing",
            "this would change nothing; nothing was asked",
            where=first.number,
            remedy=f"see why with: parchemin explain {first.number}",
        )
    content: dict[str, object] = {"numbers": going, "reason": reason}
    authors = frozenset[str]()
    if kind is OrderKind.REPLACE:
        authors = _authors(office, rehearsal.going)
        with office.store.reading() as registry:
            content["said"] = {
                number: weighed_digest(office, registry, number, ReplacementReason(reason))
                for number in going
            }
    return propose(office, kind, content, actor=actor, note=note, authors=authors)


def require_reason(kind: OrderKind, reason: str) -> None:
    """Refuse a reason that is not of the closed list of an act.

    Raises:
        RefusedError: ``order.kind`` or ``order.reason``.
    """
    if kind not in LIFECYCLE_KINDS:
        raise RefusedError(
            "order.kind", "this is no act on awards", where="kind", remedy="choose one of the acts offered"
        )
    if reason not in REASONS[kind]:
        raise RefusedError(
            "order.reason",
            "the reason is not of the closed list of this act",
            where="reason",
            remedy="known: " + ", ".join(REASONS[kind]),
        )


def _authors(office: Office, lines: Sequence[Rehearsed]) -> frozenset[str]:
    """Give whose entries new documents would rest on: none of them may approve these."""
    persons: dict[str, set[str]] = {}
    for award in (line.award for line in lines):
        if award is not None:
            persons.setdefault(award.certification, set()).add(award.candidate_id)
    with office.store.reading() as registry:
        found = [registry.record_authors(code, sorted(those)) for code, those in persons.items()]
    return frozenset().union(*found)


def _rehearsed(office: Office, registry: Registry, kind: OrderKind, number: str, reason: str) -> Rehearsed:
    award = registry.award(number)
    code = _obstacle(award, kind)
    together: Sequence[str] = ()
    if award is not None and code is None and kind is OrderKind.REPLACE:
        try:
            olds = weigh_replacement(office, registry, number, ReplacementReason(reason))
        except ServiceError as error:
            code = error.code
        else:
            together = [old.number for old in olds if old.number != number]
    if award is None or code is not None:
        return Rehearsed(number, award, code)
    return Rehearsed(
        number,
        award,
        together=together,
        standing_titles=_standing(registry, award) if kind in {OrderKind.REVOKE, OrderKind.SUSPEND} else (),
        told=address_of(office, registry, award.candidate_id) is not None,
    )


def _obstacle(award: Award | None, kind: OrderKind) -> str | None:
    """Give the code with which the act itself would refuse."""
    if award is None:
        return "award.unknown"
    if award.state not in LIVE:
        return "award.gone"
    if award.state is _BEGINS.get(kind):
        return "award.suspended" if award.state is AwardState.SUSPENDED else "award.in_force"
    return None


def _standing(registry: Registry, award: Award) -> Sequence[str]:
    if award.kind is AwardKind.TITLE:
        return ()
    others = registry.awards_of(award.candidate_id, award.certification)
    return [other.number for other in others if other.kind is AwardKind.TITLE and other.state in LIVE]
