"""The statements of a document one by one, under the labels of its canonical form.

So that a statement of a part can be recognised in the whole, each object without identifier gets one, which
never leaves this module.

Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.4 (skolemizeCompactJsonLd, toDeskolemizedNQuads,
selectCanonicalNQuads).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from contexts import ContextLoader
from credentials.canonical.processor import Dataset, Quad, Term, to_dataset
from credentials.canonical.rdfc import Labelled, canonicalize_labelled, write_dataset
from credentials.errors import (
    CanonicalizationError,
    DataLossError,
    ErrorCode,
    ProofOptionsError,
    WorkBudgetError,
)
from credentials.json_input import JsonObject, JsonValue
from credentials.proofs.ecdsa_sd_2023.pointers import select

MAX_STATEMENTS: Final = 1_000
"""Each statement may cost the verification of a signature; a title with its blocks has about 150."""

_SCHEME: Final = "urn:bnid:"
_NODE: Final = r"_:[0-9A-Za-z_-]+|<[^>]*>"
_LITERAL: Final = r'"[^"\\]*(?:\\.[^"\\]*)*"(?:@[0-9A-Za-z-]+|\^\^<[^>]*>)?'
_STATEMENT: Final = re.compile(
    rf"(?P<subject>{_NODE})(?P<predicate> <[^>]*> )(?P<object>{_NODE}|{_LITERAL})"
    rf"(?: (?P<graph>{_NODE}))? \.\n"
)


def lines_of(text: str) -> list[str]:
    """Split canonical N-Quads, each with its line feed.

    Raises:
        WorkBudgetError: There are more than :data:`MAX_STATEMENTS`.
    """
    lines = [f"{line}\n" for line in text.split("\n")[:-1]]
    if len(lines) > MAX_STATEMENTS:
        raise WorkBudgetError(ErrorCode.CANONICAL_BUDGET, detail=f"{len(lines)} statements")
    return lines


def labels_in(lines: Iterable[str]) -> frozenset[str]:
    """Give the labels of all blank nodes, without ``_:``.

    Raises:
        CanonicalizationError: A line is no statement.
    """
    return frozenset(
        term[2:]
        for line in lines
        for term in _parsed(line).group("subject", "object", "graph")
        if _is_blank(term)
    )


def relabel(lines: Iterable[str], labels: Mapping[str, str]) -> list[str]:
    """Give statements with other labels of blank nodes, sorted.

    Args:
        lines: The statements.
        labels: The new label of each of :func:`labels_in`; both without ``_:``.

    Raises:
        CanonicalizationError: A line is no statement.
    """
    return sorted(_relabelled(line, labels) for line in lines)


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of one document.

    Attributes:
        lines: In canonical order, with canonical labels.
        labels: Canonical label of each object that has no identifier, by the name it has here.
        marked: The document, in which each of these objects has its name.
        loader: Gives the contexts.
    """

    lines: tuple[str, ...]
    labels: Mapping[str, str]
    marked: JsonObject
    loader: ContextLoader

    def select(self, pointers: Sequence[str]) -> frozenset[str]:
        """Give the statements of the part that pointers select, each one of :attr:`lines`.

        Raises:
            ProofOptionsError: A pointer is malformed, leads nowhere, or into a value.

        Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.4 (selectCanonicalNQuads).
        """
        if not pointers:
            return frozenset()
        chosen = frozenset(relabel(write_dataset(self._part(pointers)), self.labels))
        if not chosen <= frozenset(self.lines):
            raise ProofOptionsError(ErrorCode.PROOF_POINTER, detail="it takes a value apart")
        return chosen

    def relabelled(self, pointers: Sequence[str]) -> Mapping[str, str]:
        """Give what the canonical form of a part calls the blank nodes.

        Returns:
            By canonical label in the part, the canonical label in the document.

        Raises:
            ProofOptionsError: A pointer is malformed or leads nowhere.
            CanonicalizationError: The part has no canonical form.
        """
        found = canonicalize_labelled(self._part(pointers))
        return {label: self.labels[name] for name, label in found.labels.items()}

    def _part(self, pointers: Sequence[str]) -> Dataset:
        return _unmarked(to_dataset(select(self.marked, pointers), self.loader))


def statements_of(document: JsonObject, canonical: str, loader: ContextLoader) -> Statements:
    """Give the statements of a document.

    Args:
        document: A document without proof that says exactly what its dataset says.
        canonical: Its canonical N-Quads.
        loader: Gives the contexts.

    Raises:
        DataLossError: It has a part to which no pointer leads: an ordered list, or a graph of its own.
        CanonicalizationError: It has no canonical form, or too many statements.
        ContextError: A context is not pinned.
    """
    lines = lines_of(canonical)
    marked = _marked(document)
    found = _canonical(to_dataset(marked, loader))
    if found.text != canonical:
        raise DataLossError(ErrorCode.LOSSLESS_UNSUPPORTED, detail="a form of which no part can be named")
    return Statements(tuple(lines), found.labels, marked, loader)


def _canonical(dataset: Dataset) -> Labelled:
    if dataset.keys() != {"@default"} or any(_blank(quad) for quad in dataset["@default"]):
        raise DataLossError(ErrorCode.LOSSLESS_UNSUPPORTED, detail="an ordered list, or a graph of its own")
    return canonicalize_labelled(_unmarked(dataset))


def _blank(quad: Quad) -> bool:
    return any(quad[place]["type"] == "blank node" for place in ("subject", "object"))


def _marked(document: JsonObject) -> JsonObject:
    numbers = count()

    def mark(value: JsonValue) -> JsonValue:
        if isinstance(value, list):
            return [mark(item) for item in value]
        return mark_object(value) if isinstance(value, dict) and "@value" not in value else value

    def mark_object(value: JsonObject) -> JsonObject:
        name: JsonObject = {} if "id" in value else {"@id": f"{_SCHEME}{next(numbers)}"}
        return {**name, **{key: child if key == "@context" else mark(child) for key, child in value.items()}}

    return mark_object(document)


def _unmarked(dataset: Dataset) -> Dataset:
    return {
        name: [{place: _unmarked_term(term) for place, term in quad.items()} for quad in graph]
        for name, graph in dataset.items()
    }


def _unmarked_term(term: Term) -> Term:
    if term["type"] != "IRI" or not term["value"].startswith(_SCHEME):
        return term
    return {"type": "blank node", "value": f"_:{term['value'].removeprefix(_SCHEME)}"}


def _parsed(line: str) -> re.Match[str]:
    found = _STATEMENT.fullmatch(line)
    if found is None:
        raise CanonicalizationError(ErrorCode.CANONICAL_INVALID, detail="a statement that cannot be read")
    return found


def _relabelled(line: str, labels: Mapping[str, str]) -> str:
    found = _parsed(line)
    subject, target, graph = (
        f"_:{labels[term[2:]]}" if _is_blank(term) else term
        for term in found.group("subject", "object", "graph")
    )
    return f"{subject}{found['predicate']}{target}{f' {graph}' if graph else ''} .\n"


def _is_blank(term: str | None) -> bool:
    return term is not None and term.startswith("_:")
