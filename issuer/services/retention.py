"""Remove what has served: each kind of data after its period, counted in the audit log, never named.

The periods are in the institution's file; ``docs/retention.md`` argues the defaults.

Spec: GDPR, article 5(1)(e).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from issuer.ports import Registry
from issuer.ports.legal import RetainedKind
from issuer.services import audit
from issuer.services.accrochage import Standing, standings
from issuer.services.office import Office

_ANSWER_DAYS = 1
"""A program asks again within minutes; what it was answered quotes the rows that it sent."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What was removed of one kind, or would be.

    Attributes:
        kind: Of what.
        days: The period in force.
        count: How many rows.
    """

    kind: RetainedKind
    days: int
    count: int


def purge(office: Office, *, actor: str, check: bool = False) -> Sequence[Purged]:
    """Remove what is older than its period.

    Args:
        office: The service.
        actor: Who, or which process.
        check: Count only; write nothing.

    Returns:
        Each kind with its period and its count; nothing is written, not even a line of the trail, where all
        of them are nought.
    """
    days = _days(office)
    served = _served(office)
    with office.store.reading() as registry:
        found = [Purged(kind, days[kind], _counted(office, registry, kind, served)) for kind in RetainedKind]
    if check or not any(each.count for each in found):
        return found
    with office.store.writing() as registry:
        now = office.clock.now()
        done = [Purged(kind, days[kind], _removed(office, registry, kind, served)) for kind in RetainedKind]
        counts = {each.kind.value: each.count for each in done if each.count}
        audit.record(registry, now, actor, "retention.purged", "register", {"counts": counts})
    return done


def _days(office: Office) -> Mapping[RetainedKind, int]:
    periods = office.institution.retention
    return {
        RetainedKind.NOTICES: periods.notices,
        RetainedKind.CIVIL_DATA: periods.civil_data,
        RetainedKind.SESSIONS: periods.sessions,
        RetainedKind.DOUBTS: periods.doubts,
        RetainedKind.ADDRESSES: periods.addresses,
        RetainedKind.DRAFTS: periods.drafts,
        RetainedKind.ANSWERS: _ANSWER_DAYS,
    }


def _served(office: Office) -> Sequence[str]:
    """Give the people whose civil data have served: every title accepted, the last one long enough ago."""
    now, periods = office.clock.now(), office.institution.retention
    last: dict[str, datetime] = {}
    waiting: set[str] = set()
    for award, record in standings(office):
        if record.standing is Standing.ACCEPTED and record.answer is not None:
            last[award.candidate_id] = max(last.get(award.candidate_id, record.answer.at), record.answer.at)
        else:
            waiting.add(award.candidate_id)
    with office.store.reading() as registry:
        kept = registry.civil_people()
    accepted = now - timedelta(days=periods.civil_data)
    unused = now - timedelta(days=periods.civil_data_unused)
    return [
        person
        for person, since in kept.items()
        if since < unused or (person not in waiting and person in last and last[person] < accepted)
    ]


def _counted(office: Office, registry: Registry, kind: RetainedKind, served: Sequence[str]) -> int:
    if kind is RetainedKind.CIVIL_DATA:
        return len(served)
    return registry.outdated(kind, office.clock.now() - timedelta(days=_days(office)[kind]))


def _removed(office: Office, registry: Registry, kind: RetainedKind, served: Sequence[str]) -> int:
    if kind is RetainedKind.CIVIL_DATA:
        return sum(registry.forget_civil(person) for person in served)
    return registry.remove_outdated(kind, office.clock.now() - timedelta(days=_days(office)[kind]))
