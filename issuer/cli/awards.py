"""``parchemin awards | show | export | revoke``: what was issued."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import click

from issuer.bootstrap import public_desk
from issuer.cli.context import json_option, office, operator, print_json, say
from issuer.cli.screen import fit
from issuer.domain.award import WITHDRAWAL_SENTENCES, Award, AwardState, WithdrawalReason
from issuer.ports import PictureFormat
from issuer.services.desk import Desk
from issuer.services.register import find_awards, get_award
from issuer.services.withdrawing import revoke as revoke_award
from issuer.services.withdrawing import standing_titles


@click.command()
@click.option("--candidate", help="Only this candidate (the student system's identifier).")
@click.option("--state", type=click.Choice([state.value for state in AwardState]), help="Only this state.")
@json_option
def awards(candidate: str | None, state: str | None, as_json: bool) -> None:
    """List the awards."""
    found = find_awards(office(), candidate, AwardState(state) if state else None)
    if as_json:
        print_json([award_line(award) for award in found])
        return
    for award in found:
        click.echo(
            f"{award.number}  {award.state.value:<9}  {award.kind.value:<5}  {award.component:<15}  "
            f"{award.candidate_id:<8}  {award.credential_id}"
        )


@click.command()
@click.argument("award")
@json_option
def show(award: str, as_json: bool) -> None:
    """Show one award and its story. AWARD is a number or a verification link."""
    found, events = get_award(office(), award)
    story = [
        {
            "state": event.state.value,
            "reason": event.reason.value if event.reason else None,
            "note": event.note,
            "at": event.at.isoformat(timespec="seconds"),
            "by": event.by,
        }
        for event in events
    ]
    if as_json:
        print_json({**award_line(found), "session": found.session, "events": story})
        return
    for name, value in award_line(found).items():
        click.echo(f"{name:<14} {value}")
    for event in story:
        note = f"  note: {fit(str(event['note']))}" if event["note"] else ""
        click.echo(f"{event['at']}  {event['state']}  {event['reason'] or ''}  by {event['by']}{note}")


@click.command()
@click.argument("award")
@click.option("--format", "form", type=click.Choice(["json", "png", "svg"]), required=True)
@click.option("--out", required=True, help="File to write; never one that exists.")
def export(award: str, form: str, out: str) -> None:
    """Write an award to a file: json (the signed credential), png or svg (the badge that holds it)."""
    opened = office()
    found, _events = get_award(opened, award)
    content = _content(public_desk(opened), found, form)
    _write_new(out, content)
    say(f"{found.number}: {len(content)} bytes in {out}")


@click.command()
@click.argument("award")
@click.option(
    "--reason",
    type=click.Choice([reason.value for reason in WithdrawalReason]),
    required=True,
    help="The public reason.",
)
@click.option("--note", help="Free text for the register alone; never public.")
@json_option
def revoke(award: str, reason: str, note: str | None, as_json: bool) -> None:
    """Withdraw an award for good."""
    opened = office()
    found, _events = get_award(opened, award)
    changed = revoke_award(opened, found.number, WithdrawalReason(reason), note, actor=operator())
    if as_json:
        print_json(award_line(changed))
    else:
        public = WITHDRAWAL_SENTENCES[WithdrawalReason(reason)]
        say(f"{changed.number} is withdrawn ({public.en}); page, report and status list say so from now on")
        for title in standing_titles(opened, changed):
            say(
                f"title {title.number} of the same person still stands and names this block: decide on it too"
            )


def _write_new(out: str, content: bytes) -> None:
    """Write a file whole or not at all, and never over another one."""
    target = Path(out)
    if not target.name:
        raise click.UsageError(f"--out {out!r}: names no file; name a new file")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".parchemin-") as folder:
            draft = Path(folder, "draft")
            draft.write_bytes(content)
            os.link(draft, target)
    except FileExistsError as error:
        raise click.UsageError(f"--out {out}: exists already; name a new file") from error
    except OSError as error:
        raise click.UsageError(
            f"--out {out}: {error.strerror}; name a new file in a folder that you may write"
        ) from error


def award_line(award: Award) -> Mapping[str, object]:
    """Give an award in the form that other programs depend on (``design.md``, section 6)."""
    return {
        "number": award.number,
        "kind": award.kind.value,
        "component": award.component,
        "certification": award.certification,
        "holder": award.holder,
        "state": award.state.value,
        "link": award.credential_id,
        "id": award.credential_id,
        "awarded": award.decided_on.isoformat(),
        "issued": award.issued_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "candidate": award.candidate_id,
    }


def _content(desk: Desk, award: Award, form: str) -> bytes:
    match form:
        case "png":
            found = desk.picture(award.token, PictureFormat.BADGE_PNG)
        case "svg":
            found = desk.picture(award.token, PictureFormat.BADGE_SVG)
        case _:
            found = desk.credential(award.token)
    assert found is not None
    return found.body
