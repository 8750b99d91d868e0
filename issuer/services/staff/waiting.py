"""How long one waits after failed tries: longer with each, a quarter of an hour at most, and nobody for ever.

A try is counted before it is looked at, so that many at once are no way around. What is counted is the name
that was typed, whether there is such an account or not; and apart from it, a browser in which the account was
used before: strangers who keep failing under somebody's name do not keep out that person's own browser.

Spec: OWASP ASVS 4.0.3, sections 2.2.1 and 2.2.3.
"""

from datetime import timedelta
from typing import Final

from issuer.ports import Registry
from issuer.ports.staff import Tries
from issuer.services import audit
from issuer.services.staff.tools import Tools, digest_of

FREE: Final = 5
"""Tries in a row before one waits."""

WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 15))
FORGOTTEN: Final = timedelta(hours=24)


def typed_name(name: str) -> str:
    """Give under what tries with a typed name are counted: its digest, for it may be a mistyped password."""
    return f"name:{digest_of(name)}"


def known_browser(browser: str) -> str:
    """Give under what the tries of a known browser are counted."""
    return f"browser:{digest_of(browser)}"


def confirming(account: str) -> str:
    """Give under what the codes are counted that somebody gives who is signed in."""
    return f"confirm:{digest_of(account)}"


def may_try(tools: Tools, registry: Registry, whose: str, account: str | None) -> bool:
    """Count a try, and say whether it is looked at.

    Args:
        tools: What signing in works with.
        registry: The open unit of work.
        whose: Under what it is counted.
        account: Which account it would open, for the trail; None where there is none.
    """
    now = tools.office.clock.now()
    before = registry.tries(whose)
    if before is not None and before.wait_until is not None and now < before.wait_until <= now + WAITS[-1]:
        return False
    known = before is not None and now - before.last_at < FORGOTTEN
    failures = before.failures + 1 if known and before is not None else 1
    wait = None if failures < FREE else WAITS[min(failures - FREE, len(WAITS) - 1)]
    registry.keep_tries(Tries(whose, failures, now, now + wait if wait else None))
    if failures == FREE:
        # Written for a name that nobody has as well: the time it takes tells nothing.
        audit.record(registry, now, "system:desk", "staff.locked", account or "-", {"tries": failures})
    return True
