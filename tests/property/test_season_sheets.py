"""Corrections lose nothing, and any bytes that somebody hands in get an answer, never a fault of ours."""

from hypothesis import given
from hypothesis import strategies as st

from issuer.adapters.csv_import.sheets import CsvSheets
from issuer.ports.season import ColumnChoice, SheetError
from issuer.services.season.reports import harmless, table

SHEETS = CsvSheets()
HEADERS = (
    "session",
    "date_decision",
    "id_candidat",
    "nom",
    "prenoms",
    "composant",
    "decision",
    "reference_pv",
)
CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
ROWS = st.lists(st.lists(CELLS, max_size=10).filter(lambda row: row != [""]), max_size=8)


@given(ROWS, st.sampled_from(";,\t"))
def test_a_table_that_is_written_is_read_back_row_by_row(rows: list[list[str]], delimiter: str) -> None:
    content = SHEETS.write(HEADERS, rows, delimiter)
    grid = SHEETS.grid(content, "f.csv")
    assert [list(row) for row in grid.rows] == rows
    assert grid.delimiter == delimiter


@given(ROWS, st.data())
def test_correcting_one_row_leaves_every_other_where_it_was(
    rows: list[list[str]], data: st.DataObject
) -> None:
    rows = [*rows, ["x"]]
    at = data.draw(st.integers(0, len(rows) - 1))
    changed = [*rows[:at], ["y"] * len(HEADERS), *rows[at + 1 :]]
    grid = SHEETS.grid(SHEETS.write(HEADERS, changed, ";"), "f.csv")
    assert len(grid.rows) == len(rows)
    assert [list(row) for index, row in enumerate(grid.rows) if index != at] == [
        row for index, row in enumerate(rows) if index != at
    ]


HOSTILE = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.binary(max_size=200).map(lambda tail: ";".join(HEADERS).encode() + b"\n" + tail),
)
CHOICES = st.none() | st.builds(
    ColumnChoice,
    st.sampled_from([columns.kind for columns in SHEETS.kinds]),
    st.dictionaries(st.sampled_from(HEADERS), st.text(max_size=6), max_size=8),
)


@given(HOSTILE, CHOICES)
def test_any_bytes_are_read_or_refused_in_words(data: bytes, choice: ColumnChoice | None) -> None:
    trouble = _trouble(data, choice)
    assert trouble is None or (trouble.message.fr and trouble.remedy.fr)


def _trouble(data: bytes, choice: ColumnChoice | None) -> SheetError | None:
    try:
        SHEETS.grid(data, "f.csv", choice)
        SHEETS.read(data, "f.csv", choice, "RNCP35080")
    except SheetError as error:
        return error
    return None


@given(st.lists(st.lists(st.text(max_size=8), max_size=4), max_size=4))
def test_no_cell_of_a_table_for_a_spreadsheet_acts(lines: list[list[str]]) -> None:
    assert all(
        not harmless(cell).startswith(("=", "+", "-", "@", "\t", "\r")) for line in lines for cell in line
    )
    assert table([["a"], *lines]).startswith(b"\xef\xbb\xbf")
