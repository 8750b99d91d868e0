"""W3C's vectors for eddsa-rdfc-2022: made and checked, byte for byte, intermediate values included.

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
from credentials.securing.data_integrity import intermediate, proofs_of, sign, verify_proof
from tests.support.contexts import load_with_tests
from tests.support.credentials import SeedSigner

PURPOSE = "assertionMethod"


@dataclass(frozen=True, slots=True)
class Case:
    """One folder of vectors: an unsigned document, a signed one, and every value between."""

    folder: str
    unsigned: str


CASES = [
    Case("eddsa-rdfc-2022", "unsigned.json"),
    Case("eddsa-rdfc-2022/employ", "employmentAuth.json"),
]
case = pytest.mark.parametrize("case", CASES, ids=[case.folder for case in CASES])


@pytest.fixture
def vectors(shared: Path) -> Path:
    return shared / "standards" / "vectors" / "vc-di-eddsa"


def read(path: Path) -> dict[str, Any]:
    return parse_object(path.read_bytes())


def signer(vectors: Path, pair: dict[str, Any]) -> SeedSigner:
    secret = decode_base58(pair["privateKeyMultibase"])
    assert secret[:2] == b"\x80\x26"
    return SeedSigner(secret[2:])


@case
def test_canonical_forms_and_hashes_are_those_of_the_vector(vectors: Path, case: Case) -> None:
    folder = vectors / case.folder
    signed = read(folder / "signedDataInt.json")
    hashes = intermediate(signed, signed["proof"], load_with_tests)

    def text(name: str) -> str:
        return (folder / f"{name}DataInt.txt").read_bytes().decode()

    assert hashes.canonical_document == text("canonDoc")
    assert hashes.canonical_proof == text("proofCanon")
    assert hashes.document_hash.hex() == text("docHash").strip()
    assert hashes.proof_hash.hex() == text("proofHash").strip()
    assert hashes.combined.hex() == text("combinedHash").strip()
    assert decode_base58(signed["proof"]["proofValue"]).hex() == text("sigHex").strip()
    assert signed["proof"]["proofValue"] == text("sigBTC58").strip()


@case
def test_signing_gives_the_proof_of_the_vector(vectors: Path, case: Case) -> None:
    expected = read(vectors / case.folder / "signedDataInt.json")
    made = sign(
        read(vectors / case.unsigned),
        signer(vectors, read(vectors / "keyPair.json")),
        created=parse_date_time_stamp(expected["proof"]["created"]),
        loader=load_with_tests,
    )
    assert made == {**expected, "proof": [expected["proof"]]}


@case
def test_the_vector_verifies_and_an_altered_copy_does_not(vectors: Path, case: Case) -> None:
    signed = read(vectors / case.folder / "signedDataInt.json")
    key = did_key.resolve(signed["proof"]["verificationMethod"])
    verify_proof(signed, signed["proof"], key, expected_purpose=PURPOSE, loader=load_with_tests)
    altered = copy.deepcopy(signed)
    altered["validFrom"] = "1999-01-01T00:00:00Z"
    with pytest.raises(CredentialError):
        verify_proof(altered, signed["proof"], key, expected_purpose=PURPOSE, loader=load_with_tests)


@pytest.mark.parametrize(("name", "count"), [("signedProofSet1.json", 1), ("signedProofSet2.json", 2)])
def test_every_proof_of_a_set_verifies(vectors: Path, name: str, count: int) -> None:
    document = read(vectors / "proof-set-chain" / name)
    proofs = proofs_of(document)
    assert len(proofs) == count
    for proof in proofs:
        key = did_key.resolve(str(proof["verificationMethod"]))
        verify_proof(document, proof, key, expected_purpose=PURPOSE, loader=load_with_tests)


@pytest.mark.parametrize("name", ["signedProofChain1.json", "signedProofChain2.json"])
def test_a_chain_is_named_as_what_we_cannot_check(vectors: Path, name: str) -> None:
    document = read(vectors / "proof-set-chain" / name)
    codes = set()
    for proof in proofs_of(document):
        key = did_key.resolve(str(proof["verificationMethod"]))
        try:
            verify_proof(document, proof, key, expected_purpose=PURPOSE, loader=load_with_tests)
        except ProofOptionsError as error:
            codes.add(error.code)
    assert codes == {ErrorCode.PROOF_CHAIN}
