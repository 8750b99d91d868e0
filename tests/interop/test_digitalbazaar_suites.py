"""Every cryptosuite of @digitalbazaar's, in Node: it verifies what we sign, and we verify what it signs.

No status list here: the suites are what is compared. The documents carry texts that are hard to carry.
"""

import copy
from collections.abc import Mapping
from typing import Any, Final

import pytest

from credentials import IssuerIdentity, Materials, Policy, Verdict, verify
from credentials.instant import parse_date_time_stamp
from credentials.json_input import JsonObject, to_bytes
from credentials.jwk import jwk_of
from credentials.multibase import encode_base64url
from credentials.multikey import KeyType
from credentials.securing.data_integrity import sign
from credentials.securing.proof_sets import proofs_of
from credentials.securing.selective import derive, required_pointers, sign_base
from tests.interop.conftest import OURS, Tally
from tests.interop.digitalbazaar import SEED, require_node, run_tasks
from tests.interop.foreign_documents import SIGNED_AT, foreign_documents
from tests.support.credentials import SeedSigner, make_block_credential
from tests.support.signers import P256_SIGNER, P384_SIGNER, CurveSigner
from tests.support.verification import AT

SD: Final = "ecdsa-sd-2023"
CREATED: Final = parse_date_time_stamp(SIGNED_AT)
SIGNERS: Final[Mapping[str, SeedSigner | CurveSigner]] = {
    "Ed25519": SeedSigner(bytes.fromhex(SEED)),
    "P-256": P256_SIGNER,
    "P-384": P384_SIGNER,
}
PAIRS: Final = [
    ("eddsa-rdfc-2022", "Ed25519"),
    ("eddsa-jcs-2022", "Ed25519"),
    ("ecdsa-rdfc-2019", "P-256"),
    ("ecdsa-rdfc-2019", "P-384"),
    ("ecdsa-jcs-2019", "P-256"),
    ("ecdsa-jcs-2019", "P-384"),
]
SELECTED: Final = ("/credentialSubject/identifier", "/name")
pair = pytest.mark.parametrize(("suite", "key"), PAIRS)


@pytest.fixture(scope="session", autouse=True)
def _node() -> None:
    """Skip before anything is signed."""
    require_node()


def private_keys() -> dict[str, object]:
    """Give the test keys as their program reads them."""
    keys: dict[str, object] = {"Ed25519": SEED}
    for name, size in (("P-256", 32), ("P-384", 48)):
        signer = SIGNERS[name]
        assert isinstance(signer, CurveSigner)
        secret = encode_base64url(signer.number.to_bytes(size, "big"))[1:]
        keys[name] = {**jwk_of(signer.key), "d": secret}
    return keys


def run(tasks: list[dict[str, object]]) -> list[Mapping[str, Any]]:
    return list(run_tasks(tasks, private_keys(), SIGNED_AT, dict(map(did_document, SIGNERS.values()))))


def did_document(signer: SeedSigner | CurveSigner) -> tuple[str, Mapping[str, object]]:
    """Give the document that a did:key stands for: their program looks it up like any other."""
    did = signer.verification_method.partition("#")[0]
    method = {
        "id": signer.verification_method,
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": signer.key.multibase,
    }
    context = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]
    return did, {
        "@context": context,
        "id": did,
        "verificationMethod": [method],
        "assertionMethod": [method["id"]],
    }


def documents(key: str) -> list[Any]:
    """Give the documents with the key's did:key as issuer."""
    issuer = SIGNERS[key].verification_method.partition("#")[0]
    found: list[Any] = copy.deepcopy(list(foreign_documents()))
    for document in found:
        document["issuer"]["id"] = issuer
    return found


def verdict(document: JsonObject) -> Verdict:
    """Give our verdict where the issuer is trusted."""
    trust = {
        signer.verification_method.partition("#")[0]: IssuerIdentity("x", "Établissement")
        for signer in SIGNERS.values()
    }
    return verify(to_bytes(document), materials=Materials(trust=trust), policy=Policy(), at=AT).verdict


def changed(document: JsonObject) -> JsonObject:
    return {**document, "name": f"{document['name']} bis"}


@pair
def test_it_verifies_what_we_sign_and_refuses_a_changed_copy(suite: str, key: str, tally: Tally) -> None:
    ours = [sign(document, SIGNERS[key], created=CREATED, suite=suite) for document in documents(key)]
    for document in ours:
        # Their suites read a single proof, not an array of one.
        document["proof"] = proofs_of(document)[0]
    answers = run([{"act": "verify", "credential": copy_} for copy_ in (*ours, *map(changed, ours))])
    good, bad = answers[: len(ours)], answers[len(ours) :]
    assert [answer["error"] for answer in good if not answer["verified"]] == []
    assert not any(answer["verified"] for answer in bad)
    tally(OURS, f"@digitalbazaar {suite} {key}", len(ours))


@pair
def test_we_verify_what_it_signs_and_refuse_a_changed_copy(suite: str, key: str, tally: Tally) -> None:
    tasks: list[dict[str, object]] = [
        {"act": "sign", "suite": suite, "key": key, "credential": document} for document in documents(key)
    ]
    theirs = [answer["credential"] for answer in run(tasks)]
    assert [verdict(document) for document in theirs] == [Verdict.VALID] * len(theirs)
    assert {verdict(changed(document)) for document in theirs} == {Verdict.MODIFIED}
    tally(f"@digitalbazaar {suite} {key}", OURS, len(theirs))


@pytest.fixture(scope="module")
def our_bases() -> list[JsonObject]:
    """Give our documents with base proofs."""
    bases: list[JsonObject] = []
    for number, document in enumerate(documents("P-256")):
        document["id"] = f"urn:uuid:5d000000-0000-4000-8000-{number:012d}"
        document["credentialStatus"] = make_block_credential()["credentialStatus"]
        base = sign_base(
            document,
            P256_SIGNER,
            created=CREATED,
            mandatory_pointers=required_pointers(document),
            hmac_key=bytes(range(32)),
            proof_signer=CurveSigner(KeyType.P256, 77 + number),
        )
        base["proof"] = proofs_of(base)[0]
        bases.append(base)
    return bases


def test_it_derives_from_our_base_proofs_and_verifies_what_either_derived(
    our_bases: list[JsonObject], tally: Tally
) -> None:
    by_them = [
        answer["credential"]
        for answer in run(
            [{"act": "derive", "credential": base, "selectivePointers": SELECTED} for base in our_bases]
        )
    ]
    by_us = [derive(base, SELECTED) for base in our_bases]
    answers = run([{"act": "verify", "credential": document} for document in (*by_them, *by_us)])
    assert [answer["error"] for answer in answers if not answer["verified"]] == []
    hidden = run([{"act": "verify", "credential": changed(document)} for document in by_us])
    assert not any(answer["verified"] for answer in hidden)
    tally(OURS, f"@digitalbazaar {SD}", len(answers))


def test_we_derive_from_its_base_proofs_and_verify_what_either_derived(tally: Tally) -> None:
    tasks: list[dict[str, object]] = [
        {
            "act": "sign",
            "suite": SD,
            "key": "P-256",
            "credential": document,
            "mandatoryPointers": required_pointers(document),
        }
        for document in documents("P-256")
    ]
    bases = [answer["credential"] for answer in run(tasks)]
    by_them = [
        answer["credential"]
        for answer in run(
            [{"act": "derive", "credential": base, "selectivePointers": SELECTED} for base in bases]
        )
    ]
    by_us = [derive(base, SELECTED) for base in bases]
    # A base proof is for the holder: nothing that we receive may carry one.
    assert Verdict.VALID not in {verdict(base) for base in bases}
    found = [verdict(document) for document in (*by_them, *by_us)]
    # Without a status that nobody could have hidden, an extract is never more than incomplete.
    assert set(found) <= {Verdict.VALID, Verdict.INCOMPLETE}
    assert {verdict(changed(document)) for document in by_us} == {Verdict.MODIFIED}
    tally(f"@digitalbazaar {SD}", OURS, len(found))
