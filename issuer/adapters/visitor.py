"""Asks the service's own public address as a stranger would: over the network, by its name."""

import secrets
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from issuer.errors import RefusedError

_SECONDS = 20.0
_MOST_BYTES = 8 << 20
_AGENT = "parchemin-watch"


@dataclass(frozen=True, slots=True)
class SeenAnswer:
    """What an address gave (the ``Answer`` port)."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class HttpVisitor:
    """Visits one address (the ``Visitor`` port).

    Args:
        base_url: The service's address, without a path.
    """

    def __init__(self, base_url: str) -> None:
        self._parts = urlsplit(base_url)

    def get(self, path: str, accept: str) -> SeenAnswer:
        """Ask for a page.

        Raises:
            RefusedError: ``watch.no_answer``.
        """
        return self._asked("GET", path, {"Accept": accept}, None)

    def hand_in(self, document: bytes) -> SeenAnswer:
        """Hand a document in at ``/verify``, as its form does.

        Raises:
            RefusedError: ``watch.no_answer``.
        """
        mark = secrets.token_hex(16)
        head = (
            f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="canary.json"\r\n'
            "Content-Type: application/json\r\n\r\n"
        )
        body = head.encode() + document + f"\r\n--{mark}--\r\n".encode()
        headers = {"Accept": "application/json", "Content-Type": f"multipart/form-data; boundary={mark}"}
        return self._asked("POST", "/verify", headers, body)

    def certificate_end(self) -> datetime | None:
        """Give the end of the site's TLS certificate (aware); None where it is served without.

        Raises:
            RefusedError: ``watch.no_answer``.
        """
        if self._parts.scheme != "https":
            return None
        connection = self._connection()
        try:
            connection.connect()
            assert isinstance(connection.sock, ssl.SSLSocket)
            said = connection.sock.getpeercert() or {}
            return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(said["notAfter"])), UTC)
        except (OSError, HTTPException, KeyError, ValueError) as error:
            raise _no_answer(error) from error
        finally:
            connection.close()

    def _asked(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> SeenAnswer:
        connection = self._connection()
        try:
            connection.request(method, path, body=body, headers={**headers, "User-Agent": _AGENT})
            answer = connection.getresponse()
            said = {name.lower(): value for name, value in answer.getheaders()}
            return SeenAnswer(answer.status, said, answer.read(_MOST_BYTES))
        except (OSError, HTTPException, ValueError) as error:
            raise _no_answer(error) from error
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port
        if self._parts.scheme == "https":
            return HTTPSConnection(host, port, timeout=_SECONDS, context=ssl.create_default_context())
        return HTTPConnection(host, port, timeout=_SECONDS)


def _no_answer(error: Exception) -> RefusedError:
    """Say that nothing answered; what the error says is left out, for it may name a link."""
    return RefusedError(
        "watch.no_answer",
        f"the public address does not answer ({type(error).__name__})",
        where="PARCHEMIN_BASE_URL",
        remedy="look at the service, the reverse proxy and the certificate",
    )
