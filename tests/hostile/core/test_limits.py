"""Each limit of the core, just kept and just broken, and that what makes it fast changes no answer."""

import copy
from typing import Any

import pytest
from pyld import jsonld
from pyld.context_resolver import ContextResolver

import contexts
from credentials.canonical import processor
from credentials.canonical.processor import MAX_SCOPES, compact, expand, to_dataset
from credentials.canonical.rdfc import MAX_STEPS, canonicalize_labelled
from credentials.canonical.spelling import for_compaction
from credentials.errors import ErrorCode, InputError, KeyFormatError, WorkBudgetError
from credentials.json_input import MAX_NAME, check_values, size_of
from credentials.multikey import KeyType, PublicKey
from tests.hostile.judging import answer, made
from tests.hostile.makers.sealing import Hostile, Json, block, sealed, written
from tests.support.credentials import make_credential
from tests.support.documents import make_endorsement, make_record
from tests.support.status import bitstring_entry

DOCUMENTS = [block(), make_credential(), make_record(), make_endorsement()]


def _plain(loader: Any) -> dict[str, Any]:
    """Give the options with which the library itself is called."""

    def load(url: str, _options: object = None) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": loader(url), "tag": "static"}

    return {
        "base": None,
        "processingMode": "json-ld-1.1",
        "documentLoader": load,
        "contextResolver": ContextResolver({}, load),
    }


@pytest.mark.parametrize("document", DOCUMENTS, ids=["block", "title", "record", "endorsement"])
@pytest.mark.parametrize("kept", [0, 1_000])
def test_contexts_that_are_worked_out_once_give_what_the_library_gives(
    document: Json, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processor, "_KEPT_SCOPES", kept)
    expanded = expand(document, contexts.load)
    assert expanded == jsonld.expand(document, _plain(contexts.load))
    assert to_dataset(document, contexts.load) == jsonld.to_rdf(document, _plain(contexts.load))
    back = for_compaction(contexts.load)
    named = {"@context": document["@context"]}
    whole = jsonld.compact(expanded, named, {**_plain(back), "skipExpansion": True})
    assert compact(expanded, document["@context"], back) == {
        k: v for k, v in whole.items() if k != "@context"
    }


def _scoped(count: int) -> tuple[Json, Any]:
    """Give a document of so many types, each with a context of its own, and the loader that knows them."""
    types = {f"T{n}": {"@id": f"urn:t:{n}", "@context": {f"p{n}": f"urn:p:{n}"}} for n in range(count)}
    context = {"@context": {"@version": 1.1, "id": "@id", "type": "@type", "has": "urn:x:has", **types}}
    items = [{"id": f"urn:i:{n}", "type": f"T{n}", f"p{n}": "x"} for n in range(count)]
    document: Json = {"@context": ["https://scoped.example"], "id": "urn:x:1", "has": items}
    return document, lambda _url: context


def test_a_document_of_more_scopes_than_any_has_is_refused() -> None:
    document, loader = _scoped(MAX_SCOPES - 1)
    assert expand(document, loader)
    document, loader = _scoped(MAX_SCOPES + 1)
    with pytest.raises(WorkBudgetError) as caught:
        expand(document, loader)
    assert caught.value.code is ErrorCode.CANONICAL_BUDGET


def test_the_work_of_a_canonical_form_is_counted() -> None:
    def quad(subject: str) -> Any:
        return {
            "subject": {"type": "blank node", "value": subject},
            "predicate": {"type": "IRI", "value": "urn:x:p"},
            "object": {"type": "IRI", "value": "urn:x:o"},
        }

    one = canonicalize_labelled({"@default": [quad("_:a")]}).work
    two = canonicalize_labelled({"@default": [quad("_:a"), quad("_:b")]}).work
    assert 0 < one < two - one < MAX_STEPS


def test_a_name_of_a_member_is_bounded_and_its_place_is_told() -> None:
    check_values({"a": [{"n" * MAX_NAME: 1}]})
    with pytest.raises(InputError) as caught:
        check_values({"a": [{"b/c~d": {"n" * (MAX_NAME + 1): 1}}]})
    assert caught.value.code is ErrorCode.INPUT_STRING_TOO_LONG
    assert caught.value.where == "/a/0/b~1c~0d"


def test_the_size_of_a_value_is_the_number_of_its_values() -> None:
    assert size_of({"a": [1, 2, {"b": None}], "c": "x"}) == 7


def test_status_entries_are_consulted_up_to_a_number_and_then_not_called_good() -> None:
    def judged(count: int) -> str:
        entries = [bitstring_entry(id=f"urn:e:{number}") for number in range(count)]
        hostile = Hostile(written(sealed(block(credentialStatus=entries))))
        return answer(hostile, hostile.data).verdict

    assert judged(8) == "valid"
    assert judged(9) == "incomplete"


_PRIME = 2**255 - 19
_OF_ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7


@pytest.mark.parametrize("sign", [0, 1])
@pytest.mark.parametrize(
    "y", [0, 1, _PRIME - 1, _OF_ORDER_8, _PRIME - _OF_ORDER_8, _PRIME, _PRIME + 1, 2**255 - 1]
)
def test_a_key_for_which_anybody_can_sign_or_spelled_in_a_second_way_is_no_key(y: int, sign: int) -> None:
    with pytest.raises(KeyFormatError) as caught:
        PublicKey(KeyType.ED25519, (y | sign << 255).to_bytes(32, "little"))
    assert caught.value.code is ErrorCode.KEY_INVALID


@pytest.mark.parametrize("name", ["holdings/endorsed", "holdings/record"])
def test_a_word_added_to_a_document_within_is_not_overlooked(name: str) -> None:
    hostile = made(name)
    text = hostile.data.decode()
    changed = text.replace('"validFrom":', '"mention":"Félicitations du jury","validFrom":', 1)
    assert changed != text
    assert answer(hostile, changed.encode()).exit_code != 0
    assert answer(hostile, copy.copy(hostile.data)).exit_code == 0
