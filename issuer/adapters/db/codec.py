"""Domain values to JSON text and back, by their declared types; no second list of fields to keep."""

import dataclasses
import json
import types
import typing
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import TypeVar

T = TypeVar("T")


def to_text(value: object) -> str:
    """Write a frozen dataclass, or JSON values, as canonical JSON text (sorted members, no spaces)."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def to_values(value: object) -> dict[str, object]:
    """Give a frozen dataclass as JSON values."""
    values = _plain(value)
    assert isinstance(values, dict)
    return values


def from_text(kind: type[T], text: str) -> T:
    """Read a dataclass of type `kind` back from :func:`to_text`."""
    return typing.cast("T", _build(kind, json.loads(text)))


def instant_text(instant: datetime) -> str:
    """Write an aware instant as ISO 8601 in UTC with microseconds and ``Z``: sorted by value."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def instant(text: str) -> datetime:
    """Read :func:`instant_text` back."""
    return datetime.fromisoformat(text)


def _plain(value: object) -> object:  # noqa: PLR0911 - one line per kind of value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value


def _build(kind: object, value: object) -> object:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        inner = [option for option in typing.get_args(kind) if option is not type(None)]
        return None if value is None else _build(inner[0], value)
    if origin is not None and isinstance(value, list):
        (item_kind, *_rest) = typing.get_args(kind)
        return tuple(_build(item_kind, item) for item in value)
    if isinstance(kind, type):
        if dataclasses.is_dataclass(kind) and isinstance(value, dict):
            hints = typing.get_type_hints(kind)
            known = {field.name for field in dataclasses.fields(kind)}
            return kind(**{name: _build(hints[name], item) for name, item in value.items() if name in known})
        if issubclass(kind, Enum):
            return kind(value)
        if kind is date and isinstance(value, str):
            return date.fromisoformat(value)
    return value
