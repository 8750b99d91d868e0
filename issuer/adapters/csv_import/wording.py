"""Errors and problems made from their code: one place where sentence and remedy are put together."""

from credentials.report import Sentence
from issuer.adapters.csv_import.errors import ColumnMapError, ImportFileError
from issuer.adapters.csv_import.file_wording import FILE_WORDING
from issuer.adapters.csv_import.result import RowProblem, Severity, shown
from issuer.adapters.csv_import.row_wording import ROW_WORDING

NOTICE_PREFIX = "W-"
_MOST_LISTED = 40


def file_error(code: str, where: str, **details: str) -> ImportFileError:
    """Make the error of a file that cannot be read.

    Args:
        code: A key of ``FILE_WORDING``.
        where: The file's name, with ``:row`` where it is known.
        **details: What the sentences name.

    Returns:
        The error, to be raised.
    """
    return ImportFileError(code, where, *_sentences(FILE_WORDING[code], details))


def map_error(code: str, where: str, **details: str) -> ColumnMapError:
    """Make the error of a column map that cannot be used.

    Args:
        code: A key of ``FILE_WORDING`` that begins with ``map.``.
        where: The map's name, with the path of keys where it is known.
        **details: What the sentences name.

    Returns:
        The error, to be raised.
    """
    return ColumnMapError(code, where, *_sentences(FILE_WORDING[code], details))


def row_problem(code: str, row: int, column: str, value: str, **details: str) -> RowProblem:
    """Make the problem of one row.

    Args:
        code: A key of ``ROW_WORDING``.
        row: As a person counts; the header is row 1.
        column: The file's own name of the column.
        value: The cell as the file writes it.
        **details: What the sentences name.

    Returns:
        The problem; a code that begins with ``W-`` is a notice.
    """
    severity = Severity.NOTICE if code.startswith(NOTICE_PREFIX) else Severity.REFUSED
    return RowProblem(row, column, value, code, severity, *_sentences(ROW_WORDING[code], details))


def listed(texts: list[str]) -> str:
    """Give texts of a file as a list in a sentence.

    Args:
        texts: Column names or values, as read.

    Returns:
        The texts, cut where too long, with commas between; ``—`` for none.
    """
    cut = [*texts[:_MOST_LISTED], "…"] if len(texts) > _MOST_LISTED else texts
    return ", ".join(shown(text) or "—" for text in cut) or "—"


def _sentences(wording: tuple[str, str, str, str], details: dict[str, str]) -> tuple[Sentence, Sentence]:
    fr, en, remedy_fr, remedy_en = (text.format_map(details) for text in wording)
    return Sentence(fr, en), Sentence(remedy_fr, remedy_en)
