"""A receipt: sealed for what it is, judged by its own service alone, and never authentic once anything changed."""

import copy
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentials.document import ReadProblem, read
from credentials.errors import CredentialError, InputError, ProofError
from credentials.json_input import JsonObject, JsonValue, parse_object, to_bytes
from credentials.materials import DidDocument, Materials
from credentials.multikey import PublicKey
from credentials.policy import Policy
from credentials.receipts import RECEIPT_TYPE, Seal, is_receipt, judge, seal
from credentials.report import CheckId, Outcome, Verdict
from credentials.securing.data_integrity import sign
from credentials.verify import verify
from tests.support.credentials import OTHER_SIGNER, TEST_SIGNER, SeedSigner, make_credential
from tests.support.signers import P256_SIGNER

DID = "did:web:diplomes.example"
AT = datetime(2026, 11, 24, 14, 4, tzinfo=UTC)
RECEIPTS = SeedSigner(bytes(range(2, 34)), f"{DID}#receipts-1")
CREDENTIALS = SeedSigner(bytes(range(32)), f"{DID}#key-1")
CONTENT: JsonObject = {
    "type": RECEIPT_TYPE,
    "version": "1",
    "issuer": DID,
    "subject": {"kind": "file", "sha256": "ab" * 32},
    "report": {"verdict": "valid", "checks": [{"id": "parse", "outcome": "pass"}], "notices": []},
    "lists": [{"url": None, "as_of": "2026-11-24T14:00:00Z"}],
}


def method(signer: SeedSigner, **dates: str) -> JsonObject:
    return {
        "id": signer.verification_method,
        "type": "Multikey",
        "controller": DID,
        "publicKeyMultibase": signer.key.multibase,
        **dates,
    }


def did_document(**dates: str) -> JsonObject:
    return {
        "id": DID,
        "verificationMethod": [method(CREDENTIALS), method(RECEIPTS, **dates)],
        "assertionMethod": [CREDENTIALS.verification_method],
        "authentication": [RECEIPTS.verification_method],
    }


def sealed(signer: SeedSigner = RECEIPTS) -> JsonObject:
    return seal(CONTENT, signer, created=AT)


def judged(receipt: JsonObject, document: JsonObject | None = None) -> Seal:
    return judge(receipt, issuer=DID, did_document=document or did_document())


def test_what_was_sealed_is_authentic_also_when_it_is_written_with_other_spaces() -> None:
    made = sealed()
    assert judged(made) is Seal.AUTHENTIC
    assert judged(parse_object(json.dumps(made, indent=3, sort_keys=True).encode())) is Seal.AUTHENTIC
    assert made == sealed()


def places(value: JsonValue, *path: str | int) -> Iterator[tuple[str | int, ...]]:
    yield path
    if isinstance(value, dict):
        for name, item in value.items():
            yield from places(item, *path, name)
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from places(item, *path, at)


PLACES = [path for path in places(sealed()) if path]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


@given(path=st.sampled_from(PLACES), value=VALUES)
def test_a_receipt_in_which_any_member_is_another_is_never_authentic(
    path: tuple[str | int, ...], value: JsonValue
) -> None:
    receipt = copy.deepcopy(sealed())
    parent: JsonValue = receipt
    for step in path[:-1]:
        parent = parent[step]  # type: ignore[index]  # the path is one of this object's own
    if parent[path[-1]] == value and type(parent[path[-1]]) is type(value):  # type: ignore[index]
        return
    parent[path[-1]] = value  # type: ignore[index]
    assert judged(receipt) is not Seal.AUTHENTIC


@given(path=st.sampled_from(PLACES), name=st.text(max_size=6), value=VALUES)
def test_nor_is_one_from_which_something_is_missing_or_to_which_something_was_added(
    path: tuple[str | int, ...], name: str, value: JsonValue
) -> None:
    less, more = copy.deepcopy(sealed()), copy.deepcopy(sealed())
    parent: JsonValue = less
    for step in path[:-1]:
        parent = parent[step]  # type: ignore[index]
    del parent[path[-1]]  # type: ignore[union-attr, arg-type]
    assert judged(less) is not Seal.AUTHENTIC
    if name not in more:
        assert judged({**more, name: value}) is Seal.MODIFIED


@given(at=st.integers(0, len(to_bytes(sealed())) - 1), byte=st.integers(0, 255))
def test_no_byte_can_be_changed_so_that_something_else_is_authentic(at: int, byte: int) -> None:
    original = to_bytes(sealed())
    data = original[:at] + bytes([byte]) + original[at + 1 :]
    found = read(data)
    if isinstance(found, ReadProblem) and found.receipt is not None and found.receipt != sealed():
        assert judged(found.receipt) is not Seal.AUTHENTIC


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda receipt: receipt.update(issuer="did:web:autre.example"), Seal.ELSEWHERE),
        (lambda receipt: receipt.pop("issuer"), Seal.ELSEWHERE),
        (lambda receipt: receipt.pop("proof"), Seal.MODIFIED),
        (lambda receipt: receipt.update(proof=[receipt["proof"]]), Seal.MODIFIED),
        (lambda receipt: receipt["proof"].pop("created"), Seal.MODIFIED),
        (lambda receipt: receipt["proof"].update(cryptosuite="eddsa-rdfc-2022"), Seal.MODIFIED),
        (lambda receipt: receipt["proof"].update(proofPurpose="assertionMethod"), Seal.MODIFIED),
        (lambda receipt: receipt["proof"].update(verificationMethod=f"{DID}#other"), Seal.UNPROVEN),
        (
            lambda receipt: receipt["proof"].update(verificationMethod=OTHER_SIGNER.verification_method),
            Seal.UNPROVEN,
        ),
    ],
)
def test_each_fault_has_its_answer(change: Callable[[JsonObject], object], expected: Seal) -> None:
    receipt = copy.deepcopy(sealed())
    change(receipt)
    assert judged(receipt) is expected


def test_what_an_assertion_key_sealed_is_no_receipt_of_ours() -> None:
    assert judged(sealed(CREDENTIALS)) is Seal.UNPROVEN


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"revoked": "2027-01-01T00:00:00Z"}, Seal.UNPROVEN),
        ({"expires": "2026-11-24T14:04:00Z"}, Seal.UNPROVEN),
        ({"expires": "2026-11-24T14:04:01Z"}, Seal.AUTHENTIC),
    ],
)
def test_a_key_that_is_disowned_or_was_over_seals_nothing(dates: dict[str, str], expected: Seal) -> None:
    assert judged(sealed(), did_document(**dates)) is expected


def test_only_an_ed25519_key_seals() -> None:
    with pytest.raises(ProofError) as raised:
        seal(CONTENT, P256_SIGNER, created=AT)
    assert raised.value.code.value == "proof.cryptosuite"
    document = did_document()
    document["verificationMethod"] = [{**method(RECEIPTS), "publicKeyMultibase": P256_SIGNER.key.multibase}]
    assert judged(sealed(), document) is Seal.UNPROVEN


def test_nothing_is_sealed_twice_nor_what_json_cannot_carry() -> None:
    with pytest.raises(ProofError):
        seal(sealed(), RECEIPTS, created=AT)
    with pytest.raises(InputError):
        seal({**CONTENT, "note": "\x00"}, RECEIPTS, created=AT)
    with pytest.raises(CredentialError):
        seal(CONTENT, RECEIPTS, created=AT.replace(tzinfo=None))


def test_whatever_is_sealed_is_a_receipt() -> None:
    made = seal({"type": ["VerifiableCredential"], "issuer": DID}, RECEIPTS, created=AT)
    assert is_receipt(made)
    assert made["type"] == RECEIPT_TYPE


# The key for receipts signs no credential


@pytest.mark.parametrize("purpose", ["assertionMethod", "authentication"])
@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_a_credential_signed_with_the_key_for_receipts_never_verifies(suite: str, purpose: str) -> None:
    document = sign(make_credential(issuer=DID), RECEIPTS, created=AT, suite=suite, purpose=purpose)
    report = verify(
        to_bytes(document),
        materials=Materials(did_documents={DID: DidDocument(did_document(), AT)}),
        policy=Policy(),
        at=AT,
    )
    assert report.verdict is not Verdict.VALID
    failed = {check.id for check in report.checks if check.outcome is Outcome.FAIL}
    assert failed & {CheckId.KEY, CheckId.PROOF}
    if purpose == "assertionMethod":
        assert report.check(CheckId.KEY).code == "key.not_for_this_use"


# Handed in


def test_a_receipt_is_told_from_a_credential_and_nothing_is_said_of_a_document() -> None:
    found = read(to_bytes(sealed()))
    assert isinstance(found, ReadProblem)
    assert found.receipt == sealed()
    report = verify(to_bytes(sealed()), materials=Materials(), policy=Policy(), at=AT)
    assert (report.verdict, report.exit_code, report.credential) == (Verdict.INCOMPLETE, 3, None)
    assert report.check(CheckId.PARSE).code == "parse.receipt"
    assert read(b'{"type":["VerificationReceipt"]}') != found


def test_the_keys_of_these_tests_are_three() -> None:
    keys: set[PublicKey] = {RECEIPTS.key, CREDENTIALS.key, OTHER_SIGNER.key}
    assert len(keys) == 3
    assert TEST_SIGNER.key in keys
