"""People at the desk over a real register: accounts of every role, quick passwords, browsers that are signed in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pyotp
from flask import Flask
from flask.testing import FlaskClient

from issuer.adapters.staff import Argon2Passwords, FileVault, Totp
from issuer.bootstrap import rate_limits
from issuer.domain.staff import Role
from issuer.ports import RateLimits
from issuer.ports.staff import AccountChange, AccountSecrets, Federation, SignInMethod
from issuer.services.office import Office
from issuer.services.staff import StaffCounter, Tools, sessions
from issuer.web.staff_cookies import PATH
from tests.support.holders import SetClock

PASSWORD = "quatre mots sans lien aucun"
QUICK = Argon2Passwords(memory_kib=8, passes=1)
"""Hashes that cost nothing: what is tested with them is never how slow they are."""

PEOPLE: dict[str, frozenset[Role]] = {
    "sofia.saisie": frozenset({Role.ENTRY}),
    "victor.validation": frozenset({Role.APPROVAL}),
    "claire.cles": frozenset({Role.KEYS}),
    "aude.audit": frozenset({Role.AUDIT}),
    "adele.administration": frozenset({Role.ADMINISTRATION}),
    "armand.administration": frozenset({Role.ADMINISTRATION}),
    "rene.sansrole": frozenset(),
}
"""An account of each role, a second administrator, and one without any role."""

_OTP = b"twenty bytes of test"
_TOKEN = re.compile(r'name="csrf" value="([A-Za-z0-9_-]+)"')


@dataclass(slots=True)
class Crew:
    """The desk's door over a register, and the people that are known there."""

    counter: StaffCounter
    clock: SetClock
    folder: Path

    @property
    def office(self) -> Office:
        """The service."""
        return self.counter.tools.office

    def add(self, login: str, roles: Iterable[Role] = (), *, active: bool = True) -> str:
        """Make an account that was taken into use, without asking anybody; give its login."""
        tools, now = self.counter.tools, self.clock.now()
        sealed = tools.vault.seal(login, _OTP)
        with tools.office.store.writing() as registry:
            registry.add_account(login, now, "test")
            change = AccountChange(
                account=login,
                name=login.replace(".", " ").title(),
                roles=frozenset(roles),
                system_login=None,
                active=active,
                at=now,
                by="test",
                order=None,
                note="for a test",
            )
            registry.change_account(change)
            hashed = tools.passwords.hash(PASSWORD)
            registry.keep_account_secrets(AccountSecrets(login, hashed, sealed, None, now))
        return login

    def everybody(self) -> None:
        """Make all of :data:`PEOPLE`."""
        for login, roles in PEOPLE.items():
            self.add(login, roles)

    def code(self, at: datetime | None = None) -> str:
        """Give everybody's one-time code of an instant: a step on, it is another."""
        return code_of(_OTP, at or self.clock.now())

    def secret(self, login: str) -> str:
        """Open a session for an account and give its secret."""
        tools = self.counter.tools
        with tools.office.store.writing() as registry:
            account = registry.account(login)
            assert account is not None
            return sessions.opened(tools, registry, account, SignInMethod.PASSWORD, self.clock.now()).secret

    def browser(self, app: Flask, login: str) -> FlaskClient:
        """Give a browser in which an account is signed in."""
        client = app.test_client()
        client.set_cookie(f"{_prefix(self.office)}registre", self.secret(login), path=PATH)
        return client


def open_crew(
    office: Office,
    folder: Path,
    *,
    clock: SetClock | None = None,
    federation: Federation | None = None,
    limits: RateLimits | None = None,
) -> Crew:
    """Open the desk's door of a register, with a clock that can be set and quick passwords.

    Args:
        office: A founded service.
        folder: Its data folder.
        clock: The clock; None for a new one.
        federation: The institution's own sign-in, or None.
        limits: How often a stranger may try; None for the usual limits.
    """
    # Never before what the register holds: it was made a moment ago.
    set_clock = clock or SetClock(datetime.now(UTC))
    timed = replace(office, clock=set_clock)
    tools = Tools(timed, QUICK, Totp(), FileVault(folder), limits or rate_limits(), federation)
    return Crew(StaffCounter(tools), set_clock, folder)


def code_of(secret: bytes, at: datetime) -> str:
    """Give the one-time code of a secret at an instant."""
    text = Totp().secret_text(secret).replace(" ", "")
    return pyotp.TOTP(text).at(at)


def token_of(page: str) -> str:
    """Give the token of the forms on a page."""
    found = _TOKEN.search(page)
    assert found is not None
    return found.group(1)


def csrf(client: FlaskClient) -> str:
    """Give the token of a signed-in browser's forms."""
    return token_of(client.get("/registre/compte").text)


def _prefix(office: Office) -> str:
    return "__Secure-" if office.base_url.startswith("https:") else ""
