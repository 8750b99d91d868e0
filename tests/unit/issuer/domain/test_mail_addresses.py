"""One rule of what a mail address may be, wherever one is taken: nothing in it can become anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.domain.mail_server import address_parts, is_address

ENCODED = "=?utf-8?q?x=0d=0aBcc=3a_evil=40x.example?=@example.org"


@pytest.mark.parametrize(
    "address",
    ["helene@example.org", "o'neil+x@example.org", "a.b-c_d@sub.example.co", "é@example.org", "a=b@example.org",
     "a?b@example.org", "a@éxample.fr", "a@пример.рф", "a@x.xn--p1ai", "a" * 64 + "@example.org"],
)  # fmt: skip
def test_what_people_have_is_an_address(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize(
    "address",
    ["", "a", "@", "a@", "@example.org", "a@b", "a@b@example.org", "a b@example.org", "a@exa mple.org",
     "a@example..org", "a@.example.org", "a@example.org.", "a@-bad.org", "a@bad-.org", "a@b.1", "a@b.c", "a@127.0.0.1",
     "a@[127.0.0.1]", "a@b_c.org", "a@example.org,b@example.org", "<a@example.org>", '"a"@example.org',
     "a\\b@example.org", "a(b)@example.org", "a@example.org\n", "a\r\nBcc: x@example.org", "a\u2028@example.org",
     "a\u202e@example.org", "a\u200b@example.org", "a\x7f@example.org", "a\ud800@example.org",
     "a" * 65 + "@example.org", "é" * 33 + "@example.org", "a@" + "b" * 64 + ".org", "a@" + "b." * 126 + "org",
     "a@" + "é" * 60 + ".fr", ENCODED, "=?utf-8?q?x?=@example.org", "a=?b@example.org", "a@=?utf-8?q?x?=.org"],
)  # fmt: skip
def test_what_is_not_one_address_alone_or_could_be_undone_into_more_is_none(address: str) -> None:
    assert not is_address(address)


@given(st.text())
def test_no_address_holds_an_end_of_line_a_space_or_an_encoded_word(text: str) -> None:
    for address in (text, f"{text}@example.org", f"a@{text}.org"):
        parts = address_parts(address)
        if parts is None:
            continue
        name, domain = parts
        assert address.count("@") == 1
        assert address.isprintable()
        assert not any(sign.isspace() for sign in address)
        assert "=?" not in address
        assert domain.isascii()
        assert len(f"{name}@{domain}".encode()) <= 254 + len(name.encode()) - len(name)
