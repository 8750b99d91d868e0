"""Civil data for the CPF feed: taken in apart from everything else, and removed when they have served.

What protects them: they lie in a table of their own that no page, document, export or log reads; the
register's file belongs to its owner alone (mode 0600) and its backups are encrypted; the audit log keeps
counts, never a value; they go once the feed has accepted the title (``retention.civil_data``). They are not
encrypted a second time inside the register: the process that reads them would hold that key as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from issuer.domain.civil import CivilData
from issuer.errors import NotFoundError
from issuer.ports.legal import KeptCivilData
from issuer.services import audit
from issuer.services.office import Office


@dataclass(frozen=True, slots=True)
class TakenCivilData:
    """What a file of civil data changed.

    Attributes:
        new: People of whom nothing was there.
        changed: People whose data were written over.
        same: People of whom the same was there.
    """

    new: int
    changed: int
    same: int


def take_civil_data(
    office: Office, people: Sequence[CivilData], *, actor: str, check: bool = False
) -> TakenCivilData:
    """Keep civil data, each person's in the place of what was there.

    Args:
        office: The service.
        people: What a file holds, without a fault.
        actor: Who.
        check: Say what would change; write nothing.

    Raises:
        NotFoundError: ``civil.unknown_person``: somebody is not in the register; nothing was taken in.
    """
    new = changed = same = 0
    opened = office.store.reading() if check else office.store.writing()
    with opened as registry:
        now = office.clock.now()
        strangers = [
            place
            for place, person in enumerate(people, start=2)
            if registry.candidate(person.candidate_id) is None
            or registry.erasure(person.candidate_id) is not None
        ]
        if strangers:
            raise NotFoundError(
                "civil.unknown_person",
                f"{len(strangers)} people are not in the register; nothing was taken in",
                where=f"row {strangers[0]}",
                remedy="take in the list of candidates first, or correct id_candidat",
            )
        for person in people:
            before = registry.civil(person.candidate_id)
            if before is not None and before.data == person:
                same += 1
                continue
            new += before is None
            changed += before is not None
            if not check:
                registry.keep_civil(KeptCivilData(person, now, actor))
        if not check:
            details = {"new": new, "changed": changed, "same": same}
            audit.record(registry, now, actor, "civil.taken_in", "civil data", details)
    return TakenCivilData(new, changed, same)
