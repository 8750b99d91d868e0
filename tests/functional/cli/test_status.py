"""Suspend, reinstate and renew as a registrar and an operator type them."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from credentials import CheckId, Document, Policy, needs, read, verify
from issuer.adapters.system import SystemClock
from issuer.bootstrap import public_desk
from issuer.services.publishing import LIST_LIFE
from issuer.services.verification import materials_for
from issuer.web import create_app
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli, rows

BOTH = {"PARCHEMIN_STATUS_PURPOSES": "revocation,suspension"}
JURY = ("--reason", "decision-jury-ou-juge")


def numbers(cli: Cli) -> Mapping[str, str]:
    """Give one person's awards: number by component."""
    awards = [award for award in cli.good("awards", "--json").json if award["candidate"] == "C001"]
    return {award["component"]: award["number"] for award in awards}


def test_a_suspension_says_where_it_shows(issued: Cli) -> None:
    number = numbers(issued)["RNCP35080"]

    said = issued.good("suspend", number, *JURY).err

    assert f"{number} is suspended (decision of the jury or of a court)" in said
    assert "our page and report alone" in said
    assert "PARCHEMIN_STATUS_PURPOSES" in said
    assert len([line for line in said.splitlines() if "mails written" not in line]) == 1
    link = issued.good("show", number, "--json").json["link"]
    assert issued("verify", link).code == 1
    assert issued.good("awards", "--state", "suspended", "--json").json[0]["number"] == number
    assert "in force again" in issued.good("reinstate", number, *JURY).err
    assert issued("verify", link).code == 0


def test_a_suspended_block_raises_the_question_of_its_title(issued: Cli) -> None:
    awards = numbers(issued)

    said = issued.good("suspend", awards["RNCP35080BC01"], *JURY).err

    assert f"title {awards['RNCP35080']} of the same person still stands" in said


def test_with_both_lists_a_suspension_shows_on_its_list(recorded: Cli) -> None:
    assert recorded("issue", "--all", "--yes", env=BOTH).code == 0
    number = numbers(recorded)["RNCP35080"]

    said = recorded.good("suspend", number, *JURY).err

    assert "page, report and status list say so" in said
    assert recorded.good("reinstate", number, *JURY, "--json").json["state"] == "valid"
    assert recorded.good("suspend", number, *JURY, "--json").json["on_status_list"] is True
    assert [line["name"] for line in recorded.good("status", "list", "--json").json] == ["1", "1-suspension"]


def test_only_who_asks_the_register_is_told_that_nothing_is_suspended(issued: Cli) -> None:
    number = numbers(issued)["RNCP35080"]
    link = issued.good("show", number, "--json").json["link"]
    office = open_desk(issued.folder)
    client = create_app(public_desk(office)).test_client()
    credential = client.get(link, headers={"Accept": "application/vc"}).data

    def told() -> tuple[str, str]:
        document = read(credential)
        assert isinstance(document, Document)
        with office.store.reading() as registry:
            gathered = materials_for(office, registry, needs(document))
        stranger = verify(credential, materials=gathered, policy=Policy(), at=office.clock.now())
        asked = issued("verify", "-", "--json", given=credential).json["checks"]
        ours = next(check["code"] for check in asked if check["id"] == "status")
        return stranger.check(CheckId.STATUS).code, ours

    assert told() == ("status.not_withdrawn", "status.in_force")
    issued.good("suspend", number, *JURY)
    assert told() == ("status.not_withdrawn", "status.suspended")


@pytest.mark.parametrize(
    ("language", "suspended", "in_force"),
    [
        ("fr", "Validité suspendue depuis le", "Certification authentique et en vigueur"),
        ("en", "Validity suspended since", "Certification authentic and in force"),
    ],
)
def test_the_page_says_so_while_it_lasts_and_not_after(
    issued: Cli, language: str, suspended: str, in_force: str
) -> None:
    number = numbers(issued)["RNCP35080"]
    link = issued.good("show", number, "--json").json["link"]
    client = create_app(public_desk(open_desk(issued.folder))).test_client()
    page, report = f"{link}?lang={language}", f"{link}/report"
    browser = {"Accept": "text/html"}

    issued.good("suspend", number, *JURY)
    text = client.get(page, headers=browser).text
    assert suspended in text
    assert in_force not in text
    assert client.get(report).get_json()["verdict"] == "suspended"

    issued.good("reinstate", number, *JURY)
    text = client.get(page, headers=browser).text
    assert in_force in text
    assert suspended not in text
    assert client.get(report).get_json()["verdict"] == "valid"


def test_the_note_stays_in_the_register(issued: Cli) -> None:
    number = numbers(issued)["RNCP35080"]

    issued.good("suspend", number, *JURY, "--note", "a private matter")

    assert issued.good("show", number, "--json").json["events"][0]["note"] == "a private matter"
    assert "private" not in json.dumps(rows(issued.folder, "SELECT * FROM audit"))
    assert all(b"private" not in body for (body,) in rows(issued.folder, "SELECT body FROM status_lists"))


def test_a_timer_renews_what_is_due_and_doctor_says_what_was_missed(
    issued: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "none was due" in issued.good("status", "renew").err
    assert not _finding(issued).get("warning")

    late = datetime.now(UTC) + LIST_LIFE - timedelta(days=6)
    monkeypatch.setattr(SystemClock, "now", lambda _clock: late)
    assert "  due " in issued.good("status", "list").out
    assert _finding(issued)["warning"] is True

    monkeypatch.setattr(SystemClock, "now", lambda _clock: late + timedelta(days=7))
    assert "  ended " in issued.good("status", "list").out
    assert _finding(issued)["ok"] is False
    assert issued("doctor").code == 1

    assert issued.good("status", "renew").err == "1 status list signed again: 1\n"
    assert "  current " in issued.good("status", "list").out
    assert _finding(issued)["ok"] is True


def _finding(cli: Cli) -> Mapping[str, object]:
    found: Mapping[str, object] = next(
        finding for finding in cli("doctor", "--json").json["findings"] if finding["what"] == "status list 1"
    )
    return found
