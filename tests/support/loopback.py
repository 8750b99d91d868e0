"""A real server on this machine that says exactly what a test wants, and the network as a test wants it."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PUBLIC = "93.184.215.14"
"""An address of the open Internet as far as anybody can tell from it; no test ever connects to it."""
OTHER_PUBLIC = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"

_START, _END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2120, 1, 1, tzinfo=UTC)

Respond = Callable[[str], Iterable[bytes]]
"""Takes the request's head and gives the raw bytes of the answer, piece by piece."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate authority of the test's own; nothing outside the test trusts it."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def made(cls, folder: Path) -> "Authority":
        """Make one, and write its certificate."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _certificate("Autorité d’essai", key, None, [])
        authority = cls(folder, key, certificate)
        authority.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        return authority

    @property
    def file(self) -> Path:
        """Where its certificate is."""
        return self.folder / "authority.pem"

    def context_for(self, *names: str) -> ssl.SSLContext:
        """Give the TLS settings of a server that bears these names."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _certificate(names[0], key, self, list(names))
        file = self.folder / f"{names[0]}-{certificate.serial_number}.pem"
        file.write_bytes(
            certificate.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


class LoopbackServer:
    """Answers each connection with what `respond` gives, then closes it."""

    def __init__(self, respond: Respond, context: ssl.SSLContext | None) -> None:
        self.requests: list[str] = []
        self.cut_off = threading.Event()
        """Set when a client went away before it had everything."""
        self._respond = respond
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._stopping = False
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._stopping = True
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        self._listener.close()

    def _serve(self) -> None:
        while not self._stopping:
            try:
                connection, _peer = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, raw: socket.socket) -> None:
        raw.settimeout(10)
        try:
            with raw, self._secured(raw) as connection:
                head = b""
                while b"\r\n\r\n" not in head:
                    piece = connection.recv(4096)
                    if not piece:
                        return
                    head += piece
                self.requests.append(head.decode("ascii"))
                for piece in self._respond(head.decode("ascii")):
                    connection.sendall(piece)
                if isinstance(connection, ssl.SSLSocket):
                    connection.unwrap()
        except OSError:
            self.cut_off.set()

    def _secured(self, raw: socket.socket) -> socket.socket:
        return raw if self._context is None else self._context.wrap_socket(raw, server_side=True)


@dataclass(slots=True)
class LoopbackNetwork:
    """A resolver that says what the test says, and a connector that reaches the test's server alone.

    Attributes:
        names: For each name, what each successive resolution gives; the last one repeats.
        ports: For each IP address, the port of the test's server that stands in for it.
        resolved: What was asked of the resolver.
        connected: Where connections were wanted.
    """

    names: Mapping[str, Sequence[Sequence[str]]]
    ports: Mapping[str, int]
    resolved: list[str] = field(default_factory=list)
    connected: list[tuple[str, int]] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """Give the addresses of a name, the same for each port."""
        assert port
        self.resolved.append(host)
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        answers = self.names[host]
        return answers[min(self.resolved.count(host), len(answers)) - 1]

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        """Connect to the server that stands in for an address."""
        self.connected.append((address, port))
        if address not in self.ports:
            raise ConnectionRefusedError
        return socket.create_connection(("127.0.0.1", self.ports[address]), timeout)


@contextlib.contextmanager
def serving(respond: Respond, context: ssl.SSLContext | None) -> Iterator[LoopbackServer]:
    """Serve while the test runs."""
    server = LoopbackServer(respond, context)
    try:
        yield server
    finally:
        server.close()


def ok(body: bytes, *headers: str) -> list[bytes]:
    """Give a plain good answer."""
    return [_head("200 OK", f"Content-Length: {len(body)}", *headers), body]


def status(line: str, *headers: str) -> list[bytes]:
    """Give an answer without content."""
    return [_head(line, "Content-Length: 0", *headers)]


def _head(line: str, *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {line}", *headers, "", ""]).encode("latin-1")


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, authority: Authority | None, names: list[str]
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signing_key = authority.key if authority else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(authority.certificate.subject if authority else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_START)
        .not_valid_after(_END)
        .add_extension(x509.BasicConstraints(ca=authority is None, path_length=None), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if names:
        alternatives = x509.SubjectAlternativeName([x509.DNSName(item) for item in names])
        builder = builder.add_extension(alternatives, critical=False)
    return builder.sign(signing_key, hashes.SHA256())
