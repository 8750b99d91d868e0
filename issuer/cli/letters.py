"""``parchemin letter``: a letter with link, QR code and short code, for holders without an address."""

import click

from issuer.bootstrap import letter_desk
from issuer.cli.context import json_option, office, operator, print_json, say
from issuer.cli.files import require_free, write_new
from issuer.services.register import get_award


@click.command()
@click.argument("award", required=False)
@click.option("--person", help="Identifier of a person: one letter for all that he or she holds.")
@click.option("--out", required=True, help="File to write.")
@json_option
def letter(award: str | None, person: str | None, out: str, as_json: bool) -> None:
    """Print a letter (PDF) for an award, or with --person for all of a person's awards in force."""
    if (award is None) == (person is None):
        raise click.UsageError("name an award, or a person with --person: one of the two")
    require_free(out)
    opened = office()
    desk = letter_desk(opened)
    if award is not None:
        found, _events = get_award(opened, award)
        content = desk.of_award(found.number, actor=operator())
    else:
        content = desk.of_person(str(person), actor=operator())
    write_new(out, content)
    if as_json:
        print_json({"file": out, "bytes": len(content)})
    else:
        say(f"{out}: {len(content)} bytes")
