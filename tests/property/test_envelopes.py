"""Tokens: no change of any byte, claim or disclosure gives ``valid``, and any bytes give a report."""

import base64
import json
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials import CheckId, IssuerIdentity, Materials, Outcome, Verdict, VerificationReport
from credentials.errors import CredentialError
from credentials.securing import open_badges_jwt, vc_jose
from credentials.securing import sd_jwt as sd_jwt_module
from credentials.verdict import verdict_of
from tests.support.credentials import TEST_ISSUER, TEST_SIGNER, make_block_credential
from tests.support.selective import bound, digest, disclosure, sd_jwt
from tests.support.signers import P256_SIGNER, P384_SIGNER
from tests.support.tokens import badge_payload, jwk, token, vc_header
from tests.support.verification import check

P256_ISSUER = P256_SIGNER.verification_method.partition("#")[0]
P384_ISSUER = P384_SIGNER.verification_method.partition("#")[0]
ISSUERS = (TEST_ISSUER, P256_ISSUER, P384_ISSUER)
KNOWN = Materials(trust={issuer: IssuerIdentity(issuer, "Registre") for issuer in ISSUERS})
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def block(issuer: str) -> Any:
    content = make_block_credential(issuer=issuer)
    del content["credentialStatus"]
    return content


TOKENS = {
    "EdDSA": vc_jose.sign(block(TEST_ISSUER), TEST_SIGNER),
    "ES256": vc_jose.sign(block(P256_ISSUER), P256_SIGNER),
    "ES384": vc_jose.sign(block(P384_ISSUER), P384_SIGNER),
    "Open Badges": open_badges_jwt.sign(block(P256_ISSUER), P256_SIGNER),
    "Open Badges, key in the header": open_badges_jwt.sign(
        block(P256_ISSUER), P256_SIGNER, jwk=jwk(P256_SIGNER)
    ),
}
NAMES = [disclosure(f"salt-{number}", f"name_{number}", "x" * number) for number in range(3)]
SELECTIVE = bound(
    sd_jwt({"_sd": [digest(name) for name in NAMES], "cnf": {"jwk": jwk(P256_SIGNER)}}, *NAMES), P256_SIGNER
)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def sound(report: VerificationReport) -> None:
    assert [item.id for item in report.checks] == list(CheckId)
    assert all(item.code.startswith(f"{item.id}.") for item in report.checks)
    assert report.verdict is verdict_of(report.checks)
    assert (report.exit_code == 0) is (report.verdict is Verdict.VALID)
    json.dumps(report.to_dict())


def test_every_token_is_valid_as_it_was_signed() -> None:
    for text in TOKENS.values():
        assert check(text.encode(), KNOWN).verdict is Verdict.VALID


@MANY
@given(st.sampled_from(list(TOKENS)), st.data())
def test_no_change_of_any_character_of_a_token_is_valid(name: str, data: st.DataObject) -> None:
    text = TOKENS[name]
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from([*(ALPHABET + "+/=. ~é"), ""]).filter(lambda item: item != text[place]))
    changed = text[:place] + other + text[place + 1 :]
    report = check(changed.encode(), KNOWN)
    sound(report)
    # A tilde or a full stop may take what follows for something else, which is no credential either.
    assert report.verdict is not Verdict.VALID


@MANY
@given(st.sampled_from(list(TOKENS)), st.integers(0, 2), st.integers(0, 4000), st.integers(1, 255))
def test_no_change_of_any_byte_within_a_part_is_valid(name: str, part: int, place: int, mask: int) -> None:
    parts = TOKENS[name].split(".")
    raw = bytearray(base64.urlsafe_b64decode(parts[part] + "=="))
    raw[place % len(raw)] ^= mask
    parts[part] = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    report = check(".".join(parts).encode(), KNOWN)
    sound(report)
    assert report.verdict is not Verdict.VALID


@MANY
@given(st.sampled_from(list(TOKENS)), st.sampled_from(list(TOKENS)), st.integers(0, 2))
def test_no_part_of_another_token_is_valid_in_its_place(name: str, other: str, part: int) -> None:
    parts, others = TOKENS[name].split("."), TOKENS[other].split(".")
    if parts[part] == others[part]:
        return
    parts[part] = others[part]
    report = check(".".join(parts).encode(), KNOWN)
    sound(report)
    assert report.verdict is not Verdict.VALID


@MANY
@given(st.integers(0, len(SELECTIVE) - 1), st.sampled_from([*ALPHABET, "~", ".", ""]))
def test_no_change_of_an_sd_jwt_is_proven(place: int, other: str) -> None:
    if other == SELECTIVE[place]:
        return
    report = check((SELECTIVE[:place] + other + SELECTIVE[place + 1 :]).encode(), KNOWN)
    sound(report)
    assert report.check(CheckId.PROOF).outcome is not Outcome.PASS


@MANY
@given(
    st.dictionaries(
        st.sampled_from(["alg", "typ", "cty", "kid", "jwk", "crit", "b64", "iss", "x5c", "x"]),
        JSON,
        max_size=4,
    )
)
def test_any_header_gives_a_report(members: dict[str, Any]) -> None:
    sound(check(token(vc_header(**members), block(TEST_ISSUER)).encode(), KNOWN))


@MANY
@given(
    st.dictionaries(
        st.sampled_from(["iss", "sub", "jti", "nbf", "exp", "iat", "aud", "cnf", "nonce", "vc", "vp"]),
        JSON,
        min_size=1,
        max_size=4,
    ),
    st.booleans(),
)
def test_any_claims_give_a_report(claims: dict[str, Any], badge: bool) -> None:
    if badge:
        header = {"alg": "ES256", "typ": "JWT", "kid": P256_SIGNER.verification_method}
        sound(check(token(header, badge_payload(block(P256_ISSUER), **claims), P256_SIGNER).encode(), KNOWN))
    else:
        sound(check(token(vc_header(), {**block(TEST_ISSUER), **claims}).encode(), KNOWN))


@MANY
@given(JSON, JSON, st.lists(JSON, max_size=3), st.booleans())
def test_any_payload_and_any_disclosures_give_a_report(
    header: Any, payload: Any, disclosed: list[Any], tilde: bool
) -> None:
    text = token(header, payload)
    shown = [base64.urlsafe_b64encode(json.dumps(item).encode()).rstrip(b"=").decode() for item in disclosed]
    report = check(("~".join([text, *shown, ""]) if tilde else text).encode(), KNOWN)
    sound(report)
    assert report.verdict is not Verdict.VALID


@MANY
@given(
    st.text(max_size=60).map(lambda text: f"eyJhbGciOi{text}") | st.from_regex(rb"e[wy][a-zA-Z0-9_.~-]{8,60}")
)
def test_any_text_that_begins_like_a_token_gives_a_report(data: str | bytes) -> None:
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    report = check(raw, KNOWN)
    sound(report)
    assert report.verdict is not Verdict.VALID


@MANY
@given(
    st.text(max_size=40)
    | st.sampled_from([*TOKENS.values(), SELECTIVE]).flatmap(
        lambda text: st.tuples(
            st.integers(0, len(text) - 1), st.sampled_from([*ALPHABET, "~", ".", "é", ""])
        ).map(lambda change: text[: change[0]] + change[1] + text[change[0] + 1 :])
    )
)
def test_any_text_is_verified_or_refused_with_an_error_of_the_tree(text: str) -> None:
    for verify in (vc_jose.verify, open_badges_jwt.verify, sd_jwt_module.verify):
        with suppress(CredentialError):
            verify(text, TEST_SIGNER.key)
