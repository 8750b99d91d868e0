"""The demonstration: from the sample jury record to pages that open, in a folder of its own."""

import os
import secrets
import shutil
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from shlex import quote
from urllib.parse import urlsplit

import click

from issuer.bootstrap import exporter, found_office
from issuer.cli.context import ask_passphrase, progress, require_free_port, say, settings
from issuer.cli.jury import take_file
from issuer.cli.notices import tell_people
from issuer.config import check_base_url
from issuer.domain.award import Award, AwardKind, WithdrawalReason
from issuer.domain.short_code import grouped
from issuer.samples import sample_files
from issuer.services.issuing import issue
from issuer.services.office import Office
from issuer.services.planning import approve, make_plan
from issuer.services.preparing import prepare
from issuer.services.register import find_awards
from issuer.services.withdrawing import revoke

MARK = "DEMONSTRATION"
"""File by which a folder says that it may be made anew."""

_NAME = "parchemin"

SAMPLE_DAY = date(2026, 11, 24)
"""The day for which the samples were written; it holds for the rules only."""

WITHDRAWN_CANDIDATE = "C012"
"""Whose title the demonstration withdraws, to show what an employer then reads."""


def run_demo(base_url: str, *, actor: str) -> Mapping[str, str]:
    """Make the demonstration anew, issue, withdraw one award, and say which links to open.

    Args:
        base_url: The address at which it will be served.
        actor: Who.

    Returns:
        The links: ``title``, ``block``, ``withdrawn``, ``home``.
    """
    address = check_base_url(base_url)
    require_free_port("127.0.0.1", urlsplit(address).port or 80)
    folder = _fresh_folder(settings().data / "demo")
    say(f"demonstration in {folder}: fictitious people, a neutral theme, nothing of legal value")
    _set_environment(folder, address)
    opened, _new = found_office(
        settings(), ask_passphrase, actor=actor, did=_did(address), rules_day=SAMPLE_DAY, four_eyes=False
    )
    for name, content in sample_files().items():
        taken = take_file(opened, content, name, certification="RNCP35080", accept_valid=True, actor=actor)
        say(f"  {name}: {taken.accepted} rows taken in, {taken.refused} refused and kept with their reasons")
    _fiche, plan = make_plan(opened, "RNCP35080", None)
    summary = plan.summary
    say(
        f"  plan {plan.digest[:12]}: {summary['awards']} awards ({summary['titles']} titles, "
        f"{summary['blocks']} blocks), {summary['refusals']} refusals, {summary['warnings']} warnings"
    )
    approved = approve(opened, plan.digest, certification="RNCP35080", session=None, actor=actor)
    with progress("issuing") as advance:
        result = issue(opened, [approved], actor=actor, progress=advance)
    say(f"  {len(result.issued)} awards issued, each checked with our own verifier before it was stored")
    with progress("preparing") as advance:
        forms = prepare(exporter(opened), actor=actor, progress=advance)
    say(f"  {forms.made} signed forms (JWT, CLR) prepared for the graduates' space")
    return _links(opened, actor)


def _links(opened: Office, actor: str) -> Mapping[str, str]:
    awards = find_awards(opened)
    title = next(award for award in awards if award.kind is AwardKind.TITLE)
    block = next(award for award in awards if award.kind is AwardKind.BLOCK)
    gone = next(award for award in awards if _to_withdraw(award))
    revoke(opened, gone.number, WithdrawalReason.MATERIAL_ERROR, "demonstration", actor=actor)
    tell_people(opened, no_mail=False, indent="  ")
    links = {
        "title": title.credential_id,
        "block": block.credential_id,
        "withdrawn": gone.credential_id,
        "home": opened.base_url,
    }
    say("open these:")
    say(f"  a title:             {links['title']}")
    say(f"  a block:             {links['block']}")
    say(f"  a withdrawn award:   {links['withdrawn']}")
    say(f"  the home page:       {links['home']}/")
    with opened.store.reading() as registry:
        code = registry.short_code(title.number) or ""
    say(f"  by the short code:   {links['home']}/code with {grouped(code)} and the name on the title")
    say(f"  a graduate's space:  {links['home']}/moi with C001's address (issuer/samples/candidats.csv);")
    say("                       the link into it is then printed here")
    say("try the commands on it, with these two settings before each:")
    say(f"  {_settings_to_type()} {_command()} awards")
    return links


def _settings_to_type() -> str:
    """Give the settings without which a command does not find the data, and cannot sign."""
    in_force = settings()
    words = {"PARCHEMIN_DATA": in_force.data, "PARCHEMIN_KEY_PASSPHRASE_FILE": in_force.passphrase_file}
    return " ".join(f"{name}={quote(str(value))}" for name, value in words.items())


def _command() -> str:
    """Give the command as it was called; by its bare name where the shell finds it by that."""
    called, found = Path(sys.argv[0]), shutil.which(_NAME)
    if called.name != _NAME or (found is not None and Path(found) == called):
        return _NAME
    return quote(str(called))


def _to_withdraw(award: Award) -> bool:
    return award.kind is AwardKind.TITLE and award.candidate_id == WITHDRAWN_CANDIDATE


def _did(address: str) -> str:
    """The demonstration's issuer is local, also when its pages are read from a phone on the same network."""
    return f"did:web:localhost%3A{urlsplit(address).port or 80}"


def _fresh_folder(folder: Path) -> Path:
    if folder.exists():
        if not (folder / MARK).is_file():
            raise click.UsageError(
                f"{folder}: exists and is no demonstration; move it away or set PARCHEMIN_DATA elsewhere"
            )
        shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700, parents=True)  # fails where the former one could not be removed
        (folder / MARK).write_text("made by parchemin demo; made anew at each run\n", encoding="utf-8")
    except OSError as error:
        raise click.UsageError(
            f"{folder}: {error.strerror}; set PARCHEMIN_DATA to a folder you may write"
        ) from error
    return folder


def _set_environment(folder: Path, address: str) -> None:
    """Point the settings at the demonstration, for this process and the web workers that it starts."""
    passphrase_file = folder / "demo-passphrase.txt"
    descriptor = os.open(passphrase_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(secrets.token_urlsafe(24) + "\n")
    os.environ.pop("PARCHEMIN_KEY_PASSPHRASE", None)
    os.environ.pop("PARCHEMIN_DATABASE_URL", None)
    os.environ["PARCHEMIN_DATA"] = str(folder)
    os.environ["PARCHEMIN_BASE_URL"] = address
    os.environ["PARCHEMIN_KEY_PASSPHRASE_FILE"] = str(passphrase_file)
    settings.cache_clear()
    say(f"  WARNING: the signing key's passphrase was generated and lies in {passphrase_file}")
    say("           never do this outside a demonstration")
