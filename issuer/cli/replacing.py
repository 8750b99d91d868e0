"""``parchemin replace | duplicate``: a new document in the place of an old one, or the same one again."""

import click

from issuer.cli.awards import award_line, note_option
from issuer.cli.context import json_option, office, operator, print_json, say
from issuer.cli.notices import no_mail_option, tell_people
from issuer.cli.orders_group import ask_instead
from issuer.domain.award import DuplicateReason, ReplacementReason
from issuer.ports.orders import OrderKind
from issuer.services.register import get_award
from issuer.services.replacing import duplicate as hand_over_again
from issuer.services.replacing import replace_award


@click.command()
@click.argument("award")
@click.option(
    "--reason",
    type=click.Choice([reason.value for reason in ReplacementReason]),
    required=True,
    help="Why: a change of civil status, or a clerical error; known inside only.",
)
@note_option
@no_mail_option
@json_option
def replace(award: str, reason: str, note: str | None, no_mail: bool, as_json: bool) -> None:
    """Put new documents in the place of an award and of what hangs together with it.

    The new name or the corrected record is handed in first (jury import --accept-changes). A change of civil
    status concerns all the person's awards of the certification; a correction, the award and its title.
    """
    opened = office()
    found, _events = get_award(opened, award)
    if opened.four_eyes:
        ask_instead(opened, OrderKind.REPLACE, found.number, reason, note, as_json=as_json)
        return
    made = replace_award(opened, found.number, ReplacementReason(reason), note, actor=operator())
    if as_json:
        print_json([{"old": award_line(pair.old)["number"], "new": award_line(pair.new)} for pair in made])
        tell_people(opened, no_mail=no_mail)
        return
    for pair in made:
        new = pair.new
        say(f"{pair.old.number} is replaced by {new.number} ({new.component}): {new.credential_id}")
    say("the old pages say that they were replaced, and nothing else; the old files verify no more")
    tell_people(opened, no_mail=no_mail)


@click.command()
@click.argument("award")
@click.option(
    "--reason",
    type=click.Choice([reason.value for reason in DuplicateReason]),
    required=True,
    help="Why the paper is handed over again, on proof that stays with the registry.",
)
@json_option
def duplicate(award: str, reason: str, as_json: bool) -> None:
    """Give an award's paper a further number, to print and hand over again; nothing is revoked."""
    opened = office()
    found, _events = get_award(opened, award)
    made = hand_over_again(opened, found.number, DuplicateReason(reason), actor=operator())
    if as_json:
        print_json({"paper": made.paper_number, "award": made.number, "reason": made.reason.value})
        return
    say(f"{made.paper_number} is noted as a duplicate of {made.number}; the award and its link are unchanged")
