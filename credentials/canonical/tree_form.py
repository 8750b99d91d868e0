"""The expanded form as a tree that its dataset determines.

A dataset has no shape: a node that is referred to from two places could be described at either, a value
that stands twice in a set is there once, ``"3"`` under a numeric datatype is ``3``. Here each of these has
one accepted form, so that the tree can be read back from the dataset.

Spec: JSON-LD 1.1 Processing Algorithms, sections 7 (flattening) and 8 (RDF).
"""

import json
import re
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from credentials.errors import DataLossError, ErrorCode
from credentials.json_input import MAX_INTEGER, JsonObject, JsonValue, pointer

_ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\s]+")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = re.compile(r"(?:https?://www\.w3\.org/2001/XMLSchema#|xsd:)(?P<name>[A-Za-z]+)")
"""Both schemes and the undeclared prefix are in published contexts."""
_NUMERIC = frozenset(
    {
        "byte",
        "decimal",
        "double",
        "float",
        "int",
        "integer",
        "long",
        "negativeInteger",
        "nonNegativeInteger",
        "nonPositiveInteger",
        "positiveInteger",
        "short",
        "unsignedByte",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
    }
)
_NODE_KEYWORDS = frozenset({"@id", "@type"})


def check_tree(document: JsonObject, expanded: list[JsonValue]) -> None:
    """Return if the expanded form is the one tree of its dataset.

    Args:
        document: The document, to find the place of an error.
        expanded: Its expanded form.

    Raises:
        DataLossError: An identifier or type is not an absolute IRI, a value stands twice in a set, has not
            the JSON type of its datatype, or a node is described away from its place.
    """
    root = expanded[0] if len(expanded) == 1 else None
    if not isinstance(root, dict):
        raise DataLossError(ErrorCode.LOSSLESS_EMPTY, where="", detail="nothing, or several things, are said")
    occurrences = _walk(document, root)
    _check_places(document, root, occurrences)


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """One place where an identified node stands: how far from the root, and by which properties."""

    depth: int
    path: tuple[str, ...]
    types: frozenset[str]
    described: bool


def _walk(document: JsonObject, root: JsonObject) -> Mapping[str, list[_Occurrence]]:
    occurrences: defaultdict[str, list[_Occurrence]] = defaultdict(list)
    queue: deque[tuple[JsonObject, tuple[str, ...]]] = deque([(root, ())])
    while queue:
        node, path = queue.popleft()
        types = _check_node(document, node)
        identifier = node.get("@id")
        if isinstance(identifier, str):
            described = bool(node.keys() - _NODE_KEYWORDS)
            occurrences[identifier].append(_Occurrence(len(path), path, types, described))
        for name, child in _children(document, node):
            queue.append((child, (*path, name)))
    return occurrences


def _check_node(document: JsonObject, node: JsonObject) -> frozenset[str]:
    keyword = next((name for name in node if name.startswith("@") and name not in _NODE_KEYWORDS), None)
    if keyword is not None:
        raise DataLossError(ErrorCode.LOSSLESS_UNSUPPORTED, detail=keyword)
    if "@id" in node:
        _check_iri(document, node["@id"])
    types = node.get("@type", [])
    if not isinstance(types, list):
        raise DataLossError(ErrorCode.LOSSLESS_SPELLING, detail="a type that is no list once expanded")
    for item in types:
        _check_iri(document, item, ErrorCode.LOSSLESS_UNDEFINED)
    names = [item for item in types if isinstance(item, str)]
    if len(set(names)) != len(names):
        raise DataLossError(
            ErrorCode.LOSSLESS_DUPLICATE, where=_place_of(document, names[0]), detail="a type twice"
        )
    return frozenset(names)


def _children(document: JsonObject, node: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for name, values in node.items():
        if name in _NODE_KEYWORDS:
            continue
        if not _ABSOLUTE_IRI.fullmatch(name) or name.startswith(_RDF):
            raise DataLossError(ErrorCode.LOSSLESS_UNDEFINED, detail=f"the property {name[:80]}")
        if not isinstance(values, list) or not values:
            raise DataLossError(ErrorCode.LOSSLESS_EMPTY, detail=f"the property {name[:80]}")
        _refuse_repetition(document, values)
        for child in _nodes(document, values):
            yield name, child


def _nodes(document: JsonObject, values: list[JsonValue]) -> Iterator[JsonObject]:
    for item in values:
        if not isinstance(item, dict):
            raise DataLossError(
                ErrorCode.LOSSLESS_UNSUPPORTED, detail="a value that is no object once expanded"
            )
        if "@value" in item:
            _check_literal(document, item)
        elif "@list" in item:
            yield from _list_nodes(document, item)
        else:
            yield item


def _list_nodes(document: JsonObject, item: JsonObject) -> Iterator[JsonObject]:
    members = item["@list"]
    if item.keys() != {"@list"} or not isinstance(members, list) or not members:
        raise DataLossError(ErrorCode.LOSSLESS_EMPTY, detail="an ordered list without items")
    if any(isinstance(member, dict) and "@list" in member for member in members):
        raise DataLossError(ErrorCode.LOSSLESS_UNSUPPORTED, detail="a list in a list")
    yield from _nodes(document, members)


def _refuse_repetition(document: JsonObject, values: list[JsonValue]) -> None:
    """Refuse a value, or an identified node, that stands twice in a set: the dataset holds it once.

    Nodes without identifier are two nodes, however alike.
    """
    seen: set[str] = set()
    for item in values:
        key = _set_key(item)
        if key is None:
            continue
        if key in seen:
            raise DataLossError(ErrorCode.LOSSLESS_DUPLICATE, where=_place_of(document, _shown(item)))
        seen.add(key)


def _set_key(item: JsonValue) -> str | None:
    if not isinstance(item, dict):
        return None
    if "@value" in item:
        value = item["@value"]
        same = float(value) if isinstance(value, int) and not isinstance(value, bool) else value
        return json.dumps([same, item.get("@type"), item.get("@language")])
    identifier = item.get("@id")
    return None if identifier is None else json.dumps(identifier)


def _shown(item: JsonValue) -> JsonValue:
    return item.get("@value", item.get("@id")) if isinstance(item, dict) else None


def _check_literal(document: JsonObject, item: JsonObject) -> None:
    if not item.keys() <= {"@value", "@type", "@language"}:
        raise DataLossError(
            ErrorCode.LOSSLESS_UNSUPPORTED, detail=", ".join(sorted(item.keys() - {"@value"}))
        )
    value, datatype = item["@value"], item.get("@type")
    if datatype == "@json":
        raise DataLossError(ErrorCode.LOSSLESS_UNSUPPORTED, detail="a JSON literal")
    if datatype is not None and not _fits(value, str(datatype)):
        raise DataLossError(ErrorCode.LOSSLESS_NATIVE, where=_place_of(document, value), detail=str(datatype))
    if isinstance(value, float) and not _exact(value):
        raise DataLossError(ErrorCode.LOSSLESS_NUMBER, where=_place_of(document, value))


def _fits(value: JsonValue, datatype: str) -> bool:
    """Tell whether a value has the one JSON type that its datatype may have."""
    found = _XSD.fullmatch(datatype)
    name = found["name"] if found else ""
    if name == "boolean":
        return isinstance(value, bool)
    if name in _NUMERIC:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str)


def _exact(value: float) -> bool:
    """Tell whether the canonical form, with its sixteen digits, keeps the number."""
    if value.is_integer():
        return abs(value) <= MAX_INTEGER and str(value) != "-0.0"
    return float(f"{value:1.15E}") == value


def _check_places(
    document: JsonObject, root: JsonObject, occurrences: Mapping[str, list[_Occurrence]]
) -> None:
    for identifier, places in occurrences.items():
        if len(places) == 1:
            continue
        if identifier == root.get("@id") or not _one_home(places):
            raise DataLossError(ErrorCode.LOSSLESS_SCATTERED, where=_place_of(document, identifier))


def _one_home(places: list[_Occurrence]) -> bool:
    """Tell whether a node is described in one place at most, the nearest to the root, and typed alike in all.

    The nearest place is the same for everyone who reads the dataset; two places at the same distance and by
    the same properties cannot be told apart, so neither may describe the node.
    """
    if len({place.types for place in places}) != 1:
        return False
    described = [place for place in places if place.described]
    if not described:
        return True
    home = min(places, key=lambda place: (place.depth, place.path))
    level = [place for place in places if (place.depth, place.path) == (home.depth, home.path)]
    return len(described) == 1 and described[0] is home and len(level) == 1


def _check_iri(document: JsonObject, value: JsonValue, code: ErrorCode = ErrorCode.LOSSLESS_RELATIVE) -> None:
    if not isinstance(value, str) or not _ABSOLUTE_IRI.fullmatch(value) or value == f"{_RDF}nil":
        raise DataLossError(code, where=_place_of(document, value))


def _place_of(document: JsonObject, sought: JsonValue) -> str | None:
    """Give the pointer of the first equal scalar in the document, or None."""
    return next(_places_of(document, sought, ""), None)


def _places_of(value: JsonValue, sought: JsonValue, where: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, child in value.items():
            yield from _places_of(child, sought, pointer(where, name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _places_of(child, sought, pointer(where, index))
    elif type(value) is type(sought) and value == sought:
        yield where
