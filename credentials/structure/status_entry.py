"""The form of ``credentialStatus``: the three kinds of entry that this code reads.

Entries of other kinds keep the general rule only (a type, and an ``id`` that is an address): what they say is
left to the ``status`` check, which calls it unknown.
"""

import re
from typing import Final

from credentials.json_input import JsonObject, JsonValue, pointer
from credentials.structure.findings import Examination
from credentials.structure.shapes import Kind, Member, Shape, Shapes
from credentials.structure.values import objects_of, types_of

BITSTRING: Final = "BitstringStatusListEntry"
STATUS_LIST_2021: Final = "StatusList2021Entry"
REVOCATION_LIST: Final = "1EdTechRevocationList"

KNOWN: Final = (BITSTRING, STATUS_LIST_2021, REVOCATION_LIST)
"""In the order in which an entry that names several types is read."""

_STATUS_VALUE: Final = re.compile(r"0x0*(?P<digits>[0-9A-Fa-f]{1,8})", re.ASCII)
_WIDEST: Final = 16
"""Bits; of wider entries the messages are more than a document may hold: no number of them is right."""

_LIST_ENTRY: Final = {
    "id": Member(Kind.URL),
    "statusPurpose": Member(Kind.TEXT, required=True),
    "statusListIndex": Member(Kind.TEXT, required=True),
    "statusListCredential": Member(Kind.URL, required=True),
}

_SHAPES: Final = Shapes(
    {
        BITSTRING: Shape(
            frozenset({BITSTRING}),
            {
                **_LIST_ENTRY,
                "statusSize": Member(Kind.COUNT),
                "statusMessage": Member("message", either=True),
                "statusReference": Member(Kind.URL, either=True),
            },
            scalar_type=True,
        ),
        STATUS_LIST_2021: Shape(frozenset({STATUS_LIST_2021}), _LIST_ENTRY, scalar_type=True),
        REVOCATION_LIST: Shape(
            frozenset({REVOCATION_LIST}), {"id": Member(Kind.URL, required=True)}, scalar_type=True
        ),
        "message": Shape(
            frozenset(),
            {"status": Member(Kind.TEXT, required=True), "message": Member(Kind.TEXT, required=True)},
        ),
    }
)


def kind_of(entry: JsonObject) -> str | None:
    """Give the kind of entry that an object is read as.

    Args:
        entry: An object of ``credentialStatus``.

    Returns:
        One of :data:`KNOWN`, or None.
    """
    types = types_of(entry)
    return next((kind for kind in KNOWN if kind in types), None)


def status_value_of(text: JsonValue) -> int | None:
    """Read the ``status`` of a ``statusMessage`` object.

    Args:
        text: ``0x`` and hexadecimal digits.

    Returns:
        The value, or None for any other text or kind.

    Spec: Bitstring Status List 1.0, section 2.1 (statusMessage).
    """
    found = _STATUS_VALUE.fullmatch(text) if isinstance(text, str) else None
    return int(found["digits"], 16) if found else None


def examine_status(value: JsonValue, found: Examination) -> None:
    """Compare ``credentialStatus`` with the standards of the kinds that we read.

    Args:
        value: The member's value: one entry or several.
        found: Where faults and leniencies are noted.

    Spec: Bitstring Status List 1.0, section 2.1; Status List 2021, section 3.1; 1EdTech Revocation List 1.0.
    """
    many = isinstance(value, list)
    entries = objects_of(value)
    for number, entry in enumerate(entries):
        where = pointer("/credentialStatus", number) if many else "/credentialStatus"
        kind = kind_of(entry)
        if kind is not None:
            _SHAPES.examine(entry, kind, where, found)
            _examine_values(entry, where, found)
        if kind == BITSTRING:
            _examine_messages(entry, where, found)
    if len(entries) > 1:
        found.notice("notice.several_statuses")


def _examine_values(entry: JsonObject, where: str, found: Examination) -> None:
    index = entry.get("statusListIndex")
    if isinstance(index, str) and not (index.isascii() and index.isdigit()):
        found.fault("structure.status_index", pointer(where, "statusListIndex"))
    if "id" in entry and entry.get("id") == entry.get("statusListCredential"):
        found.fault("structure.status_id", pointer(where, "id"))


def _examine_messages(entry: JsonObject, where: str, found: Examination) -> None:
    """Each value of an entry has exactly one message; an entry of one bit may have none."""
    size = entry.get("statusSize", 1)
    width = size if isinstance(size, int) and not isinstance(size, bool) else 1
    messages = entry.get("statusMessage")
    if messages is None and width == 1:
        return
    values = [status_value_of(message.get("status")) for message in objects_of(messages)]
    expected = range(1 << max(0, min(width, _WIDEST)))
    if not isinstance(messages, list) or len(values) != len(expected) or set(values) != set(expected):
        found.fault("structure.status_messages", pointer(where, "statusMessage"))
