"""did:web identifiers: to addresses, from addresses, and nothing that leads elsewhere."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentials.did_web import (
    MAX_METHODS,
    DidWebError,
    did_for_base_url,
    document_url,
    key_from_document,
    keys_from_document,
    withdrawn_key,
)
from credentials.issuer_keys import dated, find_key
from credentials.json_input import JsonObject, JsonValue
from credentials.materials import DidDocument, Materials
from credentials.structure.values import objects_of
from tests.support.credentials import TEST_KEY
from tests.support.verification import DID_WEB, WEB_METHOD, did_document

GOOD = [
    ("did:web:diplomes.example", "https://diplomes.example", "https://diplomes.example/.well-known/did.json"),
    ("did:web:localhost%3A8000", "http://localhost:8000", "http://localhost:8000/.well-known/did.json"),
    ("did:web:a.example%3A8443", "https://a.example:8443/", "https://a.example:8443/.well-known/did.json"),
    ("did:web:a.example:u:1", "https://a.example/u/1", "https://a.example/u/1/did.json"),
]


@pytest.mark.parametrize(("did", "base", "url"), GOOD)
def test_identifiers_and_addresses_go_both_ways(did: str, base: str, url: str) -> None:
    assert did_for_base_url(base) == did
    assert document_url(did) == url


@pytest.mark.parametrize(
    "did",
    [
        "did:key:z6Mk",
        "did:web:",
        "did:web:127.0.0.1",
        "did:web:10.0.0.1%3A80",
        "did:web:a.example%3A0",
        "did:web:a.example%3A99999",
        "did:web:a.example%3A",
        "did:web:a.example/x",
        "did:web:a.example%2Fx",
        "did:web:user@a.example",
        "did:web:a.example:..:x",
        "did:web:a.example:%2e%2e",
        "did:web:a.example:a%2Fb",
        "did:web:a.example:a%5Cb",
        "did:web:a.example:%252e",
        "did:web:a.example::x",
        "did:web:a.example#k",
        "did:web:a..example",
        "did:web:-a.example",
        "did:web:[::1]",
        "did:web:a.example\n",
        f"did:web:{'a' * 300}",
    ],
)
def test_an_identifier_that_leads_elsewhere_is_refused(did: str) -> None:
    with pytest.raises(DidWebError):
        document_url(did)


@pytest.mark.parametrize(
    "base",
    [
        "http://diplomes.example",
        "http://192.168.1.4:8000",
        "https://192.168.1.4",
        "https://a.example?x",
        "https://u@a.example",
        "ftp://a.example",
        "https://",
        "https://[::1]",
        "https://a.example:99999",
        "nothing",
    ],
)
def test_an_address_that_did_web_cannot_name_is_refused(base: str) -> None:
    with pytest.raises(DidWebError):
        did_for_base_url(base)


@given(st.text())
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        url = document_url(f"did:web:{text}")
    except DidWebError:
        return
    assert url.startswith(("https://", "http://localhost"))
    assert url.endswith("/did.json")
    assert ".." not in url


def test_a_listed_key_is_given_with_its_dates() -> None:
    found = key_from_document(did_document(), WEB_METHOD, "assertionMethod")
    assert found.key == TEST_KEY
    assert found.expires is None


@pytest.mark.parametrize("method", ["#key-1", DID_WEB, f"{DID_WEB}#", "key-1"])
def test_a_method_must_be_a_whole_did_url(method: str) -> None:
    with pytest.raises(DidWebError) as caught:
        key_from_document(did_document(), method, "assertionMethod")
    assert caught.value.code == "key.method_malformed"


def test_errors_come_in_the_standards_order() -> None:
    wrong = did_document(id="did:web:other.example", verificationMethod=[], assertionMethod=[])
    with pytest.raises(DidWebError) as caught:
        key_from_document(wrong, WEB_METHOD, "assertionMethod")
    assert caught.value.code == "key.document_of_another"


def test_a_document_without_the_relation_lists_no_key_for_it() -> None:
    document = did_document()
    del document["assertionMethod"]
    with pytest.raises(DidWebError) as caught:
        key_from_document(document, WEB_METHOD, "assertionMethod")
    assert caught.value.code == "key.not_for_this_use"


@pytest.mark.parametrize("identifier", [7, None, ["#key-1"], {"id": WEB_METHOD}])
def test_a_method_whose_id_is_no_text_is_nobody_s_key(identifier: JsonValue) -> None:
    method: JsonObject = {"id": identifier, "type": "Multikey", "controller": DID_WEB}
    method["publicKeyMultibase"] = TEST_KEY.multibase
    with pytest.raises(DidWebError) as caught:
        key_from_document(did_document(verificationMethod=[method]), WEB_METHOD, "assertionMethod")
    assert caught.value.code == "key.not_listed"


def _with_jwk(kind: str, **members: JsonValue) -> JsonObject:
    x = base64.urlsafe_b64encode(TEST_KEY.raw).rstrip(b"=").decode()
    jwk: JsonObject = {"kty": "OKP", "crv": "Ed25519", "x": x, **members}
    method: JsonObject = {"id": WEB_METHOD, "type": kind, "controller": DID_WEB, "publicKeyJwk": jwk}
    return did_document(verificationMethod=[method])


@pytest.mark.parametrize("kind", ["JsonWebKey", "JsonWebKey2020"])
def test_a_key_in_jwk_form_is_read(kind: str) -> None:
    assert key_from_document(_with_jwk(kind), WEB_METHOD, "assertionMethod").key == TEST_KEY


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"d": "AAAA"}, "key.secret"),
        ({"crv": "X25519"}, "key.type"),
        ({"kty": "EC"}, "key.type"),
        ({"x": 3}, "key.multibase"),
        ({"x": "AAAA"}, "key.length"),
        ({"x": "A+/="}, "key.multibase"),
    ],
)
def test_a_key_in_jwk_form_is_read_strictly(members: dict[str, JsonValue], code: str) -> None:
    with pytest.raises(DidWebError) as caught:
        key_from_document(_with_jwk("JsonWebKey", **members), WEB_METHOD, "assertionMethod")
    assert caught.value.code == code


def test_a_method_with_two_keys_is_refused() -> None:
    document = _with_jwk("JsonWebKey")
    methods = document["verificationMethod"]
    assert isinstance(methods, list)
    method = methods[0]
    assert isinstance(method, dict)
    method["publicKeyMultibase"] = TEST_KEY.multibase
    with pytest.raises(DidWebError):
        key_from_document(document, WEB_METHOD, "assertionMethod")


def _methods(count: int) -> list[JsonValue]:
    others: list[JsonValue] = [
        {
            "id": f"#k{number}",
            "type": "Multikey",
            "controller": DID_WEB,
            "publicKeyMultibase": TEST_KEY.multibase,
        }
        for number in range(count - 1)
    ]
    listed = did_document()["verificationMethod"]
    assert isinstance(listed, list)
    return [*others, *listed]


def test_a_document_may_have_so_many_methods_and_no_more() -> None:
    full = did_document(verificationMethod=_methods(MAX_METHODS))
    assert key_from_document(full, WEB_METHOD, "assertionMethod").key == TEST_KEY
    assert len(keys_from_document(full, DID_WEB, "assertionMethod")) == 1
    beyond = did_document(verificationMethod=_methods(MAX_METHODS + 1))
    for read in (key_from_document, keys_from_document):
        with pytest.raises(DidWebError) as caught:
            read(beyond, WEB_METHOD if read is key_from_document else DID_WEB, "assertionMethod")
        assert caught.value.code == "key.too_large"


def test_methods_within_the_relation_count_too() -> None:
    beyond = did_document(assertionMethod=_methods(MAX_METHODS))
    with pytest.raises(DidWebError) as caught:
        keys_from_document(beyond, DID_WEB, "assertionMethod")
    assert caught.value.code == "key.too_large"


@pytest.mark.parametrize(
    "reference",
    ["did:web:other.example#key-1", "#absent", "#", "", "key-1", {"id": 7}, {"type": "Multikey"}],
)
def test_a_reference_that_is_none_to_a_method_of_the_document_gives_no_key(reference: JsonValue) -> None:
    document = did_document(assertionMethod=[reference])
    assert keys_from_document(document, DID_WEB, "assertionMethod") == []


def test_a_reference_written_twice_gives_one_key() -> None:
    document = did_document(assertionMethod=["#key-1", WEB_METHOD, "#key-1"])
    assert [found.key for found in keys_from_document(document, DID_WEB, "assertionMethod")] == [TEST_KEY]


def test_what_another_s_document_lists_is_nobody_s_key() -> None:
    other = "did:web:other.example"
    method: JsonObject = {
        "id": f"{other}#k",
        "type": "Multikey",
        "controller": other,
        "publicKeyMultibase": TEST_KEY.multibase,
    }
    document = did_document(id=other, verificationMethod=[method], assertionMethod=[f"{other}#k"])
    assert keys_from_document(document, other, "assertionMethod")
    with pytest.raises(DidWebError) as caught:
        keys_from_document(document, DID_WEB, "assertionMethod")
    assert caught.value.code == "key.document_of_another"


def _revoked(**members: JsonValue) -> JsonObject:
    (method,) = objects_of(did_document()["verificationMethod"])
    return did_document(verificationMethod=[{**method, "revoked": "2026-01-01T00:00:00Z", **members}])


@pytest.mark.parametrize("listed", [True, False])
def test_a_withdrawn_key_is_found_whether_or_not_it_is_still_listed(listed: bool) -> None:
    document = _revoked()
    if not listed:
        document["assertionMethod"] = []

    found = withdrawn_key(document, WEB_METHOD)

    assert found is not None
    assert (found.key, found.revoked) == (TEST_KEY, datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "document",
    [did_document(), did_document(verificationMethod=[]), _revoked(revoked="soon"), _revoked(controller="x")],
)
def test_what_is_not_withdrawn_or_not_there_is_no_withdrawn_key(document: JsonObject) -> None:
    assert withdrawn_key(document, WEB_METHOD) is None


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        # Not listed, and its withdrawal is yet to come: the issuer lists it for another use.
        (datetime(2025, 12, 1, tzinfo=UTC), "key.not_for_this_use"),
        (datetime(2026, 2, 1, tzinfo=UTC), "key.revoked_since"),
    ],
)
def test_an_unlisted_key_is_judged_by_its_withdrawal_from_then_on(at: datetime, expected: str) -> None:
    document = {**_revoked(expires="2025-01-01T00:00:00Z"), "assertionMethod": []}
    materials = Materials(did_documents={DID_WEB: DidDocument(document, at)})

    found = find_key(WEB_METHOD, "assertionMethod", issuer=DID_WEB, materials=materials)

    assert dated(found, datetime(2025, 6, 1, tzinfo=UTC), at).code == expected
