"""Step 1, the list itself: two entries that may be one person, to whom nothing may be issued twice."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from issuer.domain.normalisation import fold_identifier, name_letters
from issuer.domain.records import Candidate


@dataclass(frozen=True, slots=True)
class LookAlikes:
    """The other entries that may be the same person as one entry.

    Attributes:
        used: Ids of those that have a result or an award too: a doubt.
        unused: Ids of those that have neither: only to be told.
    """

    used: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


def look_alikes(people: Sequence[Candidate], in_use: Collection[str]) -> Mapping[str, LookAlikes]:
    """Tell which entries of the list may be one person.

    Two entries may be one person where their identifiers differ by case or compatibility form only,
    or where they share a family name (of birth or of use) and the given names, both without case,
    accents and signs, and besides a known birth date or an e-mail address. Neither entry is in doubt
    where a person has confirmed, on one of them, that the other is somebody else.

    An entry that nothing uses (no row that designates it under its name, no award in force) could get
    nothing: it puts no graduate in doubt and is only told.

    Args:
        people: Everyone of the list, once.
        in_use: Ids of those who have a row of their own or an award in force.

    Returns:
        For each entry in use that has look-alikes, which.

    Spec: design.md, section 3 (one live award per person, certification and component); own rule.
    """
    groups: dict[Hashable, list[Candidate]] = {}
    for person in people:
        for key in _keys(person):
            groups.setdefault(key, []).append(person)
    others: dict[str, set[str]] = {}
    for group in groups.values():
        for one, two in combinations(group, 2):
            if two.id not in one.not_same_as and one.id not in two.not_same_as:
                others.setdefault(one.id, set()).add(two.id)
                others.setdefault(two.id, set()).add(one.id)
    return {key: _split(found, in_use) for key, found in others.items() if key in in_use}


def _keys(person: Candidate) -> Iterable[Hashable]:
    yield ("id", fold_identifier(person.id))
    given = name_letters(person.given_names)
    for family in {name_letters(person.birth_name), name_letters(person.usage_name or person.birth_name)}:
        if family or given:
            if person.birth_date:
                yield ("born", family, given, person.birth_date)
            if person.email:
                yield ("mail", family, given, fold_identifier(person.email))


def _split(found: Collection[str], in_use: Collection[str]) -> LookAlikes:
    return LookAlikes(
        used=tuple(sorted(key for key in found if key in in_use)),
        unused=tuple(sorted(key for key in found if key not in in_use)),
    )
