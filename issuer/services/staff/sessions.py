"""Sessions of the desk: opened, used, ended; half an hour idle, ten hours at most.

Spec: OWASP ASVS 4.0.3, sections 3.2 and 3.3.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from issuer.errors import RegisterError
from issuer.ports import Registry
from issuer.ports.staff import Account, KeptSession, SignInMethod, StaffVisit
from issuer.services import audit
from issuer.services.staff.tools import Tools, digest_of

LONGEST: Final = timedelta(hours=10)
IDLE: Final = timedelta(minutes=30)
FRESH: Final = timedelta(minutes=10)
KEPT: Final = timedelta(days=30)
"""For how long a session that ended stays readable."""

_TO_A_MINUTE: Final = timedelta(minutes=1)
"""A use is noted when the last one noted is older: not every page writes."""


def opened(
    tools: Tools, registry: Registry, account: Account, method: SignInMethod, confirmed_at: datetime
) -> StaffVisit:
    """Open a session, inside the unit of work that let its owner in.

    Args:
        tools: What signing in works with.
        registry: The open unit of work.
        account: Whose.
        method: How they signed in.
        confirmed_at: When the second factor was given (aware).
    """
    now = tools.office.clock.now()
    secret = tools.new_secret()
    session = KeptSession(
        secret_sha256=digest_of(secret),
        id=tools.office.ids.token(),
        account=account.id,
        method=method,
        opened_at=now,
        confirmed_at=confirmed_at,
        seen_at=now,
        ends_at=now + LONGEST,
        ended_at=None,
    )
    registry.forget_staff_traces(now - KEPT)
    registry.keep_staff_session(session)
    return _visit(session, account, secret)


def renewed(tools: Tools, registry: Registry, visit: StaffVisit, confirmed_at: datetime) -> StaffVisit:
    """Let a session go on under a new secret: what held the one before is nothing any more.

    Args:
        tools: What signing in works with.
        registry: The open unit of work.
        visit: The session.
        confirmed_at: When the second factor was last given (aware).
    """
    now = tools.office.clock.now()
    before = registry.staff_session(digest_of(visit.secret))
    if before is not None and before.ended_at is None:
        registry.keep_staff_session(replace(before, ended_at=now))
    secret = tools.new_secret()
    session = KeptSession(
        secret_sha256=digest_of(secret),
        id=tools.office.ids.token(),
        account=visit.account.id,
        method=visit.method,
        opened_at=visit.opened_at,
        confirmed_at=confirmed_at,
        seen_at=now,
        ends_at=visit.ends_at,
        ended_at=None,
    )
    registry.keep_staff_session(session)
    return _visit(session, visit.account, secret)


def visit(tools: Tools, secret: str) -> StaffVisit | None:
    """Give the session of a secret while it is open and its account active, or None; notes its use.

    One that came to its end is noted as ended, so that a clock set back does not open it again.
    """
    now, store = tools.office.clock.now(), tools.office.store
    with store.reading() as registry:
        session = registry.staff_session(digest_of(secret))
        account = registry.account(session.account) if session is not None else None
    if session is None or account is None or session.ended_at is not None or not account.active:
        return None
    if now >= session.ends_at or now - session.seen_at >= IDLE:
        leave(tools, secret)
        return None
    if now - session.seen_at >= _TO_A_MINUTE:
        _note_use(tools, session.secret_sha256, now)
    return _visit(session, account, secret)


def leave(tools: Tools, secret: str) -> None:
    """End a session; one that there is not changes nothing."""
    now = tools.office.clock.now()
    with tools.office.store.writing() as registry:
        session = registry.staff_session(digest_of(secret))
        if session is not None and session.ended_at is None:
            registry.keep_staff_session(replace(session, ended_at=now))
            audit.record(registry, now, session.account, "staff.left", session.account, {})


def end_own(tools: Tools, account: str, session_id: str) -> None:
    """End one of an account's own sessions; one that there is not changes nothing."""
    now = tools.office.clock.now()
    with tools.office.store.writing() as registry:
        for session in registry.staff_sessions(account):
            if session.id == session_id:
                registry.keep_staff_session(replace(session, ended_at=now))
                audit.record(registry, now, account, "staff.session_ended", account, {})


def open_ones(tools: Tools, account: str) -> Sequence[KeptSession]:
    """Give the open sessions of an account, oldest first."""
    now = tools.office.clock.now()
    with tools.office.store.reading() as registry:
        kept = registry.staff_sessions(account)
    return [each for each in kept if now < each.ends_at and now - each.seen_at < IDLE]


def is_fresh(tools: Tools, visit: StaffVisit) -> bool:
    """Say whether the second factor was given within the last ten minutes; not where a clock was set back."""
    return timedelta(0) <= tools.office.clock.now() - visit.confirmed_at < FRESH


def _note_use(tools: Tools, secret_sha256: str, now: datetime) -> None:
    try:
        with tools.office.store.writing() as registry:
            session = registry.staff_session(secret_sha256)
            if session is not None and session.ended_at is None:
                registry.keep_staff_session(replace(session, seen_at=now))
    except RegisterError:
        # The page can still be read; unless a later use is noted the session ends sooner, and not later.
        return


def _visit(session: KeptSession, account: Account, secret: str) -> StaffVisit:
    return StaffVisit(
        account=account,
        secret=secret,
        opened_at=session.opened_at,
        ends_at=session.ends_at,
        confirmed_at=session.confirmed_at,
        id=session.id,
        method=session.method,
    )
