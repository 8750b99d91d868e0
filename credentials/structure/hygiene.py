"""Rules that hold for every value of a document, whatever its place.

They keep one JSON from having two readings: a member written under its full IRI, or under a JSON-LD
keyword, gives the same signed data and hides it from a reader that looks for the plain name. (Control
characters, exact numbers and depth are the business of :mod:`credentials.json_input`.)
"""

from typing import Final

from credentials.json_input import JsonObject, JsonValue, pointer
from credentials.structure.findings import Examination
from credentials.structure.values import is_url

_LANGUAGE_VALUE: Final = frozenset({"@value", "@language", "@direction"})


def examine_values(document: JsonObject, found: Examination) -> None:
    """Walk the whole document.

    Args:
        document: The parsed document.
        found: Where faults are noted.

    Spec: VCDM 2.0, sections 4.4, 4.5, 6.1; Open Badges 3.0, Serialization (JSON).
    """
    _examine(document, "", found)


def is_language_value(value: JsonValue) -> bool:
    """Say whether a value is a language value object, with no other key than the three.

    Spec: VCDM 2.0, section 11.1 (Language and Base Direction).
    """
    return (
        isinstance(value, dict)
        and isinstance(value.get("@value"), str)
        and value.keys() <= _LANGUAGE_VALUE
        and all(isinstance(item, str) for item in value.values())
    )


def _examine(value: JsonValue, where: str, found: Examination) -> None:
    if value is None:
        found.fault("structure.null_value", where)
    elif isinstance(value, dict):
        _examine_object(value, where, found)
    elif isinstance(value, list):
        if not value:
            found.fault("structure.empty_array", where)
        for number, item in enumerate(value):
            _examine(item, pointer(where, number), found)


def _examine_object(value: JsonObject, where: str, found: Examination) -> None:
    if is_language_value(value):
        return
    for member, item in value.items():
        place = pointer(where, member)
        if member == "@context":
            continue
        if not member or member.startswith("@") or ":" in member:
            found.fault("structure.member_name", place, member=member)
        elif member == "id" and not is_url(item):
            found.fault("structure.not_a_url", place, member=member)
        elif member == "type" and not _are_types(item):
            found.fault("structure.wrong_type", place, member=member)
        else:
            _examine(item, place, found)


def _are_types(value: JsonValue) -> bool:
    items = value if isinstance(value, list) else [value]
    return bool(items) and all(isinstance(item, str) and item for item in items)
