"""``parchemin keys``: the key ledger, and what the suites in force need of it."""

from collections.abc import Iterator, Mapping

import click

from issuer.bootstrap import (
    KEY_TYPE_NAMES,
    KeyCustody,
    KeyLine,
    key_lines,
    new_key,
    new_receipts_key,
    suite_lines,
)
from issuer.cli import ceremony, key_acts
from issuer.cli.context import (
    ask_pin,
    choose_passphrase,
    json_option,
    office,
    operator,
    print_json,
    say,
    settings,
)
from issuer.cli.key_acts import custody_named, custody_option
from issuer.services.office import Office

_ACTIVE = "active"
_CREDENTIALS, _RECEIPTS = "credentials", "receipts"
_PURPOSES = {"assertionMethod": _CREDENTIALS, "authentication": _RECEIPTS}
"""What a key may sign, by the verification relationship under which it is published."""


@click.group()
def keys() -> None:
    """The institution's keys: public halves and states, never a secret."""


@keys.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List every key that ever signed, and the suites under which it signs now."""
    lines = key_lines(settings(), office())
    if as_json:
        print_json([_values(line) for line in lines])
        return
    for line in lines:
        signs = f"  signs {', '.join(line.suites)}" if line.suites else ""
        signs = f"  seals {_RECEIPTS}" if _PURPOSES[line.purpose] == _RECEIPTS else signs
        missing = "" if line.file_present else "  (missing)"
        place = "  in the token" if line.custody == KeyCustody.TOKEN else ""
        click.echo(
            f"{line.name}  {line.state}  {line.algorithm}  {line.created_at}  {line.did_key}"
            f"{place}{signs}{missing}"
        )


@keys.command()
@click.option(
    "--type",
    "key_type",
    type=click.Choice(KEY_TYPE_NAMES, case_sensitive=False),
    help="Type of the key; without it, the type that the first suite of PARCHEMIN_SUITES takes.",
)
@click.option(
    "--for",
    "purpose",
    type=click.Choice((_CREDENTIALS, _RECEIPTS)),
    default=_CREDENTIALS,
    help="What it signs: credentials and status lists (the default), or the receipts of verifications, whose "
    "key has no passphrase because the web processes open it.",
)
@custody_option
@json_option
def new(key_type: str | None, purpose: str, place: str, as_json: bool) -> None:
    """Make a further key; it signs from now on where a suite takes it, the ones before stay published."""
    if purpose == _RECEIPTS:
        _new_for_receipts(key_type, as_json=as_json)
        return
    custody = custody_named(place)
    choose = ask_pin if custody is KeyCustody.TOKEN else choose_passphrase
    line = new_key(settings(), office(), choose, actor=operator(), algorithm=key_type, custody=custody)
    if as_json:
        print_json(_values(line))
    elif line.suites:
        say(
            f"{line.verification_method} signs from now on ({', '.join(line.suites)}); "
            "earlier keys stay published"
        )
    else:
        say(
            f"{line.verification_method} is published and signs nothing yet: "
            f"no suite of PARCHEMIN_SUITES takes a key of type {line.algorithm}"
        )


def _new_for_receipts(key_type: str | None, *, as_json: bool) -> None:
    if key_type is not None:
        raise click.UsageError("--type: a key for receipts is of type Ed25519; leave the option out")
    line = new_receipts_key(settings(), office(), actor=operator())
    if as_json:
        print_json(_values(line))
    else:
        say(
            f"{line.verification_method} seals receipts once parchemin serve is started again; "
            "what earlier keys sealed stays good"
        )


for act in (
    key_acts.rotate,
    key_acts.retire,
    key_acts.compromise,
    key_acts.resign_,
    ceremony.ceremony,
    ceremony.drill,
):
    keys.add_command(act)


def suite_findings(opened: Office) -> Iterator[Mapping[str, object]]:
    """Give what ``parchemin doctor`` says of the suites in force and of each key."""
    for suite in suite_lines(settings(), opened):
        detail = (
            f"signed with {suite.key}"
            if suite.key is not None
            else f"no active key of type {suite.key_type}: parchemin keys new --type {suite.key_type}"
        )
        yield {"what": f"suite {suite.suite}", "ok": suite.key is not None, "detail": detail}
    for line in key_lines(settings(), opened):
        # A key that signs no more is published from the ledger: its file may be gone.
        usable = line.file_present or line.state != _ACTIVE
        detail = f"{line.verification_method}, {line.algorithm}, {line.state}, {_PURPOSES[line.purpose]}"
        yield {
            "what": f"key {line.name}",
            "ok": usable,
            "detail": detail if usable else "the key file is missing",
        }


def _values(line: KeyLine) -> Mapping[str, object]:
    return {
        "name": line.name,
        "verification_method": line.verification_method,
        "did_key": line.did_key,
        "algorithm": line.algorithm,
        "state": line.state,
        "created_at": line.created_at,
        "file_present": line.file_present,
        "suites": list(line.suites),
        "purpose": line.purpose,
        "custody": line.custody,
    }
