"""Status entries and signed status lists of every kind that is read; each part can be replaced."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from contexts import urls
from credentials import Materials, StatusList, Unavailable
from credentials.json_input import JsonObject
from credentials.multibase import decode_base64url
from credentials.multikey import KeyType
from credentials.proofs.ed25519_signature_2020 import SUITE as Ed25519Signature2020  # noqa: N811 - its name
from credentials.proofs.hashed import HashedSuite
from credentials.securing.data_integrity import UnsecuredDocument
from credentials.status.bitstring import bits_of_statuses, encode, status_list_credential
from tests.support.credentials import CREATED, TEST_ISSUER, TEST_SIGNER, SeedSigner, make_block_credential
from tests.support.verification import AS_OF, INDEX, STATUS_URL, materials, signed

CONTEXT_2021 = "https://w3id.org/vc/status-list/2021/v1"
CONTEXT_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
CONTEXT_EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"


def bitstring_entry(purpose: str = "revocation", *, url: str = STATUS_URL, **members: object) -> JsonObject:
    """Give an entry of a Bitstring Status List, of the builder's index."""
    entry: JsonObject = {
        "id": f"{url}#{INDEX}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(INDEX),
        "statusListCredential": url,
    }
    return {**entry, **members}  # type: ignore[dict-item]  # tests put anything here


def entry_2021(purpose: str = "revocation", **members: object) -> JsonObject:
    """Give an entry of a Status List 2021."""
    return {**bitstring_entry(purpose), "type": "StatusList2021Entry", **members}  # type: ignore[dict-item]  # tests put anything here


def messages(*texts: str) -> list[JsonObject]:
    """Give one message a value, from 0."""
    return [{"status": hex(value), "message": text} for value, text in enumerate(texts)]


def with_status(*entries: JsonObject, context: str | None = None, **members: object) -> JsonObject:
    """Give an unsigned block credential with these entries, and the context that they need."""
    document = make_block_credential()
    status: JsonObject = {"credentialStatus": entries[0] if len(entries) == 1 else [*entries]}
    named: list[object] = [*contexts_of(document), *([context] if context else [])]
    ordered: JsonObject = {"@context": sorted(named, key=list(urls()).index)}  # type: ignore[arg-type]  # texts
    return {**document, **ordered, **status, **members}  # type: ignore[dict-item]  # tests put anything here


def contexts_of(document: JsonObject) -> list[object]:
    """Give a document's contexts."""
    listed = document["@context"]
    assert isinstance(listed, list)
    return [*listed]


def signed_list(
    statuses: Mapping[int, int] | None = None,
    *,
    purpose: str | Sequence[str] = "revocation",
    size: int = 1,
    url: str = STATUS_URL,
    issuer: str = TEST_ISSUER,
    signer: SeedSigner = TEST_SIGNER,
    ttl_ms: int | None = None,
    valid_from: datetime = CREATED,
    valid_until: datetime | None = None,
    subject: Mapping[str, object] | None = None,
    **members: object,
) -> StatusList:
    """Give a signed Bitstring Status List in which these entries have these values."""
    document = status_list_credential(
        url=url,
        issuer=issuer,
        purpose=purpose,
        bits=bits_of_statuses(statuses or {}, size=size),
        valid_from=valid_from,
        valid_until=valid_until,
        ttl_ms=ttl_ms,
        size=size,
    )
    held = document["credentialSubject"]
    assert isinstance(held, dict)
    whole = {**document, "credentialSubject": {**held, **(subject or {})}, **members}
    return StatusList(signed(whole, signer), AS_OF)  # type: ignore[arg-type]  # tests put anything here


def signed_list_2021(
    statuses: Mapping[int, int] | None = None,
    *,
    text: str | None = None,
    suite: HashedSuite = Ed25519Signature2020,
    **members: object,
) -> StatusList:
    """Give a signed Status List 2021: of VCDM 1.1, as all of them are, under the suite of its time."""
    document: JsonObject = {
        "@context": ["https://www.w3.org/2018/credentials/v1", CONTEXT_2021, CONTEXT_2020],
        "id": STATUS_URL,
        "type": ["VerifiableCredential", "StatusList2021Credential"],
        "issuer": TEST_ISSUER,
        "issuanceDate": "2026-11-24T09:30:00Z",
        "credentialSubject": {
            "id": f"{STATUS_URL}#list",
            "type": "StatusList2021",
            "statusPurpose": "revocation",
            "encodedList": text or text_2021(statuses),
        },
        **members,  # type: ignore[dict-item]  # tests put anything here
    }
    named = {"type": suite.name} if suite is Ed25519Signature2020 else {"cryptosuite": suite.name}
    options: JsonObject = {
        "type": "DataIntegrityProof",
        **named,
        "created": "2026-11-24T09:30:00Z",
        "verificationMethod": TEST_SIGNER.verification_method,
        "proofPurpose": "assertionMethod",
    }
    # Nothing in the product writes this suite or this data model, so the proof is put together here.
    signature = TEST_SIGNER.sign(
        suite.hashes(UnsecuredDocument(document).forms, options, KeyType.ED25519, ()).combined
    )
    proof = {**options, "proofValue": suite.proof_value(signature)}
    return plain({**document, "proof": proof})


def text_2021(statuses: Mapping[int, int] | None = None) -> str:
    """Give the ``encodedList`` of a Status List 2021 in base64url."""
    packed = decode_base64url(encode(bits_of_statuses(statuses or {})))
    return urlsafe_b64encode(packed).rstrip(b"=").decode()


def plain(content: object) -> StatusList:
    """Give an unsigned list."""
    return StatusList(json.dumps(content).encode(), AS_OF)


def given_lists(lists: Mapping[str, StatusList | Unavailable]) -> Materials:
    """Give the builder's materials with these lists."""
    return replace(materials(), status_lists=lists)
