"""What many documents name in common is worked through once: otherwise a small file costs minutes.

Each case is the largest of its kind that the limits let through; the seconds are of processor time.
"""

import base64
import hashlib
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final

import pytest

from credentials import DidDocument, Materials, Policy, StatusList, verify
from credentials.did_web import MAX_METHODS
from credentials.json_input import MAX_BYTES, MAX_ITEMS, JsonObject, JsonValue, to_bytes
from credentials.jwk import jwk_of
from credentials.materials import KeyDocument
from credentials.presentations import verify_presentation
from credentials.proofs.api import Signer
from credentials.securing import jws
from credentials.securing.data_integrity import add_proof, sign
from credentials.securing.proof_options import Expectation
from credentials.status.bitstring import MAXIMUM_EXPANDED_BYTES, encode, status_list_credential
from tests.support.credentials import CONTEXTS, CREATED, TEST_ISSUER, TEST_SIGNER
from tests.support.signers import P384_SIGNER
from tests.support.verification import AS_OF, AT, TRUST

SECONDS: Final = 2 if sys.gettrace() is None else 10
"""Where each line is traced, for the measure of coverage, the same work takes several times as long."""
EACH: Final = 32
"""Credentials in a document: the most there may be."""
CLR: Final = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
DID: Final = "did:web:couteux.example"
SITE: Final = "https://couteux.example"
KEYS: Final = f"{SITE}/cles"
TEXT_SUITE: Final = "eddsa-jcs-2022"
PADDING: Final[dict[str, Any]] = {f"p{number}": ["x" * 100] * 17 for number in range(490)}
"""Members that say nothing, of nearly a megabyte."""


def _seconds(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def _credential(number: int, issuer: JsonValue = TEST_ISSUER, **members: Any) -> JsonObject:
    return {
        "@context": [CONTEXTS[0]],
        "id": f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
        "type": ["VerifiableCredential"],
        "issuer": issuer,
        "validFrom": "2026-11-24T09:30:00Z",
        "credentialSubject": {"id": f"urn:x:person-{number}"},
        **members,
    }


def _signed(document: JsonObject, signer: Signer = TEST_SIGNER) -> JsonObject:
    return sign(document, signer, created=CREATED, suite=TEXT_SUITE)


def _record(*held: JsonObject) -> bytes:
    subject: Any = {"id": "urn:x:me", "type": ["ClrSubject"], "verifiableCredential": [*held]}
    issuer: JsonObject = {"id": TEST_ISSUER, "type": ["Profile"], "name": "x"}
    types: Any = ["VerifiableCredential", "ClrCredential"]
    record = _credential(10_000, name="x", type=types, issuer=issuer, credentialSubject=subject)
    return to_bytes(_signed({**record, "@context": [CONTEXTS[0], CLR, CONTEXTS[1]]}))


def _presentation(held: Sequence[JsonObject]) -> bytes:
    shown: JsonObject = {
        "@context": [CONTEXTS[0]],
        "type": ["VerifiablePresentation"],
        "holder": TEST_ISSUER,
        "verifiableCredential": [*held],
    }
    return to_bytes(
        add_proof(shown, TEST_SIGNER, created=CREATED, purpose="authentication", suite=TEXT_SUITE)
    )


def _token(header: JsonObject, content: JsonObject) -> JsonObject:
    text = jws.sign({"typ": "vc+jwt", **header}, to_bytes(content), TEST_SIGNER)
    return {
        "@context": [CONTEXTS[0]],
        "id": f"data:application/vc+jwt,{text}",
        "type": "EnvelopedVerifiableCredential",
    }


def _shown(data: bytes, given: Materials) -> set[str]:
    """Verify a presentation in bounded time; give all codes of its credentials."""
    found = []
    took = _seconds(
        lambda: found.append(
            verify_presentation(data, materials=given, policy=Policy(), at=AT, expected=Expectation())
        )
    )
    assert took < SECONDS
    return {check.code for item in found[0].credentials for check in item.report.checks}


def _judged(data: bytes, given: Materials) -> set[str]:
    """Verify a document in bounded time; give all codes of it and of what it holds."""
    found = []
    assert _seconds(lambda: found.append(verify(data, materials=given, policy=Policy(), at=AT))) < SECONDS
    reports = [found[0], *(item.report for item in found[0].embedded)]
    return {check.code for report in reports for check in report.checks}


# Status lists


@cache
def _heavy_bits() -> str:
    """Give four megabytes of bits that weigh as much as a text may."""
    bits = bytearray(MAXIMUM_EXPANDED_BYTES)
    bits[:260_000] = random.Random(1).randbytes(260_000)
    return encode(bits)


def _heavy_list(url: str, *, proofs: int, identifiers: int) -> StatusList:
    """Give a list that costs what a list can: large bits, many nodes, several proofs, of which one holds."""
    document: Any = status_list_credential(
        url=url, issuer=TEST_ISSUER, purpose="revocation", bits=bytes(16_384), valid_from=CREATED
    )
    document["@context"].append(CONTEXTS[1])
    document["credentialSubject"]["encodedList"] = _heavy_bits()
    document["issuer"] = {
        "id": TEST_ISSUER,
        "type": ["Profile"],
        "name": "x",
        "otherIdentifier": [
            {"type": "IdentifierEntry", "identifier": f"v{number}", "identifierType": "ext:x"}
            for number in range(identifiers)
        ],
    }
    secured: Any = sign(document, TEST_SIGNER, created=CREATED)
    (proof,) = secured["proof"]
    others = [
        {**proof, "id": f"urn:x:{n}", "proofValue": f"{proof['proofValue'][:-1]}{n + 1}"}
        for n in range(proofs - 1)
    ]
    return StatusList(to_bytes({**secured, "proof": [proof, *others]}), AS_OF)


def _entries(urls: Sequence[str], number: int = 0) -> list[JsonObject]:
    return [
        {
            "id": f"{url}#{number}-{place}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(30_000_000 + number * 8 + place),
            "statusListCredential": url,
        }
        for place, url in enumerate(urls)
    ]


ONE_LIST: Final = f"{SITE}/etat/1"
EIGHT_LISTS: Final = [f"{SITE}/etat/{number}" for number in range(8)]


@pytest.mark.parametrize(
    ("proofs", "identifiers", "code"),
    [(1, 1, "status.not_withdrawn"), (4, 450, "status.list_not_proven"), (8, 450, "status.list_not_proven")],
)
@pytest.mark.parametrize("judge", ["record", "presentation"])
def test_one_list_named_by_256_entries_is_worked_through_once(
    judge: str, proofs: int, identifiers: int, code: str
) -> None:
    held = [
        _signed(_credential(number, credentialStatus=_entries([ONE_LIST] * 8, number)))
        for number in range(EACH)
    ]
    lists = {ONE_LIST: _heavy_list(ONE_LIST, proofs=proofs, identifiers=identifiers)}
    given = Materials(status_lists=lists, trust=TRUST)
    if judge == "record":
        assert code in _judged(_record(*held), given)
    else:
        assert code in _shown(_presentation(held), given)


def test_eight_heavy_lists_of_one_credential_are_answered_in_bounded_time() -> None:
    lists = {url: _heavy_list(url, proofs=4, identifiers=450) for url in EIGHT_LISTS}
    document = to_bytes(_signed(_credential(1, credentialStatus=_entries(EIGHT_LISTS))))
    _judged(document, Materials(status_lists=lists, trust=TRUST))


def test_what_heavy_lists_leave_nothing_for_is_not_examined() -> None:
    # Found under other addresses than its own, a list is examined all the same before it is refused.
    urls = [f"{SITE}/etat/{number}" for number in range(256)]
    one = _heavy_list(urls[0], proofs=4, identifiers=450)
    held = [
        _signed(_credential(number, credentialStatus=_entries(urls[number * 8 : number * 8 + 8], number)))
        for number in range(EACH)
    ]
    given = Materials(status_lists=dict.fromkeys(urls, one), trust=TRUST)
    assert "parse.not_examined" in _judged(_record(*held), given)


# Keys


def _tokens(issuer: str, **header: Any) -> bytes:
    return _presentation([_token(header, _credential(number, issuer)) for number in range(EACH)])


def _methods(count: int) -> list[JsonObject]:
    return [
        {
            "id": f"#k{number}",
            "type": "JsonWebKey",
            "controller": DID,
            "publicKeyJwk": jwk_of(P384_SIGNER.key),
        }
        for number in range(count)
    ]


def _did_document(count: int, references: Sequence[str]) -> bytes:
    document: JsonObject = {
        "id": DID,
        "verificationMethod": [*_methods(count)],
        "assertionMethod": [*references],
    }
    return json.dumps({**document, **(PADDING if count <= MAX_METHODS + 1 else {})}).encode()


@pytest.mark.parametrize(
    ("methods", "code"),
    [(MAX_METHODS, "key.not_listed"), (MAX_METHODS + 1, "key.too_large"), (450, "key.too_large")],
)
@pytest.mark.parametrize("again", [True, False])
def test_a_did_document_is_gone_through_once_a_token(methods: int, code: str, *, again: bool) -> None:
    references = ["#k1"] * MAX_ITEMS if again else [f"#k{number}" for number in range(MAX_ITEMS)]
    document = _did_document(methods, references)
    assert len(document) < MAX_BYTES
    given = Materials(did_documents={DID: DidDocument(document, AS_OF)}, trust=TRUST)
    assert code in _shown(_tokens(DID, jwk=jwk_of(TEST_SIGNER.key)), given)


@pytest.mark.parametrize("end", [0, 1])
def test_a_did_document_is_read_once_for_all_proofs(end: int) -> None:
    document = _did_document(MAX_METHODS, ["#k1"] * MAX_ITEMS)
    signer = replace(TEST_SIGNER, method=f"{DID}#k1")
    held = []
    for number in range(24):
        secured: Any = _signed(_credential(number, DID), signer)
        (proof,) = secured["proof"]
        others = [
            {**proof, "id": f"urn:x:{n}", "proofValue": f"{proof['proofValue'][:-1]}{n + 1}"}
            for n in range(7)
        ]
        held.append({**secured, "proof": [proof, *others]})
    cut = document[: len(document) - end]
    given = Materials(did_documents={DID: DidDocument(cut, AS_OF)}, trust=TRUST)
    assert ("key.document_malformed" if end else "key.listed") in _shown(_presentation(held), given)


@pytest.mark.parametrize(
    ("count", "code"), [(MAX_METHODS, "key.address_elsewhere"), (MAX_METHODS + 1, "key.too_large")]
)
def test_a_set_of_keys_is_read_once_for_all_tokens(count: int, code: str) -> None:
    keys = [{**jwk_of(TEST_SIGNER.key), "kid": f"k{number}"} for number in range(count)]
    document = json.dumps({"keys": keys, **PADDING}).encode()
    given = Materials(key_documents={KEYS: KeyDocument(document, AS_OF)}, trust=TRUST)
    assert code in _shown(_tokens(SITE, kid=f"{KEYS}#k1"), given)


# Digests


def _digest(document: JsonObject) -> str:
    return base64.b64encode(hashlib.sha512(to_bytes(document)).digest()).decode()


def _naming(number: int, digests: Sequence[str]) -> JsonObject:
    resources: Any = [
        {"id": f"urn:x:resource-{number}-{place}", "digestSRI": digest}
        for place, digest in enumerate(digests)
    ]
    return _signed(_credential(number, relatedResource=resources))


def test_a_large_document_named_by_many_digests_is_hashed_once() -> None:
    large = _signed(_credential(0, name="n", description="x" * 520_000))
    digest = _digest(large)
    # The same hash with other options is another digest, and names the same bytes.
    named = [
        _naming(number, [f"sha512-{digest}?{number}-{n}" for n in range(25)]) for number in range(1, EACH)
    ]
    assert "related.match" in _judged(_record(large, *named), Materials(trust=TRUST))


def test_many_hashes_in_one_digest_are_looked_up_and_not_compared_with_each_document() -> None:
    hashes = " ".join(f"sha512-{base64.b64encode(bytes([n] * 64)).decode()}" for n in range(256))
    named = [_naming(number, [hashes]) for number in range(EACH)]
    assert "related.not_at_hand" in _judged(_record(*named), Materials(trust=TRUST))


# Plain lists


def test_a_plain_list_named_by_256_entries_is_answered_in_bounded_time() -> None:
    url = f"{SITE}/retraits"
    items = [{"id": f"urn:x:{number}"} for number in range(490)]
    listed = StatusList(json.dumps({"revokedCredential": items, "revokedCredentials": items}).encode(), AS_OF)
    entries: Any = [{"id": url, "type": "1EdTechRevocationList", "statusPurpose": str(n)} for n in range(8)]
    header: JsonObject = {"jwk": jwk_of(TEST_SIGNER.key)}
    held = [_token(header, _credential(number, credentialStatus=entries)) for number in range(EACH)]
    given = Materials(status_lists={url: listed}, trust=TRUST)
    assert "status.unsigned_elsewhere" in _shown(_presentation(held), given)
