"""A token behind its library: what we ask of it, what we refuse, and what each of its errors says."""

import builtins
import sys
from pathlib import Path
from typing import Any

import pkcs11
import pytest
from pkcs11 import Attribute

from credentials.multikey import KeyType
from keys import SIGNING_TYPES, KeyCustody, KeyFolder, KeyRecord, KeyState, KeyStoreError, TokenPlace
from keys.pkcs11_key import Pkcs11Token
from keys.token import open_token
from tests.unit.keys.fake_pkcs11 import LABEL, PIN, FakeToken
from tests.unit.keys.test_folder import DAY, DID

METHOD = f"{DID}#key-1"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeToken:
    made = FakeToken()

    def lib(path: str) -> FakeToken:
        if path != "module.so":
            raise pkcs11.PKCS11Error(path)
        return made

    monkeypatch.setattr(pkcs11, "lib", lib)
    return made


def token(label: str = LABEL, pin: str = PIN, module: str = "module.so") -> Pkcs11Token:
    return Pkcs11Token(Path(module), label, lambda: pin)


def refusal(act: Any) -> KeyStoreError:
    with pytest.raises(KeyStoreError) as caught:
        act()
    assert PIN not in str(caught.value) + caught.value.where + caught.value.remedy
    return caught.value


@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.parametrize("key_type", SIGNING_TYPES)
def test_a_key_is_made_in_it_and_signs_in_it(fake: FakeToken, key_type: KeyType, wrapped: bool) -> None:
    fake.wrapped = wrapped
    opened = token()

    public = opened.make("key-1", key_type)

    signer = opened.open("key-1", METHOD, public)
    public.verify(signer.sign(b"x"), b"x")
    assert (signer.algorithm, signer.verification_method) == (key_type.algorithm, METHOD)
    assert repr(signer) == f"TokenSigner({METHOD!r})"
    assert opened.holds("key-1")
    assert not opened.holds("key-2")


def test_a_key_of_the_name_that_the_ledger_does_not_know_is_set_aside(fake: FakeToken) -> None:
    first = token().make("key-1", KeyType.P256)

    assert token().make("key-1", KeyType.P256) != first
    assert token().open("key-1.orphan", METHOD, first).public_key == first


def test_a_key_that_could_leave_the_token_is_not_used(fake: FakeToken) -> None:
    fake.extractable = True

    assert refusal(lambda: token().make("key-1", KeyType.P256)).code == "token.exportable"


def test_no_key_is_made_of_a_type_that_nothing_signs_with(fake: FakeToken) -> None:
    error = refusal(lambda: token().make("key-1", KeyType.RSA))

    assert (error.code, "P-384" in error.remedy) == ("key.type", True)


def test_another_key_than_the_published_one_is_refused(fake: FakeToken) -> None:
    public, other = (token().make(name, KeyType.ED25519) for name in ("key-1", "key-2"))

    assert refusal(lambda: token().open("key-1", METHOD, other)).code == "key.other"
    assert refusal(lambda: token().open("key-3", METHOD, public)).code == "key.missing"


@pytest.mark.parametrize("key_type", SIGNING_TYPES)
def test_what_is_no_public_key_is_said(fake: FakeToken, key_type: KeyType) -> None:
    public = token().make("key-1", key_type)
    fake.objects[0].values[Attribute.EC_POINT] = bytes(33)

    assert refusal(lambda: token().open("key-1", METHOD, public)).code == "key.damaged"


ERRORS = {
    "token.missing": pkcs11.NoSuchToken,
    "token.ambiguous": pkcs11.MultipleTokensReturned,
    "token.pin_wrong": pkcs11.PinInvalid,
    "token.pin_locked": pkcs11.PinLocked,
    "token.gone": pkcs11.DeviceRemoved,
    "token.failed": pkcs11.MechanismInvalid,
}


@pytest.mark.parametrize("code", ERRORS)
@pytest.mark.parametrize("act", ["get_token", "open", "generate"])
def test_what_the_token_says_is_said_with_what_to_do(fake: FakeToken, code: str, act: str) -> None:
    fake.trouble[act] = ERRORS[code]()

    error = refusal(lambda: token().make("key-1", KeyType.ED25519))

    assert (error.code, error.where) == (code, LABEL)
    assert error.remedy
    assert not token().holds("key-1")


@pytest.mark.parametrize("code", ERRORS)
def test_a_token_that_fails_while_it_signs_says_so(fake: FakeToken, code: str) -> None:
    public = token().make("key-1", KeyType.ED25519)
    signer = token().open("key-1", METHOD, public)
    fake.objects[1].trouble = ERRORS[code]()

    assert refusal(lambda: signer.sign(b"x")).code == code


def test_a_wrong_pin_is_not_tried_twice(fake: FakeToken) -> None:
    assert refusal(lambda: token(pin="1").make("key-1", KeyType.ED25519)).code == "token.pin_wrong"


def test_a_library_that_cannot_be_loaded_is_said() -> None:
    error = refusal(lambda: token(module="nowhere.so").make("key-1", KeyType.ED25519))

    assert (error.code, error.where) == ("token.module", "PARCHEMIN_PKCS11_MODULE")


@pytest.mark.parametrize(
    ("module", "label", "setting"),
    [(None, LABEL, "PARCHEMIN_PKCS11_MODULE"), (Path("module.so"), None, "PARCHEMIN_PKCS11_TOKEN")],
)
def test_a_setting_that_is_missing_is_named(module: Path | None, label: str | None, setting: str) -> None:
    error = refusal(lambda: open_token(TokenPlace(module, label, str)))

    assert (error.code, error.where) == ("token.not_set", setting)


def test_without_the_extra_the_remedy_is_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_it(name: str, *rest: Any) -> Any:
        if name == "pkcs11":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.delitem(sys.modules, "keys.pkcs11_key")
    monkeypatch.setattr(builtins, "__import__", without_it)
    error = refusal(lambda: open_token(TokenPlace(Path("module.so"), LABEL, str)))

    assert error.code == "token.unsupported"
    assert "parchemin[pkcs11]" in error.remedy


def test_a_folder_finds_each_key_where_the_ledger_says(fake: FakeToken, tmp_path: Path) -> None:
    folder = KeyFolder(tmp_path / "keys", DID, TokenPlace(Path("module.so"), LABEL, lambda: PIN))
    public = folder.make_in_token("key-1", KeyType.P256)
    record = KeyRecord("key-1", public.multibase, "P-256", DAY, custody=KeyCustody.TOKEN)

    assert folder.holds(record)
    assert folder.open(record, str).sign(b"x")
    folder.require_common_passphrase([record], [KeyType.P256], "any other words than those")
    elsewhere = KeyFolder(tmp_path / "keys", DID)
    assert not elsewhere.holds(record)
    assert refusal(lambda: elsewhere.open(record, str)).code == "token.not_set"
    assert refusal(elsewhere.require_token).code == "token.not_set"
    folder.require_token()


@pytest.mark.parametrize("custody", KeyCustody)
def test_a_compromised_key_is_never_opened(fake: FakeToken, tmp_path: Path, custody: KeyCustody) -> None:
    folder = KeyFolder(tmp_path / "keys", DID, TokenPlace(Path("module.so"), LABEL, lambda: PIN))
    public = folder.make_in_token("key-1", KeyType.ED25519)
    record = KeyRecord("key-1", public.multibase, "Ed25519", DAY, KeyState.COMPROMISED, DAY, custody=custody)

    assert refusal(lambda: folder.open(record, str)).code == "key.compromised"
