"""Take in a jury record that was read from a file: everything said at once, nothing written by a check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from credentials.report import Sentence
from issuer.domain.canary import is_canary
from issuer.domain.certification import Certification
from issuer.domain.eligibility import check_earlier, check_rows, same_award
from issuer.domain.records import EarlierAward, JuryRecord, ResultRow
from issuer.errors import ConflictError, RefusedError
from issuer.ports import Import, KeptRow, Registry
from issuer.ports.orders import OrderKind
from issuer.services import audit
from issuer.services.catalog import only
from issuer.services.four_eyes import require_order
from issuer.services.office import Office
from issuer.services.record_changes import Change, changes_to
from issuer.services.succession import in_force

RESULTS = "results"
"""The kind of file that speaks of persons and sessions handed in before."""


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
        kind: ``candidates``, ``sessions``, ``results``, ``annulments`` or ``earlier``.
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

    Each row counts once: refused, else known, else accepted.

    Attributes:
        handed: The file.
        certification: Code of the certification that it was taken in for.
        notes: Everything to say, in the file's order.
        accepted: Rows that are (or would be) new and good.
        refused: Rows that are (or would be) kept with their reasons.
        known: Rows that the register holds already, or that repeat another row of the file.
        changes: Persons and sessions that the file changes; those with awards need the operator's word.
        repeated: Whether the very same file was taken in before.
        written: Whether the register was changed.
    """

    handed: HandedIn
    certification: str
    notes: Sequence[RowNote]
    accepted: int
    refused: int
    known: int
    changes: Sequence[Change]
    repeated: bool
    written: bool

    @property
    def behind_awards(self) -> Sequence[Change]:
        """The changes to what awards rest on."""
        return [change for change in self.changes if change.awards]

    @property
    def blocked(self) -> bool:
        """Whether the file waits for the operator's word."""
        waits = self.refused > 0 or bool(self.behind_awards)
        return waits and not self.written and not self.repeated


def take_in(
    office: Office,
    handed: HandedIn,
    *,
    certification: str | None,
    accept_valid: bool,
    accept_changes: bool,
    check: bool,
    actor: str,
    order: str | None = None,
) -> Taken:
    """Take in a file, or say what taking it in would do.

    Args:
        office: The service.
        handed: The file as read.
        certification: Code of the certification, or None for the only one there is.
        accept_valid: The operator's word: take the good rows, keep the refused ones with their reasons.
        accept_changes: The operator's word: change what awards rest on as the file says.
        check: Write nothing, whatever is found.
        actor: Who.
        order: The approved order that it carries out; needed where four eyes are on and it changes what
            awards rest on.

    Returns:
        What was, or would be, taken in.

    Raises:
        NotFoundError: The certification is not known.
        ConflictError: ``import.other_certification`` when the same file was taken in for another one.
        RefusedError: ``import.no_rows``, ``import.no_candidates`` or ``import.no_sessions``; ``four_eyes.…``:
            it changes what awards rest on, and no second person approved it.
    """
    if check:
        with office.store.reading() as registry:
            return _examine(office, registry, handed, certification).outcome
    with office.store.writing() as registry:
        examined = _examine(office, registry, handed, certification)
        outcome = examined.outcome
        waits = (outcome.refused and not accept_valid) or (outcome.behind_awards and not accept_changes)
        if outcome.repeated or waits:
            return outcome
        # The watch's own people are nobody's diploma: it renames one by itself.
        if outcome.behind_awards and not is_canary(outcome.certification):
            require_order(office, registry, order, OrderKind.CORRECT, handed.id)
        _keep(office, registry, examined, actor)
        return replace(outcome, written=True)


@dataclass(frozen=True, slots=True)
class _Examined:
    outcome: Taken
    new_rows: Sequence[KeptRow]
    new_earlier: Sequence[EarlierAward]


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
        outcome = Taken(handed, fiche.code, (), 0, 0, handed.row_count, (), repeated=True, written=False)
        return _Examined(outcome, (), ())
    registered = registry.record(fiche.code)
    _require_ground(registered, handed)
    rule_notes = _rule_notes(office, registry, fiche, registered, handed.record)
    notes = sorted([*handed.notes, *rule_notes], key=lambda note: (note.row, note.column, note.code))
    reasons: dict[int, list[Mapping[str, object]]] = {}
    for note in notes:
        if note.refuses:
            reasons.setdefault(note.row, []).append(note.to_dict())
    known_rows = {_content(row) for row in registered.rows}
    new = [row for row in handed.record.rows if _content(row) not in known_rows]
    good = {_content(row) for row in new if row.number not in reasons}
    new_earlier = [
        award
        for award in handed.record.earlier
        if award.number not in reasons and not any(same_award(award, kept) for kept in registered.earlier)
    ]
    accepted = len(good) + len(new_earlier) + _new_records(registered, handed.record)
    outcome = Taken(
        handed=handed,
        certification=fiche.code,
        notes=notes,
        accepted=accepted,
        refused=len(reasons),
        # The rest is neither faulty nor new: the register, or an earlier row of the file, says the same.
        known=handed.row_count - len(reasons) - accepted,
        changes=list(changes_to(registry, fiche.code, registered, handed.record)),
        repeated=False,
        written=False,
    )
    return _Examined(outcome, [KeptRow(row, reasons.get(row.number, [])) for row in new], new_earlier)


def _require_ground(registered: JuryRecord, handed: HandedIn) -> None:
    """Refuse a file without rows, and results whose every row would be refused for the same lack."""
    if not handed.row_count:
        raise RefusedError(
            "import.no_rows",
            "the file has its header and no rows; nothing was written",
            where=handed.name,
            remedy="export it again, with its rows",
        )
    if handed.kind != RESULTS:
        return
    for kind, file, held in (
        ("candidates", "candidats.csv", registered.candidates),
        ("sessions", "jurys.csv", registered.sessions),
    ):
        if not held:
            raise RefusedError(
                f"import.no_{kind}",
                f"these are results, and the register holds no {kind} yet; nothing was written",
                where=handed.name,
                remedy=f"first: parchemin jury import {file}",
            )


def _rule_notes(
    office: Office, registry: Registry, fiche: Certification, registered: JuryRecord, handed: JuryRecord
) -> list[RowNote]:
    if not handed.rows and not handed.earlier:
        return []
    record = JuryRecord(candidates=registered.candidates, sessions=registered.sessions, rows=handed.rows)
    today, counting = office.today(), in_force(registry, fiche.code)
    findings = [
        *check_rows(fiche, record, today=today, equivalences=counting),
        *check_earlier(fiche, registered, handed.earlier, today=today, equivalences=counting),
    ]
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
        for finding in findings
    ]


def _content(row: ResultRow) -> ResultRow:
    """Give the row without where it came from: the same line in another file is the same decision."""
    return replace(row, source="", number=0, normalised=(), decision_date_text="", compare_folded=False)


def _new_records(registered: JuryRecord, handed: JuryRecord) -> int:
    """Count the candidates, sessions and annulments that are new or changed."""
    return (
        len(set(handed.candidates) - set(registered.candidates))
        + len(set(handed.sessions) - set(registered.sessions))
        + len(set(handed.annulments) - set(registered.annulments))
    )


def _keep(office: Office, registry: Registry, examined: _Examined, actor: str) -> None:
    outcome = examined.outcome
    handed, now = outcome.handed, office.clock.now()
    # Values, and sentences that quote them, are a person's data: no erasure would find them in here.
    refused = [
        {"row": note.row, "column": note.column, "code": note.code} for note in outcome.notes if note.refuses
    ]
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
        earlier=examined.new_earlier,
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
            "changed": len(outcome.changes),
        },
    )
