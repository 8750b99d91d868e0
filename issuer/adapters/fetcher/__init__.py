"""The one door to the network: fetches public documents of other issuers, and nothing else.

The addresses come from documents that nobody has verified yet, so that every guard stands here: https only,
names only, public addresses only, each name resolved once and the connection made to what was judged, no more
redirects than :data:`MOST_REDIRECTS` and each judged anew, limits of bytes and of time. Nothing is logged.
"""

import re
import socket
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from threading import BoundedSemaphore, Thread
from time import monotonic
from typing import Final
from urllib.parse import urljoin, urlsplit

from credentials.materials import Reason, Unavailable
from issuer.adapters.fetcher.cache import RecentAnswers
from issuer.adapters.fetcher.guard import (
    HTTPS,
    LOCALHOST,
    Destination,
    destination_of,
    is_public,
    may_be_asked,
)
from issuer.adapters.fetcher.wire import (
    Answer,
    Network,
    SystemNetwork,
    TooLargeError,
    UnusableAnswerError,
    ask,
    remaining,
    secure_context,
    secured,
)
from issuer.ports import Address, Clock, Fetched, FetchKind

__all__ = ["MOST_VERIFICATIONS", "GuardedFetcher"]

ONE_SECONDS: Final = 5.0
"""For one address, from its name to the last byte, redirects included."""

ALL_SECONDS: Final = 8.0
"""For all that one verification asks for: they are asked for together."""

MOST_VERIFICATIONS: Final = 2
"""That wait for other sites at once in the whole process; one more is told at once that the service is busy:
those who ask for what is ours are never kept waiting behind a stranger's silent site."""

MOST_THREADS: Final = 256
"""Of questions, in the whole process: those under way, and those left behind with a resolver that hangs. Two
verifications leave 32 every :data:`ALL_SECONDS` at worst: there is room for a minute of silence."""

MOST_REDIRECTS: Final = 3
MOST_ADDRESSES_TRIED: Final = 3
"""Of one name: the first may be of a kind that this machine has no way to."""

_ACCEPT: Final = {
    FetchKind.DID_DOCUMENT: "application/did+json, application/did, application/json;q=0.9, */*;q=0.1",
    FetchKind.STATUS_LIST: "application/vc, application/vc+jwt, application/json;q=0.9, */*;q=0.1",
    FetchKind.KEY: "application/jwk+json, application/jwk-set+json, application/json;q=0.9, */*;q=0.1",
}
_NOT_THERE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_LOOPBACK: Final = re.compile(r"http://(127\.0\.0\.1):([1-9][0-9]{0,4})/?", re.ASCII)


class GuardedFetcher:
    """Fetches within the guards (the ``Fetcher`` port)."""

    def __init__(
        self,
        clock: Clock,
        *,
        own_hosts: frozenset[str] = frozenset(),
        hosts: Mapping[str, str] | None = None,
        authorities: Path | None = None,
        network: Network | None = None,
        one_seconds: float = ONE_SECONDS,
        all_seconds: float = ALL_SECONDS,
    ) -> None:
        """Make the fetcher.

        Args:
            clock: Dates what is fetched.
            own_hosts: Names of this service, which it never asks: its documents are in its register.
            hosts: Host names that are served from this machine instead, each with its
                ``http://127.0.0.1:PORT``; for the conformance server, no setting of the product fills it.
            authorities: A file of certificates to trust instead of the machine's own.
            network: The machine's resolver and sockets; tests give their own.
            one_seconds: For one address.
            all_seconds: For all that one verification asks for.

        Raises:
            ValueError: `hosts` leads anywhere but to this machine.
        """
        self._clock = clock
        self._own_hosts = own_hosts
        self._hosts = {name.lower(): _loopback_of(url) for name, url in (hosts or {}).items()}
        self._tls = secure_context(authorities)
        self._network = network or SystemNetwork()
        self._one_seconds = one_seconds
        self._all_seconds = all_seconds
        self._turns = BoundedSemaphore(MOST_VERIFICATIONS)
        self._threads = BoundedSemaphore(MOST_THREADS)
        self._recent = RecentAnswers()

    def fetch(self, addresses: Sequence[Address]) -> Mapping[Address, Fetched | Unavailable]:
        """Fetch what one verification needs, together and within a bounded time; raises nothing."""
        remembered = {address: self._recent.get(address) for address in addresses}
        lacking = [address for address, recent in remembered.items() if recent is None]
        asked = self._ask_in_turn(lacking) if lacking else {}
        return {address: recent or asked[address] for address, recent in remembered.items()}

    def _ask_in_turn(self, addresses: Sequence[Address]) -> Mapping[Address, Fetched | Unavailable]:
        """Ask if it is this verification's turn now; nobody ever waits for a turn."""
        if not self._turns.acquire(blocking=False):
            return dict.fromkeys(addresses, Unavailable(Reason.BUSY))
        try:
            return self._ask_together(addresses)
        finally:
            self._turns.release()

    def _ask_together(self, addresses: Sequence[Address]) -> Mapping[Address, Fetched | Unavailable]:
        deadline = monotonic() + self._all_seconds
        found: dict[Address, Fetched | Unavailable] = {}
        threads: list[Thread] = []
        for address in addresses:
            # A thread each, because a resolver takes no time limit: who waits too long is left behind.
            thread = Thread(target=self._note, args=(address, found, deadline), daemon=True)
            if self._started(thread):
                threads.append(thread)
            else:
                found[address] = Unavailable(Reason.BUSY)
        for thread in threads:
            thread.join(max(0.0, deadline - monotonic()))
        return {address: found.get(address, Unavailable(Reason.UNREACHABLE)) for address in addresses}

    def _started(self, thread: Thread) -> bool:
        """Start a thread if there is room for one; it gives the room back at its own end, however late."""
        if not self._threads.acquire(blocking=False):
            return False
        try:
            thread.start()
        except RuntimeError:  # the machine gives no more threads
            self._threads.release()
            return False
        return True

    def _note(self, address: Address, found: dict[Address, Fetched | Unavailable], deadline: float) -> None:
        try:
            result = self._fetch_one(address, min(deadline, monotonic() + self._one_seconds))
            if isinstance(result, Fetched):
                self._recent.keep(address, result)
            found[address] = result
        finally:
            self._threads.release()

    def _fetch_one(self, address: Address, deadline: float) -> Fetched | Unavailable:
        try:
            answer = self._follow(address, deadline)
        except TooLargeError:
            return Unavailable(Reason.TOO_LARGE)
        except (OSError, HTTPException, UnusableAnswerError, ValueError):
            return Unavailable(Reason.UNREACHABLE)
        if answer is None:
            return Unavailable(Reason.REFUSED)
        if answer.status in _NOT_THERE:
            return Unavailable(Reason.NOT_FOUND)
        if answer.status != HTTPStatus.OK:
            return Unavailable(Reason.UNREACHABLE)
        return Fetched(answer.body, self._clock.now())

    def _follow(self, address: Address, deadline: float) -> Answer | None:
        """Ask, and ask again where a redirect leads; None where it must not be asked."""
        url = address.url
        for _hop in range(MOST_REDIRECTS + 1):
            destination = destination_of(url)
            answer = self._ask(destination, _ACCEPT[address.kind], deadline) if destination else None
            if answer is None or answer.location is None:
                return answer
            url = urljoin(url, answer.location)
            if address.kind is FetchKind.KEY and not _same_site(address.url, url):
                # A key counts for the address at which it lies: an open redirect would publish anybody's.
                return None
        return None

    def _ask(self, destination: Destination, accept: str, deadline: float) -> Answer | None:
        local = self._hosts.get(destination.host)
        if local is not None:
            return self._ask_here(destination, local, accept, deadline)
        if not may_be_asked(destination) or destination.host in self._own_hosts:
            return None
        # Resolved once: what is judged here is what the connection is made to.
        resolved = tuple(dict.fromkeys(self._network.resolve(destination.host, destination.port)))
        if not resolved or not all(is_public(found) for found in resolved):
            return None
        with ExitStack() as stack:
            connection = stack.enter_context(self._connect(resolved, destination.port, deadline))
            secure = stack.enter_context(secured(connection, self._tls, destination.host, deadline))
            return ask(secure, destination, accept, deadline)

    def _ask_here(
        self, destination: Destination, local: tuple[str, int], accept: str, deadline: float
    ) -> Answer | None:
        """Ask the server on this machine that stands in for a named host."""
        if destination.scheme != HTTPS and destination.host != LOCALHOST:
            return None
        with self._network.connect(*local, remaining(deadline)) as connection:
            return ask(connection, destination, accept, deadline)

    def _connect(self, resolved: Sequence[str], port: int, deadline: float) -> socket.socket:
        """Connect to the first address that answers, each having its share of the time."""
        *others, last = resolved[:MOST_ADDRESSES_TRIED]
        for position, address in enumerate(others):
            with suppress(OSError):
                share = remaining(deadline) / (len(others) + 1 - position)
                return self._network.connect(address, port, share)
        return self._network.connect(last, port, remaining(deadline))


def _loopback_of(url: str) -> tuple[str, int]:
    found = _LOOPBACK.fullmatch(url)
    if found is None:
        raise ValueError("a named host can be served from http://127.0.0.1:PORT alone")
    return found[1], int(found[2])


def _same_site(first: str, second: str) -> bool:
    """Tell whether two addresses are of one host, with or without its ``www.``."""
    hosts = {(urlsplit(url).hostname or "").removeprefix("www.") for url in (first, second)}
    return len(hosts) == 1
