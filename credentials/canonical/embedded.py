"""Credentials inside a document: a CLR's members, endorsements, what a presentation presents.

Each carries contexts and a proof of its own, and is believed for that proof alone. Of the outer signature
remains to be known that it covers the outer document's own words. JSON-LD merges what several documents say
of one identifier; so what the outer document says of a node must not depend on what an embedded one says.

Spec: Data Integrity 1.0, section 4.6 (no context below the top); Open Badges 3.0, Endorsement; CLR 2.0,
ClrSubject; VC Data Model 2.0, section 4.13.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from contexts import ContextLoader
from credentials.canonical.processor import expand
from credentials.errors import ContextError, ErrorCode
from credentials.json_input import JsonObject, JsonValue, pointer, without

MAX_EMBEDDED: Final = 32
"""Each costs a verification of its own; a certification has seldom ten blocks."""

_ENDORSEMENT: Final = "endorsement"
_PLACES: Final = frozenset({"verifiableCredential", _ENDORSEMENT})
_MARK: Final = "urn:parchemin:embedded:"


@dataclass(frozen=True, slots=True)
class Embedded:
    """One embedded credential.

    Attributes:
        where: JSON pointer to it.
        member: The member that holds it: ``verifiableCredential`` or ``endorsement``.
        content: It, as it stands.
    """

    where: str
    member: str
    content: JsonObject

    @property
    def endorses(self) -> bool:
        """Whether it stands there as an endorsement, and not as a member."""
        return self.member == _ENDORSEMENT


@dataclass(frozen=True, slots=True)
class Parts:
    """A document taken apart.

    Attributes:
        outer: The document without the credentials that it holds.
        marked: The document with a mark in the place of each.
        embedded: The credentials, in the document's order.
    """

    outer: JsonObject
    marked: JsonObject
    embedded: tuple[Embedded, ...]


def parts_of(document: JsonObject) -> Parts:
    """Take a document apart.

    Args:
        document: A document, with or without its own ``proof``; its form need not be right.

    Returns:
        The parts; a document that holds no credential is its own outer part.
    """
    found: list[Embedded] = []
    outer = _taken_apart(document, "", found, mark=False)
    return Parts(outer, _taken_apart(document, "", [], mark=True), tuple(found))


def check_embedded(parts: Parts, expanded: list[JsonValue], loader: ContextLoader) -> None:
    """Return if the outer document's own words stay the same whatever the embedded credentials say.

    Args:
        parts: The document, taken apart.
        expanded: The expanded form of its outer part.
        loader: Gives the contexts.

    Raises:
        ContextError: There are too many, one stands twice or where no context gives it a meaning, or it
            speaks of a node that the outer document describes otherwise.
        CanonicalizationError: One of them is not JSON-LD.
    """
    if not parts.embedded:
        return
    if len(parts.embedded) > MAX_EMBEDDED:
        raise ContextError(ErrorCode.CONTEXT_EMBEDDED, detail=f"{len(parts.embedded)} embedded credentials")
    if any(str(node.get("@id")).startswith(_MARK) for node, _ in _nodes(expanded, "")):
        raise ContextError(
            ErrorCode.CONTEXT_EMBEDDED, where="", detail="an identifier that is a mark of ours"
        )
    seen: list[JsonObject] = []
    graph_of_its_own = "VerifiablePresentation" in _types(parts.outer)
    marks = {str(node.get("@id")) for node, _ in _nodes(expand(parts.marked, loader), "")}
    for index, item in enumerate(parts.embedded):
        if f"{_MARK}{index}" not in marks:
            raise ContextError(
                ErrorCode.CONTEXT_EMBEDDED, where=item.where, detail="no context defines it here"
            )
        if item.content in seen:
            raise ContextError(ErrorCode.CONTEXT_EMBEDDED, where=item.where, detail="the same one twice")
        seen.append(item.content)
        if not graph_of_its_own:
            _check_apart(expanded, item, loader)


def _check_apart(outer: list[JsonValue], item: Embedded, loader: ContextLoader) -> None:
    """Refuse a statement that both make, unless one node is described by both alike in the same place.

    The dataset that is signed is the union of both. What the embedded one says is settled by its own proof;
    where no statement is in both, what remains is what the outer document says, and nothing else.
    """
    content = without(item.content, "proof")
    inner: dict[str, list[tuple[JsonObject, str]]] = {}
    for node, name in _nodes(expand(content, loader), ""):
        if len(node) > 1 and "@id" in node:
            inner.setdefault(str(node["@id"]), []).append((node, name))
    for node, name in _nodes(outer, ""):
        for other, other_name in inner.get(str(node.get("@id")), ()):
            same_place = name == other_name
            if same_place and node == other:
                continue
            if (same_place and len(node) == 1) or _statements(node) & _statements(other):
                raise ContextError(ErrorCode.CONTEXT_EMBEDDED, where=item.where, detail=name[:80])


def _statements(node: JsonObject) -> set[str]:
    """Give what a node says of itself with values that have a name of their own."""
    found = set[str]()
    for name, values in node.items():
        for value in values if isinstance(values, list) else []:
            content = value.get("@id", value.get("@value")) if isinstance(value, dict) else value
            if content is not None:
                found.add(json.dumps([name, content]))
    return found


def _nodes(value: JsonValue, name: str) -> Iterator[tuple[JsonObject, str]]:
    """Give every node of an expanded form, with the property under which it stands."""
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, name)
    elif isinstance(value, dict):
        yield value, name
        for member, child in value.items():
            yield from _nodes(child, name if member.startswith("@") else member)


def _taken_apart(value: JsonObject, where: str, found: list[Embedded], *, mark: bool) -> JsonObject:
    """Copy an object without the credentials in it, or with a mark in the place of each."""
    result: JsonObject = {}
    for name, child in value.items():
        place = pointer(where, name)
        if not isinstance(child, list):
            for item in _kept(name, child, place, found, mark=mark):
                result[name] = item
            continue
        items = [
            _kept(name, item, pointer(place, index), found, mark=mark) for index, item in enumerate(child)
        ]
        if not child or any(items):
            result[name] = [item for kept in items for item in kept]
    return result


def _kept(name: str, value: JsonValue, where: str, found: list[Embedded], *, mark: bool) -> list[JsonValue]:
    if not isinstance(value, dict):
        return [value]
    if name in _PLACES and "@context" in value:
        found.append(Embedded(where, name, value))
        return [_mark(len(found) - 1)] if mark else []
    return [_taken_apart(value, where, found, mark=mark)]


def _mark(number: int) -> JsonObject:
    """Give a node that stays in the expanded form under any context, and in a graph of its own."""
    return {"@id": f"{_MARK}{number}", "@type": [_MARK]}


def _types(document: JsonObject) -> Sequence[JsonValue]:
    value = document.get("type")
    return value if isinstance(value, list) else [value]
