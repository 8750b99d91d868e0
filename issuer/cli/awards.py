"""``parchemin awards | show | revoke | suspend | reinstate``: what was issued."""

from collections.abc import Mapping

import click

from issuer.cli.context import json_option, office, operator, print_json, say
from issuer.cli.notices import no_mail_option, tell_people
from issuer.cli.orders_group import ask_instead
from issuer.cli.screen import fit
from issuer.domain.award import WITHDRAWAL_SENTENCES, Award, AwardState, WithdrawalReason
from issuer.ports.orders import OrderKind
from issuer.services.office import Office
from issuer.services.register import find_awards, get_award
from issuer.services.withdrawing import reinstate as reinstate_award
from issuer.services.withdrawing import revoke as revoke_award
from issuer.services.withdrawing import standing_titles, tells_of_suspension
from issuer.services.withdrawing import suspend as suspend_award


@click.command()
@click.option("--candidate", help="Only this candidate (the student system's identifier).")
@click.option("--state", type=click.Choice([state.value for state in AwardState]), help="Only this state.")
@click.option("--canaries", is_flag=True, help="Those of the self-watch instead, which are nobody's.")
@json_option
def awards(candidate: str | None, state: str | None, *, canaries: bool, as_json: bool) -> None:
    """List the awards."""
    found = find_awards(office(), candidate, AwardState(state) if state else None, canaries=canaries)
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


reason_option = click.option(
    "--reason",
    type=click.Choice([reason.value for reason in WithdrawalReason]),
    required=True,
    help="The public reason.",
)
note_option = click.option("--note", help="Free text for the register alone; never public.")


@click.command()
@click.argument("award")
@reason_option
@note_option
@no_mail_option
@json_option
def revoke(award: str, reason: str, note: str | None, no_mail: bool, as_json: bool) -> None:
    """Withdraw an award for good."""
    opened = office()
    found, _events = get_award(opened, award)
    if opened.four_eyes:
        ask_instead(opened, OrderKind.REVOKE, found.number, reason, note, as_json=as_json)
        return
    changed = revoke_award(opened, found.number, WithdrawalReason(reason), note, actor=operator())
    if as_json:
        print_json(award_line(changed))
    else:
        public = WITHDRAWAL_SENTENCES[WithdrawalReason(reason)]
        say(f"{changed.number} is withdrawn ({public.en}); page, report and status list say so from now on")
        _say_which_titles_stand(opened, changed)
    tell_people(opened, no_mail=no_mail)


@click.command()
@click.argument("award")
@reason_option
@note_option
@no_mail_option
@json_option
def suspend(award: str, reason: str, note: str | None, no_mail: bool, as_json: bool) -> None:
    """Suspend an award until a decision on it."""
    opened = office()
    found, _events = get_award(opened, award)
    if opened.four_eyes:
        ask_instead(opened, OrderKind.SUSPEND, found.number, reason, note, as_json=as_json)
        return
    changed = suspend_award(opened, found.number, WithdrawalReason(reason), note, actor=operator())
    listed = tells_of_suspension(opened, changed.number)
    if as_json:
        print_json({**award_line(changed), "on_status_list": listed})
        tell_people(opened, no_mail=no_mail)
        return
    public = WITHDRAWAL_SENTENCES[WithdrawalReason(reason)]
    where = (
        "page, report and status list say so from now on"
        if listed
        else "our page and report alone say so: its document names no list of suspensions "
        "(PARCHEMIN_STATUS_PURPOSES), so other software does not see it"
    )
    say(f"{changed.number} is suspended ({public.en}); {where}")
    _say_which_titles_stand(opened, changed)
    tell_people(opened, no_mail=no_mail)


@click.command()
@click.argument("award")
@reason_option
@note_option
@no_mail_option
@json_option
def reinstate(award: str, reason: str, note: str | None, no_mail: bool, as_json: bool) -> None:
    """End a suspension; a withdrawal is never undone."""
    opened = office()
    found, _events = get_award(opened, award)
    if opened.four_eyes:
        ask_instead(opened, OrderKind.REINSTATE, found.number, reason, note, as_json=as_json)
        return
    changed = reinstate_award(opened, found.number, WithdrawalReason(reason), note, actor=operator())
    if as_json:
        print_json(award_line(changed))
    else:
        say(f"{changed.number} is in force again; page and report say so from now on")
    tell_people(opened, no_mail=no_mail)


def _say_which_titles_stand(opened: Office, changed: Award) -> None:
    for title in standing_titles(opened, changed):
        say(f"title {title.number} of the same person still stands and names this block: decide on it too")


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
