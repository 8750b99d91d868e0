"""Records that are being corrected, and column maps that are kept, as the services see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from credentials.report import Sentence
from issuer.domain.records import JuryRecord


class SheetError(Exception):
    """A file that cannot be read as a whole.

    ``str()`` gives code and place only, which are safe in a log; the message may quote the file's header row.

    Attributes:
        code: Stable, dotted.
        where: The file's name, with ``:row`` where it is known.
        message: What is wrong.
        remedy: What to do.
    """

    def __init__(self, code: str, where: str, message: Sentence, remedy: Sentence) -> None:
        super().__init__(f"{code} ({where})")
        self.code = code
        self.where = where
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What a person said of a file's columns.

    Attributes:
        kind: ``candidates``, ``sessions``, ``results`` or ``annulments``.
        columns: Canonical column to the file's own header; empty for a column that the file lacks.
        words_of: Name of the shipped map whose words, dates and capitals are taken over, or empty.
    """

    kind: str
    columns: Mapping[str, str]
    words_of: str = ""


@dataclass(frozen=True, slots=True)
class KeptMap:
    """A version of what was chosen for the files of one source; never changed.

    Attributes:
        source: Where such files come from, as a person calls it.
        version: 1, 2, 3…
        choice: What was chosen.
        at: When (aware).
        by: Whose account.
    """

    source: str
    version: int
    choice: ColumnChoice
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One row written anew by a person.

    Attributes:
        row: As the file's own rows are counted; the header is row 1.
        cells: All its cells, as they are from now on.
        at: When (aware).
        by: Whose account.
    """

    row: int
    cells: Sequence[str]
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that was handed in and not taken in yet.

    Attributes:
        id: ``D-`` and eight characters of the short codes' alphabet.
        name: The file's own name without folders.
        source: Where it comes from, as a person calls it; may be empty.
        certification: Code of the certification that it is for.
        content: The bytes as they were handed in; never changed.
        typed: Whether it was typed at the desk and came as no file.
        made_at: When (aware).
        made_by: Whose account.
        choice: What was said of its columns, or None where they were told from the header alone.
        map_version: Version of the kept map that `choice` is, or None.
        corrections: Rows written anew, oldest first.
        order: The order that waits to take it in, or None; a draft with one changes no more.
    """

    id: str
    name: str
    source: str
    certification: str
    content: bytes
    typed: bool
    made_at: datetime
    made_by: str
    choice: ColumnChoice | None = None
    map_version: int | None = None
    corrections: Sequence[Correction] = ()
    order: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A file as a table, before anything is read out of it.

    Attributes:
        encoding: ``UTF-8`` or ``Windows-1252``.
        bom: Whether it begins with a byte order mark.
        delimiter: The character between two cells.
        headers: The first row.
        rows: The other rows, blank ones too: the first of them is row 2.
    """

    encoding: str
    bom: bool
    delimiter: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]

    def row(self, number: int) -> Sequence[str] | None:
        """Give a row as a person counts, or None where there is none."""
        index = number - 2
        return self.rows[index] if 0 <= index < len(self.rows) else None


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """One thing to say about one row of a file.

    Attributes:
        row: As a person counts; the header is row 1.
        column: The file's own name of the column.
        value: The cell as the file writes it.
        code: Stable code.
        refuses: Whether the row is refused.
        message: What is wrong.
        remedy: What to do.
    """

    row: int
    column: str
    value: str
    code: str
    refuses: bool
    message: Sentence
    remedy: Sentence


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read out of a file.

    Attributes:
        kind: What it lists.
        detected: What was found out about it, for the register (JSON values).
        mapping: Name of the column map in use.
        columns: Canonical column to the file's own header, for each column in use.
        row_count: Rows that are not blank, without the header.
        record: The values of the good rows.
        problems: Everything to say about its rows, in the file's order.
    """

    kind: str
    detected: Mapping[str, object]
    mapping: str
    columns: Mapping[str, str]
    row_count: int
    record: JuryRecord
    problems: Sequence[SheetProblem]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one kind of file.

    Attributes:
        kind: ``candidates``, ``sessions``, ``results`` or ``annulments``.
        required: Those without which a file is not read.
        optional: Those that may be absent.
    """

    kind: str
    required: Sequence[str]
    optional: Sequence[str]


class Sheets(Protocol):
    """Reads and writes files of records; pure: bytes in, values out."""

    @property
    def kinds(self) -> Sequence[Columns]:
        """The kinds of file that are read."""
        ...

    def grid(self, data: bytes, name: str, choice: ColumnChoice | None = None) -> Grid:
        """Give a file as a table, whatever its columns are called.

        Args:
            data: The file's bytes.
            name: Its name, for messages.
            choice: What was said of its columns, if anything: it may decide between two delimiters.

        Raises:
            SheetError: It is no such file, or too large.
        """
        ...

    def read(self, data: bytes, name: str, choice: ColumnChoice | None, certification: str) -> Sheet:
        """Read a file.

        Raises:
            SheetError: Its header cannot be told, or it is no such file.
        """
        ...

    def write(self, headers: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str) -> bytes:
        """Write a table as UTF-8 without byte order mark; every row keeps its number."""
        ...


@dataclass(frozen=True, slots=True)
class ProposedPlan:
    """A plan as it was proposed: what a second person compares the record with.

    Attributes:
        digest: Its SHA-256, which the order names.
        content: The plan as JSON values; holds names.
        at: When it was proposed first (aware).
    """

    digest: str
    content: Mapping[str, object]
    at: datetime


@dataclass(frozen=True, slots=True)
class SeasonReport:
    """A dated report of a season; holds names.

    Attributes:
        id: ``R-`` and eight characters of the short codes' alphabet.
        certification: Code of the certification.
        session: The session, or None for all.
        content: The report as JSON values.
        sha256: Hex digest of its canonical JSON; the audit log names it.
        csv_sha256: Hex digest of the same report as CSV; the audit log names it too.
        at: When (aware).
        by: Whose account.
    """

    id: str
    certification: str
    session: str | None
    content: Mapping[str, object]
    sha256: str
    csv_sha256: str
    at: datetime
    by: str


class SeasonRegistry(Protocol):
    """The part of a unit of work that keeps them."""

    def keep_draft(self, draft: Draft) -> None:
        """Keep a draft, or its new state; its bytes and its earlier corrections stay as they are."""
        ...

    def draft(self, draft_id: str) -> Draft | None:
        """Give a draft, or None."""
        ...

    def drafts(self) -> Sequence[Draft]:
        """Give all drafts, oldest first."""
        ...

    def drop_draft(self, draft_id: str) -> None:
        """Take a draft away, with its bytes and corrections."""
        ...

    def keep_map(self, kept: KeptMap) -> None:
        """Append a version of a source's column map."""
        ...

    def latest_map(self, source: str) -> KeptMap | None:
        """Give the newest map of a source, or None."""
        ...

    def map_sources(self) -> Sequence[str]:
        """Give the names of the sources that have a map, in order."""
        ...

    def keep_proposed_plan(self, plan: ProposedPlan) -> None:
        """Keep a plan that is proposed; the same one again changes nothing."""
        ...

    def proposed_plan(self, digest: str) -> ProposedPlan | None:
        """Give a plan that was proposed, or None."""
        ...

    def keep_season_report(self, report: SeasonReport) -> None:
        """Keep a report."""
        ...

    def season_report(self, report_id: str) -> SeasonReport | None:
        """Give a report, or None."""
        ...

    def season_reports(self, certification: str) -> Sequence[SeasonReport]:
        """Give the reports of a certification, oldest first."""
        ...
