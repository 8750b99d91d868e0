"""At the command line too, nobody alone issues, withdraws, replaces or erases."""

from collections.abc import Callable
from pathlib import Path

import pytest

import issuer.catalog
from issuer.domain.staff import Role
from issuer.ports.staff import AccountChange, AccountSecrets
from issuer.samples import sample_files
from tests.faults.desks import found_desk, open_desk
from tests.functional.cli.folders import SAMPLE_DAY
from tests.functional.cli.running import Cli, Ran

PEOPLE = {"camille": Role.ENTRY, "dominique": Role.APPROVAL, "claude": Role.AUDIT}
As = Callable[..., Ran]


@pytest.fixture
def on_behalf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick_keys: None) -> As:
    """Run a command as the person whom sudo names, on a register with four eyes on."""
    folder = tmp_path / "data"
    found_desk(folder, SAMPLE_DAY, four_eyes=True)
    office = open_desk(folder)
    with office.store.writing() as registry:
        now = office.clock.now()
        for login, role in PEOPLE.items():
            registry.add_account(login, now, "test")
            registry.change_account(
                AccountChange(
                    account=login,
                    name=login.title(),
                    roles=frozenset({role}),
                    system_login=f"os-{login}",
                    active=True,
                    at=now,
                    by="test",
                    order=None,
                    note="for a test",
                )
            )
            registry.keep_account_secrets(AccountSecrets(login, "x", b"x", None, now))
    run = Cli(folder, monkeypatch)

    def as_(person: str, *arguments: str) -> Ran:
        monkeypatch.setenv("SUDO_USER", f"os-{person}")
        return run(*arguments)

    for name, content in sample_files().items():
        file = tmp_path / name
        file.write_bytes(content)
        assert as_("camille", "jury", "import", str(file), "--accept-valid").code == 0
    return as_


def plan_of(on_behalf: As) -> str:
    return str(on_behalf("claude", "plan", "--json").json["id"])


def test_who_entered_neither_approves_nor_issues_in_one_go(on_behalf: As) -> None:
    on_behalf("camille", "approve", plan_of(on_behalf)).refused(1, "operator.role", "validation")
    on_behalf("camille", "issue", "--all", "--yes").refused(1, "operator.role")
    on_behalf("claude", "issue", "--all").refused(1, "issue.not_approved")
    on_behalf("claude", "trust", "remove", "did:web:a.example").refused(1, "operator.role", "administration")


def test_a_login_that_no_account_is_linked_to_gives_no_word(on_behalf: As) -> None:
    on_behalf("mallory", "approve", plan_of(on_behalf)).refused(1, "operator.unknown", "os-mallory")


def test_two_people_issue_and_withdraw_and_the_trail_names_both(on_behalf: As) -> None:
    assert on_behalf("dominique", "approve", plan_of(on_behalf)).code == 0
    assert len(on_behalf("camille", "issue", "--all", "--json").json["issued"]) == 30
    number = on_behalf("claude", "awards", "--json").json[0]["number"]
    asked = on_behalf("camille", "revoke", number, "--reason", "erreur-materielle", "--json").json
    assert on_behalf("claude", "show", number, "--json").json["state"] == "valid"
    order = asked["order"]
    on_behalf("camille", "orders", "approve", order).refused(1, "operator.role")
    assert on_behalf("nobody", "worker", "--once").code == 0
    assert on_behalf("claude", "show", number, "--json").json["state"] == "valid"
    assert on_behalf("dominique", "orders", "approve", order).code == 0
    assert on_behalf("nobody", "worker", "--once").code == 0
    assert on_behalf("claude", "show", number, "--json").json["state"] == "revoked"
    events = on_behalf("claude", "show", number, "--json").json["events"]
    assert [event["by"] for event in events] == ["camille"]
    faults = on_behalf("claude", "audit", "verify", "--json").json["faults"]
    # The accounts of this test were put into the register by hand, and that is all there is to find.
    assert {fault["code"] for fault in faults} == {"audit.account"}


def test_what_one_person_asks_is_an_order_and_changes_nothing(on_behalf: As) -> None:
    assert on_behalf("dominique", "approve", plan_of(on_behalf)).code == 0
    assert on_behalf("camille", "issue", "--all").code == 0
    awards = on_behalf("claude", "awards", "--json").json
    number = awards[0]["number"]
    assert on_behalf("camille", "suspend", number, "--reason", "erreur-materielle").code == 0
    on_behalf("camille", "replace", number, "--reason", "rectification").refused(1, "replace.unchanged")
    assert on_behalf("claude", "awards", "--json").json == awards
    assert [line["state"] for line in on_behalf("claude", "orders", "list", "--json").json] == ["proposed"]


def test_a_fiche_is_proposed_by_an_account_and_never_by_a_login_alone(on_behalf: As) -> None:
    fiche = str(Path(__file__).parents[2] / "data" / "three-blocks.yaml")
    on_behalf("mallory", "certification", "import", fiche).refused(1, "operator.unknown")
    asked = on_behalf("camille", "certification", "import", fiche, "--json").json
    on_behalf("camille", "orders", "approve", asked["order"]).refused(1, "operator.role")
    assert on_behalf("dominique", "orders", "approve", asked["order"]).code == 0


def test_the_shipped_fiche_is_known_already(on_behalf: As) -> None:
    fiche = str(Path(issuer.catalog.__file__).with_name("rncp35080.yaml"))
    on_behalf("camille", "certification", "import", fiche).refused(1, "certification.known")
