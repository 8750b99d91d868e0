"""Bitstring Status List: bits, text, limits; the shared vectors both ways."""

import base64
import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from credentials.status.bitstring import (
    MINIMUM_LENGTH,
    StatusListError,
    bits_of,
    bits_of_statuses,
    decode,
    encode,
    get_bit,
    index_from_text,
    require_length,
    set_bit,
    set_status,
    status_at,
    status_list_credential,
)
from credentials.structure import Examination, examine_credential


def _vectors(shared: Path) -> Any:
    return json.loads((shared / "standards/vectors/bitstring-status-list/vectors.json").read_bytes())


def test_the_lists_of_the_vectors_expand_to_their_bits(shared: Path) -> None:
    for vector in _vectors(shared)["lists"]:
        bits = decode(vector["encodedList"])
        assert len(bits) == vector["bytes"], vector["name"]
        assert bits == bits_of(vector["bits_set"]), vector["name"]
        assert [index for index in range(MINIMUM_LENGTH) if get_bit(bits, index)] == vector["bits_set"]
        assert decode(encode(bits)) == bits


CODES = {
    "too-short-8-bytes": "status.list_too_short",
    "one-bit-under-minimum (16383 bytes)": "status.list_too_short",
    "index-131072-of-131072": "status.index_out_of_range",
    "negative-index": "status.list_malformed",
    "no-multibase-prefix": "status.list_malformed",
    "not-gzip": "status.list_malformed",
    "truncated-gzip": "status.list_malformed",
    "gzip-bomb-256MiB": "status.list_too_large",
}


def test_the_must_fail_vectors_fail_each_for_its_reason(shared: Path) -> None:
    bomb = "u" + base64.urlsafe_b64encode(gzip.compress(bytes(256 << 20), 9)).rstrip(b"=").decode()
    vectors = _vectors(shared)["must_fail"]
    assert {vector["name"] for vector in vectors} == set(CODES)
    for vector in vectors:
        with pytest.raises(StatusListError) as caught:
            _read(vector.get("encodedList", bomb), vector.get("statusListIndex", "0"))
        assert caught.value.code == CODES[vector["name"]], vector["name"]


def _read(encoded_list: str, index: str) -> int:
    bits = decode(encoded_list)
    require_length(bits)
    return status_at(bits, index_from_text(index))


def test_index_0_is_the_most_significant_bit_of_byte_0() -> None:
    assert bits_of([0], length=8) == b"\x80"
    assert bits_of([7], length=8) == b"\x01"
    assert bits_of([8], length=16) == b"\x00\x80"


def test_a_bit_can_be_set_and_cleared() -> None:
    bits = bytearray(2)
    set_bit(bits, 9)
    assert get_bit(bits, 9)
    set_bit(bits, 9, value=False)
    assert bits == bytearray(2)


def test_wider_statuses_are_read_in_their_own_units() -> None:
    assert status_at(b"\x1b", 0, size=2) == 0
    assert status_at(b"\x1b", 1, size=2) == 1
    assert status_at(b"\x1b", 3, size=2) == 3
    with pytest.raises(StatusListError):
        status_at(b"\x1b", 4, size=2)


def test_the_text_is_the_same_each_time_and_names_no_machine_or_moment() -> None:
    packed = base64.urlsafe_b64decode(encode(bits_of([])).removeprefix("u") + "==")
    assert packed[:10] == bytes.fromhex("1f8b08000000000000ff")
    assert gzip.decompress(packed) == bytes(MINIMUM_LENGTH // 8)


@pytest.mark.parametrize("text", ["", "+5", " 5", "5 ", "5_0", "-1", "5.0", "0x5", "٥", "５"])
def test_an_index_is_ascii_digits_only(text: str) -> None:
    with pytest.raises(StatusListError):
        index_from_text(text)


def test_an_index_of_any_length_costs_nothing() -> None:
    with pytest.raises(StatusListError) as caught:
        index_from_text("9" * 100_000)
    assert caught.value.code == "status.index_out_of_range"


@pytest.mark.parametrize("index", [-1, 8])
def test_an_index_outside_the_list_is_refused(index: int) -> None:
    with pytest.raises(StatusListError):
        get_bit(b"\x00", index)
    with pytest.raises(StatusListError):
        bits_of([index], length=8)


@pytest.mark.parametrize("length", [0, -8, 7])
def test_a_list_is_whole_bytes(length: int) -> None:
    with pytest.raises(StatusListError):
        bits_of([], length=length)


@pytest.mark.parametrize("junk", [b"\x00", b"\x1f\x8b"])
def test_bytes_after_the_gzip_member_are_refused(junk: bytes) -> None:
    text = "u" + base64.urlsafe_b64encode(gzip.compress(bytes(16384)) + junk).rstrip(b"=").decode()
    with pytest.raises(StatusListError):
        decode(text)


@pytest.mark.parametrize("text", ["", "u", "zabc", "uab=c", "uab c", "u====", "uA"])
def test_a_list_that_is_not_base64url_is_refused(text: str) -> None:
    with pytest.raises(StatusListError):
        decode(text)


def test_the_list_credential_has_the_standards_form() -> None:
    document = status_list_credential(
        url="https://a.example/status/1",
        issuer="did:web:a.example",
        purpose="revocation",
        bits=bits_of([3]),
        valid_from=datetime(2026, 11, 24, tzinfo=UTC),
    )
    found = Examination()
    examine_credential(document, found)
    assert found.first is None
    assert document["id"] == "https://a.example/status/1"


def test_a_list_too_short_is_never_published() -> None:
    with pytest.raises(StatusListError):
        status_list_credential(
            url="https://a.example/s",
            issuer="did:web:a.example",
            purpose="revocation",
            bits=bytes(8),
            valid_from=datetime(2026, 11, 24, tzinfo=UTC),
        )


def test_wider_statuses_are_written_in_their_own_units() -> None:
    assert bits_of_statuses({1: 1, 2: 2, 3: 3}, size=2, entries=4) == b"\x1b"
    bits = bytearray(b"\x1b")
    set_status(bits, 3, 0, size=2)
    assert bits == b"\x18"


@pytest.mark.parametrize(
    ("index", "value", "size"), [(4, 0, 2), (-1, 0, 2), (0, 4, 2), (0, -1, 2), (0, 0, 0)]
)
def test_a_status_that_has_no_place_is_refused(index: int, value: int, size: int) -> None:
    with pytest.raises(StatusListError):
        set_status(bytearray(1), index, value, size=size)


WHEN = datetime(2026, 11, 24, tzinfo=UTC)


def a_list(**members: Any) -> Any:
    given: dict[str, Any] = {"purpose": "revocation", "bits": bits_of([3]), "valid_from": WHEN, **members}
    return status_list_credential(url="https://a.example/s", issuer="did:web:a.example", **given)


def test_a_list_may_state_its_end_its_keeping_and_several_purposes() -> None:
    document = a_list(
        purpose=("revocation", "suspension"), valid_until=WHEN + timedelta(days=7), ttl_ms=300_000
    )
    assert document["validUntil"] == "2026-12-01T00:00:00Z"
    assert document["credentialSubject"]["ttl"] == 300_000
    assert document["credentialSubject"]["statusPurpose"] == ["revocation", "suspension"]
    found = Examination()
    examine_credential(document, found)
    assert found.first is None


def test_a_list_that_states_no_more_is_written_as_ever() -> None:
    document = a_list(purpose=["revocation"])
    assert document == a_list()
    assert "validUntil" not in document
    assert "ttl" not in document["credentialSubject"]


@pytest.mark.parametrize(
    "members", [{"purpose": []}, {"ttl_ms": 0}, {"ttl_ms": -1}, {"valid_until": WHEN}, {"size": 2}]
)
def test_a_list_that_would_be_of_no_use_is_never_published(members: dict[str, Any]) -> None:
    with pytest.raises(StatusListError):
        a_list(**members)
