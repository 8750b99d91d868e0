"""Whatever a holder selects is a document that verifies; whatever is changed in it is one that does not."""

import copy
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials.errors import CredentialError
from credentials.json_input import pointer
from credentials.multibase import decode_base64url, encode_base64url
from credentials.proofs.ecdsa_sd_2023.pointers import parse_pointer, select
from credentials.securing.data_integrity import verify_proof
from credentials.securing.selective import derive, required_pointers
from tests.support.extracts import make_document, sign
from tests.support.signers import P256_SIGNER

quickly = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _rich() -> dict[str, Any]:
    """A credential with alike blank nodes, shared nodes, numbers, booleans and a text with its language."""
    document = make_document()
    subject = document["credentialSubject"]
    achievement = subject["achievement"]
    achievement["creator"] = {"id": document["issuer"]["id"], "type": ["Profile"]}
    achievement["creditsAvailable"] = 12.5
    achievement["tag"] = ["formation", "ingénierie", '_:c14n0 "évaluation" .\n']
    subject["result"] = [{"type": ["Result"], "value": value} for value in ("bien", "bien", "très bien")]
    subject["creditsEarned"] = 12
    document["name"] = {"@value": "Responsable de projet", "@language": "fr"}
    document["evidence"].append({"type": ["Evidence"], "name": "Décision du jury"})
    return document


WHOLE = _rich()
REQUIRED = required_pointers(WHOLE)


def _pointers(value: Any, where: str = "") -> Iterator[str]:
    yield where
    if isinstance(value, dict) and "@value" not in value:
        for name, child in value.items():
            yield from _pointers(child, pointer(where, name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _pointers(child, pointer(where, index))


POINTERS = sorted({text for text in _pointers(WHOLE) if text and not text.startswith("/@context/")})
selections = st.lists(st.sampled_from(POINTERS), max_size=6)


@cache
def signed(*, all_mandatory: bool = False, none_mandatory: bool = False) -> dict[str, Any]:
    mandatory = [""] if all_mandatory else [] if none_mandatory else list(REQUIRED)
    return sign(WHOLE, mandatory, strict=not none_mandatory)


@cache
def extract() -> dict[str, Any]:
    """One extract, with hidden and shown statements about the same nodes."""
    return derive(
        signed(),
        ["/name", "/evidence/1", "/credentialSubject/result/0", "/credentialSubject/achievement/tag/2"],
    )


def check(document: dict[str, Any]) -> None:
    verify_proof(document, document["proof"][0], P256_SIGNER.key)


def refused(document: dict[str, Any]) -> None:
    with pytest.raises(CredentialError):
        check(document)


def _parent(document: Any, text: str) -> tuple[Any, str | int]:
    *steps, last = parse_pointer(text)
    for step in steps:
        document = document[int(step)] if isinstance(document, list) else document[step]
    return document, int(last) if isinstance(document, list) else last


def _places(document: dict[str, Any]) -> list[str]:
    content = {name: value for name, value in document.items() if name not in {"proof", "@context"}}
    return sorted(set(_pointers(content)) - {""})


def test_the_extract_that_is_changed_below_verifies() -> None:
    check(extract())


@given(selections)
@quickly
def test_any_selection_verifies_and_shows_exactly_what_was_selected(chosen: list[str]) -> None:
    shown = derive(signed(), chosen)
    check(shown)
    assert {name: value for name, value in shown.items() if name != "proof"} == select(
        WHOLE, [*REQUIRED, *chosen]
    )


@given(selections.filter(bool))
@quickly
def test_any_selection_verifies_where_nothing_is_mandatory(chosen: list[str]) -> None:
    try:
        shown = derive(signed(none_mandatory=True), [*chosen, "/credentialSubject/achievement/tag/0"])
    except CredentialError as error:
        pytest.fail(str(error))
    check(shown)


def test_everything_mandatory_shows_everything() -> None:
    shown = derive(signed(all_mandatory=True), [])
    check(shown)
    assert {**shown, "proof": None} == {**WHOLE, "proof": None}


@given(st.data())
@quickly
def test_no_text_of_an_extract_can_be_changed(data: st.DataObject) -> None:
    changed = copy.deepcopy(extract())
    places = [text for text in _places(changed) if isinstance(_value(changed, text), str)]
    parent, step = _parent(changed, data.draw(st.sampled_from(places)))
    other = data.draw(st.text(st.characters(exclude_categories=["C"]), max_size=8))
    new = other if data.draw(st.booleans()) else parent[step] + other
    if new == parent[step]:
        new += "x"
    parent[step] = new
    refused(changed)


@given(st.data())
@quickly
def test_nothing_can_be_taken_out_of_an_extract(data: st.DataObject) -> None:
    changed = copy.deepcopy(extract())
    parent, step = _parent(changed, data.draw(st.sampled_from(_places(changed))))
    del parent[step]
    refused(changed)


@given(st.data())
@quickly
def test_nothing_hidden_can_be_put_back_and_nothing_new_added(data: st.DataObject) -> None:
    changed = copy.deepcopy(extract())
    hidden = [text for text in POINTERS if not _has(changed, text) and _has(changed, text.rpartition("/")[0])]
    text = data.draw(st.sampled_from(hidden))
    parent, step = _parent(changed, text)
    value = copy.deepcopy(_value(WHOLE, text))
    if isinstance(parent, list):
        parent.append(value)
    else:
        parent[step] = value
    refused(changed)


@given(st.data())
@quickly
def test_no_bit_of_a_proof_can_be_flipped(data: st.DataObject) -> None:
    changed = copy.deepcopy(extract())
    value = bytearray(decode_base64url(changed["proof"][0]["proofValue"]))
    value[data.draw(st.integers(0, len(value) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    changed["proof"][0]["proofValue"] = encode_base64url(bytes(value))
    refused(changed)


@given(st.data())
@quickly
def test_no_character_of_a_proof_can_be_changed_added_or_removed(data: st.DataObject) -> None:
    changed = copy.deepcopy(extract())
    text = changed["proof"][0]["proofValue"]
    place = data.draw(st.integers(0, len(text) - 1))
    end = place + data.draw(st.integers(0, 1))
    new = text[:place] + data.draw(st.text("-=_0Aaz .", max_size=2)) + text[end:]
    changed["proof"][0]["proofValue"] = new if new != text else text + "A"
    refused(changed)


@given(st.sampled_from(["created", "verificationMethod", "proofPurpose", "cryptosuite", "type"]))
@quickly
def test_no_option_of_a_proof_can_be_changed(name: str) -> None:
    changed = copy.deepcopy(extract())
    changed["proof"][0][name] += "0"
    refused(changed)


def _value(document: Any, text: str) -> Any:
    parent, step = _parent(document, text)
    return parent[step]


def _has(document: Any, text: str) -> bool:
    try:
        return text == "" or _value(document, text) is not None
    except (KeyError, IndexError):
        return False
