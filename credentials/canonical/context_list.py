"""Which lists of contexts a signed document may name.

The list itself is not part of the dataset that is signed: another list that happens to give every term the
same meaning would verify too. So only one list is accepted for a document: the base context, then pinned
ones in the manifest's order, each once, each defining at least one name that the document uses and that no
other context of the list defines.

Spec: VC Data Model 2.0, section 4.3; Data Integrity 1.0, section 4.6 (Context Validation).
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import contexts
from contexts import ContextLoader, ContextNotPinnedError
from credentials.errors import ContextError, ErrorCode
from credentials.json_input import JsonObject, JsonValue, pointer

BASE_CONTEXT = "https://www.w3.org/ns/credentials/v2"
MAX_CONTEXTS = 8

_OF_PROOFS = "https://w3id.org/security/"
"""Contexts of proofs come last, after those that the manifest does not know."""

_KNOWN_DOCUMENTS = 64
_OLDER_BASE = "https://www.w3.org/2018/credentials/v1"
_OLDER_LIST = "StatusList2021Credential"


def check_contexts(
    document: JsonObject, loader: ContextLoader = contexts.load, *, proofs: Sequence[JsonObject] = ()
) -> None:
    """Return if the document names its contexts in the one accepted way.

    Args:
        document: A credential, within the limits of :mod:`credentials.json_input`.
        loader: Gives the contexts; those that the manifest does not know come last but for those of proofs.
        proofs: Its proofs, whose names are in use too.

    Raises:
        ContextError: The list is missing, holds an unpinned, inline, repeated, misplaced or useless context,
            or a part of the document has a context of its own.

    Spec: Data Integrity 1.0, section 4.6.
    """
    listed = check_known(document, loader)
    if listed[0] != _base_of(document):
        raise ContextError(
            ErrorCode.CONTEXT_LIST, where="/@context/0", detail="the base context is not first"
        )
    _check_order(listed)
    _refuse_nested(document)
    _check_use([document, *proofs], listed, loader)


def check_known(document: JsonObject, loader: ContextLoader = contexts.load) -> list[str]:
    """Return the addresses of the document's contexts if all of them are pinned.

    Args:
        document: A credential, within the limits of :mod:`credentials.json_input`.
        loader: Gives the contexts.

    Raises:
        ContextError: The list is missing, malformed, or holds an unpinned, inline or repeated context.
    """
    listed = _listed(document)
    for index, url in enumerate(listed):
        _known(url, index, loader)
    return listed


def _base_of(document: JsonObject) -> str:
    """Give the base context of a document's data model.

    The context of Status List 2021 contradicts that of VCDM 2.0, so a list of that kind follows VCDM 1.1.
    """
    return _OLDER_BASE if _OLDER_LIST in _texts(document.get("type")) else BASE_CONTEXT


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
    unlisted = min(rank for url, rank in order.items() if url.startswith(_OF_PROOFS))
    ranks = [order.get(url, unlisted) for url in listed]
    for index in range(1, len(ranks)):
        if ranks[index] < ranks[index - 1]:
            raise ContextError(
                ErrorCode.CONTEXT_LIST, where=pointer("/@context", index), detail="out of order"
            )


def _refuse_nested(document: JsonObject) -> None:
    for name, value in document.items():
        if name != "@context":
            _refuse_within(value, pointer("", name))


def _refuse_within(value: JsonValue, where: str) -> None:
    if isinstance(value, dict):
        if "@context" in value:
            raise ContextError(ErrorCode.CONTEXT_NESTED, where=pointer(where, "@context"))
        for name, child in value.items():
            _refuse_within(child, pointer(where, name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            _refuse_within(child, pointer(where, index))


def _check_use(written: Sequence[JsonObject], listed: list[str], loader: ContextLoader) -> None:
    used = {name for item in written for name in _used_names(item)}
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
