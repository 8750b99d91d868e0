"""Take in a jury record that was read from a file: everything said at once, nothing written by a check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from credentials.report import Sentence
from issuer.domain.certification import Certification
from issuer.domain.eligibility import check_rows
from issuer.domain.records import JuryRecord, ResultRow
from issuer.errors import ConflictError
from issuer.ports import Import, KeptRow, Registry
from issuer.services import audit
from issuer.services.catalog import only
from issuer.services.office import Office


@dataclass(frozen=True, slots=True)
class RowNote:
    """One thing to say about one row.

    Attributes:
        row: As a person counts; the header is row 1.
        column: The column's name, or empty for the whole row.
        value: The value as written.
        code: Stable code.
        refuses: Whether the row is refused.
        message: What is wrong.
        remedy: What to do, or None.
    """

    row: int
    column: str
    value: str
    code: str
    refuses: bool
    message: Sentence
    remedy: Sentence | None

    def to_dict(self) -> Mapping[str, object]:
        """Give the note as JSON values."""
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "code": self.code,
            "refuses": self.refuses,
            "message": self.message.to_dict(),
            "remedy": self.remedy.to_dict() if self.remedy else None,
        }


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file as read.

    Attributes:
        id: SHA-256 (hex) of its bytes.
        name: Its name without folders.
        kind: ``candidates``, ``sessions``, ``results`` or ``annulments``.
        detected: Encoding, delimiter, columns… for the register.
        row_count: Rows in the file.
        record: The values of its good rows.
        notes: What reading found.
    """

    id: str
    name: str
    kind: str
    detected: Mapping[str, object]
    row_count: int
    record: JuryRecord
    notes: Sequence[RowNote]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file.

    Attributes:
        handed: The file.
        certification: Code of the certification that it was taken in for.
        notes: Everything to say, in the file's order.
        accepted: Rows that are (or would be) new and good.
        refused: Rows that are (or would be) kept with their reasons.
        known: Rows that the register holds already.
        repeated: Whether the very same file was taken in before.
        written: Whether the register was changed.
    """

    handed: HandedIn
    certification: str
    notes: Sequence[RowNote]
    accepted: int
    refused: int
    known: int
    repeated: bool
    written: bool

    @property
    def blocked(self) -> bool:
        """Whether the file waits for the operator's word."""
        return self.refused > 0 and not self.written and not self.repeated


def take_in(
    office: Office,
    handed: HandedIn,
    *,
    certification: str | None,
    accept_valid: bool,
    check: bool,
    actor: str,
) -> Taken:
    """Take in a file, or say what taking it in would do.

    Args:
        office: The service.
        handed: The file as read.
        certification: Code of the certification, or None for the only one there is.
        accept_valid: The operator's word: take the good rows, keep the refused ones with their reasons.
        check: Write nothing, whatever is found.
        actor: Who.

    Returns:
        What was, or would be, taken in.

    Raises:
        NotFoundError: The certification is not known.
        ConflictError: ``import.other_certification`` when the same file was taken in for another one.
    """
    if check:
        with office.store.reading() as registry:
            return _examine(office, registry, handed, certification).outcome
    with office.store.writing() as registry:
        examined = _examine(office, registry, handed, certification)
        outcome = examined.outcome
        if outcome.repeated or (outcome.refused and not accept_valid):
            return outcome
        _keep(office, registry, examined, actor)
        return replace(outcome, written=True)


@dataclass(frozen=True, slots=True)
class _Examined:
    outcome: Taken
    new_rows: Sequence[KeptRow]


def _examine(office: Office, registry: Registry, handed: HandedIn, code: str | None) -> _Examined:
    fiche = only(registry, code)
    earlier = registry.import_of(handed.id)
    if earlier is not None and earlier.certification != fiche.code:
        raise ConflictError(
            "import.other_certification",
            f"this very file was taken in for {earlier.certification}",
            where=handed.name,
            remedy=f"hand in the lines of {fiche.code} in a file of their own",
        )
    if earlier is not None:
        outcome = Taken(handed, fiche.code, (), 0, 0, handed.row_count, repeated=True, written=False)
        return _Examined(outcome, ())
    registered = registry.record(fiche.code)
    rule_notes = _rule_notes(office, fiche, registered, handed.record.rows)
    notes = sorted([*handed.notes, *rule_notes], key=lambda note: (note.row, note.column, note.code))
    reasons: dict[int, list[Mapping[str, object]]] = {}
    for note in notes:
        if note.refuses:
            reasons.setdefault(note.row, []).append(note.to_dict())
    known_rows = {_content(row) for row in registered.rows}
    new = [row for row in handed.record.rows if _content(row) not in known_rows]
    known = len(handed.record.rows) - len(new) + _known_records(registered, handed.record)
    refused = len(reasons)
    outcome = Taken(
        handed=handed,
        certification=fiche.code,
        notes=notes,
        accepted=max(handed.row_count - refused - known, 0),
        refused=refused,
        known=known,
        repeated=False,
        written=False,
    )
    return _Examined(outcome, [KeptRow(row, reasons.get(row.number, [])) for row in new])


def _rule_notes(
    office: Office, fiche: Certification, registered: JuryRecord, rows: Sequence[ResultRow]
) -> list[RowNote]:
    if not rows:
        return []
    record = JuryRecord(candidates=registered.candidates, sessions=registered.sessions, rows=rows)
    return [
        RowNote(
            row=finding.row.number,
            column=finding.column,
            value=finding.value,
            code=finding.code.id,
            refuses=finding.refuses,
            message=finding.sentence,
            remedy=finding.remedy,
        )
        for finding in check_rows(fiche, record, today=office.today())
    ]


def _content(row: ResultRow) -> ResultRow:
    """Give the row without where it came from: the same line in another file is the same decision."""
    return replace(row, source="", number=0, normalised=(), decision_date_text="", compare_folded=False)


def _known_records(registered: JuryRecord, handed: JuryRecord) -> int:
    return (
        sum(1 for candidate in handed.candidates if candidate in registered.candidates)
        + sum(1 for session in handed.sessions if session in registered.sessions)
        + sum(1 for annulment in handed.annulments if annulment in registered.annulments)
    )


def _keep(office: Office, registry: Registry, examined: _Examined, actor: str) -> None:
    outcome = examined.outcome
    handed, now = outcome.handed, office.clock.now()
    refused = [note.to_dict() for note in outcome.notes if note.refuses]
    made = Import(
        id=handed.id,
        kind=handed.kind,
        name=handed.name,
        certification=outcome.certification,
        detected={**handed.detected, "refused": refused},
        accepted=outcome.accepted,
        refused=outcome.refused,
        known=outcome.known,
        at=now,
        by=actor,
    )
    registry.add_import(made)
    known = registry.record(outcome.certification)
    record = replace(
        handed.record,
        annulments=[item for item in handed.record.annulments if item not in known.annulments],
    )
    registry.add_records(handed.id, outcome.certification, record)
    registry.add_rows(handed.id, outcome.certification, examined.new_rows)
    audit.record(
        registry,
        now,
        actor,
        "record.imported",
        handed.id,
        {
            "kind": handed.kind,
            "certification": outcome.certification,
            "accepted": outcome.accepted,
            "refused": outcome.refused,
            "known": outcome.known,
        },
    )
