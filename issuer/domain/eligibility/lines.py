"""A line: one decision on one candidate, its repeated rows counted once; and a line that was stopped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from issuer.domain.codes import Code, Effect
from issuer.domain.eligibility.findings import RowRef
from issuer.domain.records import ResultRow

VALIDATED = "validé"
NOT_VALIDATED = "non validé"
ABSENT = "absent"
AWARDED = "attribué"
NOT_AWARDED = "non attribué"

BLOCK_WORDS = frozenset({VALIDATED, NOT_VALIDATED, ABSENT})
TITLE_WORDS = frozenset({AWARDED, NOT_AWARDED})
FAVOURABLE = frozenset({VALIDATED, AWARDED})


def row_key(row: ResultRow) -> tuple[str, int, tuple[str, ...]]:
    """Give a total order on rows, so that no result depends on the order in which they were handed in."""
    texts = (
        row.session,
        row.decision_date_text,
        row.candidate_id,
        row.family_name,
        row.given_names,
        row.component,
        row.decision,
        row.reference,
        row.mention or "",
        str(row.birth_date or ""),
        str(row.compare_folded),
        *row.normalised,
    )
    return (row.source, row.number, texts)


@dataclass(frozen=True, slots=True)
class Line:
    """One decision, after its rows were found to be the same person's and were joined.

    Attributes:
        candidate_id: Whose.
        row: The first of its rows, in the order of :func:`row_key`.
        rows: All its rows.
        repeats: The rows that repeat another of the same file.
    """

    candidate_id: str
    row: ResultRow
    rows: tuple[ResultRow, ...]
    repeats: tuple[RowRef, ...]

    @property
    def refs(self) -> tuple[RowRef, ...]:
        """Where its rows stand."""
        return tuple(RowRef(row.source, row.number) for row in self.rows)

    @property
    def on(self) -> date:
        """The decision's day; only for a line whose date was read."""
        return self.row.decision_date or date.min

    @property
    def favourable(self) -> bool:
        """Whether it gives something."""
        return self.row.decision in FAVOURABLE


@dataclass(frozen=True, slots=True)
class StoppedLine:
    """A line that goes no further.

    Attributes:
        line: The line.
        codes: Why; empty for a death before the deliberation, which holds without a code of refusal.
    """

    line: Line
    codes: tuple[Code, ...]

    @property
    def held(self) -> bool:
        """Whether it waits for a person: only doubts, no refusal (which would prevail)."""
        return all(code.effect is Effect.DOUBT for code in self.codes)


def gather(candidate_id: str, rows: Iterable[ResultRow]) -> Sequence[Line]:
    """Join the rows of one candidate that state the same decision of the same session.

    A second row in the same file is a repetition to be told; the same decision in another file is
    only a second witness.

    Args:
        candidate_id: Whose rows.
        rows: His or her rows, identified.

    Returns:
        The lines, in a stable order.

    Spec: jury-cases.md, step 2 (« répétée à l'identique (comptée une fois) »).
    """
    groups: dict[tuple[str, str, str, str], list[ResultRow]] = {}
    for row in sorted(rows, key=row_key):
        when = str(row.decision_date or row.decision_date_text)
        groups.setdefault((row.session, when, row.component, row.decision), []).append(row)
    return [_line(candidate_id, group) for _, group in sorted(groups.items())]


def _line(candidate_id: str, group: Sequence[ResultRow]) -> Line:
    seen: set[str] = set()
    repeats: list[RowRef] = []
    for ref in sorted({RowRef(row.source, row.number) for row in group}):
        if ref.source in seen:
            repeats.append(ref)
        seen.add(ref.source)
    return Line(candidate_id, group[0], tuple(group), tuple(repeats))
