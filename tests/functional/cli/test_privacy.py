"""No person is named by an error, by the trail, or by what the program logs (design.md, section 9)."""

import csv
import io
import logging
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from issuer.bootstrap import public_desk
from issuer.samples import sample_files
from issuer.web import create_app
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli, rows

Writer = Callable[[str, bytes], str]


def _personal() -> set[str]:
    """Give every name, birth date and address of the sample people, as a line could hold them."""
    words: set[str] = set()
    for row in csv.DictReader(io.StringIO(sample_files()["candidats.csv"].decode("utf-8-sig"))):
        words |= {
            row["nom_naissance"],
            row["nom_usage"],
            row["prenoms"],
            row["date_naissance"],
            row["courriel"],
        }
    return {word for word in words if len(word) > 2}


PERSONAL = _personal()


def _named(text: str) -> list[str]:
    return [word for word in PERSONAL if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)]


def test_the_words_looked_for_are_those_of_the_samples() -> None:
    assert len(PERSONAL) > 40
    assert _named("error: Hélène MARCHAND-DELVAUX") != []


def test_the_trail_names_nobody(issued: Cli) -> None:
    awards = issued.good("awards", "--json").json
    issued.good(
        "revoke",
        awards[-1]["number"],
        "--reason",
        "erreur-materielle",
        "--note",
        "Mme Hélène Marchand-Delvaux",
    )
    issued.good("keys", "new")
    trail = "\n".join(" ".join(map(str, row)) for row in rows(issued.folder, "SELECT * FROM audit"))

    assert len(trail) > 5_000
    assert _named(trail) == []
    assert "Marchand" in str(rows(issued.folder, "SELECT note FROM status_events")), (
        "kept inside, out of the trail"
    )


def test_the_refusals_of_the_service_name_nobody(issued: Cli, write: Writer, tmp_path: Path) -> None:
    said = ""
    awards = issued.good("awards", "--json").json
    issued.good("revoke", awards[0]["number"], "--reason", "erreur-materielle")
    for command in (
        f"revoke {awards[0]['number']} --reason erreur-materielle",
        "show 2020-000001", "issue --session S1", "approve 00000000", "approve abcdef0123456789",
        "certification show X", "awards --state x", "plan --session X", "trust remove did:web:x.example",
    ):  # fmt: skip
        ran = issued(*command.split())
        assert ran.code != 0
        said += ran.err
    for name, content in sample_files().items():
        said += issued("jury", "import", write(name, content), "--certification", "X").err

    assert said.count("error [") >= 15
    assert _named(said) == []


@pytest.mark.parametrize(
    "act",
    [
        ("issue", "--all", "--yes"),
        ("jury", "import", "candidats.csv", "--accept-valid"),
        ("jury", "import", "pv-jury-2025-06.csv", "--accept-valid"),
    ],
    ids=" ".join,
)
def test_a_fault_of_the_store_names_nobody(
    founded: Cli, recorded_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: tuple[str, ...]
) -> None:
    for name, content in sample_files().items():
        (tmp_path / name).write_bytes(content)
    if act[2].startswith("pv"):
        founded.good("jury", "import", "candidats.csv")
        founded.good("jury", "import", "jurys.csv")
    if act[0] == "issue":
        (founded.folder / "parchemin.sqlite3").write_bytes(_settled(recorded_folder))
    table = {"issue": "awards", "jury": "imports"}[act[0]]
    database = sqlite3.connect(founded.folder / "parchemin.sqlite3")
    database.execute(
        f"CREATE TRIGGER broken BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'broken'); END"
    )
    database.close()

    line = founded(*act).refused(1, "error [")

    assert _named(line) == []
    assert "INSERT" not in line, "a statement would carry its values"


def test_the_pages_log_nobody(
    issued: Cli, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    link = issued.good("awards", "--json").json[-1]["link"]
    client = create_app(public_desk(open_desk(issued.folder))).test_client()
    token = link.rsplit("/", 1)[1]
    for address in (
        f"/v/{token}",
        f"/v/{token}/report",
        f"/v/{token}/badge.png",
        "/v/AAAAAAAAAAAAAAAAAAAAAA",
    ):
        client.get(address)

    assert _named(caplog.text) == []
    assert token not in caplog.text


def _settled(folder: Path) -> bytes:
    source = sqlite3.connect(folder / "parchemin.sqlite3")
    try:
        return source.serialize()
    finally:
        source.close()
