"""``parchemin todo``: what waits for a person, most urgent first."""

from collections.abc import Mapping

import click

from issuer.cli.context import json_option, office, print_json, say
from issuer.ports.todo import ToDo, ToDoKind
from issuer.services.todo import to_do

_WORDS: Mapping[ToDoKind, str] = {
    ToDoKind.LISTS_ENDED: "status lists have ended, and nobody outside can check: parchemin status renew",
    ToDoKind.WATCH_RED: "the self-watch found something: parchemin doctor",
    ToDoKind.ORDERS_STUCK: "approved orders are not carried out: start parchemin worker, or see orders show",
    ToDoKind.ANNULLED_STANDING: "awards stand although their decision was annulled: parchemin revoke",
    ToDoKind.TITLE_WITHOUT_BLOCK: "titles stand although a block of theirs was withdrawn: decide on each",
    ToDoKind.ORDERS_WAITING: "orders wait for another person's word: parchemin orders approve",
    ToDoKind.LISTS_ENDING: "status lists end soon: parchemin status renew",
    ToDoKind.ROOTS_UNPUBLISHED: "roots of the audit log are not published: parchemin audit root",
    ToDoKind.CPF_LATE: "titles should have been sent to the CPF feed by now: parchemin cpf export",
    ToDoKind.CPF_WITHDRAWN: "titles that the CPF feed accepted were withdrawn since: tell it",
    ToDoKind.DOUBTS_OPEN: "doubts that strangers reported: parchemin doubts list",
    ToDoKind.BLOCKS_WITHOUT_TITLE: "people hold all the blocks and no title: parchemin plan says why",
    ToDoKind.NOTICES_BOUNCED: "mails came back: parchemin notices resend, or write a letter",
    ToDoKind.SUSPENSIONS_LONG: "suspensions last long: parchemin reinstate, or parchemin revoke",
    ToDoKind.ERASURES_DUE: "erasures are due",
    ToDoKind.CPF_DUE: "titles are to be sent to the CPF feed within the month: parchemin cpf export",
    ToDoKind.DRAFTS_LEFT: "records were begun at the desk and left",
    ToDoKind.NO_ADDRESS: "people have no address of their own: parchemin holders address, or a letter",
    ToDoKind.LEGAL_DATA: "mandatory mentions are lacking, and papers stay specimens",
    ToDoKind.KEYS_OLD: "keys are old: parchemin keys rotate",
    ToDoKind.REGISTRATIONS_ENDING: "registrations end: prepare the renewal, or the successor",
}
"""What each line says, and the one thing to do."""


@click.command()
@json_option
def todo(*, as_json: bool) -> None:
    """Show what waits for a person, most urgent first, each with the one thing to do."""
    lines = to_do(office())
    if as_json:
        print_json([_values(line) for line in lines])
        return
    for line in lines:
        named = ", ".join(line.subjects) + (", …" if line.count > len(line.subjects) else "")
        since = f" (since or until {line.since:%Y-%m-%d})" if line.since else ""
        click.echo(f"{line.urgency.value:<6} {line.count:>5}  {_WORDS[line.kind]}{since}")
        click.echo(f"{'':<14}{named}")
    if not lines:
        say("nothing waits for anybody")


def _values(line: ToDo) -> Mapping[str, object]:
    return {
        "kind": line.kind.value,
        "urgency": line.urgency.value,
        "count": line.count,
        "subjects": list(line.subjects),
        "since": line.since.isoformat() if line.since else None,
        "to_do": _WORDS[line.kind],
    }
