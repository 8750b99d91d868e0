"""The shared vectors of Bitstring Status List, through a whole verification: a document, a list, a report."""

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from credentials import CheckId, Verdict, VerificationReport
from credentials.status.bitstring import MINIMUM_LENGTH, bits_of, decode, encode
from credentials.status.problem_types import problem_type
from tests.support.status import bitstring_entry, given_lists, signed_list, with_status
from tests.support.verification import STATUS_URL, check, signed

VECTORS = "standards/vectors/bitstring-status-list/vectors.json"
LISTS = (
    "spec-example-all-zero",
    "1edtech-validator-testlist",
    "first-bit",
    "last-bit-of-first-byte",
    "first-bit-of-second-byte",
    "index-94567",
    "last-bit",
    "several",
)
NEAR = (0, 1, 7, 8, 22, 23, 24, 94_566, 94_567, 94_568, 131_070, 131_071)
"""Every index that a vector sets, and its neighbours."""


def _vectors(shared: Path, part: str) -> dict[str, Any]:
    return {vector["name"]: vector for vector in json.loads((shared / VECTORS).read_bytes())[part]}


def report_on(encoded_list: str, index: str = "0") -> VerificationReport:
    entry = bitstring_entry(statusListIndex=index)
    material = signed_list(subject={"encodedList": encoded_list})
    return check(signed(with_status(entry)), given_lists({STATUS_URL: material}))


def test_no_list_of_the_vectors_is_left_out(shared: Path) -> None:
    assert tuple(_vectors(shared, "lists")) == LISTS
    assert set(_vectors(shared, "must_fail")) == set(MUST_FAIL)


@pytest.mark.parametrize("name", LISTS)
def test_exactly_the_documents_of_the_bits_that_are_set_are_withdrawn(name: str, shared: Path) -> None:
    vector = _vectors(shared, "lists")[name]
    assert set(vector["bits_set"]) <= set(NEAR)
    for index in NEAR:
        report = report_on(vector["encodedList"], str(index))
        expected = Verdict.REVOKED if index in vector["bits_set"] else Verdict.VALID
        assert report.verdict is expected, (name, index)


@pytest.mark.parametrize("name", LISTS)
def test_each_list_comes_back_from_its_bits(name: str, shared: Path) -> None:
    vector = _vectors(shared, "lists")[name]
    bits = decode(vector["encodedList"])
    assert len(bits) == vector["bytes"] == MINIMUM_LENGTH // 8
    assert bits == bits_of(vector["bits_set"]) == decode(encode(bits_of(vector["bits_set"])))


MUST_FAIL = {
    "too-short-8-bytes": "status.list_too_short",
    "one-bit-under-minimum (16383 bytes)": "status.list_too_short",
    "index-131072-of-131072": "status.index_out_of_range",
    "negative-index": "structure.status_index",
    "no-multibase-prefix": "status.list_malformed",
    "not-gzip": "status.list_malformed",
    "truncated-gzip": "status.list_malformed",
    "gzip-bomb-256MiB": "status.list_too_large",
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", MUST_FAIL)
def test_each_list_or_index_that_must_fail_fails_for_its_reason(name: str, shared: Path) -> None:
    vector = _vectors(shared, "must_fail")[name]
    packed = gzip.compress(bytes(256 << 20), 9) if "encodedList" not in vector else b""
    bomb = "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()
    report = report_on(vector.get("encodedList", bomb), vector.get("statusListIndex", "0"))
    expected = MUST_FAIL[name]
    assert report.check(CheckId(expected.partition(".")[0])).code == expected
    assert report.verdict in {Verdict.INCOMPLETE, Verdict.MALFORMED}
    if vector["expect"].endswith("_ERROR"):
        assert str(problem_type(expected)).endswith(f"#{vector['expect']}")
