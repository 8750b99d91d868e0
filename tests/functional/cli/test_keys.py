"""Keys through the command: where the passphrase comes from, what a new key changes, and that nothing leaks."""

import base64
import json
import sqlite3
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from credentials.multikey import PublicKey
from issuer.bootstrap import public_desk
from issuer.domain.award import WithdrawalReason
from issuer.services.register import find_awards
from issuer.services.withdrawing import revoke
from keys import open_key_file
from tests.faults.desks import PASSPHRASE, open_desk
from tests.functional.cli.running import Cli, contents, rows

SIGNING = ("issue", "--all", "--yes")


def test_init_makes_a_key_for_each_purpose_that_only_its_owner_reads(founded: Cli) -> None:
    listed = founded.good("keys", "list", "--json").json

    members = ("name", "algorithm", "state", "file_present", "purpose")
    assert [tuple(key[member] for member in members) for key in listed] == [
        ("key-1", "Ed25519", "active", True, "assertionMethod"),
        ("receipts-1", "Ed25519", "active", True, "authentication"),
    ]
    assert listed[0]["did_key"].startswith("did:key:z6Mk")
    for name in ("key-1.p12", "receipts-1.pem"):
        assert (founded.folder / "keys" / name).stat().st_mode & 0o777 == 0o600
    assert (founded.folder / "keys").stat().st_mode & 0o777 == 0o700


def test_the_passphrase_may_come_from_a_file(recorded: Cli, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(PASSPHRASE + "\nsecond line\n", encoding="utf-8")

    ran = recorded(
        *SIGNING,
        env={"PARCHEMIN_KEY_PASSPHRASE": "", "PARCHEMIN_KEY_PASSPHRASE_FILE": str(tmp_path / "secret")},
    )

    assert ran.code == 0, ran.err


@pytest.mark.parametrize(
    ("env", "code", "words"),
    [
        ({"PARCHEMIN_KEY_PASSPHRASE": "quite another sentence"}, 1, ("key.passphrase_wrong", "key-1.p12")),
        ({"PARCHEMIN_KEY_PASSPHRASE": ""}, 2, ("PARCHEMIN_KEY_PASSPHRASE_FILE",)),
        (
            {"PARCHEMIN_KEY_PASSPHRASE": "", "PARCHEMIN_KEY_PASSPHRASE_FILE": "nowhere"},
            1,
            ("key.passphrase_file", "PARCHEMIN_KEY_PASSPHRASE_FILE"),
        ),
        ({"PARCHEMIN_KEY_PASSPHRASE": "", "PARCHEMIN_KEY_PASSPHRASE_FILE": "."}, 1, ("key.passphrase_file",)),
        ({"PARCHEMIN_KEY_PASSPHRASE": "\udcff" * 20}, 1, ("key.passphrase_text",)),
    ],
    ids=["wrong", "none", "no file", "a folder", "no text"],
)
def test_without_its_passphrase_nothing_is_signed(
    recorded: Cli, env: dict[str, str], code: int, words: tuple[str, ...]
) -> None:
    plan = recorded.good("plan", "--json").json["id"]
    recorded.good("approve", plan)
    before = contents(recorded.folder)

    recorded("issue", "--all", env=env).refused(code, *words)

    assert contents(recorded.folder) == before


SHORT = {"PARCHEMIN_KEY_PASSPHRASE": "short"}


def test_a_short_passphrase_founds_nothing(empty: Cli) -> None:
    empty("init", "--local", "--one-person", env=SHORT).refused(1, "key.passphrase_short", "12 characters")

    assert not empty.folder.exists()
    empty("awards").refused(1, "register.missing", "create it with: parchemin init")
    assert empty.good("init", "--local", "--one-person").code == 0


def test_a_short_passphrase_makes_no_key(founded: Cli) -> None:
    before = contents(founded.folder)

    founded("keys", "new", env=SHORT).refused(1, "key.passphrase_short", "12 characters")

    assert contents(founded.folder) == before


@pytest.mark.parametrize("case", ["missing", "damaged", "of another"])
def test_an_unusable_key_file_signs_nothing(recorded: Cli, case: str) -> None:
    recorded.good("approve", recorded.good("plan", "--json").json["id"])
    file = recorded.folder / "keys" / "key-1.p12"
    recorded.good("keys", "new")
    second = recorded.folder / "keys" / "key-2.p12"
    second.unlink()
    if case == "damaged":
        second.write_bytes(file.read_bytes()[:-9])
    elif case == "of another":
        second.write_bytes(file.read_bytes())
    before = contents(recorded.folder)
    code = {"missing": "key.missing", "damaged": "key.damaged", "of another": "key.other"}[case]

    recorded("issue", "--all").refused(
        1, f"[{code}]", "key-2.p12", "parchemin keys new" if case != "damaged" else "backup"
    )

    assert contents(recorded.folder) == before
    assert recorded("doctor").code == (1 if case == "missing" else 0)


def test_a_new_key_signs_from_then_on_and_old_awards_still_verify(recorded: Cli) -> None:
    recorded.good("issue", "--session", "S2024-06", "--yes")
    old = recorded.good("awards", "--json").json
    made = recorded.good("keys", "new", "--json").json
    recorded.good("issue", "--all", "--yes")

    methods = dict(rows(recorded.folder, "SELECT number, verification_method FROM awards"))
    did = "did:web:localhost%3A8123"
    assert made["verification_method"] == f"{did}#key-2"
    assert {methods.pop(award["number"]) for award in old} == {f"{did}#key-1"}
    assert set(methods.values()) == {f"{did}#key-2"}
    for award in (old[0], recorded.good("awards", "--json").json[-1]):
        assert recorded("verify", award["link"], "--json").json["verdict"] == "valid"
    document = json.loads(public_desk(open_desk(recorded.folder)).did_document().body)
    names = ["key-1", "receipts-1", "key-2"]
    assert [method["id"] for method in document["verificationMethod"]] == [f"{did}#{name}" for name in names]
    assert document["assertionMethod"] == [f"{did}#key-1", f"{did}#key-2"]
    assert document["authentication"] == [f"{did}#receipts-1"]
    assert [key["name"] for key in recorded.good("keys", "list", "--json").json] == names
    assert recorded.good("audit", "verify").code == 0


def test_neither_passphrase_nor_key_is_in_any_output_or_file_of_the_register(
    issued: Cli, tmp_path: Path
) -> None:
    office = open_desk(issued.folder)
    revoke(office, find_awards(office)[0].number, WithdrawalReason.MATERIAL_ERROR, "x", actor="scolarite")
    with office.store.reading() as registry:
        ledger = registry.key_ledger()[0]
    public = PublicKey.from_multibase(ledger["public_key_multibase"] or "")
    file = issued.folder / "keys" / "key-1.p12"
    key = open_key_file(file, "did:web:x#key-1", public, lambda: PASSPHRASE)._key
    assert isinstance(key, Ed25519PrivateKey)
    private = key.private_bytes_raw()
    secrets = {PASSPHRASE.encode(), private, private.hex().encode(), base64.b64encode(private)[:-1]}
    number = find_awards(office)[0].number

    said = b""
    for command in (
        "init", "doctor", "doctor --json", "keys list", "keys list --json", "keys new --json", "audit verify",
        f"show {number}", f"show {number} --json", "issue --all --yes", "plan", "awards", "trust list --json",
        "certification list", f"revoke {number} --reason erreur-materielle",
    ):  # fmt: skip
        for env in ({}, {"PARCHEMIN_KEY_PASSPHRASE": PASSPHRASE + "!"}):
            ran = issued(*command.split(), env=env)
            said += ran.out.encode() + ran.err.encode()
    sqlite3.connect(issued.folder / "parchemin.sqlite3").execute("PRAGMA wal_checkpoint").close()
    files = [path for path in issued.folder.rglob("*") if path.is_file()]
    kept = b"".join(path.read_bytes() for path in files)

    assert len(kept) > 100_000
    assert [secret for secret in secrets if secret in said] == []
    assert [secret for secret in secrets if secret in kept] == []
