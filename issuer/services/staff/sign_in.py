"""Letting somebody in: name, password and one-time code together, or the institution's own sign-in.

A stranger learns from an answer, or from the time that it takes, neither whether there is an account nor
which of the three was wrong.

Spec: OWASP ASVS 4.0.3, sections 2.2, 2.6, 2.8 and 3.2.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from issuer.ports import Registry
from issuer.ports.staff import (
    Account,
    AccountSecrets,
    FederationFault,
    Refusal,
    SignedIn,
    SignInMethod,
    StaffVisit,
)
from issuer.services import audit
from issuer.services.staff import sessions, waiting
from issuer.services.staff.passwords import LONGEST, normal
from issuer.services.staff.tools import Tools, digest_of, digest_of_code

_LONGEST_NAME: Final = 64
_BROWSER_LIFE: Final = timedelta(days=180)
_NOBODYS_SECRET: Final = bytes(20)
"""Compared with where there is no account, for the same work."""

FEDERATION_PATH: Final = "/registre/entrer/retour"
"""Where the institution's provider leads back to; registered there."""


def sign_in(
    tools: Tools, name: str, password: str, code: str, *, browser: str, before: str
) -> SignedIn | Refusal:
    """Let somebody in by name, password and code.

    Args:
        tools: What signing in works with.
        name: As typed.
        password: As typed.
        code: A one-time code, or a recovery code.
        browser: What the browser keeps to be known again; may be empty.
        before: The secret of the session that it had; it ends.
    """
    typed = named(name)
    now, store = tools.office.clock.now(), tools.office.store
    with store.writing() as registry:
        account = registry.account(typed)
        secrets = registry.account_secrets(typed)
        known = bool(browser) and registry.browser_of(digest_of(browser), now) == typed
        whose = waiting.known_browser(browser) if known else waiting.typed_name(typed)
        if not waiting.may_try(tools, registry, whose, account.id if account else None):
            return Refusal.WAIT
    usable = account if account is not None and account.active else None
    fits = tools.passwords.fits(secrets.password_hash if secrets else None, normal(password)[: LONGEST + 1])
    step = code_step(tools, typed, secrets, code, now)
    if usable is None or secrets is None or not fits:
        return Refusal.WRONG
    with store.writing() as registry:
        if not _second_factor(registry, usable.id, step, code, now):
            return Refusal.WRONG
        registry.forget_tries(whose)
        return _let_in(
            tools, registry, usable, SignInMethod.PASSWORD, now, browser if known else None, before
        )


def confirm(tools: Tools, visit: StaffVisit, code: str) -> StaffVisit | Refusal:
    """Take a one-time code once more; the session goes on under a new secret.

    Args:
        tools: What signing in works with.
        visit: The session.
        code: A one-time code, or a recovery code.
    """
    now, store, whose = tools.office.clock.now(), tools.office.store, waiting.confirming(visit.account.id)
    with store.writing() as registry:
        if not waiting.may_try(tools, registry, whose, visit.account.id):
            return Refusal.WAIT
        secrets = registry.account_secrets(visit.account.id)
        step = code_step(tools, visit.account.id, secrets, code, now)
        if not _second_factor(registry, visit.account.id, step, code, now):
            return Refusal.WRONG
        registry.forget_tries(whose)
        audit.record(registry, now, visit.account.id, "staff.confirmed", visit.account.id, {})
        return sessions.renewed(tools, registry, visit, now)


def sign_in_federated(
    tools: Tools, flow: str, answer: str, *, before: str
) -> SignedIn | FederationFault | Refusal:
    """Let somebody in whom the institution's provider vouches for; no account is made for anybody.

    Args:
        tools: What signing in works with.
        flow: The secret that this browser holds.
        answer: The query that came back.
        before: The secret of the session that it had; it ends.
    """
    if tools.federation is None:
        return FederationFault.REFUSED
    now = tools.office.clock.now()
    found = tools.federation.identity(flow, federation_back(tools), answer, now)
    if isinstance(found, FederationFault):
        return found
    with tools.office.store.writing() as registry:
        # Taken as it is: two names of the provider's are never one account here.
        account = registry.account(found.name) if _can_be_one(found.name) else None
        if account is None or not account.active:
            return Refusal.WRONG
        if registry.account_secrets(account.id) is None:
            registry.keep_account_secrets(AccountSecrets(account.id, None, None, None, now))
        # Where the provider does not say when, nothing is decided before it was asked to say so.
        shown_at = found.signed_in_at or now - sessions.FRESH
        return _let_in(tools, registry, account, SignInMethod.INSTITUTION, shown_at, "", before)


def federation_back(tools: Tools) -> str:
    """Give our address that the institution's provider leads back to."""
    return f"{tools.office.base_url}{FEDERATION_PATH}"


def code_step(
    tools: Tools, account: str, secrets: AccountSecrets | None, code: str, now: datetime
) -> int | None:
    """Give the step of which a one-time code is, where it is one that was not used yet; or None.

    Args:
        tools: What signing in works with.
        account: Whose.
        secrets: What the account signs in with, or None: the same work is done.
        code: As typed.
        now: The present instant (aware).
    """
    sealed = secrets.otp_sealed if secrets is not None else None
    opened = tools.vault.open(account, sealed) if sealed else None
    step = tools.codes.step_of(opened or _NOBODYS_SECRET, code, now)
    if opened is None or secrets is None or step is None:
        return None
    return step if secrets.otp_step is None or step > secrets.otp_step else None


def named(typed: str) -> str:
    """Give the id that somebody typed; what can be none is counted all the same, by its digest.

    Args:
        typed: As typed.
    """
    name = typed.strip()[:_LONGEST_NAME]
    # Looked at before the case is folded: folding makes an "s" of a long s, and a "k" of the Kelvin sign.
    return name.casefold() if _can_be_one(name) else digest_of(name)


def _can_be_one(name: str) -> bool:
    return name.isascii() and name.isprintable()


def _second_factor(registry: Registry, account: str, step: int | None, code: str, now: datetime) -> bool:
    """Use a one-time code or a recovery code up; False where it is neither, or was used in between."""
    secrets = registry.account_secrets(account)
    if secrets is None:
        return False
    if step is not None:
        if secrets.otp_step is not None and step <= secrets.otp_step:
            return False
        registry.keep_account_secrets(replace(secrets, otp_step=step))
        return True
    if not registry.use_recovery_code(account, digest_of_code(code)):
        return False
    left = registry.recovery_codes_left(account)
    audit.record(registry, now, account, "staff.recovery_code_used", account, {"left": left})
    return True


def _let_in(  # noqa: PLR0917 - what a session is made of, once
    tools: Tools,
    registry: Registry,
    account: Account,
    method: SignInMethod,
    confirmed_at: datetime,
    browser: str | None,
    before: str,
) -> SignedIn:
    """Open a session, end the one before, and have a new browser known; an empty name asks for none."""
    now = tools.office.clock.now()
    old = registry.staff_session(digest_of(before)) if before else None
    if old is not None and old.ended_at is None:
        registry.keep_staff_session(replace(old, ended_at=now))
    visit = sessions.opened(tools, registry, account, method, confirmed_at)
    audit.record(registry, now, account.id, "staff.signed_in", account.id, {"method": method.value})
    if browser is not None:
        return SignedIn(visit, None)
    secret = tools.new_secret()
    registry.keep_browser(digest_of(secret), account.id, now, now + _BROWSER_LIFE)
    return SignedIn(visit, secret)
