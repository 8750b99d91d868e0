"""W3C's vectors for whole-document suites: made and checked, byte for byte, intermediate values included.

Source and commit: ``../shared/standards/vectors/MANIFEST.json``.
"""

import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from credentials import did_key
from credentials.errors import CredentialError, ErrorCode, ProofOptionsError
from credentials.instant import parse_date_time_stamp
from credentials.json_input import parse_object
from credentials.multibase import decode_base58
from credentials.multikey import KeyType, PublicKey
from credentials.securing.data_integrity import add_proof, intermediate, sign, verify_proof
from credentials.securing.proof_sets import proofs_of
from tests.support.contexts import load_with_tests
from tests.support.credentials import SeedSigner
from tests.support.signers import CurveSigner


@dataclass(frozen=True, slots=True)
class Case:
    """One folder of vectors: an unsigned document, a signed one, and every value between."""

    folder: str
    unsigned: str
    suffix: str
    keys: str
    written: bool = True


EDDSA, ECDSA = "vc-di-eddsa", "vc-di-ecdsa"
CASES = [
    Case(f"{EDDSA}/eddsa-rdfc-2022", "unsigned.json", "DataInt", "keyPair.json"),
    Case(f"{EDDSA}/eddsa-rdfc-2022/employ", "employmentAuth.json", "DataInt", "keyPair.json"),
    Case(f"{EDDSA}/eddsa-jcs-2022", "unsigned.json", "JCS", "keyPair.json"),
    Case(f"{EDDSA}/Ed25519Signature2020", "unsigned.json", "EdSig", "keyPair.json", written=False),
    Case(f"{ECDSA}/ecdsa-rdfc-2019-p256", "unsigned.json", "ECDSAP256", "p256KeyPair.json"),
    Case(f"{ECDSA}/ecdsa-rdfc-2019-p256/employ", "employmentAuth.json", "ECDSAP256", "p256KeyPair.json"),
    Case(f"{ECDSA}/ecdsa-rdfc-2019-p384", "unsigned.json", "ECDSAP384", "p384KeyPair.json"),
    Case(f"{ECDSA}/ecdsa-rdfc-2019-p384/employ", "employmentAuth.json", "ECDSAP384", "p384KeyPair.json"),
    Case(f"{ECDSA}/ecdsa-jcs-2019-p256", "unsigned.json", "JCSECDSAP256", "p256KeyPair.json"),
    Case(f"{ECDSA}/ecdsa-jcs-2019-p384", "unsigned.json", "JCSECDSAP384", "p384KeyPair.json"),
]
case = pytest.mark.parametrize("case", CASES, ids=[case.folder for case in CASES])


@pytest.fixture
def vectors(shared: Path) -> Path:
    return shared / "standards" / "vectors"


def read(path: Path) -> dict[str, Any]:
    return parse_object(path.read_bytes())


def signer(pair: dict[str, Any]) -> SeedSigner | CurveSigner:
    secret = decode_base58(pair.get("privateKeyMultibase") or pair["secretKeyMultibase"])
    if secret[:2] == b"\x80\x26":
        return SeedSigner(secret[2:])
    kind = {b"\x86\x26": KeyType.P256, b"\x87\x26": KeyType.P384}[secret[:2]]
    return CurveSigner(kind, int.from_bytes(secret[2:], "big"))


def key_of(proof: Any) -> PublicKey:
    return did_key.resolve(str(proof["verificationMethod"]))


@case
def test_canonical_forms_and_hashes_are_those_of_the_vector(vectors: Path, case: Case) -> None:
    folder = vectors / case.folder
    signed = read(folder / f"signed{case.suffix}.json")
    hashes = intermediate(signed, signed["proof"], key_of(signed["proof"]), load_with_tests)

    def text(name: str) -> str:
        return (folder / f"{name}{case.suffix}.txt").read_bytes().decode()

    assert hashes.canonical_document == text("canonDoc")
    assert hashes.canonical_proof == text("proofCanon")
    assert hashes.document_hash.hex() == text("docHash").strip()
    assert hashes.proof_hash.hex() == text("proofHash").strip()
    assert hashes.combined.hex() == text("combinedHash").strip()
    assert decode_base58(signed["proof"]["proofValue"]).hex() == text("sigHex").strip()
    assert signed["proof"]["proofValue"] == text("sigBTC58").strip()


@pytest.mark.parametrize("case", [case for case in CASES if case.written], ids=lambda case: case.folder)
def test_signing_gives_the_proof_of_the_vector(vectors: Path, case: Case) -> None:
    expected = read(vectors / case.folder / f"signed{case.suffix}.json")
    root = vectors / case.folder.split("/", maxsplit=1)[0]
    made = sign(
        read(root / case.unsigned),
        signer(read(root / case.keys)),
        created=parse_date_time_stamp(expected["proof"]["created"]),
        suite=expected["proof"]["cryptosuite"],
        loader=load_with_tests,
    )
    (proof,) = proofs_of(made)
    if root.name == ECDSA:
        # An ECDSA signature is another one each time: all but its value is compared, and it must verify.
        verify_proof(made, proof, key_of(proof), loader=load_with_tests)
        proof["proofValue"] = expected["proof"]["proofValue"]
    assert made == {**expected, "proof": [expected["proof"]]}


def test_the_legacy_suite_is_never_written() -> None:
    with pytest.raises(ProofOptionsError) as caught:
        sign(
            {},
            SeedSigner(bytes(32)),
            created=parse_date_time_stamp("2026-01-01T00:00:00Z"),
            suite="Ed25519Signature2020",
        )
    assert caught.value.code is ErrorCode.PROOF_CRYPTOSUITE


@case
def test_the_vector_verifies_and_an_altered_copy_does_not(vectors: Path, case: Case) -> None:
    signed = read(vectors / case.folder / f"signed{case.suffix}.json")
    proof, key = signed["proof"], key_of(signed["proof"])
    verify_proof(signed, proof, key, loader=load_with_tests)
    altered = copy.deepcopy(signed)
    altered["validFrom"] = "1999-01-01T00:00:00Z"
    with pytest.raises(CredentialError):
        verify_proof(altered, proof, key, loader=load_with_tests)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("signedProofSet1.json", 1),
        ("signedProofSet2.json", 2),
        ("signedProofChain1.json", 3),
        ("signedProofChain2.json", 4),
    ],
)
def test_every_proof_of_a_set_or_chain_verifies(vectors: Path, name: str, count: int) -> None:
    document = read(vectors / EDDSA / "proof-set-chain" / name)
    proofs = proofs_of(document)
    assert len(proofs) == count
    for proof in proofs:
        verify_proof(document, proof, key_of(proof), loader=load_with_tests)


@pytest.mark.parametrize("name", ["signedProofChain1.json", "signedProofChain2.json"])
def test_a_proof_without_those_it_follows_does_not_verify(vectors: Path, name: str) -> None:
    document = read(vectors / EDDSA / "proof-set-chain" / name)
    last = document["proof"].pop()
    altered = copy.deepcopy(document)
    for proof in altered["proof"]:
        if proof["id"] in last["previousProof"]:
            proof["created"] = "2023-02-24T23:36:39Z"
    for document_without in ({**document, "proof": [last]}, {**altered, "proof": [*altered["proof"], last]}):
        with pytest.raises(CredentialError):
            verify_proof(document_without, last, key_of(last), loader=load_with_tests)


def test_sets_and_chains_are_made_as_the_vectors_have_them(vectors: Path) -> None:
    folder = vectors / EDDSA / "proof-set-chain"
    expected = read(folder / "signedProofChain2.json")
    pairs = read(folder / "multiKeyPairs.json")
    made = read(folder / "unsigned.json")
    for pair, proof in zip(pairs.values(), expected["proof"], strict=True):
        previous = proof.get("previousProof", [])
        made = add_proof(
            made,
            signer(pair),
            created=parse_date_time_stamp(proof["created"]),
            proof_id=proof.get("id"),
            previous=[previous] if isinstance(previous, str) else previous,
            loader=load_with_tests,
        )
    assert made == expected
