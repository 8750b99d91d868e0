"""Envelopes in JSON: exactly the form of the standard, once, with a token of a kind that we read."""

import json
from typing import Any

import pytest

from credentials.document import Document, ReadProblem, Source, read, received_as
from credentials.errors import CredentialError
from credentials.json_input import JsonObject
from credentials.securing import vc_jose
from credentials.securing.envelope import Profile
from credentials.securing.enveloped import is_enveloped, token_of
from tests.support.credentials import TEST_SIGNER, make_block_credential
from tests.support.tokens import token, vc_header

TOKEN = vc_jose.sign(make_block_credential(), TEST_SIGNER)


def envelope(text: str = TOKEN, media: str = "application/vc+jwt", **members: Any) -> JsonObject:
    return {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": f"data:{media},{text}",
        "type": "EnvelopedVerifiableCredential",
        **members,
    }


def code(document: JsonObject) -> str:
    with pytest.raises(CredentialError) as caught:
        token_of(document)
    assert caught.value.fr
    assert caught.value.remedy_en
    return caught.value.code


@pytest.mark.parametrize("media", ["application/vc+jwt", "application/vc+sd-jwt", "application/dc+sd-jwt"])
def test_the_token_comes_out_as_it_was_put_in(media: str) -> None:
    assert token_of(envelope(media=media)) == TOKEN.encode()


def test_a_presentation_has_an_envelope_of_its_own() -> None:
    kind: dict[str, Any] = {"type": ["EnvelopedVerifiablePresentation"]}
    assert token_of(envelope(media="application/vp+jwt", **kind)) == TOKEN.encode()
    assert code(envelope(**kind)) == "parse.envelope_media_type"


@pytest.mark.parametrize(
    "members",
    [
        {"type": ["EnvelopedVerifiableCredential", "VerifiableCredential"]},
        {"type": "VerifiableCredential"},
        {"id": None},
        {"id": [f"data:application/vc+jwt,{TOKEN}"]},
        {"id": "https://ecole.example/1"},
        {"id": "data:application/vc+jwt"},
        {"id": "data:application/vc+jwt,"},
        {"id": f"data:application/vc+jwt, {TOKEN}"},
        {"id": f"data:application/vc+jwt,{TOKEN}\n"},
        {"id": f"data:application/vc+jwt,{TOKEN},"},
        {"id": f"data:application/vc+jwt,%65{TOKEN}"},
        {"name": "shown, and not signed"},
        {"@context": "https://autre.example/contexte"},
        {"@context": None},
        {"proof": {}},
    ],
)
def test_any_other_form_is_no_envelope(members: dict[str, Any]) -> None:
    assert code(envelope(**members)) == "parse.envelope_malformed"


@pytest.mark.parametrize(
    "media",
    [
        "",
        "application/vc+cose",
        "application/vc-ld+jwt;base64url",
        "application/vc+jwt;base64",
        "text/plain",
        "APPLICATION/VC+JWT",
    ],
)
def test_another_media_type_is_one_that_we_do_not_read(media: str) -> None:
    assert code(envelope(media=media)) == "parse.envelope_media_type"


def test_an_envelope_is_known_by_its_type() -> None:
    assert is_enveloped(envelope())
    assert not is_enveloped(make_block_credential())


def test_reading_an_envelope_gives_the_document_in_the_token() -> None:
    found = read(json.dumps(envelope()).encode())
    assert isinstance(found, Document)
    assert found.content == make_block_credential()
    assert found.source is Source.JSON
    assert found.envelope is not None
    assert found.envelope.profile is Profile.VC_JOSE
    assert received_as(envelope()) == found


def test_an_envelope_in_an_envelope_is_refused() -> None:
    inner = token(vc_header(), envelope())
    for data in (json.dumps(envelope(inner)).encode(), inner.encode()):
        found = read(data)
        assert isinstance(found, ReadProblem)
        assert found.code == "parse.envelope_nested"


def test_a_broken_envelope_is_a_problem_and_no_exception() -> None:
    assert read(json.dumps(envelope("eyJ.x")).encode()) == ReadProblem("parse.token_malformed", Source.JSON)
    found = read(json.dumps(envelope(media="application/vc+cose")).encode())
    assert found == ReadProblem("parse.envelope_media_type", Source.JSON, "/id")
    assert received_as({"id": "\ud800"}) == ReadProblem("parse.forbidden_character", Source.JSON, "/id")


@pytest.mark.parametrize("text", [f'"{TOKEN}"', f'["{TOKEN}"]', f' [ "{TOKEN}", 1]'])
def test_a_token_in_quotation_marks_is_explained(text: str) -> None:
    assert read(text.encode()) == ReadProblem("parse.token_in_json", Source.JSON)


@pytest.mark.parametrize("around", ["{}\n", "\n{}", " \t\r\n{}\r\n"])
def test_white_space_around_a_token_is_the_files(around: str) -> None:
    found = read(around.format(TOKEN).encode())
    assert isinstance(found, Document)
    assert found.source is Source.JWT


@pytest.mark.parametrize(
    "data",
    [
        TOKEN.replace(".", ". ", 1).encode(),
        TOKEN.replace(".", "\n.", 1).encode()[:30] + b".x",
        TOKEN.encode() + b".",
        TOKEN.encode() + "é".encode(),
        TOKEN.encode() + b" x",
    ],
)
def test_a_token_with_anything_in_it_is_malformed(data: bytes) -> None:
    found = read(data)
    assert isinstance(found, ReadProblem)
    assert found.code in {"parse.token_malformed", "parse.not_json"}


def test_a_token_of_open_badges_2_is_recognised() -> None:
    text = token({"alg": "EdDSA"}, {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion"})
    assert read(text.encode()) == ReadProblem("parse.open_badges_2", Source.JWT)
