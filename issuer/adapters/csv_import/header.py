"""Which delimiter, which kind, which columns: all told from the header row, never guessed."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from issuer.adapters.csv_import.cells import CONTROL
from issuer.adapters.csv_import.column_maps import shipped_maps
from issuer.adapters.csv_import.columns import CANONICAL, COLUMNS, ColumnMap, folded
from issuer.adapters.csv_import.limits import MAX_CELL_CHARACTERS, MAX_COLUMNS
from issuer.adapters.csv_import.result import FileKind
from issuer.adapters.csv_import.wording import file_error, listed

_DELIMITERS = (";", ",", "\t")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a file are.

    Attributes:
        delimiter: The character between two cells.
        mapping: The column map that fits.
        headers: The file's own column names, in order.
        positions: Canonical column to its index in `headers`.
        missing: Required columns that were not found; empty for a layout that is used.
    """

    delimiter: str
    mapping: ColumnMap
    headers: Sequence[str]
    positions: Mapping[str, int]
    missing: Sequence[str]

    @property
    def kind(self) -> FileKind:
        """The kind of file."""
        return self.mapping.kind

    @property
    def ignored(self) -> Sequence[str]:
        """The file's names of the columns that are not used."""
        used = set(self.positions.values())
        return tuple(header for index, header in enumerate(self.headers) if index not in used)


def find_layout(text: str, name: str, mapping: ColumnMap | None) -> Layout:
    """Read the header row and find the one layout that it fits.

    Args:
        text: The file's text.
        name: The file's name, for an error's place.
        mapping: The operator's map, or None to try the canonical names and the shipped maps.

    Returns:
        The layout, without a missing column.

    Raises:
        ImportFileError: No header, an ambiguous, doubled or incomplete one.

    Spec: samples/README.md (headers); issue 1, item 4.
    """
    maps = _canonical_maps() + tuple(shipped_maps()) if mapping is None else (mapping,)
    headers_by_delimiter = dict(_header_rows(text))
    if not headers_by_delimiter:
        raise file_error("import.quoting", f"{name}:1")
    layouts = [
        _laid_out(delimiter, headers, candidate)
        for delimiter, headers in headers_by_delimiter.items()
        for candidate in maps
    ]
    complete = [layout for layout in layouts if not layout.missing]
    if not complete:
        raise _nothing_fits(layouts, f"{name}:1", mapping)
    _refuse_ambiguity(complete, f"{name}:1")
    layout = complete[0]
    _refuse_bad_headers(layout.headers, f"{name}:1")
    return layout


def widest_header(text: str, name: str) -> tuple[str, Sequence[str]]:
    """Give the delimiter that makes most columns of the header row, and these columns, whatever their names.

    Args:
        text: The file's text.
        name: The file's name, for an error's place.

    Raises:
        ImportFileError: There is no header row, or one that no column map could use.
    """
    headers_by_delimiter = dict(_header_rows(text))
    if not headers_by_delimiter:
        raise file_error("import.quoting", f"{name}:1")
    delimiter = max(headers_by_delimiter, key=lambda mark: len(headers_by_delimiter[mark]))
    headers = headers_by_delimiter[delimiter]
    _refuse_bad_headers(headers, f"{name}:1")
    if len(headers) == 1:
        raise file_error("import.no_header", f"{name}:1", found=listed(list(headers)))
    return delimiter, headers


def _canonical_maps() -> tuple[ColumnMap, ...]:
    return tuple(ColumnMap(CANONICAL, kind) for kind in FileKind)


def _header_rows(text: str) -> Iterator[tuple[str, Sequence[str]]]:
    for delimiter in _DELIMITERS:
        try:
            yield delimiter, next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        except (csv.Error, StopIteration):
            continue


def _laid_out(delimiter: str, headers: Sequence[str], mapping: ColumnMap) -> Layout:
    index_of = {folded(header): index for index, header in reversed(list(enumerate(headers)))}
    declared = {folded(header) for header in mapping.columns.values()}
    columns = COLUMNS[mapping.kind]
    positions = {
        column: index_of[key]
        for column in columns.all
        if (key := folded(mapping.header_of(column))) in index_of
        # A header that the map gives to one column is not another column's by its canonical name.
        and (column in mapping.columns or key not in declared)
    }
    missing = tuple(column for column in columns.required if column not in positions)
    return Layout(delimiter, mapping, tuple(headers), positions, missing)


def _refuse_ambiguity(complete: Sequence[Layout], where: str) -> None:
    delimiters = {layout.delimiter for layout in complete}
    if len(delimiters) > 1:
        raise file_error("import.delimiter_ambiguous", where, found=_named(delimiters))
    if len(complete) > 1:
        raise file_error(
            "import.kind_ambiguous",
            where,
            found=listed([f"{layout.kind.value} ({layout.mapping.name})" for layout in complete]),
        )


def _refuse_bad_headers(headers: Sequence[str], where: str) -> None:
    if len(headers) > MAX_COLUMNS:
        raise file_error("import.too_many_columns", where, found=f"{len(headers)}", limit=f"{MAX_COLUMNS}")
    if any(len(header) > MAX_CELL_CHARACTERS for header in headers):
        raise file_error("import.cell_too_long", where, limit=f"{MAX_CELL_CHARACTERS}")
    if any(CONTROL.search(header) for header in headers):
        raise file_error("import.control_in_header", where)
    counts = Counter(folded(header) or header.strip() for header in headers if header.strip())
    doubled = [header for header in headers if counts[folded(header) or header.strip()] > 1]
    if doubled:
        raise file_error("import.duplicate_header", where, found=listed(doubled))


def _nothing_fits(layouts: Sequence[Layout], where: str, mapping: ColumnMap | None) -> Exception:
    best = max(layouts, key=_closeness)
    rivals = {layout.delimiter for layout in layouts if _closeness(layout)[:2] == _closeness(best)[:2]}
    if len(rivals) > 1 and len(best.headers) > 1:
        return file_error("import.delimiter_ambiguous", where, found=_named(rivals))
    _refuse_bad_headers(best.headers, where)
    other = None if mapping is None else _canonical_kind(best)
    if mapping is not None and other is not None and other is not mapping.kind:
        return file_error("import.wrong_kind", where, expected=mapping.kind.value, found=other.value)
    found = listed(list(best.headers))
    if not best.positions:
        return file_error("import.no_header", where, found=found)
    missing = listed([best.mapping.header_of(column) for column in best.missing])
    return file_error("import.missing_columns", where, missing=missing, found=found)


def _named(delimiters: AbstractSet[str]) -> str:
    return " | ".join("TAB" if mark == "\t" else mark for mark in sorted(delimiters))


def _closeness(layout: Layout) -> tuple[int, int, int]:
    return len(layout.positions), len(layout.headers), -len(layout.missing)


def _canonical_kind(layout: Layout) -> FileKind | None:
    fitting = (_laid_out(layout.delimiter, layout.headers, canonical) for canonical in _canonical_maps())
    return next((other.kind for other in fitting if not other.missing), None)
