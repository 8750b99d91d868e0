"""``parchemin status``: the published status lists, and their renewal."""

from collections.abc import Iterator, Mapping

import click

from issuer.cli.context import json_option, office, operator, print_json, say
from issuer.services.office import Office
from issuer.services.status_lists import ListState, list_states
from issuer.services.status_lists import renew as renew_lists


@click.group()
def status() -> None:
    """The status lists: what strangers' software reads to know whether an award still stands."""


@status.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the status lists, with the end of each."""
    states = list_states(office())
    if as_json:
        print_json([_line(state) for state in states])
        return
    for state in states:
        word = "ended" if state.ended else "due" if state.due else "current"
        click.echo(
            f"{state.name:<14}  {state.purpose.value:<10}  {word:<7}  until {_end(state):<20}  {state.url}"
        )


@status.command()
@click.option("--all", "everything", is_flag=True, help="Sign every list again, due or not.")
@json_option
def renew(everything: bool, as_json: bool) -> None:
    """Sign again the lists whose end comes near; for a daily timer. Nothing due: nothing is done."""
    opened = office()
    names = renew_lists(opened, actor=operator(), everything=everything)
    if as_json:
        print_json({"renewed": list(names), "lists": [_line(state) for state in list_states(opened)]})
    else:
        what = "1 status list" if len(names) == 1 else f"{len(names)} status lists"
        say(f"{what} signed again" + (f": {', '.join(names)}" if names else "; none was due"))


def list_findings(opened: Office) -> Iterator[Mapping[str, object]]:
    """Give what ``parchemin doctor`` says of each list."""
    for state in list_states(opened):
        detail = f"{state.purpose.value}, until {_end(state)}"
        if state.ended:
            detail = (
                f"ended on {_end(state)}: other software cannot check any award in it; parchemin status renew"
            )
        elif state.ending:
            detail += ": renew it (parchemin status renew), and have a daily timer do so"
        warning = {"warning": True} if state.ending and not state.ended else {}
        yield {"what": f"status list {state.name}", "ok": not state.ended, "detail": detail, **warning}


def _line(state: ListState) -> Mapping[str, object]:
    return {
        "name": state.name,
        "purpose": state.purpose.value,
        "url": state.url,
        "published": state.published_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "valid_until": None if state.valid_until is None else _end(state),
        "due": state.due,
        "ended": state.ended,
    }


def _end(state: ListState) -> str:
    if state.valid_until is None:
        return "no end stated"
    return state.valid_until.isoformat(timespec="seconds").replace("+00:00", "Z")
