"""``related``: the digests of the documents that this one names, where they are at hand."""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from typing import Final

from credentials.errors import CredentialError
from credentials.json_input import JsonObject, to_bytes
from credentials.messages import answer
from credentials.multibase import decode_base58, decode_base64url
from credentials.report import Check
from credentials.structure.values import objects_of
from credentials.verdict import worst_of

_SRI: Final = re.compile(r"(sha256|sha384|sha512)-([A-Za-z0-9+/]+={0,2})(\?\S*)?", re.ASCII)
_MULTIHASH: Final = {b"\x12\x20": "sha256", b"\x20\x30": "sha384", b"\x13\x40": "sha512"}
_ALGORITHMS: Final = tuple(_MULTIHASH.values())


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
    stated = {digest for resource in resources for digest in digests_of(resource)}
    # Many digests can name the same bytes.
    hashes = {data: _Hashes(data) for data in {related[digest] for digest in stated if digest in related}}
    made = {digest: hashes[related[digest]] for digest in stated if digest in related}
    compared = [
        _compare(resource, made[digest])
        for resource in resources
        for digest in digests_of(resource)
        if digest in made
    ]
    if not compared:
        return answer("related.not_at_hand")
    worst = worst_of(compared)
    if worst.code != "related.match":
        return worst
    found = sum(any(digest in related for digest in digests_of(resource)) for resource in resources)
    return _match(found, len(resources))


class Beside:
    """Documents that stand side by side, each written and hashed once however many digests ask for it.

    Args:
        documents: Each as a JSON object; what a digest covers is the object written without white space.
    """

    __slots__ = ("_by_hash", "_documents")

    def __init__(self, documents: Sequence[JsonObject]) -> None:
        self._documents = documents
        self._by_hash: dict[tuple[str, bytes], bytes] = {}

    def named_by(self, document: JsonObject) -> Mapping[str, bytes]:
        """Find those that a document names as its related resources.

        Args:
            document: The document; its form need not be right.

        Returns:
            The bytes that match a digest, by that digest.
        """
        resources = objects_of(document.get("relatedResource"))
        digests = {digest for resource in resources for digest in digests_of(resource)}
        held = self._held() if digests else {}
        return {digest: held[hashed] for digest in digests for hashed in _expected(digest) if hashed in held}

    def _held(self) -> Mapping[tuple[str, bytes], bytes]:
        if not self._by_hash:
            for data in map(to_bytes, self._documents):
                made = _Hashes(data)
                self._by_hash.update({(name, made.hash(name)): data for name in _ALGORITHMS})
        return self._by_hash


def digests_of(resource: JsonObject) -> list[str]:
    """Give the digests that a related resource states, as written."""
    values = (resource.get("digestSRI"), resource.get("digestMultibase"))
    return [value for value in values if isinstance(value, str)]


def _match(found: int, total: int) -> Check:
    return answer("related.match", params={"found": str(found), "total": str(total)})


def _compare(resource: JsonObject, made: "_Hashes") -> Check:
    """Compare bytes with every digest that the resource states: each one must hold."""
    for digest in digests_of(resource):
        expected = _expected(digest)
        if not expected:
            return answer("related.unsupported_digest", where="/relatedResource")
        if not made.match(expected):
            return answer("related.mismatch", where="/relatedResource")
    return _match(1, 1)


class _Hashes:
    """The hashes of some bytes, each made once however many digests ask for it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._made: dict[str, bytes] = {}

    def match(self, expected: list[tuple[str, bytes]]) -> bool:
        """Tell whether one of these hashes is that of the bytes."""
        return any(hmac.compare_digest(self.hash(name), value) for name, value in expected)

    def hash(self, name: str) -> bytes:
        """Give one of the hashes."""
        if name not in self._made:
            self._made[name] = hashlib.new(name, self._data).digest()
        return self._made[name]


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
