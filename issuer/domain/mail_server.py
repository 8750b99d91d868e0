"""Where mails are handed over, and what a mail address may look like."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

_PORTS = {"smtp": 587, "smtps": 465}
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_LONGEST = 254
_LONGEST_NAME = 64
_NAME = re.compile(r"[^\s@<>()\[\]\\,;:\"]+")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?=[a-z]){_LABEL}(?<!\.[a-z])", re.ASCII | re.IGNORECASE)
_ENCODED_WORD = "=?"
_HOST = re.compile(r"[A-Za-z0-9.:-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server and how to speak to it.

    Attributes:
        host: Its name or address.
        port: Its port.
        user: Account, or None where none is asked for.
        password: Its password, or None; never printed.
        tls: Whether the connection is encrypted from its first byte (``smtps``).
        starttls: Whether it must become encrypted before anything is said; else nothing is.
    """

    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: bool = False
    starttls: bool = True

    @property
    def shown(self) -> str:
        """The server as a person may read it: without account and password."""
        account = "" if self.user is None else "…@"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'smtps' if self.tls else 'smtp'}://{account}{host}:{self.port}"


def parse_mail_server(url: str) -> MailServer | None:
    """Read the address of a mail server.

    Encryption is required unless the server is this machine.

    Args:
        url: ``smtp://user:password@host:port`` or ``smtps://…``; account and port may be left out.

    Returns:
        The server; None where it is not such an address.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        host, user, password = parts.hostname, parts.username, parts.password
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not _HOST.fullmatch(host or "") or host is None or port == 0:
        return None
    if parts.path.strip("/") or parts.query or parts.fragment or (user is None) != (password is None):
        return None
    return MailServer(
        host,
        port or _PORTS[parts.scheme],
        None if user is None else unquote(user),
        None if password is None else unquote(password),
        tls=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp" and host not in _THIS_MACHINE,
    )


def is_address(text: str) -> bool:
    """Say whether a text can be one mail address, and nothing more than one.

    Args:
        text: As somebody wrote it.

    Spec: RFC 5321, sections 4.1.2 and 4.5.3.1, without quoted names and address literals.
    """
    return address_parts(text) is not None


def address_parts(text: str) -> tuple[str, str] | None:
    """Take a mail address apart; the one rule of what may be written to, and be put on file.

    Args:
        text: As somebody wrote it.

    Returns:
        What stands before the ``@``, and the domain as the network writes it; None for what is not one
        address, or holds what programs that read mails undo: an encoded word can stand for a line's end.

    Spec: RFC 5321, sections 4.1.2 and 4.5.3.1; RFC 2047, section 2 (encoded-word); RFC 3490 (ToASCII).
    """
    name, _at, host = text.rpartition("@")
    if not text.isprintable() or _ENCODED_WORD in text or _NAME.fullmatch(name) is None:
        return None
    if len(text.encode()) > _LONGEST or len(name.encode()) > _LONGEST_NAME:
        return None
    try:
        domain = host.encode("idna").decode("ascii")
    except UnicodeError:  # what the DNS cannot hold
        return None
    return (name, domain) if _DOMAIN.fullmatch(domain) and len(name) + len(domain) < _LONGEST else None
