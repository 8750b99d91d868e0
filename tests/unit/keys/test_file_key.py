"""The encrypted key file: opened by its passphrase alone, whole or refused, and never told to anyone."""

import stat
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, SECP521R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa_key
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials.errors import SignatureMismatchError
from credentials.multikey import KeyType, PublicKey
from credentials.proofs.api import Signer
from keys import SIGNING_TYPES, FileSigner, KeyStoreError, create_key_file, file_key, open_key_file

SECRET = "sept mots que personne ne devine"
METHOD = "did:web:a.example#key-1"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_key, "KDF_ROUNDS", 1_000)


@pytest.fixture(params=SIGNING_TYPES, ids=lambda key_type: key_type.algorithm)
def made(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Path, PublicKey]:
    path = tmp_path / "keys" / "key-1.p12"
    return path, create_key_file(path, "key-1", lambda: SECRET, request.param)


def opened(made: tuple[Path, PublicKey], secret: str = SECRET) -> FileSigner:
    return open_key_file(made[0], METHOD, made[1], lambda: secret)


def test_the_file_gives_back_the_key_that_was_made(made: tuple[Path, PublicKey]) -> None:
    signer = opened(made)

    assert signer.public_key == made[1]
    assert signer.verification_method == METHOD
    assert signer.algorithm == made[1].type.algorithm


def test_a_file_key_has_the_shape_of_a_signer(made: tuple[Path, PublicKey]) -> None:
    signer: Signer = opened(made)

    assert signer.verification_method == METHOD


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(message=st.binary(max_size=200), other=st.binary(max_size=200))
def test_any_signature_has_its_fixed_length_and_verifies_over_its_message_alone(
    made: tuple[Path, PublicKey], message: bytes, other: bytes
) -> None:
    signer = opened_once(made)

    signature = signer.sign(message)

    assert len(signature) == made[1].type.signature_bytes
    made[1].verify(signature, message)
    if other != message:
        with pytest.raises(SignatureMismatchError):
            made[1].verify(signature, other)


@pytest.mark.parametrize("key_type", [KeyType.P256, KeyType.P384])
def test_r_and_s_are_padded_to_the_length_of_the_field(tmp_path: Path, key_type: KeyType) -> None:
    public = create_key_file(tmp_path / "k.p12", "k", lambda: SECRET, key_type)
    signer = open_key_file(tmp_path / "k.p12", METHOD, public, lambda: SECRET)

    # One number in 256 begins with a zero byte: without padding some of these would be short.
    signatures = [signer.sign(b"data") for _attempt in range(1_500)]

    assert {len(signature) for signature in signatures} == {public.type.signature_bytes}
    assert any(signature[0] == 0 for signature in signatures)


def test_without_a_word_on_it_a_key_is_ed25519(tmp_path: Path) -> None:
    assert create_key_file(tmp_path / "k.p12", "k", lambda: SECRET).type is KeyType.ED25519


def test_no_rsa_key_is_made(tmp_path: Path) -> None:
    with pytest.raises(KeyStoreError) as caught:
        create_key_file(tmp_path / "k.p12", "k", lambda: SECRET, KeyType.RSA)

    assert (caught.value.code, caught.value.remedy) == ("key.type", "one of: Ed25519, P-256, P-384")
    assert list(tmp_path.iterdir()) == []


_OPENED: dict[Path, FileSigner] = {}


def opened_once(made: tuple[Path, PublicKey]) -> FileSigner:
    return _OPENED.setdefault(made[0], opened(made))


def test_rounds_are_as_many_as_owasp_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()

    assert file_key.KDF_ROUNDS >= 600_000


def test_file_and_folder_are_their_owners_only(made: tuple[Path, PublicKey]) -> None:
    assert stat.S_IMODE(made[0].stat().st_mode) == 0o600
    assert stat.S_IMODE(made[0].parent.stat().st_mode) == 0o700
    assert [file.name for file in made[0].parent.iterdir()] == ["key-1.p12"]


def test_an_existing_key_is_never_overwritten(made: tuple[Path, PublicKey]) -> None:
    before = made[0].read_bytes()

    with pytest.raises(KeyStoreError) as caught:
        create_key_file(made[0], "key-1", lambda: SECRET)

    assert caught.value.code == "key.exists"
    assert made[0].read_bytes() == before
    assert [file.name for file in made[0].parent.iterdir()] == ["key-1.p12"]


@pytest.mark.parametrize("secret", ["", "short", "x" * 11, "é" * 11])
def test_a_short_passphrase_makes_no_file(tmp_path: Path, secret: str) -> None:
    with pytest.raises(KeyStoreError) as caught:
        create_key_file(tmp_path / "k.p12", "k", lambda: secret)

    assert caught.value.code == "key.passphrase_short"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("secret", ["x" * 12, "é" * 12, "😀" * 12, "x" * 2_000, " " * 12])
def test_any_text_long_enough_is_a_passphrase(tmp_path: Path, secret: str) -> None:
    public = create_key_file(tmp_path / "k.p12", "k", lambda: secret)

    assert open_key_file(tmp_path / "k.p12", METHOD, public, lambda: secret).public_key == public


@pytest.mark.parametrize("odd", ["\udcff", "\0", "\t", "\x1b"])
def test_a_passphrase_that_is_no_text_is_said_without_quoting_it(tmp_path: Path, odd: str) -> None:
    with pytest.raises(KeyStoreError) as caught:
        create_key_file(tmp_path / "k.p12", "k", lambda: odd + SECRET)

    assert caught.value.code == "key.passphrase_text"
    assert SECRET not in _told(caught.value)


@pytest.mark.parametrize("secret", ["", "wrong", SECRET.upper(), SECRET + " ", "😀" * 12])
def test_another_passphrase_does_not_open_it(made: tuple[Path, PublicKey], secret: str) -> None:
    with pytest.raises(KeyStoreError) as caught:
        opened(made, secret)

    assert caught.value.code == "key.passphrase_wrong"


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_is_refused_or_leaves_the_very_same_key(
    made: tuple[Path, PublicKey], data: st.DataObject
) -> None:
    path, public = made
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    content = data.draw(
        st.one_of(
            st.just(whole[:place]),
            st.integers(1, 255).map(
                lambda bits: whole[:place] + bytes([whole[place] ^ bits]) + whole[place + 1 :]
            ),
            st.binary(max_size=400),
            st.binary(min_size=1, max_size=50).map(lambda more: whole + more),
        )
    )
    spoiled = path.with_name("spoiled.p12")
    spoiled.write_bytes(content)

    code = _code_of_opening(spoiled, public)

    assert code in {"opened", "key.damaged", "key.passphrase_wrong", "key.other"}


def _code_of_opening(path: Path, public: PublicKey) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            signer = open_key_file(path, METHOD, public, lambda: SECRET)
        except KeyStoreError as error:
            return error.code
    return "opened" if signer.public_key == public else "another key"


def _missing(path: Path) -> None:
    path.unlink()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _huge(path: Path) -> None:
    path.write_bytes(b"\x30\x82" + b"\0" * 20_000)


def _other_key(path: Path) -> None:
    path.unlink()
    create_key_file(path, "key-1", lambda: SECRET)


def _sealed(path: Path, key: pkcs12.PKCS12PrivateKeyTypes) -> None:
    sealed = BestAvailableEncryption(SECRET.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"k", key, None, None, sealed))


def _other_kind(path: Path) -> None:
    """A key that we could sign with, of another type than the ledger's in two of three cases."""
    _sealed(path, generate_private_key(SECP256R1()))


def _edwards(path: Path) -> None:
    _sealed(path, Ed25519PrivateKey.generate())


def _other_curve(path: Path) -> None:
    _sealed(path, generate_private_key(SECP521R1()))


def _rsa(path: Path) -> None:
    _sealed(path, generate_rsa_key(65_537, 2_048))


def _no_key(path: Path) -> None:
    path.write_bytes(b"\x30\x82\x00\x80" + b"\x05\x00" * 64)


UNUSABLE: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "missing": (_missing, {"key.missing"}),
    "a folder": (_folder, {"key.missing"}),
    "too large": (_huge, {"key.damaged"}),
    "another key": (_other_key, {"key.other"}),
    "another key of a curve": (_other_kind, {"key.other"}),
    "another Edwards key": (_edwards, {"key.other"}),
    "a key of a curve that no suite has": (_other_curve, {"key.damaged"}),
    "an RSA key": (_rsa, {"key.damaged"}),
    "another content": (_no_key, {"key.passphrase_wrong"}),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_what_is_not_the_published_key_is_not_opened(made: tuple[Path, PublicKey], case: str) -> None:
    spoil, codes = UNUSABLE[case]
    spoil(made[0])

    with pytest.raises(KeyStoreError) as caught:
        opened(made)

    assert caught.value.code in codes
    assert caught.value.where == "key-1.p12"
    assert SECRET not in _told(caught.value)


def test_a_folder_that_cannot_hold_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "keys").write_bytes(b"a file")

    with pytest.raises(KeyStoreError) as caught:
        create_key_file(tmp_path / "keys" / "k.p12", "k", lambda: SECRET)

    assert caught.value.code == "key.not_written"


def test_a_signer_shows_no_key(made: tuple[Path, PublicKey]) -> None:
    signer = opened(made)
    private = _private_bytes(signer)

    shown = repr(signer) + str(signer) + format(signer)

    assert shown.count(METHOD) == 3
    assert private.hex() not in shown
    assert not hasattr(signer, "__dict__")


def _private_bytes(signer: FileSigner) -> bytes:
    if isinstance(signer._key, Ed25519PrivateKey):
        return signer._key.private_bytes_raw()
    size = (signer.public_key.type.signature_bytes or 0) // 2
    return signer._key.private_numbers().private_value.to_bytes(size, "big")


def _told(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)) + repr(vars(error))
