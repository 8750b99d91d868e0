"""Changes of a document's meaning, for properties that begin with "no change": every kind, drawn at random."""

import copy
import json
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

import contexts
from credentials.errors import InputError
from credentials.json_input import check_values
from tests.support.credentials import make_credential

OB = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
ORDERED = {"allowedValue"}
"""Members whose array is a list: its order is signed."""


def rich_credential() -> dict[str, Any]:
    """A credential with every kind of value: numbers, booleans, lists, languages, shared nodes."""
    document: dict[str, Any] = make_credential()
    subject = document["credentialSubject"]
    achievement = subject["achievement"]
    achievement["creator"] = {"id": document["issuer"]["id"], "type": ["Profile"]}
    achievement["creditsAvailable"] = 12.5
    achievement["tag"] = ["formation", "ingénierie", "évaluation"]
    achievement["resultDescription"] = [
        {
            "id": "urn:uuid:00000000-0000-4000-8000-0000000000aa",
            "type": ["ResultDescription"],
            "name": "Mention",
            "resultType": "ext:Mention",
            "allowedValue": ["passable", "bien", "très bien"],
        }
    ]
    subject["creditsEarned"] = 12
    subject["result"] = [
        {
            "type": ["Result"],
            "resultDescription": "urn:uuid:00000000-0000-4000-8000-0000000000aa",
            "value": "bien",
        },
        {"type": ["Result"], "value": "bien"},
    ]
    document["issuer"]["address"] = {
        "type": ["Address"],
        "addressLocality": "Paris",
        "geo": {"type": "GeoCoordinates", "latitude": 48.86, "longitude": 2},
    }
    document["issuer"]["description"] = {"@value": "Un établissement.", "@language": "fr"}
    return document


# --- The equalities that JSON-LD holds, stated apart from the code under test ------------------------------


def named_form(document: Any) -> str:
    """Write a document so that two documents are equal exactly if JSON-LD holds them equal."""
    members = {key: value for key, value in document.items() if key != "@context"}
    return json.dumps([document.get("@context"), _named(members)], sort_keys=True)


def _named(value: Any, name: str = "") -> Any:
    match value:
        case list():
            return _named_array(value, name)
        case {"id": identifier} if len(value) == 1:
            return {"reference": identifier}
        case dict():
            return {key: _named(child, key) for key, child in value.items()}
        case "AchievementCredential" if name == "type":
            return "OpenBadgeCredential"
        case str() if name in REFERENCES:
            return {"reference": value}
        case _:
            return float(value) if type(value) is int else value


def _named_array(value: list[Any], name: str) -> Any:
    items = [_named(item, name) for item in value]
    if len(items) == 1 and not isinstance(value[0], list):
        return items[0]
    return items if name in ORDERED else sorted(items, key=lambda item: json.dumps(item, sort_keys=True))


REFERENCES = {
    "issuer",
    "credentialSubject",
    "evidence",
    "image",
    "criteria",
    "source",
    "statusListCredential",
}


# --- Changes ------------------------------------------------------------------------------------------------


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Give the path of every value below the root."""
    entries: Any = value.items() if isinstance(value, dict) else enumerate(value)
    for step, child in entries:
        yield (*path, step)
        if isinstance(child, dict | list):
            yield from places(child, (*path, step))


def get(document: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        document = document[step]
    return document


def containers(document: Any, kind: type) -> list[tuple[str | int, ...]]:
    paths = [(), *places(document)]
    return [path for path in paths if isinstance(get(document, path), kind)]


def _every_term() -> list[str]:
    """Every name that a pinned context defines, their IRIs, and keywords."""
    found: set[str] = set()

    def walk(node: Any) -> None:
        for item in node if isinstance(node, list) else [node]:
            if isinstance(item, dict):
                for key, child in item.items():
                    found.add(key)
                    if isinstance(child, str):
                        found.add(child)
                    walk(child)

    for url in contexts.urls():
        walk(contexts.load(url).get("@context"))
    return sorted(found)


TERMS = _every_term()
KEYWORDS = [
    "@id",
    "@type",
    "@value",
    "@language",
    "@direction",
    "@index",
    "@graph",
    "@included",
    "@reverse",
    "@set",
    "@list",
    "@none",
    "@json",
    "@nest",
    "@context",
    "@base",
    "@vocab",
    "@version",
    "@propagate",
    "@protected",
    "@import",
]
OWN_NAMES = sorted(
    {step for path in places(rich_credential()) for step in path if isinstance(step, str)}
    | {"proof", "proofValue", "proofPurpose"}
)

names = st.one_of(
    st.sampled_from(OWN_NAMES),
    st.sampled_from(TERMS),
    st.sampled_from(KEYWORDS),
    st.sampled_from(
        [OB + "narrative", "https://schema.org/name", "cred:issuer", "", "_:b0", "Name", "name "]
    ),
    st.text(max_size=6),
)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 20),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.sampled_from(
        ["", "x", "true", "false", "12", "12.5", "1.25E1", "Profile", "_:b0", "did:key:z6Mk", "relatif"]
    ),
    st.sampled_from(TERMS),
    st.text(max_size=8),
)


def twist(value: Any) -> list[Any]:
    """Values that look like another one, or mean it in some reading."""
    out: list[Any] = [
        [value],
        [value, value],
        [[value]],
        [],
        None,
        {"@value": value},
        {"@list": [value]},
        {"@set": [value]},
        {"@set": value},
        {"@graph": value},
        {"@value": value, "@type": "http://www.w3.org/2001/XMLSchema#string"},
        {"@value": value, "@type": "@json"},
        {"@value": value, "@language": "fr"},
        {"@value": value, "@direction": "rtl"},
        {"@id": value},
        {"id": value},
        {"id": value, "type": ["Profile"]},
    ]
    if isinstance(value, bool):
        out += [str(value).lower(), int(value), not value]
    elif isinstance(value, int | float):
        out += [str(value), float(value), value + 1, math.nextafter(value, math.inf), -value]
    elif isinstance(value, str):
        out += [
            value + " ",
            " " + value,
            value.upper(),
            value.lower(),
            value + "\u200b",
            value + "\r",
            value[:-1],
        ]
        out += [
            value.replace("https", "HTTPS"),
            value.replace("é", "e\u0301"),
            value + "/",
            value + "#",
            value + "/.",
        ]
        out += [
            OB + value,
            f"https://schema.org/{value}",
            re.sub(r"\+02:00|Z$", "+00:00", value),
            value + "\x85",
        ]
    elif isinstance(value, dict):
        out += [
            value.get("id", "x"),
            {"@graph": [value]},
            {**value, "@index": "0"},
            {**value, "@context": []},
        ]
        out += [
            {"@included": [value]},
            {**value, "@id": value.get("id")},
            {key: value[key] for key in list(value)[1:]},
        ]
        out += [{**value, "@context": {"@vocab": "urn:x:"}}, {**value, "@context": [], "new": 1}, {}]
        out += [{("@type" if key == "type" else "@id" if key == "id" else key): value[key] for key in value}]
    elif isinstance(value, list):
        out += [value[::-1], value[1:], value + value[:1], [*value, None], value[:-1], [*value, []]]
        out += [{"@list": value}, {"@set": value}, {str(index): item for index, item in enumerate(value)}]
    return out


Change = Callable[[dict[str, Any], st.DataObject], None]


def change_value(document: dict[str, Any], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(list(places(document))))
    old = get(document, path)
    get(document, path[:-1])[path[-1]] = data.draw(st.one_of(st.sampled_from(twist(old)), scalars))


def remove(document: dict[str, Any], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(list(places(document))))
    del get(document, path[:-1])[path[-1]]


def add_member(document: dict[str, Any], data: st.DataObject) -> None:
    holder = get(document, data.draw(st.sampled_from(containers(document, dict))))
    elsewhere = get(document, data.draw(st.sampled_from(list(places(document)))))
    value = data.draw(st.one_of(scalars, st.sampled_from([elsewhere, *twist(elsewhere)])))
    holder[data.draw(names)] = copy.deepcopy(value)


def rename_member(document: dict[str, Any], data: st.DataObject) -> None:
    holder = get(document, data.draw(st.sampled_from(containers(document, dict))))
    assume(holder)
    old = data.draw(st.sampled_from(list(holder)))
    holder[data.draw(names)] = holder.pop(old)


def move_member(document: dict[str, Any], data: st.DataObject) -> None:
    holders = containers(document, dict)
    source = data.draw(st.sampled_from(holders))
    assume(get(document, source))
    name = data.draw(st.sampled_from(list(get(document, source))))
    target = get(document, data.draw(st.sampled_from(holders)))
    value = get(document, source).pop(name)
    target[data.draw(st.one_of(st.just(name), names))] = value
    assume(_finite(document))


def swap(document: dict[str, Any], data: st.DataObject) -> None:
    every = list(places(document))
    first, second = data.draw(st.sampled_from(every)), data.draw(st.sampled_from(every))
    short = min(len(first), len(second))
    assume(first[:short] != second[:short])
    one, other = get(document, first), get(document, second)
    get(document, first[:-1])[first[-1]] = other
    get(document, second[:-1])[second[-1]] = one


def change_array(document: dict[str, Any], data: st.DataObject) -> None:
    array = get(document, data.draw(st.sampled_from(containers(document, list))))
    item = copy.deepcopy(get(document, data.draw(st.sampled_from(list(places(document))))))
    index = data.draw(st.integers(0, len(array)))
    match data.draw(st.sampled_from(["insert", "repeat", "shuffle", "drop"])):
        case "insert":
            array.insert(index, data.draw(st.one_of(st.just(item), scalars)))
        case "repeat":
            assume(array)
            array.insert(index, copy.deepcopy(data.draw(st.sampled_from(array))))
        case "shuffle":
            array[:] = data.draw(st.permutations(array))
        case "drop":
            assume(array)
            del array[min(index, len(array) - 1)]


def change_contexts(document: dict[str, Any], data: st.DataObject) -> None:
    listed: Any = document.get("@context")
    assume(isinstance(listed, list) and listed)
    entry = data.draw(
        st.one_of(
            st.sampled_from(contexts.urls()),
            st.sampled_from(
                [None, {}, {"@vocab": "urn:x:"}, {"@base": "https://diplomes.example/"}, "urn:x", ""]
            ),
            st.builds(lambda name, iri: {name: iri}, st.sampled_from(OWN_NAMES), st.sampled_from(TERMS)),
        )
    )
    index = data.draw(st.integers(0, len(listed)))
    match data.draw(st.sampled_from(["insert", "replace", "whole", "swap", "nested"])):
        case "insert":
            listed.insert(index, entry)
        case "replace":
            listed[min(index, len(listed) - 1)] = entry
        case "whole":
            document["@context"] = entry
        case "swap":
            listed.reverse()
        case "nested":
            get(document, data.draw(st.sampled_from(containers(document, dict))))["@context"] = entry


def wrap_root(document: dict[str, Any], data: st.DataObject) -> None:
    body = {name: document.pop(name) for name in list(document) if name not in {"@context", "proof"}}
    name = data.draw(
        st.sampled_from(["@graph", "@included", "credentialSubject", "relatedResource", "evidence"])
    )
    document.update({"id": "urn:x:other", "type": ["VerifiableCredential"], name: [body]})
    if data.draw(st.booleans()):
        del document["id"], document["type"]


CHANGES: list[Change] = [
    change_value,
    remove,
    add_member,
    rename_member,
    move_member,
    swap,
    change_array,
    change_contexts,
    wrap_root,
]


def _finite(document: Any) -> bool:
    """Say whether moving a member into itself made a cycle."""
    try:
        check_values(document)
    except InputError as error:
        return error.code != "input.too_deep"
    return True
