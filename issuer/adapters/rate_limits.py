"""Limits on a stranger's tries, in the memory of one process (the ``RateLimits`` port).

Whence a try comes is kept as a keyed digest, under a key that this process alone has and that changes with
every window: nobody can tell later who tried.
"""

import hashlib
import hmac
import ipaddress
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from issuer.ports import LimitedAct

_MOST_COUNTED: Final = 20_000
"""Origins that are told apart in a window; beyond it the limit on all together does the work."""
_IPV6_SITE: Final = 64
"""Bits of an IPv6 address that one subscriber has at least."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How often something may be tried.

    Attributes:
        seconds: Length of a window.
        each: Tries of one origin in a window.
        together: Tries of all origins in a window.
    """

    seconds: float
    each: int
    together: int


LIMITS: Final[Mapping[LimitedAct, Limit]] = {
    # 54 bits of a code against 600 tries an hour: a million codes make one hit in some 4,000 years.
    LimitedAct.SHORT_CODE: Limit(seconds=600, each=10, together=100),
    LimitedAct.ENTRY: Limit(seconds=900, each=5, together=300),
    # 256 bits are not guessed: this only keeps one stranger from being everybody's work.
    LimitedAct.ENTERING: Limit(seconds=900, each=30, together=3000),
    LimitedAct.DOUBT: Limit(seconds=3600, each=5, together=60),
    LimitedAct.CHECK_MANY: Limit(seconds=60, each=12, together=120),
    LimitedAct.PROGRAM: Limit(seconds=60, each=120, together=1200),
    # Each try costs a slow hash; browsers that the desk knows are not counted here.
    LimitedAct.STAFF_SIGN_IN: Limit(seconds=900, each=20, together=2000),
}
"""The limits of one process; with several, each has its own."""


class MemoryRateLimits:
    """Counts tries in windows of fixed length."""

    def __init__(
        self,
        seconds: Callable[[], float],
        secret: Callable[[], bytes],
        limits: Mapping[LimitedAct, Limit] = LIMITS,
    ) -> None:
        """Begin with nothing counted.

        Args:
            seconds: A clock that is never set back, in seconds.
            secret: Gives fresh random bytes.
            limits: How often each act may be tried.
        """
        self._seconds, self._secret, self._limits = seconds, secret, limits
        self._windows: dict[LimitedAct, _Window] = {}
        self._lock = threading.Lock()

    def allow(self, act: LimitedAct, who: str) -> bool:
        """Count a try, and say whether it is still allowed: for who tries, and for all together."""
        limit = self._limits[act]
        now = self._seconds() // limit.seconds
        with self._lock:
            window = self._windows.get(act)
            if window is None or window.at != now:
                window = self._windows[act] = _Window(now, self._secret(), Counter())
            return window.count(_origin(who), limit)


@dataclass(slots=True)
class _Window:
    at: float
    key: bytes
    tries: Counter[bytes]
    all: int = 0

    def count(self, origin: str, limit: Limit) -> bool:
        digest = hmac.digest(self.key, origin.encode(), hashlib.sha256)[:16]
        if digest not in self.tries and len(self.tries) >= _MOST_COUNTED:
            return False
        self.tries[digest] += 1
        if self.tries[digest] > limit.each:
            # A refused try does not use up what the others may do.
            return False
        self.all += 1
        return self.all <= limit.together


def _origin(who: str) -> str:
    """Take the addresses of one subscriber for one: an IPv6 site has more of them than anybody can count."""
    try:
        address = ipaddress.ip_address(who)
    except ValueError:
        return who
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, _IPV6_SITE), strict=False))
    return str(address)
