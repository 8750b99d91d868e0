"""Receipts through the command: judged as receipts, and their key made, listed and renewed."""

import json
import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from credentials.json_input import JsonObject, parse_object, to_bytes
from credentials.report import Sentence
from issuer.bootstrap import ensure_receipts_key, public_desk, receipt_desk
from issuer.config import load_settings
from issuer.domain.receipt import Finding
from issuer.ports import AwardPage
from issuer.services.receipts import Receipts
from issuer.services.register import find_awards
from tests.faults.desks import environment, open_desk
from tests.functional.cli.running import Cli, rows

FOUND = Finding("good", Sentence("Certification authentique", "Certification in force"), None, vouched=True)


def desk_of(folder: Path) -> Receipts:
    settings = load_settings(environment(folder), folder.parent)
    return receipt_desk(settings, open_desk(folder))


def receipt(folder: Path) -> bytes:
    office = open_desk(folder)
    page = public_desk(office).award_page(find_awards(office)[0].token)
    assert isinstance(page, AwardPage)
    return desk_of(folder).of_award(page, FOUND)


def test_a_receipt_is_answered_as_one_with_a_code_of_its_own(issued: Cli, tmp_path: Path) -> None:
    sealed = receipt(issued.folder)
    for name, data in (("recu.json", sealed), ("recu.pdf", desk_of(issued.folder).printed(sealed))):
        (tmp_path / name).write_bytes(data)
        ran = issued("verify", str(tmp_path / name))
        assert ran.code == 3
        for words in ("verdict: incomplete", "parse.receipt", "receipt: authentic", "Certification in force"):
            assert words in ran.out
    told = issued("verify", str(tmp_path / "recu.json"), "--json")
    assert told.code == 3
    assert told.json["receipt"]["seal"] == "authentic"
    assert told.json["receipt"]["receipt"]["report"]["verdict"] == "valid"


@pytest.mark.parametrize(
    ("changes", "seal", "words"),
    [
        ({"lists": []}, "modified", ""),
        ({"issuer": "did:web:autre.example"}, "elsewhere", "did:web:autre.example"),
    ],
)
def test_what_is_not_ours_or_was_altered_is_told_and_nothing_of_it(
    issued: Cli, tmp_path: Path, changes: JsonObject, seal: str, words: str
) -> None:
    file = tmp_path / "recu.json"
    file.write_bytes(to_bytes({**parse_object(receipt(issued.folder)), **changes}))
    ran = issued("verify", str(file))
    assert ran.code == 3
    assert f"receipt: {seal}" in ran.out
    assert words in ran.out
    assert "Certification in force" not in ran.out
    assert issued("verify", str(file), "--json").json["receipt"]["receipt"] is None


def test_a_new_key_seals_and_what_the_old_one_sealed_stays_good(issued: Cli) -> None:
    before = receipt(issued.folder)
    made = issued.good("keys", "new", "--for", "receipts", "--json").json
    assert (made["name"], made["purpose"], made["suites"]) == ("receipts-2", "authentication", [])
    after = receipt(issued.folder)
    assert json.loads(after)["proof"]["verificationMethod"].endswith("#receipts-2")
    desk = desk_of(issued.folder)
    assert [desk.read(each).seal for each in (before, after)] == ["authentic"] * 2  # type: ignore[union-attr]
    assert "seals receipts" in issued.good("keys", "list").out
    assert "receipts-3" in issued.good("keys", "new", "--for", "receipts").err
    assert issued.good("audit", "verify").code == 0
    created = rows(issued.folder, "SELECT count(*) FROM audit WHERE action = 'key.created'")
    assert created == [(4,)]


def without_key(folder: Path) -> None:
    """Make the folder one of a version that had no receipts."""
    connection = sqlite3.connect(folder / "parchemin.sqlite3")
    connection.execute("DELETE FROM keys WHERE purpose = 'authentication'")
    connection.commit()
    connection.close()
    (folder / "keys" / "receipts-1.pem").unlink()


def test_a_folder_without_one_gets_one_key_however_many_processes_start_at_once(issued: Cli) -> None:
    without_key(issued.folder)
    assert not desk_of(issued.folder).seals
    settings = load_settings(environment(issued.folder), issued.folder.parent)

    def start() -> None:
        ensure_receipts_key(settings, open_desk(issued.folder), actor="serve")

    starts = [threading.Thread(target=start) for _ in range(4)]
    for each in starts:
        each.start()
    for each in starts:
        each.join()
    start()
    assert rows(issued.folder, "SELECT name FROM keys WHERE purpose = 'authentication'") == [("receipts-1",)]
    assert [file.name for file in (issued.folder / "keys").glob("receipts*")] == ["receipts-1.pem"]
    assert desk_of(issued.folder).seals


def test_a_damaged_key_costs_the_receipts_and_nothing_else(issued: Cli) -> None:
    sealed = receipt(issued.folder)
    (issued.folder / "keys" / "receipts-1.pem").write_bytes(b"damaged")
    desk = desk_of(issued.folder)
    assert not desk.seals
    judged = desk.read(sealed)
    assert judged is not None
    assert judged.seal == "authentic"
    assert judged.receipt.issued_at is not None
    assert judged.receipt.issued_at <= datetime.now(UTC)
