"""Whatever the JSON-LD processor raises, or meets, ends in an error of ours."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest

import contexts
from contexts import ContextNotPinnedError
from credentials.canonical.processor import MAX_SCOPES, expand, typed_error
from credentials.canonical.rdfc import MAX_BLANK_NODES, MAX_QUADS, MAX_WORK, Digest, canonicalize_dataset
from credentials.errors import CanonicalizationError, ContextError, ErrorCode, InputError, WorkBudgetError
from credentials.proofs.api import Forms

DEEPER_THAN_ANY = 30


class _ProcessorError(Exception):
    def __init__(self, code: str | None = None) -> None:
        super().__init__(code)
        self.code = code


def caused_by(*errors: Exception) -> Exception:
    """Chain the errors, the outermost first."""
    for outer, inner in pairwise(errors):
        outer.__cause__ = inner
    return errors[0]


def test_an_error_of_ours_within_the_processor_s_is_given_as_it_is() -> None:
    ours = InputError(ErrorCode.INPUT_NUMBER)
    assert typed_error(ours) is ours
    assert typed_error(caused_by(_ProcessorError("loading failed"), _ProcessorError(), ours)) is ours


def test_an_unpinned_context_is_found_behind_any_error() -> None:
    error = typed_error(
        caused_by(_ProcessorError("loading failed"), ContextNotPinnedError("https://x.example"))
    )
    assert isinstance(error, ContextError)
    assert error.code is ErrorCode.CONTEXT_NOT_PINNED
    assert error.detail == "https://x.example"


@pytest.mark.parametrize("code", ["protected term redefinition", "cyclic IRI mapping"])
def test_the_innermost_code_tells_a_contradiction_of_contexts(code: str) -> None:
    error = typed_error(caused_by(_ProcessorError("loading failed"), _ProcessorError(code), ValueError()))
    assert isinstance(error, ContextError)
    assert error.code is ErrorCode.CONTEXT_CONFLICT


def test_an_error_without_code_is_named_by_its_class() -> None:
    error = typed_error(KeyError("@id"))
    assert isinstance(error, CanonicalizationError)
    assert error.detail == "KeyError"


def test_a_chain_of_causes_without_end_is_not_followed_to_its_end() -> None:
    endless = [_ProcessorError(f"cause {number}") for number in range(DEEPER_THAN_ANY)]
    error = typed_error(caused_by(*endless, InputError(ErrorCode.INPUT_NUMBER)))
    assert isinstance(error, CanonicalizationError)
    assert error.code is ErrorCode.CANONICAL_INVALID


MANY = "https://contexts.example/many/v1"


def load_with_many_types(url: str) -> Mapping[str, object]:
    if url != MANY:
        return contexts.load(url)
    types = {
        f"T{number}": {"@id": f"urn:x:T{number}", "@context": {"name": f"urn:x:name{number}"}}
        for number in range(MAX_SCOPES + 1)
    }
    return {"@context": {"@version": 1.1, "holds": "urn:x:holds", **types}}


def of_types(number: int) -> Any:
    return {"@context": MANY, "holds": [{"@type": f"T{index}", "name": "x"} for index in range(number)]}


def test_a_document_meets_so_many_contexts_and_no_more() -> None:
    [expanded] = expand(of_types(MAX_SCOPES // 2), load_with_many_types)
    assert isinstance(expanded, dict)
    with pytest.raises(WorkBudgetError) as caught:
        expand(of_types(MAX_SCOPES + 1), load_with_many_types)
    assert caught.value.code is ErrorCode.CANONICAL_BUDGET


def quad(subject: Mapping[str, str], value: Mapping[str, str]) -> Any:
    predicate = {"type": "IRI", "value": "urn:x:p"}
    return {"subject": dict(subject), "predicate": predicate, "object": dict(value)}


def test_a_dataset_that_says_nothing_has_no_canonical_form() -> None:
    with pytest.raises(CanonicalizationError) as caught:
        canonicalize_dataset({"@default": []})
    assert caught.value.code is ErrorCode.CANONICAL_INVALID


def test_a_dataset_of_more_quads_than_a_credential_has_is_not_canonicalized() -> None:
    iri = {"type": "IRI", "value": "urn:x:s"}
    with pytest.raises(WorkBudgetError):
        canonicalize_dataset({"@default": [quad(iri, iri)] * (MAX_QUADS + 1)})


def test_a_dataset_of_more_blank_nodes_than_a_credential_has_is_not_canonicalized() -> None:
    iri = {"type": "IRI", "value": "urn:x:o"}
    quads = [quad({"type": "blank node", "value": f"_:b{n}"}, iri) for n in range(MAX_BLANK_NODES + 1)]
    with pytest.raises(WorkBudgetError) as caught:
        canonicalize_dataset({"@default": quads})
    assert caught.value.code is ErrorCode.CANONICAL_BUDGET


def test_a_dataset_that_cannot_be_written_is_a_typed_error() -> None:
    literal_without_datatype = {"type": "literal", "value": "x"}
    with pytest.raises(CanonicalizationError) as caught:
        canonicalize_dataset(
            {"@default": [quad({"type": "IRI", "value": "urn:x:s"}, literal_without_datatype)]}
        )
    assert caught.value.code is ErrorCode.CANONICAL_INVALID


def alike(nodes: int) -> Any:
    """Give nodes without identifier each of which knows all the others: nothing tells them apart."""
    ids = [f"_:n{number}" for number in range(nodes)]
    return [{"@id": own, "urn:x:knows": [{"@id": other} for other in ids if other != own]} for own in ids]


def test_what_one_proof_could_not_get_at_its_price_no_other_proof_of_the_document_tries_for() -> None:
    forms = Forms({"@graph": alike(10)})
    with pytest.raises(WorkBudgetError):
        forms.rdfc(Digest.SHA256)
    assert forms.work == MAX_WORK
    with pytest.raises(WorkBudgetError) as caught:
        forms.rdfc(Digest.SHA384)
    assert caught.value.detail == "all forms together"
