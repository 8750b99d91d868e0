"""Jury records from CSV files: candidates, jury sessions, results and annulments.

    from issuer.adapters.csv_import import load_map, read_file

    read = read_file(data, "pv-jury-2024-06.csv", certification="RNCP35080")
    for problem in read.problems:
        print(problem.text().fr)

The bytes come in as an argument and values go out; nothing is opened or written here.
"""

from issuer.adapters.csv_import.column_maps import load_map, shipped_maps
from issuer.adapters.csv_import.columns import ColumnMap, Word
from issuer.adapters.csv_import.errors import ColumnMapError, ImportFileError
from issuer.adapters.csv_import.reading import read_file
from issuer.adapters.csv_import.result import (
    DateForm,
    Detected,
    FileKind,
    ReadFile,
    RowProblem,
    Severity,
)

__all__ = [
    "ColumnMap",
    "ColumnMapError",
    "DateForm",
    "Detected",
    "FileKind",
    "ImportFileError",
    "ReadFile",
    "RowProblem",
    "Severity",
    "Word",
    "load_map",
    "read_file",
    "shipped_maps",
]
