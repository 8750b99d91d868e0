"""Which addresses are asked: no spelling of a private one is, whatever it looks like."""

from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentials.materials import Reason, Unavailable
from issuer.adapters.fetcher import GuardedFetcher
from issuer.adapters.fetcher.guard import destination_of, is_public, may_be_asked
from issuer.adapters.system import SystemClock
from issuer.ports import Address, FetchKind
from tests.support.loopback import OTHER_PUBLIC, PUBLIC, LoopbackNetwork

CLOSED_V4 = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
    "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
]  # fmt: skip
CLOSED_V6 = [
    "::/128", "::1/128", "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32",
    "2001:2::/48", "2001:10::/28", "2001:20::/28", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
    "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
]  # fmt: skip


def _inside(network: str) -> st.SearchStrategy[str]:
    first, last = int(ip_network(network)[0]), int(ip_network(network)[-1])
    make = IPv4Address if "." in network.split("/", maxsplit=1)[0] else IPv6Address
    return st.integers(first, last).map(lambda number: str(make(number)))


closed_v4 = st.sampled_from(CLOSED_V4).flatmap(_inside)
closed = st.sampled_from([*CLOSED_V4, *CLOSED_V6]).flatmap(_inside)


def _spellings(address: str) -> list[str]:
    number, parts = int(IPv4Address(address)), [int(part) for part in address.split(".")]
    a, b, c, d = parts
    return [
        address,
        f"{address}.",
        str(number),
        hex(number),
        hex(number).upper(),
        f"0{number:o}",
        ".".join(f"0{part:o}" for part in parts),
        ".".join(hex(part) for part in parts),
        f"{a}.{(b << 16) | (c << 8) | d}",
        f"{a}.{b}.{(c << 8) | d}",
        f"{a}.{b}.{c}.{d:#x}",
        f"%{ord(address[0]):x}{address[1:]}",
        address.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}),
        address.replace(".", "。"),
        f"[::ffff:{address}]",
        f"[::{address}]",
        f"[64:ff9b::{address}]",
        f"[{IPv6Address((0x2002 << 112) | (number << 80))}]",
        f"user@{address}",
        f"issuer.example@{address}",
        f"issuer.example:443@{address}",
        f"issuer.example\\@{address}",
        f"{address}#@issuer.example",
        f"{address}?@issuer.example",
        f"{address}:443",
        f"{address}:8443",
        f" {address}",
        f"\t{address}",
        f"{address}\n",
    ]


@given(
    closed_v4.flatmap(lambda address: st.sampled_from(_spellings(address))),
    st.sampled_from(["https", "https", "HTTPS", "http", "ftp", "file"]),
    st.sampled_from(FetchKind),
)
def test_no_spelling_of_a_closed_address_is_looked_up_or_connected_to(
    host: str, scheme: str, kind: FetchKind
) -> None:
    network = LoopbackNetwork({}, {})

    assert _fetch(network, Address(f"{scheme}://{host}/status/1", kind)) == Unavailable(Reason.REFUSED)
    assert (network.resolved, network.connected) == ([], [])


@given(closed, st.sampled_from([[], [PUBLIC], [PUBLIC, OTHER_PUBLIC]]), st.integers(0, 2))
def test_a_name_that_leads_to_a_closed_address_even_among_others_is_never_connected_to(
    address: str, others: list[str], place: int
) -> None:
    resolved = [*others[:place], address, *others[place:]]
    network = LoopbackNetwork({"issuer.example": [resolved]}, {})

    found = _fetch(network, Address("https://issuer.example/did.json", FetchKind.DID_DOCUMENT))

    assert found == Unavailable(Reason.REFUSED)
    assert network.connected == []


@pytest.mark.parametrize("network", [*CLOSED_V4, *CLOSED_V6, "2001::/23"])
def test_a_closed_network_is_closed_from_its_first_address_to_its_last(network: str) -> None:
    addresses = ip_network(network)

    assert not is_public(str(addresses[0]))
    assert not is_public(str(addresses[addresses.num_addresses // 2]))
    assert not is_public(str(addresses[-1]))


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_an_address_that_wraps_another_one_is_never_public(inner: IPv4Address) -> None:
    number = int(inner)
    wrapped = [
        (0xFFFF << 32) | number,
        (0x0064FF9B << 96) | number,
        (0x2002 << 112) | (number << 80) | 1,
        (0x20010000 << 96) | (0x41D0 << 64) | (number ^ 0xFFFFFFFF),
        number,
    ]

    assert not any(is_public(str(IPv6Address(item))) for item in wrapped)


@pytest.mark.parametrize("address", [PUBLIC, OTHER_PUBLIC, "8.8.8.8", "2a00:1450:4007::1", "193.51.208.14"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", ["", "localhost", "fe80::1%eth0", "1.2.3", "::ffff:8.8.8.8"])
def test_what_is_no_plain_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "issuer.example",
        "//issuer.example/",
        "http://issuer.example/did.json",
        "ftp://issuer.example/",
        "file:///etc/passwd",
        "data:application/json,{}",
        "https:issuer.example",
        "https:///did.json",
        "https://",
        "https://localhost/did.json",
        "https://localhost./did.json",
        "https://intranet/did.json",
        "https://issuer.example./did.json",
        "https://issuer..example/did.json",
        "https://-issuer.example/did.json",
        "https://issuer-.example/did.json",
        "https://issuer_1.example/did.json",
        f"https://{'a' * 64}.example/did.json",
        f"https://{'a.' * 127}example/did.json",
        f"https://issuer.example/{'a' * 2048}",
        "https://issuer.example:0/",
        "https://issuer.example:0443/",
        "https://issuer.example:22/",
        "https://issuer.example:25/",
        "https://issuer.example:80/",
        "https://issuer.example:65536/",
        "https://issuer.example:99999/",
        "https://issuer.example:/",
        "https://issuer.example:+443/",
        "https://user@issuer.example/",
        "https://user:word@issuer.example/",
        "https://issuer.example/a b",
        "https://issuer.example/\r\nX: y",
        "https://issuer.example/é",
        "https://é.example/",
        "https://issuer.example/%zz",
        "https://issuer.example\\@127.0.0.1/",
        "https://issuer.example/\x00",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
        f"https://{PUBLIC}/",
    ],
)
def test_what_is_no_plain_https_address_of_a_name_is_refused_before_its_name_is_looked_up(url: str) -> None:
    network = LoopbackNetwork({}, {})

    assert _fetch(network, Address(url, FetchKind.STATUS_LIST)) == Unavailable(Reason.REFUSED)
    assert (network.resolved, network.connected) == ([], [])


@pytest.mark.parametrize(
    ("url", "authority", "target"),
    [
        ("https://issuer.example", "issuer.example", "/"),
        ("https://ISSUER.Example/A?b=c#d", "issuer.example", "/A?b=c"),
        ("https://issuer.example?b=/c", "issuer.example", "/?b=/c"),
        ("https://issuer.example:443/a", "issuer.example", "/a"),
        ("https://issuer.example:8443/a%20b/", "issuer.example:8443", "/a%20b/"),
        ("https://xn--tablissement-bbb.example/", "xn--tablissement-bbb.example", "/"),
    ],
)
def test_a_plain_address_is_taken_apart_as_it_will_be_sent(url: str, authority: str, target: str) -> None:
    destination = destination_of(url)

    assert destination is not None
    assert may_be_asked(destination)
    assert (destination.authority, destination.target) == (authority, target)


def test_our_own_names_are_never_asked() -> None:
    network = LoopbackNetwork({}, {})
    fetcher = GuardedFetcher(SystemClock(), own_hosts=frozenset({"diplomes.example.org"}), network=network)
    address = Address("https://Diplomes.example.org:8443/v/x", FetchKind.KEY)

    assert fetcher.fetch([address]) == {address: Unavailable(Reason.REFUSED)}
    assert network.resolved == []


def _fetch(network: LoopbackNetwork, address: Address) -> object:
    fetcher = _fetcher()
    fetcher._network = network
    return fetcher.fetch([address])[address]


@cache
def _fetcher() -> GuardedFetcher:
    """Give one fetcher for all: the machine's certificates take a while to load."""
    return GuardedFetcher(SystemClock())
