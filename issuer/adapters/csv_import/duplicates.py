"""Rows of one file that speak of the same thing: counted once when identical, refused when not."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from issuer.adapters.csv_import.cells import RowCells

_V = TypeVar("_V", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Entry(Generic[_V]):
    """A row with the value that was read from it.

    Attributes:
        cells: The row.
        value: Its value; of no use when the row is refused.
    """

    cells: RowCells
    value: _V


def without_duplicates(
    entries: Sequence[Entry[_V]], key: Callable[[_V], Hashable], column: str
) -> Sequence[_V]:
    """Give the values of the accepted rows, each key once; note every repetition on its row.

    Args:
        entries: Every row, refused ones too: a refused row still says that its identifier is in doubt.
        key: What makes two rows speak of the same thing; an empty text is no key.
        column: The column that a problem names.

    Returns:
        The values, in the file's order.
    """
    groups: defaultdict[Hashable, list[Entry[_V]]] = defaultdict(list)
    for entry in entries:
        if key(entry.value) != "":
            groups[key(entry.value)].append(entry)
    repeated = {id(entry) for group in groups.values() for entry in _repetitions(group, column)}
    return tuple(entry.value for entry in entries if not entry.cells.refused and id(entry) not in repeated)


def _repetitions(group: Sequence[Entry[_V]], column: str) -> Sequence[Entry[_V]]:
    first, *others = group
    if not others:
        return ()
    if any(_content(entry) != _content(first) for entry in others):
        for entry in group:
            rows = ", ".join(f"{other.cells.number}" for other in group if other is not entry)
            entry.cells.note(column, "E-DUPLICATE-ID", rows=rows)
        return ()
    for entry in others:
        entry.cells.note(column, "W-DUPLICATE-ROW", rows=f"{first.cells.number}")
    return others


def _content(entry: Entry[_V]) -> Hashable:
    # A refused row has no value to compare; its cells then say whether it repeats another.
    return tuple(entry.cells.cells.items()) if entry.cells.refused else entry.value
