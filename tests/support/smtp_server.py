"""A real mail server on this machine, small, that answers exactly what a test wants."""

import base64
import contextlib
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY


@dataclass(slots=True)
class Script:
    """What the server answers.

    Attributes:
        answers: For the first word of a command (``CONNECT`` for the greeting, ``.`` for the end of a message),
            the line to give instead of the good one.
        hangs: Words after which it says nothing more.
        context: TLS settings; None: no STARTTLS is offered.
        tls: Whether it speaks TLS from the first byte.
        accounts: User to password; empty: no signing in is offered.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    hangs: frozenset[str] = frozenset()
    context: ssl.SSLContext | None = None
    tls: bool = False
    accounts: Mapping[str, str] = field(default_factory=dict)


_GOOD = {"CONNECT": "220 test", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go", ".": "250 taken",
         "RSET": "250 ok", "QUIT": "221 bye", "NOOP": "250 ok"}  # fmt: skip


class SmtpServer(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine.

    Attributes:
        taken: Each message that was taken, as bytes.
        said: Each command that was said, and whether the line was encrypted.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, script: Script) -> None:
        self.script = script
        self.taken: list[bytes] = []
        self.said: list[tuple[str, bool]] = []
        self.over = threading.Event()
        super().__init__(("127.0.0.1", 0), _Session)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    @property
    def messages(self) -> list[EmailMessage]:
        """The messages that were taken, parsed."""
        return [message_from_bytes(raw, policy=POLICY) for raw in self.taken]

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet: clients that go away are part of the tests."""


class _Session(socketserver.StreamRequestHandler):
    server: SmtpServer

    def setup(self) -> None:
        self.request.settimeout(10)
        if self.server.script.tls:
            self._encrypt()
        else:
            super().setup()

    def finish(self) -> None:
        with contextlib.suppress(OSError):
            super().finish()
        self.request.close()

    def _encrypt(self) -> None:
        assert self.server.script.context is not None
        self.request = self.server.script.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self) -> None:
        if not self._answer("CONNECT"):
            return
        while line := self.rfile.readline():
            word, _space, rest = line.decode().rstrip("\r\n").partition(" ")
            word = word.upper()
            command = f"{word} {rest}".rstrip()
            self.server.said.append((command, isinstance(self.request, ssl.SSLSocket)))
            if not self._serve(word, command) or word == "QUIT":
                return

    def _serve(self, word: str, command: str) -> bool:
        if word == "EHLO":
            return self._greet()
        if word == "STARTTLS" and self.server.script.context is not None:
            self._say("220 go ahead")
            self.rfile.close()
            self.wfile.close()
            self._encrypt()
            return True
        if word == "AUTH" and word not in self.server.script.answers:
            return self._sign_in(command)
        if not self._answer(word):
            return False
        if word == "DATA" and word not in self.server.script.answers:
            message = b""
            while (line := self.rfile.readline()) != b".\r\n":
                message += line.removeprefix(b".") if line.startswith(b"..") else line
            if "." not in self.server.script.answers:
                self.server.taken.append(message)
            return self._answer(".")
        return True

    def _greet(self) -> bool:
        script = self.server.script
        if "EHLO" in script.hangs | set(script.answers):
            return self._answer("EHLO")
        offers = ["test", "8BITMIME"]
        if script.context is not None and not isinstance(self.request, ssl.SSLSocket):
            offers.append("STARTTLS")
        if script.accounts:
            offers.append("AUTH PLAIN")
        last = len(offers) - 1
        for place, offer in enumerate(offers):
            self._say(f"250{' ' if place == last else '-'}{offer}")
        return True

    def _sign_in(self, command: str) -> bool:
        _none, user, password = base64.b64decode(command.split(" ")[2]).decode().split("\0")
        good = self.server.script.accounts.get(user) == password
        self._say("235 welcome" if good else "535 wrong")
        return True

    def _answer(self, word: str) -> bool:
        script = self.server.script
        if word in script.hangs:
            self.server.over.wait(10)
            return False
        self._say(script.answers.get(word, _GOOD.get(word, "502 unknown")))
        return True

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())
        self.wfile.flush()


@contextlib.contextmanager
def smtp_server(script: Script | None = None) -> Iterator[SmtpServer]:
    """Serve while the test runs."""
    server = SmtpServer(script or Script())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def closed_port() -> int:
    """Give a port of this machine on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
