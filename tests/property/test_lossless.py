"""No change of meaning anywhere in a credential verifies.

Whatever is changed in a signed credential, its proof and its contexts included, either the guard or the
signature refuses it. The only exceptions are the equalities that JSON-LD holds, which `named_form` states
independently of the code under test.
"""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, note, settings
from hypothesis import strategies as st

from credentials.errors import CredentialError
from credentials.securing.data_integrity import sign, verify_proof
from credentials.securing.proof_sets import proofs_of
from tests.support.changes import CHANGES, Change, get, named_form, places, rich_credential, twist
from tests.support.credentials import CREATED, TEST_KEY, TEST_SIGNER, make_block_credential, make_credential

SIGNED: list[dict[str, Any]] = [
    sign(document, TEST_SIGNER, created=CREATED)
    for document in (make_credential(), make_block_credential(), rich_credential())
]


def verifies(document: dict[str, Any]) -> bool:
    """Say whether every proof of a document holds; only typed errors may answer no."""
    try:
        for proof in proofs_of(document):
            verify_proof(document, proof, TEST_KEY)
    except CredentialError:
        return False
    return True


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_change_of_meaning_verifies(change: Change, data: st.DataObject) -> None:
    original = data.draw(st.sampled_from(SIGNED))
    document = copy.deepcopy(original)
    change(document, data)
    if data.draw(st.integers(0, 3)) == 0:
        data.draw(st.sampled_from(CHANGES))(document, data)
    note(json.dumps(document, ensure_ascii=True)[:20_000])
    if not verifies(document):
        return
    assert named_form(document) == named_form(original)


@pytest.mark.parametrize("index", range(len(SIGNED)), ids=["title", "block", "rich"])
def test_every_member_and_every_value_is_covered_by_the_signature(index: int) -> None:
    original = SIGNED[index]
    for path in places(original):
        for edit in ("remove", "other"):
            document = copy.deepcopy(original)
            holder = get(document, path[:-1])
            if edit == "remove":
                del holder[path[-1]]
            else:
                holder[path[-1]] = "https://autre.example/"
            assert not verifies(document), (edit, path)


@pytest.mark.parametrize("wanted", [bool, int, float])
def test_no_look_alike_of_a_number_or_a_boolean_verifies(wanted: type) -> None:
    original = SIGNED[2]
    paths = [path for path in places(original) if type(get(original, path)) is wanted]
    assert paths
    for path in paths:
        for other in twist(get(original, path)):
            document = copy.deepcopy(original)
            get(document, path[:-1])[path[-1]] = other
            assert not verifies(document) or named_form(document) == named_form(original), (path, other)


# --- The named equalities, each shown to hold -----------------------------------------------------------------


def _shuffled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shuffled(value[key]) for key in sorted(value, reverse=True)}
    return [_shuffled(item) for item in value] if isinstance(value, list) else value


def _equal_forms(signed: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "the order of members", _shuffled(signed)

    document = copy.deepcopy(signed)
    document["credentialSubject"]["achievement"]["tag"].reverse()
    document["type"].reverse()
    yield "the order of items in a set", document

    document = copy.deepcopy(signed)
    document["issuer"]["type"] = "Profile"
    document["credentialSubject"] = [document["credentialSubject"]]
    document["proof"] = document["proof"][0]
    yield "a single value and an array of it", document

    document = copy.deepcopy(signed)
    document["credentialStatus"]["statusListCredential"] = {
        "id": document["credentialStatus"]["statusListCredential"]
    }
    yield "an address and an object with only its id", document

    document = copy.deepcopy(signed)
    document["type"] = ["VerifiableCredential", "AchievementCredential"]
    yield "the two names of the Open Badges credential type", document

    document = copy.deepcopy(signed)
    document["credentialSubject"]["creditsEarned"] = 12.0
    yield "equal numbers", document


@pytest.mark.parametrize(
    ("name", "document"), list(_equal_forms(SIGNED[2])), ids=lambda value: str(value)[:40]
)
def test_what_json_ld_holds_equal_verifies(name: str, document: dict[str, Any]) -> None:
    assert verifies(document), name
    assert named_form(document) == named_form(SIGNED[2])


def test_an_ordered_list_keeps_its_order() -> None:
    document = copy.deepcopy(SIGNED[2])
    document["credentialSubject"]["achievement"]["resultDescription"][0]["allowedValue"].reverse()
    assert not verifies(document)


_ENDORSEMENT: dict[str, Any] = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "id": "urn:uuid:00000000-0000-4000-8000-0000000000ee",
    "type": ["VerifiableCredential", "EndorsementCredential"],
    "name": "Avis",
    "issuer": {"id": "did:example:tutelle", "type": ["Profile"], "name": "Tutelle de démonstration"},
    "validFrom": "2026-11-24T09:30:00Z",
    "credentialSubject": {
        "id": "did:example:ecole",
        "type": ["EndorsementSubject"],
        "endorsementComment": "Bien.",
    },
}


def test_a_version_of_the_context_that_gives_every_term_the_same_meaning_is_equal() -> None:
    document: dict[str, Any] = sign(_ENDORSEMENT, TEST_SIGNER, created=CREATED)
    document["@context"][1] = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
    assert verifies(document)


@pytest.mark.parametrize("version", ["3.0.1", "3.0.2"])
@pytest.mark.parametrize("index", range(len(SIGNED)))
def test_a_version_of_the_context_that_gives_a_term_another_meaning_is_refused(
    index: int, version: str
) -> None:
    document = copy.deepcopy(SIGNED[index])
    document["@context"][1] = f"https://purl.imsglobal.org/spec/ob/v3p0/context-{version}.json"
    assert not verifies(document)


@given(seed=st.integers())
@example(0)
@settings(max_examples=10, deadline=None)
def test_another_key_never_verifies(seed: int) -> None:
    document = copy.deepcopy(SIGNED[0])
    value = document["proof"][0]["proofValue"]
    position = 1 + seed % (len(value) - 1)
    document["proof"][0]["proofValue"] = (
        value[:position] + ("2" if value[position] != "2" else "3") + value[position + 1 :]
    )
    assert not verifies(document)
