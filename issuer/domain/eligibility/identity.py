"""Step 1, identity: which person of the list a row designates, never a guess and never a new person."""

from collections.abc import Sequence
from dataclasses import dataclass

from issuer.domain.codes import Code, refusal_codes
from issuer.domain.normalisation import fold_name, lost_characters, same_name
from issuer.domain.records import Candidate, ResultRow


@dataclass(frozen=True, slots=True)
class RowFault:
    """One fault of a row.

    Attributes:
        code: Which.
        column: French name of the column.
        value: The offending value.
    """

    code: Code
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Identified:
    """Whom a row designates.

    Attributes:
        candidate_id: The person, or None.
        fault: Why the row stops here, or None.
    """

    candidate_id: str | None
    fault: RowFault | None = None


class Roster:
    """The list of candidates, by identifier and by name.

    Args:
        candidates: The list, in any order; the same person twice counts once.
        former: Its entries as they were before, for the names that people had then.
    """

    __slots__ = ("_by_id", "_by_name", "_former")

    def __init__(self, candidates: Sequence[Candidate], former: Sequence[Candidate] = ()) -> None:
        self._by_id: dict[str, list[Candidate]] = {}
        self._by_name: dict[tuple[str, str], list[Candidate]] = {}
        self._former: dict[str, list[Candidate]] = {}
        for entry in former:
            self._former.setdefault(entry.id, []).append(entry)
        for candidate in sorted(candidates, key=repr):
            same = self._by_id.setdefault(candidate.id, [])
            if candidate in same:
                continue
            same.append(candidate)
            for key in {key for entry in self._entries(candidate) for key in _keys(entry)}:
                self._by_name.setdefault(key, []).append(candidate)

    @property
    def people(self) -> Sequence[Candidate]:
        """Everyone once, by identifier."""
        return [same[0] for _, same in sorted(self._by_id.items())]

    def identify(self, row: ResultRow) -> Identified:
        """Tell whom a row designates.

        Args:
            row: A row of a jury record.

        Returns:
            The person, or the fault that stops the row; both where the identifier designates
            someone whose name the row writes otherwise.

        Spec: jury-cases.md, step 1 and rule 8.
        """
        return self._by_identifier(row) if row.candidate_id else self._by_names(row)

    def _by_identifier(self, row: ResultRow) -> Identified:
        same = self._by_id.get(row.candidate_id, [])
        if not same:
            return Identified(None, _fault(refusal_codes.UNKNOWN_CANDIDATE, row))
        if len(same) > 1:
            return Identified(row.candidate_id, _fault(refusal_codes.AMBIGUOUS_IDENTITY, row))
        candidate = same[0]
        if _lossy(row) or not self._named(candidate, row):
            return Identified(candidate.id, _name_fault(candidate, row))
        if not _possible_birth(candidate, row):
            return Identified(candidate.id, _fault(refusal_codes.AMBIGUOUS_IDENTITY, row))
        return Identified(candidate.id)

    def _by_names(self, row: ResultRow) -> Identified:
        key = (fold_name(row.family_name), fold_name(row.given_names))
        possible = [
            candidate
            for candidate in self._by_name.get(key, [])
            if self._named(candidate, row) and _possible_birth(candidate, row)
        ]
        if _lossy(row):
            return Identified(None, RowFault(refusal_codes.NAME_MISMATCH, "nom", row.family_name))
        if not possible:
            return Identified(None, _fault(refusal_codes.UNKNOWN_CANDIDATE, row))
        if len(possible) > 1:
            return Identified(None, _fault(refusal_codes.AMBIGUOUS_IDENTITY, row))
        return Identified(possible[0].id)

    def _entries(self, candidate: Candidate) -> Sequence[Candidate]:
        """Give a person's entry as it is, and as it was."""
        return [candidate, *self._former.get(candidate.id, ())]

    def _named(self, candidate: Candidate, row: ResultRow) -> bool:
        return any(_is_named(entry, row) for entry in self._entries(candidate))


def _keys(entry: Candidate) -> set[tuple[str, str]]:
    families = {entry.birth_name, entry.usage_name or entry.birth_name}
    return {(fold_name(family), fold_name(entry.given_names)) for family in families}


def _fault(code: Code, row: ResultRow) -> RowFault:
    return RowFault(code, "id_candidat", row.candidate_id)


def _lossy(row: ResultRow) -> bool:
    return lost_characters(row.family_name) or lost_characters(row.given_names)


def _is_named(candidate: Candidate, row: ResultRow) -> bool:
    families = (candidate.birth_name, candidate.usage_name or candidate.birth_name)
    folded = row.compare_folded
    return any(same_name(family, row.family_name, folded=folded) for family in families) and same_name(
        candidate.given_names, row.given_names, folded=folded
    )


def _name_fault(candidate: Candidate, row: ResultRow) -> RowFault:
    given = same_name(candidate.given_names, row.given_names, folded=row.compare_folded)
    family_only = given and not lost_characters(row.given_names)
    names = ("nom", row.family_name) if family_only or lost_characters(row.family_name) else None
    column, value = names or ("prenoms", row.given_names)
    return RowFault(refusal_codes.NAME_MISMATCH, column, value)


def _possible_birth(candidate: Candidate, row: ResultRow) -> bool:
    return row.birth_date is None or candidate.birth_date in {None, row.birth_date}
