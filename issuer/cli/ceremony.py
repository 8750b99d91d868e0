"""``parchemin keys ceremony | drill``: what people do together with a key, and what they try once a year."""

import sys

import click

from issuer.bootstrap import Ceremony, DrillReport, KeyCustody, Rotation, hold_ceremony, run_drill
from issuer.cli.context import (
    ask_passphrase,
    ask_pin,
    choose_passphrase,
    json_option,
    office,
    person,
    print_json,
    say,
    settings,
)
from issuer.cli.exporting import write_new
from issuer.cli.key_acts import custody_named, custody_option, type_option
from issuer.domain.staff import Role

_FEWEST_WITNESSES = 2
_LONGEST_NAME = 120

out_option = click.option("--out", required=True, help="The report, a new Markdown file.")


@click.command()
@click.option("--witness", "witnesses", multiple=True, help="Name of a witness; at least two, one an option.")
@type_option
@custody_option
@out_option
@json_option
def ceremony(witnesses: tuple[str, ...], key_type: str | None, place: str, out: str, as_json: bool) -> None:
    """Make a new signing key before witnesses, prove that it is there, and write the report to be signed.

    It is a rotation: the key signs from now on, and the ones of its type before it retire. See docs/keys.md.
    """
    names = list(dict.fromkeys(name.strip() for name in witnesses))
    bad = any(not name or len(name) > _LONGEST_NAME or not name.isprintable() for name in names)
    if bad or len(names) < _FEWEST_WITNESSES:
        raise click.UsageError("--witness: give the names of at least two witnesses, one an option")
    actor = person(Role.KEYS)
    asked = Rotation(key_type, custody_named(place), "key ceremony")
    choose = ask_pin if asked.custody is KeyCustody.TOKEN else choose_passphrase
    held: list[Ceremony] = []

    def report() -> bytes:
        held.append(hold_ceremony(settings(), office(), asked, choose, witnesses=names, actor=actor))
        return held[0].report.encode()

    write_new(out, report)
    made = held[0]
    if as_json:
        print_json(
            {"key": made.line.name, "fingerprint": made.fingerprint, "report": out, "sha256": made.digest}
        )
        return
    say(f"{made.line.verification_method} is made, proven, and signs from now on")
    say("read aloud, and compare with the report:")
    click.echo(made.fingerprint)
    say(f"the report is in {out}: print it, and let each witness sign it; its SHA-256 is in the trail")


@click.command()
@out_option
@json_option
def drill(out: str, as_json: bool) -> None:
    """Try everything that may be needed one day, on a copy: restore, rotate, compromise, sign again.

    The register in service is only read. Exit code 0 when every step went as it must, else 1; the report is
    written either way.
    """
    held: list[DrillReport] = []

    def report() -> bytes:
        held.append(run_drill(settings(), office(), ask_passphrase))
        return held[0].text.encode()

    write_new(out, report)
    found = held[0]
    if as_json:
        steps = [{"step": step.title, "ok": step.good, "found": step.detail} for step in found.steps]
        print_json({"ok": found.good, "report": out, "steps": steps})
    else:
        for step in found.steps:
            mark = {True: "ok  ", False: "FAIL", None: "-   "}[step.good]
            click.echo(f"{mark}  {step.title}: {step.detail}")
        say(f"the report is in {out}")
    if not found.good:
        sys.exit(1)
