"""``parchemin jury import``: jury records."""

import hashlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, is_dataclass
from pathlib import Path

import click

from issuer.adapters.csv_import import ColumnMap, RowProblem, Severity, load_map, read_file
from issuer.adapters.csv_import.columns import VOCABULARIES, Word
from issuer.adapters.db.codec import to_values
from issuer.cli.context import json_option, office, operator, person, print_json, read_input, say
from issuer.cli.screen import fit
from issuer.domain.records import JuryRecord
from issuer.domain.staff import Role
from issuer.services.catalog import only
from issuer.services.jury_import import HandedIn, RowNote, Taken, take_in
from issuer.services.office import Office
from issuer.services.record_changes import Change

MAXIMUM_FILE_BYTES = 20_000_000
MAXIMUM_MAP_BYTES = 100_000

COLUMN_OF: Mapping[str, str] = {
    # candidates
    "id": "id_candidat",
    "birth_name": "nom_naissance",
    "usage_name": "nom_usage",
    "given_names": "prenoms",
    "birth_date": "date_naissance",
    "route": "voie",
    "entry_date": "date_entree",
    "email": "courriel",
    "latin_name": "nom_latin",
    "reentry_date": "date_reprise",
    "path_changes": "changements_voie",
    "enrolled_blocks": "blocs_inscrits",
    "prerequisite_evidence": "prerequis",
    "deceased_on": "date_deces",
    "not_same_as": "autre_que",
    # sessions
    "certification": "certification",
    "on": "date_jury",
    "routes": "voies",
    "internal": "internes",
    "external": "exterieurs",
    "represents_head": "represente_ag",
    "president": "president",
    "signed": "pv_signe",
    "signatory": "signataire",
    "ties": "lies_au_candidat",
    "place": "lieu",
    "cites_memoire": "memoire_cite",
}
"""Field of a candidate or a session to its column."""

_VOCABULARY_OF = {"route": "voie", "routes": "voie", "path_changes": "voie", "ties": "cote"}
"""Fields that hold words of a vocabulary."""


@click.group()
def jury() -> None:
    """Jury records: candidates, sessions, results, annulments, earlier awards."""


@jury.command("import")
@click.argument("file")
@click.option("--certification", help="Code of the certification; needed when there are several.")
@click.option("--map", "map_file", help="Column map (YAML) for a file with its own column names.")
@click.option("--check", is_flag=True, help="Say everything, write nothing.")
@click.option("--accept-valid", is_flag=True, help="Take the good rows; keep the refused ones with reasons.")
@click.option(
    "--accept-changes",
    is_flag=True,
    help="Change persons and sessions that awards rest on, as the file says.",
)
@json_option
def import_(
    file: str,
    certification: str | None,
    map_file: str | None,
    check: bool,
    accept_valid: bool,
    accept_changes: bool,
    as_json: bool,
) -> None:
    """Take in a CSV file. Exit code 1 when it waits for your word (--accept-valid, --accept-changes)."""
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
        accept_changes=accept_changes,
        check=check,
        actor=operator() if check else person(Role.ENTRY),
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
    accept_changes: bool = False,
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
        record=JuryRecord(read.candidates, read.sessions, read.rows, read.annulments, earlier=read.earlier),
        notes=[_note(problem) for problem in read.problems],
    )
    return take_in(
        opened,
        handed,
        certification=code,
        accept_valid=accept_valid,
        accept_changes=accept_changes,
        check=check,
        actor=actor,
    )


def show(taken: Taken, *, check: bool) -> None:
    """Say what was detected, everything found, and what became of the file."""
    say(f"{taken.handed.name}: {taken.handed.kind} for {taken.certification}, {_detected(taken)}")
    for note in taken.notes:
        remedy = f" {note.remedy.en}" if note.remedy else ""
        column = f", column {note.column}" if note.column else ""
        mark = "refused" if note.refuses else "note   "
        say(f"  {mark}  row {note.row}{column}, “{note.value}”: {note.message.en}{remedy} [{note.code}]")
    for change in taken.changes:
        mark, why = ("waits  ", f" ({change.awards} awards rest on it)") if change.awards else ("note   ", "")
        said = "; ".join(
            f"{column} “{fit(before)}” becomes “{fit(after)}”"
            for column, before, after in _columns(taken, change)
        )
        say(f"  {mark}  changes {change.id}{why}: {said}")
    if taken.repeated:
        say("the same file was taken in before: nothing was added")
        return
    counts = f"{taken.accepted} accepted, {taken.refused} refused, {taken.known} known already"
    if taken.written:
        say(f"{counts}: taken in")
    elif check:
        say(f"{counts}: checked, nothing was written")
    else:
        say(f"{counts}: NOTHING was written; mend the file, or {_word_needed(taken)}")


def _word_needed(taken: Taken) -> str:
    options = []
    if taken.refused:
        options.append("take the good rows with --accept-valid")
    if taken.behind_awards:
        options.append("take the changes with --accept-changes (awards keep the words they were signed with)")
    return " and ".join(options)


def _columns(taken: Taken, change: Change) -> Iterator[tuple[str, str, str]]:
    """Give each changed field in the file's own column words, with its values before and after."""
    columns = taken.handed.detected["columns"]
    assert isinstance(columns, Mapping)
    for field in change.fields:
        column = COLUMN_OF[field.name]
        words = {word.block: word.written for word in reversed(_usual_words(field.name))}
        yield columns.get(column, column), _cell(field.before, words), _cell(field.after, words)


def _usual_words(field: str) -> Sequence[Word]:
    return VOCABULARIES[_VOCABULARY_OF[field]] if field in _VOCABULARY_OF else ()


def _cell(value: object, words: Mapping[str, str]) -> str:
    """Write a value as a cell of the CSV form holds it; `words` gives a meaning its usual word."""
    match value:
        case bool():
            return "oui" if value else "non"
        case str() | None:
            return words.get(value or "", value or "")
        case Sequence():
            return "|".join(_cell(item, words) for item in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            return ":".join(_cell(item, words) for item in astuple(value))
        case _:
            return str(value)


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
        "changes": [
            {
                "id": change.id,
                "awards": change.awards,
                "fields": [
                    {"column": column, "before": before, "after": after}
                    for column, before, after in _columns(taken, change)
                ],
            }
            for change in taken.changes
        ],
        "repeated": taken.repeated,
        "written": taken.written,
    }
