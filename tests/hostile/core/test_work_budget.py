"""Documents made to cost: each is refused with a typed error, in bounded time."""

import json
import time
from itertools import combinations
from pathlib import Path
from typing import Any, cast

import pytest
from pyld import jsonld

from credentials.canonical.rdfc import MAX_QUADS, canonicalize, canonicalize_dataset
from credentials.errors import CredentialError, ErrorCode, WorkBudgetError
from credentials.json_input import MAX_ITEMS, JsonObject, parse_object, to_bytes
from credentials.materials import Materials
from credentials.policy import Policy
from credentials.securing.data_integrity import sign, verify_proof
from credentials.securing.proof_sets import MAX_PROOFS
from credentials.verify import verify
from tests.support.credentials import CREATED, TEST_KEY, TEST_SIGNER, make_credential

SECONDS = 2
"""Of processor time; unbounded, the first case takes hours."""

Quads = list[dict[str, dict[str, str]]]


def _quad(subject: str, value: str) -> dict[str, dict[str, str]]:
    return {
        "subject": {"type": "blank node", "value": subject},
        "predicate": {"type": "IRI", "value": "urn:x:p"},
        "object": {"type": "blank node", "value": value},
    }


def _clique(size: int) -> Quads:
    names = [f"_:n{index}" for index in range(size)]
    return [_quad(*pair) for one, other in combinations(names, 2) for pair in ((one, other), (other, one))]


def _stars(size: int) -> Quads:
    """Two nodes alike, each with many neighbours alike: permutations, and little recursion."""
    return [_quad(f"_:hub{hub}", f"_:n{hub}x{index}") for hub in range(2) for index in range(size)]


@pytest.mark.parametrize(
    "quads",
    [_clique(10), _clique(30), _stars(12), _stars(400)],
    ids=["clique 10", "clique 30", "stars 12", "stars 400"],
)
def test_blank_nodes_that_look_alike_end_at_the_budget(quads: Quads) -> None:
    start = time.process_time()
    with pytest.raises(WorkBudgetError) as caught:
        canonicalize_dataset({"@default": quads})
    assert caught.value.code is ErrorCode.CANONICAL_BUDGET
    assert time.process_time() - start < SECONDS


def test_a_dataset_beyond_any_credential_is_refused_unread() -> None:
    quads = [_quad("_:a", f"_:b{index}") for index in range(MAX_QUADS + 1)]
    with pytest.raises(WorkBudgetError):
        canonicalize_dataset({"@default": quads})


def test_the_poison_graphs_of_w3c_that_are_computable_are_computed_or_end_at_the_budget(shared: Path) -> None:
    folder = shared / "standards/vectors/rdf-canon"
    manifest = json.loads((folder / "manifest.jsonld").read_bytes())
    outcomes = {"same": 0, "budget": 0}
    for entry in manifest["entries"]:
        if entry.get("computationalComplexity") != "high":
            continue
        dataset = jsonld.JsonLdProcessor.parse_nquads((folder / entry["action"]).read_text(encoding="utf-8"))
        start = time.process_time()
        try:
            text = canonicalize_dataset(dataset)
        except WorkBudgetError:
            outcomes["budget"] += 1
        else:
            assert text == (folder / entry["result"]).read_text(encoding="utf-8"), entry["id"]
            outcomes["same"] += 1
        assert time.process_time() - start < SECONDS, entry["id"]
        if entry["type"] == "rdfc:RDFC10NegativeEvalTest":
            assert outcomes["budget"], entry["id"]
    assert outcomes["same"]
    assert outcomes["budget"]


PROOF: dict[str, Any] = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": CREATED.isoformat().replace("+00:00", "Z"),
    "verificationMethod": "did:key:x#x",
    "proofPurpose": "assertionMethod",
    "proofValue": "z" + "1" * 64,
}


def _with(member: str, value: Any) -> dict[str, Any]:
    document: dict[str, Any] = make_credential()
    document["credentialSubject"]["achievement"][member] = value
    return document


def _nested(depth: int) -> dict[str, Any]:
    node: dict[str, Any] = {"type": ["Profile"], "name": "x"}
    for _ in range(depth):
        node = {"type": ["Profile"], "parentOrg": node}
    return node


COSTLY: dict[str, dict[str, Any]] = {
    "many alike nodes": _with("alignment", [{"type": ["Alignment"]} for _ in range(MAX_ITEMS)]),
    "many empty nodes": _with("alignment", [{} for _ in range(MAX_ITEMS)]),
    "many texts": _with("tag", [f"t{index}" for index in range(MAX_ITEMS)]),
    "deep nodes": _with("creator", _nested(55)),
    "long text": _with("description", "é" * 250_000),
    "wide and alike": _with(
        "alignment", [{"targetName": [f"x{n}" for n in range(155)], "type": ["Alignment"]} for _ in range(20)]
    ),
}


@pytest.mark.parametrize("name", COSTLY)
def test_a_costly_document_is_answered_in_bounded_time(name: str) -> None:
    document = parse_object(to_bytes(COSTLY[name]))
    start = time.process_time()
    with pytest.raises(CredentialError):
        verify_proof(document, PROOF, TEST_KEY)
    assert time.process_time() - start < SECONDS


def test_canonical_text_is_split_on_line_feeds_only() -> None:
    document = make_credential()
    document["name"] = "a\u2028b\x85c\u2029d"
    assert "a\u2028b\x85c\u2029d" in canonicalize(document)
    assert all(line.endswith(" .") for line in canonicalize(document).rstrip("\n").split("\n"))


def test_no_input_leaks_an_error_of_the_processor() -> None:
    odd: list[Any] = [
        {"@context": 3},
        {"@context": [[]]},
        {"@context": [{"@import": "https://x.example"}]},
        {"@context": ["https://x.example"]},
        {"@context": {"@version": 2}},
        {"@context": {"a": {"@id": "@type"}}},
        {"@context": {"a": "b:c", "b": "a:c"}, "a": 1},
        {"@graph": 3, "@id": 4},
        {"@type": {}},
        {"@value": {}},
        {"@context": [], "@reverse": 1},
    ]
    for document in odd:
        with pytest.raises(CredentialError):
            canonicalize(document)


def test_the_largest_document_with_the_most_proofs_is_answered_in_bounded_time() -> None:
    document = make_credential()
    achievement: Any = document["credentialSubject"]
    achievement["achievement"]["resultDescription"] = [
        {"id": f"urn:uuid:{n}", "type": ["ResultDescription"], "name": f"{n}", "resultType": "Status"}
        for n in range(MAX_ITEMS)
    ]
    [proof] = cast("list[JsonObject]", sign(document, TEST_SIGNER, created=CREATED)["proof"])
    document["proof"] = [{**proof, "id": f"urn:uuid:proof-{n}"} for n in range(MAX_PROOFS)]
    data = to_bytes(document)
    start = time.process_time()
    verify(data, materials=Materials(), policy=Policy(), at=CREATED)
    assert time.process_time() - start < SECONDS
