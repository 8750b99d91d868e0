"""``parchemin programs``: the programs that may use the student system's interface."""

import click

from issuer.cli.context import json_option, office, person, print_json, say
from issuer.domain.staff import Role
from issuer.ports.systems import Scope
from issuer.services.programs import end_program, new_program


@click.group()
def programs() -> None:
    """Programs of other systems: let in with a token, shut out at once; none approves anything."""


@programs.command()
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice([scope.value for scope in Scope]),
    default=[scope.value for scope in Scope],
    show_default=True,
    help="What it may do; may be given several times.",
)
@json_option
def new(name: str, scopes: tuple[str, ...], as_json: bool) -> None:
    """Let a program in, and print its token: once, it is kept nowhere."""
    wanted = {Scope(scope) for scope in scopes}
    token = new_program(office(), name, wanted, actor=person(Role.ADMINISTRATION))
    if as_json:
        print_json({"name": name, "scopes": sorted(wanted), "token": token})
        return
    click.echo(token)
    say("this is shown once: hand it to the program's keepers; lost, it is replaced by a new program")


@programs.command()
@click.argument("name")
@json_option
def revoke(name: str, as_json: bool) -> None:
    """Shut a program out at once and for good."""
    end_program(office(), name, actor=person(Role.ADMINISTRATION))
    if as_json:
        print_json({"name": name, "ended": True})
    else:
        say(f"{name} is shut out")


@programs.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the programs, those that were shut out included."""
    with office().store.reading() as registry:
        known = registry.programs()
    if as_json:
        print_json(
            [
                {
                    "name": program.name,
                    "scopes": sorted(program.scopes),
                    "made_at": program.made_at.isoformat(),
                    "made_by": program.made_by,
                    "ended_at": program.ended_at.isoformat() if program.ended_at else None,
                }
                for program in known
            ]
        )
        return
    for program in known:
        state = f"shut out {program.ended_at:%Y-%m-%d}" if program.ended_at else "let in"
        click.echo(f"{program.name}  {state}  {', '.join(sorted(program.scopes))}")
