"""``parchemin jury import``: jury records."""

import hashlib
import sys
from pathlib import Path

import click

from issuer.adapters.csv_import import ColumnMap, RowProblem, Severity, load_map, read_file
from issuer.adapters.db.codec import to_values
from issuer.cli.context import json_option, office, operator, print_json, read_input, say
from issuer.domain.records import JuryRecord
from issuer.services.catalog import only
from issuer.services.jury_import import HandedIn, RowNote, Taken, take_in
from issuer.services.office import Office

MAXIMUM_FILE_BYTES = 20_000_000
MAXIMUM_MAP_BYTES = 100_000


@click.group()
def jury() -> None:
    """Jury records: candidates, sessions, results, annulments."""


@jury.command("import")
@click.argument("file")
@click.option("--certification", help="Code of the certification; needed when there are several.")
@click.option("--map", "map_file", help="Column map (YAML) for a file with its own column names.")
@click.option("--check", is_flag=True, help="Say everything, write nothing.")
@click.option("--accept-valid", is_flag=True, help="Take the good rows; keep the refused ones with reasons.")
@json_option
def import_(
    file: str, certification: str | None, map_file: str | None, check: bool, accept_valid: bool, as_json: bool
) -> None:
    """Take in a CSV file. Exit code 1 when it waits for your word (refused rows, no --accept-valid)."""
    opened = office()
    mapping = load_map(read_input(map_file, MAXIMUM_MAP_BYTES), Path(map_file).name) if map_file else None
    content = read_input(file, MAXIMUM_FILE_BYTES)
    taken = take_file(
        opened,
        content,
        Path(file).name,
        mapping=mapping,
        certification=certification,
        accept_valid=accept_valid,
        check=check,
        actor=operator(),
    )
    if as_json:
        print_json(_as_json(taken))
    else:
        show(taken, check=check)
    if taken.blocked:
        sys.exit(1)


def take_file(
    opened: Office,
    content: bytes,
    name: str,
    *,
    actor: str,
    mapping: ColumnMap | None = None,
    certification: str | None = None,
    accept_valid: bool = False,
    check: bool = False,
) -> Taken:
    """Read a file's bytes and hand them to the service."""
    with opened.store.reading() as registry:
        code = only(registry, certification).code
    read = read_file(content, name, mapping=mapping, certification=code)
    handed = HandedIn(
        id=hashlib.sha256(content).hexdigest(),
        name=name,
        kind=read.kind.value,
        detected=to_values(read.detected),
        row_count=read.row_count,
        record=JuryRecord(read.candidates, read.sessions, read.rows, read.annulments),
        notes=[_note(problem) for problem in read.problems],
    )
    return take_in(opened, handed, certification=code, accept_valid=accept_valid, check=check, actor=actor)


def show(taken: Taken, *, check: bool) -> None:
    """Say what was detected, everything found, and what became of the file."""
    say(f"{taken.handed.name}: {taken.handed.kind} for {taken.certification}, {_detected(taken)}")
    for note in taken.notes:
        remedy = f" {note.remedy.en}" if note.remedy else ""
        column = f", column {note.column}" if note.column else ""
        mark = "refused" if note.refuses else "note   "
        say(f"  {mark}  row {note.row}{column}, “{note.value}”: {note.message.en}{remedy} [{note.code}]")
    if taken.repeated:
        say("the same file was taken in before: nothing was added")
        return
    counts = f"{taken.accepted} accepted, {taken.refused} refused, {taken.known} known already"
    if taken.written:
        say(f"{counts}: taken in")
    elif check:
        say(f"{counts}: checked, nothing was written")
    else:
        say(f"{counts}: NOTHING was written; mend the file, or take the good rows with --accept-valid")


def _detected(taken: Taken) -> str:
    detected = taken.handed.detected
    mark = " with byte order mark" if detected["bom"] else ""
    delimiter = {"\t": "tab"}.get(str(detected["delimiter"]), f"“{detected['delimiter']}”")
    ignored = detected["ignored"]
    unused = (
        f", columns not used: {', '.join(map(str, ignored))}" if isinstance(ignored, list) and ignored else ""
    )
    return f"{detected['encoding']}{mark}, delimiter {delimiter}{unused}"


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


def _as_json(taken: Taken) -> dict[str, object]:
    return {
        "file": taken.handed.name,
        "sha256": taken.handed.id,
        "kind": taken.handed.kind,
        "certification": taken.certification,
        "detected": taken.handed.detected,
        "rows": [note.to_dict() for note in taken.notes],
        "accepted": taken.accepted,
        "refused": taken.refused,
        "known": taken.known,
        "repeated": taken.repeated,
        "written": taken.written,
    }
