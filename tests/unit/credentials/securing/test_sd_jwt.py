"""SD-JWT: every disclosure belongs in exactly one place, and nothing that protects a reader can be hidden."""

from typing import Any

import pytest

from credentials.errors import CredentialError, ErrorCode
from credentials.json_input import MAX_BYTES
from credentials.securing import sd_jwt
from credentials.securing.envelope_errors import EnvelopeCode
from tests.support.credentials import OTHER_SIGNER, TEST_SIGNER
from tests.support.selective import CLAIMS, HEADER, bound, digest, disclosure
from tests.support.selective import sd_jwt as make
from tests.support.signers import P256_SIGNER
from tests.support.tokens import base64url, jwk, rsa_signer, token

NAME = disclosure("salt", "given_name", "Camille")
ITEM = disclosure("salt", "FR")
BOUND = {"cnf": {"jwk": jwk(P256_SIGNER)}}


def shown(text: str) -> Any:
    content = sd_jwt.verify(text, TEST_SIGNER.key)
    return {name: value for name, value in content.items() if name not in CLAIMS}


def refused(text: str, key: Any = TEST_SIGNER.key) -> str:
    with pytest.raises(CredentialError) as caught:
        sd_jwt.verify(text, key)
    return caught.value.code


def test_a_claim_is_shown_or_left_out() -> None:
    claims = {"_sd": [digest(NAME)], "town": "Paris"}
    assert shown(make(claims, NAME)) == {"given_name": "Camille", "town": "Paris"}
    assert shown(make(claims)) == {"town": "Paris"}


def test_an_item_is_shown_or_left_out() -> None:
    claims = {"nationalities": ["DE", {"...": digest(ITEM)}, ["x", {"y": 1}]]}
    assert shown(make(claims, ITEM)) == {"nationalities": ["DE", "FR", ["x", {"y": 1}]]}
    assert shown(make(claims)) == {"nationalities": ["DE", ["x", {"y": 1}]]}


def test_a_disclosure_may_hold_further_ones() -> None:
    inner = disclosure("salt", "street", "rue Saint-Martin")
    outer = disclosure("salt", "address", {"_sd": [digest(inner), digest("decoy")], "town": "Paris"})
    listed = disclosure("salt", [{"...": digest(ITEM)}])
    claims = {"_sd": [digest(outer)], "list": [{"...": digest(listed)}]}
    assert shown(make(claims, outer, inner, listed, ITEM)) == {
        "address": {"town": "Paris", "street": "rue Saint-Martin"},
        "list": [["FR"]],
    }
    # One that only a disclosure left out would name belongs nowhere.
    assert refused(make(claims, inner)) is EnvelopeCode.DISCLOSURE


@pytest.mark.parametrize(
    ("name", "algorithm"), [("sha-256", "sha256"), ("sha-384", "sha384"), ("sha-512", "sha512")]
)
def test_the_hash_of_the_digests_is_stated_once_and_is_no_claim(name: str, algorithm: str) -> None:
    claims = {"_sd": [digest(NAME, algorithm)], "_sd_alg": name, **BOUND}
    text = bound(make(claims, NAME), P256_SIGNER, algorithm=algorithm)
    assert shown(text) == {"given_name": "Camille", **BOUND}


@pytest.mark.parametrize("name", ["md5", "SHA-256", "sha-1", 256, None])
def test_another_hash_is_not_computed(name: Any) -> None:
    assert refused(make({"_sd_alg": name})) is EnvelopeCode.DIGEST_ALGORITHM


CHAIN = [disclosure("salt", "end", 1)]
for _ in range(70):
    CHAIN.append(disclosure("salt", "next", {"_sd": [digest(CHAIN[-1])]}))


@pytest.mark.parametrize(
    "text",
    [
        make({}, NAME),
        make({"_sd": [digest(NAME)]}, NAME, NAME),
        make({"_sd": [digest(NAME), digest(NAME)]}, NAME),
        make({"_sd": [digest("decoy"), digest("decoy")]}),
        make({"_sd": [digest(NAME)], "other": {"_sd": [digest(NAME)]}}, NAME),
        make({"_sd": [digest(NAME)], "given_name": "Camilla"}, NAME),
        make({"_sd": digest(NAME)}, NAME),
        make({"_sd": [1]}),
        make({"_sd": [digest(ITEM)]}, ITEM),
        make({"list": [{"...": digest(NAME)}]}, NAME),
        make({"list": [{"...": digest(ITEM), "more": 1}]}, ITEM),
        make({"list": [{"...": 1}]}),
        make({"...": digest(ITEM)}, ITEM),
        make({"member": {"...": digest(ITEM)}}, ITEM),
    ],
)
def test_a_disclosure_belongs_in_exactly_one_place(text: str) -> None:
    assert refused(text) is EnvelopeCode.DISCLOSURE


@pytest.mark.parametrize("name", ["_sd", "..."])
def test_a_reserved_name_is_not_disclosed(name: str) -> None:
    hidden = disclosure("salt", name, [])
    assert refused(make({"_sd": [digest(hidden)]}, hidden)) is EnvelopeCode.DISCLOSURE


@pytest.mark.parametrize("name", ["iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"])
def test_what_protects_a_reader_cannot_be_hidden(name: str) -> None:
    hidden = disclosure("salt", name, 1)
    text = token(HEADER, {"_sd": [digest(hidden)]}) + f"~{hidden}~"
    assert refused(text) is EnvelopeCode.DISCLOSURE
    nested = make({"part": {"_sd": [digest(hidden)]}}, hidden)
    assert shown(nested) == {"part": {name: 1}}


@pytest.mark.parametrize(
    "raw", [b"[]", b"{}", b'["salt"]', b'["s","n",1,2]', b'[1,"n",1]', b'["s",1,2]', b'"x"', b'["s",1],"e":2']
)
def test_a_disclosure_is_an_array_of_a_salt_and_a_claim_or_an_item(raw: bytes) -> None:
    text = base64url(raw)
    assert refused(make({"_sd": [digest(text)]}, text)) is EnvelopeCode.DISCLOSURE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (make({}, base64url(b'["s","n",1],"d":2')), ErrorCode.INPUT_DUPLICATE_MEMBER),
        (make({}, base64url(b'["s","n",NaN]')), ErrorCode.INPUT_NUMBER),
        (make({}, base64url(b"[")), ErrorCode.INPUT_NOT_JSON),
        (make({}, base64url(b'["s","n",{"a":1,"a":2}]')), ErrorCode.INPUT_DUPLICATE_MEMBER),
        (make({}, NAME + "="), EnvelopeCode.TOKEN_MALFORMED),
        (make({}, ""), ErrorCode.INPUT_NOT_JSON),
        ("x~", EnvelopeCode.TOKEN_MALFORMED),
        (token(HEADER, CLAIMS), EnvelopeCode.TOKEN_MALFORMED),
        ("é~" * 3, EnvelopeCode.TOKEN_MALFORMED),
        (make({}, "é"), EnvelopeCode.TOKEN_MALFORMED),
        (make({}, *[NAME] * 501), ErrorCode.INPUT_TOO_MANY_VALUES),
        (make({}, "A" * MAX_BYTES), ErrorCode.INPUT_TOO_LARGE),
        (make({"_sd": [digest(CHAIN[-1])]}, *CHAIN), ErrorCode.INPUT_TOO_DEEP),
        (make({"vct": 1}), EnvelopeCode.CLAIM_MISSING),
        (make({"iss": None}), EnvelopeCode.CLAIM_MISSING),
        (make({}, header={**HEADER, "typ": "JWT"}), EnvelopeCode.TYPE),
        (make({}, header={"alg": "EdDSA"}), EnvelopeCode.TYPE),
        (make({}, header={**HEADER, "alg": "none"}), EnvelopeCode.UNSIGNED),
        (make({}, header={**HEADER, "x5c": ["MII"]}), EnvelopeCode.CERTIFICATE),
        (make({}, header={**HEADER, "crit": ["x"]}), EnvelopeCode.HEADER),
        (make({}, header={**HEADER, "alg": "RS256"}, signer=rsa_signer()), EnvelopeCode.ALGORITHM),
        (make({}, signer=OTHER_SIGNER), ErrorCode.PROOF_SIGNATURE_MISMATCH),
    ],
)
def test_what_breaks_a_rule_is_refused(text: str, code: str) -> None:
    assert refused(text) == code


def test_too_much_disclosed_in_total_is_refused() -> None:
    many = [disclosure("salt", f"n{number}", list(range(400))) for number in range(30)]
    assert refused(make({"_sd": [digest(text) for text in many]}, *many)) is ErrorCode.INPUT_TOO_MANY_VALUES


PRESENTED = make({"_sd": [digest(NAME)], **BOUND}, NAME)


def test_a_key_binding_is_checked_against_the_key_that_the_issuer_named() -> None:
    assert shown(bound(PRESENTED, P256_SIGNER)) == {"given_name": "Camille", **BOUND}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (bound(PRESENTED, TEST_SIGNER, alg="EdDSA"), EnvelopeCode.KEY_ALGORITHM),
        (bound(PRESENTED, TEST_SIGNER), ErrorCode.PROOF_SIGNATURE_MISMATCH),
        (bound(PRESENTED, P256_SIGNER, sd_hash=digest("other")), EnvelopeCode.KEY_BINDING),
        (bound(PRESENTED, P256_SIGNER, sd_hash="é"), EnvelopeCode.KEY_BINDING),
        (bound(PRESENTED, P256_SIGNER, sd_hash=None), EnvelopeCode.KEY_BINDING),
        (bound(PRESENTED, P256_SIGNER, nonce=None), EnvelopeCode.KEY_BINDING),
        (bound(PRESENTED, P256_SIGNER, aud=["x"]), EnvelopeCode.KEY_BINDING),
        (bound(PRESENTED, P256_SIGNER, iat=None), EnvelopeCode.KEY_BINDING),
        (bound(PRESENTED, P256_SIGNER, typ="JWT"), EnvelopeCode.KEY_BINDING),
        (bound(PRESENTED, P256_SIGNER, iat="now"), EnvelopeCode.CLAIM_MALFORMED),
        (bound(PRESENTED, P256_SIGNER, more={"jwk": jwk(P256_SIGNER)}), EnvelopeCode.HEADER),
        (bound(PRESENTED, P256_SIGNER, alg="none"), EnvelopeCode.UNSIGNED),
        (bound(make({}), P256_SIGNER), EnvelopeCode.HOLDER_KEY),
        (bound(make({"cnf": {"kid": "x"}}), P256_SIGNER), EnvelopeCode.HOLDER_KEY),
        (bound(make({"cnf": {"jwk": {"kty": "oct"}}}), P256_SIGNER), ErrorCode.KEY_TYPE),
        (
            PRESENTED.replace(f"{NAME}~", "") + bound(PRESENTED, P256_SIGNER).rpartition("~")[2],
            EnvelopeCode.KEY_BINDING,
        ),
    ],
)
def test_a_key_binding_that_does_not_hold_is_refused(text: str, code: str) -> None:
    assert refused(text) == code


def test_a_key_binding_answers_the_verifier_that_asked() -> None:
    found = sd_jwt.read(bound(PRESENTED, P256_SIGNER))
    content = sd_jwt.disclosed(found)
    sd_jwt.verify_binding(found, content, ("https://employeur.example",), "n-1")
    for domain, challenge, code in (
        (("https://autre.example",), "n-1", EnvelopeCode.AUDIENCE_DIFFERS),
        (("https://employeur.example",), "n-2", EnvelopeCode.QUESTION_DIFFERS),
    ):
        with pytest.raises(CredentialError) as caught:
            sd_jwt.verify_binding(found, content, domain, challenge)
        assert caught.value.code is code
    unbound = sd_jwt.read(PRESENTED)
    with pytest.raises(CredentialError) as caught:
        sd_jwt.verify_binding(unbound, sd_jwt.disclosed(unbound))
    assert caught.value.code is EnvelopeCode.KEY_BINDING


def test_the_drafts_own_name_of_the_type_is_read() -> None:
    assert shown(make({}, header={**HEADER, "typ": "vc+sd-jwt"})) == {}
