"""Which lists of contexts a signed document may name.

The list itself is not part of the dataset that is signed: another list that happens to give every term the
same meaning would verify too. So only one list is accepted for a document: the base context, then pinned
ones in the manifest's order, each once, each defining at least one name that the document uses and that no
other context of the list defines.

Spec: VC Data Model 2.0, section 4.3; Data Integrity 1.0, section 4.6 (Context Validation).
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

import contexts
from contexts import ContextLoader, ContextNotPinnedError
from credentials.errors import ContextError, ErrorCode
from credentials.json_input import JsonObject, JsonValue, pointer

BASE_CONTEXT = "https://www.w3.org/ns/credentials/v2"
MAX_CONTEXTS = 8

_KNOWN_DOCUMENTS = 64


def check_contexts(document: JsonObject, loader: ContextLoader = contexts.load) -> None:
    """Return if the document names its contexts in the one accepted way.

    Args:
        document: A credential, within the limits of :mod:`credentials.json_input`.
        loader: Gives the contexts; those that the manifest does not know come last in a list.

    Raises:
        ContextError: The list is missing, holds an unpinned, inline, repeated, misplaced or useless context,
            or a part of the document has a context of its own.

    Spec: Data Integrity 1.0, section 4.6.
    """
    listed = _listed(document)
    for index, url in enumerate(listed):
        _known(url, index, loader)
    if listed[0] != BASE_CONTEXT:
        raise ContextError(
            ErrorCode.CONTEXT_LIST, where="/@context/0", detail="the base context is not first"
        )
    _check_order(listed)
    _refuse_nested(document)
    _check_use(document, listed, loader)


def _listed(document: JsonObject) -> list[str]:
    listed = document.get("@context")
    if listed is None:
        raise ContextError(ErrorCode.CONTEXT_MISSING, where="")
    if not isinstance(listed, list) or not 0 < len(listed) <= MAX_CONTEXTS:
        raise ContextError(ErrorCode.CONTEXT_LIST, where="/@context", detail="not a list, empty, or too long")
    urls: list[str] = []
    for index, entry in enumerate(listed):
        where = pointer("/@context", index)
        if not isinstance(entry, str):
            raise ContextError(ErrorCode.CONTEXT_INLINE, where=where)
        if entry in urls:
            raise ContextError(ErrorCode.CONTEXT_LIST, where=where, detail="listed twice")
        urls.append(entry)
    return urls


def _known(url: str, index: int, loader: ContextLoader) -> None:
    try:
        loader(url)
    except ContextNotPinnedError as cause:
        where = pointer("/@context", index)
        raise ContextError(ErrorCode.CONTEXT_NOT_PINNED, where=where, detail=url[:200]) from cause


def _check_order(listed: list[str]) -> None:
    order = {url: rank for rank, url in enumerate(contexts.urls())}
    ranks = [order.get(url, len(order)) for url in listed]
    for index in range(1, len(ranks)):
        if ranks[index] < ranks[index - 1]:
            raise ContextError(
                ErrorCode.CONTEXT_LIST, where=pointer("/@context", index), detail="out of order"
            )


def _refuse_nested(document: JsonObject) -> None:
    stack: list[tuple[JsonValue, str]] = [
        (value, pointer("", name)) for name, value in document.items() if name != "@context"
    ]
    while stack:
        value, where = stack.pop()
        if isinstance(value, dict):
            if "@context" in value:
                raise ContextError(ErrorCode.CONTEXT_NESTED, where=pointer(where, "@context"))
            stack.extend((child, pointer(where, name)) for name, child in value.items())
        elif isinstance(value, list):
            stack.extend((child, pointer(where, index)) for index, child in enumerate(value))


def _check_use(document: JsonObject, listed: list[str], loader: ContextLoader) -> None:
    used = set(_used_names(document))
    defined = [_defined_names(url, loader) for url in listed]
    for index in range(1, len(listed)):
        elsewhere = frozenset().union(*(names for other, names in enumerate(defined) if other != index))
        only_here = defined[index] - elsewhere
        names_all = "@vocab" in only_here and used - elsewhere
        if not (used & only_here or names_all):
            raise ContextError(ErrorCode.CONTEXT_UNUSED, where=pointer("/@context", index))


def _used_names(value: JsonValue) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _used_names(item)
    elif isinstance(value, dict):
        for name, child in value.items():
            yield name
            if name == "type":
                yield from _texts(child)
            elif name != "@context":
                yield from _used_names(child)


def _texts(value: JsonValue) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item


@lru_cache(maxsize=_KNOWN_DOCUMENTS)
def _defined_names(url: str, loader: ContextLoader) -> frozenset[str]:
    """Give every term that a context defines, at its top or inside the scope of another term."""
    return frozenset(_terms(loader(url).get("@context")))


def _terms(context: object) -> Iterator[str]:
    if isinstance(context, list):
        for item in context:
            yield from _terms(item)
    elif isinstance(context, Mapping):
        for name, definition in context.items():
            yield name
            if isinstance(definition, Mapping):
                yield from _terms(definition.get("@context"))
