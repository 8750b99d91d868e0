"""Which addresses may be asked at all: judged from their text, then from what their names resolve to.

The address is read by one regular expression and by nothing else, so that no two readers can disagree on
which host it names.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Final

HTTPS: Final = "https"
HTTPS_PORT: Final = 443
LOCALHOST: Final = "localhost"
LONGEST_URL: Final = 2_048
FIRST_UNPRIVILEGED_PORT: Final = 1_024
HIGHEST_PORT: Final = 65_535

_DEFAULT_PORTS: Final = {HTTPS: HTTPS_PORT, "http": 80}
_CHARACTER: Final = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_URL: Final = re.compile(
    rf"(?P<scheme>https?)://(?P<host>[A-Za-z0-9.-]{{1,253}})(?::(?P<port>[1-9][0-9]{{0,4}}))?"
    rf"(?P<path>(?:/{_CHARACTER}*)*)(?P<query>(?:\?(?:{_CHARACTER}|[/?])*)?)(?:#(?:{_CHARACTER}|[/?])*)?",
    re.ASCII,
)
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME: Final = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])", re.ASCII)
"""A name with at least one dot, the last label of which begins with a letter: no spelling of an IP address
(dotted, decimal, octal, hexadecimal, short) is one, whatever a resolver would make of it."""

_INTERNET_V6: Final = ip_network("2000::/3")
_WITHHELD: Final = tuple(
    ip_network(text)
    for text in (
        "192.0.0.0/24",  # protocol assignments; a cloud's metadata service answers there
        "192.88.99.0/24",  # relays of 6to4
        "168.63.129.16/32",  # a cloud's host, seen from the machines on it
        "224.0.0.0/3",  # multicast, reserved, broadcast
        "2001::/23",  # protocol assignments: Teredo, which wraps an IPv4 address, and others
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which wraps an IPv4 address
        "3fff::/20",  # documentation
    )
)
"""Refused whatever this version of Python's own table says of them."""


@dataclass(frozen=True, slots=True)
class Destination:
    """An address, taken apart.

    Attributes:
        scheme: ``https`` or ``http``.
        host: In lower case.
        port: As written, or the scheme's own.
        target: Path and query, as sent.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """What the ``Host`` field says."""
        return self.host if self.port == _DEFAULT_PORTS[self.scheme] else f"{self.host}:{self.port}"


def destination_of(url: str) -> Destination | None:
    """Take an address apart.

    Args:
        url: As somebody wrote it.

    Returns:
        Its parts; None for anything but a plain web address: other schemes, a user's name or password,
        IPv6 literals, characters that a URL does not have, more than :data:`LONGEST_URL` characters.

    Spec: RFC 3986, section 3; RFC 9110, section 4.2.
    """
    found = _URL.fullmatch(url) if len(url) <= LONGEST_URL else None
    if found is None:
        return None
    scheme = found["scheme"]
    port = int(found["port"]) if found["port"] else _DEFAULT_PORTS[scheme]
    if port > HIGHEST_PORT:
        return None
    return Destination(scheme, found["host"].lower(), port, (found["path"] or "/") + found["query"])


def may_be_asked(destination: Destination) -> bool:
    """Say whether a destination may be looked up: https, a name of the Internet, a port of a web server.

    did:web allows any port. 443 and the unprivileged ones serve every issuer that there is; the rest belong
    to other protocols, which nobody shall make us speak to.

    Args:
        destination: The address.
    """
    return (
        destination.scheme == HTTPS
        and _NAME.fullmatch(destination.host) is not None
        and (destination.port == HTTPS_PORT or destination.port >= FIRST_UNPRIVILEGED_PORT)
    )


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the open Internet.

    IPv6 addresses that wrap an IPv4 one (mapped, NAT64, 6to4, Teredo) are not, whatever they wrap.

    Args:
        address: As a resolver gave it.

    Spec: IANA IPv4 and IPv6 Special-Purpose Address Registries; RFC 4291, section 2.4.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    open_to_all = found.is_global and (isinstance(found, IPv4Address) or found in _INTERNET_V6)
    return open_to_all and not any(found in network for network in _WITHHELD)
