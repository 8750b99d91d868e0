"""``parchemin audit``: verify the trail, sign and mirror its roots, hand it out, prove an award."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from issuer.adapters.root_mirror import read_mirror, write_mirror
from issuer.cli.context import json_option, office, operator, print_json, say
from issuer.cli.exporting import write_new
from issuer.services.audit import ChainFault
from issuer.services.evidence_file import export_trail, file_faults, read_trail
from issuer.services.register import verify_audit
from issuer.services.roots import kept_roots, make_root, prove


@click.group()
def audit() -> None:
    """The audit log, and the signed roots that are published of it."""


@audit.command("verify")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--roots", type=click.Path(path_type=Path), help="Roots as another machine kept them: a folder or a file."
)
@json_option
def audit_verify(file: Path | None, roots: Path | None, as_json: bool) -> None:
    """Check the hash chain, and that the register, the chain and the roots tell the same story.

    With FILE, check what parchemin audit export wrote, on any machine: no register and no key is needed.
    Without --roots, whoever has the server and its key can have rewritten everything.
    """
    mirrored = None if roots is None else read_mirror(roots)
    if file is None:
        result = verify_audit(office(), mirrored)
        entries, awards, faults = result.entries, result.awards, result.faults
    else:
        trail = read_trail(_read(file))
        faults = file_faults(trail, mirrored)
        entries, awards = len(trail.evidence.entries), len(trail.evidence.awards)
    _tell(entries, awards, faults, as_json=as_json)
    if mirrored is None:
        say("not compared with roots that are kept elsewhere: give them with --roots")
    if faults:
        sys.exit(1)


def _tell(entries: int, awards: int, faults: Sequence[ChainFault], *, as_json: bool) -> None:
    if as_json:
        lines = [
            {"sequence": fault.sequence, "code": fault.code, "message": fault.message} for fault in faults
        ]
        print_json({"whole": not faults, "entries": entries, "awards": awards, "faults": lines})
        return
    for fault in faults:
        click.echo(f"FAIL [{fault.code}] {fault.message}")
    click.echo(f"{entries} entries and {awards} awards: " + ("BROKEN" if faults else "whole"))


@audit.command("root")
@json_option
def audit_root(as_json: bool) -> None:
    """Sign today's root, where there is none yet; run it every day, by a timer."""
    signed, new = make_root(office(), actor=operator())
    root = signed.root
    if as_json:
        print_json(
            {
                "number": root.number,
                "day": root.day.isoformat(),
                "sha256": signed.sha256,
                "entries": root.trail.size,
                "new": new,
            }
        )
    else:
        say(
            f"root {root.number} of {root.day}: {root.trail.size} entries, {root.awards.size} documents"
            + ("" if new else " (made before; nothing was changed)")
        )


@audit.command("mirror")
@click.argument("folder", type=click.Path(path_type=Path))
@json_option
def audit_mirror(folder: Path, as_json: bool) -> None:
    """Write the roots that are not there yet into FOLDER; a file that is there is never written over."""
    with office().store.reading() as registry:
        roots = kept_roots(registry)
    written = write_mirror(folder, roots)
    if as_json:
        print_json({"roots": len(roots), "written": written})
    else:
        say(f"{written} of {len(roots)} roots written; keep the folder on another machine, or under git")


@audit.command("export")
@click.option("--out", required=True, help="The file to make; one that exists is never written over.")
def audit_export(out: str) -> None:
    """Write the trail, the roots, the public keys and the awards' digests as one file.

    It holds no name, no address and no document; account names and the student system's numbers are in it.
    """
    opened = office()
    size = write_new(out, lambda: export_trail(opened))
    say(f"{size} bytes in {out}; check it anywhere with: parchemin audit verify {out} --roots FOLDER")


@audit.command("prove")
@click.argument("number", metavar="AWARD")
@json_option
def audit_prove(number: str, as_json: bool) -> None:
    """Show by which published root an award's document is covered, with the proof."""
    proof = prove(office(), number)
    if as_json:
        print_json(proof)
    else:
        say(f"{number} is document {proof['index']} of {proof['size']} under root {proof['root']}")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise click.UsageError(f"{file}: {error.strerror}; name a file that you may read") from error
