"""``parchemin verify``: the same report as the page, and its verdict as exit code."""

import os
import sys
from collections.abc import Iterator, Sequence

import click

from credentials.receipts import Seal
from credentials.report import Check, EmbeddedReport, Outcome, VerificationReport
from credentials.summary import CredentialSummary
from issuer.bootstrap import fetcher_for, public_desk, receipt_desk
from issuer.cli.context import json_option, office, print_json, read_input, settings
from issuer.cli.screen import fit
from issuer.ports.receipts import JudgedReceipt
from issuer.services.desk import Desk

MAXIMUM_SOURCE_BYTES = 1_048_576
LONGEST_SHOWN = 80

_NO_NETWORK = frozenset({"key.network_off", "status.network_off"})
_OPEN = frozenset({Outcome.FAIL, Outcome.UNKNOWN})
_GENERAL = frozenset({"VerifiableCredential", "VerifiablePresentation"})
"""Classes that say nothing of what a document is."""

_MARKS = {
    Outcome.PASS: "ok     ",
    Outcome.FAIL: "FAIL   ",
    Outcome.UNKNOWN: "unknown",
    Outcome.NOT_APPLICABLE: "-      ",
}


@click.command()
@click.argument("source")
@click.option("--offline", is_flag=True, help="Fetch nothing, whatever PARCHEMIN_FETCH says.")
@json_option
def verify(source: str, offline: bool, as_json: bool) -> None:
    """Verify a credential: a file, a link, or - for standard input.

    With PARCHEMIN_FETCH=on, another issuer's keys and status list are fetched from its site.

    The receipt of an earlier check is judged as a receipt: its document is not checked.

    Exit code: 0 valid, 3 something could not be checked, 1 any other verdict, 2 wrong usage.
    """
    opened = office()
    fetcher = None if offline else fetcher_for(settings(), opened)
    report, data = _report(public_desk(opened, fetcher), source)
    receipt = receipt_desk(settings(), opened).read(data) if data and _is_receipt(report) else None
    if as_json:
        print_json({**report.to_dict(), **({"receipt": receipt.to_dict()} if receipt else {})})
    else:
        _show(report, offline=offline)
        if receipt:
            _show_receipt(receipt)
    sys.exit(report.exit_code)


def _report(desk: Desk, source: str) -> tuple[VerificationReport, bytes | None]:
    """Give the report, and the bytes that were read where the source was no link."""
    if source.lower().startswith(("http://", "https://")):
        return desk.check_link(source), None
    there = bool(source) and os.path.exists(source)  # noqa: PTH110 - Path.exists raises on long names
    if source != "-" and not there and desk.token_of(source):
        return desk.check_link(source), None
    if source != "-" and not there:
        raise click.UsageError(
            f"SOURCE {_short(source)!r}: no such file; give a file, a verification link, or - for "
            "standard input"
        )
    data = read_input(source, MAXIMUM_SOURCE_BYTES)
    return desk.check(data), data


def _is_receipt(report: VerificationReport) -> bool:
    return report.checks[0].code == "parse.receipt"


def _show_receipt(judged: JudgedReceipt) -> None:
    """Say what the receipt is worth; what it says only where this service sealed it."""
    click.echo(f"receipt: {judged.seal.value}")
    receipt = judged.receipt
    if judged.seal is Seal.AUTHENTIC and receipt.checked_at and receipt.finding:
        click.echo(f"found: {receipt.checked_at:%Y-%m-%d %H:%M} UTC, {fit(receipt.finding.headline.en)}")
        click.echo(f"of: {fit(receipt.said('name')) or '(not named)'}, {fit(', '.join(receipt.holder))}")
        click.echo(f"verdict then: {fit(receipt.verdict)}")
    elif judged.seal is Seal.ELSEWHERE:
        click.echo(f"names as its maker: {fit(receipt.issuer) or '(nobody)'}")


def _short(source: str) -> str:
    return source if len(source) <= LONGEST_SHOWN else f"{source[:LONGEST_SHOWN]}…"


def _show(report: VerificationReport, *, offline: bool) -> None:
    click.echo(f"verdict: {report.verdict.value}")
    if report.issuer:
        click.echo(f"issuer: {report.issuer.name} ({report.issuer.id})")
    if report.credential:
        click.echo(f"document: {_name(report.credential)}")
        click.echo(f"holder: {fit(', '.join(report.credential.holder)) or '(not named)'}")
    for check in report.checks:
        place = f" at {fit(check.where)}" if check.where else ""
        place += f", as of {check.as_of:%Y-%m-%d %H:%M} UTC" if check.as_of else ""
        click.echo(
            f"{_MARKS[check.outcome]}  {check.id.value:<10} {fit(check.message.en)} [{check.code}{place}]"
        )
    for notice in report.notices:
        click.echo(f"note: {fit(notice.en)}")
    for line in _remedies(report.checks, offline=offline):
        click.echo(f"to do: {line}")
    for line in _members(report.embedded):
        click.echo(line)


def _name(credential: CredentialSummary) -> str:
    """Give the document's name, else what it says it is."""
    classes = [name for name in credential.types if name not in _GENERAL]
    return fit(credential.name or ", ".join(classes)) or "(not named)"


def _remedies(checks: Sequence[Check], *, offline: bool) -> Iterator[str]:
    """Give each thing that can be done about what failed or is open, once."""
    said = (_remedy(check, offline=offline) for check in checks if check.outcome in _OPEN)
    yield from dict.fromkeys(line for line in said if line)


def _remedy(check: Check, *, offline: bool) -> str:
    if check.code in _NO_NETWORK:
        first = "leave --offline out and set" if offline else "set"
        return f"{first} PARCHEMIN_FETCH=on, so that other issuers' keys and lists are fetched [{check.code}]"
    return f"{check.remedy.en} [{check.code}]" if check.remedy else ""


def _members(embedded: Sequence[EmbeddedReport], depth: int = 0) -> Iterator[str]:
    """Give a line for each credential inside the document, and for those inside it."""
    for item in embedded:
        credential, what = item.report.credential, "endorsement" if item.endorses else "inside"
        name = _name(credential) if credential else "(not readable)"
        against = ", ".join(check.code for check in item.report.checks if check.outcome in _OPEN)
        yield (
            f"{'  ' * depth}{what} {fit(item.where)}: {item.report.verdict.value}, {name}"
            + (f" [{against}]" if against else "")
        )
        yield from _members(item.report.embedded, depth + 1)
