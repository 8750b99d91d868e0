"""Two versions of a fiche side by side: what differs, block by block, text by text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from issuer.errors import NotFoundError
from issuer.ports import Registry

_IDENTITY = ("code", "key", "id", "year")


class Kind(StrEnum):
    """What became of a value."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is not the same in both versions.

    Attributes:
        place: Where it stands, e.g. ``blocks[RNCP35080BC01].title``.
        kind: What became of it.
        before: Its value in the first version as text, or None.
        after: Its value in the second, or None.
        block: Code of the block that it belongs to, or None for the fiche itself.
    """

    place: str
    kind: Kind
    before: str | None
    after: str | None
    block: str | None = None

    def to_dict(self) -> Mapping[str, object]:
        """Give it as JSON values."""
        return {
            "place": self.place,
            "kind": self.kind.value,
            "before": self.before,
            "after": self.after,
            "block": self.block,
        }


def compare_documents(before: Mapping[str, object], after: Mapping[str, object]) -> Sequence[Difference]:
    """Tell what differs between two versions of a fiche.

    Args:
        before: The first document.
        after: The second document.

    Returns:
        Every difference, in the order of the second document; nothing for equal documents, and for each
        difference the contrary one the other way round.

    Spec: design.md, section 1 (every certification is data, versioned).
    """
    return tuple(_mapping(before, after, "", None))


def compare_versions(registry: Registry, code: str, first: str, second: str) -> Sequence[Difference]:
    """Tell what differs between two kept versions.

    Args:
        registry: The open unit of work.
        code: Code of the fiche.
        first: Label of one version.
        second: Label of the other.

    Raises:
        NotFoundError: ``certification.version_unknown``.
    """
    return compare_documents(document_of(registry, code, first), document_of(registry, code, second))


def document_of(registry: Registry, code: str, version: str) -> Mapping[str, object]:
    """Give the document of a version as it was handed in.

    Raises:
        NotFoundError: ``certification.version_unknown``.
    """
    found = registry.certification_document(code, version)
    if found is None:
        known = [kept.version for kept in registry.certifications() if kept.code == code]
        raise NotFoundError(
            "certification.version_unknown",
            "the register holds no such version of this fiche",
            where=f"{code} v{version}",
            remedy=f"known: {', '.join(known)}" if known else "list them with: parchemin certification list",
        )
    return found


def _mapping(
    before: Mapping[str, object], after: Mapping[str, object], place: str, block: str | None
) -> Iterator[Difference]:
    for key in dict.fromkeys([*after, *before]):
        where = f"{place}.{key}" if place else key
        yield from _value(before.get(key), after.get(key), where, block)


def _value(before: object, after: object, place: str, block: str | None) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _mapping(before, after, place, block)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _list(before, after, place, block)
    elif before in (None, [], {}):
        yield from _whole(after, place, block, Kind.ADDED)
    elif after in (None, [], {}):
        yield from _whole(before, place, block, Kind.REMOVED)
    else:
        yield Difference(place, Kind.CHANGED, _text(before), _text(after), block)


def _list(before: list[object], after: list[object], place: str, block: str | None) -> Iterator[Difference]:
    first, second = _named(before), _named(after)
    if first is None or second is None:
        yield from _lines(before, after, place, block)
        return
    for name in dict.fromkeys([*second, *first]):
        of = name if place == "blocks" else block
        yield from _value(first.get(name), second.get(name), f"{place}[{name}]", of)
    if list(first) != list(second) and set(first) == set(second):
        yield Difference(place, Kind.CHANGED, ", ".join(first), ", ".join(second), block)


def _named(items: list[object]) -> dict[str, object] | None:
    """Give a list's items by what identifies them, or None where they are lines in an order."""
    named: dict[str, object] = {}
    for item in items:
        name = (
            next((str(item[key]) for key in _IDENTITY if key in item), "")
            if isinstance(item, Mapping)
            else ""
        )
        if not name or name in named:
            return None
        named[name] = item
    return named


def _lines(before: list[object], after: list[object], place: str, block: str | None) -> Iterator[Difference]:
    old, new = [_text(item) for item in before], [_text(item) for item in after]
    for tag, start, end, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for index in range(max(end - start, to - from_)):
            gone = old[start + index] if start + index < end else None
            come = new[from_ + index] if from_ + index < to else None
            kind = Kind.ADDED if gone is None else Kind.REMOVED if come is None else Kind.CHANGED
            number = (start if come is None else from_) + index + 1
            yield Difference(f"{place}[{number}]", kind, gone, come, block)


def _whole(value: object, place: str, block: str | None, kind: Kind) -> Iterator[Difference]:
    """Tell each text of a value that stands on one side alone."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _whole(item, f"{place}.{key}", block, kind)
    elif isinstance(value, list):
        named = _named(value)
        for number, item in enumerate(value, start=1):
            name = list(named)[number - 1] if named else str(number)
            yield from _whole(item, f"{place}[{name}]", block, kind)
    elif value is not None:
        text = _text(value)
        before, after = (None, text) if kind is Kind.ADDED else (text, None)
        yield Difference(place, kind, before, after, block)


def _text(value: object) -> str:
    match value:
        case bool():
            return "oui" if value else "non"
        case Mapping():
            return "; ".join(f"{key}: {_text(item)}" for key, item in value.items())
        case list():
            return ", ".join(_text(item) for item in value)
        case _:
            return str(value)
