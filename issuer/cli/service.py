"""``parchemin init | demo | doctor | serve``: the service as a whole."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from ipaddress import ip_address
from urllib.parse import urlsplit

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from issuer.adapters.fetcher import MOST_VERIFICATIONS
from issuer.adapters.institution_file import INSTITUTION_FILE
from issuer.bootstrap import ensure_receipts_key, found_office, is_founded
from issuer.cli.cellar_findings import cellar_findings
from issuer.cli.context import (
    ask_passphrase,
    choose_passphrase,
    is_local,
    json_option,
    office,
    operator,
    print_json,
    require_free_port,
    say,
    settings,
)
from issuer.cli.demonstration import run_demo
from issuer.cli.keys_group import suite_findings
from issuer.cli.staff_group import identity_lines
from issuer.cli.status_group import list_findings
from issuer.config import CONFIG_FILE, SETTINGS
from issuer.domain.canary import is_canary
from issuer.domain.institution import Institution
from issuer.errors import ConfigurationError, ServiceError
from issuer.services.register import verify_audit

WSGI_TARGET = "issuer.web.wsgi:application"

COMPUTING_THREADS = 2
"""In one worker process, for what waits for nobody."""

_TO_BE_FILLED_IN = "à renseigner"
"""How the shipped institution's file marks what the institution has to write."""


@click.command()
@click.option("--local", is_flag=True, help="For trying on this machine: accept an address that is local.")
@click.option(
    "--one-person",
    is_flag=True,
    help="For a trial: let one person do what otherwise needs two, for good in this data folder.",
)
@json_option
def init(local: bool, one_person: bool, as_json: bool) -> None:
    """Found the data folder: register, signing key, RNCP35080, trust register, status list.

    The address (PARCHEMIN_BASE_URL) is permanent: every link and every QR code names it.
    """
    in_force = settings()
    if not local and is_local(in_force.base_url) and not is_founded(in_force):
        raise ConfigurationError(
            "config.local_address",
            f"{in_force.base_url} opens on this machine or network alone, and the address is permanent: "
            "every link and QR code names it",
            where="PARCHEMIN_BASE_URL",
            remedy="set the service's public address, e.g. PARCHEMIN_BASE_URL=https://diplomes.example.org; "
            "for trying on this machine: parchemin init --local",
        )
    opened, new = found_office(
        in_force, ask_passphrase, actor=operator(), choose=_choose_for_good, four_eyes=not one_person
    )
    if as_json:
        print_json({"did": opened.did, "base_url": opened.base_url, "data": str(in_force.data), "new": new})
    elif new:
        say(f"founded {in_force.data} for {opened.base_url}; the issuer is {opened.did}")
        say("that address is permanent: every link and QR code names it")
        say(f"next: read {in_force.data / INSTITUTION_FILE}, then: parchemin jury import FILE")
    else:
        say(f"{in_force.data} was founded already; nothing was changed")


def _choose_for_good() -> str:
    """Say what cannot be changed later, then ask: on a terminal there is still time to stop."""
    if sys.stdin.isatty():
        say(f"founding for {settings().base_url}: permanent, every link and QR code names it (Ctrl-C stops)")
    return choose_passphrase()


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
    # Before the workers start: a folder of an earlier version has no key for receipts yet.
    ensure_receipts_key(settings(), opened, actor=operator())
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


def blocking_threads(*, fetch: bool) -> int:
    """Give the threads of one worker process.

    What is ours is computed, not waited for: more threads than two would only share one interpreter. A
    verification that consults other sites does wait: each that may do so at once has a thread of its own
    beside the two, so that pages, keys and status lists are served meanwhile.

    Args:
        fetch: Whether other sites are consulted.
    """
    return COMPUTING_THREADS + (MOST_VERIFICATIONS if fetch else 0)


def _serve(host: str, port: int, *, workers: int) -> None:
    # No access log: a verification link is a bearer secret, and nobody who checks is tracked.
    Granian(
        WSGI_TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=blocking_threads(fetch=settings().fetch),
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
            mark = "FAIL" if not finding["ok"] else "warn" if finding.get("warning") else "ok  "
            click.echo(f"{mark}  {finding['what']}: {finding['detail']}")
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
        "PARCHEMIN_PKCS11_MODULE": in_force.pkcs11_module or "(not set)",
        "PARCHEMIN_PKCS11_TOKEN": in_force.pkcs11_token or "(not set)",
        "PARCHEMIN_PKCS11_PIN_FILE": in_force.pkcs11_pin_file or "(not set)",
        "PARCHEMIN_LOCALE": in_force.locale,
        "PARCHEMIN_SMTP_URL": in_force.mail_server.shown if in_force.mail_server else "(not set)",
        "PARCHEMIN_MAIL_FROM": in_force.mail_from or "(not set)",
        "PARCHEMIN_FETCH": "on" if in_force.fetch else "off",
        "PARCHEMIN_PROXIES": str(in_force.proxies),
        "PARCHEMIN_SUITES": ",".join(suite.label for suite in in_force.suites),
        "PARCHEMIN_BACKUP_PASSPHRASE_FILE": in_force.backup_passphrase_file or "(not set)",
        "PARCHEMIN_METRICS_TOKEN_FILE": in_force.metrics_token_file or "(not set)",
        **identity_lines(in_force.identity),
        "PARCHEMIN_STATUS_PURPOSES": ",".join(purpose.value for purpose in in_force.status_purposes),
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
    findings += suite_findings(opened)
    signed = bool(opened.institution.signatories)
    findings.append(
        {
            "what": "signatories",
            "ok": signed,
            "detail": f"{len(opened.institution.signatories)} registered in institution.yaml",
        }
    )
    findings += list_findings(opened)
    result = verify_audit(opened)
    detail = "; ".join(fault.message for fault in result.faults) or f"{result.entries} entries, whole"
    findings.append({"what": "audit", "ok": not result.faults, "detail": detail})
    with opened.store.reading() as registry:
        undated = [
            fiche
            for fiche in registry.certifications()
            if not is_canary(fiche.code) and fiche.registration.decision_date is None
        ]
    findings += [
        {
            "what": f"fiche {fiche.code} v{fiche.version}",
            "ok": True,
            "warning": True,
            "detail": "the decision date of the registration is unknown: credentials can be issued, "
            "a printed parchemin can only be a SPÉCIMEN",
        }
        for fiche in undated
    ]
    findings += cellar_findings(settings(), opened)
    return [*findings, *_warnings(opened.base_url, opened.institution, settings().proxies)]


def _warnings(base_url: str, institution: Institution, proxies: int) -> Iterator[Mapping[str, object]]:
    """Give what is fine for trying, and not for real awards."""
    said = {
        "address": is_local(base_url)
        and f"{base_url} opens on this machine or network alone: its links and QR codes lead nowhere outside",
        "theme": institution.demonstration
        and f"theme.demonstration is true in {INSTITUTION_FILE}: pages and badges say “démonstration”",
        "contact": _TO_BE_FILLED_IN in institution.contact.casefold()
        and f"contact in {INSTITUTION_FILE} still says “{_TO_BE_FILLED_IN}”: employers will read it",
        "legal notice": _unsaid(institution)
        and f"legal.{', legal.'.join(_unsaid(institution))} in {INSTITUTION_FILE}: empty, and the law has "
        "the pages name it",
        "proxies": base_url.startswith("https:")
        and not proxies
        and "PARCHEMIN_PROXIES is 0, and what answers https stands in front: all readers then count as one, "
        "and the limits on strangers' tries stop everybody",
    }
    for what, detail in said.items():
        if detail:
            yield {"what": what, "ok": True, "warning": True, "detail": detail}


def _unsaid(institution: Institution) -> Sequence[str]:
    """Give the lines of the legal notice that are empty, save the one that has a substitute."""
    legal = institution.legal
    said = {line.name: getattr(legal, line.name) for line in fields(legal)}
    return [name for name, text in said.items() if text is None and name != "accessibility"]
