"""Keys in a token, against SoftHSM 2: made inside, never leaving it, and each failure said clearly."""

import json
from collections.abc import Iterator
from pathlib import Path

import pkcs11
import pytest
from pkcs11 import Attribute, ObjectClass

from credentials.errors import SignatureMismatchError
from credentials.multikey import KeyType, PublicKey
from keys import SIGNING_TYPES, KeyStoreError
from keys.pkcs11_key import Pkcs11Token
from tests.functional.cli.folders import set_suites
from tests.functional.cli.running import Cli, contents, rows
from tests.support.softhsm import LABEL, PIN, SoftToken, make_token, needs_softhsm, soft_token

pytestmark = needs_softhsm

METHOD = "did:web:a.example#key-1"


@pytest.fixture
def soft(tmp_path: Path) -> Iterator[SoftToken]:
    with soft_token(tmp_path / "hsm") as made:
        yield made


@pytest.fixture
def token(soft: SoftToken) -> Pkcs11Token:
    return Pkcs11Token(soft.module, LABEL, lambda: PIN)


def code(caught: pytest.ExceptionInfo[KeyStoreError]) -> str:
    assert PIN not in str(caught.value) + caught.value.where + caught.value.remedy
    return caught.value.code


@pytest.mark.parametrize("key_type", SIGNING_TYPES)
def test_a_key_of_each_type_signs_inside_and_never_leaves(
    soft: SoftToken, token: Pkcs11Token, key_type: KeyType
) -> None:
    public = token.make("key-1", key_type)

    signer = token.open("key-1", METHOD, public)
    assert signer.algorithm == key_type.algorithm
    public.verify(signer.sign(b"a diploma"), b"a diploma")
    with pytest.raises(SignatureMismatchError):
        public.verify(signer.sign(b"a diploma"), b"another one")
    assert token.holds("key-1")
    assert not token.holds("key-2")
    private = (
        pkcs11.lib(str(soft.module))
        .get_token(token_label=LABEL)
        .open()
        .get_key(ObjectClass.PRIVATE_KEY, label="key-1")
    )
    assert private[Attribute.NEVER_EXTRACTABLE]
    with pytest.raises(pkcs11.AttributeSensitive):
        _ = private[Attribute.VALUE]


def test_a_key_that_no_ledger_names_is_set_aside(token: Pkcs11Token) -> None:
    first = token.make("key-1", KeyType.P256)
    second = token.make("key-1", KeyType.P256)

    assert first != second
    assert token.open("key-1", METHOD, second).public_key == second
    assert token.open("key-1.orphan", METHOD, first).public_key == first


def test_the_token_must_hold_the_key_that_is_published(token: Pkcs11Token) -> None:
    public, other = token.make("key-1", KeyType.P256), token.make("key-2", KeyType.P256)

    with pytest.raises(KeyStoreError) as caught:
        token.open("key-1", METHOD, other)
    assert code(caught) == "key.other"
    with pytest.raises(KeyStoreError) as caught:
        token.open("key-3", METHOD, public)
    assert code(caught) == "key.missing"


def test_a_token_that_is_taken_out_signs_nothing(soft: SoftToken, token: Pkcs11Token) -> None:
    signer = token.open("key-1", METHOD, token.make("key-1", KeyType.ED25519))
    soft.take_out()

    with pytest.raises(KeyStoreError) as caught:
        signer.sign(b"x")

    assert code(caught) == "token.gone"


@pytest.mark.parametrize(
    ("module", "label", "pin", "expected"),
    [
        ("nowhere.so", LABEL, PIN, "token.module"),
        (None, "another", PIN, "token.missing"),
        (None, LABEL, "999999", "token.pin_wrong"),
        (None, LABEL, "1", "token.pin_wrong"),
    ],
)
def test_what_is_not_there_or_not_right_is_said(
    soft: SoftToken, module: str | None, label: str, pin: str, expected: str
) -> None:
    token = Pkcs11Token(soft.module if module is None else Path(module), label, lambda: pin)

    with pytest.raises(KeyStoreError) as caught:
        token.make("key-1", KeyType.ED25519)

    assert code(caught) == expected
    assert not Pkcs11Token(Path("nowhere.so"), label, lambda: pin).holds("key-1")


def test_two_tokens_of_one_label_are_not_guessed_between(soft: SoftToken) -> None:
    make_token(LABEL)
    pkcs11.lib(str(soft.module)).reinitialize()

    with pytest.raises(KeyStoreError) as caught:
        Pkcs11Token(soft.module, LABEL, lambda: PIN).make("key-1", KeyType.ED25519)

    assert code(caught) == "token.ambiguous"


def test_a_second_session_of_the_process_asks_nothing_again(soft: SoftToken, token: Pkcs11Token) -> None:
    public = token.make("key-1", KeyType.ED25519)

    again = Pkcs11Token(soft.module, LABEL, lambda: PIN)

    assert again.open("key-1", METHOD, public).public_key == public


def test_an_institution_signs_with_a_token_from_a_rotation_on(
    recorded: Cli, soft: SoftToken, tmp_path: Path
) -> None:
    env = soft.settings(tmp_path / "pin")
    made = recorded("keys", "rotate", "--in", "token", "--yes", env=env)
    assert made.code == 0, made.err
    assert not (recorded.folder / "keys" / "key-2.p12").exists()
    (line,) = [k for k in recorded("keys", "list", "--json", env=env).json if k["name"] == "key-2"]
    assert (line["custody"], line["file_present"], line["state"]) == ("pkcs11", True, "active")

    assert recorded("issue", "--all", "--yes", env=env).code == 0
    awards = recorded("awards", "--json", env=env).json
    assert {recorded("verify", award["link"], "--json", env=env).json["verdict"] for award in awards} == {
        "valid"
    }
    assert recorded("audit", "verify", env=env).code == 0
    kept = b"".join(path.read_bytes() for path in recorded.folder.rglob("*") if path.is_file())
    assert PIN.encode() not in kept

    before = contents(recorded.folder)
    number = awards[0]["number"]
    act = ("revoke", number, "--reason", "erreur-materielle")
    recorded(*act).refused(1, "token.not_set", "PARCHEMIN_PKCS11_MODULE")
    recorded(*act, env={**env, "PARCHEMIN_PKCS11_PIN_FILE": "nowhere"}).refused(1, "token.pin_file")
    soft.take_out()
    recorded(*act, env=env).refused(1, "[token.failed]", LABEL)
    assert contents(recorded.folder) == before


def test_a_file_and_a_token_sign_together(recorded: Cli, soft: SoftToken, tmp_path: Path) -> None:
    env = soft.settings(tmp_path / "pin")
    assert recorded("keys", "new", "--type", "P-256", "--in", "token", env=env).code == 0
    set_suites(tmp_path, ["eddsa-rdfc-2022", "ecdsa-rdfc-2019"])

    assert recorded("issue", "--all", "--yes", env=env).code == 0

    (body,) = rows(recorded.folder, "SELECT credential FROM awards LIMIT 1")[0]
    methods = [proof["verificationMethod"].partition("#")[2] for proof in json.loads(body)["proof"]]
    assert methods == ["key-1", "key-2"]
    public = rows(recorded.folder, "SELECT public_key_multibase FROM keys WHERE custody = 'pkcs11'")[0][0]
    assert PublicKey.from_multibase(public).type is KeyType.P256
