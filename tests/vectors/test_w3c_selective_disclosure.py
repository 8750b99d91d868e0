"""W3C's and 1EdTech's vectors for ecdsa-sd-2023: made, derived and checked, every value between included.

Source and commit: ``../shared/standards/vectors/MANIFEST.json``.
"""

import copy
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from credentials import did_key
from credentials.canonical.rdfc import Digest
from credentials.errors import ErrorCode, ProofOptionsError, SignatureMismatchError
from credentials.instant import parse_date_time_stamp
from credentials.json_input import parse_object
from credentials.materials import Materials
from credentials.multikey import PublicKey
from credentials.policy import Policy
from credentials.proofs.ecdsa_sd_2023.base import hashes_of
from credentials.proofs.ecdsa_sd_2023.derived import disclose
from credentials.proofs.ecdsa_sd_2023.masking import Masked, mask, shown
from credentials.proofs.ecdsa_sd_2023.pointers import select
from credentials.proofs.ecdsa_sd_2023.proof_value import decode_base, decode_derived
from credentials.proofs.ecdsa_sd_2023.statements import statements_of
from credentials.report import Verdict
from credentials.securing.data_integrity import UnsecuredDocument, verify_proof
from credentials.securing.proof_sets import proofs_of
from credentials.securing.selective import Part, derive, hideable_parts, sign_base
from credentials.verify import verify
from tests.support.contexts import load_with_tests

FOLDER = "vc-di-ecdsa"


@dataclass(frozen=True, slots=True)
class Case:
    """One folder of vectors, read."""

    base: dict[str, Any]
    shown: dict[str, Any]
    selective: list[str]
    folder: Path
    keys: dict[str, Any]

    def read(self, name: str) -> Any:
        return json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))

    @property
    def hmac_key(self) -> bytes:
        return bytes.fromhex(self.keys["hmacKeyString"])

    @property
    def content(self) -> dict[str, Any]:
        return {name: value for name, value in self.base.items() if name != "proof"}

    def masked(self) -> Masked:
        forms = UnsecuredDocument(self.base, load_with_tests).forms
        return mask(
            statements_of(forms.content, forms.rdfc(Digest.SHA256), load_with_tests),
            self.hmac_key,
        )


@pytest.fixture
def vectors(shared: Path) -> Path:
    return shared / "standards" / "vectors"


@pytest.fixture(params=[("prc", "prCred"), ("employ", "employ")], ids=["prc", "employ"])
def case(vectors: Path, request: pytest.FixtureRequest) -> Case:
    name, prefix = request.param
    suite = vectors / FOLDER / "ecdsa-sd-2023"

    def read(path: Path) -> dict[str, Any]:
        return parse_object(path.read_bytes())

    return Case(
        base=read(suite / name / "addSignedSDBase.json"),
        shown=read(suite / name / "derivedRevealDocument.json"),
        selective=json.loads((vectors / FOLDER / f"{prefix}Selective.json").read_text(encoding="utf-8")),
        folder=suite / name,
        keys=json.loads((suite / "SDKeyMaterial.json").read_text(encoding="utf-8")),
    )


@dataclass(frozen=True, slots=True)
class ReplayingSigner:
    """Gives the signatures of a vector, each only for the very bytes over which it was made."""

    key: PublicKey
    signatures: Sequence[bytes]
    verification_method: str = ""
    algorithm: str = "P-256"
    given: list[bytes] = field(default_factory=list)

    def sign(self, data: bytes) -> bytes:
        signature = self.signatures[len(self.given)]
        self.key.verify(signature, data)
        self.given.append(signature)
        return signature


def pairs(group: Mapping[str, Any]) -> dict[int, str]:
    return dict(group["value"])


def test_canonical_statements_and_labels_are_those_of_the_vector(case: Case) -> None:
    masked = case.masked()
    assert list(masked.statements.lines) == case.read("addBaseDocCanon")
    assert (
        list(masked.lines) == case.read("addBaseDocHMACCanon") == case.read("derivedAllGroupData")["nquads"]
    )
    expected = {new for _, new in case.read("derivedAllGroupData")["labelMap"]["value"]}
    assert set(shown(masked.labels).values()) == expected


def test_mandatory_and_other_statements_are_those_of_the_vector(case: Case) -> None:
    masked, expected = case.masked(), case.read("addBaseTransform")
    mandatory = masked.indexes(expected["mandatoryPointers"])
    lines = dict(enumerate(masked.lines))
    assert {index: lines[index] for index in mandatory} == pairs(expected["mandatory"])
    assert {index: line for index, line in lines.items() if index not in mandatory} == pairs(
        expected["nonMandatory"]
    )


def test_the_values_of_mandatory_pointers_are_those_of_the_vector(case: Case) -> None:
    for item in case.read("addPointerValues"):
        part = select(case.content, [item["pointer"]])
        assert part[item["pointer"][1:]] == item["value"]


def test_hashes_are_those_of_the_vector(case: Case) -> None:
    config = case.read("addProofConfig")
    options = {name: value for name, value in config.items() if name != "@context"}
    assert config["@context"] == case.base["@context"]
    forms = UnsecuredDocument(case.base, load_with_tests).forms
    canonical = forms.options_rdfc(options, Digest.SHA256)
    assert canonical == (case.folder / "addProofConfigCanon.txt").read_bytes().decode()
    masked, expected = case.masked(), case.read("addHashData")
    mandatory = masked.indexes(case.read("addBaseTransform")["mandatoryPointers"])
    hashes = hashes_of(canonical, [masked.lines[index] for index in mandatory])
    assert hashes.proof_hash.hex() == expected["proofHash"]
    assert hashes.mandatory_hash.hex() == expected["mandatoryHash"]


def test_the_base_proof_holds_the_values_of_the_vector(case: Case) -> None:
    proof = decode_base(case.base["proof"]["proofValue"])
    raw, recovered = case.read("addRawBaseSignatureInfo"), case.read("derivedRecoveredBaseData")
    for expected in (raw, recovered):
        assert proof.signature.hex() == expected["baseSignature"]
        assert [signature.hex() for signature in proof.signatures] == expected["signatures"]
    assert (
        proof.key.multibase == recovered["proofPublicKey"] == case.keys["proofKeyPair"]["publicKeyMultibase"]
    )
    assert proof.hmac_key == case.hmac_key == bytes.fromhex(recovered["hmacKey"])
    assert list(proof.pointers) == recovered["mandatoryPointers"]
    assert proof.encode() == case.base["proof"]["proofValue"]


def test_signing_gives_the_base_proof_of_the_vector_over_the_very_same_bytes(case: Case) -> None:
    proof = case.base["proof"]
    value = decode_base(proof["proofValue"])
    issuer = PublicKey.from_multibase(case.keys["baseKeyPair"]["publicKeyMultibase"])
    made = sign_base(
        case.content,
        ReplayingSigner(issuer, [value.signature], proof["verificationMethod"]),
        created=parse_date_time_stamp(proof["created"]),
        mandatory_pointers=case.read("addBaseTransform")["mandatoryPointers"],
        hmac_key=case.hmac_key,
        proof_signer=ReplayingSigner(value.key, value.signatures),
        strict=False,
        loader=load_with_tests,
    )
    assert made == {**case.base, "proof": [proof]}


def test_groups_of_statements_are_those_of_the_vector(case: Case) -> None:
    masked = case.masked()
    mandatory = case.read("addBaseTransform")["mandatoryPointers"]
    groups, indexes = case.read("derivedAllGroupData")["groups"], case.read("derivedGroupIndexes")
    everything = set(range(len(masked.lines)))
    for name, pointers in {
        "mandatory": mandatory,
        "selective": case.selective,
        "combined": [*mandatory, *case.selective],
    }.items():
        found = masked.indexes(pointers)
        assert list(found) == indexes[f"{name}Indexes"]
        assert {index: masked.lines[index] for index in found} == pairs(groups[name]["matching"])
        assert everything - set(found) == set(pairs(groups[name]["nonMatching"]))
    assert sorted(everything - set(masked.indexes(mandatory))) == indexes["nonMandatoryIndexes"]


def test_deriving_gives_the_document_and_the_proof_of_the_vector(case: Case) -> None:
    made = derive(case.base, case.selective, loader=load_with_tests)
    assert made == case.shown
    unsigned = {name: value for name, value in made.items() if name != "proof"}
    assert unsigned == case.read("derivedUnsignedReveal")


def test_the_derived_proof_holds_the_values_of_the_vector(case: Case) -> None:
    proof = decode_derived(case.shown["proof"]["proofValue"])
    for name in ("verifyDerivedProofValue", "derivedDisclosureData"):
        expected = case.read(name)
        labels = expected["labelMap"]
        assert proof.signature.hex() == expected["baseSignature"]
        assert proof.key.multibase == expected["publicKey"]
        assert [signature.hex() for signature in proof.signatures] == expected["signatures"]
        assert list(proof.indexes) == expected["mandatoryIndexes"]
        assert list(shown({f"c14n{n}": label for n, label in enumerate(proof.labels)}).items()) == [
            tuple(pair) for pair in (labels["value"] if isinstance(labels, dict) else labels)
        ]
    adjusted = case.read("derivedAdjSignatures")
    assert list(proof.indexes) == case.read("derivedAdjMandatoryIndexes")["adjMandatoryIndexes"]
    assert [signature.hex() for signature in proof.signatures] == adjusted["filteredSignatures"]
    whole = decode_base(case.base["proof"]["proofValue"]).signatures
    assert [whole.index(signature) for signature in proof.signatures] == adjusted["adjSignatureIndexes"]
    assert proof.encode() == case.shown["proof"]["proofValue"]


def test_verifying_reads_the_statements_and_hashes_of_the_vector(case: Case) -> None:
    forms = UnsecuredDocument(case.shown, load_with_tests).forms
    options = {name: value for name, value in case.shown["proof"].items() if name != "proofValue"}
    found = disclose(
        forms.rdfc(Digest.SHA256),
        forms.options_rdfc(options, Digest.SHA256),
        decode_derived(case.shown["proof"]["proofValue"]),
    )
    expected = case.read("verifyCreateVerifyData")
    assert list(found.lines) == case.read("verifyNQuads")
    assert list(found.others) == expected["nonMandatory"]
    assert found.hashes.proof_hash.hex() == expected["proofHash"]
    assert found.hashes.mandatory_hash.hex() == expected["mandatoryHash"]


def test_the_derived_proof_of_the_vector_verifies_and_an_altered_copy_does_not(case: Case) -> None:
    key = did_key.resolve(case.shown["proof"]["verificationMethod"])
    verify_proof(case.shown, case.shown["proof"], key, loader=load_with_tests)
    altered = copy.deepcopy(case.shown)
    altered["validFrom"] = "1999-01-01T00:00:00Z"
    with pytest.raises(SignatureMismatchError):
        verify_proof(altered, altered["proof"], key, loader=load_with_tests)


def test_the_base_proof_of_the_vector_is_for_its_holder_alone(case: Case) -> None:
    key = did_key.resolve(case.base["proof"]["verificationMethod"])
    with pytest.raises(ProofOptionsError) as caught:
        verify_proof(case.base, case.base["proof"], key, loader=load_with_tests)
    assert caught.value.code is ErrorCode.PROOF_BASE_ONLY


def test_the_vector_makes_the_issuer_alone_mandatory(case: Case) -> None:
    forms = UnsecuredDocument(case.shown, load_with_tests).forms
    assert hideable_parts(forms, case.shown["proof"]) == (Part.VALID_FROM, Part.STATUS)


def test_the_sample_of_1edtech_verifies_and_could_hide_everything(vectors: Path) -> None:
    data = (vectors / "ob3-1edtech-validator" / "sd" / "derivedcredential.json").read_bytes()
    document = parse_object(data)
    (proof,) = proofs_of(document)
    key = PublicKey.from_multibase(str(proof["verificationMethod"]).partition("#")[2])
    verify_proof(document, proof, key)
    assert hideable_parts(UnsecuredDocument(document).forms, proof) == tuple(Part)
    report = verify(
        data, materials=Materials(), policy=Policy(), at=parse_date_time_stamp("2026-11-24T09:30:00Z")
    )
    assert report.verdict is not Verdict.VALID
