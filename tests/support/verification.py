"""A signed credential with everything that its verification rests on; each part can be replaced."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from credentials import (
    DidDocument,
    IssuerIdentity,
    Materials,
    Policy,
    StatusList,
    VerificationReport,
    verify,
)
from credentials.json_input import JsonObject, to_bytes
from credentials.securing.data_integrity import sign
from credentials.status.bitstring import bits_of, status_list_credential
from tests.support.credentials import (
    BASE,
    CREATED,
    TEST_ISSUER,
    TEST_SIGNER,
    SeedSigner,
    make_block_credential,
)

AT = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
AS_OF = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
STATUS_URL = f"{BASE}/status/1"
INDEX = 12
"""The index that the block credential of the builder has."""

DID_WEB = "did:web:diplomes.example"
WEB_METHOD = f"{DID_WEB}#key-1"
WEB_SIGNER = SeedSigner(TEST_SIGNER.seed, WEB_METHOD)

TRUST = {
    TEST_ISSUER: IssuerIdentity(TEST_ISSUER, "Établissement du registre", "https://etablissement.example"),
    DID_WEB: IssuerIdentity(DID_WEB, "Établissement du registre", "https://etablissement.example"),
}


def signed(document: JsonObject, signer: SeedSigner = TEST_SIGNER, created: datetime = CREATED) -> bytes:
    """Sign a document and write it."""
    return to_bytes(sign(document, signer, created=created))


def block() -> bytes:
    """Give a signed block credential."""
    return signed(make_block_credential())


def status_list(
    indexes: Iterable[int] = (),
    *,
    purpose: str = "revocation",
    url: str = STATUS_URL,
    issuer: str = TEST_ISSUER,
    signer: SeedSigner = TEST_SIGNER,
    **members: object,
) -> StatusList:
    """Give a signed status list in which exactly these indexes are set."""
    document = status_list_credential(
        url=url, issuer=issuer, purpose=purpose, bits=bits_of(indexes), valid_from=CREATED
    )
    changed: JsonObject = {**document, **members}  # type: ignore[dict-item]  # tests put anything here
    return StatusList(signed(changed, signer), AS_OF)


def did_document(**members: object) -> JsonObject:
    """Give the DID document of the did:web issuer."""
    method: JsonObject = {
        "id": WEB_METHOD,
        "type": "Multikey",
        "controller": DID_WEB,
        "publicKeyMultibase": TEST_SIGNER.key.multibase,
    }
    document: JsonObject = {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": DID_WEB,
        "verificationMethod": [method],
        "assertionMethod": [WEB_METHOD],
    }
    return {**document, **members}  # type: ignore[dict-item]  # tests put anything here


def web_materials(document: JsonObject | None = None) -> Materials:
    """Give what the verification of the did:web issuer's block rests on."""
    web_list = status_list(issuer=DID_WEB, signer=WEB_SIGNER)
    return replace(
        materials(),
        did_documents={DID_WEB: DidDocument(document or did_document(), AS_OF)},
        status_lists={STATUS_URL: web_list},
    )


def materials(*set_indexes: int) -> Materials:
    """Give what the verification of the builder's credentials rests on."""
    return Materials(status_lists={STATUS_URL: status_list(set_indexes)}, trust=TRUST)


def check(data: bytes, given: Materials | None = None, *, policy: Policy | None = None) -> VerificationReport:
    """Verify at the tests' instant."""
    return verify(data, materials=given or materials(), policy=policy or Policy(), at=AT)
