"""Complete what a feed says of a fiche: from the version kept before, else from named defaults; each is said.

Nothing is taken silently: what neither the feed nor the earlier version gives, and has no default that the
law names, stays a fault of the document for a person to mend.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from credentials.report import Sentence

_IDENTITY = ("code", "key", "id", "year")
"""Members by which an item of a list is the same item in another version."""

DEFAULT_LANGUAGE = "fr"
DEFAULT_JURY: Mapping[str, object] = {
    "internal_pedagogical_heads": 1,
    "external_professionals": 1,
    "minimum_total": 2,
}
"""The least that any jury of a certification has: two people, one of them a professional (D. 6412-6)."""

DEFAULT_ACQUISITION = (
    "Pour acquérir la certification, il convient d’avoir validé tous les blocs de compétences."
)


class Origin(StrEnum):
    """Where a value that the feed lacks comes from."""

    EARLIER = "earlier"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Completed:
    """One value that did not come from the feed.

    Attributes:
        place: Where it stands in the document.
        origin: Where it comes from.
        message: What a person should know of it.
    """

    place: str
    origin: Origin
    message: Sentence

    def to_dict(self) -> Mapping[str, object]:
        """Give it as JSON values."""
        return {"place": self.place, "origin": self.origin.value, "message": self.message.to_dict()}


@dataclass(frozen=True, slots=True)
class Completion:
    """A fiche's document with what was added to the feed's.

    Attributes:
        document: The document, to be read as strictly as any other.
        notes: Each value that did not come from the feed.
    """

    document: Mapping[str, object]
    notes: Sequence[Completed]


def completed(stated: Mapping[str, object], earlier: Mapping[str, object] | None) -> Completion:
    """Complete a feed's document.

    Args:
        stated: What the feed states, in the form ``rncp-fiche/1``.
        earlier: The newest version kept of the same fiche, or None.

    Returns:
        The document and what was added; the same again for one that is complete.

    Spec: french-domain.md, section 8 (never overwrite silently).
    """
    notes: list[Completed] = []
    document = dict(_merged(stated, earlier or {}, "", notes))
    _language(document, notes)
    _routes(document, earlier or {}, notes)
    _acquisition(document, notes)
    return Completion(document, tuple(notes))


def _merged(
    stated: Mapping[str, object], earlier: Mapping[str, object], place: str, notes: list[Completed]
) -> Mapping[str, object]:
    merged = dict(stated)
    for key, kept in earlier.items():
        where = f"{place}.{key}" if place else key
        if key not in stated or stated[key] is None:
            merged[key] = kept
            if kept is not None and not place.startswith("blocks["):
                notes.append(_from_earlier(where))
        else:
            merged[key] = _value(stated[key], kept, where, notes)
    return merged


def _value(stated: object, kept: object, place: str, notes: list[Completed]) -> object:
    if isinstance(stated, Mapping) and isinstance(kept, Mapping):
        return _merged(stated, kept, place, notes)
    if isinstance(stated, list) and isinstance(kept, list):
        return _list(stated, kept, place)
    return kept if _same_text(stated, kept) else stated


def _list(stated: list[object], kept: list[object], place: str) -> list[object]:
    """Join a list's items with those of the same identity; of competences, those of the same text."""
    if place.endswith(".competences"):
        texts = [item.get("text") for item in kept if isinstance(item, Mapping)]
        return kept if texts == [item.get("text") for item in stated if isinstance(item, Mapping)] else stated
    before = {_identity(item): item for item in kept}
    # What an earlier item has more than the feed's is told once for the list, not item by item.
    return [
        _value(item, before[_identity(item)], f"{place}[{_identity(item)}]", [])
        if _identity(item) in before
        else item
        for item in stated
    ]


def _identity(item: object) -> object:
    if isinstance(item, Mapping):
        return next((str(item[name]) for name in _IDENTITY if name in item), "")
    return str(item)


def _same_text(stated: object, kept: object) -> bool:
    return str(stated) == str(kept)


def _from_earlier(place: str) -> Completed:
    return Completed(
        place,
        Origin.EARLIER,
        Sentence(
            f"Le flux ne donne pas «\u202f{place}\u202f»\u202f: valeur de la version précédente gardée.",
            f"The feed does not give “{place}”: the earlier version’s value is kept.",
        ),
    )


def _language(document: dict[str, object], notes: list[Completed]) -> None:
    if "language" not in document:
        document["language"] = DEFAULT_LANGUAGE
        notes.append(_default("language", "le français", "French"))


def _default(place: str, french: str, english: str) -> Completed:
    return Completed(
        place,
        Origin.DEFAULT,
        Sentence(
            f"Le flux ne donne pas «\u202f{place}\u202f»\u202f: par défaut, {french}. À vérifier.",
            f"The feed does not give “{place}”: by default, {english}. To be checked.",
        ),
    )


def _routes(document: dict[str, object], earlier: Mapping[str, object], notes: list[Completed]) -> None:
    routes = document.get("access_routes")
    if not isinstance(routes, list):
        return
    before = {_identity(item): item for item in _items(earlier.get("access_routes"))}
    made: list[object] = []
    for route in routes:
        if not isinstance(route, Mapping):
            made.append(route)
            continue
        place = f"access_routes[{route.get('key')}].jury_rule"
        if route.get("open") is not True:
            made.append({key: value for key, value in route.items() if key != "jury_rule"})
            continue
        if route.get("jury_rule") is None:
            notes.append(
                _default(place, "deux membres, dont un professionnel", "two members, one a professional")
            )
        else:
            notes.append(_kept_rule(place, changed=_changed(route, before.get(_identity(route)))))
        made.append({**route, "jury_rule": route.get("jury_rule") or DEFAULT_JURY})
    document["access_routes"] = made


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _changed(route: Mapping[str, object], before: object) -> bool:
    name = "jury_composition_as_written"
    return isinstance(before, Mapping) and before.get(name) != route.get(name)


def _kept_rule(place: str, *, changed: bool) -> Completed:
    if not changed:
        return _from_earlier(place)
    return Completed(
        place,
        Origin.EARLIER,
        Sentence(
            "La composition du jury est rédigée autrement\u202f: la règle précédente est gardée. À vérifier.",
            "The jury’s composition is worded otherwise: the earlier rule is kept. To be checked.",
        ),
    )


def _acquisition(document: dict[str, object], notes: list[Completed]) -> None:
    held = document.get("acquisition")
    acquisition = dict(held) if isinstance(held, Mapping) else {}
    codes = [item.get("code") for item in _items(document.get("blocks")) if isinstance(item, Mapping)]
    if not acquisition.get("text"):
        acquisition["text"] = DEFAULT_ACQUISITION
        notes.append(_default("acquisition.text", "tous les blocs", "every block"))
    required = acquisition.get("required_blocks")
    if not isinstance(required, list) or not set(map(str, required)) <= set(map(str, codes)):
        acquisition["required_blocks"] = codes
        notes.append(_default("acquisition.required_blocks", "tous les blocs", "every block"))
    document["acquisition"] = acquisition
