"""A small language for the shape of objects: which members, of which kind, how many."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from credentials.json_input import JsonObject, JsonValue, pointer
from credentials.structure.findings import Examination, member_of
from credentials.structure.scalars import Kind, examine_scalar
from credentials.structure.values import types_of

__all__ = ["Examiner", "Kind", "Member", "Shape", "Shapes", "Vocabulary"]

Examiner: TypeAlias = Callable[[JsonObject, Examination], None]
"""Examines an object as a document of its own: the places that it notes begin at that object."""


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
        of: A scalar kind, a vocabulary, the name of a shape, or the examiner of a document of its own.
        required: Whether it must be there.
        many: Whether the strict form is an array; a single value is then read, and said.
        either: Whether one value and an array are both the strict form.
        tolerant: Whether the strict form is one value; an array is then read, and said.
        notice: What is said wherever the member is met.
    """

    of: "Kind | Vocabulary | str | Examiner"
    required: bool = False
    many: bool = False
    either: bool = False
    tolerant: bool = False
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape of an object.

    Attributes:
        types: Of which the object's ``type`` must name at least one; empty where it needs none.
        members: By name; members that are not listed are left to the contexts.
        scalar_type: True where the strict form of ``type`` is a string, False where it is an array, None
            where both are.
        closed: True where no other member is allowed.
        any_of: Of which at least one member must be there.
        rule: What holds between members, or None.
    """

    types: frozenset[str]
    members: Mapping[str, Member] = field(default_factory=dict)
    scalar_type: bool | None = False
    closed: bool = False
    any_of: tuple[str, ...] = ()
    rule: Examiner | None = None


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
            for member in sorted(value.keys() - shape.members.keys() - {"type"}):
                found.fault("structure.member_not_allowed", pointer(where, member), member=member)
        if shape.rule is not None:
            _examine_inner(value, shape.rule, where, found)

    def _examine_type(self, value: JsonObject, shape: Shape, where: str, found: Examination) -> None:
        if not shape.types:
            return
        types = types_of(value)
        if not types:
            found.fault("structure.missing_member", pointer(where, "type"), member="type")
        elif shape.types.isdisjoint(types):
            expected = " / ".join(sorted(shape.types))
            found.fault("structure.type_not_named", pointer(where, "type"), expected=expected)
        elif shape.scalar_type is not None and isinstance(value["type"], str) != shape.scalar_type:
            found.notice("notice.one_or_many")

    def _examine_member(self, value: JsonValue, rule: Member, where: str, found: Examination) -> None:
        if rule.notice is not None:
            found.notice(rule.notice)
        if isinstance(value, list) and (rule.many or rule.either or rule.tolerant):
            if rule.tolerant:
                found.notice("notice.one_or_many")
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
        elif isinstance(rule.of, Kind):
            examine_scalar(value, rule.of, where, found)
        elif isinstance(value, dict):
            _examine_inner(value, rule.of, where, found)
        else:
            found.fault("structure.wrong_type", where, member=member_of(where))


def _examine_inner(value: JsonObject, examiner: Examiner, where: str, found: Examination) -> None:
    inner = Examination()
    examiner(value, inner)
    found.include(inner, where)
