"""OpenID4VCI's signed SD-JWT VC, with the key that the SD-JWT VC draft publishes for tests."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from credentials import CheckId, Document, IssuerIdentity, Materials, Policy, Verdict, read, verify
from credentials.errors import CredentialError, ErrorCode
from credentials.json_input import JsonObject
from credentials.jwk import jwk_of, key_from_jwk
from credentials.materials import KeyDocument
from credentials.multikey import PublicKey
from credentials.securing import sd_jwt
from tests.support.credentials import TEST_KEY

SAMPLE = "standards/vectors/openid4vci-1.0-examples/credential_response_sd_jwt_vc.txt"
SETTINGS = "standards/vectors/sd-jwt/sd-jwt-vc-examples/settings.yml"
AT = datetime(2026, 12, 1, tzinfo=UTC)
ISSUER = "https://example.com/issuer"


def sample(shared: Path) -> str:
    """Give the credential; the example is wrapped for print."""
    text = "".join((shared / SAMPLE).read_text(encoding="utf-8").split())
    return str(json.loads(text[text.index("{") :])["credentials"][0]["credential"])


def issuer_key(shared: Path) -> PublicKey:
    """Give the first key of the settings, the issuer's."""
    text = (shared / SETTINGS).read_text(encoding="utf-8").partition("holder_key")[0]
    members = {name: re.findall(rf"\n        {name}: (\S+)", text)[0] for name in ("kty", "crv", "x", "y")}
    return key_from_jwk({**members})


def test_the_sample_verifies_and_shows_all_its_claims(shared: Path) -> None:
    content = sd_jwt.verify(sample(shared), issuer_key(shared))
    assert content["given_name"] == "John"
    assert content["address"] == {
        "street_address": "123 Main St",
        "locality": "Anytown",
        "region": "Anystate",
        "country": "US",
    }
    assert content["is_over_65"] is True
    assert "_sd" not in content


def test_any_part_of_its_disclosures_verifies(shared: Path) -> None:
    signed, *shown, _ = sample(shared).split("~")
    for count in range(len(shown)):
        content = sd_jwt.verify("~".join([signed, *shown[:count], ""]), issuer_key(shared))
        assert len(content) == 5 + count


def test_another_key_or_another_disclosure_is_refused(shared: Path) -> None:
    with pytest.raises(CredentialError) as caught:
        sd_jwt.verify(sample(shared), TEST_KEY)
    assert caught.value.code == "proof.token_key_algorithm"
    signed, first, *_ = sample(shared).split("~")
    with pytest.raises(CredentialError) as caught:
        sd_jwt.verify(f"{signed[:-6]}AAAAAA~{first}~", issuer_key(shared))
    assert caught.value.code in {ErrorCode.PROOF_SIGNATURE_MISMATCH, "parse.token_malformed"}


def test_the_pipeline_reads_it_and_does_not_call_it_valid(shared: Path) -> None:
    found = read(sample(shared).encode())
    assert isinstance(found, Document)
    known = {ISSUER: IssuerIdentity(ISSUER, "Registre")}
    report = verify(found, materials=Materials(trust=known), policy=Policy(), at=AT)
    assert report.verdict is Verdict.INCOMPLETE
    assert report.check(CheckId.STRUCTURE).code == "structure.sd_jwt"
    assert report.check(CheckId.KEY).code == "key.method_unsupported"
    assert report.credential is not None
    assert report.credential.issuer_id == ISSUER
    assert ("given_name", "John") in report.credential.others


def test_with_its_key_at_an_address_of_its_issuer_it_is_proven_and_still_incomplete(shared: Path) -> None:
    """Its ``kid`` is a bare name; here it is read as if it were an address."""
    found = read(sample(shared).encode())
    assert isinstance(found, Document)
    assert found.envelope is not None
    address = f"{ISSUER}/keys"
    header: JsonObject = {**found.envelope.jws.header, "kid": f"{address}#doc-signer-05-25-2022"}
    moved = replace(found, envelope=replace(found.envelope, jws=replace(found.envelope.jws, header=header)))
    keys = {"keys": [{"kid": "doc-signer-05-25-2022", **jwk_of(issuer_key(shared))}]}
    materials = Materials(
        trust={ISSUER: IssuerIdentity(ISSUER, "Registre")},
        key_documents={address: KeyDocument(json.dumps(keys).encode(), AT)},
    )
    report = verify(moved, materials=materials, policy=Policy(), at=AT)
    assert [report.check(check).code for check in (CheckId.PROOF, CheckId.KEY, CheckId.ISSUER)] == [
        "proof.ok",
        "key.published",
        "issuer.known",
    ]
    assert report.verdict is Verdict.INCOMPLETE
