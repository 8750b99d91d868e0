"""The text of base and derived proofs: one way of writing each, and everything else refused."""

from typing import Any

import cbor2
import pytest

from credentials.errors import CredentialError, ErrorCode, ProofOptionsError
from credentials.multibase import encode_base58, encode_base64url
from credentials.multikey import KeyType, PublicKey
from credentials.proofs.ecdsa_sd_2023.pointers import MAX_POINTERS
from credentials.proofs.ecdsa_sd_2023.proof_value import (
    MAX_TEXT,
    BaseProof,
    DerivedProof,
    decode_base,
    decode_derived,
    is_base,
)
from credentials.proofs.ecdsa_sd_2023.statements import MAX_STATEMENTS
from tests.support.extracts import STATEMENT_SIGNER

BASE, DERIVED = b"\xd9\x5d\x00", b"\xd9\x5d\x01"
KEY = STATEMENT_SIGNER.key
SIGNATURE = bytes(range(64))
BASE_PROOF = BaseProof(SIGNATURE, KEY, bytes(32), (SIGNATURE, SIGNATURE), ("/issuer", ""))
DERIVED_PROOF = DerivedProof(SIGNATURE, KEY, (SIGNATURE,), (bytes(32), b"\1" * 32), (0, 2, 30, 300))


def base(**changes: Any) -> str:
    parts = {"signature": SIGNATURE, "key": KEY.prefixed, "hmac": bytes(32), "signatures": [], "pointers": []}
    return encode_base64url(BASE + cbor2.dumps(list({**parts, **changes}.values())))


def derived(**changes: Any) -> str:
    parts = {"signature": SIGNATURE, "key": KEY.prefixed, "signatures": [], "labels": {}, "indexes": []}
    return encode_base64url(DERIVED + cbor2.dumps(list({**parts, **changes}.values())))


def raw(header: bytes, body: str) -> str:
    """Write five parts of which the last three are given in hexadecimal."""
    start = cbor2.dumps([SIGNATURE, KEY.prefixed])[1:]
    return encode_base64url(header + b"\x85" + start + bytes.fromhex(body))


def refused(action: Any, text: str) -> str:
    with pytest.raises(ProofOptionsError) as caught:
        action(text)
    assert caught.value.code in {ErrorCode.PROOF_VALUE, ErrorCode.PROOF_POINTER}
    return caught.value.detail


def test_what_is_written_is_read_back() -> None:
    assert decode_base(BASE_PROOF.encode()) == BASE_PROOF
    assert decode_derived(DERIVED_PROOF.encode()) == DERIVED_PROOF
    assert decode_base(base()).pointers == ()
    assert decode_derived(derived()).indexes == ()


def test_the_two_kinds_are_told_apart() -> None:
    assert is_base(BASE_PROOF.encode())
    assert not is_base(DERIVED_PROOF.encode())
    assert not is_base("z1")
    assert refused(decode_base, DERIVED_PROOF.encode()) == "another header"
    with pytest.raises(CredentialError) as caught:
        decode_derived(BASE_PROOF.encode())
    assert caught.value.code is ErrorCode.PROOF_BASE_ONLY


@pytest.mark.parametrize("header", [b"\xd9\x5d\x02", b"\xd9\x5d\x03", b"\xd9\x5d", b"", b"\xd9\x5e\x01"])
def test_any_other_header_is_refused_that_of_bbs_among_them(header: bytes) -> None:
    text = encode_base64url(header + cbor2.dumps([SIGNATURE, KEY.prefixed, [], {}, []]))
    assert refused(decode_derived, text) == "another header"


@pytest.mark.parametrize(
    "change", ["", "u", "u=", "x", "uA", encode_base58(b"\xd9\x5d\x01"), "u" + "A" * MAX_TEXT]
)
def test_what_is_not_base64url_or_too_long_is_refused(change: str) -> None:
    refused(decode_derived, change)
    refused(decode_base, change)


def test_padding_and_unused_bits_are_refused() -> None:
    text = DERIVED_PROOF.encode()
    refused(decode_derived, text + "=")
    refused(decode_derived, " " + text)


@pytest.mark.parametrize(
    "changes",
    [
        {"signature": SIGNATURE[1:]},
        {"signature": SIGNATURE + b"\0"},
        {"signature": SIGNATURE.decode("latin-1")},
        {"signature": None},
        {"key": KEY.raw},
        {"key": b"\x81\x24" + KEY.raw},
        {"key": b"\xed\x01" + bytes(33)},
        {"signatures": SIGNATURE},
        {"signatures": {0: SIGNATURE}},
        {"signatures": [SIGNATURE[:-1]]},
        {"signatures": [0]},
        {"signatures": [SIGNATURE] * (MAX_STATEMENTS + 1)},
        {"labels": [bytes(32)]},
        {"labels": {1: bytes(32)}},
        {"labels": {1: bytes(32), 0: b"\1" * 32}},
        {"labels": {"0": bytes(32)}},
        {"labels": {0: bytes(31)}},
        {"labels": {0: "a" * 32}},
        {"labels": {0: bytes(32), 1: bytes(32)}},
        {"labels": {False: bytes(32)}},
        {"labels": {number: number.to_bytes(32, "big") for number in range(MAX_STATEMENTS + 1)}},
        {"indexes": {}},
        {"indexes": [-1]},
        {"indexes": [1, 0]},
        {"indexes": [1, 1]},
        {"indexes": [0.0]},
        {"indexes": [True]},
        {"indexes": ["0"]},
        {"indexes": [MAX_STATEMENTS]},
        {"indexes": [1 << 70]},
        {"indexes": [*range(MAX_STATEMENTS), 0]},
        {"more": 0},
    ],
)
def test_each_part_of_a_derived_proof_has_its_exact_type_and_length(changes: dict[str, Any]) -> None:
    refused(decode_derived, derived(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"hmac": bytes(31)},
        {"hmac": "a" * 32},
        {"signatures": None},
        {"pointers": "/issuer"},
        {"pointers": [b"/issuer"]},
        {"pointers": ["issuer"]},
        {"pointers": ["/issuer"] * (MAX_POINTERS + 1)},
    ],
)
def test_each_part_of_a_base_proof_has_its_exact_type_and_length(changes: dict[str, Any]) -> None:
    refused(decode_base, base(**changes))


@pytest.mark.parametrize(
    "body",
    [
        "9fff a0 80",  # an array of indefinite length
        "80 bfff 80",  # a map of indefinite length
        "9800 a0 80",  # a length in two bytes that fits in one
        "80 b800 80",
        "80 a0 81 1800",  # a number in two bytes that fits in one
        "80 a0 81 190001",
        "80 a0 81 c24101",  # a tag: a number as bytes
        "80 a0 81 d823 6161",  # a tag that would make the decoder build something
        "d9d9f780 a0 80",  # the tag that says "this is CBOR"
        "d81c80 a0 80",  # a tag by which one item could stand for another
        "80 a0 80 00",  # a byte after the end
        "80 a0",  # the end is missing
        "9bffffffffffffffff a0 80",  # a length beyond all bytes
        "80 a2005820" + "00" * 32 + "005820" + "01" * 32 + " 80",  # a name twice
        "80 a0 81 81818181818100",  # too deep
        "80 a0 81 ff",
        "80 a0 81 61ff",  # text that is no UTF-8
    ],
)
def test_a_second_way_of_writing_the_same_is_refused(body: str) -> None:
    assert decode_derived(raw(DERIVED, "80 a0 80")).indexes == ()
    refused(decode_derived, raw(DERIVED, body))


@pytest.mark.parametrize("value", [0, None, {}, b"", "", [], [0] * 4, [0] * 6])
def test_a_proof_has_five_parts(value: Any) -> None:
    refused(decode_derived, encode_base64url(DERIVED + cbor2.dumps(value)))


def test_a_key_of_another_type_is_never_written_as_one_of_p_256() -> None:
    other = PublicKey(KeyType.ED25519, bytes(range(32)))
    text = DerivedProof(SIGNATURE, other, (), (), ()).encode()
    refused(decode_derived, text)
