"""The ceremony and the yearly drill end with a report that says what was done, and hold no secret."""

import hashlib
import json
from pathlib import Path

import pytest

from issuer.services.register import verify_audit
from tests.faults.desks import PASSPHRASE, open_desk
from tests.functional.cli.folders import BOTH_SUITES
from tests.functional.cli.running import Cli, contents, rows

WITNESSES = ("--witness", "Ada Lovelace", "--witness", "Émilie du Châtelet")


def test_a_ceremony_makes_a_key_that_proves_itself_and_a_report_with_its_digest(issued: Cli) -> None:
    made = issued.good("keys", "ceremony", *WITNESSES, "--out", "report.md", "--json").json
    text = Path("report.md").read_text(encoding="utf-8")

    body, _line, last = text.rpartition("\nSHA-256 of everything above this line: ")
    assert last.strip().strip("`") == made["sha256"] == hashlib.sha256(body.encode()).hexdigest()
    assert made["fingerprint"] in text
    assert "Émilie du Châtelet" in text
    assert PASSPHRASE not in text
    assert Path("report.md").stat().st_mode & 0o777 == 0o600
    listed = {key["name"]: key["state"] for key in issued.good("keys", "list", "--json").json}
    assert (listed["key-1"], listed["key-2"]) == ("retired", "active")
    details = json.loads(rows(issued.folder, "SELECT details FROM audit WHERE action = 'key.ceremony'")[0][0])
    assert {"report_sha256": made["sha256"], "witnesses": 2}.items() <= details.items()
    assert verify_audit(open_desk(issued.folder)).faults == []


@pytest.mark.parametrize("witnesses", [(), ("--witness", "A"), ("--witness", "A", "--witness", "A ")])
def test_a_ceremony_has_two_witnesses(issued: Cli, witnesses: tuple[str, ...]) -> None:
    before = contents(issued.folder)

    issued("keys", "ceremony", *witnesses, "--out", "report.md").refused(2, "--witness", "two")

    assert contents(issued.folder) == before


def test_a_report_is_never_written_over_and_then_no_key_is_made(issued: Cli) -> None:
    Path("report.md").write_text("signed by hand", encoding="utf-8")
    before = contents(issued.folder)

    issued("keys", "ceremony", *WITNESSES, "--out", "report.md").refused(2, "--out", "exists")

    assert contents(issued.folder) == before


@pytest.mark.parametrize("suites", [1, 2])
def test_the_drill_goes_through_all_of_it_and_touches_nothing(
    request: pytest.FixtureRequest, suites: int
) -> None:
    cli: Cli = request.getfixturevalue("issued" if suites == 1 else "both")
    assert suites == 1 or len(BOTH_SUITES) == suites
    number = rows(cli.folder, "SELECT number FROM awards ORDER BY number")[3][0]
    cli.good("revoke", number, "--reason", "erreur-materielle")
    before = contents(cli.folder)

    ran = cli("keys", "drill", "--out", "drill.md", "--json")

    assert ran.code == 0, ran.out
    assert all(step["ok"] for step in ran.json["steps"])
    found = {step["step"].partition(":")[0]: step["found"] for step in ran.json["steps"]}
    assert found["sign again"] == "30 awards signed again"
    assert contents(cli.folder) == before
    text = Path("drill.md").read_text(encoding="utf-8")
    assert "Every step went as it must." in text
    assert PASSPHRASE not in text


def test_a_drill_that_fails_says_where_and_ends_with_1(issued: Cli) -> None:
    (issued.folder / "keys" / "key-1.p12").unlink()

    ran = issued("keys", "drill", "--out", "drill.md", "--json")

    assert ran.code == 1
    marks = [step["ok"] for step in ran.json["steps"]]
    assert marks.count(False) == 1
    assert marks[marks.index(False) + 1 :] == [None] * (len(marks) - marks.index(False) - 1)
    assert "FAILED" in Path("drill.md").read_text(encoding="utf-8")
