"""``parchemin init | demo | doctor | serve | audit``: the service as a whole."""

import sys
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from issuer.bootstrap import found_office, key_lines
from issuer.cli.context import (
    ask_passphrase,
    json_option,
    office,
    operator,
    print_json,
    require_free_port,
    say,
    settings,
)
from issuer.cli.demonstration import run_demo
from issuer.config import CONFIG_FILE, SETTINGS
from issuer.errors import ServiceError
from issuer.services.register import verify_audit

WSGI_TARGET = "issuer.web.wsgi:application"


@click.command()
@json_option
def init(as_json: bool) -> None:
    """Found the data folder: register, signing key, RNCP35080, trust register, status list."""
    opened, new = found_office(settings(), ask_passphrase, actor=operator())
    if as_json:
        print_json({"did": opened.did, "base_url": opened.base_url, "data": str(settings().data), "new": new})
    elif new:
        say(f"founded {settings().data} for {opened.base_url}; the issuer is {opened.did}")
        say("next: read institution.yaml there, then: parchemin jury import FILE")
    else:
        say(f"{settings().data} was founded already; nothing was changed")


@click.command()
@click.option("--no-serve", is_flag=True, help="Stop after printing the links.")
@click.option(
    "--base-url", help="Address that a phone on the same network can open, e.g. http://192.168.1.5:8000"
)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port on localhost."
)
@json_option
def demo(no_serve: bool, base_url: str | None, port: int, as_json: bool) -> None:
    """Issue the sample jury record in a fresh folder, serve it, and print the links to open."""
    address = base_url or f"http://localhost:{port}"
    links = run_demo(address, actor=operator())
    if as_json:
        print_json(links)
    if not no_serve:
        parts = urlsplit(address)
        host = "127.0.0.1" if parts.hostname == "localhost" else "0.0.0.0"  # noqa: S104 - asked for by --base-url
        _serve(host, parts.port or 80, workers=1)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
def serve(host: str, port: int, workers: int) -> None:
    """Serve the public pages. Put a TLS proxy in front of it."""
    opened = office()
    host = _address_of(host)
    require_free_port(host, port)
    say(f"serving {opened.base_url} on {host}:{port}; stop with Ctrl-C")
    _serve(host, port, workers=workers)


def _address_of(host: str) -> str:
    """Give the IP address that a host option names."""
    if host == "localhost":
        return "127.0.0.1"
    try:
        return str(ip_address(host))
    except ValueError as error:
        raise click.UsageError(
            f"--host {host}: no IP address; give one of this machine's, or 0.0.0.0 for all"
        ) from error


def _serve(host: str, port: int, *, workers: int) -> None:
    # No access log: a verification link is a bearer secret, and nobody who checks is tracked.
    Granian(
        WSGI_TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        # A page is computed, not waited for: more threads than these only share one interpreter.
        blocking_threads=2,
        factory=True,
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Explain what is in force and whether it holds together."""
    in_force = settings()
    lines: list[Mapping[str, object]] = [
        {
            "setting": name,
            "value": _shown(name, in_force.origins[name]),
            "from": in_force.origins[name],
            "meaning": meaning,
        }
        for name, meaning in SETTINGS.items()
    ]
    findings = _findings()
    if as_json:
        print_json({"settings": lines, "findings": findings})
    else:
        for line in lines:
            click.echo(f"{line['setting']:<32} {line['value']}  ({line['from']}): {line['meaning']}")
        click.echo(f"settings file: {CONFIG_FILE} in the current folder, the environment wins over it")
        for finding in findings:
            click.echo(f"{'ok  ' if finding['ok'] else 'FAIL'}  {finding['what']}: {finding['detail']}")
    if not all(finding["ok"] for finding in findings):
        sys.exit(1)


def _shown(name: str, origin: str) -> str:
    in_force = settings()
    values = {
        "PARCHEMIN_DATA": in_force.data,
        "PARCHEMIN_BASE_URL": in_force.base_url,
        "PARCHEMIN_DATABASE_URL": in_force.database,
        "PARCHEMIN_KEY_PASSPHRASE": "(set)" if in_force.passphrase else "(not set)",
        "PARCHEMIN_KEY_PASSPHRASE_FILE": in_force.passphrase_file or "(not set)",
        "PARCHEMIN_LOCALE": in_force.locale,
    }
    return str(values[name]) if origin else ""


def _findings() -> Sequence[Mapping[str, object]]:
    try:
        opened = office()
    except ServiceError as error:
        detail = f"{error.message} ({error.where}). {error.remedy}"
        return [{"what": "register", "ok": False, "detail": detail}]
    findings: list[Mapping[str, object]] = [
        {"what": "register", "ok": True, "detail": f"issuer {opened.did} at {opened.base_url}"}
    ]
    for line in key_lines(settings(), opened):
        detail = line.verification_method if line.file_present else "the key file is missing"
        findings.append({"what": f"key {line.name}", "ok": line.file_present, "detail": detail})
    signed = bool(opened.institution.signatories)
    findings.append(
        {
            "what": "signatories",
            "ok": signed,
            "detail": f"{len(opened.institution.signatories)} registered in institution.yaml",
        }
    )
    result = verify_audit(opened)
    detail = "; ".join(fault.message for fault in result.faults) or f"{result.entries} entries, whole"
    findings.append({"what": "audit", "ok": not result.faults, "detail": detail})
    with opened.store.reading() as registry:
        undated = [fiche for fiche in registry.certifications() if fiche.registration.decision_date is None]
    findings += [
        {
            "what": f"fiche {fiche.code} v{fiche.version}",
            "ok": True,
            "detail": "the decision date of the registration is unknown: credentials can be issued, "
            "a printed parchemin can only be a SPÉCIMEN",
        }
        for fiche in undated
    ]
    return findings


@click.group()
def audit() -> None:
    """The audit log."""


@audit.command("verify")
@json_option
def audit_verify(as_json: bool) -> None:
    """Check the hash chain, and that the register and the chain tell the same story."""
    result = verify_audit(office())
    if as_json:
        print_json(
            {
                "whole": not result.faults,
                "entries": result.entries,
                "awards": result.awards,
                "faults": [
                    {"sequence": fault.sequence, "code": fault.code, "message": fault.message}
                    for fault in result.faults
                ],
            }
        )
    else:
        for fault in result.faults:
            click.echo(f"FAIL [{fault.code}] {fault.message}")
        click.echo(
            f"{result.entries} entries and {result.awards} awards: "
            + ("BROKEN" if result.faults else "whole")
        )
    if result.faults:
        sys.exit(1)
