"""``--json`` gives JSON, and nothing else, on the standard output of every command that has it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from issuer.cli.context import system_login
from issuer.ports.orders import OrderKind
from issuer.samples import sample_files
from issuer.services.bulk import propose_act
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
    "certification compare": "certification compare RNCP35080 1 1",
    "certification equivalences list": "certification equivalences list",
    "certification equivalences propose": "certification equivalences propose --basis jury --reference x "
    "RNCP28720 RNCP35080 RNCP28720BC01=RNCP35080BC01",
    "certification equivalences end": "certification equivalences end {equivalence} --note x",
    "programs new": "programs new scolarite",
    "programs revoke": "programs revoke {program}",
    "programs list": "programs list",
    "letter": "letter {number} --out letter.pdf",
    "jury import": "jury import {candidates}",
    "plan": "plan",
    "approve": "approve {plan}",
    "issue": "issue --all --yes",
    "awards": "awards",
    "show": "show {number}",
    "explain": "explain {link}",
    "todo": "todo",
    "orders list": "orders list",
    "orders show": "orders show {order}",
    "orders approve": "orders approve {order}",
    "orders refuse": "orders refuse {order} --note x",
    "orders take-back": "orders take-back {order}",
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
    "staff list": "staff list",
    "status list": "status list",
    "status renew": "status renew --all",
    "verify": "verify {link}",
    "trust add": "trust add did:web:a.example --name A",
    "trust list": "trust list",
    "trust remove": "trust remove did:web:a.example",
    "keys list": "keys list",
    "keys new": "keys new",
    "keys rotate": "keys rotate --yes",
    "keys retire": "keys retire receipts-1 --yes",
    "keys compromise": "keys compromise key-1 --since 2026-01-01 --reason x --yes",
    "keys resign": "keys resign --yes",
    "keys ceremony": "keys ceremony --witness A --witness B --out report.md",
    "keys drill": "keys drill --out drill.md",
    "audit verify": "audit verify",
    "cpf civil": "cpf civil {civil}",
    "cpf export": "cpf export --check",
    "cpf answer": "cpf answer {answer}",
    "cpf list": "cpf list",
    "person erase": "person erase C001 --reason demande --check",
    "person erased": "person erased",
    "statistics": "statistics",
    "purge": "purge",
    "audit root": "audit root",
    "audit mirror": "audit mirror {mirror}",
    "audit prove": "audit prove {covered}",
    "worker": "worker --once",
    "backup verify": "backup verify {backup}",
    "restore": "restore {backup} --data back",
    "register upgrade": "register upgrade --backup new.pb",
    "register downgrade": "register downgrade --to 0012 --backup new.pb",
    "watch found": "watch found",
}
WITH_JSON = [name for name, command in LEAVES.items() if any(p.name == "as_json" for p in command.params)]
PRINTS_NO_DATA = {
    "serve", "export", "person export", "extract", "trust remove", "holders address", "holders close-link", "holders open-link",
    "audit export",
    "staff add", "staff roles", "staff approve", "staff close", "staff invite", "staff code",
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


def _answer(cli: Cli, folder: Path) -> str:
    """Make a file for the CPF feed, and the answer to it."""
    file = cli.folder / "institution.yaml"
    text = file.read_text(encoding="utf-8")
    for name in ("sender", "certifier", "contract"):
        text = text.replace(f"  {name}: null", f'  {name}: "ABCDEFGH"')
    file.write_text(text, encoding="utf-8")
    cli.good("issue", "--all", "--yes")
    civil = "id_candidat;sexe;prenom1;code_pays_naissance\nC001;F;Hélène;FRA\n"
    (folder / "civil.csv").write_bytes(civil.encode())
    cli.good("cpf", "civil", str(folder / "civil.csv"))
    made = cli.good("cpf", "export", "--out", str(folder / "depot.xml"), "--json").json
    lines = [f"{line['technical_id']};accepte" for line in made["lines"]]
    (folder / "retour.csv").write_text("\n".join(["id_technique;statut", *lines]), encoding="utf-8")
    return str(folder / "retour.csv")


def _filled(cli: Cli, arguments: str, folder: Path) -> list[str]:
    fiche = Path(__file__).parents[2] / "data" / "three-blocks.yaml"
    (folder / "candidats.csv").write_bytes(sample_files()["candidats.csv"])
    places = {"{fiche}": str(fiche), "{candidates}": str(folder / "candidats.csv")}
    places["{mirror}"] = str(folder / "mirror")
    places |= _backups(cli, arguments, folder)
    parts = arguments.split()
    if {"{number}", "{link}", "{suspended}", "{renamed}"} & set(parts):
        cli.good("issue", "--all", "--yes")
        number, link = rows(cli.folder, "SELECT number, credential_id FROM awards ORDER BY number")[0]
        places |= {"{number}": number, "{link}": link}
    for place, make in _MADE.items():
        if place in parts:
            places[place] = make(cli, folder)
    return [places.get(part, part) for part in parts]


def _first_number(cli: Cli) -> str:
    return str(rows(cli.folder, "SELECT number FROM awards ORDER BY number")[0][0])


def _plan(cli: Cli, _folder: Path) -> str:
    return str(cli.good("plan", "--json").json["id"])


def _suspended(cli: Cli, _folder: Path) -> str:
    cli.good("suspend", _first_number(cli), "--reason", "decision-jury-ou-juge")
    return _first_number(cli)


def _renamed(cli: Cli, folder: Path) -> str:
    changed = sample_files()["candidats.csv"].replace(b"Marchand-Delvaux", b"Nouveau-Nom")
    (folder / "renamed.csv").write_bytes(changed)
    cli.good("jury", "import", str(folder / "renamed.csv"), "--accept-changes")
    return _first_number(cli)


def _civil(_cli: Cli, folder: Path) -> str:
    (folder / "civil.csv").write_bytes(b"id_candidat;sexe\nC001;F\n")
    return str(folder / "civil.csv")


def _notice(cli: Cli, _folder: Path) -> str:
    cli.good("issue", "--all", "--yes")
    return str(cli.good("notices", "list", "--json").json[0]["id"])


def _covered(cli: Cli, _folder: Path) -> str:
    cli.good("issue", "--all", "--yes")
    cli.good("audit", "root")
    return _first_number(cli)


def _order(cli: Cli, _folder: Path) -> str:
    cli.good("issue", "--all", "--yes")
    opened, reason = open_desk(cli.folder), "erreur-materielle"
    return propose_act(opened, OrderKind.REVOKE, [_first_number(cli)], reason, actor=system_login()).id


def _doubt(cli: Cli, _folder: Path) -> str:
    return report_doubt(open_desk(cli.folder), None, "x", None).id


def _equivalence(cli: Cli, _folder: Path) -> str:
    cli.good(*GOOD["certification equivalences propose"].split())
    return str(cli.good("certification", "equivalences", "list", "--json").json[0]["id"])


def _program(cli: Cli, _folder: Path) -> str:
    return str(cli.good("programs", "new", "scolarite", "--json").json["name"])


_MADE: dict[str, Callable[[Cli, Path], str]] = {
    "{plan}": _plan,
    "{suspended}": _suspended,
    "{renamed}": _renamed,
    "{civil}": _civil,
    "{answer}": _answer,
    "{notice}": _notice,
    "{covered}": _covered,
    "{order}": _order,
    "{doubt}": _doubt,
    "{equivalence}": _equivalence,
    "{program}": _program,
}
"""What a command's argument stands for, and what must have happened before there is one."""


def _backups(cli: Cli, arguments: str, folder: Path) -> dict[str, str]:
    """Set the passphrase of backups, and make one where it is asked for."""
    (folder / "words").write_text("une phrase pour les sauvegardes\n", encoding="utf-8")
    (folder / "parchemin.toml").write_text('backup_passphrase_file = "words"\n', encoding="utf-8")
    if "{backup}" not in arguments:
        return {}
    cli.good("backup", "--out", str(folder / "made.pb"))
    return {"{backup}": str(folder / "made.pb")}
