"""After a restore nothing that was given since the backup is given again, and who was erased is erased again."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from issuer.adapters.system import SystemClock
from issuer.ports.legal import ErasureReason
from issuer.ports.orders import OrderState
from issuer.services.erasure import erase_again
from issuer.services.office import PARIS
from issuer.services.orders import find_order
from issuer.services.register import find_awards, verify_audit
from tests.faults.backups import good, quick_backups, run
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli, rows

__all__ = ["quick_backups"]


def test_a_number_of_after_the_backup_is_never_given_to_somebody_else(recorded: Cli, tmp_path: Path) -> None:
    out, year = str(tmp_path / "b.pb"), SystemClock().now().astimezone(PARIS).year
    good(recorded, "backup", "--out", out)
    recorded.good("issue", "--all", "--yes")
    lost = {award["number"] for award in recorded.good("awards", "--json").json}
    shutil.rmtree(recorded.folder)

    said = good(recorded, "restore", out, "--json").json
    recorded.good("issue", "--all", "--yes")

    given = {award["number"] for award in recorded.good("awards", "--json").json}
    assert said["next_number"] == min(given) == f"{year}-020001"
    assert given.isdisjoint(lost)
    assert verify_audit(open_desk(recorded.folder)).faults == []
    (details,) = rows(recorded.folder, "SELECT details FROM audit WHERE action = 'register.restored'")[0]
    assert f'"next_number":"{year}-020001"' in details


def test_the_next_number_follows_the_last_one_that_is_known(issued: Cli, tmp_path: Path) -> None:
    out, year = str(tmp_path / "b.pb"), SystemClock().now().astimezone(PARIS).year
    good(issued, "backup", "--out", out)

    def restored(folder: str, last: str) -> str:
        asked = ("restore", out, "--data", str(tmp_path / folder), "--last-number", last, "--json")
        return str(good(issued, *asked).json["next_number"])

    assert restored("known", f"{year}-000047") == f"{year}-000048"
    assert restored("earlier", f"{year}-000012") == f"{year}-020001", "the backup itself holds later ones"


@pytest.mark.parametrize("number", ["47", "1999-000047", "{year}-47", "{year}-0000047", "x" * 90])
def test_what_is_no_number_of_this_year_is_said_before_anything_is_made(
    founded: Cli, tmp_path: Path, number: str
) -> None:
    good(founded, "backup", "--out", str(tmp_path / "b.pb"))
    last = number.format(year=SystemClock().now().astimezone(PARIS).year)

    ran = run(founded, "restore", str(tmp_path / "b.pb"), "--data", "back", "--last-number", last)

    ran.refused(1, "[restore.last_number]")
    assert not (tmp_path / "back").exists()


def test_a_second_restore_of_a_restored_register_goes_on_above_it(issued: Cli, tmp_path: Path) -> None:
    year, said = SystemClock().now().astimezone(PARIS).year, ""
    for place in (1, 2):
        out = str(tmp_path / f"{place}.pb")
        good(issued, "backup", "--out", out)
        shutil.rmtree(issued.folder)
        said = good(issued, "restore", out, "--json").json["next_number"]
    assert said == f"{year}-040001"


def test_erasures_of_after_the_backup_are_made_again(issued: Cli, tmp_path: Path) -> None:
    out, file = str(tmp_path / "b.pb"), tmp_path / "erased.json"
    good(issued, "backup", "--out", out)
    issued.good("person", "erase", "C001", "--reason", "demande", "--yes")
    listed = issued.good("person", "erased", "--json").json
    file.write_text(json.dumps([*listed, {"candidate": "GONE", "reason": "demande"}]), encoding="utf-8")
    shutil.rmtree(issued.folder)

    ran = good(issued, "restore", out, "--erasures", str(file), "--json").json

    assert ran["erased_again"] == [
        {"candidate_id": "C001", "outcome": "erased", "order": None},
        {"candidate_id": "GONE", "outcome": "candidate.unknown", "order": None},
    ]
    assert [each["candidate"] for each in issued.good("person", "erased", "--json").json] == ["C001"]
    assert all(award.erased for award in find_awards(open_desk(issued.folder), "C001"))
    assert verify_audit(open_desk(issued.folder)).faults == []


def test_nobody_erases_alone_after_a_loss_either(issued: Cli, tmp_path: Path) -> None:
    office = replace(open_desk(issued.folder), four_eyes=True)

    (again,) = erase_again(office, {"C001": ErasureReason.REQUEST}, actor="system:x")

    assert again.outcome == "asked"
    assert again.order is not None
    assert find_order(office, again.order).state is OrderState.PROPOSED
    assert not any(award.erased for award in find_awards(office, "C001"))


@pytest.mark.parametrize(
    "content",
    ["", "[", "7", "[7]", '[{"candidate": "C001"}]', '[{"candidate": "C001", "reason": "x"}]', "[" * 9999],
)
def test_a_list_of_erasures_that_cannot_be_read_is_said_before_anything_is_made(
    founded: Cli, tmp_path: Path, content: str
) -> None:
    (tmp_path / "erased.json").write_text(content, encoding="utf-8")
    good(founded, "backup", "--out", str(tmp_path / "b.pb"))

    erased = str(tmp_path / "erased.json")
    ran = run(founded, "restore", str(tmp_path / "b.pb"), "--data", "back", "--erasures", erased)

    ran.refused(1, "[restore.erasures]")
    assert not (tmp_path / "back").exists()
