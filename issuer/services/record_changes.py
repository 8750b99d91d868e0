"""What a file would change in the persons and sessions that the register holds, and what rests on them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields

from issuer.domain.normalisation import fold_identifier
from issuer.domain.records import Candidate, JuryRecord, JurySession
from issuer.ports import Registry


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that a file writes otherwise than the register.

    Attributes:
        name: Of the record's field, e.g. ``birth_name``.
        before: Its value in the register.
        after: Its value in the file.
    """

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Change:
    """A person or a session that the register holds otherwise than the file.

    Attributes:
        id: Of the candidate or the session.
        fields: What differs.
        awards: Awards, in any state, that this person has or that this session decided.
    """

    id: str
    fields: Sequence[FieldChange]
    awards: int


def changes_to(
    registry: Registry, certification: str, registered: JuryRecord, handed: JuryRecord
) -> Iterator[Change]:
    """Compare the persons and sessions of a file with those that the register holds.

    Args:
        registry: The open unit of work.
        certification: Code of the certification that the file is for.
        registered: What the register holds for it.
        handed: What the file says.

    Returns:
        What taking the file in would change; who or what is new changes nothing.
    """
    awards = registry.awards()
    holders = Counter(award.candidate_id for award in awards)
    yield from _changed(registered.candidates, handed.candidates, lambda person: holders[person])
    decided = Counter(
        fold_identifier(award.session) for award in awards if award.certification == certification
    )
    yield from _changed(
        registered.sessions, handed.sessions, lambda session: decided[fold_identifier(session)]
    )


def _changed(
    before: Sequence[Candidate | JurySession],
    after: Sequence[Candidate | JurySession],
    awards_on: Callable[[str], int],
) -> Iterator[Change]:
    held = {item.id: item for item in before}
    for item in after:
        known = held.get(item.id, item)
        different = [
            FieldChange(field.name, getattr(known, field.name), getattr(item, field.name))
            for field in fields(item)
            if getattr(known, field.name) != getattr(item, field.name)
        ]
        if different:
            yield Change(item.id, different, awards_on(item.id))
