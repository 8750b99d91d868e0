"""``related``: the digests of the documents that this one names, where they are at hand."""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Final

from credentials.errors import CredentialError
from credentials.json_input import JsonObject
from credentials.messages import answer
from credentials.multibase import decode_base58, decode_base64url
from credentials.report import Check
from credentials.structure.values import objects_of
from credentials.verdict import worst_of

_SRI: Final = re.compile(r"(sha256|sha384|sha512)-([A-Za-z0-9+/]+={0,2})(\?\S*)?", re.ASCII)
_MULTIHASH: Final = {b"\x12\x20": "sha256", b"\x20\x30": "sha384", b"\x13\x40": "sha512"}


def check(document: JsonObject, related: Mapping[str, bytes]) -> Check:
    """Compare the related resources at hand with their digests.

    Args:
        document: The parsed document; its form has been examined.
        related: Bytes by ``digestSRI`` or ``digestMultibase``.

    Spec: VCDM 2.0, section 5.3 (Integrity of Related Resources).
    """
    resources = objects_of(document.get("relatedResource"))
    if not resources:
        return answer("related.none")
    compared = [
        _compare(resource, related[digest])
        for resource in resources
        for digest in digests_of(resource)
        if digest in related
    ]
    if not compared:
        return answer("related.not_at_hand")
    worst = worst_of(compared)
    if worst.code != "related.match":
        return worst
    found = sum(any(digest in related for digest in digests_of(resource)) for resource in resources)
    return _match(found, len(resources))


def digests_of(resource: JsonObject) -> list[str]:
    """Give the digests that a related resource states, as written."""
    values = (resource.get("digestSRI"), resource.get("digestMultibase"))
    return [value for value in values if isinstance(value, str)]


def _match(found: int, total: int) -> Check:
    return answer("related.match", params={"found": str(found), "total": str(total)})


def _compare(resource: JsonObject, data: bytes) -> Check:
    """Compare bytes with every digest that the resource states: each one must hold."""
    for digest in digests_of(resource):
        expected = _expected(digest)
        if not expected:
            return answer("related.unsupported_digest", where="/relatedResource")
        if not any(
            hmac.compare_digest(hashlib.new(algorithm, data).digest(), value) for algorithm, value in expected
        ):
            return answer("related.mismatch", where="/relatedResource")
    return _match(1, 1)


def _expected(digest: str) -> list[tuple[str, bytes]]:
    """Read the strongest hashes of a digest; empty where none can be computed here."""
    if digest[:1] in {"u", "z"}:
        return _from_multibase(digest)
    found = [match for match in map(_SRI.fullmatch, digest.split()) if match]
    try:
        values = [(match[1], base64.b64decode(match[2], validate=True)) for match in found]
    except (binascii.Error, ValueError):
        return []
    strongest = max((algorithm for algorithm, _ in values), default="")
    return [item for item in values if item[0] == strongest]


def _from_multibase(digest: str) -> list[tuple[str, bytes]]:
    try:
        data = decode_base64url(digest) if digest.startswith("u") else decode_base58(digest)
    except CredentialError:
        return []
    algorithm = _MULTIHASH.get(data[:2])
    value = data[2:]
    return [(algorithm, value)] if algorithm and len(value) == data[1] else []
