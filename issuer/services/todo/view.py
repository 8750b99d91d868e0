"""What every question of the to-do list looks at: the register once, the day, and the plans of the record."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from issuer.domain.award import LIVE, Award
from issuer.domain.canary import is_canary
from issuer.domain.certification import Certification
from issuer.domain.plan import Plan
from issuer.ports import Registry
from issuer.ports.todo import MOST_SUBJECTS, ToDo, ToDoKind, Urgency
from issuer.services.office import PARIS, Office
from issuer.services.planning import current_plan


@dataclass(frozen=True, slots=True)
class View:
    """The register at one instant.

    Attributes:
        office: The service.
        registry: The open unit of work.
        now: The instant (aware).
        today: The day in Paris; the clock's, not the demonstration's.
        awards: All awards of people: canaries are nobody's.
        fiches: The newest version of each certification.
        plans: What the record gives, by the certification's code.
    """

    office: Office
    registry: Registry
    now: datetime
    today: date
    awards: Sequence[Award]
    fiches: Sequence[Certification]
    plans: Mapping[str, Plan]

    @classmethod
    def of(cls, office: Office, registry: Registry) -> "View":
        """Look at the register.

        Args:
            office: The service.
            registry: The open unit of work.
        """
        now = office.clock.now()
        newest = {fiche.code: fiche for fiche in registry.certifications() if not is_canary(fiche.code)}
        plans = {code: current_plan(office, registry, code, None) for code in newest}
        return cls(
            office,
            registry,
            now,
            now.astimezone(PARIS).date(),
            [award for award in registry.awards() if not is_canary(award.certification)],
            list(newest.values()),
            plans,
        )

    @property
    def live(self) -> Sequence[Award]:
        """The awards that count as the one of their person and component."""
        return [award for award in self.awards if award.state in LIVE]


Question = Callable[[View], Iterable[ToDo]]
"""Asks one thing of the register."""


def found(
    kind: ToDoKind, urgency: Urgency, subjects: Sequence[str], since: datetime | date | None = None
) -> Sequence[ToDo]:
    """Make a line of the list out of what was found; nothing where nothing was.

    Args:
        kind: The question.
        urgency: How soon.
        subjects: All that was found.
        since: From when the oldest waits, or when an end comes.
    """
    if not subjects:
        return []
    return [ToDo(kind, urgency, len(subjects), tuple(subjects[:MOST_SUBJECTS]), since)]
