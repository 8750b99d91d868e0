"""The one place that calls the JSON-LD processor: no base, no network, no second context, typed errors.

The processor has no safe mode: terms that no context defines and relative identifiers vanish in silence.
:mod:`credentials.canonical.guard` finds them; nothing else may call this module on a document to be trusted.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from threading import Lock
from typing import TypeAlias, TypeVar, cast

from pyld import jsonld
from pyld.context_resolver import ContextResolver

from contexts import ContextLoader, ContextNotPinnedError
from credentials.errors import CanonicalizationError, ContextError, CredentialError, ErrorCode
from credentials.json_input import JsonObject, JsonValue

Term: TypeAlias = dict[str, str]
Quad: TypeAlias = dict[str, Term]
Dataset: TypeAlias = dict[str, list[Quad]]

_T = TypeVar("_T")
_LOCK = Lock()
"""The processor keeps caches of contexts that it changes without protection; threads take turns."""
_CAUSES = 12
_LOADERS = 8
_CONFLICTS = frozenset(
    {
        "protected term redefinition",
        "invalid context nullification",
        "cyclic IRI mapping",
        "invalid term definition",
        "keyword redefinition",
    }
)


def expand(document: JsonObject, loader: ContextLoader) -> list[JsonValue]:
    """Give the expanded form.

    Raises:
        ContextError: A context is not pinned or contradicts another.
        CanonicalizationError: The document is not JSON-LD.

    Spec: JSON-LD 1.1 Processing Algorithms, section 5.1.
    """
    return _run(lambda: cast("list[JsonValue]", jsonld.expand(document, _options(loader))))


def compact(expanded: list[JsonValue], context: JsonValue, loader: ContextLoader) -> JsonObject:
    """Give the compacted form of an expanded document, without its ``@context``.

    Raises:
        ContextError: A context is not pinned or contradicts another.
        CanonicalizationError: The expanded form is not JSON-LD.

    Spec: JSON-LD 1.1 Processing Algorithms, section 6.1.
    """
    options = {**_options(loader), "skipExpansion": True}
    document = _run(lambda: cast("JsonObject", jsonld.compact(expanded, {"@context": context}, options)))
    return {name: value for name, value in document.items() if name != "@context"}


def to_dataset(document: JsonObject, loader: ContextLoader) -> Dataset:
    """Give the RDF dataset.

    Raises:
        ContextError: A context is not pinned or contradicts another.
        CanonicalizationError: The document is not JSON-LD.

    Spec: JSON-LD 1.1 Processing Algorithms, section 8.1.
    """
    return _run(lambda: cast("Dataset", jsonld.to_rdf(document, _options(loader))))


def typed_error(cause: BaseException) -> CredentialError:
    """Turn whatever the processor raised into an error of ours."""
    code = ""
    step: BaseException | None = cause
    for _ in range(_CAUSES):
        if step is None:
            break
        if isinstance(step, CredentialError):
            return step
        if isinstance(step, ContextNotPinnedError):
            return ContextError(ErrorCode.CONTEXT_NOT_PINNED, where="/@context", detail=step.url[:200])
        code = getattr(step, "code", None) or code
        step = step.__cause__
    if code in _CONFLICTS:
        return ContextError(ErrorCode.CONTEXT_CONFLICT, where="/@context", detail=code)
    return CanonicalizationError(ErrorCode.CANONICAL_INVALID, detail=code or type(cause).__name__)


def _run(action: Callable[[], _T]) -> _T:
    try:
        with _LOCK:
            return action()
    except Exception as cause:  # on hostile input the processor raises all kinds
        raise typed_error(cause) from cause


def _options(loader: ContextLoader) -> dict[str, object]:
    document_loader, shared = _serving(loader)
    return {
        "base": None,
        "documentLoader": document_loader,
        "contextResolver": ContextResolver(shared, document_loader),
        "processingMode": "json-ld-1.1",
        "extractAllScripts": False,
    }


@lru_cache(maxsize=_LOADERS)
def _serving(loader: ContextLoader) -> tuple[Callable[..., Mapping[str, object]], dict[str, object]]:
    """Give the processor's kind of loader, and a cache of contexts that belongs to this loader alone."""

    def document_loader(url: str, _options: object = None) -> Mapping[str, object]:
        return {
            "contextUrl": None,
            "documentUrl": url,
            "contentType": "application/ld+json",
            "document": loader(url),
            "tag": "static",
        }

    return document_loader, {}
