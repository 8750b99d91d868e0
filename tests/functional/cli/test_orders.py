"""Four eyes on the command line: an act only asks, another person's word is needed, and the worker carries it out."""

import sqlite3
from datetime import UTC, datetime

import pytest

from issuer.cli import context
from issuer.domain.staff import Role
from issuer.ports.staff import AccountChange
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli, rows


@pytest.fixture
def watched(issued: Cli) -> Cli:
    """Give the command on a register where four eyes are on, with a person who asks and one who approves."""
    with sqlite3.connect(issued.folder / "parchemin.sqlite3") as register:
        # Nobody can do this but who has the file: the setting is fixed when the register is founded.
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'settings'"
        for (name,) in register.execute(triggers).fetchall():
            register.execute(f'DROP TRIGGER "{name}"')
        register.execute("UPDATE settings SET value = 'on' WHERE name = 'four_eyes'")
    now = datetime.now(UTC)
    with open_desk(issued.folder).store.writing() as registry:
        for login, role in (("sofia", Role.ENTRY), ("victor", Role.APPROVAL)):
            registry.add_account(login, now, "test")
            change = AccountChange(
                account=login, name=login, roles=frozenset({role}), system_login=login, active=True, at=now,
                by="test", order=None, note="for a test",
            )  # fmt: skip
            registry.change_account(change)
    return issued


def be(patch: pytest.MonkeyPatch, login: str) -> None:
    patch.setattr(context, "system_login", lambda: login)


@pytest.mark.parametrize("act", ["revoke", "suspend"])
def test_an_act_only_asks_until_another_person_approves(
    watched: Cli, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    number = rows(watched.folder, "SELECT number FROM awards ORDER BY number")[0][0]
    be(monkeypatch, "sofia")

    asked = watched.good(act, number, "--reason", "erreur-materielle", "--note", "x", "--json").json

    assert (asked["state"], asked["kind"], asked["may_approve"]) == ("proposed", act, ["victor"])
    assert watched.good("show", number, "--json").json["state"] == "valid"
    order = asked["order"]
    watched("orders", "approve", order).refused(1, "operator.role")
    be(monkeypatch, "victor")
    assert watched.good("orders", "approve", order, "--json").json["approved_by"] == "victor"
    watched.good("worker", "--once")
    state = {"revoke": "revoked", "suspend": "suspended"}[act]
    assert watched.good("show", number, "--json").json["state"] == state
    (told,) = watched.good("explain", number, "--json").json["awards"]
    assert [(each["order"], each["by"], each["approved_by"]) for each in told["history"]] == [
        (order, "sofia", "victor")
    ]


def test_a_stranger_to_the_desk_asks_nothing(watched: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    number = rows(watched.folder, "SELECT number FROM awards ORDER BY number")[0][0]
    be(monkeypatch, "mallory")
    watched("revoke", number, "--reason", "erreur-materielle").refused(1, "operator.unknown")
    assert watched.good("orders", "list", "--json").json == []


def test_an_order_is_refused_with_a_reason(watched: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    number = rows(watched.folder, "SELECT number FROM awards ORDER BY number")[0][0]
    be(monkeypatch, "sofia")
    order = watched.good("revoke", number, "--reason", "erreur-materielle", "--json").json["order"]
    be(monkeypatch, "victor")
    watched.good("orders", "refuse", order, "--note", "mauvais numéro")
    assert "mauvais numéro" in watched.good("orders", "show", order).out
    watched("orders", "approve", order).refused(1, "order.decided")


def test_what_waits_is_listed_with_the_one_thing_to_do(watched: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    number = rows(watched.folder, "SELECT number FROM awards ORDER BY number")[0][0]
    be(monkeypatch, "sofia")
    order = watched.good("revoke", number, "--reason", "erreur-materielle", "--json").json["order"]
    assert f"{order}" in watched.good("todo").out
    assert "orders approve" in watched.good("todo").out
