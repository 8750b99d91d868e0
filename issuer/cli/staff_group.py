"""``parchemin staff``: those who work at the desk, for a first install and for when nobody gets in."""

from collections.abc import Mapping

import click

from issuer.bootstrap import rate_limits, staff_desk
from issuer.cli.context import json_option, office, operator, person, print_json, say, settings
from issuer.domain.identity_provider import IdentitySettings
from issuer.domain.staff import Role
from issuer.ports.staff import AccountView
from issuer.services.staff import StaffCounter
from issuer.services.staff.accounts import check_system_login
from issuer.services.staff.founding import administrators

_reason = click.option("--reason", required=True, help="Why, in a few words; the register keeps it.")
_roles = click.option(
    "--role", "roles", multiple=True, type=click.Choice([role.value for role in Role]), help="One or more."
)
_system_login = click.option(
    "--system-login", metavar="LOGIN", help="The same person's login on this server, for this command line."
)


@click.group()
def staff() -> None:
    """Open, change and close the accounts of the registrar's desk.

    The first two administrators are made here by one person; after that, roles need a second one's word.
    """


@staff.command()
@click.argument("login")
@click.option("--name", required=True, help="The person's name, as colleagues read it.")
@_roles
@_system_login
@_reason
def add(login: str, name: str, roles: tuple[str, ...], system_login: str | None, reason: str) -> None:
    """Open an account, e.g. camille.durand, and ask for its roles.

    LOGIN is what the person types to sign in; it is never given to anybody else.
    """
    actor, counter = _actor(), _counter()
    check_system_login(system_login, login)
    counter.open_account(login, name, reason, actor=actor)
    say(f"{login}: opened, without any role")
    if roles or system_login:
        _ask(counter, login, roles, system_login, reason, actor)


@staff.command("list")
@json_option
def list_(*, as_json: bool) -> None:
    """List all accounts, closed ones included."""
    counter = _counter()
    views = [view for each in counter.accounts() if (view := counter.account(each.id)) is not None]
    if as_json:
        print_json([_as_json(view) for view in views])
        return
    for view in views:
        roles = ", ".join(sorted(role.value for role in view.account.roles)) or "no role"
        click.echo(f"{view.account.id:<24} {_state(view):<10} {roles}")


@staff.command()
@click.argument("login")
@_roles
@_system_login
@_reason
def roles(login: str, roles: tuple[str, ...], system_login: str | None, reason: str) -> None:
    """Say which roles an account is to have: all of them, those that it has included.

    What only takes rights away is done at once; what adds one waits for another administrator.
    """
    _ask(_counter(), login, roles, system_login, reason, _actor())


@staff.command()
@click.argument("order")
def approve(order: str) -> None:
    """Approve what another administrator asked for an account, and do it."""
    _counter().approve_roles(order, actor=_actor())
    say(f"{order}: approved and done")


@staff.command()
@click.argument("login")
@_reason
def close(login: str, reason: str) -> None:
    """Close an account, for good: its rights and its sessions end at once."""
    _counter().close_account(login, reason, actor=_actor())
    say(f"{login}: closed")


@staff.command()
@click.argument("login")
def invite(login: str) -> None:
    """Print a link with which somebody takes an account into use; it is good once, for three days.

    Earlier links are good no more. Under four eyes it opens with a code alone, which another administrator
    asks for and hands over.
    """
    counter = _counter()
    link = counter.invite(login, actor=_actor())
    click.echo(link)
    view = counter.account(login)
    if view is not None and view.invitation is not None and view.invitation.needs_code:
        say(f"it opens nothing without a code: another administrator asks for it, staff code {login}")


@staff.command()
@click.argument("login")
def code(login: str) -> None:
    """Print the code without which the link that is out opens nothing; for another than who has the link."""
    click.echo(_counter().arrival_code(login, actor=_actor()))


def _ask(
    counter: StaffCounter,
    login: str,
    wanted: tuple[str, ...],
    system_login: str | None,
    reason: str,
    actor: str,
) -> None:
    asked = frozenset(Role(word) for word in wanted)
    order = counter.ask_roles(login, asked, system_login, reason, actor=actor)
    if order is None:
        say(f"{login}: {', '.join(sorted(asked)) or 'no role'}")
    else:
        say(f"{login}: asked for with order {order}; another administrator approves it at the desk")


def _actor() -> str:
    """Give who acts: an administrator, or who sets the desk up while there is none."""
    with office().store.reading() as registry:
        known = administrators(registry)
    return person(Role.ADMINISTRATION) if known else operator()


def _counter() -> StaffCounter:
    return staff_desk(settings(), office(), rate_limits())


def _as_json(view: AccountView) -> Mapping[str, object]:
    account = view.account
    return {
        "login": account.id,
        "name": account.name,
        "roles": sorted(role.value for role in account.roles),
        "system_login": account.system_login,
        "state": _state(view),
    }


def _state(view: AccountView) -> str:
    if not view.account.active:
        return "closed"
    if view.usable:
        return "in use"
    return "invited" if view.invitation is not None else "opened"


def identity_lines(identity: IdentitySettings | None) -> Mapping[str, object]:
    """Give what is in force of the institution's own sign-in, by setting, without its secret.

    Args:
        identity: The settings, or None where it is not switched on.
    """
    unset = "(not set)"
    return {
        "PARCHEMIN_OIDC_ISSUER": identity.issuer if identity else unset,
        "PARCHEMIN_OIDC_CLIENT_ID": identity.client_id if identity else unset,
        "PARCHEMIN_OIDC_CLIENT_SECRET_FILE": identity.client_secret_file if identity else unset,
        "PARCHEMIN_OIDC_CLAIM": identity.claim if identity else unset,
        "PARCHEMIN_OIDC_ACR": " ".join(identity.strength) if identity and identity.strength else unset,
    }
