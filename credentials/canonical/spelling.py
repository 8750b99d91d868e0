"""The document against the compacted form of what is signed: member by member, equal but for named forms.

Spec: JSON-LD 1.1 Processing Algorithms, section 6 (compaction).
"""

from collections.abc import Mapping
from functools import lru_cache

from contexts import ContextLoader
from credentials.errors import DataLossError, ErrorCode
from credentials.json_input import JsonObject, JsonValue, pointer

TYPE_ALIASES = frozenset({"AchievementCredential", "OpenBadgeCredential"})
"""Two names of one type (Open Badges 3.0, appendix B.1.2): both are read as that type everywhere."""

_CLASS_OF_PROPERTY: Mapping[str, str] = {"geo": "GeoCoordinates", "image": "Image", "criteria": "Criteria"}
"""Open Badges gives a property and a class the same IRI here, and compaction takes the shorter name."""


_CLASSES = ("obi:", "cred:", "https://purl.imsglobal.org/spec/vc/clr/vocab.html#")
"""The CLR context gives some properties a class for datatype; compaction then has no name for an object."""

_LOADERS = 8


@lru_cache(maxsize=_LOADERS)
def for_compaction(loader: ContextLoader) -> ContextLoader:
    """Give a loader whose contexts name every property whose values are objects.

    What is signed is expanded with the published contexts; only the way back needs this.

    Args:
        loader: Gives the published contexts.
    """
    amended: dict[str, Mapping[str, object]] = {}

    def load(url: str) -> Mapping[str, object]:
        if url not in amended:
            amended[url] = {name: _without_classes(value) for name, value in loader(url).items()}
        return amended[url]

    return load


def _without_classes(value: object) -> object:
    if isinstance(value, list):
        return [_without_classes(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    return {
        name: _without_classes(child)
        for name, child in value.items()
        if not (name == "@type" and isinstance(child, str) and child.startswith(_CLASSES))
    }


def check_spelling(document: JsonObject, compacted: JsonObject) -> None:
    """Return if the document is the compacted form of itself.

    Equal are a single value and an array of that one value, ``{"id": X}`` and ``X`` where X is an address,
    and the two names of the Open Badges credential type.

    Args:
        document: The document.
        compacted: The compacted form of its expanded form, without ``@context``.

    Raises:
        DataLossError: With the place of the first member that is dropped, or would be written otherwise.
    """
    members = {name: value for name, value in document.items() if name != "@context"}
    _compare_members(members, compacted, "")


def _compare(written: JsonValue, signed: JsonValue, where: str) -> None:
    if isinstance(written, list):
        items = signed if isinstance(signed, list) else [signed]
        if len(items) != len(written):
            raise DataLossError(ErrorCode.LOSSLESS_SPELLING, where=where, detail="items are lost or merged")
        for index, (item, other) in enumerate(zip(written, items, strict=True)):
            _compare(item, other, pointer(where, index))
        return
    if isinstance(signed, list) and len(signed) == 1:
        signed = signed[0]
    if isinstance(written, dict) and isinstance(signed, dict):
        _compare_members(written, signed, where)
    elif not _same_scalar(_reference(written), _reference(signed)):
        raise DataLossError(ErrorCode.LOSSLESS_SPELLING, where=where)


def _compare_members(written: JsonObject, signed: JsonObject, where: str) -> None:
    for name, value in written.items():
        place = pointer(where, name)
        if name not in signed:
            raise DataLossError(
                ErrorCode.LOSSLESS_UNDEFINED, where=place, detail="no context gives it a meaning here"
            )
        if name == "type":
            _compare_types(value, signed[name], place)
        else:
            _compare(value, signed[name], place)
    extra = signed.keys() - written.keys()
    if extra:
        raise DataLossError(
            ErrorCode.LOSSLESS_SPELLING, where=where, detail=f"should be written {min(extra)[:80]}"
        )


def _compare_types(written: JsonValue, signed: JsonValue, where: str) -> None:
    names = written if isinstance(written, list) else [written]
    others = signed if isinstance(signed, list) else [signed]
    if len(names) != len(others):
        raise DataLossError(ErrorCode.LOSSLESS_DUPLICATE, where=where)
    for name, other in zip(names, others, strict=True):
        if not isinstance(name, str) or not isinstance(other, str):
            raise DataLossError(ErrorCode.LOSSLESS_SPELLING, where=where)
        if name != _CLASS_OF_PROPERTY.get(other, other) and not {name, other} <= TYPE_ALIASES:
            raise DataLossError(
                ErrorCode.LOSSLESS_SPELLING, where=where, detail=f"should be written {other[:80]}"
            )


def _reference(value: JsonValue) -> JsonValue:
    """Read ``{"id": X}`` as X; whether X is an address was decided by the context, alike on both sides."""
    return value["id"] if isinstance(value, dict) and value.keys() == {"id"} else value


def _same_scalar(written: JsonValue, signed: JsonValue) -> bool:
    return type(written) is type(signed) and not isinstance(written, dict | list) and written == signed
