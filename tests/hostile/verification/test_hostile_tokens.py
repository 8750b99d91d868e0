"""Tokens made to mislead or to exhaust a verifier: each is refused under its own code, in bounded time."""

import hashlib
import hmac
import json
import time

import pytest

from credentials import CheckId, IssuerIdentity, Materials, Verdict
from credentials.json_input import MAX_BYTES
from credentials.multikey import PublicKey
from tests.support.credentials import OTHER_SIGNER, TEST_ISSUER, TEST_SIGNER, make_block_credential
from tests.support.selective import digest, disclosure, sd_jwt
from tests.support.signers import P256_SIGNER, P384_SIGNER
from tests.support.tokens import base64url, jwk, rsa_signer, token, vc_header
from tests.support.verification import check

BLOCK = make_block_credential()
KNOWN = Materials(trust={TEST_ISSUER: IssuerIdentity(TEST_ISSUER, "Registre")})


def shared_secret(key: PublicKey) -> str:
    """Sign with the public key as the secret of an HMAC, as a confused verifier would check it."""
    text = f"{base64url(json.dumps(vc_header(alg='HS256')).encode())}.{base64url(json.dumps(BLOCK).encode())}"
    return f"{text}.{base64url(hmac.new(key.raw, text.encode(), hashlib.sha256).digest())}"


def unsigned(alg: str) -> str:
    return token(vc_header(alg=alg), BLOCK).rpartition(".")[0] + "."


GENUINE = token(vc_header(), BLOCK)
HEAD, BODY, SIGNATURE = GENUINE.split(".")
DEEP = b'{"a":' * 3000 + b"1" + b"}" * 3000

TOKENS = {
    "an HMAC over the public key": (shared_secret(TEST_SIGNER.key), "proof.token_unsigned"),
    "alg none": (unsigned("none"), "proof.token_unsigned"),
    "alg None": (unsigned("None"), "proof.token_unsigned"),
    "alg in lower case": (token(vc_header(alg="eddsa"), BLOCK), "proof.token_algorithm"),
    "ES256 with a P-384 key": (
        token(vc_header(P384_SIGNER, alg="ES256"), BLOCK, P384_SIGNER),
        "proof.token_key_algorithm",
    ),
    "RS256 in a W3C token": (token(vc_header(rsa_signer()), BLOCK, rsa_signer()), "proof.token_algorithm"),
    "the name of another's key": (
        token(vc_header(kid=OTHER_SIGNER.verification_method), BLOCK),
        "key.controller_not_issuer",
    ),
    "a key and the name of another": (token(vc_header(jwk=jwk(TEST_SIGNER)), BLOCK), "proof.token_header"),
    "a private key in the header": (
        token(vc_header(kid=None, jwk={**jwk(P256_SIGNER), "d": "AAAA"}), BLOCK),
        "key.secret",
    ),
    "a key to be fetched": (token(vc_header(jku="https://evil.example"), BLOCK), "proof.token_header"),
    "a certificate to be fetched": (
        token(vc_header(x5u="https://evil.example"), BLOCK),
        "proof.token_header",
    ),
    "an unencoded payload": (token(vc_header(b64=False, crit=["b64"]), BLOCK), "proof.token_header"),
    "a compressed payload": (token(vc_header(zip="DEF"), BLOCK), "proof.token_header"),
    "a signature with a byte more": (f"{HEAD}.{BODY}.{SIGNATURE}AA", "proof.signature_mismatch"),
    "padding": (f"{GENUINE}==", "parse.token_malformed"),
    "the other alphabet": (f"{HEAD}.{BODY[:-1]}+.{SIGNATURE}", "parse.token_malformed"),
    "a line break inside": (f"{HEAD}.{BODY}\n.{SIGNATURE}", "parse.token_malformed"),
    "a space inside": (f"{HEAD}. {BODY}.{SIGNATURE}", "parse.token_malformed"),
    "four parts": (f"{GENUINE}.{SIGNATURE}", "parse.token_malformed"),
    "two payload members of a name": (
        token(vc_header(), b'{"id":"x",' + json.dumps(BLOCK).encode()[1:]),
        "parse.duplicate_member",
    ),
    "two header members of a name": (
        token(b'{"alg":"EdDSA","alg":"none"}', BLOCK),
        "parse.duplicate_member",
    ),
    "a deep payload": (token(vc_header(), DEEP), "parse.too_deep"),
    "a deep header": (token(DEEP, BLOCK), "parse.too_deep"),
    "a payload that is an array": (token(vc_header(), [BLOCK]), "parse.not_object"),
    "a token as payload": (token(vc_header(), GENUINE.encode()), "parse.not_json"),
    "two tokens": (f"{GENUINE}\n{GENUINE}", "parse.token_malformed"),
    "a key confirmed for another": (
        token(vc_header(), {**BLOCK, "iss": "did:example:1"}),
        "proof.claims_differ",
    ),
    "a document beside the document": (token(vc_header(), {**BLOCK, "vc": BLOCK}), "proof.claims_differ"),
    "an access token": (token(vc_header(typ="at+jwt"), {"sub": "x"}), "structure.missing_member"),
    "a disclosure too many": (f"{GENUINE}~{disclosure('s', 'name', 'Autre')}~", "parse.disclosure"),
    "a disclosure over a claim": (
        sd_jwt({"name": "x", "_sd": [digest(disclosure("s", "name", "y"))]}, disclosure("s", "name", "y")),
        "parse.disclosure",
    ),
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", list(TOKENS))
def test_a_hostile_token_is_refused_under_its_code(name: str) -> None:
    text, code = TOKENS[name]
    report = check(text.encode(), KNOWN)
    assert code in [item.code for item in report.checks]
    assert report.verdict is not Verdict.VALID
    assert report.exit_code != 0


SIZE = MAX_BYTES - 1
LARGE = {
    "letters": "eyJ" + "A" * (SIZE - 3),
    "points": "eyJhbGciOi" + "." * (SIZE - 10),
    "tildes": GENUINE + "~" * (SIZE - len(GENUINE)),
    "one part": f"{HEAD}.{'A' * (SIZE - len(HEAD) - len(SIGNATURE) - 2)}.{SIGNATURE}",
    "a long header": f"{base64url(b'{' + b' ' * 700_000 + b'}')}.{BODY}.{SIGNATURE}",
    "many disclosures": sd_jwt({}, *[disclosure(str(number), "x") for number in range(25_000)]),
    "many digests": sd_jwt({"a": [[{"...": str(number)} for number in range(400)] for _ in range(20)]}),
    "a large disclosure": sd_jwt({}, base64url(b'["s","n","' + b"x" * 500_000 + b'"]')),
    "chained disclosures": "",
    "a large claim": token(vc_header(), {**BLOCK, "description": "x" * 500_000}),
    "many members": token(vc_header(), {**BLOCK, "others": [{"type": "x", "n": n} for n in range(490)]}),
    "quotation marks": '["eyJhbGciOi.' + '"' * (SIZE - 20),
    "white space": " " * (SIZE - len(GENUINE)) + GENUINE,
}


def _chain() -> str:
    chain = [disclosure("s", "n", 1)]
    for _ in range(450):
        chain.append(disclosure("s", "n", {"_sd": [digest(chain[-1])]}))
    return sd_jwt({"_sd": [digest(chain[-1])]}, *chain)


LARGE["chained disclosures"] = _chain()


@pytest.mark.timeout(30)
@pytest.mark.parametrize("name", list(LARGE))
def test_a_token_of_up_to_1_mb_is_judged_in_bounded_time(name: str) -> None:
    started = time.process_time()
    report = check(LARGE[name].encode(), KNOWN)
    assert time.process_time() - started < 2
    assert report.exit_code != 0 or name == "white space"


def test_a_genuine_token_cannot_speak_for_another_document() -> None:
    other = token(vc_header(), make_block_credential(token="another"))
    mixed = ".".join([HEAD, other.split(".")[1], SIGNATURE])
    report = check(mixed.encode(), KNOWN)
    assert report.check(CheckId.PROOF).code == "proof.signature_mismatch"
    assert report.verdict is Verdict.MODIFIED


def test_a_signature_by_anyone_else_is_never_the_issuers() -> None:
    for header in (vc_header(), vc_header(kid=None, jwk=jwk(OTHER_SIGNER))):
        report = check(token(header, BLOCK, OTHER_SIGNER).encode(), KNOWN)
        assert report.verdict is Verdict.MODIFIED
        assert report.issuer is None
