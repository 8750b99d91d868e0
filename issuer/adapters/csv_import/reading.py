"""Reading a file of candidates, jury sessions, results, annulments or earlier awards."""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, assert_never

from issuer.adapters.csv_import.cells import CONTROL, RowCells, Source, in_capitals
from issuer.adapters.csv_import.columns import COLUMNS, ColumnMap, lexicon
from issuer.adapters.csv_import.dates import main_form
from issuer.adapters.csv_import.decision_rows import read_annulment, read_earlier, read_result
from issuer.adapters.csv_import.decoding import Decoded, decode
from issuer.adapters.csv_import.duplicates import Entry, without_duplicates
from issuer.adapters.csv_import.header import Layout, find_layout
from issuer.adapters.csv_import.limits import MAX_CELL_CHARACTERS, MAX_ROWS
from issuer.adapters.csv_import.people_rows import read_candidate, read_session
from issuer.adapters.csv_import.result import Detected, FileKind, ReadFile, RowProblem
from issuer.adapters.csv_import.wording import file_error, row_problem
from issuer.domain.records import Candidate

_V = TypeVar("_V", bound=Hashable)
_BLANKS = " \u00a0"


@dataclass(frozen=True, slots=True)
class _Record:
    number: int
    cells: Sequence[str]


def read_file(
    data: bytes, name: str, *, mapping: ColumnMap | None = None, certification: str = ""
) -> ReadFile:
    """Read a file whole: the values of its good rows, and every problem of the others.

    Args:
        data: The file's bytes: UTF-8 with or without byte order mark, or Windows-1252.
        name: Its name, for messages and as the source of each result.
        mapping: How the file calls its columns and words; None to try the canonical names and the
            student system's export.
        certification: Code of the certification that the file is for. A file of sessions needs it
            unless it has a column ``certification``; in results it tells the title from a block.

    Returns:
        The values, what was detected, and the problems, all at once.

    Raises:
        ImportFileError: The file cannot be read as a whole; nothing of it is given.

    Spec: samples/README.md; issue 1, item 4; field.md, section 5 (import jury decisions).
    """
    decoded = decode(data, name)
    layout = find_layout(decoded.text, name, mapping)
    if layout.kind is FileKind.SESSIONS and not certification and "certification" not in layout.positions:
        raise file_error("import.certification_missing", name)
    records = tuple(_records(decoded.text, layout.delimiter, name))
    source = _source(records, layout, name, in_capitals(certification.strip()))
    ragged = [problem for record in records for problem in _width_problems(record, layout)]
    rows = [_row(record, layout, source) for record in records if len(record.cells) == len(layout.headers)]
    read = ReadFile(name, layout.kind, _detected(decoded, layout, source), len(records))
    read = _with_values(read, rows)
    problems = [*ragged, *(problem for row in rows for problem in row.problems)]
    return replace(read, problems=tuple(sorted(problems, key=lambda problem: problem.row)))


def _records(text: str, delimiter: str, name: str) -> Iterator[_Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number - 1 > MAX_ROWS:
                raise file_error("import.too_many_rows", name, limit=f"{MAX_ROWS}")
            content = "".join(cells)
            if len(content) > MAX_CELL_CHARACTERS < max(map(len, cells)):
                raise file_error("import.cell_too_long", f"{name}:{number}", limit=f"{MAX_CELL_CHARACTERS}")
            if number > 1 and content.strip(_BLANKS):
                yield _Record(number, cells)
    except csv.Error:
        raise file_error("import.quoting", f"{name}:{number + 1}") from None


def _row(record: _Record, layout: Layout, source: Source) -> RowCells:
    cells = {column: record.cells[index] for column, index in layout.positions.items()}
    row = RowCells(record.number, cells, source)
    if CONTROL.search("".join(record.cells)):
        row.problems.extend(_control_problems(record, layout))
    return row


def _source(records: Sequence[_Record], layout: Layout, name: str, certification: str) -> Source:
    dated = [layout.positions[column] for column in COLUMNS[layout.kind].dates if column in layout.positions]
    texts = (record.cells[index] for record in records for index in dated if index < len(record.cells))
    return Source(
        name=name,
        mapping=layout.mapping,
        headers={
            column: layout.headers[index].strip()
            for column, index in sorted(layout.positions.items(), key=lambda item: item[1])
        },
        date_form=main_form(texts, layout.mapping.date_form),
        certification=certification,
        words=lexicon(layout.mapping),
    )


def _detected(decoded: Decoded, layout: Layout, source: Source) -> Detected:
    return Detected(
        encoding=decoded.encoding,
        bom=decoded.bom,
        delimiter=layout.delimiter,
        columns=source.headers,
        ignored=layout.ignored,
        date_form=source.date_form,
        mapping=layout.mapping.name,
    )


def _name_of(layout: Layout, index: int) -> str:
    return layout.headers[index].strip() or f"({index + 1})"


def _width_problems(record: _Record, layout: Layout) -> Iterator[RowProblem]:
    expected, found = len(layout.headers), len(record.cells)
    if found != expected:
        column = _name_of(layout, min(found, expected - 1))
        value = record.cells[expected] if found > expected else ""
        yield row_problem(
            "E-CELL-COUNT", record.number, column, value, found=f"{found}", expected=f"{expected}"
        )


def _control_problems(record: _Record, layout: Layout) -> Iterator[RowProblem]:
    # Unused columns too: a line break there is most often a quotation mark that swallowed rows.
    for index, cell in enumerate(record.cells):
        control = CONTROL.search(cell)
        if control is not None:
            mark = f"U+{ord(control.group()):04X}"
            column = _name_of(layout, index)
            yield row_problem("E-CONTROL-CHARACTER", record.number, column, cell, found=mark)


def _with_values(read: ReadFile, rows: Sequence[RowCells]) -> ReadFile:
    match read.kind:
        case FileKind.CANDIDATES:
            return replace(read, candidates=_candidates(rows))
        case FileKind.SESSIONS:
            return replace(read, sessions=_unique(rows, read_session, lambda value: value.id, "session"))
        case FileKind.RESULTS:
            results = [(row, read_result(row)) for row in rows]
            return replace(read, rows=tuple(result for row, result in results if not row.refused))
        case FileKind.ANNULMENTS:
            return replace(read, annulments=_unique(rows, read_annulment, lambda value: value, "id_candidat"))
        case FileKind.EARLIER:
            return replace(
                read,
                earlier=_unique(
                    rows, read_earlier, lambda value: (value.candidate_id, value.component), "composant"
                ),
            )
    assert_never(read.kind)


def _unique(
    rows: Sequence[RowCells], read: Callable[[RowCells], _V], key: Callable[[_V], Hashable], column: str
) -> Sequence[_V]:
    entries = [Entry(row, read(row)) for row in rows]
    for row in rows:
        if not row.refused:
            row.note_normalised()
    return without_duplicates(entries, key, column)


def _candidates(rows: Sequence[RowCells]) -> Sequence[Candidate]:
    candidates = _unique(rows, read_candidate, lambda value: value.id, "id_candidat")
    accepted = {candidate.email.casefold() for candidate in candidates if candidate.email}
    sharing: defaultdict[str, dict[str, RowCells]] = defaultdict(dict)
    for row in rows:
        email = row.text("courriel").casefold()
        if not row.refused and email in accepted:
            sharing[email].setdefault(row.text("id_candidat"), row)
    for people in sharing.values():
        if len(people) > 1:
            numbers = ", ".join(f"{row.number}" for row in people.values())
            for row in people.values():
                row.note("courriel", "W-SHARED-EMAIL", rows=numbers)
    return candidates
