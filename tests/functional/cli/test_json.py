"""``--json`` gives JSON, and nothing else, on the standard output of every command that has it."""

from pathlib import Path

import pytest

from issuer.samples import sample_files
from issuer.services.doubts import report_doubt
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli, rows
from tests.functional.cli.test_bad_input import LEAVES

GOOD: dict[str, str] = {
    "init": "init",
    "demo": "demo --no-serve --port 8199",
    "doctor": "doctor",
    "certification import": "certification import {fiche}",
    "certification list": "certification list",
    "certification show": "certification show RNCP35080",
    "jury import": "jury import {candidates}",
    "plan": "plan",
    "approve": "approve {plan}",
    "issue": "issue --all --yes",
    "awards": "awards",
    "show": "show {number}",
    "revoke": "revoke {number} --reason erreur-materielle --note x",
    "suspend": "suspend {number} --reason decision-jury-ou-juge",
    "reinstate": "reinstate {suspended} --reason decision-jury-ou-juge",
    "replace": "replace {renamed} --reason etat-civil",
    "duplicate": "duplicate {number} --reason perte",
    "notices list": "notices list",
    "notices send": "notices send",
    "notices resend": "notices resend {notice}",
    "notices bounced": "notices bounced {notice}",
    "doubts list": "doubts list",
    "doubts close": "doubts close {doubt}",
    "prepare": "prepare",
    "holders show": "holders show C001",
    "status list": "status list",
    "status renew": "status renew --all",
    "verify": "verify {link}",
    "trust add": "trust add did:web:a.example --name A",
    "trust list": "trust list",
    "trust remove": "trust remove did:web:a.example",
    "keys list": "keys list",
    "keys new": "keys new",
    "audit verify": "audit verify",
}
WITH_JSON = [name for name, command in LEAVES.items() if any(p.name == "as_json" for p in command.params)]
PRINTS_NO_DATA = {
    "serve", "export", "trust remove", "holders address", "holders close-link", "holders open-link",
}  # fmt: skip


def test_every_command_that_prints_data_has_it() -> None:
    assert set(LEAVES) - set(WITH_JSON) == PRINTS_NO_DATA


@pytest.mark.parametrize("name", WITH_JSON)
def test_the_output_is_json_and_nothing_else(recorded: Cli, tmp_path: Path, name: str) -> None:
    arguments = _filled(recorded, GOOD[name], tmp_path)

    ran = recorded.good(*arguments, "--json")

    assert isinstance(ran.json, dict | list)


def test_awards_have_the_members_that_other_programs_depend_on(issued: Cli) -> None:
    listed = issued.good("awards", "--json").json

    assert len(listed) == 30
    wanted = "number kind component certification holder state link id awarded issued"
    for award in listed:
        assert set(wanted.split()) <= set(award)
        assert award["kind"] in {"block", "title"}
        assert award["state"] in {"valid", "suspended", "revoked", "replaced"}


def test_a_check_of_issue_says_what_it_would_do_and_does_nothing(recorded: Cli) -> None:
    checked = recorded.good("issue", "--all", "--yes", "--check", "--json").json

    assert len(checked["would_issue"]) == 30
    assert recorded.good("awards", "--json").json == []


def _filled(cli: Cli, arguments: str, folder: Path) -> list[str]:
    fiche = Path(__file__).parents[2] / "data" / "three-blocks.yaml"
    (folder / "candidats.csv").write_bytes(sample_files()["candidats.csv"])
    places = {"{fiche}": str(fiche), "{candidates}": str(folder / "candidats.csv")}
    if "{plan}" in arguments:
        places["{plan}"] = cli.good("plan", "--json").json["id"]
    if {"{number}", "{link}", "{suspended}", "{renamed}"} & set(arguments.split()):
        cli.good("issue", "--all", "--yes")
        number, link = rows(cli.folder, "SELECT number, credential_id FROM awards ORDER BY number")[0]
        places |= {"{number}": number, "{link}": link, "{suspended}": number, "{renamed}": number}
    if "{suspended}" in arguments:
        cli.good("suspend", places["{suspended}"], "--reason", "decision-jury-ou-juge")
    if "{renamed}" in arguments:
        changed = sample_files()["candidats.csv"].replace(b"Marchand-Delvaux", b"Nouveau-Nom")
        (folder / "renamed.csv").write_bytes(changed)
        cli.good("jury", "import", str(folder / "renamed.csv"), "--accept-changes")
    if "{notice}" in arguments:
        cli.good("issue", "--all", "--yes")
        places["{notice}"] = cli.good("notices", "list", "--json").json[0]["id"]
    if "{doubt}" in arguments:
        places["{doubt}"] = report_doubt(open_desk(cli.folder), None, "x", None).id
    return [places.get(part, part) for part in arguments.split()]
