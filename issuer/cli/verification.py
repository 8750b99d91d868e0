"""``parchemin verify``: the same report as the page, and its verdict as exit code."""

import os
import sys

import click

from credentials.report import Outcome, VerificationReport
from issuer.bootstrap import public_desk
from issuer.cli.context import json_option, office, print_json, read_input
from issuer.cli.screen import fit
from issuer.services.desk import Desk

MAXIMUM_SOURCE_BYTES = 1_048_576
LONGEST_SHOWN = 80

_MARKS = {
    Outcome.PASS: "ok     ",
    Outcome.FAIL: "FAIL   ",
    Outcome.UNKNOWN: "unknown",
    Outcome.NOT_APPLICABLE: "-      ",
}


@click.command()
@click.argument("source")
@click.option("--offline", is_flag=True, help="Never use the network (this version never does).")
@json_option
def verify(source: str, offline: bool, as_json: bool) -> None:  # noqa: ARG001 - promised for what comes later
    """Verify a credential: a file, a link, or - for standard input.

    Exit code: 0 valid, 3 something could not be checked, 1 any other verdict, 2 wrong usage.
    """
    report = _report(public_desk(office()), source)
    if as_json:
        print_json(report.to_dict())
    else:
        _show(report)
    sys.exit(report.exit_code)


def _report(desk: Desk, source: str) -> VerificationReport:
    if source.lower().startswith(("http://", "https://")):
        return desk.check_link(source)
    there = bool(source) and os.path.exists(source)  # noqa: PTH110 - Path.exists raises on long names
    if source != "-" and not there and desk.token_of(source):
        return desk.check_link(source)
    if source != "-" and not there:
        raise click.UsageError(
            f"SOURCE {_short(source)!r}: no such file; give a file, a verification link, or - for "
            "standard input"
        )
    return desk.check(read_input(source, MAXIMUM_SOURCE_BYTES))


def _short(source: str) -> str:
    return source if len(source) <= LONGEST_SHOWN else f"{source[:LONGEST_SHOWN]}…"


def _show(report: VerificationReport) -> None:
    click.echo(f"verdict: {report.verdict.value}")
    if report.issuer:
        click.echo(f"issuer: {report.issuer.name} ({report.issuer.id})")
    if report.credential:
        click.echo(f"document: {fit(report.credential.name)}")
        click.echo(f"holder: {fit(', '.join(report.credential.holder)) or '(not named)'}")
    for check in report.checks:
        place = f" at {fit(check.where)}" if check.where else ""
        place += f", as of {check.as_of:%Y-%m-%d %H:%M} UTC" if check.as_of else ""
        click.echo(
            f"{_MARKS[check.outcome]}  {check.id.value:<10} {fit(check.message.en)} [{check.code}{place}]"
        )
