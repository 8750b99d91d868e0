"""Mails from the command line: sent after the act, listed, tried again; and a mail server never fails an act."""

from collections.abc import Callable
from email import message_from_bytes
from email.policy import SMTP

import pytest

from issuer.services.doubts import report_doubt
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli, Ran
from tests.support.smtp_server import Script, closed_port, smtp_server

ISSUE = ("issue", "--all", "--yes")
Run = Callable[..., Ran]


def through(cli: Cli, port: int) -> Run:
    """Give the command with a mail server of this machine."""
    env = {"PARCHEMIN_SMTP_URL": f"smtp://127.0.0.1:{port}", "PARCHEMIN_MAIL_FROM": "scolarite@example.org"}
    return lambda *arguments: cli(*arguments, env=env)


def test_issuing_writes_one_mail_a_person_and_says_so_on_one_line(recorded: Cli) -> None:
    ran = recorded.good(*ISSUE)

    files = sorted((recorded.folder / "mail").glob("*.eml"))
    assert len(files) == 5
    assert f"5 mails written to {recorded.folder / 'mail'}" in ran.err.splitlines()
    for file in files:
        message = message_from_bytes(file.read_bytes(), policy=SMTP)
        assert str(message["From"]) == '"Le Cnam, scolarité" <scolarite@localhost>'
    listed = recorded.good("notices", "list", "--json").json
    assert {line["kind"] for line in listed} == {"awarded"}
    assert {line["state"] for line in listed} == {"sent"}


def test_lists_hide_addresses_unless_they_are_asked_for(issued: Cli) -> None:
    for form in ((), ("--json",)):
        hidden = issued.good("notices", "list", *form).out
        shown = issued.good("notices", "list", "--addresses", *form).out
        assert "helene.marchand.delvaux@example.org" not in hidden
        assert "h…@example.org" in hidden
        assert "helene.marchand.delvaux@example.org" in shown


def test_no_mail_goes_where_none_is_wanted_and_what_waits_is_said(recorded: Cli) -> None:
    ran = recorded.good(*ISSUE, "--no-mail")

    assert "5 mails wait: parchemin notices send" in ran.err.splitlines()
    assert not (recorded.folder / "mail").exists()
    assert recorded.good("notices", "send", "--json").json == {
        "sent": 5, "bounced": 0, "waiting": 0, "trouble": None,
    }  # fmt: skip
    assert recorded.good("notices", "send").err == "no mail waits\n"


def test_a_mail_server_that_is_down_fails_no_act(recorded: Cli) -> None:
    down = through(recorded, closed_port())

    ran = down(*ISSUE)

    assert ran.code == 0
    assert "30 awards issued" in ran.err
    (line,) = (line for line in ran.err.splitlines() if "wait" in line and "mail" in line)
    assert line.startswith("5 mails wait (mail.unreachable: ")
    assert line.endswith(": parchemin notices send")
    assert down("notices", "send").code == 1, "a timer's unit shows that the server is down"


def test_mails_go_through_the_server_that_is_set(recorded: Cli) -> None:
    with smtp_server() as server:
        ran = through(recorded, server.port)(*ISSUE)

    assert "5 mails sent by 127.0.0.1" in ran.err.splitlines()
    assert len(server.messages) == 5
    assert not (recorded.folder / "mail").exists()


def test_refused_addresses_bounce_and_go_again_on_request(recorded: Cli) -> None:
    with smtp_server(Script({"RCPT": "550 no such user"})) as server:
        ran = through(recorded, server.port)(*ISSUE)
    assert "5 mails given up: parchemin notices list --state bounced" in ran.err.splitlines()
    bounced = recorded.good("notices", "list", "--state", "bounced", "--json").json
    assert {line["trouble"] for line in bounced} == {"mail.refused"}
    short = bounced[0]["id"].removeprefix("urn:uuid:")[:8]

    recorded.good("notices", "resend", short)
    sent = recorded.good("notices", "send")

    assert "1 mail written to" in sent.err
    assert recorded.good("notices", "bounced", short, "--json").json["trouble"] == "notice.came_back"
    assert short in recorded.good("notices", "list", "--state", "bounced").out


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_each_act_tells_its_holder(issued: Cli, form: tuple[str, ...]) -> None:
    issued.good("notices", "send")
    number = issued.good("awards", "--candidate", "C001", "--json").json[0]["number"]
    for act in ("suspend", "reinstate", "revoke"):
        ran = issued.good(act, number, "--reason", "decision-jury-ou-juge", *form)
        assert f"1 mail written to {issued.folder / 'mail'}" in ran.err.splitlines()

    kinds = [
        line["kind"] for line in issued.good("notices", "list", "--json").json if line["numbers"] == [number]
    ]
    assert sorted(kinds) == ["reinstated", "suspended", "withdrawn"]


def test_the_password_of_the_mail_server_is_shown_nowhere(issued: Cli) -> None:
    env = {
        "PARCHEMIN_SMTP_URL": f"smtp://postier7:s3cret@127.0.0.1:{closed_port()}",
        "PARCHEMIN_MAIL_FROM": "scolarite@example.org",
    }

    said = "".join(
        ran.out + ran.err
        for ran in (
            issued(*words, env=env) for words in (("doctor",), ("doctor", "--json"), ("notices", "send"))
        )
    )

    assert "s3cret" not in said
    assert "postier7" not in said
    assert "smtp://…@127.0.0.1" in said


def test_doubts_are_listed_and_closed(issued: Cli) -> None:
    number = issued.good("awards", "--json").json[0]["number"]
    office = open_desk(issued.folder)
    doubt = report_doubt(office, number, "Le nom est autre.\n\x1b[31mrouge", "01 23 45 67 89")
    office.store.close()  # type: ignore[attr-defined]

    out = issued.good("doubts", "list").out

    assert number in out
    assert "Le nom est autre." in out
    assert "\x1b" not in out
    assert "contact: 01 23 45 67 89" in out
    assert issued.good("doubts", "list", "--json").json[0]["id"] == doubt.id
    issued.good("doubts", "close", doubt.id.removeprefix("urn:uuid:")[:8])
    assert issued.good("doubts", "list").out == ""
    assert "closed by" in issued.good("doubts", "list", "--all").out
