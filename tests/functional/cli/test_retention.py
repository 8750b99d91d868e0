"""What has served is removed after its period, counted and never named; what has not stays."""

import sqlite3

import pytest

from tests.functional.cli.running import Cli, rows

OLD = "2001-01-01T00:00:00.000000Z"


@pytest.fixture
def aged(issued: Cli) -> Cli:
    """Give a register whose mails, civil data, doubts and drafts are old."""
    connection = sqlite3.connect(issued.folder / "parchemin.sqlite3")
    connection.execute(f"UPDATE notices SET state = 'sent', changed_at = '{OLD}'")
    connection.execute("UPDATE notices SET state = 'queued' WHERE id = (SELECT min(id) FROM notices)")
    connection.execute(
        f"INSERT INTO civil_data VALUES ('C001', '{{\"candidate_id\": \"C001\"}}', '{OLD}', 'x')"
    )
    connection.execute(
        f"INSERT INTO doubts SELECT 'd1', number, 'x', NULL, '{OLD}', '{OLD}', 'x' FROM awards LIMIT 1"
    )
    connection.execute(
        f"INSERT INTO doubts SELECT 'd2', number, 'x', NULL, '{OLD}', NULL, NULL FROM awards LIMIT 1"
    )
    connection.execute(
        f"INSERT INTO programs (name, digest, scopes, made_at, made_by) VALUES ('p', 'd', '', '{OLD}', 'x')"
    )
    connection.executemany(
        "INSERT INTO program_answers VALUES ('p', ?, 'r', 200, '{}', ?)",
        [("old", OLD), ("new", "2999-01-01T00:00:00.000000Z")],
    )
    connection.execute(f"INSERT INTO entries VALUES ('s', 'C001', '{OLD}', '{OLD}', NULL)")
    connection.commit()
    connection.close()
    return issued


def test_a_check_counts_and_removes_nothing(aged: Cli) -> None:
    before = rows(aged.folder, "SELECT count(*) FROM audit")
    counted = {each["kind"]: each["count"] for each in aged.good("purge", "--check", "--json").json}
    assert counted["civil_data"] == counted["doubts"] == counted["sessions"] == 1
    assert counted["notices"] > 1
    assert rows(aged.folder, "SELECT count(*) FROM audit") == before
    assert rows(aged.folder, "SELECT count(*) FROM civil_data") == [(1,)]


def test_what_is_over_goes_and_what_waits_stays(aged: Cli) -> None:
    aged.good("purge")
    assert rows(aged.folder, "SELECT count(*) FROM civil_data") == [(0,)]
    assert rows(aged.folder, "SELECT id FROM doubts") == [("d2",)]
    assert rows(aged.folder, "SELECT state FROM notices") == [("queued",)]
    assert rows(aged.folder, "SELECT key FROM program_answers") == [("new",)]
    ((details,),) = rows(aged.folder, "SELECT details FROM audit WHERE action = 'retention.purged'")
    assert "C001" not in details
    assert '"civil_data":1' in details


def test_a_second_purge_finds_nothing_and_writes_no_line(aged: Cli) -> None:
    aged.good("purge")
    before = rows(aged.folder, "SELECT count(*) FROM audit")
    assert {each["count"] for each in aged.good("purge", "--json").json} == {0}
    assert rows(aged.folder, "SELECT count(*) FROM audit") == before


def test_a_period_is_a_setting(aged: Cli) -> None:
    file = aged.folder / "institution.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("doubts: 365", "doubts: 36600"), encoding="utf-8")
    counted = {each["kind"]: each for each in aged.good("purge", "--check", "--json").json}
    assert counted["doubts"] == {"kind": "doubts", "days": 36600, "count": 0}


@pytest.mark.parametrize("days", ["0", "-1", "36601", "oui", "true", "1.5"])
def test_a_period_that_is_none_is_refused(aged: Cli, days: str) -> None:
    file = aged.folder / "institution.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("doubts: 365", f"doubts: {days}"), encoding="utf-8")
    aged("purge").refused(1, "institution.invalid", "retention.doubts")
