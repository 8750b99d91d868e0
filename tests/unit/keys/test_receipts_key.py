"""The key for receipts: its file, and that nothing else is done with it."""

import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from credentials.multikey import KeyType, PublicKey
from keys import (
    KeyFolder,
    KeyPurpose,
    KeyRecord,
    KeyState,
    KeyStoreError,
    KeyUnreadableError,
    create_receipts_key,
    did_document,
    newest_active,
    open_receipts_key,
)

DID = "did:web:a.example"
DAY = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "receipts-1.pem"


def test_it_is_written_once_for_its_owner_alone_and_signs_as_published(file: Path) -> None:
    public = create_receipts_key(file, "receipts-1")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    signer = open_receipts_key(file, f"{DID}#receipts-1", public)
    public.verify(signer.sign(b"text"), b"text")
    assert (signer.algorithm, signer.verification_method) == ("Ed25519", f"{DID}#receipts-1")
    with pytest.raises(KeyStoreError) as raised:
        create_receipts_key(file, "receipts-1")
    assert raised.value.code == "key.exists"


def pem(key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey, secret: bytes = b"") -> bytes:
    encryption = BestAvailableEncryption(secret) if secret else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda: b"", "key.damaged"),
        (lambda: b"\x00\xff", "key.damaged"),
        (lambda: pem(Ed25519PrivateKey.generate(), b"a passphrase"), "key.damaged"),
        (lambda: pem(Ed25519PrivateKey.generate()), "key.other"),
        (lambda: pem(ec.generate_private_key(ec.SECP256R1())), "key.other"),
    ],
)
def test_any_other_file_is_refused_with_its_reason(
    file: Path, content: Callable[[], bytes], code: str
) -> None:
    public = create_receipts_key(file, "receipts-1")
    file.write_bytes(content())
    with pytest.raises(KeyUnreadableError) as raised:
        open_receipts_key(file, f"{DID}#receipts-1", public)
    assert (raised.value.code, raised.value.where) == (code, "receipts-1.pem")
    assert "keys new --for receipts" in raised.value.remedy


def test_a_missing_file_is_told(file: Path) -> None:
    public = PublicKey(KeyType.ED25519, Ed25519PrivateKey.generate().public_key().public_bytes_raw())
    with pytest.raises(KeyUnreadableError) as raised:
        open_receipts_key(file, f"{DID}#receipts-1", public)
    assert raised.value.code == "key.missing"


def record(name: str, key: PublicKey, purpose: KeyPurpose, state: KeyState = KeyState.ACTIVE) -> KeyRecord:
    return KeyRecord(name, key.multibase, key.type.algorithm, DAY, state, DAY, purpose=purpose)


def test_the_folder_keeps_both_kinds_apart(tmp_path: Path) -> None:
    folder = KeyFolder(tmp_path / "keys", DID)
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "receipts-1.pem").write_bytes(b"of a run that was killed")
    public = folder.make_for_receipts("receipts-1")
    assert (tmp_path / "keys" / "receipts-1.pem.orphan-1").exists()
    assert folder.holds(record("receipts-1", public, KeyPurpose.RECEIPTS))
    assert not folder.holds(record("receipts-1", public, KeyPurpose.CREDENTIALS))
    signer = folder.open_for_receipts(record("receipts-1", public, KeyPurpose.RECEIPTS))
    assert signer.public_key == public


def test_it_signs_no_credential_and_is_published_for_receipts_alone(tmp_path: Path) -> None:
    folder = KeyFolder(tmp_path / "keys", DID)
    public = [folder.make_for_receipts(f"receipts-{number}") for number in (1, 2, 3)]
    ledger = [
        record("receipts-1", public[0], KeyPurpose.RECEIPTS, KeyState.RETIRED),
        record("receipts-2", public[1], KeyPurpose.RECEIPTS, KeyState.COMPROMISED),
        record("receipts-3", public[2], KeyPurpose.RECEIPTS),
    ]
    assert newest_active(ledger, KeyType.ED25519) is None
    found = newest_active(ledger, KeyType.ED25519, KeyPurpose.RECEIPTS)
    assert found is not None
    assert found.name == "receipts-3"
    document = did_document(DID, ledger)
    assert document["assertionMethod"] == []
    assert document["authentication"] == [f"{DID}#receipts-1", f"{DID}#receipts-3"]
    assert len(list(document["verificationMethod"] or [])) == 3  # type: ignore[arg-type]
    assert "authentication" not in did_document(DID, [])
