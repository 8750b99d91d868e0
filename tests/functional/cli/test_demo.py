"""The demonstration: exactly the expected awards, links that open, and never over somebody's folder."""

import shlex
import socket
import sys
from pathlib import Path

import pytest
import yaml

from issuer.bootstrap import open_office, public_desk
from issuer.cli.context import settings
from issuer.web import create_app
from tests.functional.cli.running import Cli, contents, rows

EXPECTED = yaml.safe_load((Path(__file__).parents[2] / "data" / "expected.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def test_it_issues_exactly_the_expected_awards_and_its_links_open(empty: Cli, port: str) -> None:
    links = empty.good("demo", "--no-serve", "--port", port, "--json").json

    issued: dict[str, list[str]] = {}
    for who, component in rows(
        empty.folder / "demo", "SELECT candidate_id, component FROM awards ORDER BY number"
    ):
        issued.setdefault(who, []).append(component.removeprefix("RNCP35080") or "TITLE")
    assert issued == EXPECTED["awards"]
    office = open_office(settings(), lambda: pytest.fail("nobody is asked"))
    client = create_app(public_desk(office)).test_client()
    verdicts = {
        name: client.get(link.removeprefix(links["home"]) + "/report")
        for name, link in links.items()
        if name != "home"
    }
    assert {name: answer.get_json()["verdict"] for name, answer in verdicts.items()} == {
        "title": "valid",
        "block": "valid",
        "withdrawn": "revoked",
    }
    assert client.get("/").status_code == 200


def test_it_says_loudly_that_its_passphrase_lies_in_a_file(empty: Cli, port: str) -> None:
    ran = empty.good("demo", "--no-serve", "--port", port)

    assert "WARNING" in ran.err
    file = empty.folder / "demo" / "demo-passphrase.txt"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text().strip() not in ran.err + ran.out


def test_it_says_the_two_settings_that_its_data_needs(empty: Cli, port: str) -> None:
    ran = empty.good("demo", "--no-serve", "--port", port)

    words = shlex.split(next(line for line in ran.err.splitlines() if "PARCHEMIN_DATA=" in line))
    given = dict(word.split("=", 1) for word in words if "=" in word)
    assert set(given) == {"PARCHEMIN_DATA", "PARCHEMIN_KEY_PASSPHRASE_FILE"}
    assert words[-2:] == ["parchemin", "awards"]
    blank = {"PARCHEMIN_BASE_URL": "", "PARCHEMIN_KEY_PASSPHRASE": ""}
    number = empty("awards", "--json", env={**blank, **given}).json[0]["number"]
    signed = empty("revoke", number, "--reason", "erreur-materielle", env={**blank, **given})
    assert signed.code == 0, signed.err


@pytest.mark.parametrize(
    ("called", "told"),
    [
        (".venv/bin/parchemin", ".venv/bin/parchemin"),
        ("/opt/two words/parchemin", "/opt/two words/parchemin"),
        ("{found}", "parchemin"),
        ("/usr/lib/python/issuer/cli/__main__.py", "parchemin"),
    ],
)
def test_it_tells_the_command_as_it_was_called(
    empty: Cli, port: str, called: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = empty.folder.parent / "bin" / "parchemin"
    found.parent.mkdir()
    found.touch(0o700)
    monkeypatch.setenv("PATH", str(found.parent))
    monkeypatch.setattr(sys, "argv", [called.format(found=found), "demo"])

    ran = empty.good("demo", "--no-serve", "--port", port)

    words = shlex.split(next(line for line in ran.err.splitlines() if "PARCHEMIN_DATA=" in line))
    assert words[-2:] == [told, "awards"]


def test_it_is_made_anew_at_each_run(empty: Cli, port: str) -> None:
    first = empty.good("demo", "--no-serve", "--port", port, "--json").json
    second = empty.good("demo", "--no-serve", "--port", port, "--json").json

    assert first["title"] != second["title"]
    assert rows(empty.folder / "demo", "SELECT count(*) FROM awards") == [(30,)]


def test_it_never_takes_a_folder_that_is_no_demonstration(empty: Cli, port: str) -> None:
    (empty.folder / "demo").mkdir(parents=True)
    (empty.folder / "demo" / "work.txt").write_text("mine")
    before = contents(empty.folder)

    empty("demo", "--no-serve", "--port", port).refused(2, "no demonstration", "PARCHEMIN_DATA")

    assert contents(empty.folder) == before
