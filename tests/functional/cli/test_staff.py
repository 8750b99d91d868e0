"""``parchemin staff``: the first accounts of a register under four eyes."""

import re
from pathlib import Path

import pytest

from tests.faults.desks import found_desk
from tests.functional.cli.running import Cli

REFUSED = 1


@pytest.fixture
def guarded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Give the command on a register under four eyes without any account."""
    monkeypatch.chdir(tmp_path)
    found_desk(tmp_path / "data", four_eyes=True)
    return Cli(tmp_path / "data", monkeypatch)


def test_who_sets_the_desk_up_makes_the_first_administrator(guarded: Cli) -> None:
    guarded.good(
        "staff", "add", "camille.durand", "--name", "Camille Durand", "--role", "administration",
        "--reason", "installation",
    )  # fmt: skip
    link = guarded.good("staff", "invite", "camille.durand").out.strip()

    assert re.fullmatch(r"http://localhost:8123/registre/arrivee/[A-Za-z0-9_-]{43}", link)
    (listed,) = guarded.good("staff", "list", "--json").json
    assert listed["state"] == "invited"
    assert listed["roles"] == ["administration"]
    assert "camille.durand" in guarded.good("staff", "list").out


def test_roles_change_and_an_account_closes(guarded: Cli) -> None:
    guarded.good("staff", "add", "a.b", "--name", "A", "--reason", "x", "--role", "administration")
    guarded.good("staff", "roles", "a.b", "--role", "administration", "--system-login", "ab", "--reason", "x")
    (listed,) = guarded.good("staff", "list", "--json").json
    assert (listed["roles"], listed["system_login"]) == (["administration"], "ab")
    guarded.good("staff", "close", "a.b", "--reason", "x")
    (listed,) = guarded.good("staff", "list", "--json").json
    assert (listed["roles"], listed["state"]) == ([], "closed")


@pytest.mark.parametrize("role", ["saisie", "validation", "cles", "audit"])
def test_who_sets_the_desk_up_gives_nobody_a_role_that_acts(guarded: Cli, role: str) -> None:
    guarded.good(
        "staff", "add", "a.b", "--name", "A", "--reason", "x", "--role", "administration", "--role", role
    )
    (listed,) = guarded.good("staff", "list", "--json").json
    assert listed["roles"] == []
    assert [order["state"] for order in guarded.good("orders", "list", "--json").json] == ["proposed"]
