"""VC-JOSE-COSE: the payload is the document, and what a token adds may not contradict it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from credentials.errors import CredentialError, ErrorCode
from credentials.json_input import JsonObject
from credentials.proofs.api import Signer
from credentials.securing import jws, vc_jose
from credentials.securing.data_integrity import sign as sign_embedded
from credentials.securing.envelope import open_token
from credentials.securing.envelope_errors import EnvelopeCode
from tests.support.credentials import CREATED, OTHER_SIGNER, TEST_SIGNER, make_block_credential
from tests.support.signers import P256_SIGNER, P384_SIGNER
from tests.support.tokens import rsa_signer, token, vc_header

DOCUMENT = make_block_credential()


def refused(text: str, key: Any = TEST_SIGNER.key) -> str:
    with pytest.raises(CredentialError) as caught:
        vc_jose.verify(text, key)
    return caught.value.code


@pytest.mark.parametrize("signer", [TEST_SIGNER, P256_SIGNER, P384_SIGNER])
def test_what_is_signed_verifies_and_is_the_very_document(signer: Any) -> None:
    text = vc_jose.sign(DOCUMENT, signer)
    assert vc_jose.verify(text, signer.key) == DOCUMENT
    header = open_token(text).envelope.jws.header
    assert (header["typ"], header["cty"], header["kid"]) == ("vc+jwt", "vc", signer.verification_method)


def test_an_embedded_proof_stays_in_the_document() -> None:
    document = sign_embedded(DOCUMENT, TEST_SIGNER, created=CREATED)
    assert vc_jose.verify(vc_jose.sign(document, TEST_SIGNER), TEST_SIGNER.key) == document


def test_times_of_the_signature_are_claims_and_no_members_of_the_document() -> None:
    text = vc_jose.sign(DOCUMENT, TEST_SIGNER, issued=CREATED, expires=datetime(2027, 1, 1, tzinfo=UTC))
    opened = open_token(text)
    assert opened.envelope.claims == {"iat": 1795512600, "exp": 1798761600}
    assert opened.content == DOCUMENT


def test_a_presentation_has_its_own_type_and_the_key_may_be_named_otherwise() -> None:
    document: JsonObject = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": "did:example:holder",
    }
    text = vc_jose.sign(document, TEST_SIGNER, kid="https://ecole.example/keys#1")
    header = open_token(text).envelope.jws.header
    assert (header["typ"], header["cty"], header["kid"]) == ("vp+jwt", "vp", "https://ecole.example/keys#1")
    assert vc_jose.verify(text, TEST_SIGNER.key) == document
    other = token(vc_header(typ="vp+jwt"), {**document, "iss": "did:example:other"})
    assert refused(other) is EnvelopeCode.CLAIMS_DIFFER
    named = {**document, "holder": {"id": "did:example:holder"}, "iss": "did:example:holder"}
    assert vc_jose.verify(token(vc_header(typ="vp+jwt"), named), TEST_SIGNER.key)


@pytest.mark.parametrize("member", ["iss", "exp", "nbf", "jti", "cnf", "vc", "vp"])
def test_a_document_with_a_member_named_like_a_claim_is_not_signed(member: str) -> None:
    with pytest.raises(CredentialError) as caught:
        vc_jose.sign({**DOCUMENT, member: "x"}, TEST_SIGNER)
    assert caught.value.code is EnvelopeCode.CLAIMS_DIFFER


def test_an_undefined_word_is_not_signed() -> None:
    with pytest.raises(CredentialError) as caught:
        vc_jose.sign({**DOCUMENT, "gradeObtained": "20"}, TEST_SIGNER)
    assert caught.value.code is ErrorCode.LOSSLESS_UNDEFINED


def test_rsa_is_no_algorithm_of_this_profile() -> None:
    signer: Signer = rsa_signer()
    with pytest.raises(CredentialError) as caught:
        vc_jose.sign(DOCUMENT, signer)
    assert caught.value.code is EnvelopeCode.SIGNER
    assert refused(token(vc_header(signer), DOCUMENT, signer), rsa_signer().key) is EnvelopeCode.ALGORITHM


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"typ": "at+jwt"}, EnvelopeCode.TYPE),
        ({"typ": "VC+JWT"}, EnvelopeCode.TYPE),
        ({"typ": "JWT"}, EnvelopeCode.TYPE),
        ({"cty": "vp"}, EnvelopeCode.TYPE),
        ({"cty": "application/json"}, EnvelopeCode.TYPE),
        ({"typ": 1}, EnvelopeCode.HEADER),
        ({"crit": ["exp"]}, EnvelopeCode.HEADER),
        ({"jwk": {}}, EnvelopeCode.HEADER),
        ({"alg": "none"}, EnvelopeCode.UNSIGNED),
        ({"alg": "HS256"}, EnvelopeCode.UNSIGNED),
        ({"alg": "ES256"}, EnvelopeCode.KEY_ALGORITHM),
        ({"iss": "did:example:other"}, EnvelopeCode.CLAIMS_DIFFER),
    ],
)
def test_a_header_that_breaks_a_rule_is_refused(members: dict[str, Any], code: str) -> None:
    assert refused(token(vc_header(**members), DOCUMENT)) == code


@pytest.mark.parametrize(
    "members",
    [
        {"typ": "application/vc+jwt"},
        {"cty": "vc"},
        {"cty": "application/vc"},
        {"typ": None},
        {"iss": TEST_SIGNER.verification_method.partition("#")[0]},
        {"kid": None},
    ],
)
def test_a_header_within_the_rules_is_accepted(members: dict[str, Any]) -> None:
    assert vc_jose.verify(token(vc_header(**members), DOCUMENT), TEST_SIGNER.key) == DOCUMENT


def test_a_type_that_is_left_out_is_named() -> None:
    opened = open_token(token(vc_header(typ=None), DOCUMENT))
    assert vc_jose.check(opened.envelope, opened.content) == ("notice.token_type_absent",)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "did:example:other"},
        {"iss": None},
        {"iss": ["did:example:other"]},
        {"jti": "urn:uuid:other"},
        {"sub": "urn:uuid:other"},
        {"vc": {}},
        {"vp": "x"},
    ],
)
def test_a_claim_that_contradicts_the_document_is_refused(claims: dict[str, Any]) -> None:
    assert refused(token(vc_header(), {**DOCUMENT, **claims})) is EnvelopeCode.CLAIMS_DIFFER


def test_claims_that_agree_or_say_nothing_of_the_document_are_left_aside() -> None:
    content: Any = DOCUMENT
    claims = {
        "iss": content["issuer"]["id"],
        "jti": content["id"],
        "sub": content["credentialSubject"]["id"],
        "cnf": {"kid": "x"},
    }
    assert vc_jose.verify(token(vc_header(), {**DOCUMENT, **claims}), TEST_SIGNER.key) == DOCUMENT
    without = {name: value for name, value in content.items() if name != "id"}
    assert vc_jose.verify(token(vc_header(), {**without, "jti": "urn:uuid:1"}), TEST_SIGNER.key) == without


def test_a_changed_document_or_another_key_is_a_mismatch() -> None:
    head, body, signature = vc_jose.sign(DOCUMENT, TEST_SIGNER).split(".")
    changed = jws.encoded(jws.decoded(body).replace(b"Camille", b"Camilla"))
    assert refused(f"{head}.{changed}.{signature}") is ErrorCode.PROOF_SIGNATURE_MISMATCH
    assert refused(f"{head}.{body}.{signature}", OTHER_SIGNER.key) is ErrorCode.PROOF_SIGNATURE_MISMATCH
