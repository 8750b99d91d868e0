"""RDFC-1.0: the canonical N-Quads of a document, at a bounded price.

Canonicalization is paid on input that nobody has vouched for, and blank nodes that look alike make it
factorial. Each unit of that work is counted, and the limit ends it.

Spec: RDF Dataset Canonicalization, sections 4 and 7.1 (Dataset Poisoning).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pyld.canon import URDNA2015
from pyld.identifier_issuer import IdentifierIssuer
from pyld.nquads import serialize_nquad

import contexts
from contexts import ContextLoader
from credentials.canonical.processor import Dataset, Quad, Term, to_dataset, typed_error
from credentials.errors import CanonicalizationError, ErrorCode, WorkBudgetError
from credentials.json_input import JsonObject

MAX_QUADS = 10_000
"""A title with its blocks has about 150; two hundred results have 3 243."""
MAX_BLANK_NODES = 2_000
_COPIES_PER_STEP = 4
"""The algorithm copies the labels given so far at each recursion: as many count as one step."""
MAX_STEPS = 10_000
"""Steps among blank nodes that look alike; an ordinary credential takes none, eight equal results take 64,
the hardest of W3C's own tests 9 912. The limit is reached in a tenth of a second."""
_STEPS_PER_QUAD = 5
"""What one quad costs, in such steps."""


MAX_WORK = 30_000
"""Steps that all the canonical forms of one document may cost together: each proof of a chain has its own."""


class Digest(StrEnum):
    """The hash function inside the algorithm; the suites of P-384 ask for the second."""

    SHA256 = "sha256"
    SHA384 = "sha384"


def canonicalize(
    document: JsonObject, loader: ContextLoader = contexts.load, digest: Digest = Digest.SHA256
) -> str:
    """Give the canonical N-Quads of a document.

    What no context defines is absent from them: only a document that
    :func:`credentials.canonical.guard.check_lossless` accepts means what its canonical form says.

    Args:
        document: JSON-LD; its contexts come from the loader, never from the network.
        loader: Gives the contexts.
        digest: The hash function inside the algorithm.

    Returns:
        The quads, sorted, each ended by a line feed. Split them on that character only: a literal may hold
        other characters that end a line elsewhere.

    Raises:
        ContextError: A context is not pinned or contradicts another.
        WorkBudgetError: The dataset is larger, or harder, than a credential may be.
        CanonicalizationError: The document is not JSON-LD.

    Spec: RDF Dataset Canonicalization, section 4.4.
    """
    return canonicalize_dataset(to_dataset(document, loader), digest)


def canonicalize_dataset(dataset: Dataset, digest: Digest = Digest.SHA256) -> str:
    """Give the canonical N-Quads of a dataset.

    Args:
        dataset: The dataset; it is consumed, and means nothing afterwards.
        digest: The hash function inside the algorithm.

    Raises:
        WorkBudgetError: The dataset is larger, or harder, than a credential may be.
        CanonicalizationError: The dataset cannot be written.

    Spec: RDF Dataset Canonicalization, section 4.4.
    """
    return canonicalize_labelled(dataset, digest).text


@dataclass(frozen=True, slots=True)
class Labelled:
    """The canonical form of a dataset, and what it calls the blank nodes.

    Attributes:
        text: The canonical N-Quads.
        labels: By label in the dataset, the canonical label; both without ``_:``.
        work: What it cost, in steps.
    """

    text: str
    labels: Mapping[str, str]
    work: int = 0


def canonicalize_labelled(dataset: Dataset, digest: Digest = Digest.SHA256) -> Labelled:
    """Give the canonical N-Quads of a dataset, and the canonical label of each of its blank nodes.

    Args:
        dataset: The dataset; it is consumed, and means nothing afterwards.
        digest: The hash function inside the algorithm.

    Raises:
        WorkBudgetError: The dataset is larger, or harder, than a credential may be.
        CanonicalizationError: The dataset cannot be written.

    Spec: RDF Dataset Canonicalization, section 4.4.
    """
    _check_size(dataset)
    algorithm = _BudgetedRdfc(digest)
    try:
        text: str = algorithm.main(dataset, {"format": "application/n-quads"})
    except WorkBudgetError:
        raise
    except Exception as cause:  # on hostile input the processor raises all kinds
        raise typed_error(cause) from cause
    issued: Mapping[str, str] = algorithm.canonical_issuer.existing
    labels = {old[2:]: new[2:] for old, new in issued.items()}
    return Labelled(text, labels, algorithm.steps + _STEPS_PER_QUAD * text.count("\n"))


def write_dataset(dataset: Dataset) -> list[str]:
    """Give the N-Quads of a dataset as they are, in no order, each ended by a line feed.

    Spec: RDF 1.1 N-Quads, section 2.
    """
    return [
        serialize_nquad(quad, None if name == "@default" else name)
        for name, graph in dataset.items()
        for quad in graph
    ]


def _check_size(dataset: Dataset) -> None:
    quads = sum(len(graph) for graph in dataset.values())
    if quads == 0:
        raise CanonicalizationError(ErrorCode.CANONICAL_INVALID, detail="nothing is said")
    if quads > MAX_QUADS:
        raise WorkBudgetError(ErrorCode.CANONICAL_BUDGET, detail=f"{quads} quads")
    blank = {
        term["value"]
        for graph in dataset.values()
        for quad in graph
        for term in (quad["subject"], quad["object"])
        if term["type"] == "blank node"
    }
    if len(blank) > MAX_BLANK_NODES:
        raise WorkBudgetError(ErrorCode.CANONICAL_BUDGET, detail=f"{len(blank)} blank nodes")


class _Budget:
    def __init__(self) -> None:
        self.left = MAX_STEPS

    def spend(self, steps: int = 1) -> None:
        self.left -= steps
        if self.left < 0:
            raise WorkBudgetError(ErrorCode.CANONICAL_BUDGET, detail="blank nodes that look alike")


class _CountingIssuer(IdentifierIssuer):  # type: ignore[misc]  # the library is untyped
    """Every node of every permutation is looked up in the canonical issuer: that is where work is counted."""

    def __init__(self, prefix: str, budget: _Budget) -> None:
        super().__init__(prefix)
        self._budget = budget

    def has_id(self, old: str) -> bool:
        self._budget.spend()
        return bool(super().has_id(old))


class _BudgetedRdfc(URDNA2015):  # type: ignore[misc]  # the library is untyped
    """The library's algorithm with a limit on steps among blank nodes that look alike."""

    def __init__(self, digest: Digest) -> None:
        super().__init__()
        self._digest = digest
        self._budget = _Budget()
        self.canonical_issuer = _CountingIssuer("_:c14n", self._budget)

    @property
    def steps(self) -> int:
        """The steps taken among blank nodes that look alike."""
        return MAX_STEPS - self._budget.left

    def create_hash(self) -> "hashlib._Hash":
        """Give the hash function of the suite (the library's is SHA-256)."""
        return hashlib.new(self._digest.value)

    def hash_n_degree_quads(self, id_: str, issuer: Any) -> Mapping[str, Any]:  # noqa: ANN401 - untyped library
        self._budget.spend(1 + len(issuer.existing) // _COPIES_PER_STEP)
        result: Mapping[str, Any] = super().hash_n_degree_quads(id_, issuer)
        return result

    def hash_related_blank_node(self, related: str, quad: Quad, issuer: Any, position: str) -> str:  # noqa: ANN401 - untyped library
        self._budget.spend()
        result: str = super().hash_related_blank_node(related, quad, issuer, position)
        return result

    def modify_first_degree_component(self, id_: str, component: Term, key: str) -> Term:  # noqa: ARG002 - the library's signature
        """Replace a blank node's label while hashing it (its own copy here, in place of a deep one)."""
        if component["type"] != "blank node":
            return component
        return {**component, "value": "_:a" if component["value"] == id_ else "_:z"}
