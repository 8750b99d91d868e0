"""``parchemin notices | doubts``: mails and what became of them; doubts that strangers reported."""

import sys
from collections.abc import Mapping

import click

from issuer.bootstrap import post_office
from issuer.cli.context import json_option, office, person, print_json, say, settings
from issuer.cli.screen import fit
from issuer.domain.staff import Role
from issuer.ports import Delivery, Doubt, Notice, NoticeState
from issuer.services.doubts import close_doubt, find_doubts
from issuer.services.doubts import short_id as short_id_of_doubt
from issuer.services.notices import find_notices, hidden, mark_bounced, short_id, waiting
from issuer.services.notices import resend as resend_notice
from issuer.services.office import Office

no_mail_option = click.option(
    "--no-mail", is_flag=True, help="Send no mail now; what waits goes with `parchemin notices send`."
)
addresses_option = click.option(
    "--addresses", is_flag=True, help="Show whole mail addresses instead of their first letter."
)


def tell_people(opened: Office, *, no_mail: bool, indent: str = "") -> None:
    """Send what the act before has queued; a mail server that is down never fails the act.

    Args:
        opened: The service.
        no_mail: Send nothing now, and say only how much waits.
        indent: Before each line.
    """
    if no_mail:
        left = waiting(opened)
        if left:
            say(f"{indent}{_mails(left)} {_wait(left)}: parchemin notices send")
        return
    post = post_office(settings(), opened)
    _say_delivery(post.send_due(), post.place, indent)


@click.group()
def notices() -> None:
    """Mails to graduates and to the registry, and what became of them."""


@notices.command("list")
@click.option("--state", type=click.Choice([state.value for state in NoticeState]), help="Only this state.")
@addresses_option
@json_option
def list_(state: str | None, addresses: bool, as_json: bool) -> None:
    """List the mails, oldest first."""
    found = find_notices(office(), NoticeState(state) if state else None)
    lines = [_line(notice, addresses=addresses) for notice in found]
    if as_json:
        print_json(lines)
        return
    for notice, line in zip(found, lines, strict=True):
        trouble = f"  {notice.trouble}" if notice.trouble else ""
        click.echo(
            f"{short_id(notice)}  {notice.state.value:<7}  {notice.kind.value:<14}  {line['changed']}  "
            f"{fit(str(line['mail'])):<24}  {' '.join(notice.numbers)}{trouble}"
        )


@notices.command()
@json_option
def send(as_json: bool) -> None:
    """Send every mail whose time has come; for a timer, every few minutes."""
    opened = office()
    post = post_office(settings(), opened)
    done = post.send_due()
    if as_json:
        trouble = done.trouble.code if done.trouble else None
        print_json({"sent": done.sent, "bounced": done.bounced, "waiting": done.waiting, "trouble": trouble})
    elif done.sent or done.bounced or done.waiting:
        _say_delivery(done, post.place, "")
    else:
        say("no mail waits")
    if done.trouble is not None:
        sys.exit(1)


@notices.command()
@click.argument("notice")
@json_option
def resend(notice: str, as_json: bool) -> None:
    """Queue a mail anew, to the address on file now. NOTICE is its id, or the characters that list prints."""
    queued = resend_notice(office(), notice, actor=person(Role.ENTRY))
    if as_json:
        print_json(_line(queued, addresses=False))
    else:
        say(f"{short_id(queued)} waits again, for {hidden(queued.mail)}; next: parchemin notices send")


@notices.command()
@click.argument("notice")
@json_option
def bounced(notice: str, as_json: bool) -> None:
    """Note that a mail came back. NOTICE is its id, or the 8 characters that list prints."""
    marked = mark_bounced(office(), notice, actor=person(Role.ENTRY))
    if as_json:
        print_json(_line(marked, addresses=False))
    else:
        say(f"{short_id(marked)} is noted as come back; with a better address: parchemin notices resend")


@click.group()
def doubts() -> None:
    """Doubts that strangers reported from the public pages."""


@doubts.command("list")
@click.option("--all", "everything", is_flag=True, help="Those that were closed as well.")
@json_option
def list_doubts(everything: bool, as_json: bool) -> None:
    """List the doubts that wait, oldest first. Who wrote them is not known: believe nothing unseen."""
    found = find_doubts(office(), closed=everything)
    if as_json:
        print_json([_doubt_line(doubt) for doubt in found])
        return
    for doubt in found:
        closed = f"  closed by {doubt.closed_by}" if doubt.closed_at else ""
        click.echo(f"{short_id_of_doubt(doubt)}  {_doubt_line(doubt)['at']}  {doubt.number or '-'}{closed}")
        for line in doubt.text.splitlines():
            click.echo(f"    {fit(line)}")
        if doubt.contact:
            click.echo(f"    contact: {fit(doubt.contact)}")


@doubts.command()
@click.argument("doubt")
@json_option
def close(doubt: str, as_json: bool) -> None:
    """Close a doubt that was looked into. DOUBT is its id, or the 8 characters that list prints."""
    closed = close_doubt(office(), doubt, actor=person(Role.ENTRY))
    if as_json:
        print_json(_doubt_line(closed))
    else:
        say(f"{short_id_of_doubt(closed)} is closed")


def _say_delivery(done: Delivery, place: str, indent: str) -> None:
    if done.sent:
        say(f"{indent}{_mails(done.sent)} {place}")
    if done.bounced:
        say(f"{indent}{_mails(done.bounced)} given up: parchemin notices list --state bounced")
    if done.waiting:
        cause = f" ({done.trouble.code}: {done.trouble.message})" if done.trouble else ""
        say(f"{indent}{_mails(done.waiting)} {_wait(done.waiting)}{cause}: parchemin notices send")


def _mails(count: int) -> str:
    return "1 mail" if count == 1 else f"{count} mails"


def _wait(count: int) -> str:
    return "waits" if count == 1 else "wait"


def _line(notice: Notice, *, addresses: bool) -> Mapping[str, object]:
    return {
        "id": notice.id,
        "kind": notice.kind.value,
        "state": notice.state.value,
        "candidate": notice.candidate_id,
        "numbers": list(notice.numbers),
        "mail": notice.mail if addresses else hidden(notice.mail),
        "created": notice.created_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "changed": notice.changed_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "attempts": notice.attempts,
        "trouble": notice.trouble,
    }


def _doubt_line(doubt: Doubt) -> Mapping[str, object]:
    return {
        "id": doubt.id,
        "number": doubt.number,
        "text": doubt.text,
        "contact": doubt.contact,
        "at": doubt.at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "closed_by": doubt.closed_by,
    }
