"""1EdTech's and OpenID's signed JWTs: what verifies, what is refused, and under which code.

Source and commit: ``../shared/standards/vectors/MANIFEST.json``.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from credentials import CheckId, Document, Materials, Policy, Verdict, read, verify
from credentials.errors import CredentialError, ErrorCode
from credentials.jwk import key_from_jwk
from credentials.multikey import KeyType, PublicKey
from credentials.securing import jws, open_badges_jwt
from credentials.securing.envelope import Profile

VECTORS = "standards/vectors"
OB3 = "ob3-1edtech-validator"
AT = datetime(2026, 12, 1, tzinfo=UTC)

OLDER = [
    f"{OB3}/simple-jwt_v1.png",
    f"{OB3}/simple-jwt_v1.svg",
    f"{OB3}/simple.jwt",
    f"{OB3}/velocity.jwt",
    "clr2-1edtech-validator/simple.jwt",
]


def document(shared: Path, name: str) -> Document:
    found = read((shared / VECTORS / name).read_bytes())
    assert isinstance(found, Document)
    assert found.envelope is not None
    return found


def own_key(found: Document) -> PublicKey:
    assert found.envelope is not None
    jwk = found.envelope.jws.header["jwk"]
    assert isinstance(jwk, dict)
    return key_from_jwk(jwk)


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_1edtechs_baked_tokens_verify_and_their_leniencies_are_named(shared: Path, kind: str) -> None:
    found = document(shared, f"{OB3}/simple-jwt.{kind}")
    assert found.envelope is not None
    assert found.envelope.profile is Profile.OPEN_BADGES
    jws.verify(found.envelope.jws, own_key(found), {KeyType.RSA})
    assert open_badges_jwt.check(found.envelope, found.content) == ("notice.token_without_sub",)
    report = verify(found, materials=Materials(), policy=Policy(), at=AT)
    assert report.check(CheckId.PROOF).code == "proof.ok"
    # It brings its own key along: nothing in it says that the key is the issuer's.
    assert report.check(CheckId.KEY).code == "key.token_own"
    assert report.verdict is Verdict.UNKNOWN_ISSUER
    assert len(report.notices) == 3


@pytest.mark.parametrize("name", OLDER)
def test_tokens_of_the_older_data_model_are_recognised_and_not_judged(shared: Path, name: str) -> None:
    found = document(shared, name)
    assert found.envelope is not None
    assert found.envelope.profile is Profile.OLDER
    report = verify(found, materials=Materials(), policy=Policy(), at=AT)
    assert report.verdict is Verdict.INCOMPLETE
    assert report.check(CheckId.STRUCTURE).code == "structure.older_data_model"


@pytest.mark.parametrize("name", OLDER)
def test_their_signatures_hold_where_the_key_is_in_the_header(shared: Path, name: str) -> None:
    found = document(shared, name)
    assert found.envelope is not None
    if "jwk" in found.envelope.jws.header:
        jws.verify(found.envelope.jws, own_key(found), {KeyType.RSA})
        return
    assert name in {f"{OB3}/simple.jwt", f"{OB3}/velocity.jwt"}


@pytest.mark.parametrize("name", ["simple.jwt", "simple-revoked.jwt", "simple-not-revoked.jwt"])
def test_tokens_of_open_badges_2_are_recognised(shared: Path, name: str) -> None:
    data = (shared / VECTORS / "ob2-1edtech-validator" / name).read_bytes()
    report = verify(data, materials=Materials(), policy=Policy(), at=AT)
    assert report.check(CheckId.PARSE).code == "parse.open_badges_2"


def test_openid4vcis_jwt_is_of_the_older_data_model(shared: Path) -> None:
    path = shared / VECTORS / "openid4vci-1.0-examples/credential_response_jwt_vc_json.txt"
    text = "".join(path.read_text(encoding="utf-8").split())
    token = json.loads(text[text.index("{") :])["credentials"][0]["credential"]
    report = verify(token.encode(), materials=Materials(), policy=Policy(), at=AT)
    assert report.check(CheckId.STRUCTURE).code == "structure.older_data_model"


def test_the_suites_envelope_of_an_older_media_type_is_not_opened(shared: Path) -> None:
    path = shared / VECTORS / "vcdm2-test-suite-input/presentation-enveloped-vc-ok.json"
    held = json.loads(path.read_bytes())["verifiableCredential"][0]
    report = verify(json.dumps(held).encode(), materials=Materials(), policy=Policy(), at=AT)
    assert report.check(CheckId.PARSE).code == "parse.envelope_media_type"
    assert report.verdict is Verdict.INCOMPLETE


def test_a_changed_sample_does_not_verify(shared: Path) -> None:
    found = document(shared, f"{OB3}/simple-jwt.svg")
    other = document(shared, f"{OB3}/simple-jwt.png")
    assert found.envelope is not None
    with pytest.raises(CredentialError) as caught:
        jws.verify(found.envelope.jws, own_key(other), {KeyType.RSA})
    assert caught.value.code is ErrorCode.PROOF_SIGNATURE_MISMATCH
