"""``parchemin holders`` and ``parchemin prepare``: the registry's side of the graduates' space."""

from collections.abc import Mapping
from datetime import datetime

import click

from issuer.bootstrap import exporter
from issuer.cli.context import json_option, office, operator, person, print_json, progress, say
from issuer.domain.staff import Role
from issuer.services.holders import HolderFile, holder_file, set_address
from issuer.services.preparing import prepare as prepare_forms
from issuer.services.register import get_award
from issuer.services.space.links import switch_link


@click.group()
def holders() -> None:
    """Help a graduate who cannot get into their space, or whose link is to be switched."""


@holders.command()
@click.argument("candidate")
@click.option("--full-address", is_flag=True, help="Show the whole address; it is masked otherwise.")
@json_option
def show(candidate: str, *, full_address: bool, as_json: bool) -> None:
    """Show the address on file and the visits of one person.

    CANDIDATE is the student system's identifier.
    """
    found = holder_file(office(), candidate)
    if as_json:
        print_json(_as_json(found, full=full_address))
        return
    address = found.address if full_address else found.masked_address
    click.echo(f"{'address':<14} {address or 'none'}{_since(found)}")
    click.echo(f"{'may enter':<14} {'yes' if found.obstacle is None else f'no: {found.obstacle.value}'}")
    click.echo(f"{'awards':<14} {len(found.awards)}")
    for number, opened in found.awards.items():
        click.echo(f"{number:<14} link {'on' if opened else 'off'}")
    for visit in found.visits:
        left = f", left {_text(visit.used_at)}" if visit.used_at else ""
        click.echo(f"{'visit':<14} {_text(visit.created_at)}{left}")


@holders.command()
@click.argument("candidate")
@click.option("--set", "mail", metavar="MAIL", help="The new address.")
@click.option("--remove", is_flag=True, help="Take the address away: nobody enters any more.")
def address(candidate: str, mail: str | None, *, remove: bool) -> None:
    """Set or remove the address on file of one person, who has shown who they are.

    The audit log says who did it, and not which address.
    """
    if (mail is None) is not remove:
        raise click.UsageError("give one of --set MAIL and --remove")
    opened = office()
    changed = set_address(opened, candidate, mail, actor=person(Role.ENTRY))
    if not changed:
        say(f"{candidate}: the address on file was so already")
        return
    say(f"{candidate}: the address on file is {'removed' if mail is None else 'set'}")
    obstacle = holder_file(opened, candidate).obstacle
    if obstacle is not None:
        say(f"{candidate} cannot enter the space: {obstacle.value}")


@holders.command("close-link")
@click.argument("award")
def close_link(award: str) -> None:
    """Switch an award's permanent link off. AWARD is a number or a verification link."""
    _switch(award, opened=False)


@holders.command("open-link")
@click.argument("award")
def open_link(award: str) -> None:
    """Switch an award's permanent link on again. AWARD is a number or a verification link."""
    _switch(award, opened=True)


@click.command()
@json_option
def prepare(*, as_json: bool) -> None:
    """Make the signed forms (JWT, CLR) that graduates download: their space has no key.

    Run it after issuing; what is there is not made again.
    """
    with progress("preparing") as advance:
        done = prepare_forms(exporter(office()), actor=operator(), progress=advance)
    if as_json:
        refused = [
            {"number": number, "format": form.value, "code": code} for number, form, code in done.refused
        ]
        print_json({"made": done.made, "refused": refused})
        return
    say(f"{done.made} forms made, {len(done.refused)} that cannot be")
    for number, form, code in done.refused:
        say(f"  {number} {form.value}: {code}")


def _switch(reference: str, *, opened: bool) -> None:
    service = office()
    award, _events = get_award(service, reference)
    word = "on" if opened else "off"
    if switch_link(service, award.number, opened=opened, by=person(Role.ENTRY)):
        say(f"{award.number}: its permanent link is {word} from now on; the document itself is untouched")
    else:
        say(f"{award.number}: its permanent link was {word} already")


def _since(found: HolderFile) -> str:
    return "" if found.since is None else f" (since {found.since.date().isoformat()}, {found.source})"


def _as_json(found: HolderFile, *, full: bool) -> Mapping[str, object]:
    return {
        "candidate": found.candidate_id,
        "address": found.address if full else found.masked_address,
        "source": found.source,
        "obstacle": found.obstacle.value if found.obstacle else None,
        "links": dict(found.awards),
        "visits": [
            {"at": _text(visit.created_at), "left_at": _text(visit.used_at) if visit.used_at else None}
            for visit in found.visits
        ],
    }


def _text(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
