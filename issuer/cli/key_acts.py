"""``parchemin keys rotate | retire | compromise | resign``: three acts on a key, and what follows of one.

Each says beforehand what it will do, in numbers, and does it with ``--yes`` alone.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

import click

from issuer.bootstrap import (
    KEY_TYPE_NAMES,
    Consequences,
    KeyCustody,
    Rotation,
    compromise_key,
    preview_compromise,
    preview_retirement,
    preview_rotation,
    retire_key,
    rotate_key,
    succeed_key,
    undecided,
)
from issuer.cli.context import (
    ask_pin,
    choose_passphrase,
    json_option,
    office,
    person,
    print_json,
    progress,
    say,
    settings,
)
from issuer.domain.staff import Role
from issuer.ports.orders import OrderKind
from issuer.services.office import Office
from issuer.services.orders import propose
from issuer.services.resigning import (
    NOT_AS_ISSUED,
    NOT_COVERED,
    UNVERIFIABLE,
    covers_now,
    resign,
    touched_awards,
)

yes_option = click.option("--yes", is_flag=True, help="Do it; without it, what would be done is printed.")
type_option = click.option(
    "--type",
    "key_type",
    type=click.Choice(KEY_TYPE_NAMES, case_sensitive=False),
    help="Type of the key; without it, the type that the first suite of PARCHEMIN_SUITES takes.",
)
custody_option = click.option(
    "--in",
    "place",
    type=click.Choice(("file", "token")),
    default="file",
    help="What holds it: an encrypted file (the default), or the token of PARCHEMIN_PKCS11_TOKEN.",
)
_REASON_LENGTH = 300
_WHY_NOT = {
    NOT_COVERED: "no root that was published before then covers it",
    NOT_AS_ISSUED: "its stored document is not the one that was issued",
    UNVERIFIABLE: "our own verifier does not accept it: see parchemin audit verify",
}


class _Reason(click.ParamType[str]):
    """A sentence for the ledger."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse an empty one, and a page."""
        if not value.strip() or len(value) > _REASON_LENGTH:
            self.fail(f"give a sentence of at most {_REASON_LENGTH} characters", param, ctx)
        return value.strip()


class _Instant(click.ParamType[datetime]):
    """A day, or an instant with its offset from UTC."""

    name = "instant"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read it; without an offset it is UTC."""
        try:
            found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except ValueError:
            self.fail("give a day or an instant, e.g. 2026-11-24 or 2026-11-24T18:30:00+01:00", param, ctx)
        return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def custody_named(place: str) -> KeyCustody:
    """Give what holds a key, as the option names it."""
    return KeyCustody.TOKEN if place == "token" else KeyCustody.FILE


@click.command()
@type_option
@custody_option
@click.option("--reason", type=_Reason(), help="Why; for the ledger.")
@yes_option
@json_option
def rotate(key_type: str | None, place: str, reason: str | None, yes: bool, as_json: bool) -> None:
    """Make a new key that signs from now on; the ones before it stay published and sign no more."""
    actor = person(Role.KEYS)
    opened, asked = office(), Rotation(key_type, custody_named(place), reason)
    foreseen = preview_rotation(settings(), opened, asked)
    if not yes:
        _foretell("rotate", foreseen, as_json=as_json)
        return
    choose = ask_pin if asked.custody is KeyCustody.TOKEN else choose_passphrase
    line = rotate_key(settings(), opened, asked, choose, actor=actor)
    if as_json:
        print_json({**_values("rotate", foreseen), "done": True, "key": line.name})
        return
    if foreseen.signs:
        say(f"{line.verification_method} signs from now on; {_lists(foreseen)} signed again")
    for name in foreseen.retires:
        say(f"{name} signs no more; it stays published, and what it signed holds")
    if not foreseen.signs:
        say(f"{line.verification_method} is published and signs nothing yet")
        _lead_through(line.algorithm)


@click.command()
@click.argument("name")
@click.option("--reason", type=_Reason(), help="Why; for the ledger.")
@yes_option
@json_option
def retire(name: str, reason: str | None, yes: bool, as_json: bool) -> None:
    """Let a key make no new signatures; what it signed holds for good."""
    actor = person(Role.KEYS)
    opened = office()
    foreseen = preview_retirement(settings(), opened, name)
    if not yes:
        _foretell("retire", foreseen, as_json=as_json)
        return
    retire_key(settings(), opened, name, reason, actor=actor)
    if as_json:
        print_json({**_values("retire", foreseen), "done": True})
    else:
        say(f"{name} signs no more; it stays published, and what it signed holds")


@click.command()
@click.argument("name")
@click.option(
    "--since", type=_Instant(), required=True, help="The earliest instant at which another may have had it."
)
@click.option("--reason", type=_Reason(), required=True, help="Why; for the ledger.")
@yes_option
@json_option
def compromise(name: str, since: datetime, reason: str, yes: bool, as_json: bool) -> None:
    """Take all trust away from a key: another may have it.

    At once: it is marked revoked in the DID document, and nothing that it signed verifies any more. Then: a
    new key where none signs instead, the status lists, and the awards that a root covers which was published
    before SINCE. They are signed again and keep their links; the others are listed for a person to decide.
    """
    actor = person(Role.KEYS)
    opened = office()
    foreseen = preview_compromise(settings(), opened, name, since, covers_now(opened))
    if not yes:
        _foretell("compromise", foreseen, as_json=as_json)
        return
    compromise_key(opened, name, since, reason, actor=actor)
    say(f"{name} is compromised since {since.isoformat()}: it vouches for nothing any more")
    made = succeed_key(settings(), opened, name, choose_passphrase, actor=actor)
    if made is not None:
        say(f"{made.verification_method} signs from now on")
    if foreseen.lists:
        say(f"{_lists(foreseen)} signed again")
    if foreseen.forgotten:
        say(f"{foreseen.forgotten} prepared forms are forgotten; make them again with: parchemin prepare")
    outcome = _sign_again(opened, actor, order=None)
    if as_json:
        print_json({**_values("compromise", foreseen), "done": True, **outcome})


@click.command(name="resign")
@click.option("--order", help="The approved order; needed where four eyes are on.")
@yes_option
@json_option
def resign_(order: str | None, yes: bool, as_json: bool) -> None:
    """Sign again, under the key that signs now, the awards of compromised keys that a root covers.

    Where four eyes are on, this asks for it (--yes), and another person approves; parchemin worker does it.
    """
    actor = person(Role.KEYS)
    opened = office()
    if not yes:
        touched = touched_awards(opened, covers_now(opened))
        again = [each.award.number for each in touched if each.why_not is None]
        values = {"done": False, "resigned": again, "undecided": dict(undecided(touched))}
        if as_json:
            print_json(values)
        else:
            say(f"{len(again)} awards would be signed again; do it with --yes")
            _list_undecided(undecided(touched))
        return
    outcome = _sign_again(opened, actor, order=order)
    if as_json:
        print_json({"done": True, **outcome})


def _sign_again(opened: Office, actor: str, *, order: str | None) -> Mapping[str, object]:
    covers = covers_now(opened)
    if opened.four_eyes and order is None:
        touched = touched_awards(opened, covers)
        again = [each.award.number for each in touched if each.why_not is None]
        _list_undecided(undecided(touched))
        if not again:
            return {"order": None, "resigned": [], "undecided": dict(undecided(touched))}
        asked = propose(opened, OrderKind.RESIGN, {"numbers": again}, actor=actor)
        say(f"order {asked.id} asks to sign {len(again)} awards again: another person approves it")
        return {"order": asked.id, "resigned": [], "undecided": dict(undecided(touched))}
    with progress("Signing again") as advance:
        made = resign(opened, covers, actor=actor, order=order, progress=advance)
    say(f"{len(made.done)} awards are signed again, and keep their links")
    _list_undecided(made.undecided)
    return {"order": order, "resigned": made.done, "undecided": made.undecided}


def _foretell(act: str, foreseen: Consequences, *, as_json: bool) -> None:
    if as_json:
        print_json({**_values(act, foreseen), "done": False})
        return
    for line in _sentences(act, foreseen):
        click.echo(line)
    say("nothing was changed; do it with --yes")
    _list_undecided(foreseen.undecided)


def _sentences(act: str, foreseen: Consequences) -> list[str]:
    lines = [f"{foreseen.key}: {act}"] if act != "rotate" else []
    if foreseen.successor:
        lines.append(
            f"new key: {foreseen.successor}" + ("" if foreseen.signs else ", which signs nothing yet")
        )
    lines += [f"{name} signs no more; it stays published" for name in foreseen.retires]
    if act == "compromise":
        lines += [
            f"awards that it signed: {foreseen.signed}; none of them verifies until it is signed again",
            f"awards that are signed again: {len(foreseen.resigned)}, with their links as they are",
            f"awards that a person decides on: {len(foreseen.undecided)}",
            f"prepared forms that are forgotten: {foreseen.forgotten}",
        ]
    else:
        lines.append(f"awards that were signed before: {foreseen.signed}; all of them stay good")
    lines.append(f"status lists that are signed again: {len(foreseen.lists)}")
    lines += [f"DID document: {change}" for change in foreseen.did_document]
    return lines


def _values(act: str, foreseen: Consequences) -> Mapping[str, object]:
    return {
        "act": act,
        "key": foreseen.key,
        "signed": foreseen.signed,
        "resigned": list(foreseen.resigned),
        "undecided": dict(foreseen.undecided),
        "retires": list(foreseen.retires),
        "lists": list(foreseen.lists),
        "forgotten": foreseen.forgotten,
        "successor": foreseen.successor,
        "did_document": list(foreseen.did_document),
    }


def _lists(foreseen: Consequences) -> str:
    count = len(foreseen.lists)
    return "1 status list" if count == 1 else f"{count} status lists"


def _list_undecided(found: Mapping[str, str]) -> None:
    if not found:
        return
    say(f"{len(found)} awards are not signed again, and are not good any more; decide on each:")
    for number, code in found.items():
        say(f"{number}  {_WHY_NOT[code]}")


def _lead_through(algorithm: str) -> None:
    say(f"1. add a suite of {algorithm} to PARCHEMIN_SUITES beside the one that signs now, in every process")
    say("2. parchemin status renew --all: from then on every award and list has both proofs")
    say("3. when all who verify know the new suite: take the old one out, and run step 2 again")
    say("4. parchemin keys retire NAME for the old key; it stays published, and what it signed holds")
