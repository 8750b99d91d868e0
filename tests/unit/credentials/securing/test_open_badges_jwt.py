"""The Open Badges JWT: four claims that must say what the document says."""

import copy
from typing import Any

import pytest

from credentials.errors import CredentialError, ErrorCode
from credentials.json_input import JsonObject
from credentials.securing import open_badges_jwt
from credentials.securing.envelope import open_token
from credentials.securing.envelope_errors import EnvelopeCode
from tests.support.credentials import TEST_SIGNER, make_block_credential
from tests.support.signers import P256_SIGNER, P384_SIGNER
from tests.support.tokens import RsaSigner, badge_payload, jwk, rsa_signer, token

DOCUMENT = make_block_credential()
HEADER = {"alg": "ES256", "typ": "JWT", "kid": P256_SIGNER.verification_method}


def refused(text: str, key: Any = P256_SIGNER.key) -> str:
    with pytest.raises(CredentialError) as caught:
        open_badges_jwt.verify(text, key)
    return caught.value.code


def unsignable(document: JsonObject, signer: Any = P256_SIGNER) -> str:
    with pytest.raises(CredentialError) as caught:
        open_badges_jwt.sign(document, signer)
    return caught.value.code


def changed(place: tuple[str, ...], value: Any) -> JsonObject:
    document: Any = copy.deepcopy(DOCUMENT)
    inner = document
    for step in place[:-1]:
        inner = inner[step]
    if value is None:
        del inner[place[-1]]
    else:
        inner[place[-1]] = value
    return document  # type: ignore[no-any-return]  # JSON


@pytest.mark.parametrize("name", ["P-256", "RSA"])
@pytest.mark.parametrize("in_header", [False, True])
def test_what_is_signed_verifies_and_is_the_very_document(name: str, in_header: bool) -> None:
    signer: RsaSigner | Any = rsa_signer() if name == "RSA" else P256_SIGNER
    text = open_badges_jwt.sign(DOCUMENT, signer, jwk=jwk(signer) if in_header else None)
    assert open_badges_jwt.verify(text, signer.key) == DOCUMENT
    envelope = open_token(text).envelope
    assert set(envelope.jws.header) == {"alg", "typ", "jwk" if in_header else "kid"}
    assert set(envelope.claims) == {"iss", "jti", "nbf", "sub"}


def test_an_end_is_repeated_as_a_claim_and_the_key_may_be_named_otherwise() -> None:
    document = changed(("validUntil",), "2027-01-01T01:00:00+01:00")
    envelope = open_token(open_badges_jwt.sign(document, P256_SIGNER, kid="https://x.example/1")).envelope
    assert envelope.claims["exp"] == 1798761600
    assert envelope.jws.header["kid"] == "https://x.example/1"


@pytest.mark.parametrize("place", [("id",), ("issuer", "id"), ("credentialSubject", "id")])
def test_a_badge_without_an_identifier_cannot_be_such_a_token(place: tuple[str, ...]) -> None:
    assert unsignable(changed(place, None)) is EnvelopeCode.SUBJECT


@pytest.mark.parametrize("value", [None, "2026-11-24T09:30:00.5Z"])
def test_a_badge_without_a_start_in_whole_seconds_cannot_be_such_a_token(value: str | None) -> None:
    assert unsignable(changed(("validFrom",), value)) is EnvelopeCode.VALID_FROM


def test_a_fraction_in_the_end_cannot_be_kept_either() -> None:
    assert unsignable(changed(("validUntil",), "2027-01-01T00:00:00.25Z")) is EnvelopeCode.VALID_FROM


def test_only_algorithms_that_1edtech_verifies_are_written() -> None:
    assert unsignable(DOCUMENT, TEST_SIGNER) is EnvelopeCode.SIGNER
    assert unsignable(DOCUMENT, P384_SIGNER) is EnvelopeCode.SIGNER


def test_what_the_token_would_hide_or_the_contexts_do_not_define_is_not_signed() -> None:
    assert unsignable({**DOCUMENT, "sub": "x"}) is EnvelopeCode.CLAIMS_DIFFER
    assert unsignable({**DOCUMENT, "grade": "x"}) is ErrorCode.LOSSLESS_UNDEFINED


@pytest.mark.parametrize("claim", ["iss", "jti", "nbf"])
def test_a_claim_that_the_standard_requires_may_not_be_left_out(claim: str) -> None:
    header = {**HEADER, "typ": "JWT"}
    assert refused(token(header, badge_payload(**{claim: None}), P256_SIGNER)) is EnvelopeCode.CLAIM_MISSING


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"iss": "did:example:other"}, EnvelopeCode.CLAIMS_DIFFER),
        ({"jti": "urn:uuid:1"}, EnvelopeCode.CLAIMS_DIFFER),
        ({"sub": "urn:uuid:1"}, EnvelopeCode.CLAIMS_DIFFER),
        ({"sub": ["urn:uuid:1"]}, EnvelopeCode.CLAIMS_DIFFER),
        ({"nbf": 1795512601}, EnvelopeCode.CLAIMS_DIFFER),
        ({"nbf": 1795512600.5}, EnvelopeCode.CLAIMS_DIFFER),
        ({"nbf": "1795512600"}, EnvelopeCode.CLAIM_MALFORMED),
        ({"nbf": True}, EnvelopeCode.CLAIM_MALFORMED),
        ({"nbf": -1}, EnvelopeCode.CLAIM_MALFORMED),
        ({"nbf": 1e15}, EnvelopeCode.CLAIM_MALFORMED),
        ({"exp": 1798761600}, EnvelopeCode.CLAIMS_DIFFER),
        ({"validUntil": "2027-01-01T00:00:00Z"}, EnvelopeCode.CLAIM_MISSING),
        ({"validUntil": "2027-01-01T00:00:00Z", "exp": 1}, EnvelopeCode.CLAIMS_DIFFER),
        ({"validFrom": "soon"}, EnvelopeCode.CLAIMS_DIFFER),
        ({"vc": {}}, EnvelopeCode.CLAIMS_DIFFER),
    ],
)
def test_a_claim_that_contradicts_the_document_is_refused(claims: dict[str, Any], code: str) -> None:
    assert refused(token(HEADER, badge_payload(**claims), P256_SIGNER)) == code


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"cty": "vc"}, EnvelopeCode.HEADER),
        ({"jwk": jwk(P256_SIGNER)}, EnvelopeCode.HEADER),
        ({"typ": "vc+jwt"}, EnvelopeCode.TYPE),
        ({"alg": "none"}, EnvelopeCode.UNSIGNED),
        ({"alg": "RS256"}, EnvelopeCode.KEY_ALGORITHM),
        ({"alg": "PS256"}, EnvelopeCode.ALGORITHM),
    ],
)
def test_a_header_that_breaks_a_rule_is_refused(members: dict[str, Any], code: str) -> None:
    assert refused(token({**HEADER, **members}, badge_payload(), P256_SIGNER)) == code


def notices(**claims: Any) -> tuple[str, ...]:
    opened = open_token(token({"alg": "ES256", "kid": "x"}, badge_payload(**claims), P256_SIGNER))
    return open_badges_jwt.check(opened.envelope, opened.content)


def test_each_leniency_is_named() -> None:
    assert notices() == ()
    assert notices(sub=None) == ("notice.token_without_sub",)
    assert notices(validFrom="2026-11-24T09:30:00.75Z") == ("notice.token_whole_seconds",)
    assert notices(validFrom="2026-11-24T09:30:00.75Z", nbf=1795512600.75) == ()
    assert notices(validFrom="2026-11-24T10:30:00+01:00") == ()
