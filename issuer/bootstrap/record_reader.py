"""Reads a jury record for the services, which know no file format."""

import hashlib

from issuer.adapters.csv_import import ImportFileError, RowProblem, Severity, read_file
from issuer.adapters.db.codec import to_values
from issuer.domain.records import JuryRecord
from issuer.errors import RefusedError
from issuer.services.jury_import import HandedIn, RowNote


def read_record(content: bytes, name: str, certification: str) -> HandedIn:
    """Read a file whole.

    Args:
        content: Its bytes.
        name: Its name without folders.
        certification: Code of the certification.

    Raises:
        RefusedError: It cannot be read as a whole; the reader's own code and words.
    """
    try:
        read = read_file(content, name, certification=certification)
    except ImportFileError as error:
        raise RefusedError(error.code, error.message.en, where=error.where, remedy=error.remedy.en) from error
    return HandedIn(
        id=hashlib.sha256(content).hexdigest(),
        name=name,
        kind=read.kind.value,
        detected=to_values(read.detected),
        row_count=read.row_count,
        record=JuryRecord(read.candidates, read.sessions, read.rows, read.annulments, earlier=read.earlier),
        notes=[_note(problem) for problem in read.problems],
    )


def _note(problem: RowProblem) -> RowNote:
    return RowNote(
        row=problem.row,
        column=problem.column,
        value=problem.value,
        code=problem.code,
        refuses=problem.severity is Severity.REFUSED,
        message=problem.sentence,
        remedy=problem.remedy,
    )
