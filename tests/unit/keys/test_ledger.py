"""The newest active key of a type signs; every key that ever signed stays published, each with its dates."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentials.authenticity import examine
from credentials.did_web import DidWebError, key_from_document
from credentials.json_input import JsonObject, parse_object, to_bytes
from credentials.materials import DidDocument, Materials
from credentials.multikey import KeyType
from credentials.proofs.api import Signer
from credentials.securing.data_integrity import sign
from credentials.structure.values import objects_of
from keys import KeyRecord, KeyState, KeyStoreError, did_document, in_order, newest_active, signing_record
from tests.support.credentials import TEST_SIGNER, SeedSigner, make_credential
from tests.support.signers import P256_SIGNER, P384_SIGNER, CurveSigner

DAY = datetime(2026, 1, 1, tzinfo=UTC)
LATER = DAY + timedelta(days=30)
DID = "did:web:a.example"
KEYS = {signer.key.type: signer.key for signer in (TEST_SIGNER, P256_SIGNER, P384_SIGNER)}


def key(
    number: int,
    state: KeyState = KeyState.ACTIVE,
    key_type: KeyType = KeyType.ED25519,
    changed_at: datetime | None = DAY,
) -> KeyRecord:
    return KeyRecord(
        f"key-{number}",
        KEYS[key_type].multibase,
        key_type.algorithm,
        DAY + timedelta(days=number),
        state,
        changed_at,
    )


def test_the_newest_active_key_of_the_type_signs() -> None:
    ledger = [key(2), key(3, KeyState.RETIRED), key(1), key(9, key_type=KeyType.P256)]

    assert signing_record(ledger, KeyType.ED25519).name == "key-2"
    assert signing_record(ledger, KeyType.P256).name == "key-9"
    assert newest_active(ledger, KeyType.P384) is None


@pytest.mark.parametrize(
    "ledger",
    [
        [],
        [key(1, KeyState.RETIRED), key(2, KeyState.COMPROMISED), key(3, KeyState.EXPIRED)],
        [key(1, key_type=KeyType.P256)],
    ],
)
def test_without_an_active_key_of_the_type_nothing_is_signed(ledger: list[KeyRecord]) -> None:
    with pytest.raises(KeyStoreError) as caught:
        signing_record(ledger, KeyType.ED25519)

    assert caught.value.code == "key.none_active"
    assert "parchemin keys new --type Ed25519" in caught.value.remedy
    assert "PARCHEMIN_SUITES" in caught.value.remedy


def test_keys_of_one_moment_are_in_the_order_of_their_numbers() -> None:
    ledger = [replace(key(number), created_at=DAY) for number in (10, 2, 1)]

    assert [record.name for record in in_order(ledger)] == ["key-1", "key-2", "key-10"]
    assert signing_record(ledger, KeyType.ED25519).name == "key-10"


@pytest.mark.parametrize(
    "altered",
    [
        replace(key(1), public_key_multibase="z6Mkx"),
        replace(key(1), public_key_multibase=""),
        replace(key(1), algorithm="P-256"),
        replace(key(1, key_type=KeyType.P384), algorithm="P-256"),
    ],
)
def test_a_line_that_does_not_hold_the_key_that_it_says_is_refused(altered: KeyRecord) -> None:
    with pytest.raises(KeyStoreError) as caught:
        _ = altered.public_key

    assert (caught.value.code, caught.value.where) == ("key.ledger", "key-1")
    assert "audit verify" in caught.value.remedy


@pytest.mark.parametrize("key_type", KEYS)
def test_a_line_gives_its_key(key_type: KeyType) -> None:
    assert key(1, key_type=key_type).public_key == KEYS[key_type]


def test_every_key_is_published_with_its_dates_and_a_stolen_one_vouches_for_nothing() -> None:
    ledger = [key(4, KeyState.EXPIRED), key(3), key(2, KeyState.COMPROMISED), key(1, KeyState.RETIRED)]

    document = did_document(DID, ledger)

    methods = objects_of(document["verificationMethod"])
    assert [method["id"] for method in methods] == [f"{DID}#key-{n}" for n in (1, 2, 3, 4)]
    assert document["assertionMethod"] == [f"{DID}#key-1", f"{DID}#key-3", f"{DID}#key-4"]
    dates = [{name: method[name] for name in ("expires", "revoked") if name in method} for method in methods]
    assert dates == [{}, {"revoked": "2026-01-01T00:00:00Z"}, {}, {"expires": "2026-01-01T00:00:00Z"}]


def test_a_stolen_key_whose_date_is_lost_is_disowned_from_its_first_day() -> None:
    document = did_document(DID, [key(1, KeyState.COMPROMISED, changed_at=None)])

    methods = objects_of(document["verificationMethod"])
    assert methods[0]["revoked"] == "2026-01-02T00:00:00Z"


def test_a_stolen_key_is_disowned_from_when_another_may_have_had_it() -> None:
    stolen = key(1, KeyState.COMPROMISED, changed_at=DAY)

    document = did_document(DID, [replace(stolen, compromised_since=DAY - timedelta(days=3))])

    assert objects_of(document["verificationMethod"])[0]["revoked"] == "2025-12-29T00:00:00Z"


states = st.sampled_from(KeyState)
types = st.sampled_from(list(KEYS))


@given(ledger=st.lists(st.tuples(states, types), max_size=12))
def test_our_own_verifier_reads_every_key_of_any_ledger_but_the_stolen_ones(
    ledger: list[tuple[KeyState, KeyType]],
) -> None:
    records = [key(number, state, key_type) for number, (state, key_type) in enumerate(ledger)]

    document: JsonObject = parse_object(to_bytes(did_document(DID, records)))

    for record in records:
        method = f"{DID}#{record.name}"
        if record.state is KeyState.COMPROMISED:
            with pytest.raises(DidWebError) as caught:
                key_from_document(document, method, "assertionMethod")
            assert caught.value.code == "key.not_for_this_use"
            continue
        found = key_from_document(document, method, "assertionMethod")
        assert found.key == record.public_key
        assert found.expires == (DAY if record.state is KeyState.EXPIRED else None)
        assert found.revoked is None


NAMED: dict[KeyType, Signer] = {
    KeyType.ED25519: SeedSigner(TEST_SIGNER.seed, f"{DID}#key-1"),
    KeyType.P256: CurveSigner(KeyType.P256, P256_SIGNER.number, f"{DID}#key-1"),
    KeyType.P384: CurveSigner(KeyType.P384, P384_SIGNER.number, f"{DID}#key-1"),
}
SUITES = {KeyType.ED25519: "eddsa-rdfc-2022", KeyType.P256: "ecdsa-rdfc-2019", KeyType.P384: "ecdsa-jcs-2019"}
ANSWERS = {
    KeyState.ACTIVE: ("key.listed", "key.listed"),
    KeyState.RETIRED: ("key.listed", "key.listed"),
    KeyState.EXPIRED: ("key.listed", "key.expired"),
    KeyState.COMPROMISED: ("key.revoked_since", "key.revoked"),
}


@pytest.mark.parametrize("key_type", KEYS)
@pytest.mark.parametrize("state", KeyState)
def test_what_a_verifier_answers_of_a_signature_before_and_after_the_change(
    state: KeyState, key_type: KeyType
) -> None:
    published = parse_object(to_bytes(did_document(DID, [key(1, state, key_type, changed_at=LATER)])))
    materials = Materials(did_documents={DID: DidDocument(published, LATER)})
    answers = []
    for created in (LATER - timedelta(days=1), LATER):
        credential = make_credential(issuer=DID)
        signed = sign(credential, NAMED[key_type], created=created, suite=SUITES[key_type])
        found = examine(signed, issuer=DID, materials=materials, at=LATER + timedelta(days=1))
        answers += [proof.key.code for proof in found.proofs]

    assert tuple(answers) == ANSWERS[state]
