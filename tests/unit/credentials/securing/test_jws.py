"""Compact JWS: one way to write each, and the algorithm is the key's."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from credentials.errors import CredentialError, ErrorCode
from credentials.json_input import MAX_BYTES
from credentials.multikey import KeyType
from credentials.securing import jws
from credentials.securing.envelope_errors import EnvelopeCode, EnvelopeError
from tests.support.credentials import OTHER_SIGNER, TEST_SIGNER, SeedSigner
from tests.support.signers import P256_SIGNER, P384_SIGNER, CurveSigner
from tests.support.tokens import base64url, rsa_signer, token

ALL = frozenset(KeyType)
SIGNERS: dict[str, SeedSigner | CurveSigner] = {
    "EdDSA": TEST_SIGNER,
    "ES256": P256_SIGNER,
    "ES384": P384_SIGNER,
}


def refused(text: str) -> str:
    with pytest.raises(CredentialError) as caught:
        jws.read(text)
    assert caught.value.fr
    assert caught.value.en
    return caught.value.code


@pytest.mark.parametrize("name", SIGNERS)
def test_what_is_signed_is_read_and_verified(name: str) -> None:
    signer = SIGNERS[name]
    found = jws.read(jws.sign({"typ": "x"}, b"payload", signer))
    assert found.header == {"alg": name, "typ": "x"}
    assert found.payload == b"payload"
    jws.verify(found, signer.key, ALL)


def test_rsa_is_signed_and_verified() -> None:
    signer = rsa_signer()
    found = jws.read(jws.sign({}, b"payload", signer))
    assert found.header == {"alg": "RS256"}
    jws.verify(found, signer.key, ALL)


def test_the_newer_name_of_ed25519_is_read() -> None:
    jws.verify(jws.read(token({"alg": "Ed25519"}, b"x")), TEST_SIGNER.key, ALL)


GENUINE = token({"alg": "EdDSA"}, b"payload!")
HEAD, BODY, SIGNATURE = GENUINE.split(".")


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEAD,
        f"{HEAD}.{BODY}",
        f"{GENUINE}.AAAA",
        f"{GENUINE}=",
        f"{HEAD}=.{BODY}.{SIGNATURE}",
        f"{HEAD}.{BODY}\n.{SIGNATURE}",
        f"{HEAD}. {BODY}.{SIGNATURE}",
        f"{HEAD}.{BODY[:-1]}+.{SIGNATURE}",
        f"{HEAD}.{BODY[:-1]}/.{SIGNATURE}",
        f"{HEAD}.{BODY[:-1]}é.{SIGNATURE}",
        f"{HEAD}.{BODY[:-1]}F.{SIGNATURE}",
        f"{HEAD}.A.{SIGNATURE}",
    ],
)
def test_another_spelling_is_no_token(text: str) -> None:
    assert refused(text) is EnvelopeCode.TOKEN_MALFORMED


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (b"[]", ErrorCode.INPUT_NOT_OBJECT),
        (b'{"alg":"EdDSA","alg":"none"}', ErrorCode.INPUT_DUPLICATE_MEMBER),
        (b"", ErrorCode.INPUT_NOT_JSON),
        (b"\xff", ErrorCode.INPUT_NOT_UTF8),
    ],
)
def test_a_header_is_exactly_one_json_object(header: bytes, code: ErrorCode) -> None:
    assert refused(f"{base64url(header)}.{BODY}.{SIGNATURE}") is code


def test_a_token_beyond_the_limit_is_not_read() -> None:
    assert refused("e" * (MAX_BYTES + 1)) is ErrorCode.INPUT_TOO_LARGE


@pytest.mark.parametrize("name", ["none", "None", "NONE", "nOnE", "HS256", "hs512", "HS384"])
def test_no_signature_and_shared_secrets_prove_nothing(name: str) -> None:
    with pytest.raises(EnvelopeError) as caught:
        jws.check_algorithm({"alg": name}, ALL)
    assert caught.value.code is EnvelopeCode.UNSIGNED


@pytest.mark.parametrize(
    "name", ["", "es256", "ES256K", "ES512", "PS256", "RS384", "RSA1_5", "eddsa", "Ed448"]
)
def test_an_algorithm_that_is_not_on_the_list_is_not_accepted(name: str) -> None:
    with pytest.raises(EnvelopeError) as caught:
        jws.check_algorithm({"alg": name}, ALL)
    assert caught.value.code is EnvelopeCode.ALGORITHM


@pytest.mark.parametrize("header", [{}, {"alg": None}, {"alg": ["EdDSA"]}, {"alg": 1}])
def test_an_algorithm_is_a_text(header: dict[str, object]) -> None:
    with pytest.raises(EnvelopeError) as caught:
        jws.check_algorithm(header, ALL)  # type: ignore[arg-type]  # any JSON
    assert caught.value.code is EnvelopeCode.HEADER


@pytest.mark.parametrize("named", [*SIGNERS, "RS256", "Ed25519"])
@pytest.mark.parametrize("real", SIGNERS)
def test_the_algorithm_is_the_keys_whatever_the_header_says(named: str, real: str) -> None:
    signer = SIGNERS[real]
    found = jws.read(token({"alg": named}, b"x", signer))
    if jws.ALGORITHMS[named] is signer.key.type:
        jws.verify(found, signer.key, ALL)
        return
    with pytest.raises(EnvelopeError) as caught:
        jws.verify(found, signer.key, ALL)
    assert caught.value.code is EnvelopeCode.KEY_ALGORITHM


def test_an_algorithm_outside_the_profile_is_refused_though_it_is_the_keys() -> None:
    found = jws.read(token({"alg": "RS256"}, b"x", rsa_signer()))
    with pytest.raises(EnvelopeError) as caught:
        jws.verify(found, rsa_signer().key, {KeyType.P256})
    assert caught.value.code is EnvelopeCode.ALGORITHM


def test_another_key_verifies_nothing() -> None:
    with pytest.raises(CredentialError) as caught:
        jws.verify(jws.read(GENUINE), OTHER_SIGNER.key, ALL)
    assert caught.value.code is ErrorCode.PROOF_SIGNATURE_MISMATCH


@pytest.mark.parametrize("name", SIGNERS)
def test_a_signature_with_a_byte_more_or_less_is_another(name: str) -> None:
    signer = SIGNERS[name]
    text, _, signature = token({"alg": name}, b"x", signer).rpartition(".")
    raw = jws.decoded(signature)
    for changed in (raw + b"\0", raw[:-1], b"", b"\0" + raw):
        with pytest.raises(CredentialError) as caught:
            jws.verify(jws.read(f"{text}.{base64url(changed)}"), signer.key, ALL)
        assert caught.value.code is ErrorCode.PROOF_SIGNATURE_MISMATCH


@pytest.mark.parametrize("name", ["ES256", "ES384"])
def test_a_der_signature_is_no_jws_signature(name: str) -> None:
    signer = SIGNERS[name]
    text, _, signature = token({"alg": name}, b"x", signer).rpartition(".")
    raw = jws.decoded(signature)
    half = len(raw) // 2
    der = encode_dss_signature(int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))
    with pytest.raises(CredentialError) as caught:
        jws.verify(jws.read(f"{text}.{base64url(der)}"), signer.key, ALL)
    assert caught.value.code is ErrorCode.PROOF_SIGNATURE_MISMATCH


@pytest.mark.parametrize("member", ["crit", "jku", "x5u", "b64", "zip", "x5t", "anything", "ALG"])
def test_a_header_member_that_is_not_on_the_list_is_refused(member: str) -> None:
    with pytest.raises(EnvelopeError) as caught:
        jws.check_header({"alg": "EdDSA", member: "x"}, {"alg", "typ", "kid", "jwk"})
    assert caught.value.code is EnvelopeCode.HEADER


def test_a_certificate_is_not_a_key_that_we_read() -> None:
    with pytest.raises(EnvelopeError) as caught:
        jws.check_header({"alg": "EdDSA", "x5c": ["MII"]}, {"alg"})
    assert caught.value.code is EnvelopeCode.CERTIFICATE


@pytest.mark.parametrize(
    "header", [{"kid": 1}, {"jwk": "x"}, {"typ": []}, {"cty": {}}, {"kid": "a", "jwk": {}}, {"typ": None}]
)
def test_a_header_member_has_its_form_and_the_key_one_name(header: dict[str, object]) -> None:
    with pytest.raises(EnvelopeError) as caught:
        jws.check_header(header, {"alg", "typ", "cty", "kid", "jwk"})  # type: ignore[arg-type]  # any JSON
    assert caught.value.code is EnvelopeCode.HEADER


def test_a_key_without_a_jws_algorithm_cannot_sign() -> None:
    class Odd:
        algorithm = "P-521"
        verification_method = "did:example:1#1"

        def sign(self, data: bytes) -> bytes:
            return data

    with pytest.raises(EnvelopeError) as caught:
        jws.sign({}, b"", Odd())
    assert caught.value.code is EnvelopeCode.SIGNER


@given(st.binary(max_size=60))
def test_any_bytes_have_one_text_and_come_back(data: bytes) -> None:
    assert jws.decoded(jws.encoded(data)) == data
    assert "=" not in jws.encoded(data)


@given(st.text(max_size=40) | st.from_regex(r"[A-Za-z0-9_-]{0,20}(\.[A-Za-z0-9_-]{0,20}){2}", fullmatch=True))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = jws.read(text)
    except CredentialError:
        return
    assert isinstance(json.dumps(found.header), str)
