"""Each hostile file of `csv/` has one defect, in its name, and one answer."""

from pathlib import Path

import pytest

from issuer.adapters.csv_import import ImportFileError, Severity, read_file

FOLDER = Path(__file__).parent / "csv"

UNREADABLE = {
    "utf-16-with-mark.csv": "import.utf16",
    "utf-16-without-mark.csv": "import.utf16",
    "workbook.csv": "import.binary",
    "undefined-byte.csv": "import.undecodable",
    "truncated-utf-8-after-mark.csv": "import.undecodable",
    "quote-never-closed.csv": "import.quoting",
    "text-after-closing-quote.csv": "import.quoting",
    "no-header.csv": "import.no_header",
    "two-columns-of-one-name.csv": "import.duplicate_header",
    "two-delimiters-in-header.csv": "import.missing_columns",
}

# File: rows accepted, then (row, code) of each problem.
REFUSED: dict[str, tuple[int, list[tuple[int, str]]]] = {
    "rows-swallowed-by-a-quote.csv": (1, [(2, "E-CONTROL-CHARACTER")]),
    "ragged-rows.csv": (1, [(2, "E-CELL-COUNT"), (3, "E-CELL-COUNT")]),
    "nul-in-name.csv": (0, [(2, "E-CONTROL-CHARACTER")]),
    "vertical-tab-in-name.csv": (0, [(2, "E-CONTROL-CHARACTER")]),
    "noncharacter-in-name.csv": (0, [(2, "E-CONTROL-CHARACTER")]),
    "reversed-writing-in-name.csv": (0, [(2, "E-CONTROL-CHARACTER")]),
    "placeholder-names.csv": (
        0,
        [
            (2, "E-PLACEHOLDER-NAME"),
            (2, "E-PLACEHOLDER-NAME"),
            (3, "E-PLACEHOLDER-NAME"),
            (4, "E-PLACEHOLDER-NAME"),
        ],
    ),
    "double-encoded-names.csv": (0, [(2, "E-MOJIBAKE-NAME"), (3, "E-MOJIBAKE-NAME"), (3, "E-MOJIBAKE-NAME")]),
    "one-identifier-two-people.csv": (0, [(2, "E-DUPLICATE-ID"), (3, "E-DUPLICATE-ID")]),
    "impossible-dates.csv": (
        0,
        [(2, "E-DATE-FORMAT"), (2, "E-DATE-FORMAT"), (3, "E-DATE-FORMAT"), (3, "E-DATE-FORMAT")],
    ),
}


@pytest.mark.parametrize(("name", "code"), UNREADABLE.items())
def test_an_unreadable_file_is_refused_whole(name: str, code: str) -> None:
    with pytest.raises(ImportFileError) as caught:
        read_file((FOLDER / name).read_bytes(), name)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("name", "accepted", "problems"), [(name, *answer) for name, answer in REFUSED.items()]
)
def test_a_faulty_row_is_refused_with_its_code(
    name: str, accepted: int, problems: list[tuple[int, str]]
) -> None:
    read = read_file((FOLDER / name).read_bytes(), name)
    assert len(read.candidates) + len(read.rows) == accepted
    assert [(problem.row, problem.code) for problem in read.problems] == problems
    assert all(problem.severity is Severity.REFUSED for problem in read.problems)


def test_every_hostile_file_has_an_answer() -> None:
    assert {path.name for path in FOLDER.glob("*.csv")} == UNREADABLE.keys() | REFUSED.keys()
