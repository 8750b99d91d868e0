"""``parchemin backup | restore | register``: what the operator does for the day on which the disk is lost."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import click

from issuer.adapters.archive import SealedBackup
from issuer.bootstrap import (
    Restored,
    Since,
    backup_passphrase,
    check_backup,
    make_backup,
    migrate_register,
    open_office,
    require_backup_of,
    restore_backup,
)
from issuer.cli.context import (
    ask_passphrase,
    json_option,
    operator,
    print_json,
    progress,
    say,
    settings,
    system_login,
)
from issuer.errors import RefusedError, ServiceError
from issuer.ports.legal import ErasureReason
from issuer.services.backups import note_backup

_MOST_SHOWN = 20


@click.group(invoke_without_command=True)
@click.option("--out", type=click.Path(path_type=Path), help="The file to make; there must be none yet.")
@json_option
@click.pass_context
def backup(context: click.Context, out: Path | None, as_json: bool) -> None:
    """Make a sealed backup of everything while the service runs.

    The register at one instant, the keys as they lie there (they stay encrypted), the institution's file and
    parchemin.toml go into one file, which PARCHEMIN_BACKUP_PASSPHRASE_FILE (or what is typed) opens.
    """
    if context.invoked_subcommand is not None:
        if out is not None:
            raise click.UsageError("--out is for making a backup; give it without a further command")
        return
    if out is None:
        raise click.UsageError("give the file to make with --out FILE")
    in_force = settings()
    made = make_backup(in_force, out, backup_passphrase(in_force, _choose))
    noted = _note(made)
    if as_json:
        print_json({**_values(made), "file": str(out), "noted": noted})
        return
    facts = made.head.facts
    awards = facts.counts.get("awards", 0)
    say(f"{out}: {made.size} bytes, {awards} awards, {facts.audit_sequence} audit entries")
    say(f"SHA-256 {made.sha256}; bring it to another machine, then: parchemin backup verify FILE")


@backup.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def verify_(file: Path, as_json: bool) -> None:
    """Read a backup to its end and check every part; writes nothing."""
    found = check_backup(file, backup_passphrase(settings(), _ask))
    if as_json:
        print_json(_values(found))
        return
    head, facts = found.head, found.head.facts
    say(f"{file} is whole: made at {head.made_at} by version {head.version}, tables {facts.schema}")
    say(f"{facts.did}: {facts.counts.get('awards', 0)} awards, {facts.audit_sequence} audit entries")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="The data folder to make (default: PARCHEMIN_DATA); empty, or not there.",
)
@click.option("--last-number", help="The last number that was given before the loss, where it is known.")
@click.option(
    "--erasures",
    type=click.Path(path_type=Path),
    help="What `parchemin person erased --json` listed last: those erasures are made, or asked for, again.",
)
@json_option
def restore(
    file: Path, data: Path | None, last_number: str | None, erasures: Path | None, *, as_json: bool
) -> None:
    """Bring a data folder back from a backup, and verify everything in it.

    Every award by our own verifier, every status list, the DID document and the audit log. There is no way
    around the verification: a folder that was not verified is not known to be whole. Exit code 1 where
    anything does not hold; the folder is there all the same, to be looked into.

    Numbers given after the backup are on people's documents: the next ones start after --last-number, or far
    above what the backup holds.
    """
    in_force = settings()
    since = Since(last_number, _erasures(erasures) if erasures is not None else {})
    passphrase = backup_passphrase(in_force, _ask)
    # The register that would know the operator's account is not there yet.
    with progress("verifying") as advance:
        done = restore_backup(
            in_force, file, passphrase, data or in_force.data, f"system:{system_login()}", advance, since
        )
    if as_json:
        print_json(_report(done))
    else:
        _say_restored(done)
    if done.checked.findings:
        sys.exit(1)


@click.group()
def register() -> None:
    """The register's tables: brought forward for a newer version, or back for the one before."""


@register.command()
@click.option("--to", "revision", help="A revision (default: the newest that this version knows).")
@click.option(
    "--backup",
    "file",
    required=True,
    type=click.Path(path_type=Path),
    help="Made first; or, where it exists, a backup of the register as it is now.",
)
@json_option
def upgrade(revision: str | None, file: Path, as_json: bool) -> None:
    """Bring the tables forward, with a backup first. Stop the service before."""
    _migrate(revision, file, as_json=as_json)


@register.command()
@click.option("--to", "revision", required=True, help="The revision of the version to go back to.")
@click.option(
    "--backup",
    "file",
    required=True,
    type=click.Path(path_type=Path),
    help="Made first; or, where it exists, a backup of the register as it is now.",
)
@json_option
def downgrade(revision: str, file: Path, as_json: bool) -> None:
    """Bring the tables back for an earlier version. What only the newer one knows is in the backup alone."""
    _migrate(revision, file, as_json=as_json)


def _migrate(revision: str | None, file: Path, *, as_json: bool) -> None:
    in_force = settings()
    passphrase = backup_passphrase(in_force, _choose)
    if file.exists():
        require_backup_of(in_force, file, passphrase)
    else:
        make_backup(in_force, file, passphrase)
    before, after = migrate_register(in_force, revision)
    if as_json:
        print_json({"from": before, "to": after, "backup": str(file)})
    else:
        say(f"the register's tables were {before} and are {after}; the register as it was is in {file}")


def _erasures(file: Path) -> Mapping[str, ErasureReason]:
    """Read what ``person erased --json`` printed."""
    try:
        listed = json.loads(file.read_text(encoding="utf-8"))
        return {str(each["candidate"]): ErasureReason(each["reason"]) for each in listed}
    except (OSError, ValueError, TypeError, LookupError, RecursionError) as error:
        raise RefusedError(
            "restore.erasures",
            "the list of erasures cannot be read; nothing was restored",
            where=str(file),
            remedy="give what this printed before the loss: parchemin person erased --json",
        ) from error


def _note(made: SealedBackup) -> bool:
    """Write into the register that a backup was made; without that it counts all the same."""
    try:
        opened = open_office(settings(), ask_passphrase)
        note_backup(
            opened,
            sha256=made.sha256,
            size=made.size,
            audit_sequence=made.head.facts.audit_sequence,
            actor=operator(),
        )
    except ServiceError as error:
        say(f"the backup is whole; the register could not note it [{error.code}]: {error.remedy}")
        return False
    return True


def _ask() -> str:
    return _prompted(confirm=False)


def _choose() -> str:
    """Ask twice: nobody can recover a passphrase that was mistyped."""
    return _prompted(confirm=True)


def _prompted(*, confirm: bool) -> str:
    if not sys.stdin.isatty():
        raise click.UsageError(
            "backups need their passphrase: set PARCHEMIN_BACKUP_PASSPHRASE_FILE, or run on a terminal"
        )
    again = "The same passphrase again" if confirm else False
    return str(click.prompt("Passphrase of the backup", hide_input=True, confirmation_prompt=again, err=True))


def _values(found: SealedBackup) -> Mapping[str, object]:
    facts = found.head.facts
    return {
        "made_at": found.head.made_at,
        "version": found.head.version,
        "schema": facts.schema,
        "did": facts.did,
        "base_url": facts.base_url,
        "counts": dict(facts.counts),
        "audit": {"entries": facts.audit_sequence, "hash": facts.audit_hash},
        "parts": [{"name": part.name, "size": part.size, "sha256": part.sha256} for part in found.parts],
        "size": found.size,
        "sha256": found.sha256,
    }


def _report(done: Restored) -> Mapping[str, object]:
    checked = done.checked
    return {
        "folder": str(done.folder),
        "backup": _values(done.backup),
        "upgraded_from": done.upgraded_from,
        "whole": not checked.findings,
        "awards": checked.awards,
        "verdicts": dict(checked.verdicts),
        "lists": checked.lists,
        "keys": checked.keys,
        "audit_entries": checked.audit_entries,
        "next_number": done.next_number,
        "erased_again": [asdict(each) for each in done.erased_again],
        "findings": [
            {"code": finding.code, "where": finding.where, "message": finding.message}
            for finding in checked.findings
        ],
    }


def _say_restored(done: Restored) -> None:
    checked, head = done.checked, done.backup.head
    say(f"{done.folder} is back as it was at {head.made_at}; what was done after that is not in it")
    if done.upgraded_from:
        say(f"its tables were brought up from {done.upgraded_from}")
    verdicts = ", ".join(f"{count} {verdict}" for verdict, count in sorted(checked.verdicts.items()))
    say(f"verified: {checked.awards} awards ({verdicts or 'none'}), {checked.lists} status lists, "
        f"{checked.keys} keys, {checked.audit_entries} audit entries")  # fmt: skip
    for finding in checked.findings[:_MOST_SHOWN]:
        say(f"FAIL [{finding.code}] {finding.where}: {finding.message}")
    if len(checked.findings) > _MOST_SHOWN:
        say(f"and {len(checked.findings) - _MOST_SHOWN} more: see --json")
    say(
        "all of it holds"
        if not checked.findings
        else "NOT all of it holds: do not serve it before you know why"
    )
    say(f"the next award gets {done.next_number}: no number of before is given to somebody else")
    for again in done.erased_again:
        say(f"erasure of {again.candidate_id}: {again.outcome} {again.order or ''}".rstrip())
    say("next: parchemin doctor, then read “disk lost” in docs/disaster.md")
