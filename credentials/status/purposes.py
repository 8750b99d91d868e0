"""What the bits of a status list are for, and what one entry of a document says of its own bits."""

from enum import StrEnum
from typing import Final

from credentials.json_input import JsonObject
from credentials.structure.status_entry import BITSTRING, STATUS_LIST_2021, kind_of, status_value_of
from credentials.structure.values import objects_of

_MOST_SHOWN: Final = 200
"""Characters of a message; it is the issuer's word, and a report is no place for a page of it."""

_UNLABELLED: Final = {1: "set"}
"""The standard's own word for a set bit without a message; of one that is not set there is nothing to say."""


class Purpose(StrEnum):
    """The purposes that the standard names; the first two change a verdict.

    Spec: Bitstring Status List 1.0, section 2.1 (statusPurpose).
    """

    REVOCATION = "revocation"
    """Withdrawn for good: not reversible."""
    SUSPENSION = "suspension"
    """Withdrawn for a time: reversible."""
    REFRESH = "refresh"
    """A newer document is available; the old one stays good."""
    MESSAGE = "message"
    """Anything else that the issuer wants to say."""


def purpose_of(entry: JsonObject) -> Purpose | None:
    """Give an entry's purpose.

    Args:
        entry: An object of ``credentialStatus``.

    Returns:
        The purpose; None for one that the standard does not name, or an entry that is not of a list of bits.
    """
    if kind_of(entry) not in {BITSTRING, STATUS_LIST_2021}:
        return None
    return next((purpose for purpose in Purpose if purpose == entry.get("statusPurpose")), None)


def size_of(entry: JsonObject) -> int:
    """Give how many bits an entry has.

    Args:
        entry: An entry whose form has been examined.

    Spec: Bitstring Status List 1.0, section 2.1 (statusSize): 1 where it is not said.
    """
    size = entry.get("statusSize")
    return size if isinstance(size, int) and kind_of(entry) == BITSTRING else 1


def message_for(entry: JsonObject, value: int) -> str | None:
    """Give the issuer's message for a status value.

    Args:
        entry: An entry whose form has been examined.
        value: The status value.

    Returns:
        The message on one line, cut at a length; None where there is nothing to say.

    Spec: Bitstring Status List 1.0, section 2.1 (statusMessage): without messages, 1 means ``set``, which is
    worth a word only where nothing else is said of it.
    """
    messages = objects_of(entry.get("statusMessage"))
    if not messages:
        return _UNLABELLED.get(value) if purpose_of(entry) is Purpose.MESSAGE else None
    # Matched by value, not by place: the array's order has no meaning.
    texts = {status_value_of(item.get("status")): str(item.get("message")) for item in messages}
    text = " ".join(texts.get(value, "").split())
    return text[:_MOST_SHOWN] or None
