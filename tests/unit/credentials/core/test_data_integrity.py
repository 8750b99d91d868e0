"""Signing and checking a proof: its options are strict, and signing refuses what verification would."""

import copy
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from credentials.errors import (
    CredentialError,
    DataLossError,
    ErrorCode,
    InputError,
    ProofError,
    ProofOptionsError,
)
from credentials.json_input import JsonObject
from credentials.securing.data_integrity import add_proof, intermediate, sign, verify_proof
from credentials.securing.proof_options import proof_expiry
from credentials.securing.proof_sets import MAX_PROOFS, previous_proofs, proofs_of
from tests.support.credentials import (
    CONTEXTS,
    CREATED,
    OTHER_SIGNER,
    TEST_KEY,
    TEST_SIGNER,
    SeedSigner,
    make_credential,
)
from tests.support.signers import P256_SIGNER

SIGNED: dict[str, Any] = sign(make_credential(), TEST_SIGNER, created=CREATED)
PROOF: dict[str, Any] = SIGNED["proof"][0]


def check(proof: dict[str, Any]) -> None:
    verify_proof(SIGNED, proof, TEST_KEY)


def test_what_is_signed_verifies() -> None:
    (proof,) = proofs_of(SIGNED)
    check(proof)
    assert proof["created"] == "2026-11-24T09:30:00Z"
    assert proof["verificationMethod"] == TEST_SIGNER.verification_method


def test_signing_changes_nothing_but_the_proof() -> None:
    document = make_credential()
    signed = sign(document, TEST_SIGNER, created=CREATED)
    assert document == make_credential()
    assert {name: value for name, value in signed.items() if name != "proof"} == document
    assert signed["issuer"] is not document["issuer"]


def test_signing_is_deterministic() -> None:
    assert sign(make_credential(), TEST_SIGNER, created=CREATED) == SIGNED
    local = CREATED.astimezone(timezone(timedelta(hours=1)))
    assert sign(make_credential(), TEST_SIGNER, created=local) == SIGNED


def test_signing_refuses_a_second_proof() -> None:
    with pytest.raises(ProofError) as caught:
        sign(SIGNED, TEST_SIGNER, created=CREATED)
    assert caught.value.code is ErrorCode.PROOF_PRESENT


def test_signing_refuses_what_would_not_be_signed() -> None:
    document = make_credential()
    document["siret"] = "1"
    with pytest.raises(DataLossError):
        sign(document, TEST_SIGNER, created=CREATED)


def test_signing_refuses_control_characters() -> None:
    document = make_credential()
    document["name"] = "a\x0bb"
    with pytest.raises(InputError):
        sign(document, TEST_SIGNER, created=CREATED)


@pytest.mark.parametrize(
    "change",
    [
        {"suite": "ecdsa-sd-2023"},
        {"suite": "ecdsa-rdfc-2019"},
        {"purpose": "toutUsage"},
        {"created": datetime(2026, 1, 1)},  # noqa: DTZ001 - refused
    ],
)
def test_signing_refuses_options_that_do_not_hold(change: dict[str, Any]) -> None:
    with pytest.raises(CredentialError):
        sign(make_credential(), TEST_SIGNER, **{"created": CREATED, **change})


def test_signing_refuses_a_key_without_an_address() -> None:
    with pytest.raises(DataLossError):
        sign(make_credential(), SeedSigner(bytes(32), "key-1"), created=CREATED)


OPTIONS: list[tuple[str, dict[str, Any], ErrorCode]] = [
    ("no type", {"type": None}, ErrorCode.PROOF_TYPE),
    ("another type", {"type": "Ed25519Signature2018"}, ErrorCode.PROOF_TYPE),
    ("an older type", {"type": "Ed25519Signature2020"}, ErrorCode.PROOF_MEMBER),
    ("a list of types", {"type": ["DataIntegrityProof"]}, ErrorCode.PROOF_TYPE),
    ("no cryptosuite", {"cryptosuite": None}, ErrorCode.PROOF_CRYPTOSUITE),
    ("another cryptosuite", {"cryptosuite": "ecdsa-rdfc-2019"}, ErrorCode.PROOF_CRYPTOSUITE),
    ("no purpose", {"proofPurpose": None}, ErrorCode.PROOF_PURPOSE),
    ("another purpose", {"proofPurpose": "authentication"}, ErrorCode.PROOF_PURPOSE),
    ("the purpose by its address", {"proofPurpose": "https://w3id.org/security#assertionMethod"}, ErrorCode.PROOF_PURPOSE),
    ("no method", {"verificationMethod": None}, ErrorCode.PROOF_METHOD),
    ("a method as an object", {"verificationMethod": {"id": "did:key:x"}}, ErrorCode.PROOF_METHOD),
    ("no value", {"proofValue": None}, ErrorCode.PROOF_VALUE),
    ("an empty value", {"proofValue": ""}, ErrorCode.PROOF_VALUE),
    ("a value of another base", {"proofValue": "u" + "A" * 86}, ErrorCode.PROOF_VALUE),
    ("a short value", {"proofValue": "z" + "1" * 63}, ErrorCode.PROOF_VALUE),
    ("a value with a leading zero more", {"proofValue": "z1" + PROOF["proofValue"][1:]}, ErrorCode.PROOF_VALUE),
    ("a value with a space", {"proofValue": PROOF["proofValue"] + " "}, ErrorCode.PROOF_VALUE),
    ("a date without offset", {"created": "2026-11-24T09:30:00"}, ErrorCode.PROOF_CREATED),
    ("a list of dates", {"created": ["2026-11-24T09:30:00Z"]}, ErrorCode.PROOF_MALFORMED),
    ("an expiry without offset", {"expires": "2026-11-24"}, ErrorCode.PROOF_EXPIRES),
    ("a domain", {"domain": "x.example"}, ErrorCode.PROOF_DOMAIN),
    ("a challenge", {"challenge": "1"}, ErrorCode.PROOF_CHALLENGE),
    ("a previous proof", {"previousProof": "urn:x:y"}, ErrorCode.PROOF_PREVIOUS),
    ("a member of its own", {"note": "x"}, ErrorCode.PROOF_MEMBER),
    ("a context of its own", {"@context": SIGNED["@context"]}, ErrorCode.PROOF_MEMBER),
    ("another date", {"created": "2026-11-24T09:30:01Z"}, ErrorCode.PROOF_SIGNATURE_MISMATCH),
    ("the same date at another offset", {"created": "2026-11-24T10:30:00+01:00"}, ErrorCode.PROOF_SIGNATURE_MISMATCH),
    ("an expiry", {"expires": "2030-01-01T00:00:00Z"}, ErrorCode.PROOF_SIGNATURE_MISMATCH),
    ("a nonce", {"nonce": "x"}, ErrorCode.PROOF_SIGNATURE_MISMATCH),
    ("an identifier", {"id": "urn:x:y"}, ErrorCode.PROOF_SIGNATURE_MISMATCH),
    ("another method", {"verificationMethod": OTHER_SIGNER.verification_method}, ErrorCode.PROOF_SIGNATURE_MISMATCH),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "code"), OPTIONS, ids=[case[0] for case in OPTIONS])
def test_a_proof_with_other_options_never_verifies(
    name: str, change: dict[str, Any], code: ErrorCode
) -> None:
    proof = {member: value for member, value in {**PROOF, **change}.items() if value is not None}
    with pytest.raises(ProofError) as caught:
        check(proof)
    assert caught.value.code is code


def test_a_relative_method_is_refused() -> None:
    with pytest.raises(DataLossError) as caught:
        check({**PROOF, "verificationMethod": "key-1"})
    assert caught.value.where == "/proof/verificationMethod"


def test_a_proof_without_created_is_an_option_that_is_signed() -> None:
    proof = copy.deepcopy(PROOF)
    del proof["created"]
    with pytest.raises(ProofError) as caught:
        check(proof)
    assert caught.value.code is ErrorCode.PROOF_SIGNATURE_MISMATCH


def test_another_key_is_refused() -> None:
    with pytest.raises(ProofError) as caught:
        verify_proof(SIGNED, PROOF, OTHER_SIGNER.key)
    assert caught.value.code is ErrorCode.PROOF_SIGNATURE_MISMATCH


@pytest.mark.parametrize(
    ("proof", "code"),
    [
        ([], ErrorCode.PROOF_MISSING),
        (None, ErrorCode.PROOF_MALFORMED),
        ("x", ErrorCode.PROOF_MALFORMED),
        ([[]], ErrorCode.PROOF_MALFORMED),
        ([PROOF, "x"], ErrorCode.PROOF_MALFORMED),
        ([PROOF, PROOF], ErrorCode.PROOF_MALFORMED),
        ([{"id": "urn:x:y"}, {"id": "urn:x:y"}], ErrorCode.PROOF_MALFORMED),
        ([{}] * (MAX_PROOFS + 1), ErrorCode.PROOF_TOO_MANY),
    ],
)
def test_a_proof_member_of_another_form_is_refused(proof: Any, code: ErrorCode) -> None:
    with pytest.raises(ProofError) as caught:
        proofs_of({**SIGNED, "proof": proof})
    assert caught.value.code is code


def test_an_unsigned_document_has_no_proof() -> None:
    with pytest.raises(ProofError) as caught:
        proofs_of(make_credential())
    assert caught.value.code is ErrorCode.PROOF_MISSING


def test_one_proof_may_stand_alone() -> None:
    assert proofs_of({**SIGNED, "proof": PROOF}) == [PROOF]


def test_expiry_is_read_and_left_to_the_caller() -> None:
    assert proof_expiry(PROOF) is None
    assert proof_expiry({"expires": "2030-01-01T00:00:00+01:00"}) == datetime(2029, 12, 31, 23, tzinfo=UTC)
    with pytest.raises(ProofOptionsError):
        proof_expiry({"expires": 2030})


def test_a_proof_of_a_text_reads_its_words_under_the_document_s_own_contexts_alone() -> None:
    signed = sign(make_credential(), TEST_SIGNER, created=CREATED, suite="eddsa-jcs-2022")
    [proof] = proofs_of(signed)
    verify_proof(signed, proof, TEST_KEY)
    with pytest.raises(ProofOptionsError) as caught:
        verify_proof(signed, {**proof, "@context": [CONTEXTS[0]]}, TEST_KEY)
    assert caught.value.code is ErrorCode.PROOF_CONTEXT


def test_a_proof_may_rest_on_one_proof_by_two_ways() -> None:
    chained: dict[str, Any] = make_credential()
    for name, previous in (("a", []), ("b", ["a"]), ("c", ["a"]), ("d", ["b", "c"])):
        names = [f"urn:x:{each}" for each in previous]
        chained = add_proof(chained, TEST_SIGNER, created=CREATED, proof_id=f"urn:x:{name}", previous=names)
    for proof in proofs_of(chained):
        verify_proof(chained, proof, TEST_KEY)
    assert [proof["id"] for proof in previous_proofs(proofs_of(chained)[-1], proofs_of(chained))] == [
        "urn:x:b",
        "urn:x:c",
    ]


def test_proofs_that_rest_on_each_other_are_refused_and_followed_once() -> None:
    circle: list[JsonObject] = [
        {"id": "urn:x:b", "previousProof": "urn:x:c"},
        {"id": "urn:x:c", "previousProof": "urn:x:b"},
    ]
    assert previous_proofs({"id": "urn:x:d", "previousProof": "urn:x:b"}, circle) == (circle[0],)
    for proof in circle:
        with pytest.raises(ProofOptionsError) as caught:
            previous_proofs(proof, circle)
        assert caught.value.code is ErrorCode.PROOF_PREVIOUS


def test_a_proof_of_single_statements_has_no_pair_of_digests_to_show() -> None:
    with pytest.raises(ProofOptionsError) as caught:
        intermediate(SIGNED, {**PROOF, "cryptosuite": "ecdsa-sd-2023"}, P256_SIGNER.key)
    assert caught.value.code is ErrorCode.PROOF_CRYPTOSUITE


def test_the_signature_is_over_the_options_digest_then_the_documents() -> None:
    hashes = intermediate(SIGNED, PROOF, TEST_KEY)
    assert hashes.combined == hashes.proof_hash + hashes.document_hash
    assert len(hashes.combined) == 64
    assert hashes.canonical_document.endswith(" .\n")
