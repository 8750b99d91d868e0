"""The encrypted key file: opened by its passphrase alone, whole or refused, and never told to anyone."""

import stat
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials.multikey import PublicKey
from keys import FileSigner, KeyStoreError, create_key_file, file_key, open_key_file

SECRET = "sept mots que personne ne devine"
METHOD = "did:web:a.example#key-1"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_key, "KDF_ROUNDS", 1_000)


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, PublicKey]:
    path = tmp_path / "keys" / "key-1.p12"
    return path, create_key_file(path, "key-1", lambda: SECRET)


def opened(made: tuple[Path, PublicKey], secret: str = SECRET) -> FileSigner:
    return open_key_file(made[0], METHOD, made[1], lambda: secret)


def test_the_file_gives_back_the_key_that_was_made(made: tuple[Path, PublicKey]) -> None:
    signer = opened(made)

    assert signer.public_key == made[1]
    assert signer.verification_method == METHOD
    assert len(signer.sign(b"data")) == 64


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


def _other_kind(path: Path) -> None:
    key = generate_private_key(SECP256R1())
    sealed = BestAvailableEncryption(SECRET.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"k", key, None, None, sealed))


def _no_key(path: Path) -> None:
    path.write_bytes(b"\x30\x82\x00\x80" + b"\x05\x00" * 64)


UNUSABLE: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "missing": (_missing, {"key.missing"}),
    "a folder": (_folder, {"key.missing"}),
    "too large": (_huge, {"key.damaged"}),
    "another key": (_other_key, {"key.other"}),
    "another kind of key": (_other_kind, {"key.damaged"}),
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
    private = signer._key.private_bytes_raw()

    shown = repr(signer) + str(signer) + format(signer)

    assert shown.count(METHOD) == 3
    assert private.hex() not in shown
    assert not hasattr(signer, "__dict__")


def _told(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)) + repr(vars(error))
