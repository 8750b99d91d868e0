"""Credentials in tokens through the whole pipeline: whose key it is, and until when the signature holds."""

import copy
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from credentials import (
    CheckId,
    DidDocument,
    Document,
    IssuerIdentity,
    Materials,
    Outcome,
    Policy,
    Reason,
    Unavailable,
    Verdict,
    VerificationReport,
    needs,
    read,
)
from credentials.json_input import JsonObject
from credentials.materials import KeyDocument, Needs
from credentials.messages import NOTICES
from credentials.presentations import verify_presentation
from credentials.securing import open_badges_jwt, vc_jose
from credentials.securing.data_integrity import sign as sign_embedded
from credentials.securing.proof_options import Expectation
from credentials.token_authenticity import examine_received
from tests.support.credentials import (
    CREATED,
    OTHER_SIGNER,
    TEST_ISSUER,
    TEST_SIGNER,
    make_block_credential,
)
from tests.support.selective import bound, digest, disclosure, sd_jwt
from tests.support.signers import P256_SIGNER, P384_SIGNER
from tests.support.tokens import badge_payload, jwk, rsa_signer, token, vc_header
from tests.support.verification import (
    AS_OF,
    AT,
    DID_WEB,
    WEB_METHOD,
    WEB_SIGNER,
    check,
    did_document,
    materials,
    web_materials,
)

BLOCK = make_block_credential()
CURVES = {"P-256": P256_SIGNER, "P-384": P384_SIGNER}
SITE = "https://ecole.example"


def document(issuer: str = TEST_ISSUER, **members: Any) -> dict[str, Any]:
    content: Any = copy.deepcopy(make_block_credential(issuer=issuer))
    del content["credentialStatus"]
    return {**content, **members}


def knowing(issuer: str, **given: Any) -> Materials:
    return Materials(trust={issuer: IssuerIdentity(issuer, "Registre")}, **given)


def judged(text: str, given: Materials | None = None) -> VerificationReport:
    return check(text.encode(), given or knowing(TEST_ISSUER))


def codes(report: VerificationReport) -> tuple[str, str]:
    return report.check(CheckId.PROOF).code, report.check(CheckId.KEY).code


def noticed(report: VerificationReport) -> set[str]:
    return {code for code, message in NOTICES.items() if message.en in {item.en for item in report.notices}}


def test_a_token_of_a_known_issuer_with_everything_at_hand_is_valid() -> None:
    report = check(vc_jose.sign(BLOCK, TEST_SIGNER).encode())
    assert report.verdict is Verdict.VALID
    assert report.source == "jwt"
    assert codes(report) == ("proof.ok", "key.self_certifying")
    assert noticed(report) == {"notice.token_vc_jose"}


@pytest.mark.parametrize("name", CURVES)
def test_every_curve_signs_a_valid_token(name: str) -> None:
    signer = CURVES[name]
    issuer = signer.verification_method.partition("#")[0]
    assert judged(vc_jose.sign(document(issuer), signer), knowing(issuer)).verdict is Verdict.VALID


def test_a_badge_token_of_a_did_key_is_valid_by_name_and_by_the_key_itself() -> None:
    issuer = P256_SIGNER.verification_method.partition("#")[0]
    for given in (None, jwk(P256_SIGNER)):
        report = judged(open_badges_jwt.sign(document(issuer), P256_SIGNER, jwk=given), knowing(issuer))
        assert report.verdict is Verdict.VALID
        assert codes(report) == ("proof.ok", "key.self_certifying")
        assert noticed(report) == {"notice.token_open_badges"}


def test_a_withdrawn_credential_in_a_token_is_withdrawn() -> None:
    assert check(vc_jose.sign(BLOCK, TEST_SIGNER).encode(), materials(12)).verdict is Verdict.REVOKED


def test_a_key_that_a_token_brings_along_proves_no_issuer() -> None:
    site = f"{SITE}/issuers/1"
    report = judged(
        token({"alg": "RS256", "jwk": jwk(rsa_signer())}, badge_payload(document(site)), rsa_signer()),
        knowing(site),
    )
    assert codes(report) == ("proof.ok", "key.token_own")
    assert report.check(CheckId.ISSUER).code == "issuer.not_established"
    assert report.verdict is Verdict.INCOMPLETE
    assert report.issuer is None


@pytest.mark.parametrize(
    "header", [{"kid": OTHER_SIGNER.verification_method}, {"kid": None, "jwk": jwk(OTHER_SIGNER)}]
)
def test_another_key_than_the_one_that_a_did_key_is_makes_it_modified(header: dict[str, Any]) -> None:
    text = token(vc_header(OTHER_SIGNER, **header), document(), OTHER_SIGNER)
    report = judged(text)
    assert report.check(CheckId.KEY).code == "key.controller_not_issuer"
    assert report.verdict is Verdict.MODIFIED


def test_an_rsa_key_is_never_that_of_a_did_key() -> None:
    text = token({"alg": "RS256", "jwk": jwk(rsa_signer())}, badge_payload(document()), rsa_signer())
    assert judged(text).check(CheckId.KEY).code == "key.controller_not_issuer"


def test_the_name_of_the_issuers_key_over_anothers_signature_is_a_mismatch() -> None:
    text = token(vc_header(), document(), OTHER_SIGNER)
    report = judged(text)
    assert codes(report) == ("proof.signature_mismatch", "key.self_certifying")
    assert report.verdict is Verdict.MODIFIED


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"d": "AAAA"}, "key.secret"),
        ({"crv": "Ed448"}, "key.type"),
        ({"x": "AAAA"}, "key.length"),
        ({"x": "A=A"}, "key.multibase"),
    ],
)
def test_a_key_in_the_header_is_read_strictly(members: dict[str, Any], code: str) -> None:
    text = token(vc_header(kid=None, jwk={**jwk(TEST_SIGNER), **members}), document())
    report = judged(text)
    assert codes(report) == ("proof.key_unavailable", code)
    assert report.exit_code != 0


@pytest.mark.parametrize(
    ("issuer", "kid", "code", "verdict"),
    [
        (TEST_ISSUER, None, "key.method_malformed", Verdict.MALFORMED),
        (SITE, None, "key.method_unsupported", Verdict.INCOMPLETE),
        (TEST_ISSUER, "key-1", "key.method_unsupported", Verdict.INCOMPLETE),
        (TEST_ISSUER, "#key-1", "key.method_unsupported", Verdict.INCOMPLETE),
        (TEST_ISSUER, "http://ecole.example/1", "key.method_unsupported", Verdict.INCOMPLETE),
        (TEST_ISSUER, TEST_ISSUER, "key.did", Verdict.MALFORMED),
        ("did:example:1", "did:example:1#1", "key.method_unsupported", Verdict.INCOMPLETE),
    ],
)
def test_a_key_that_is_not_named_properly_is_not_found(
    issuer: str, kid: str | None, code: str, verdict: Verdict
) -> None:
    report = judged(token(vc_header(kid=kid), document(issuer)), knowing(issuer))
    assert codes(report) == ("proof.key_unavailable", code)
    assert report.check(CheckId.KEY).where is None
    assert report.verdict is verdict


# did:web: the DID document says which keys are the issuer's, however the token names its key.

IN_TOKEN = token(vc_header(WEB_SIGNER, kid=None, jwk=jwk(TEST_SIGNER)), document(DID_WEB))
ADDRESS = f"{SITE}/.well-known/jwks.json"
BY_ADDRESS = token(vc_header(kid=ADDRESS), document(DID_WEB))
KEYS = {ADDRESS: KeyDocument(json.dumps(jwk(TEST_SIGNER)).encode(), AS_OF)}


def test_a_did_web_key_is_named_by_its_did_url() -> None:
    report = judged(vc_jose.sign(document(DID_WEB), WEB_SIGNER), web_materials())
    assert codes(report) == ("proof.ok", "key.listed")
    assert report.verdict is Verdict.VALID


@pytest.mark.parametrize("text", [IN_TOKEN, BY_ADDRESS])
def test_a_key_in_the_token_or_at_an_address_counts_if_the_did_document_lists_it(text: str) -> None:
    given = replace(web_materials(), key_documents=KEYS)
    report = judged(text, given)
    assert codes(report) == ("proof.ok", "key.listed")
    assert report.verdict is Verdict.VALID
    as_bytes = {DID_WEB: DidDocument(json.dumps(did_document()).encode(), AS_OF)}
    assert judged(text, replace(given, did_documents=as_bytes)).verdict is Verdict.VALID


@pytest.mark.parametrize("text", [IN_TOKEN, BY_ADDRESS])
@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"assertionMethod": []}, "key.not_listed"),
        ({"assertionMethod": None}, "key.not_listed"),
        ({"assertionMethod": ["#key-1"]}, "key.listed"),
        ({"assertionMethod": WEB_METHOD}, "key.listed"),
        ({"verificationMethod": []}, "key.not_listed"),
        ({"id": "did:web:other.example"}, "key.not_listed"),
    ],
)
def test_a_key_that_the_did_document_does_not_list_is_not_the_issuers(
    text: str, members: dict[str, Any], code: str
) -> None:
    given = replace(web_materials(did_document(**members)), key_documents=KEYS)
    assert judged(text, given).check(CheckId.KEY).code == code


def test_an_unreadable_or_absent_did_document_leaves_the_key_unknown() -> None:
    for material, code in (
        (DidDocument(b"{", AS_OF), "key.document_malformed"),
        (Unavailable(Reason.NETWORK_OFF), "key.network_off"),
        (None, "key.not_at_hand"),
    ):
        documents = {} if material is None else {DID_WEB: material}
        report = judged(IN_TOKEN, knowing(DID_WEB, did_documents=documents))
        assert codes(report) == ("proof.ok", code)
        assert report.verdict is Verdict.INCOMPLETE


def test_a_key_listed_for_two_periods_ends_with_the_first() -> None:
    first = did_document()["verificationMethod"][0]  # type: ignore[index]  # tests' own document
    second = {**first, "id": f"{DID_WEB}#key-2", "revoked": "2026-11-25T00:00:00Z"}  # type: ignore[dict-item]
    listed = did_document(
        verificationMethod=[first, second], assertionMethod=[WEB_METHOD, {**second, "type": "Multikey"}]
    )
    given = web_materials(listed)
    claims = {"iat": int(CREATED.timestamp())}
    header = vc_header(kid=None, jwk=jwk(TEST_SIGNER))
    # Twice the same id, as a method and within the relation, is a document that contradicts itself.
    assert (
        judged(token(header, {**document(DID_WEB), **claims}), given).check(CheckId.KEY).code == "key.listed"
    )
    listed = did_document(
        verificationMethod=[first, second], assertionMethod=[WEB_METHOD, f"{DID_WEB}#key-2"]
    )
    report = judged(token(header, {**document(DID_WEB), **claims}), web_materials(listed))
    assert report.check(CheckId.KEY).code == "key.revoked_since"
    assert (
        judged(token(header, document(DID_WEB)), web_materials(listed)).check(CheckId.KEY).code
        == "key.revoked"
    )


# Addresses.


def at_address(
    document_: Any, *, kid: str = ADDRESS, issuer: str = SITE, signer: Any = TEST_SIGNER, **header: Any
) -> VerificationReport:
    raw = document_ if isinstance(document_, bytes) else json.dumps(document_).encode()
    given = knowing(issuer, key_documents={kid.partition("#")[0]: KeyDocument(raw, AS_OF)})
    return judged(token(vc_header(signer, kid=kid, **header), document(issuer), signer), given)


KEY = jwk(TEST_SIGNER)
OTHER = jwk(OTHER_SIGNER)


@pytest.mark.parametrize(
    ("issuer", "address", "code"),
    [
        (SITE, f"{SITE}/.well-known/jwks.json", "key.published"),
        (f"{SITE}/", f"{SITE}/", "key.published"),
        # A whole site, and a page told apart by a query, have nothing beneath them.
        (SITE, f"{SITE}/keys", "key.address_elsewhere"),
        (f"{SITE}/", f"{SITE}/televersements/mallory.json", "key.address_elsewhere"),
        (f"{SITE}/issuers?id=42", f"{SITE}/issuers/mallory/jwk.json", "key.address_elsewhere"),
        (f"{SITE}/issuers#moi", f"{SITE}/issuers/k", "key.address_elsewhere"),
        (f"{SITE}/issuers/1", f"{SITE}/issuers/1/..;/2", "key.address_elsewhere"),
        (f"{SITE}/issuers/1", f"{SITE}/issuers/1/.../2", "key.address_elsewhere"),
        (f"{SITE}/issuers/1", f"{SITE}/issuers/1", "key.published"),
        (f"{SITE}/issuers/1", f"{SITE}/issuers/1/key", "key.published"),
        (f"{SITE}/issuers/1", f"{SITE}/.well-known/jwks.json", "key.published"),
        (f"{SITE}/issuers/1", f"{SITE}/issuers/2/key", "key.address_elsewhere"),
        (f"{SITE}/issuers/1", f"{SITE}/issuers/11", "key.address_elsewhere"),
        (f"{SITE}/issuers/1", f"{SITE}/issuers/1/../2", "key.address_elsewhere"),
        (f"{SITE}/issuers/1", f"{SITE}/issuers/1/%2e%2e/2", "key.address_elsewhere"),
        (f"{SITE}/issuers/1", f"{SITE}/issuers/1/redirect?to=x", "key.address_elsewhere"),
        (SITE, "https://ecole.example.evil.example/keys", "key.address_elsewhere"),
        (SITE, "https://ecole.example:8443/keys", "key.address_elsewhere"),
        (SITE, "https://ecole.example@evil.example/keys", "key.address_elsewhere"),
        (SITE, "https://[ecole.example/keys", "key.address_elsewhere"),
        ("http://ecole.example", f"{SITE}/keys", "key.address_elsewhere"),
        ("urn:uuid:1", f"{SITE}/keys", "key.address_elsewhere"),
    ],
)
def test_an_address_is_the_issuers_only_where_nobody_else_can_write(
    issuer: str, address: str, code: str
) -> None:
    report = at_address(KEY, kid=address, issuer=issuer)
    assert codes(report) == ("proof.ok", code)
    assert (report.verdict is Verdict.VALID) is (code == "key.published")


@pytest.mark.parametrize(
    ("kid", "document_", "code"),
    [
        (ADDRESS, KEY, "key.published"),
        (ADDRESS, {**KEY, "kid": "thumbprint"}, "key.published"),
        (f"{ADDRESS}#1", {**KEY, "kid": "1"}, "key.published"),
        (f"{ADDRESS}#1", {**KEY, "kid": f"{ADDRESS}#1"}, "key.published"),
        (f"{ADDRESS}#1", {**KEY, "kid": "2"}, "key.not_listed"),
        (f"{ADDRESS}#1", KEY, "key.not_listed"),
        (ADDRESS, {"keys": [KEY]}, "key.published"),
        (f"{ADDRESS}#1", {"keys": [{**OTHER, "kid": "2"}, {**KEY, "kid": "1"}]}, "key.published"),
        (ADDRESS, {"keys": [OTHER, {**KEY, "kid": ADDRESS}]}, "key.published"),
        (ADDRESS, {"keys": [OTHER, KEY]}, "key.not_listed"),
        (f"{ADDRESS}#1", {"keys": [{**KEY, "kid": "1"}, {**OTHER, "kid": "1"}]}, "key.not_listed"),
        (f"{ADDRESS}#1", {"keys": [KEY]}, "key.not_listed"),
        (ADDRESS, {"keys": []}, "key.not_listed"),
        (ADDRESS, {"keys": "x"}, "key.not_listed"),
        (ADDRESS, b"[]", "key.document_malformed"),
        (ADDRESS, b'{"kty":"OKP","kty":"OKP"}', "key.document_malformed"),
        (ADDRESS, {**KEY, "d": "AAAA"}, "key.secret"),
        (ADDRESS, {}, "key.type"),
        (ADDRESS, {**KEY, "use": "enc"}, "key.not_for_this_use"),
        (ADDRESS, {**KEY, "use": "sig", "key_ops": ["verify"], "alg": "EdDSA"}, "key.published"),
        (ADDRESS, {**KEY, "key_ops": ["sign"]}, "key.not_for_this_use"),
        (ADDRESS, {**KEY, "key_ops": "verify"}, "key.not_for_this_use"),
        (ADDRESS, {**KEY, "alg": "ES256"}, "key.not_for_this_use"),
        (ADDRESS, OTHER, "key.published"),
    ],
)
def test_what_lies_at_the_address_is_read_strictly(kid: str, document_: Any, code: str) -> None:
    report = at_address(document_, kid=kid)
    assert report.check(CheckId.KEY).code == code
    assert report.check(CheckId.KEY).as_of == AS_OF
    assert (report.verdict is Verdict.VALID) is (code == "key.published" and document_ is not OTHER)


@pytest.mark.parametrize("reason", Reason)
def test_a_key_that_was_not_had_is_unknown_and_says_why(reason: Reason) -> None:
    text = token(vc_header(kid=ADDRESS), document(SITE))
    given = knowing(SITE, key_documents={ADDRESS: Unavailable(reason)})
    assert judged(text, given).check(CheckId.KEY).code == f"key.{reason.value}"
    assert judged(text, knowing(SITE)).check(CheckId.KEY).code == "key.not_at_hand"


def test_a_token_calls_for_its_key_and_for_who_vouches_for_it() -> None:
    def called(text: str) -> Needs:
        found = read(text.encode())
        assert isinstance(found, Document)
        return needs(found)

    assert called(vc_jose.sign(document(), TEST_SIGNER)) == Needs()
    assert called(vc_jose.sign(document(DID_WEB), WEB_SIGNER)) == Needs(dids=(DID_WEB,))
    assert called(vc_jose.sign(document("did:web:a.example"), WEB_SIGNER)) == Needs()
    assert called(IN_TOKEN) == Needs(dids=(DID_WEB,))
    assert called(BY_ADDRESS) == Needs(dids=(DID_WEB,), key_urls=(ADDRESS,))
    assert called(token(vc_header(kid=f"{ADDRESS}#1"), document(SITE))) == Needs(key_urls=(ADDRESS,))
    assert called(token(vc_header(kid=1), {"type": "x"})) == Needs()


def test_a_token_in_a_presentation_calls_for_its_key_too() -> None:
    context = "https://www.w3.org/ns/credentials/v2"
    held = {
        "@context": context,
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{BY_ADDRESS}",
    }
    broken = {"@context": context, "type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,x"}
    found = read(
        json.dumps({"type": "VerifiablePresentation", "verifiableCredential": [held, broken]}).encode()
    )
    assert isinstance(found, Document)
    assert needs(found).key_urls == (ADDRESS,)
    assert needs(found).embedded_ids == (str(BLOCK["id"]),)


# Times, claims, embedded proofs, contexts.


def timed(**claims: float) -> VerificationReport:
    return judged(token(vc_header(), {**document(), **claims}))


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def test_a_signature_holds_from_nbf_until_exp() -> None:
    assert timed(nbf=seconds(AT), exp=seconds(AT) + 1).verdict is Verdict.VALID
    assert timed(exp=seconds(AT)).check(CheckId.PERIOD).code == "period.proof_ended"
    assert timed(exp=seconds(AT)).verdict is Verdict.EXPIRED
    early = timed(nbf=seconds(AT) + 1)
    assert early.check(CheckId.PERIOD).code == "period.proof_not_begun"
    assert early.verdict is Verdict.NOT_YET_VALID
    assert timed(iat=seconds(AT) + 10**6).verdict is Verdict.VALID


@pytest.mark.parametrize("claim", ["exp", "nbf", "iat"])
@pytest.mark.parametrize("value", ["2026", None, [], True, -1, 10**12])
def test_a_time_that_is_none_makes_the_token_malformed(claim: str, value: Any) -> None:
    report = timed(**{claim: value})
    assert codes(report) == ("proof.claim_malformed", "key.not_run")
    assert report.verdict is Verdict.MALFORMED


@pytest.mark.parametrize(
    ("claims", "code", "verdict"),
    [
        ({"aud": document()["credentialSubject"]["id"]}, "proof.ok", Verdict.VALID),
        ({"aud": [document()["credentialSubject"]["id"]]}, "proof.ok", Verdict.VALID),
        ({"aud": []}, "proof.ok", Verdict.VALID),
        ({"aud": "https://employeur.example"}, "proof.domain", Verdict.INCOMPLETE),
        ({"aud": 1}, "proof.claim_malformed", Verdict.MALFORMED),
        ({"nonce": "n"}, "proof.challenge", Verdict.INCOMPLETE),
        ({"iss": "did:example:1"}, "proof.claims_differ", Verdict.MALFORMED),
    ],
)
def test_for_whom_and_by_whom_a_token_was_made(claims: dict[str, Any], code: str, verdict: Verdict) -> None:
    report = judged(token(vc_header(), {**document(), **claims}))
    assert report.check(CheckId.PROOF).code == code
    assert report.verdict is verdict
    assert ("notice.token_audience" in noticed(report)) is bool(claims.get("aud") and code == "proof.ok")


@pytest.mark.parametrize(
    ("header", "code", "verdict"),
    [
        ({"alg": "none"}, "proof.token_unsigned", Verdict.MALFORMED),
        ({"alg": "HS256"}, "proof.token_unsigned", Verdict.MALFORMED),
        ({"alg": "ES512"}, "proof.token_algorithm", Verdict.INCOMPLETE),
        ({"alg": "ES256"}, "proof.token_key_algorithm", Verdict.MODIFIED),
        ({"typ": "at+jwt"}, "proof.token_type", Verdict.MALFORMED),
        ({"typ": "JWT"}, "proof.claim_missing", Verdict.MALFORMED),
        ({"crit": ["b64"], "b64": False}, "proof.token_header", Verdict.MALFORMED),
        ({"x5c": ["MII"]}, "proof.token_certificate", Verdict.INCOMPLETE),
    ],
)
def test_a_header_that_breaks_a_rule_is_reported_by_its_code(
    header: dict[str, Any], code: str, verdict: Verdict
) -> None:
    report = judged(token(vc_header(**header), document()))
    assert report.check(CheckId.PROOF).code == code
    assert report.verdict is verdict


def test_a_member_that_no_context_defines_is_signed_all_the_same_and_said() -> None:
    report = judged(token(vc_header(), document(gradeObtained="20")))
    assert report.verdict is Verdict.VALID
    assert "notice.undefined_words" in noticed(report)


@pytest.mark.parametrize(
    ("contexts", "code"),
    [
        ([*document()["@context"], "https://evil.example/c"], "contexts.not_pinned"),
        ([*document()["@context"], {"@vocab": "https://evil.example/#"}], "contexts.inline"),
    ],
)
def test_contexts_that_nobody_here_has_read_stay_unknown(contexts: list[Any], code: str) -> None:
    report = judged(token(vc_header(), {**document(), "@context": contexts}))
    assert report.check(CheckId.CONTEXTS).code == code
    assert report.exit_code != 0


def test_an_object_that_no_parser_made_is_a_fault_of_its_terms() -> None:
    found = read(vc_jose.sign(document(), TEST_SIGNER).encode())
    assert isinstance(found, Document)
    odd = replace(found, content={**found.content, "name": float("nan")})
    examined = examine_received(odd, issuer=TEST_ISSUER, materials=Materials(), at=AT)
    assert examined.contexts.code == "contexts.invalid"


def test_an_embedded_proof_must_hold_as_well() -> None:
    proven = sign_embedded(document(), TEST_SIGNER, created=CREATED)
    assert judged(vc_jose.sign(proven, TEST_SIGNER)).verdict is Verdict.VALID
    forged = {**proven, "name": "Autre"}
    report = judged(token(vc_header(), forged))
    assert report.check(CheckId.PROOF).code == "proof.signature_mismatch"
    assert report.verdict is Verdict.MODIFIED
    # Under an RDF suite a word that is not defined is not signed, whatever the token covers.
    report = judged(token(vc_header(), {**proven, "grade": "20"}))
    assert report.check(CheckId.CONTEXTS).code == "contexts.undefined"


def test_the_older_form_is_recognised_and_not_verified() -> None:
    for text in (
        token({"alg": "EdDSA", "typ": "JWT", "kid": TEST_SIGNER.verification_method}, {"vc": document()}),
        token({"alg": "none"}, {"vc": document()}),
    ):
        report = judged(text)
        assert codes(report) == ("proof.token_older_form", "key.not_run")
        assert report.verdict is Verdict.INCOMPLETE
        assert noticed(report) >= {"notice.token_older_form"}


def test_a_leniency_of_the_picture_is_said_beside_those_of_the_token() -> None:
    text = vc_jose.sign(document(), TEST_SIGNER)
    namespace = "https://purl.imsglobal.org/spec/ob/v3p0"
    svg = f'<svg xmlns:o="{namespace}"><o:credential verify="{text}"/></svg>'
    report = judged(svg)
    assert report.source == "svg"
    assert report.verdict is Verdict.VALID
    assert noticed(report) == {"notice.other_namespace", "notice.token_vc_jose"}


def test_a_token_in_our_own_name_of_an_unknown_form_is_not_ours() -> None:
    text = token(vc_header(alg="ES512"), document())
    report = judged(text, replace(knowing(TEST_ISSUER), own_issuer=TEST_ISSUER))
    assert report.check(CheckId.PROOF).code == "proof.not_ours"


# SD-JWT VC.

NAME = disclosure("salt", "given_name", "Camille")


def test_an_sd_jwt_of_a_known_issuer_is_proven_and_never_more_than_incomplete() -> None:
    report = judged(sd_jwt({"_sd": [digest(NAME)], "exp": seconds(AT) + 1}, NAME))
    assert codes(report) == ("proof.ok", "key.self_certifying")
    assert report.check(CheckId.STRUCTURE).code == "structure.sd_jwt"
    assert report.check(CheckId.CONTEXTS).code == "contexts.none"
    assert report.check(CheckId.ISSUER).outcome is Outcome.PASS
    assert report.issuer is not None
    assert report.verdict is Verdict.INCOMPLETE
    assert noticed(report) == {"notice.token_sd_jwt"}
    assert report.credential is not None
    assert report.credential.issuer_id == TEST_ISSUER
    assert ("given_name", "Camille") in report.credential.others


def test_an_sd_jwt_cannot_borrow_an_issuer_from_one_of_its_claims() -> None:
    report = judged(sd_jwt({"issuer": TEST_ISSUER, "iss": "did:example:1"}))
    assert report.check(CheckId.KEY).code == "key.controller_not_issuer"
    assert report.issuer is None
    assert judged(sd_jwt({"iss": 1})).check(CheckId.PROOF).code == "proof.claim_missing"


def test_an_sd_jwt_that_is_over_withdrawn_elsewhere_or_changed_says_so() -> None:
    assert judged(sd_jwt({"exp": seconds(AT)})).verdict is Verdict.EXPIRED
    assert judged(sd_jwt({"nbf": seconds(AT) + 1})).verdict is Verdict.NOT_YET_VALID
    listed = judged(sd_jwt({"status": {"status_list": {"idx": 1, "uri": "https://x.example"}}}))
    assert listed.check(CheckId.STATUS).code == "status.unsupported_type"
    assert judged(sd_jwt({}, signer=OTHER_SIGNER)).verdict is Verdict.MODIFIED
    assert judged(sd_jwt({}, NAME)).check(CheckId.PARSE).code == "parse.disclosure"
    assert judged(sd_jwt({"_sd_alg": "md5"})).check(CheckId.PARSE).code == "parse.digest_algorithm"


BOUND_CLAIMS = {"cnf": {"jwk": jwk(P256_SIGNER)}}


def test_a_key_binding_is_checked_and_said() -> None:
    report = judged(bound(sd_jwt(BOUND_CLAIMS), P256_SIGNER))
    assert report.check(CheckId.PROOF).code == "proof.ok"
    assert "notice.key_bound" in noticed(report)
    for text, code in (
        (bound(sd_jwt(BOUND_CLAIMS), P256_SIGNER, sd_hash="x"), "proof.key_binding"),
        (bound(sd_jwt({}), P256_SIGNER), "proof.holder_key"),
        (sd_jwt(BOUND_CLAIMS, last=token({"alg": "ES256"}, b"x", P256_SIGNER)), "proof.malformed"),
        (bound(sd_jwt({"cnf": {"jwk": {"kty": "oct"}}}), P256_SIGNER), "proof.not_computable"),
    ):
        report = judged(text)
        assert report.check(CheckId.PROOF).code == code
        assert "notice.key_bound" not in noticed(report)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (bound(sd_jwt(BOUND_CLAIMS), P256_SIGNER), "proof.ok"),
        (bound(sd_jwt(BOUND_CLAIMS), P256_SIGNER, aud="https://x.example"), "proof.domain_differs"),
        (bound(sd_jwt(BOUND_CLAIMS), P256_SIGNER, nonce="n-2"), "proof.challenge_differs"),
        (sd_jwt(BOUND_CLAIMS), "proof.key_binding"),
    ],
)
def test_a_verifier_that_asks_gets_a_key_binding_made_for_it(text: str, code: str) -> None:
    found = read(text.encode())
    assert isinstance(found, Document)
    asked = Expectation("assertionMethod", ("https://employeur.example",), "n-1")
    examined = examine_received(found, issuer=TEST_ISSUER, materials=Materials(), at=AT, expected=asked)
    assert examined.proofs[0].signature.code == code


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"aud": "https://employeur.example", "nonce": "n-1"}, "proof.ok"),
        ({"aud": "https://employeur.example"}, "proof.challenge_differs"),
        ({"nonce": "n-1"}, "proof.domain_differs"),
    ],
)
def test_a_token_presented_to_a_verifier_that_asks_answers_it(claims: dict[str, Any], code: str) -> None:
    presentation: JsonObject = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": TEST_ISSUER,
    }
    found = read(token(vc_header(typ="vp+jwt"), {**presentation, **claims}).encode())
    assert isinstance(found, Document)
    asked = Expectation("authentication", ("https://employeur.example",), "n-1")
    examined = examine_received(found, issuer=TEST_ISSUER, materials=Materials(), at=AT, expected=asked)
    assert examined.proofs[0].signature.code == code


def presented(**members: Any) -> bytes:
    held = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{vc_jose.sign(document(), TEST_SIGNER)}",
    }
    content = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [held],
        "aud": "https://employeur.example",
        "nonce": "n-1",
        **members,
    }
    return token(vc_header(typ="vp+jwt", cty="vp"), content).encode()


@pytest.mark.parametrize("members", [{"holder": TEST_ISSUER}, {}])
def test_a_presentation_in_a_token_is_verified_with_the_token_that_it_holds(members: dict[str, Any]) -> None:
    asked = Expectation(domain=("https://employeur.example",), challenge="n-1")
    for data, verified in ((presented(**members), True), (presented(**{**members, "nonce": "n-2"}), False)):
        report = verify_presentation(
            data, materials=knowing(TEST_ISSUER), policy=Policy(), at=AT, expected=asked
        )
        assert report.verified is verified
        assert report.holder == (TEST_ISSUER if verified else None)
        assert [item.report.verdict for item in report.credentials] == [Verdict.VALID]


def test_a_presentation_by_another_holder_than_its_key_is_not_verified() -> None:
    asked = Expectation(domain=("https://employeur.example",), challenge="n-1")
    data = presented(holder="did:example:other")
    report = verify_presentation(data, materials=knowing(TEST_ISSUER), policy=Policy(), at=AT, expected=asked)
    assert not report.verified
    assert report.holder is None
