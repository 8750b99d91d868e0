"""The one place that calls the JSON-LD processor: no base, no network, no second context, typed errors.

The processor has no safe mode: terms that no context defines and relative identifiers vanish in silence.
:mod:`credentials.canonical.guard` finds them; nothing else may call this module on a document to be trusted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Any, Final, TypeAlias, TypeVar, cast

from pyld.context_resolver import ContextResolver
from pyld.jsonld import JsonLdProcessor

from contexts import ContextLoader, ContextNotPinnedError
from credentials.errors import (
    CanonicalizationError,
    ContextError,
    CredentialError,
    ErrorCode,
    WorkBudgetError,
)
from credentials.json_input import JsonObject, JsonValue

Term: TypeAlias = dict[str, str]
Quad: TypeAlias = dict[str, Term]
Dataset: TypeAlias = dict[str, list[Quad]]

_Scope: TypeAlias = tuple[str, int, tuple[tuple[str, Any], ...]]
"""The active context by the library's identifier, the local one by its own, and how they are combined."""

_T = TypeVar("_T")
_LOCK = Lock()
"""The processor keeps caches of contexts that it changes without protection; threads take turns."""
MAX_SCOPES: Final = 400
"""Contexts that one run may meet: those of the types, and of the term, of each kind of place. A title has 11;
a record with its blocks, 23."""
_KEPT_SCOPES: Final = 1_000
"""From one run to the next; each is a few kilobytes."""

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
    return _run(lambda: cast("list[JsonValue]", _Processor(loader).expand(document, _options(loader))))


def compact(expanded: list[JsonValue], context: JsonValue, loader: ContextLoader) -> JsonObject:
    """Give the compacted form of an expanded document, without its ``@context``.

    Raises:
        ContextError: A context is not pinned or contradicts another.
        CanonicalizationError: The expanded form is not JSON-LD.

    Spec: JSON-LD 1.1 Processing Algorithms, section 6.1.
    """
    options, named = {**_options(loader), "skipExpansion": True}, {"@context": context}
    document = _run(lambda: cast("JsonObject", _Processor(loader).compact(expanded, named, options)))
    return {name: value for name, value in document.items() if name != "@context"}


def to_dataset(document: JsonObject, loader: ContextLoader) -> Dataset:
    """Give the RDF dataset.

    Raises:
        ContextError: A context is not pinned or contradicts another.
        CanonicalizationError: The document is not JSON-LD.

    Spec: JSON-LD 1.1 Processing Algorithms, section 8.1.
    """
    return _run(lambda: cast("Dataset", _Processor(loader).to_rdf(document, _options(loader))))


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


class _Processor(JsonLdProcessor):  # type: ignore[misc]  # the library is untyped
    """The library's, for one run, with each scoped context worked out once and not for every object.

    The library keeps what it works out by an identifier that it gives anew to every object with a type.
    """

    def __init__(self, loader: ContextLoader) -> None:
        super().__init__()
        self._scopes = _serving(loader).scopes
        if len(self._scopes) > _KEPT_SCOPES:
            self._scopes.clear()
        self._met = set[_Scope]()

    def _process_context(
        self,
        active_ctx: Any,  # noqa: ANN401 - untyped library
        local_ctx: object,
        options: object,
        **how: Any,  # noqa: ANN401 - untyped library
    ) -> object:
        # What is still being worked out has no identifier yet, or is told from a finished one by `cycles`.
        if "_uuid" not in active_ctx or "cycles" in how or "validate_scoped" in how:
            return super()._process_context(active_ctx, local_ctx, options, **how)
        scope: _Scope = (str(active_ctx["_uuid"]), id(local_ctx), tuple(sorted(how.items())))
        self._met.add(scope)
        if len(self._met) > MAX_SCOPES:
            raise WorkBudgetError(ErrorCode.CANONICAL_BUDGET, detail="contexts within contexts")
        if scope not in self._scopes:
            # The local context is kept beside the result: its identity must not become another's.
            self._scopes[scope] = (local_ctx, super()._process_context(active_ctx, local_ctx, options, **how))
        result: object = self._scopes[scope][1]
        return result


def _run(action: Callable[[], _T]) -> _T:
    try:
        with _LOCK:
            return action()
    except Exception as cause:  # on hostile input the processor raises all kinds
        raise typed_error(cause) from cause


def _options(loader: ContextLoader) -> dict[str, object]:
    served = _serving(loader)
    return {
        "base": None,
        "documentLoader": served.load,
        "contextResolver": ContextResolver(served.resolved, served.load),
        "processingMode": "json-ld-1.1",
        "extractAllScripts": False,
    }


@dataclass(frozen=True, slots=True)
class _Served:
    """What the processor needs of one loader, and what it has worked out from it: of no other loader's."""

    load: Callable[..., Mapping[str, object]]
    resolved: dict[str, object] = field(default_factory=dict)
    scopes: dict[_Scope, tuple[object, object]] = field(default_factory=dict)


@lru_cache(maxsize=_LOADERS)
def _serving(loader: ContextLoader) -> _Served:
    def document_loader(url: str, _options: object = None) -> Mapping[str, object]:
        return {
            "contextUrl": None,
            "documentUrl": url,
            "contentType": "application/ld+json",
            "document": loader(url),
            "tag": "static",
        }

    return _Served(document_loader)
