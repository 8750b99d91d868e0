"""The key files of one institution: made under new names, opened together with one passphrase."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from credentials.multikey import KeyType
from keys import KeyFolder, KeyRecord, KeyState, KeyStoreError, PassphraseError, file_key

SECRET = "sept mots que personne ne devine"
OTHER = "sept autres mots, pas les mêmes"
DID = "did:web:a.example"
DAY = datetime(2026, 1, 1, tzinfo=UTC)
BOTH = (KeyType.ED25519, KeyType.P256)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_key, "KDF_ROUNDS", 1_000)


@pytest.fixture
def folder(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys", DID)


def made(folder: KeyFolder, number: int, key_type: KeyType, secret: str = SECRET) -> KeyRecord:
    name = f"key-{number}"
    public = folder.make(name, key_type, lambda: secret)
    return KeyRecord(name, public.multibase, key_type.algorithm, DAY)


@pytest.fixture
def ledger(folder: KeyFolder) -> Sequence[KeyRecord]:
    return [made(folder, number, key_type) for number, key_type in enumerate(BOTH, start=1)]


class Asked:
    """A person who gives one passphrase, and counts how often."""

    def __init__(self, secret: str = SECRET) -> None:
        self.times = 0
        self._secret = secret

    def __call__(self) -> str:
        self.times += 1
        return self._secret


def test_one_passphrase_asked_once_opens_the_key_of_each_type(
    folder: KeyFolder, ledger: Sequence[KeyRecord]
) -> None:
    asked = Asked()

    opened = folder.open_all(ledger, BOTH, asked)

    assert asked.times == 1
    assert {key_type: signer.verification_method for key_type, signer in opened.items()} == {
        KeyType.ED25519: f"{DID}#key-1",
        KeyType.P256: f"{DID}#key-2",
    }
    for key_type, signer in opened.items():
        assert signer.algorithm == key_type.algorithm
        record = next(line for line in ledger if signer.verification_method.endswith(f"#{line.name}"))
        record.public_key.verify(signer.sign(b"data"), b"data")


def test_nobody_is_asked_for_a_passphrase_where_a_key_is_missing(
    folder: KeyFolder, ledger: Sequence[KeyRecord]
) -> None:
    asked = Asked()

    with pytest.raises(KeyStoreError) as caught:
        folder.open_all(ledger, (*BOTH, KeyType.P384), asked)

    assert (caught.value.code, asked.times) == ("key.none_active", 0)
    assert "--type P-384" in caught.value.remedy


def test_a_file_of_another_type_than_the_ledger_says_is_not_opened(
    folder: KeyFolder, ledger: Sequence[KeyRecord]
) -> None:
    swapped = replace(
        ledger[0], public_key_multibase=ledger[1].public_key_multibase, algorithm=ledger[1].algorithm
    )

    with pytest.raises(KeyStoreError) as caught:
        folder.open(swapped, lambda: SECRET)

    assert (caught.value.code, caught.value.where) == ("key.other", "key-1.p12")


def test_a_new_passphrase_must_open_the_keys_beside_which_the_new_key_signs(
    folder: KeyFolder, ledger: Sequence[KeyRecord]
) -> None:
    folder.require_common_passphrase(ledger, BOTH, SECRET)

    with pytest.raises(PassphraseError) as caught:
        folder.require_common_passphrase(ledger, BOTH, OTHER)

    assert (caught.value.code, caught.value.where) == ("key.passphrase_differs", "key-1")
    assert OTHER not in str(caught.value) + caught.value.remedy


def test_keys_that_sign_no_more_or_are_lost_ask_for_no_common_passphrase(
    folder: KeyFolder, ledger: Sequence[KeyRecord], tmp_path: Path
) -> None:
    retired = [replace(ledger[0], state=KeyState.RETIRED), ledger[1]]
    (tmp_path / "keys" / "key-2.p12").unlink()

    folder.require_common_passphrase(retired, (*BOTH, KeyType.P384), OTHER)


def test_a_damaged_key_beside_the_new_one_is_said(
    folder: KeyFolder, ledger: Sequence[KeyRecord], tmp_path: Path
) -> None:
    (tmp_path / "keys" / "key-2.p12").write_bytes(b"damaged")

    with pytest.raises(KeyStoreError) as caught:
        folder.require_common_passphrase(ledger, BOTH, SECRET)

    assert caught.value.code == "key.damaged"


def test_a_file_that_no_ledger_names_is_set_aside_and_never_lost(folder: KeyFolder, tmp_path: Path) -> None:
    *_orphans, last = [made(folder, 1, KeyType.P256) for _run in range(3)]

    names = sorted(file.name for file in (tmp_path / "keys").iterdir())
    assert names == ["key-1.p12", "key-1.p12.orphan-1", "key-1.p12.orphan-2"]
    assert folder.holds(last)
    assert not folder.holds(replace(last, name="key-2"))


def test_an_orphan_that_cannot_be_set_aside_is_said(
    folder: KeyFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(folder, 1, KeyType.ED25519)
    before = (tmp_path / "keys" / "key-1.p12").read_bytes()

    def refused(*_arguments: object) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(KeyStoreError) as caught:
        made(folder, 1, KeyType.ED25519)

    assert caught.value.code == "key.not_written"
    assert (tmp_path / "keys" / "key-1.p12").read_bytes() == before
