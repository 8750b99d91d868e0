"""Digests of related resources: each hash made once, each statement compared."""

import base64
import hashlib

import pytest

from credentials.checks import related
from credentials.checks.related import Beside
from credentials.json_input import JsonObject, to_bytes
from credentials.multibase import encode_base64url

HELD: list[JsonObject] = [{"id": "urn:x:1"}, {"id": "urn:x:2"}]


def sri(data: bytes, algorithm: str = "sha384") -> str:
    return f"{algorithm}-{base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"


def multibase(data: bytes) -> str:
    return encode_base64url(b"\x20\x30" + hashlib.sha384(data).digest())


def naming(*digests: str) -> JsonObject:
    return {"relatedResource": [{"id": "urn:x:0", "digestSRI": digest} for digest in digests]}


def test_documents_side_by_side_are_found_by_everyone_who_names_them() -> None:
    beside = Beside(HELD)
    for held in HELD:
        digest = sri(to_bytes(held))
        assert beside.named_by(naming(digest)) == {digest: to_bytes(held)}
    assert beside.named_by(naming(sri(b"x"))) == {}
    assert beside.named_by({}) == {}


@pytest.mark.parametrize(("second", "code"), [(b"abc", "related.match"), (b"abd", "related.mismatch")])
def test_both_digests_of_a_resource_must_be_those_of_its_bytes(second: bytes, code: str) -> None:
    resource: JsonObject = {"id": "urn:x:0", "digestSRI": sri(b"abc"), "digestMultibase": multibase(second)}
    found = related.check({"relatedResource": [resource]}, {sri(b"abc"): b"abc"})
    assert found.code == code
