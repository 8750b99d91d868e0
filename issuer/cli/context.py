"""What the commands share: settings, operator, output, and one line for every failure."""

import json
import os
import pwd
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from issuer.bootstrap import SHORTEST_PASSPHRASE, is_founded, open_office
from issuer.config import Settings, load_settings
from issuer.domain.staff import Role
from issuer.errors import RefusedError
from issuer.services.office import Office

F = TypeVar("F", bound=Callable[..., object])

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output.")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Give the settings in force, read once."""
    return load_settings(os.environ, Path.cwd())


def office() -> Office:
    """Open the data folder that the settings name."""
    return open_office(settings(), ask_passphrase)


def operator() -> str:
    """Give the account name that the audit log names: the person's, where the register knows who it is.

    A login of this machine that no account is linked to is named as what it is, ``system:<login>``.
    """
    login = system_login()
    if not is_founded(settings()):
        return login
    opened = office()
    if not opened.four_eyes:
        return login
    with opened.store.reading() as registry:
        account = registry.account_of_system_login(login)
    return f"system:{login}" if account is None or not account.active else account.id


def person(*roles: Role) -> str:
    """Give the account of the person at this terminal, for what the register must know a person's word for.

    Args:
        roles: Any of them is enough; none asks for an account alone.

    Returns:
        The account's name; where one person does everything, the login.

    Raises:
        RefusedError: ``operator.unknown`` or ``operator.role``.
    """
    login = system_login()
    opened = office()
    if not opened.four_eyes:
        return login
    with opened.store.reading() as registry:
        account = registry.account_of_system_login(login)
    if account is None or not account.active:
        raise RefusedError(
            "operator.unknown",
            "four eyes are on, and no account of the desk is linked to this login",
            where=login,
            remedy="an administrator links it: parchemin staff add NAME --system-login LOGIN",
        )
    if roles and not account.roles & set(roles):
        raise RefusedError(
            "operator.role",
            "this account does not have the role that this needs: "
            + " or ".join(role.value for role in roles),
            where=account.id,
            remedy="let a person who has it do it, or ask an administrator for the role",
        )
    return account.id


def service_account() -> str:
    """Give the name of a process that acts on other people's decisions, for the audit log."""
    return f"system:{system_login()}"


def system_login() -> str:
    """Give the login of who typed the command, as this machine knows it; no variable of theirs says it.

    The service's own login is shared: of who came to it by sudo, sudo says the name.
    """
    try:
        login = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid-{os.getuid()}"
    return os.environ.get("SUDO_USER", login) if _is_services_own() else login


def _is_services_own() -> bool:
    try:
        # Not through a link: it could lead from a folder of one's own to a register that one may write.
        return settings().database.lstat().st_uid == os.getuid() and not settings().database.is_symlink()
    except OSError:
        return False


def ask_passphrase() -> str:
    """Ask for the signing key's passphrase on the terminal; the last resort."""
    _require_terminal()
    return str(click.prompt("Passphrase of the signing key", hide_input=True, err=True))


def ask_pin() -> str:
    """Ask for the PIN of the token that holds signing keys."""
    _require_terminal()
    return str(click.prompt("PIN of the token", hide_input=True, err=True))


def choose_passphrase() -> str:
    """Ask for a new key's passphrase on the terminal, twice: nobody can recover one that was mistyped."""
    _require_terminal()
    return str(
        click.prompt(
            f"Passphrase of the new signing key (at least {SHORTEST_PASSPHRASE} characters)",
            hide_input=True,
            confirmation_prompt="The same passphrase again",
            value_proc=_long_enough,
            err=True,
        )
    )


def _long_enough(text: str) -> str:
    if len(text) < SHORTEST_PASSPHRASE:
        raise click.UsageError(f"it has {len(text)} characters, and {SHORTEST_PASSPHRASE} are needed")
    return text


def _require_terminal() -> None:
    if not sys.stdin.isatty():
        raise click.UsageError(
            "the signing key needs its passphrase: set PARCHEMIN_KEY_PASSPHRASE_FILE (or "
            "PARCHEMIN_KEY_PASSPHRASE), or run on a terminal"
        )


def is_local(base_url: str) -> bool:
    """Say whether an address leads nowhere from outside this machine or its own network.

    Args:
        base_url: The service's address, checked.

    Returns:
        True for ``localhost``, a private or link-local IP address, and names that no public DNS gives.
    """
    host = urlsplit(base_url).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".local", ".localhost", ".internal", ".lan"))


def print_json(value: object) -> None:
    """Print a value as JSON on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say(text: str) -> None:
    """Say something to the person, on standard error: standard output is for data."""
    click.echo(text, err=True)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar on a terminal, nothing elsewhere.

    It appears with the first step that is done: what is asked before, a passphrase, stays readable.

    Args:
        what: What is being done.

    Yields:
        A function that takes the number done and the number in all.
    """
    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console, disable=not console.is_terminal)
    task = bar.add_task(what, total=None)

    def advance(done: int, total: int) -> None:
        bar.start()
        bar.update(task, completed=done, total=total)

    try:
        yield advance
    finally:
        bar.stop()


def require_free_port(host: str, port: int) -> None:
    """Refuse a port that cannot be served on, before anything is done for it.

    Raises:
        click.UsageError: It is taken, or this user may not have it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.UsageError(
                f"{host} port {port}: {error.strerror}; stop what is there, or give another one with --port"
            ) from error


def read_input(source: str, limit: int) -> bytes:
    """Read a file, or standard input for ``-``, up to a limit.

    Raises:
        click.UsageError: The file cannot be read, or is larger than `limit` bytes.
    """
    try:
        if source == "-":
            content = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(source).open("rb") as stream:
                content = stream.read(limit + 1)
    except OSError as error:
        raise click.UsageError(
            f"{source}: {error.strerror}; give an existing file that you may read"
        ) from error
    if len(content) > limit:
        raise click.UsageError(f"{source}: larger than {limit} bytes; give one record or credential a file")
    return content
