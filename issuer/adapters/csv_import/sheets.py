"""Files of records as tables that a person corrects, and what is read out of them (the ``Sheets`` port)."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from issuer.adapters.csv_import.column_maps import shipped_maps
from issuer.adapters.csv_import.columns import COLUMNS, ColumnMap, folded
from issuer.adapters.csv_import.decoding import decode
from issuer.adapters.csv_import.errors import ImportFileError
from issuer.adapters.csv_import.header import find_layout, widest_header
from issuer.adapters.csv_import.limits import MAX_CELL_CHARACTERS, MAX_ROWS
from issuer.adapters.csv_import.reading import read_file
from issuer.adapters.csv_import.result import Detected, FileKind, RowProblem, Severity
from issuer.adapters.csv_import.wording import file_error
from issuer.domain.records import JuryRecord
from issuer.ports.season import ColumnChoice, Columns, Grid, Sheet, SheetError, SheetProblem

_NOWHERE = "(colonne écartée)"
"""A header that no file has: it keeps a column that a person set aside from being found by its own name."""


class CsvSheets:
    """Reads and writes CSV files of records; see the port."""

    @property
    def kinds(self) -> Sequence[Columns]:
        """The kinds of file that are read."""
        return [
            Columns(kind.value, tuple(own.required), tuple(own.optional)) for kind, own in COLUMNS.items()
        ]

    def grid(self, data: bytes, name: str, choice: ColumnChoice | None = None) -> Grid:
        """Give a file as a table, whatever its columns are called; see the port."""
        with _said():
            decoded = decode(data, name)
            try:
                layout = find_layout(decoded.text, name, _map_of(choice))
                delimiter, headers = layout.delimiter, layout.headers
            except ImportFileError:
                delimiter, headers = widest_header(decoded.text, name)
            rows = tuple(_rows(decoded.text, delimiter, name))
        return Grid(decoded.encoding, decoded.bom, delimiter, tuple(headers), rows)

    def read(self, data: bytes, name: str, choice: ColumnChoice | None, certification: str) -> Sheet:
        """Read a file; see the port."""
        with _said():
            read = read_file(data, name, mapping=_map_of(choice), certification=certification)
        return Sheet(
            kind=read.kind.value,
            detected=_detected(read.detected),
            mapping=read.detected.mapping,
            columns=read.detected.columns,
            row_count=read.row_count,
            record=JuryRecord(
                read.candidates, read.sessions, read.rows, read.annulments, earlier=read.earlier
            ),
            problems=[_problem(problem) for problem in read.problems],
        )

    def write(self, headers: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str) -> bytes:
        """Write a table as UTF-8 without byte order mark; see the port."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow(headers)
        writer.writerows(rows)
        return text.getvalue().encode()


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except ImportFileError as error:
        raise SheetError(error.code, error.where, error.message, error.remedy) from error


def _rows(text: str, delimiter: str, name: str) -> Iterator[Sequence[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number - 1 > MAX_ROWS:
                raise file_error("import.too_many_rows", name, limit=f"{MAX_ROWS}")
            if any(len(cell) > MAX_CELL_CHARACTERS for cell in cells):
                raise file_error("import.cell_too_long", f"{name}:{number}", limit=f"{MAX_CELL_CHARACTERS}")
            if number > 1:
                yield tuple(cells)
    except csv.Error:
        raise file_error("import.quoting", f"{name}:{number + 1}") from None


def _map_of(choice: ColumnChoice | None) -> ColumnMap | None:
    """Make the column map of a choice: words, dates and capitals come from the shipped map that it names."""
    if choice is None:
        return None
    kind = FileKind(choice.kind)
    base = next((known for known in shipped_maps() if known.name == choice.words_of), None)
    columns = {column: header if folded(header) else _NOWHERE for column, header in choice.columns.items()}
    name = choice.words_of or "choisie au registre"
    if base is None or base.kind is not kind:
        return ColumnMap(name, kind, columns)
    return ColumnMap(name, kind, columns, base.words, base.date_form, base.names_in_capitals)


def _detected(found: Detected) -> Mapping[str, object]:
    return {
        "encoding": found.encoding,
        "bom": found.bom,
        "delimiter": found.delimiter,
        "columns": dict(found.columns),
        "ignored": list(found.ignored),
        "date_form": found.date_form.value if found.date_form else None,
        "mapping": found.mapping,
    }


def _problem(problem: RowProblem) -> SheetProblem:
    return SheetProblem(
        problem.row,
        problem.column,
        problem.value,
        problem.code,
        problem.severity is Severity.REFUSED,
        problem.sentence,
        problem.remedy,
    )
