"""``parchemin cpf``: the CPF feed, a draft until the scheme in force is known; titles only, and no NIR."""

import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from issuer.adapters.accrochage import WRITERS, read_answers
from issuer.adapters.civil_file import CivilFile, read_civil_file
from issuer.adapters.csv_import.limits import MAX_FILE_BYTES
from issuer.cli.context import json_option, office, operator, person, print_json, read_input, say
from issuer.cli.files import write_new
from issuer.domain.accrochage import Outcome
from issuer.domain.staff import Role
from issuer.errors import ConfigurationError
from issuer.ports.legal import DepositWriter
from issuer.services.accrochage import (
    Made,
    Prepared,
    Reply,
    Selection,
    deadlines,
    deposits,
    make_file,
    prepare,
    standings,
    take_answers,
)
from issuer.services.civil_data import take_civil_data
from issuer.services.office import Office

DRAFT = "draft: made for schema 1.1.2, which is older than the decree of 30 December 2024; do not deposit it"


@click.group()
def cpf() -> None:
    """Titles for the CPF feed (a DRAFT: the scheme in force is not known here; no NIR, ever)."""


@cpf.command()
@click.argument("file")
@click.option("--check", is_flag=True, help="Say everything, write nothing.")
@json_option
def civil(file: str, *, check: bool, as_json: bool) -> None:
    """Take in civil data from a CSV file, apart from awards; all of it or nothing."""
    opened, name = office(), Path(file).name
    read = read_civil_file(read_input(file, MAX_FILE_BYTES), name)
    if read.faults:
        _show_faults(read, name, as_json=as_json)
        sys.exit(1)
    actor = operator() if check else person(Role.ENTRY)
    taken = take_civil_data(opened, read.people, actor=actor, check=check)
    if as_json:
        print_json({"new": taken.new, "changed": taken.changed, "same": taken.same, "faults": []})
        return
    word = "would be taken in" if check else "taken in"
    say(f"{name}: {taken.new} new, {taken.changed} changed, {taken.same} the same: {word}")


@cpf.command()
@click.option("--session", help="Titles of this jury session alone.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Titles delivered on this day or later.")
@click.option("--again", is_flag=True, help="Also lines without an answer, and rejected ones as they were.")
@click.option("--out", help="Where to write the file; it must not exist yet.")
@click.option("--check", is_flag=True, help="Say what the file would hold; write nothing.")
@json_option
def export(
    session: str | None, since: datetime | None, out: str | None, *, again: bool, check: bool, as_json: bool
) -> None:
    """Make the XML file of the titles that are to be sent."""
    if check is (out is not None):
        raise click.UsageError("give one of --out FILE and --check")
    opened = office()
    selection = Selection(session, since.date() if since else None, again)
    if out is None:
        prepared = prepare(opened, selection)
        _show(opened, prepared, None, as_json=as_json)
        return
    made = make_file(
        opened,
        writer_for(opened),
        selection,
        actor=person(Role.ENTRY),
        hand_over=lambda content: write_new(out, content),
    )
    _show(opened, made.prepared, made, as_json=as_json)


@cpf.command()
@click.argument("file")
@json_option
def answer(file: str, *, as_json: bool) -> None:
    """Take in what came back: accepted and rejected lines (docs/accrochage.md describes the form)."""
    opened = office()
    read = read_answers(read_input(file, MAX_FILE_BYTES), Path(file).name)
    replies = [Reply(line.technical_id, line.accepted, line.code, line.message) for line in read.lines]
    taken = take_answers(opened, replies, read.sha256, actor=person(Role.ENTRY))
    if as_json:
        print_json({"accepted": taken.accepted, "rejected": taken.rejected, "known": taken.known})
    elif taken.known:
        say("the same file was taken in before: nothing was added")
    else:
        say(f"{taken.accepted} accepted, {taken.rejected} rejected: correct those, and they go again")


@cpf.command("list")
@json_option
def list_(*, as_json: bool) -> None:
    """List the titles with where they stand, and the files that were made."""
    opened = office()
    due = {each.award.number: each for each in deadlines(opened)}
    titles = [
        {
            "number": award.number,
            "candidate": award.candidate_id,
            "certification": award.certification,
            "session": award.session,
            "state": award.state.value,
            "standing": record.standing.value,
            "sent_at": record.sent_at.isoformat() if record.sent_at else None,
            "code": record.answer.code if record.answer else None,
            "due_on": due[award.number].due_on.isoformat() if award.number in due else None,
            "late": award.number in due and due[award.number].late,
        }
        for award, record in standings(opened)
    ]
    files = [
        {
            "id": made.id,
            "schema": made.schema_version,
            "sha256": made.sha256,
            "made_at": made.at.isoformat(),
            "made_by": made.by,
            "lines": lines,
        }
        for made, lines in deposits(opened)
    ]
    if as_json:
        print_json({"draft": True, "titles": titles, "files": files})
        return
    for title in titles:
        late = " LATE" if title["late"] else ""
        until = f"due {title['due_on']}{late}" if title["due_on"] else ""
        click.echo(f"{title['number']}  {title['candidate']:<12} {title['standing']:<12} {until}".rstrip())
    for made in files:
        click.echo(f"file {made['id']}  {made['lines']} lines  {made['made_at']}  {made['made_by']}")


def writer_for(opened: Office) -> DepositWriter:
    """Give what writes the version of the schema that the institution's file names.

    Raises:
        ConfigurationError: ``cpf.schema_unknown``.
    """
    writer = WRITERS.get(opened.institution.cpf.schema)
    if writer is None:
        raise ConfigurationError(
            "cpf.schema_unknown",
            f"version {opened.institution.cpf.schema} of the feed's schema is not known here",
            where="institution.yaml, cpf.schema",
            remedy="known: " + ", ".join(WRITERS),
        )
    return writer


def _show(opened: Office, prepared: Prepared, made: Made | None, *, as_json: bool) -> None:
    if as_json:
        print_json(_as_json(opened, prepared, made))
        return
    say(DRAFT)
    for outcome in prepared.refused:
        for refusal in outcome.refusals:
            message, remedy = refusal.message.en.rstrip("."), refusal.remedy.en
            say(f"  refused {outcome.award.number}: {message}. {remedy} [{refusal.lack.value}]")
    told = f"{len(prepared.rows)} lines, {len(prepared.refused)} refused"
    held = f"{len(prepared.accepted)} accepted before, {len(prepared.unanswered)} without an answer"
    if made is None:
        say(f"{told}, {held}: nothing was written")
    else:
        say(f"{told}, {held}: file {made.file.id}, SHA-256 {made.file.sha256}")


def _as_json(opened: Office, prepared: Prepared, made: Made | None) -> Mapping[str, object]:
    return {
        "draft": True,
        "schema": opened.institution.cpf.schema,
        "file": None if made is None else {"id": made.file.id, "sha256": made.file.sha256},
        "lines": [{"number": row.number, "technical_id": row.technical_id} for row in prepared.rows],
        "refused": [_refused(outcome) for outcome in prepared.refused],
        "accepted": [award.number for award in prepared.accepted],
        "unanswered": [award.number for award in prepared.unanswered],
    }


def _refused(outcome: Outcome) -> Mapping[str, object]:
    return {
        "number": outcome.award.number,
        "reasons": [
            {
                "code": refusal.lack.value,
                "element": refusal.element or None,
                "message": {"fr": refusal.message.fr, "en": refusal.message.en},
                "remedy": {"fr": refusal.remedy.fr, "en": refusal.remedy.en},
            }
            for refusal in outcome.refusals
        ],
    }


def _show_faults(read: CivilFile, name: str, *, as_json: bool) -> None:
    if as_json:
        faults = [
            {"row": each.row, "column": each.column, "code": each.code, "message": each.message}
            for each in read.faults
        ]
        print_json({"new": 0, "changed": 0, "same": 0, "faults": faults})
        return
    for each in read.faults:
        column = f", column {each.column}" if each.column else ""
        say(f"error [{each.code}] {name}: row {each.row}{column}: {each.message}")
    say("NOTHING was taken in: mend the file, and give it again")
