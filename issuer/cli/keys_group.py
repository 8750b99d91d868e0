"""``parchemin keys``: the key ledger."""

import click

from issuer.bootstrap import key_lines, new_key
from issuer.cli.context import choose_passphrase, json_option, office, operator, print_json, say, settings


@click.group()
def keys() -> None:
    """The institution's keys: public halves and states, never a secret."""


@keys.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List every key that ever signed."""
    lines = key_lines(settings(), office())
    if as_json:
        print_json(
            [
                {
                    "name": line.name,
                    "verification_method": line.verification_method,
                    "did_key": line.did_key,
                    "algorithm": line.algorithm,
                    "state": line.state,
                    "created_at": line.created_at,
                    "file_present": line.file_present,
                }
                for line in lines
            ]
        )
        return
    for line in lines:
        missing = "" if line.file_present else "  (key file missing)"
        click.echo(f"{line.name}  {line.state}  {line.algorithm}  {line.created_at}  {line.did_key}{missing}")


@keys.command()
@json_option
def new(as_json: bool) -> None:
    """Make a further key; it signs from now on, the ones before stay published."""
    line = new_key(settings(), office(), choose_passphrase, actor=operator())
    if as_json:
        print_json({"name": line.name, "verification_method": line.verification_method})
    else:
        say(f"{line.verification_method} signs from now on; earlier keys stay published")
