"""The newest active key signs; every key that ever signed stays published, a stolen one apart."""

from datetime import UTC, datetime, timedelta

import pytest

from keys import KeyRecord, KeyState, KeyStoreError, did_document, signing_record

DAY = datetime(2026, 1, 1, tzinfo=UTC)
DID = "did:web:a.example"


def key(number: int, state: KeyState = KeyState.ACTIVE) -> KeyRecord:
    return KeyRecord(f"key-{number}", f"z{number}", "Ed25519", DAY + timedelta(days=number), state, DAY)


def test_the_newest_active_key_signs() -> None:
    ledger = [key(2), key(3, KeyState.RETIRED), key(1)]

    assert signing_record(ledger).name == "key-2"


@pytest.mark.parametrize("ledger", [[], [key(1, KeyState.RETIRED), key(2, KeyState.COMPROMISED)]])
def test_without_an_active_key_nothing_is_signed(ledger: list[KeyRecord]) -> None:
    with pytest.raises(KeyStoreError) as caught:
        signing_record(ledger)

    assert (caught.value.code, caught.value.remedy) == (
        "key.none_active",
        "make one with: parchemin keys new",
    )


def test_every_key_is_published_and_a_stolen_one_vouches_for_nothing() -> None:
    document = did_document(DID, [key(3), key(2, KeyState.COMPROMISED), key(1, KeyState.RETIRED)])

    methods = document["verificationMethod"]
    assert isinstance(methods, list)
    assert [method["id"] for method in methods] == [f"{DID}#key-{n}" for n in (1, 2, 3)]
    assert document["assertionMethod"] == [f"{DID}#key-1", f"{DID}#key-3"]
    assert [("revoked" in method) for method in methods] == [False, True, False]
