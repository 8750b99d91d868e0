"""Parts of a JSON document, selected by JSON pointers.

A part keeps what its statements need to be the same: the contexts, and the identifier and the types of every
object on the way.

Spec: RFC 6901; Data Integrity ECDSA Cryptosuites 1.0, section 3.4 (selectJsonLd).
"""

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from credentials.errors import ErrorCode, ProofOptionsError
from credentials.json_input import JsonObject, JsonValue

MAX_POINTERS: Final = 256
"""A credential of ours is covered by fewer than twenty."""
MAX_POINTER: Final = 1_024
"""Characters of one pointer."""

_POINTER: Final = re.compile(r"(?:/(?:[^~/]|~[01])*)*")
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,5}")
_ALWAYS: Final = frozenset({"@context", "@id", "id", "type"})


def parse_pointer(text: str) -> tuple[str, ...]:
    """Read a JSON pointer.

    Returns:
        Its steps; none for the whole document.

    Raises:
        ProofOptionsError: It is not one, or longer than :data:`MAX_POINTER`.

    Spec: RFC 6901, sections 3 and 4.
    """
    if len(text) > MAX_POINTER or not _POINTER.fullmatch(text):
        raise ProofOptionsError(ErrorCode.PROOF_POINTER, detail="not a JSON pointer")
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in text.split("/")[1:])


def select(document: JsonObject, pointers: Sequence[str]) -> JsonObject:
    """Give the part of a document that pointers select together.

    Args:
        document: The document.
        pointers: At least one, at most :data:`MAX_POINTERS`.

    Returns:
        A new document: its arrays hold the selected items only, in their order.

    Raises:
        ProofOptionsError: There is no pointer, or one is malformed or leads nowhere in the document.

    Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.4 (selectJsonLd).
    """
    if not 0 < len(pointers) <= MAX_POINTERS:
        raise ProofOptionsError(ErrorCode.PROOF_POINTER, detail=f"{len(pointers)} pointers")
    choice = _Choice()
    for text in pointers:
        _choose(choice, document, text)
    return _members(document, choice)


@dataclass(slots=True)
class _Choice:
    """What is selected of one value: all of it, or some of its members or items."""

    whole: bool = False
    steps: "dict[str | int, _Choice]" = field(default_factory=dict)


def _choose(choice: _Choice, document: JsonObject, text: str) -> None:
    value: JsonValue = document
    for step in parse_pointer(text):
        key: str | int
        if isinstance(value, dict) and step in value:
            key, value = step, value[step]
        elif isinstance(value, list) and _INDEX.fullmatch(step) and int(step) < len(value):
            key, value = int(step), value[int(step)]
        else:
            raise ProofOptionsError(ErrorCode.PROOF_POINTER, where=text, detail="it leads nowhere")
        choice = choice.steps.setdefault(key, _Choice())
    choice.whole = True


def _part(value: JsonValue, choice: _Choice) -> JsonValue:
    if choice.whole:
        return copy.deepcopy(value)
    if isinstance(value, list):
        return [_part(item, choice.steps[index]) for index, item in enumerate(value) if index in choice.steps]
    return _members(value, choice) if isinstance(value, dict) else value


def _members(value: JsonObject, choice: _Choice) -> JsonObject:
    kept: JsonObject = {}
    for name, member in value.items():
        if choice.whole or name in _ALWAYS:
            kept[name] = copy.deepcopy(member)
        elif name in choice.steps:
            kept[name] = _part(member, choice.steps[name])
    return kept
