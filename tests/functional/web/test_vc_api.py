"""The VC API says of a credential what the report says, in the field's own terms, and obeys every option it takes."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from credentials.documents.presentation import PresentationDocument, presentation
from credentials.json_input import JsonObject
from credentials.messages import MESSAGES
from credentials.problem_types import problem_type
from credentials.report import Outcome
from credentials.securing import vc_jose
from credentials.securing.data_integrity import add_proof, sign
from issuer.web import create_app
from issuer.web.problem_details import explained_problems
from tests.support.credentials import (
    CREATED,
    OTHER_SIGNER,
    TEST_ISSUER,
    TEST_SIGNER,
    make_block_credential,
)
from tests.support.fake_desk import BASE, NOW, FakeDesk

CREDENTIALS = "/vc-api/credentials/verify"
PRESENTATIONS = "/vc-api/presentations/verify"
DATA_MODEL = "https://www.w3.org/TR/vc-data-model#"
SECURITY = "https://w3id.org/security#"
UNKNOWN_OPTION = "https://www.w3.org/TR/vcalm#UNKNOWN_OPTION_PROVIDED"

MEBIBYTE = 1024 * 1024


def block(**members: Any) -> JsonObject:
    """Give a signed block that has taken effect, with members replaced before it is signed."""
    document = make_block_credential()
    document["validFrom"] = NOW.isoformat()
    del document["credentialStatus"]
    return sign({**document, **members}, TEST_SIGNER, created=CREATED)


def presented(
    *credentials: JsonObject, challenge: str | None = "q1", domain: str | None = "jury.example"
) -> JsonObject:
    document = presentation(PresentationDocument(holder=TEST_ISSUER, credentials=list(credentials)))
    return add_proof(
        document, TEST_SIGNER, created=CREATED, purpose="authentication", challenge=challenge, domain=domain
    )


def asked(client: FlaskClient, credential: object, **options: object) -> dict[str, Any]:
    answer = client.post(CREDENTIALS, json={"verifiableCredential": credential, "options": options})
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    return dict(answer.get_json())


def types(result: Mapping[str, Any]) -> dict[str, str]:
    return {problem["code"]: problem["type"] for problem in result["problemDetails"]}


def test_what_is_signed_and_formed_is_verified_and_the_rest_is_a_warning(client: FlaskClient) -> None:
    result = asked(client, block())

    assert result["verified"] is True
    assert types(result) == {"issuer.unknown": f"{BASE}/vc-api/problems#issuer.unknown"}


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"validUntil": "2020-01-01T00:00:00Z", "validFrom": "2019-01-01T00:00:00Z"}, "period.ended"),
        ({"validFrom": "2099-01-01T00:00:00Z"}, "period.not_yet_valid"),
        ({"credentialStatus": make_block_credential()["credentialStatus"]}, "status.not_at_hand"),
    ],
)
def test_period_and_status_are_warnings(client: FlaskClient, members: JsonObject, code: str) -> None:
    result = asked(client, block(**members))

    assert (result["verified"], code in types(result)) == (True, True)


def _altered(document: JsonObject) -> JsonObject:
    return {**document, "name": "Autre chose"}


def _without_proof(document: JsonObject) -> JsonObject:
    return {name: value for name, value in document.items() if name != "proof"}


def _of_another(document: JsonObject) -> JsonObject:
    return sign(_without_proof(document), OTHER_SIGNER, created=CREATED)


def _of_another_purpose(document: JsonObject) -> JsonObject:
    return sign(_without_proof(document), TEST_SIGNER, created=CREATED, purpose="authentication")


def _with_undefined(document: JsonObject) -> JsonObject:
    return {**document, "undefinedTerm": "x"}


def _with_challenge(document: JsonObject) -> JsonObject:
    return add_proof(_without_proof(document), TEST_SIGNER, created=CREATED, challenge="q")


def _with_domain(document: JsonObject) -> JsonObject:
    return add_proof(_without_proof(document), TEST_SIGNER, created=CREATED, domain="d.example")


def _without_type(document: JsonObject) -> JsonObject:
    return {name: value for name, value in document.items() if name != "type"}


def _without_key(document: JsonObject) -> JsonObject:
    issuer = {**_dict(document["issuer"]), "id": "did:web:ailleurs.example"}
    return {**_without_proof(document), "issuer": issuer, "proof": _proof_of("did:web:ailleurs.example#k")}


def _proof_of(method: str) -> JsonObject:
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-11-24T09:30:00Z",
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
        "proofValue": "z3" + "1" * 80,
    }


def _dict(value: object) -> JsonObject:
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize(
    ("change", "code", "kind"),
    [
        (_altered, "proof.signature_mismatch", f"{DATA_MODEL}CRYPTOGRAPHIC_SECURITY_ERROR"),
        (_without_proof, "proof.missing", f"{SECURITY}PROOF_VERIFICATION_ERROR"),
        (_of_another, "key.controller_not_issuer", f"{SECURITY}INVALID_VERIFICATION_METHOD"),
        (_of_another_purpose, "proof.purpose", f"{SECURITY}PROOF_VERIFICATION_ERROR"),
        (_with_undefined, "contexts.undefined", f"{SECURITY}DATA_LOSS_DETECTION_ERROR"),
        (_with_challenge, "proof.challenge", f"{SECURITY}INVALID_CHALLENGE_ERROR"),
        (_with_domain, "proof.domain", f"{SECURITY}INVALID_DOMAIN_ERROR"),
        (_without_type, "structure.missing_member", f"{DATA_MODEL}MALFORMED_VALUE_ERROR"),
        (_without_key, "key.not_at_hand", f"{BASE}/vc-api/problems#key.not_at_hand"),
    ],
)
def test_what_fails_or_cannot_be_checked_of_proof_and_form_is_not_verified(
    client: FlaskClient, change: Any, code: str, kind: str
) -> None:
    result = asked(client, change(block()))

    assert result["verified"] is False
    assert types(result).get(code) == kind


def test_an_enveloped_credential_is_verified_like_any_other(client: FlaskClient) -> None:
    token = vc_jose.sign(_without_proof(block()), TEST_SIGNER)
    envelope: JsonObject = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": f"data:application/vc+jwt,{token}",
        "type": "EnvelopedVerifiableCredential",
    }
    altered = {**envelope, "id": f"{envelope['id']}"[:-8] + "AAAAAAAA"}

    assert asked(client, envelope, returnCredential=True)["credential"] == envelope
    assert asked(client, envelope)["verified"] is True
    assert asked(client, altered)["verified"] is False


def test_a_proof_that_has_lapsed_is_not_verified(client: FlaskClient) -> None:
    document = {**_without_proof(block())}
    proof = {**_proof_of(TEST_SIGNER.verification_method), "expires": "2026-01-01T00:00:00Z"}
    result = asked(client, {**document, "proof": proof})

    assert result["verified"] is False


@pytest.mark.parametrize("credential", [{}, {"a": None}, {"@context": [], "type": 3}])
def test_an_object_that_is_no_credential_is_judged_not_refused(
    client: FlaskClient, credential: JsonObject
) -> None:
    result = asked(client, credential)

    assert result["verified"] is False
    assert result["problemDetails"]


def test_an_answer_holds_what_was_asked_for_and_no_more(client: FlaskClient) -> None:
    credential = block()
    everything = asked(client, credential, returnCredential=True, returnResults=True)

    assert asked(client, credential, returnProblemDetails=False) == {"verified": True}
    assert everything["credential"] == credential
    assert everything["results"] == {
        "validFrom": {"verified": True, "input": credential["validFrom"]},
        "proof": [{"verified": True, "input": proof} for proof in _list(credential["proof"])],
    }


def _list(value: object) -> list[Any]:
    assert isinstance(value, list)
    return value


def test_results_name_the_date_and_the_entry_that_do_not_hold(client: FlaskClient) -> None:
    ended = block(
        validFrom="2019-01-01T00:00:00Z",
        validUntil="2020-01-01T00:00:00Z",
        credentialStatus=make_block_credential()["credentialStatus"],
    )
    results = asked(client, ended, returnResults=True)["results"]

    assert results["validFrom"]["verified"] is True
    assert results["validUntil"]["verified"] is False
    assert [entry["verified"] for entry in results["credentialStatus"]] == [False]
    early = asked(
        client,
        block(validFrom="2098-01-01T00:00:00Z", validUntil="2099-01-01T00:00:00Z"),
        returnResults=True,
    )["results"]
    assert (early["validFrom"]["verified"], early["validUntil"]["verified"]) == (False, True)


def test_results_of_an_unsigned_document_say_nothing_good(client: FlaskClient) -> None:
    unsigned = asked(client, _without_proof(block()), returnResults=True)["results"]
    altered = asked(client, _altered(block()), returnResults=True)["results"]

    assert unsigned == {"validFrom": {"verified": False, "input": block()["validFrom"]}}
    assert [proof["verified"] for proof in altered["proof"]] == [False]


REFUSED = [
    ({"verifiableCredential": {}, "options": {"checks": ["proof"]}}, UNKNOWN_OPTION),
    ({"verifiableCredential": {}, "options": {"challenge": "q"}}, UNKNOWN_OPTION),
    ({"verifiableCredential": {}, "credential": {}}, UNKNOWN_OPTION),
    ({"verifiableCredential": {}, "options": {"returnResults": "yes"}}, f"{DATA_MODEL}MALFORMED_VALUE_ERROR"),
    ({"verifiableCredential": {}, "options": None}, f"{DATA_MODEL}MALFORMED_VALUE_ERROR"),
    ({"verifiableCredential": "eyJhbGciOiJub25lIn0.e30."}, f"{DATA_MODEL}MALFORMED_VALUE_ERROR"),
    ({}, f"{DATA_MODEL}MALFORMED_VALUE_ERROR"),
]


@pytest.mark.parametrize(("body", "kind"), REFUSED)
def test_a_request_that_is_not_understood_is_refused(client: FlaskClient, body: object, kind: str) -> None:
    answer = client.post(CREDENTIALS, json=body)

    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert answer.get_json()["type"] == kind


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"a":1,"a":2}', b"\xff", b'{"a":1e999}'])
def test_a_body_that_cannot_be_read_is_refused(client: FlaskClient, body: bytes) -> None:
    answer = client.post(CREDENTIALS, data=body, content_type="application/json")

    assert (answer.status_code, answer.get_json()["type"]) == (400, f"{DATA_MODEL}PARSING_ERROR")
    assert "At /." not in answer.get_json()["detail"]


@pytest.mark.parametrize("path", [CREDENTIALS, PRESENTATIONS])
def test_other_media_types_and_long_bodies_are_refused(client: FlaskClient, path: str) -> None:
    assert client.post(path, data=b"{}", content_type="application/vc").status_code == 415
    assert client.post(path, data=b"{}", content_type="").status_code == 415
    long = b" " * (MEBIBYTE + 1)
    assert client.post(path, data=long, content_type="application/json").status_code == 413


def test_no_route_issues_or_changes_a_status(client: FlaskClient) -> None:
    for path in ("credentials/issue", "credentials/status", "credentials/derive"):
        assert client.post(f"/vc-api/{path}", json={}).status_code == 404


@pytest.mark.parametrize("path", [CREDENTIALS, PRESENTATIONS])
def test_a_page_on_another_site_may_ask_and_nothing_is_kept(client: FlaskClient, path: str) -> None:
    preflight = client.open(path, method="OPTIONS")
    answer = client.post(path, json={})

    assert preflight.headers["Access-Control-Allow-Headers"] == "Content-Type"
    assert {
        preflight.headers["Access-Control-Allow-Origin"],
        answer.headers["Access-Control-Allow-Origin"],
    } == {"*"}
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


# ── presentations ────────────────────────────────────────────────────────────────────────────────────────


def show(client: FlaskClient, document: object, **options: object) -> dict[str, Any]:
    answer = client.post(PRESENTATIONS, json={"verifiablePresentation": document, "options": options})
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    return dict(answer.get_json())


def test_a_presentation_that_answers_is_verified_with_its_credentials(client: FlaskClient) -> None:
    document = presented(block())
    result = show(client, document, challenge="q1", domain="jury.example", returnPresentation=True)

    assert result["verified"] is True
    assert result["problemDetails"] == []
    assert result["verifiablePresentation"] == document
    inside = result["results"]["credentials"]
    assert [(item["verified"], list(types(item))) for item in inside] == [(True, ["issuer.unknown"])]
    assert result["results"]["presentation"] == {
        "challenge": {"verified": True, "input": "q1"},
        "domain": {"verified": True, "input": "jury.example"},
        "holder": {"verified": True, "input": TEST_ISSUER},
        "proof": [{"verified": True, "input": proof} for proof in _list(document["proof"])],
    }


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"challenge": "q2", "domain": "jury.example"}, f"{SECURITY}INVALID_CHALLENGE_ERROR"),
        ({"domain": "jury.example"}, f"{SECURITY}INVALID_CHALLENGE_ERROR"),
        ({"challenge": "q1", "domain": "other.example"}, f"{SECURITY}INVALID_DOMAIN_ERROR"),
        ({"challenge": "q1"}, f"{SECURITY}INVALID_DOMAIN_ERROR"),
    ],
)
def test_a_presentation_made_for_another_occasion_is_not_verified(
    client: FlaskClient, options: JsonObject, kind: str
) -> None:
    result = show(client, presented(block()), **options)

    assert result["verified"] is False
    assert kind in types(result).values()


def test_a_credential_that_does_not_hold_takes_its_presentation_with_it(client: FlaskClient) -> None:
    document = presented(block(), _altered(block(id="urn:uuid:6b1d1a9e-33aa-4b54-9e6c-5ac2e0a3b0ff")))
    result = show(client, document, challenge="q1", domain="jury.example")

    assert (result["verified"], result["problemDetails"]) == (False, [])
    assert [item["verified"] for item in result["results"]["credentials"]] == [True, False]


def test_a_presentation_without_proof_is_not_verified(client: FlaskClient) -> None:
    document = _without_proof(presented(block()))
    result = show(client, document, returnProblemDetails=False)

    assert result["verified"] is False
    assert "problemDetails" not in result
    assert [item["verified"] for item in result["results"]["credentials"]] == [True]
    assert "problemDetails" not in result["results"]["credentials"][0]
    assert list(types(show(client, document))) == ["proof.missing"]


def test_a_presentation_is_told_in_one_word_where_that_is_asked(client: FlaskClient) -> None:
    options = {"returnResults": False, "returnProblemDetails": False}
    result = show(client, presented(block()), challenge="q1", domain="jury.example", **options)

    assert result == {"verified": True}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"verifiablePresentation": {}, "options": {"checks": []}}, UNKNOWN_OPTION),
        ({"presentation": {}}, UNKNOWN_OPTION),
        ({"verifiablePresentation": {}, "options": {"challenge": ""}}, f"{DATA_MODEL}MALFORMED_VALUE_ERROR"),
        ({"verifiablePresentation": {}, "options": {"domain": ["a"]}}, f"{DATA_MODEL}MALFORMED_VALUE_ERROR"),
        ({"verifiablePresentation": []}, f"{DATA_MODEL}MALFORMED_VALUE_ERROR"),
    ],
)
def test_a_request_on_a_presentation_that_is_not_understood_is_refused(
    client: FlaskClient, body: object, kind: str
) -> None:
    answer = client.post(PRESENTATIONS, json=body)

    assert (answer.status_code, answer.get_json()["type"]) == (400, kind)


# ── what is said of the problems themselves ──────────────────────────────────────────────────────────────

AGAINST = sorted(
    code for code, message in MESSAGES.items() if message.outcome in {Outcome.FAIL, Outcome.UNKNOWN}
)
OURS_TOO = {"issuer", "period", "status", "related"}
UNNAMED = {
    "structure.older_data_model",
    *(f"key.{why}" for why in ("not_at_hand", "network_off", "not_found", "unreachable", "busy", "refused")),
    "key.too_large",
    "key.method_unsupported",
    "proof.paper_differs",
}


@pytest.mark.parametrize("code", AGAINST)
def test_every_code_against_a_document_has_a_type(code: str) -> None:
    standard = problem_type(code)
    explained = {item["code"]: item["type"] for item in explained_problems(BASE)}

    assert explained[code] == standard or explained[code] == f"{BASE}/vc-api/problems#{code}"
    if code.partition(".")[0] not in OURS_TOO | {"holder"} and code not in UNNAMED:
        assert standard is not None


def test_the_problems_are_explained_in_both_languages(client: FlaskClient) -> None:
    answer = client.get("/vc-api/problems")
    problems = {item["code"]: item for item in answer.get_json()["problems"]}

    assert sorted(problems) == AGAINST
    assert problems["status.revoked"]["title"] == "Status: revoked"
    assert all(item["message"]["fr"] and item["message"]["en"] for item in problems.values())
    assert "public" in answer.headers["Cache-Control"]


def test_the_description_says_where_the_service_is(client: FlaskClient) -> None:
    answer = client.get("/vc-api/openapi.json")

    assert answer.get_json()["servers"] == [{"url": f"{BASE}/vc-api"}]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)


@settings(max_examples=60, deadline=None)
@given(body=JSON_VALUES, path=st.sampled_from([CREDENTIALS, PRESENTATIONS]))
def test_no_body_breaks_the_service(body: object, path: str) -> None:
    client = create_app(FakeDesk()).test_client()
    answer = client.post(path, data=json.dumps(body), content_type="application/json")

    assert answer.status_code == 400


@settings(max_examples=60, deadline=None)
@given(document=st.dictionaries(st.text(max_size=8), JSON_VALUES, max_size=4))
def test_nothing_that_nobody_signed_is_verified(document: JsonObject) -> None:
    client = create_app(FakeDesk()).test_client()
    for path, member in ((CREDENTIALS, "verifiableCredential"), (PRESENTATIONS, "verifiablePresentation")):
        answer = client.post(path, data=json.dumps({member: document}), content_type="application/json")
        assert answer.status_code == 400 or answer.get_json()["verified"] is False
