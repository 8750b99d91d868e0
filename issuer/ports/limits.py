"""How often a stranger may try: limits that remember no address."""

from enum import StrEnum
from typing import Protocol


class LimitedAct(StrEnum):
    """What is limited, each by itself."""

    SHORT_CODE = "short-code"
    ENTRY = "entry"
    """Asking for a link into the space."""
    ENTERING = "entering"
    """Using one."""
    DOUBT = "doubt"
    CHECK_MANY = "check-many"
    PROGRAM = "program"
    """A request of a program of another system, known or not."""
    STAFF_SIGN_IN = "staff-sign-in"
    """Signing in at the desk, and taking an account into use."""


class RateLimits(Protocol):
    """Counts tries in this process; forgotten when it ends."""

    def allow(self, act: LimitedAct, who: str) -> bool:
        """Count a try, and say whether it is still allowed: for who tries, and for all together.

        Args:
            act: What is tried.
            who: Whence, e.g. a network address; kept as a keyed digest alone, for minutes.
        """
        ...
