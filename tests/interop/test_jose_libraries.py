"""joserfc and sd-jwt: what they sign verifies here, what we sign verifies there, and neither takes a forgery."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jws as their_jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey
from jwcrypto.jwk import JWK
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer
from sd_jwt.verifier import SDJWTVerifier

from credentials import IssuerIdentity, Materials, Verdict
from credentials.errors import CredentialError
from credentials.instant import parse_date_time_stamp
from credentials.json_input import JsonObject
from credentials.securing import open_badges_jwt, sd_jwt, vc_jose
from tests.interop.conftest import OURS, Tally
from tests.interop.foreign_documents import foreign_documents
from tests.support.credentials import TEST_SIGNER
from tests.support.signers import P256_SIGNER, P384_SIGNER
from tests.support.tokens import badge_payload, jwk, rsa_signer
from tests.support.verification import check

JOSERFC, SD_JWT = "joserfc", "sd-jwt"
pytestmark = pytest.mark.filterwarnings("ignore:EdDSA is deprecated via RFC 9864")
"""Of the two names of the one algorithm, we write the one that more readers know."""

ALGORITHMS: dict[str, Any] = {"EdDSA": TEST_SIGNER, "ES256": P256_SIGNER, "ES384": P384_SIGNER}
BADGE_ALGORITHMS = {"ES256": P256_SIGNER, "RS256": rsa_signer()}
NONE = NoEncryption()


def private_pem(signer: Any) -> bytes:
    """Give the private half of a test signer."""
    if signer is TEST_SIGNER:
        return Ed25519PrivateKey.from_private_bytes(signer.seed).private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NONE
        )
    if hasattr(signer, "pem"):
        return bytes(signer.pem)
    curve = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1()}[signer.algorithm]
    return ec.derive_private_key(signer.number, curve).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NONE)


def their_key(signer: Any) -> Any:
    kind: Any = {"Ed25519": OKPKey, "RSA": RSAKey}.get(signer.algorithm, ECKey)
    return kind.import_key(private_pem(signer))


def issuer_of(signer: Any) -> str:
    return str(signer.verification_method.partition("#")[0])


def documents(issuer: str) -> list[JsonObject]:
    """Give documents of our own form with texts of many scripts, named to one issuer."""
    found = []
    for document in foreign_documents():
        profile = document["issuer"]
        assert isinstance(profile, dict)
        profile["id"] = issuer
        document.pop("credentialStatus", None)
        found.append(document)
    return found


def known(issuer: str) -> Materials:
    return Materials(trust={issuer: IssuerIdentity(issuer, "Registre")})


def flipped(token: str) -> str:
    head, body, signature = token.split(".")
    raw = bytearray(urlsafe_b64decode(body + "=="))
    raw[-3] ^= 1
    return f"{head}.{urlsafe_b64encode(raw).rstrip(b'=').decode()}.{signature}"


@pytest.mark.parametrize("name", ALGORITHMS)
def test_joserfc_verifies_what_we_sign_under_vc_jose(name: str, tally: Tally) -> None:
    signer = ALGORITHMS[name]
    for document in documents(issuer_of(signer)):
        token = vc_jose.sign(document, signer)
        found = their_jws.deserialize_compact(token, their_key(signer), algorithms=[name])
        assert json.loads(found.payload or b"") == document
        with pytest.raises(JoseError):
            their_jws.deserialize_compact(flipped(token), their_key(signer), algorithms=[name])
        tally(OURS, JOSERFC, 1)


@pytest.mark.parametrize("name", BADGE_ALGORITHMS)
def test_joserfc_verifies_what_we_sign_as_badges(name: str, tally: Tally) -> None:
    signer: Any = BADGE_ALGORITHMS[name]
    for document in documents(issuer_of(signer)):
        token = open_badges_jwt.sign(document, signer)
        found = their_jws.deserialize_compact(token, their_key(signer), algorithms=[name])
        assert json.loads(found.payload or b"")["iss"] == issuer_of(signer)
        tally(OURS, JOSERFC, 1)


@pytest.mark.parametrize("name", [*ALGORITHMS, "Ed25519"])
def test_we_verify_what_joserfc_signs_under_vc_jose(name: str, tally: Tally) -> None:
    signer = ALGORITHMS.get(name, TEST_SIGNER)
    header = {"alg": name, "typ": "vc+jwt", "kid": signer.verification_method}
    for document in documents(issuer_of(signer)):
        payload = json.dumps(document).encode()
        token = their_jws.serialize_compact(header, payload, their_key(signer), algorithms=[name])
        assert vc_jose.verify(token, signer.key) == document
        assert check(token.encode(), known(issuer_of(signer))).verdict is Verdict.VALID
        assert check(flipped(token).encode(), known(issuer_of(signer))).verdict is not Verdict.VALID
        tally(JOSERFC, OURS, 1)


@pytest.mark.parametrize("name", BADGE_ALGORITHMS)
def test_we_verify_what_joserfc_signs_as_badges(name: str, tally: Tally) -> None:
    signer: Any = BADGE_ALGORITHMS[name]
    for document in documents(issuer_of(signer)):
        header = {"alg": name, "typ": "JWT", "jwk": dict(jwk(signer))}
        payload = json.dumps(badge_payload(document, nbf=_seconds(document))).encode()
        token = their_jws.serialize_compact(header, payload, their_key(signer), algorithms=[name])
        assert open_badges_jwt.verify(token, signer.key) == document
        verdict = check(token.encode(), known(issuer_of(signer))).verdict
        # The RSA issuer is known by a web address, and nothing but the token says that the key is its own.
        assert verdict is (Verdict.VALID if signer is P256_SIGNER else Verdict.INCOMPLETE)
        tally(JOSERFC, OURS, 1)


def _seconds(document: JsonObject) -> int:
    return int(parse_date_time_stamp(str(document["validFrom"])).timestamp())


# SD-JWT.

ISSUER = "https://ecole.example"
VCT = "https://ecole.example/attestation"
NAMES = st.text("abcdefgé漢 ", min_size=1, max_size=6)
SCALARS = st.booleans() | st.integers(-9, 9) | st.text("abcdefgé漢 ", max_size=6)


def hideable(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Give objects and arrays of which any part may be hidden."""
    members = st.lists(st.tuples(NAMES, st.booleans(), inner), max_size=3, unique_by=lambda item: item[0])
    objects = members.map(lambda items: {SDObj(name) if hide else name: value for name, hide, value in items})
    return objects | st.lists(inner | inner.map(SDObj), max_size=3)


CLAIMS = st.lists(
    st.tuples(NAMES, st.booleans(), st.recursive(SCALARS, hideable, max_leaves=8)),
    max_size=4,
    unique_by=lambda item: item[0],
).map(lambda items: {SDObj(name) if hide else name: value for name, hide, value in items})


def plain(value: Any) -> Any:
    """Give what all disclosures together show."""
    if isinstance(value, SDObj):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {plain(name): plain(item) for name, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def everything(value: Any) -> Any:
    """Ask the library to disclose all of a value."""
    if isinstance(value, SDObj):
        return everything(value.value)
    if isinstance(value, Mapping):
        return {plain(name): everything(item) for name, item in value.items()}
    return [everything(item) for item in value] if isinstance(value, list) else True


def their_jwk(signer: Any) -> Any:
    return JWK.from_pem(private_pem(signer))


def issued(claims: dict[Any, Any], *, decoys: bool, holder: bool) -> SDJWTIssuer:
    return SDJWTIssuer(
        {"iss": ISSUER, "vct": VCT, **claims},
        their_jwk(P256_SIGNER),
        their_jwk(P384_SIGNER) if holder else None,
        sign_alg="ES256",
        add_decoy_claims=decoys,
        extra_header_parameters={"typ": "dc+sd-jwt"},
    )


def our_reading(text: str) -> Any:
    content = sd_jwt.verify(text, P256_SIGNER.key)
    return {name: value for name, value in content.items() if name not in {"iss", "vct", "cnf"}}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CLAIMS, st.booleans(), st.booleans(), st.integers(0, 10**6))
def test_every_shape_of_sd_jwt_reads_as_it_was_issued(
    claims: dict[Any, Any], decoys: bool, holder: bool, place: int
) -> None:
    text = issued(claims, decoys=decoys, holder=holder).sd_jwt_issuance
    assert our_reading(text) == plain(claims)
    nothing = SDJWTHolder(text)
    nothing.create_presentation({})
    theirs = SDJWTVerifier(nothing.sd_jwt_presentation, lambda *_: their_jwk(P256_SIGNER))
    shown = our_reading(nothing.sd_jwt_presentation)
    kept = {
        name: value
        for name, value in theirs.get_verified_payload().items()
        if name not in {"iss", "vct", "cnf"}
    }
    assert shown == kept
    at = place % len(text)
    changed = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
    with pytest.raises(CredentialError):
        sd_jwt.verify(changed, P256_SIGNER.key)


TABLE: dict[str, dict[Any, Any]] = {
    "flat": {SDObj("given_name"): "Camille", "town": "Paris"},
    "nothing hidden": {"given_name": "Camille"},
    "recursive": {SDObj("address"): {SDObj("street"): "rue Saint-Martin", "town": {SDObj("name"): "Paris"}}},
    "array": {"nationalities": [SDObj("FR"), "DE", SDObj("漢")]},
    "array within array": {"grid": [[SDObj("a"), "b"], SDObj([SDObj("c")])]},
    "nulls": {"values": [None, SDObj(None), None], SDObj("none"): None},
    "types": {"values": [SDObj(42), SDObj(3.14), SDObj(["x"]), SDObj({"foo": "bar"})]},
}


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("decoys", [False, True])
def test_sd_jwts_with_and_without_key_binding_go_their_way(name: str, decoys: bool, tally: Tally) -> None:
    text = issued(TABLE[name], decoys=decoys, holder=True).sd_jwt_issuance
    assert our_reading(text) == plain(TABLE[name])
    tally(SD_JWT, OURS, 1)
    holder = SDJWTHolder(text)
    holder.create_presentation(
        everything(TABLE[name]),
        nonce="n-1",
        aud="https://employeur.example",
        holder_key=their_jwk(P384_SIGNER),
        sign_alg="ES384",
    )
    presented = holder.sd_jwt_presentation
    assert our_reading(presented) == plain(TABLE[name])
    found = sd_jwt.read(presented)
    sd_jwt.verify_binding(found, sd_jwt.disclosed(found), ("https://employeur.example",), "n-1")
    tally(SD_JWT, OURS, 1)
    signed, _, binding = presented.rpartition("~")
    other = issued(TABLE[name], decoys=decoys, holder=True).sd_jwt_issuance
    assert other.rstrip("~") != signed
    with pytest.raises(CredentialError):
        sd_jwt.verify(other + binding, P256_SIGNER.key)
