"""A small language for the shape of objects: which members, of which kind, how many."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from credentials.json_input import JsonObject, JsonValue, pointer
from credentials.structure.findings import Examination, member_of
from credentials.structure.hygiene import is_language_value
from credentials.structure.values import instant_of, is_url, lacks_offset, types_of


class Kind(Enum):
    """The kinds of a scalar member."""

    TEXT = auto()
    LANGUAGE_TEXT = auto()
    URL = auto()
    INSTANT = auto()
    BOOLEAN = auto()
    NUMBER = auto()
    COUNT = auto()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """An extensible enumeration: its terms, or ``ext:`` and a name.

    The published pattern is not anchored; ours is.

    Spec: Open Badges 3.0, Extending Enumerated Vocabularies.
    """

    terms: frozenset[str]
    extensible: bool = True

    def holds(self, value: JsonValue) -> bool:
        """Say whether a value is of this vocabulary."""
        if not isinstance(value, str):
            return False
        prefix, _, name = value.partition("ext:")
        extended = self.extensible and not prefix and name != "" and set(name) <= _EXTENSION_CHARACTERS
        return value in self.terms or extended


_EXTENSION_CHARACTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")


@dataclass(frozen=True, slots=True)
class Member:
    """One member.

    Attributes:
        of: A scalar kind, a vocabulary, or the name of a shape.
        required: Whether it must be there.
        many: Whether the strict form is an array; a single value is then read, and said.
        either: Whether one value and an array are both the strict form.
    """

    of: "Kind | Vocabulary | str"
    required: bool = False
    many: bool = False
    either: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape of an object.

    Attributes:
        types: Of which the object's ``type`` must name at least one; empty where it needs none.
        members: By name; members that are not listed are left to the contexts.
        scalar_type: True where the strict form of ``type`` is a string, not an array.
        closed: True where no other member is allowed.
        any_of: Of which at least one member must be there.
    """

    types: frozenset[str]
    members: Mapping[str, Member] = field(default_factory=dict)
    scalar_type: bool = False
    closed: bool = False
    any_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shapes:
    """A set of shapes that name each other."""

    by_name: Mapping[str, Shape]

    def examine(self, value: JsonValue, name: str, where: str, found: Examination) -> None:
        """Compare a value with a shape.

        Args:
            value: The value.
            name: The shape's name.
            where: The value's JSON pointer.
            found: Where faults and leniencies are noted.
        """
        if not isinstance(value, dict):
            found.fault("structure.wrong_type", where, member=name)
            return
        shape = self.by_name[name]
        self._examine_type(value, shape, where, found)
        for member, rule in shape.members.items():
            if member in value:
                self._examine_member(value[member], rule, pointer(where, member), found)
            elif rule.required:
                found.fault("structure.missing_member", pointer(where, member), member=member)
        if shape.any_of and not any(member in value for member in shape.any_of):
            found.fault("structure.missing_member", where, member=" / ".join(shape.any_of))
        if shape.closed:
            for member in value.keys() - shape.members.keys() - {"type"}:
                found.fault("structure.member_not_allowed", pointer(where, member), member=member)

    def _examine_type(self, value: JsonObject, shape: Shape, where: str, found: Examination) -> None:
        if not shape.types:
            return
        types = types_of(value)
        if not types:
            found.fault("structure.missing_member", pointer(where, "type"), member="type")
        elif shape.types.isdisjoint(types):
            expected = " / ".join(sorted(shape.types))
            found.fault("structure.type_not_named", pointer(where, "type"), expected=expected)
        elif isinstance(value["type"], str) != shape.scalar_type:
            found.notice("notice.one_or_many")

    def _examine_member(self, value: JsonValue, rule: Member, where: str, found: Examination) -> None:
        if isinstance(value, list) and (rule.many or rule.either):
            for number, item in enumerate(value):
                self._examine_value(item, rule, pointer(where, number), found)
            return
        if rule.many:
            found.notice("notice.one_or_many")
        self._examine_value(value, rule, where, found)

    def _examine_value(self, value: JsonValue, rule: Member, where: str, found: Examination) -> None:
        if isinstance(rule.of, str):
            self.examine(value, rule.of, where, found)
        elif isinstance(rule.of, Vocabulary):
            if not rule.of.holds(value):
                found.fault("structure.not_in_vocabulary", where, member=member_of(where))
        else:
            examine_scalar(value, rule.of, where, found)


def examine_scalar(value: JsonValue, kind: Kind, where: str, found: Examination) -> None:
    """Compare a value with a scalar kind.

    Args:
        value: The value.
        kind: What it must be.
        where: The value's JSON pointer.
        found: Where faults and leniencies are noted.
    """
    match kind:
        case Kind.URL:
            if not is_url(value):
                found.fault("structure.not_a_url", where, member=member_of(where))
        case Kind.INSTANT:
            if instant_of(value) is None:
                found.fault("structure.not_an_instant", where, member=member_of(where))
            elif isinstance(value, str) and lacks_offset(value):
                found.notice("notice.no_offset")
        case _:
            if not _is(value, kind):
                found.fault("structure.wrong_type", where, member=member_of(where))


def _is(value: JsonValue, kind: Kind) -> bool:
    match kind:
        case Kind.TEXT:
            return isinstance(value, str)
        case Kind.LANGUAGE_TEXT:
            items = value if isinstance(value, list) else [value]
            return all(isinstance(item, str) or is_language_value(item) for item in items)
        case Kind.BOOLEAN:
            return isinstance(value, bool)
        case Kind.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Kind.COUNT:
            return isinstance(value, int) and not isinstance(value, bool) and value > 0
        case _:
            return False
