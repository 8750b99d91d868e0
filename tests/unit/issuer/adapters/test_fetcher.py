"""The fetcher against a real server that speaks TLS on this machine, and means no good."""

import gzip
import itertools
import logging
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from credentials.materials import Reason, Unavailable
from issuer.adapters import fetcher as fetcher_module
from issuer.adapters.fetcher import GuardedFetcher, cache
from issuer.adapters.fetcher.wire import MAXIMUM_BODY_BYTES, SystemNetwork
from issuer.cli.service import COMPUTING_THREADS, blocking_threads
from issuer.ports import Address, Fetched, FetchKind
from issuer.services.verification import MOST_ADDRESSES
from tests.support.loopback import (
    OTHER_PUBLIC,
    PUBLIC,
    Authority,
    LoopbackNetwork,
    LoopbackServer,
    Respond,
    ok,
    serving,
    status,
)

HOST = "issuer.example"
URL = f"https://{HOST}/did.json"
DID_DOCUMENT = Address(URL, FetchKind.DID_DOCUMENT)
BODY = b'{"id": "did:web:issuer.example"}'
NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
GOOD_HEAD = b"HTTP/1.1 200 OK\r\n"
SHORT = 0.6
"""Seconds that the impatient fetcher of these tests waits."""


class Clock:
    """A clock that tests set."""

    def now(self) -> datetime:
        """Give the instant."""
        return NOW


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Give the authority that the fetcher of these tests trusts."""
    return Authority.made(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def context(authority: Authority) -> ssl.SSLContext:
    """Give the server's certificate."""
    return authority.context_for(HOST, "other.example")


def _network(server: LoopbackServer, **names: Sequence[Sequence[str]]) -> LoopbackNetwork:
    known = {HOST: [[PUBLIC]], "other.example": [[PUBLIC]], "private.example": [["10.0.0.1"]], **names}
    return LoopbackNetwork(known, {PUBLIC: server.port})


def _fetcher(
    authority: Authority, network: LoopbackNetwork, *, one_seconds: float = 5.0, all_seconds: float = 8.0
) -> GuardedFetcher:
    return GuardedFetcher(
        Clock(),
        authorities=authority.file,
        network=network,
        one_seconds=one_seconds,
        all_seconds=all_seconds,
    )


def _answered(
    authority: Authority, context: ssl.SSLContext, respond: Respond, address: Address = DID_DOCUMENT
) -> Fetched | Unavailable:
    with serving(respond, context) as server:
        return _fetcher(authority, _network(server)).fetch([address])[address]


def test_what_lies_at_the_address_comes_back_as_it_is_with_its_date(
    authority: Authority, context: ssl.SSLContext
) -> None:
    with serving(lambda _: ok(BODY), context) as server:
        network = _network(server)
        found = _fetcher(authority, network).fetch([DID_DOCUMENT])

    assert found == {DID_DOCUMENT: Fetched(BODY, NOW)}
    assert network.connected == [(PUBLIC, 443)]


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        (FetchKind.DID_DOCUMENT, "application/did+json"),
        (FetchKind.STATUS_LIST, "application/vc"),
        (FetchKind.KEY, "application/jwk+json"),
    ],
)
def test_a_request_says_what_is_wanted_and_nothing_of_who_asks(
    authority: Authority,
    context: ssl.SSLContext,
    monkeypatch: pytest.MonkeyPatch,
    kind: FetchKind,
    wanted: str,
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving(lambda _: ok(BODY, "Set-Cookie: a=b"), context) as server:
        fetcher = _fetcher(authority, _network(server))
        fetcher.fetch([Address(f"{URL}?a=1", kind)])
        fetcher.fetch([Address(f"{URL}?a=2#part", kind)])

    assert [request.split("\r\n")[0] for request in server.requests] == [
        "GET /did.json?a=1 HTTP/1.1",
        "GET /did.json?a=2 HTTP/1.1",
    ]
    for request in server.requests:
        fields = dict(line.split(": ", 1) for line in request.split("\r\n")[1:] if line)
        assert set(fields) == {"Host", "Accept", "Accept-Encoding", "User-Agent", "Connection"}
        assert (fields["Host"], fields["Accept-Encoding"]) == (HOST, "identity")
        assert fields["User-Agent"] == "Parchemin"
        assert fields["Accept"].startswith(wanted)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("404 Not Found", Reason.NOT_FOUND),
        ("410 Gone", Reason.NOT_FOUND),
        ("500 Internal Server Error", Reason.UNREACHABLE),
        ("503 Service Unavailable", Reason.UNREACHABLE),
        ("401 Unauthorized", Reason.UNREACHABLE),
        ("204 No Content", Reason.UNREACHABLE),
        ("206 Partial Content", Reason.UNREACHABLE),
        ("304 Not Modified", Reason.UNREACHABLE),
        ("302 Found", Reason.UNREACHABLE),
    ],
)
def test_only_a_status_of_200_gives_something(
    authority: Authority, context: ssl.SSLContext, line: str, reason: Reason
) -> None:
    assert _answered(authority, context, lambda _: status(line)) == Unavailable(reason)


@pytest.mark.parametrize(
    "location",
    [
        "http://issuer.example/did.json",
        "https://private.example/did.json",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "//169.254.169.254/latest/meta-data",
        "ftp://other.example/",
        "https://user@other.example/",
        "https://other.example:22/",
        "file:///etc/passwd",
        "https://[broken/",
    ],
)
def test_a_redirect_leads_nowhere_that_could_not_be_asked_at_once(
    authority: Authority, context: ssl.SSLContext, location: str
) -> None:
    with serving(lambda _: status("302 Found", f"Location: {location}"), context) as server:
        network = _network(server)
        found = _fetcher(authority, network).fetch([DID_DOCUMENT])[DID_DOCUMENT]

    assert isinstance(found, Unavailable)
    assert found.reason in {Reason.REFUSED, Reason.UNREACHABLE}
    assert found.reason is Reason.REFUSED or "broken" in location
    assert len(network.connected) == len(server.requests) == 1


@pytest.mark.parametrize(
    "line", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"]
)
@pytest.mark.parametrize("location", ["/b/did.json", "b/did.json", "https://other.example/b/did.json"])
def test_a_redirect_to_a_public_address_is_followed(
    authority: Authority, context: ssl.SSLContext, line: str, location: str
) -> None:
    def respond(request: str) -> list[bytes]:
        there = request.startswith("GET /b/did.json ")
        return ok(BODY) if there else status(line, f"Location: {location}")

    assert _answered(authority, context, respond) == Fetched(BODY, NOW)


def test_redirects_that_never_end_are_cut(authority: Authority, context: ssl.SSLContext) -> None:
    count = itertools.count()

    def respond(_: str) -> list[bytes]:
        return status("302 Found", f"Location: /{next(count)}")

    with serving(respond, context) as server:
        found = _fetcher(authority, _network(server)).fetch([DID_DOCUMENT])[DID_DOCUMENT]

    assert found == Unavailable(Reason.REFUSED)
    assert len(server.requests) == fetcher_module.MOST_REDIRECTS + 1


def _drip(_: str) -> Iterator[bytes]:
    yield GOOD_HEAD + b"Content-Length: 100000\r\n\r\n"
    for _piece in range(400):
        time.sleep(0.05)
        yield b" "


def _dripping_head(_: str) -> Iterator[bytes]:
    yield GOOD_HEAD
    for number in range(400):
        time.sleep(0.05)
        yield f"X-{number}: a\r\n".encode()


def _silence(_: str) -> Iterator[bytes]:
    time.sleep(5)
    yield b""


@pytest.mark.parametrize("respond", [_drip, _dripping_head, _silence])
def test_a_server_that_takes_its_time_is_left(
    authority: Authority, context: ssl.SSLContext, respond: Respond
) -> None:
    with serving(respond, context) as server:
        start = time.monotonic()
        found = _fetcher(authority, _network(server), one_seconds=SHORT).fetch([DID_DOCUMENT])
        took = time.monotonic() - start

    assert found == {DID_DOCUMENT: Unavailable(Reason.UNREACHABLE)}
    assert took < SHORT + 1.5


def test_a_server_that_never_shakes_hands_is_left(authority: Authority) -> None:
    # A server without TLS waits for a request that never comes.
    with serving(lambda _: [], None) as server:
        start = time.monotonic()
        found = _fetcher(authority, _network(server), one_seconds=SHORT).fetch([DID_DOCUMENT])

    assert found == {DID_DOCUMENT: Unavailable(Reason.UNREACHABLE)}
    assert time.monotonic() - start < SHORT + 1.5


def test_all_addresses_of_one_verification_share_one_time_limit(
    authority: Authority, context: ssl.SSLContext
) -> None:
    addresses = [Address(f"https://{HOST}/{number}", FetchKind.STATUS_LIST) for number in range(16)]
    with serving(_drip, context) as server:
        start = time.monotonic()
        found = _fetcher(authority, _network(server), all_seconds=SHORT).fetch(addresses)
        took = time.monotonic() - start

    assert set(found.values()) == {Unavailable(Reason.UNREACHABLE)}
    assert list(found) == addresses
    assert took < SHORT + 1.5


def test_a_resolver_that_hangs_holds_nobody_up(authority: Authority) -> None:
    released = threading.Event()

    class Hanging(LoopbackNetwork):
        def resolve(self, host: str, port: int) -> Sequence[str]:
            released.wait(10)
            return super().resolve(host, port)

    network = Hanging({HOST: [[PUBLIC]]}, {})
    start = time.monotonic()
    found = _fetcher(authority, network, all_seconds=SHORT).fetch([DID_DOCUMENT])
    took = time.monotonic() - start
    released.set()

    assert found == {DID_DOCUMENT: Unavailable(Reason.UNREACHABLE)}
    assert took < SHORT + 1.5
    assert network.connected == []


class Hanging(LoopbackNetwork):
    """A machine whose resolver hangs for some names until it is told otherwise."""

    def __init__(self, names: Mapping[str, Sequence[Sequence[str]]], ports: Mapping[str, int]) -> None:
        super().__init__(names, ports)
        self.released = threading.Event()
        self.hanging: list[str] = []

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """Hang, or resolve."""
        if host.endswith("silent.example"):
            self.hanging.append(host)
            self.released.wait(10)
            raise OSError
        return super().resolve(host, port)


def _silent(count: int, of: str = "a") -> Sequence[Address]:
    return [Address(f"https://{of}{number}.silent.example/", FetchKind.KEY) for number in range(count)]


def _until(ready: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not ready() and time.monotonic() < end:
        time.sleep(0.01)
    assert ready()


def test_no_more_threads_are_there_than_is_said_those_left_behind_included(
    authority: Authority, context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetcher_module, "MOST_THREADS", 2)
    with serving(lambda _: ok(BODY), context) as server:
        network = Hanging({HOST: [[PUBLIC]]}, {PUBLIC: server.port})
        fetcher = _fetcher(authority, network, all_seconds=SHORT)
        found = fetcher.fetch(_silent(5))
        start = time.monotonic()
        honest = fetcher.fetch([DID_DOCUMENT])
        took = time.monotonic() - start
        network.released.set()
        _until(lambda: fetcher.fetch([DID_DOCUMENT]) == {DID_DOCUMENT: Fetched(BODY, NOW)})

    assert list(found.values()) == [Unavailable(Reason.UNREACHABLE)] * 2 + [Unavailable(Reason.BUSY)] * 3
    assert (honest, took < SHORT) == ({DID_DOCUMENT: Unavailable(Reason.BUSY)}, True)
    assert len(network.hanging) == 2


def test_a_machine_that_gives_no_thread_answers_nothing_and_loses_nothing(
    authority: Authority, context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoThread:
        def __init__(self, **_options: object) -> None: ...

        def start(self) -> None:
            raise RuntimeError

    monkeypatch.setattr(fetcher_module, "MOST_THREADS", 1)
    with serving(lambda _: ok(BODY), context) as server:
        fetcher = _fetcher(authority, _network(server))
        with monkeypatch.context() as patch:
            patch.setattr(fetcher_module, "Thread", NoThread)
            first = fetcher.fetch([DID_DOCUMENT])
        second = fetcher.fetch([DID_DOCUMENT])

    assert first == {DID_DOCUMENT: Unavailable(Reason.BUSY)}
    assert second == {DID_DOCUMENT: Fetched(BODY, NOW)}


def test_no_more_verifications_wait_for_others_than_is_said_and_the_next_is_answered_at_once(
    authority: Authority, context: ssl.SSLContext
) -> None:
    most = fetcher_module.MOST_VERIFICATIONS
    with serving(lambda _: ok(BODY), context) as server:
        network = Hanging({HOST: [[PUBLIC]]}, {PUBLIC: server.port})
        fetcher = _fetcher(authority, network)
        assert fetcher.fetch([DID_DOCUMENT]) == {DID_DOCUMENT: Fetched(BODY, NOW)}
        waiting = [
            threading.Thread(target=fetcher.fetch, args=[_silent(1, f"v{number}-")]) for number in range(most)
        ]
        for thread in waiting:
            thread.start()
        _until(lambda: len(network.hanging) == most)

        other = Address(f"https://{HOST}/other", FetchKind.STATUS_LIST)
        start = time.monotonic()
        found = fetcher.fetch([DID_DOCUMENT, other])
        took = time.monotonic() - start
        network.released.set()
        for thread in waiting:
            thread.join()
        after = fetcher.fetch([other])

    # What was had a moment ago is still there; the rest is not asked for, and nobody waits.
    assert found == {DID_DOCUMENT: Fetched(BODY, NOW), other: Unavailable(Reason.BUSY)}
    assert took < 0.5
    assert after == {other: Fetched(BODY, NOW)}


def test_verifications_left_by_a_resolver_give_their_turn_back(
    authority: Authority, context: ssl.SSLContext
) -> None:
    with serving(lambda _: ok(BODY), context) as server:
        network = Hanging({HOST: [[PUBLIC]]}, {PUBLIC: server.port})
        fetcher = _fetcher(authority, network, all_seconds=SHORT)
        for number in range(fetcher_module.MOST_VERIFICATIONS + 1):
            left = fetcher.fetch(_silent(16, f"v{number}-"))
            assert set(left.values()) == {Unavailable(Reason.UNREACHABLE)}
        honest = fetcher.fetch([DID_DOCUMENT])
        network.released.set()

    assert honest == {DID_DOCUMENT: Fetched(BODY, NOW)}


def test_there_is_room_for_all_that_wait_and_for_a_minute_of_those_left_behind() -> None:
    left = fetcher_module.MOST_VERIFICATIONS * MOST_ADDRESSES * 60 / fetcher_module.ALL_SECONDS

    assert left <= fetcher_module.MOST_THREADS


@pytest.mark.parametrize("fetch", [False, True])
def test_a_worker_has_threads_left_when_all_that_may_wait_do(*, fetch: bool) -> None:
    waiting = fetcher_module.MOST_VERIFICATIONS if fetch else 0

    assert blocking_threads(fetch=fetch) - waiting == COMPUTING_THREADS == 2


def _endless(_: str) -> Iterator[bytes]:
    yield GOOD_HEAD + b"\r\n"
    while True:
        yield b" " * 65_536


def _endless_chunks(_: str) -> Iterator[bytes]:
    yield GOOD_HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"1\r\n \r\n" * 4_096


def _endless_head(_: str) -> Iterator[bytes]:
    yield GOOD_HEAD
    while True:
        yield b"X: " + b"a" * 4_000 + b"\r\n"


def _endless_line(_: str) -> Iterator[bytes]:
    yield GOOD_HEAD + b"X: "
    while True:
        yield b"a" * 16_384


def _endless_hints(_: str) -> Iterator[bytes]:
    while True:
        yield b"HTTP/1.1 100 Continue\r\n\r\n" * 100


@pytest.mark.parametrize("respond", [_endless, _endless_chunks, _endless_head, _endless_line, _endless_hints])
def test_a_server_that_never_stops_is_left(
    authority: Authority, context: ssl.SSLContext, respond: Respond
) -> None:
    with serving(respond, context) as server:
        found = _fetcher(authority, _network(server)).fetch([DID_DOCUMENT])
        assert server.cut_off.wait(5)

    assert found == {DID_DOCUMENT: Unavailable(Reason.TOO_LARGE)}


def test_the_largest_body_is_taken_and_one_byte_more_is_not(
    authority: Authority, context: ssl.SSLContext
) -> None:
    largest = b" " * MAXIMUM_BODY_BYTES

    assert _answered(authority, context, lambda _: ok(largest)) == Fetched(largest, NOW)
    assert _answered(authority, context, lambda _: ok(largest + b" ")) == Unavailable(Reason.TOO_LARGE)


BOMB = gzip.compress(b" " * 8_000_000)


@pytest.mark.parametrize(
    "answer",
    [
        ok(BOMB, "Content-Encoding: gzip"),
        ok(BODY, "Content-Encoding: br"),
        ok(BODY, "Content-Encoding: identity", "Content-Encoding: gzip"),
        [GOOD_HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + BOMB],
        [GOOD_HEAD + b"Content-Length: 100\r\n\r\n" + BODY],
        [GOOD_HEAD + b"Content-Length: 100\r\n\r\n"],
        [GOOD_HEAD + b"Transfer-Encoding: chunked\r\n\r\n10\r\nabc"],
        [GOOD_HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc"],
        [GOOD_HEAD[:-2]],
        [b"HTTP/1.1 abc OK\r\n\r\n"],
        [b"SSH-2.0-OpenSSH_9.2\r\n"],
        [b"\x00" * 100],
        [],
    ],
    ids=lambda answer: repr(answer[:1])[:40],
)
def test_what_is_wrapped_or_cut_short_or_no_http_is_not_read(
    authority: Authority, context: ssl.SSLContext, answer: list[bytes]
) -> None:
    assert _answered(authority, context, lambda _: answer) == Unavailable(Reason.UNREACHABLE)


@pytest.mark.parametrize(
    "answer",
    [
        [GOOD_HEAD + b"\r\n" + BODY],
        [GOOD_HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n" + BODY[:5] + b"\r\n%x\r\n" % (len(BODY) - 5)
         + BODY[5:] + b"\r\n0\r\n\r\n"],
        ok(BODY, "Content-Type: text/plain", "Content-Encoding: identity"),
        [b"HTTP/1.1 100 Continue\r\n\r\n", *ok(BODY)],
    ],
    ids=["until the end", "chunked", "identity", "after a hint"],
)  # fmt: skip
def test_every_plain_way_of_sending_is_read(
    authority: Authority, context: ssl.SSLContext, answer: list[bytes]
) -> None:
    assert _answered(authority, context, lambda _: answer) == Fetched(BODY, NOW)


def test_an_end_that_the_server_did_not_announce_is_a_truncation(authority: Authority) -> None:
    context = authority.context_for(HOST)
    cut = threading.Event()

    def respond(_: str) -> Iterator[bytes]:
        yield GOOD_HEAD + b"\r\n" + BODY
        cut.set()
        raise OSError  # closes the connection without a word

    with serving(respond, context) as server:
        found = _fetcher(authority, _network(server)).fetch([DID_DOCUMENT])

    assert cut.is_set()
    assert found == {DID_DOCUMENT: Unavailable(Reason.UNREACHABLE)}


def test_a_certificate_of_another_name_is_refused(authority: Authority) -> None:
    with serving(lambda _: ok(BODY), authority.context_for("evil.example")) as server:
        found = _fetcher(authority, _network(server)).fetch([DID_DOCUMENT])

    assert found == {DID_DOCUMENT: Unavailable(Reason.UNREACHABLE)}
    assert server.requests == []


def test_a_certificate_of_an_unknown_authority_is_refused(
    authority: Authority, context: ssl.SSLContext, tmp_path: Path
) -> None:
    with serving(lambda _: ok(BODY), context) as server:
        of_the_machine = GuardedFetcher(Clock(), network=_network(server)).fetch([DID_DOCUMENT])
        of_another = _fetcher(Authority.made(tmp_path), _network(server)).fetch([DID_DOCUMENT])

    assert of_the_machine == of_another == {DID_DOCUMENT: Unavailable(Reason.UNREACHABLE)}
    assert server.requests == []


def test_an_old_tls_is_refused(authority: Authority) -> None:
    context = authority.context_for(HOST)
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with serving(lambda _: ok(BODY), context) as server:
        found = _fetcher(authority, _network(server)).fetch([DID_DOCUMENT])

    assert found == {DID_DOCUMENT: Unavailable(Reason.UNREACHABLE)}


def test_a_name_that_leads_elsewhere_the_second_time_is_asked_once(
    authority: Authority, context: ssl.SSLContext
) -> None:
    with serving(lambda _: ok(BODY), context) as server:
        network = _network(server, **{HOST: [[PUBLIC], ["127.0.0.1"]]})
        found = _fetcher(authority, network).fetch([DID_DOCUMENT])

    assert found == {DID_DOCUMENT: Fetched(BODY, NOW)}
    assert network.resolved == [HOST]
    assert network.connected == [(PUBLIC, 443)]


def test_a_redirect_to_a_name_that_now_leads_elsewhere_is_judged_anew(
    authority: Authority, context: ssl.SSLContext
) -> None:
    with serving(lambda _: status("302 Found", "Location: /again"), context) as server:
        network = _network(server, **{HOST: [[PUBLIC], ["127.0.0.1"]]})
        found = _fetcher(authority, network).fetch([DID_DOCUMENT])

    assert found == {DID_DOCUMENT: Unavailable(Reason.REFUSED)}
    assert network.connected == [(PUBLIC, 443)]


def test_the_next_address_of_a_name_is_tried_where_the_first_does_not_answer(
    authority: Authority, context: ssl.SSLContext
) -> None:
    with serving(lambda _: ok(BODY), context) as server:
        network = _network(server, **{HOST: [[OTHER_PUBLIC, OTHER_PUBLIC, PUBLIC]]})
        found = _fetcher(authority, network).fetch([DID_DOCUMENT])

    assert found == {DID_DOCUMENT: Fetched(BODY, NOW)}
    assert network.connected == [(OTHER_PUBLIC, 443), (PUBLIC, 443)]


def test_a_name_that_nobody_knows_is_unreachable_and_one_without_address_is_refused(
    authority: Authority,
) -> None:
    unknown, empty = (Address(f"https://{name}.example/", FetchKind.KEY) for name in ("unknown", "empty"))
    fetcher = _fetcher(authority, LoopbackNetwork({"empty.example": [[]]}, {}))

    assert fetcher.fetch([unknown, empty]) == {
        unknown: Unavailable(Reason.UNREACHABLE),
        empty: Unavailable(Reason.REFUSED),
    }


def test_twenty_credentials_of_one_issuer_are_one_question(
    authority: Authority, context: ssl.SSLContext
) -> None:
    with serving(lambda _: ok(BODY), context) as server:
        fetcher = _fetcher(authority, _network(server))
        found = [fetcher.fetch([DID_DOCUMENT, DID_DOCUMENT]) for _credential in range(20)]

    assert all(item == {DID_DOCUMENT: Fetched(BODY, NOW)} for item in found)
    assert len(server.requests) == 1


def test_a_failure_is_not_remembered(authority: Authority, context: ssl.SSLContext) -> None:
    answers = iter([status("500 Oh"), ok(BODY)])
    with serving(lambda _: next(answers), context) as server:
        fetcher = _fetcher(authority, _network(server))
        found = [fetcher.fetch([DID_DOCUMENT])[DID_DOCUMENT] for _time in range(2)]

    assert found == [Unavailable(Reason.UNREACHABLE), Fetched(BODY, NOW)]


@pytest.mark.parametrize(
    ("kind", "body", "seconds"),
    [
        (FetchKind.DID_DOCUMENT, b"{}", 60),
        (FetchKind.KEY, b"not JSON", 60),
        (FetchKind.STATUS_LIST, b"{}", 60),
        (FetchKind.STATUS_LIST, b'{"credentialSubject": {"encodedList": "u"}}', 60),
        (FetchKind.STATUS_LIST, b'{"credentialSubject": {"ttl": 300000}}', 60),
        (FetchKind.STATUS_LIST, b'{"credentialSubject": {"ttl": 5000}}', 5),
        (FetchKind.STATUS_LIST, b'{"credentialSubject": [{"ttl": 9000}, {"ttl": 3000}]}', 3),
        (FetchKind.STATUS_LIST, b'{"credentialSubject": {"ttl": 0}}', 0),
        (FetchKind.STATUS_LIST, b'{"credentialSubject": {"ttl": -1}}', 0),
        (FetchKind.STATUS_LIST, b'{"credentialSubject": {"ttl": "300000"}}', 0),
        (FetchKind.STATUS_LIST, b"eyJhbGciOiJFZERTQSJ9.e30.c2ln", 0),
        (FetchKind.DID_DOCUMENT, b" " * 131_073, 0),
    ],
)
def test_an_answer_is_kept_for_a_minute_and_a_list_no_longer_than_it_allows(
    monkeypatch: pytest.MonkeyPatch, kind: FetchKind, body: bytes, seconds: float
) -> None:
    instant = 1_000.0
    monkeypatch.setattr(cache, "monotonic", lambda: instant)
    recent, address, fetched = cache.RecentAnswers(), Address(URL, kind), Fetched(body, NOW)
    recent.keep(address, fetched)

    instant += seconds - 0.1
    assert recent.get(address) == (fetched if seconds else None)
    instant += 0.2
    assert recent.get(address) is None


def test_no_more_answers_are_kept_than_is_said() -> None:
    recent = cache.RecentAnswers()
    addresses = [Address(f"{URL}?{number}", FetchKind.KEY) for number in range(cache.MOST_ENTRIES + 5)]
    for address in addresses:
        recent.keep(address, Fetched(b"", NOW + timedelta(seconds=1)))

    kept = [address for address in addresses if recent.get(address) is not None]
    assert kept == addresses[5:]


@pytest.mark.parametrize(
    ("url", "served"),
    [
        ("https://issuer.example/did.json", True),
        ("https://ISSUER.example:8443/did.json", True),
        ("http://localhost:4321/did.json", True),
        ("https://localhost/did.json", True),
        ("http://issuer.example/did.json", False),
        ("https://127.0.0.1/did.json", False),
        ("http://127.0.0.1/did.json", False),
        ("https://sub.issuer.example/did.json", False),
        ("https://private.example/did.json", False),
        ("http://localhost.example/did.json", False),
    ],
)
def test_named_hosts_alone_are_served_from_this_machine(url: str, served: bool) -> None:
    address = Address(url, FetchKind.DID_DOCUMENT)
    with serving(lambda _: ok(BODY), None) as server:
        here = f"http://127.0.0.1:{server.port}"
        names: Mapping[str, Sequence[Sequence[str]]] = {
            name: [["127.0.0.1"]] for name in ("private.example", "sub.issuer.example")
        }
        network = LoopbackNetwork(names, {"127.0.0.1": server.port})
        fetcher = GuardedFetcher(
            Clock(), hosts={"Issuer.example": here, "localhost": f"{here}/"}, network=network
        )
        found = fetcher.fetch([address])[address]

    assert found == (Fetched(BODY, NOW) if served else Unavailable(Reason.REFUSED))
    assert network.connected == ([("127.0.0.1", server.port)] if served else [])
    assert len(server.requests) == served


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1:1",
        "http://127.0.0.2:1",
        "http://10.0.0.1:1",
        "http://127.0.0.1",
        "http://localhost:1",
    ],
)
def test_named_hosts_lead_to_this_machine_and_nowhere_else(url: str) -> None:
    with pytest.raises(ValueError, match=r"127\.0\.0\.1"):
        GuardedFetcher(Clock(), hosts={"issuer.example": url})


def test_the_machine_s_own_network_connects_to_what_was_resolved() -> None:
    network = SystemNetwork()
    with serving(lambda _: ok(BODY), None) as server:
        assert "127.0.0.1" in network.resolve("127.0.0.1", server.port)
        with network.connect("127.0.0.1", server.port, 2) as connection:
            assert connection.gettimeout() == 2


def test_nothing_of_what_is_asked_or_answered_is_logged(
    authority: Authority,
    context: ssl.SSLContext,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with caplog.at_level(logging.DEBUG):
        _answered(authority, context, lambda _: ok(BODY))
        _answered(authority, context, lambda _: [b"\x00"])

    assert caplog.records == []
    assert capfd.readouterr() == ("", "")
