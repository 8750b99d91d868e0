"""One question to one server: sockets, TLS and HTTP/1.1, within a deadline and a number of bytes.

The standard library is enough, and lets the deadline hold for the whole exchange: a time limit of a socket
starts anew with each byte, so that a server which drips would never meet it.
"""

import io
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPResponse
from pathlib import Path
from time import monotonic
from typing import Final, Protocol, cast

from issuer.adapters.fetcher.guard import Destination

MAXIMUM_BODY_BYTES: Final = 1_048_576
"""As much as the parser of documents takes."""

MAXIMUM_HEADER_BYTES: Final = 32_768
USER_AGENT: Final = "Parchemin"

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PROTOCOL: Final = "http/1.1"


class TooLargeError(Exception):
    """The server sends more than is taken; never leaves this package."""


class UnusableAnswerError(Exception):
    """The server's answer is not one that is read; never leaves this package."""


class Network(Protocol):
    """The two things that are asked of the machine; tests give their own."""

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """Give the IP addresses of a name.

        Raises:
            OSError: There are none.
        """
        ...

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        """Open a connection to an IP address.

        Args:
            address: The IP address.
            port: The port.
            timeout: Seconds.

        Raises:
            OSError: Nobody answers.
        """
        ...


class SystemNetwork:
    """The machine's own resolver and sockets; no proxy, whatever the environment says."""

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """Give the IP addresses of a name."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
        return [str(address[0]) for _family, _type, _protocol, _name, address in found]

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        """Open a connection to an IP address."""
        return socket.create_connection((address, port), timeout)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said.

    Attributes:
        status: The status code.
        location: Where it redirects to, if it does.
        body: The content, for a status of 200; else empty.
    """

    status: int
    location: str | None
    body: bytes


def secure_context(authorities: Path | None) -> ssl.SSLContext:
    """Make the TLS settings: certificates and names verified, TLS 1.2 at least.

    Args:
        authorities: A file of certificates to trust instead of the machine's own.
    """
    context = ssl.create_default_context(cafile=authorities)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols([_PROTOCOL])
    return context


def remaining(deadline: float) -> float:
    """Give the seconds left.

    Raises:
        TimeoutError: None are.
    """
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def secured(connection: socket.socket, context: ssl.SSLContext, host: str, deadline: float) -> ssl.SSLSocket:
    """Speak TLS over a connection, to the server that can prove to be this host.

    Args:
        connection: The connection; it belongs to the result from now on.
        context: The TLS settings.
        host: The name that the certificate must bear.
        deadline: On the monotonic clock, in seconds; the handshake as a whole ends by then.

    Raises:
        OSError: It cannot prove it, or not in time.
    """
    connection.settimeout(remaining(deadline))
    # An end that is not announced is an answer cut short by anybody on the way.
    return context.wrap_socket(connection, server_hostname=host, suppress_ragged_eofs=False)


def ask(connection: socket.socket, destination: Destination, accept: str, deadline: float) -> Answer:
    """Ask for one resource. No cookie, no credential, no compression.

    Args:
        connection: An open connection to the server.
        destination: What is asked for.
        accept: The media types wanted.
        deadline: On the monotonic clock, in seconds.

    Returns:
        The answer.

    Raises:
        OSError: The connection failed, or the deadline has passed.
        http.client.HTTPException: It is no HTTP, or is cut short.
        TooLargeError: Headers or content are beyond their limits.
        UnusableAnswerError: The content is compressed or otherwise wrapped, or cut short.

    Spec: RFC 9110, sections 9.3.1 and 15; RFC 9112, section 6.
    """
    stream = _MeasuredStream(connection, deadline)
    connection.settimeout(remaining(deadline))
    connection.sendall(
        (
            f"GET {destination.target} HTTP/1.1\r\n"
            f"Host: {destination.authority}\r\n"
            f"Accept: {accept}\r\n"
            f"Accept-Encoding: identity\r\n"
            f"User-Agent: {USER_AGENT}\r\n"
            f"Connection: close\r\n\r\n"
        ).encode("ascii")
    )
    # Of a socket, the reader asks for `makefile` alone.
    response = HTTPResponse(cast("socket.socket", stream), method="GET")
    response.begin()
    location = response.headers.get("Location") if response.status in _REDIRECTS else None
    body = _body_of(response, stream) if response.status == HTTPStatus.OK else b""
    return Answer(response.status, location, body)


def _body_of(response: HTTPResponse, stream: "_MeasuredStream") -> bytes:
    if response.headers.get_all("Content-Encoding", ["identity"]) != ["identity"]:
        # Never unpacked: a few bytes may claim to be any number.
        raise UnusableAnswerError
    if response.headers.get_all("Transfer-Encoding", ["chunked"]) != ["chunked"]:
        raise UnusableAnswerError
    stream.limit += MAXIMUM_BODY_BYTES
    body = response.read(MAXIMUM_BODY_BYTES + 1)
    if len(body) > MAXIMUM_BODY_BYTES:
        raise TooLargeError
    if response.length or not body:
        # Cut short: before the promised length, or within the headers, which end like an empty content.
        raise UnusableAnswerError
    return body


class _MeasuredStream(io.RawIOBase):
    """Reads from a connection up to a number of bytes and an instant, whatever the rhythm."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        super().__init__()
        self.limit = MAXIMUM_HEADER_BYTES
        self._connection = connection
        self._deadline = deadline
        self._received = 0

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Give itself as the file that an HTTP reader wants."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # all that BufferedReader hands in
        """Read what has come; the time limit is what is left of the whole, not a new one each time."""
        self._connection.settimeout(remaining(self._deadline))
        count = self._connection.recv_into(buffer)
        self._received += count
        if self._received > self.limit:
            raise TooLargeError
        return count
