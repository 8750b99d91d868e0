"""What reading a file gives: the values, what was detected, and every problem of every row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from credentials.report import Sentence
from issuer.domain.records import Annulment, Candidate, EarlierAward, JurySession, ResultRow

_SHOWN_CHARACTERS = 80
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


class FileKind(StrEnum):
    """What a file lists."""

    CANDIDATES = "candidates"
    SESSIONS = "sessions"
    RESULTS = "results"
    ANNULMENTS = "annulments"
    EARLIER = "earlier"


class DateForm(StrEnum):
    """The two forms of date that are read; both are always accepted."""

    ISO = "AAAA-MM-JJ"
    FRENCH = "JJ/MM/AAAA"


class Severity(StrEnum):
    """Whether a problem refuses its row."""

    REFUSED = "refused"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Detected:
    """What was found out about a file, to be shown to the operator.

    Attributes:
        encoding: ``UTF-8`` or ``Windows-1252``.
        bom: Whether the file begins with a byte order mark.
        delimiter: The character between two cells.
        columns: Canonical column name to the file's own, for each column in use, in the file's order.
        ignored: The file's own names of the columns that are not used.
        date_form: The form of most dates, or None in a file without a readable date.
        mapping: Name of the column map in use.
    """

    encoding: str
    bom: bool
    delimiter: str
    columns: Mapping[str, str]
    ignored: Sequence[str]
    date_form: DateForm | None
    mapping: str


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One fault of one row, or one thing that a person should know about it.

    Attributes:
        row: As a person counts; the header is row 1.
        column: The file's own name of the column.
        value: The cell as the file writes it; for the operator, never for a log.
        code: A rule's code (``E-DATE-FORMAT``) or one of this reader's; listed in ``wording``.
        severity: Whether the row is refused.
        sentence: What is wrong.
        remedy: What to do.
    """

    row: int
    column: str
    value: str
    code: str
    severity: Severity
    sentence: Sentence
    remedy: Sentence

    def text(self) -> Sentence:
        """Give row, column, value, sentence and remedy in one line.

        Returns:
            The line in both languages.
        """
        value, column = shown(self.value), shown(self.column)
        return Sentence(
            f"Ligne {self.row}, colonne «\u202f{column}\u202f», "
            f"valeur «\u202f{value or '(vide)'}\u202f»\u202f: {self.sentence.fr} {self.remedy.fr}",
            f"Row {self.row}, column “{column}”, value “{value or '(empty)'}”: "
            f"{self.sentence.en} {self.remedy.en}",
        )


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that could be read; at most one of the five sequences of values is filled.

    Attributes:
        name: The file's name as handed in.
        kind: What it lists.
        detected: What was found out about it.
        row_count: Number of rows that are not blank, refused ones included, without the header.
        candidates: The candidates of the accepted rows.
        sessions: The sessions of the accepted rows.
        rows: The results of the accepted rows; the rules judge them further.
        annulments: The annulments of the accepted rows.
        earlier: The awards made before this register, of the accepted rows.
        problems: Every problem of every row, in the file's order.
    """

    name: str
    kind: FileKind
    detected: Detected
    row_count: int
    candidates: Sequence[Candidate] = ()
    sessions: Sequence[JurySession] = ()
    rows: Sequence[ResultRow] = ()
    annulments: Sequence[Annulment] = ()
    earlier: Sequence[EarlierAward] = ()
    problems: Sequence[RowProblem] = ()

    @property
    def refused_rows(self) -> Sequence[int]:
        """Numbers of the rows that were not taken, each once, in order."""
        refused = {problem.row for problem in self.problems if problem.severity is Severity.REFUSED}
        return tuple(sorted(refused))


def shown(text: str) -> str:
    """Make a cell fit for a line on a screen: unprintable characters named, long text cut.

    Args:
        text: A cell or a column's name as read.

    Returns:
        The text in at most 80 characters or so.
    """
    cut = text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "…"
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", cut)
