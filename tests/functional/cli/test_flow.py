"""From the sample record to awards through the command: imports, plans, approvals, certifications."""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issuer.samples import example_map, sample_files
from tests.functional.cli.running import Cli, contents, rows

DATA = Path(__file__).parents[2] / "data"
EXPECTED = yaml.safe_load((DATA / "expected.yaml").read_text(encoding="utf-8"))
THREE_BLOCKS = str(DATA / "three-blocks.yaml")
POLICIES = [
    {"issue_when": "completion", "title_policy": "blocks", "awards": EXPECTED["awards"]},
    *EXPECTED["awards_when"],
]
RECORDS = ("candidates", "sessions", "decisions", "annulments")

Writer = Callable[[str, bytes], str]


def short(component: str) -> str:
    """Give a component as expected.yaml writes it."""
    return component.removeprefix("RNCP35080") or "TITLE"


def recorded_rows(cli: Cli) -> dict[str, int]:
    """Count what the record holds."""
    return {table: rows(cli.folder, f"SELECT count(*) FROM {table}")[0][0] for table in RECORDS}


# Imports


def test_the_samples_are_taken_in_with_their_refused_rows_and_reasons(founded: Cli, write: Writer) -> None:
    refused = {}
    for name, content in sample_files().items():
        ran = founded("jury", "import", write(name, content), "--json")
        if ran.code:
            refused[name] = ran.json["refused"]
            assert ran.json["written"] is False
            ran = founded("jury", "import", write(name, content), "--accept-valid", "--json")
        assert (ran.code, ran.json["written"]) == (0, True)

    assert refused == {"pv-jury-2025-06.csv": 6, "export-sis-2026-06.csv": 3}
    kept = rows(founded.folder, "SELECT detected FROM imports WHERE refused > 0 ORDER BY name")
    for (detected,) in kept:
        for note in yaml.safe_load(detected)["refused"]:
            assert set(note) == {"row", "column", "code"}, "values are a person's data"
            assert note["code"].startswith("E-")


def test_refused_rows_need_the_operators_word(founded: Cli, write: Writer) -> None:
    files = sample_files()
    for name in ("candidats.csv", "jurys.csv"):
        founded.good("jury", "import", write(name, files[name]))
    name = "pv-jury-2025-06.csv"
    before = contents(founded.folder)

    ran = founded("jury", "import", write(name, files[name]))

    assert ran.code == 1
    assert "NOTHING was written" in ran.err
    assert "--accept-valid" in ran.err
    assert contents(founded.folder) == before


def test_the_same_file_twice_adds_nothing_and_says_so(recorded: Cli, write: Writer) -> None:
    before = contents(recorded.folder)

    for name, content in sample_files().items():
        ran = recorded.good("jury", "import", write(f"again-{name}", content))
        assert "taken in before: nothing was added" in ran.err

    assert contents(recorded.folder) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_same_rows_in_another_form_add_nothing(
    recorded: Cli, write: Writer, encoding: str, delimiter: str
) -> None:
    before = recorded_rows(recorded)
    plan = recorded.good("plan", "--json").json["id"]

    for name in ("candidats.csv", "jurys.csv", "pv-jury-2024-06.csv", "pv-jury-2025-10-vae.csv"):
        text = sample_files()[name].decode("utf-8-sig")
        if encoding == "cp1252" and "ś" in text:
            continue  # a name that Windows-1252 cannot write
        recorded.good("jury", "import", write(name, _rewritten(text, encoding, delimiter)), "--accept-valid")

    assert recorded_rows(recorded) == before
    assert recorded.good("plan", "--json").json["id"] == plan


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_check_never_changes_anything(founded: Cli, write: Writer, data: st.DataObject) -> None:
    content = data.draw(
        st.one_of(
            st.binary(max_size=300),
            st.sampled_from(list(sample_files().values())),
            st.sampled_from(list(sample_files().values())).flatmap(_spoiled),
        )
    )
    options = data.draw(
        st.lists(st.sampled_from(["--accept-valid", "--json", "--certification=RNCP35080"]), unique=True)
    )
    before = contents(founded.folder)

    ran = founded("jury", "import", write("any.csv", content), "--check", *options)

    assert ran.code in {0, 1}
    assert contents(founded.folder) == before


def test_a_file_with_its_own_columns_is_read_through_a_map(founded: Cli, write: Writer) -> None:
    files = sample_files()
    for name in ("candidats.csv", "jurys.csv"):
        founded.good("jury", "import", write(name, files[name]))
    own = "Session;Jury du;Numéro;Nom;Prénoms;Bloc;Avis du jury;PV\nS2024-06;20/06/2024;C001;Marchand-Delvaux;Hélène;RNCP35080BC01;Acquis;PV-1\n"

    without = founded("jury", "import", write("own.csv", own.encode()), "--json")
    ran = founded.good(
        "jury", "import", write("own.csv", own.encode()), "--map", write("map.yaml", example_map()), "--json"
    )

    assert without.code == 1
    assert (ran.json["kind"], ran.json["accepted"]) == ("results", 1)


# Plans, approvals, awards


def test_the_plan_holds_exactly_the_expected_refusals_and_warnings(recorded: Cli) -> None:
    plan = recorded.good("plan", "--json").json

    found = {part["candidate"]: part for part in plan["candidates"]}
    assert set(found) == set(EXPECTED["candidates"])
    for who, expected in EXPECTED["candidates"].items():
        part = found[who]
        assert [short(item["component"]) for item in part["acquired"]] == expected["acquired"], who
        assert part["title"] == expected["title"], who
        assert _codes(part["refusals"]) == sorted(expected["refusals"]), who
        assert _codes(part["warnings"]) == sorted(expected["warnings"]), who
        assert _codes(part["cpf_export"]) == sorted(expected.get("cpf_export", [])), who
    assert [row["code"] for row in plan["rows_without_candidate"]] == [
        row["refusal"] for row in EXPECTED["rows_without_candidate"]
    ]
    told = recorded.good("plan").out
    for row in EXPECTED["rows_without_candidate"]:
        assert f"STOPS  {row['refusal']}  a row that designates nobody  ({row['file']} row " in told
    assert _codes(plan["document"]["refusals"]) == EXPECTED["document"]["refusals"]
    for part in plan["candidates"]:
        for finding in (*part["refusals"], *part["warnings"]):
            assert finding["message"]["fr"]
            assert finding["message"]["en"]
            assert finding["source"]


@pytest.mark.parametrize(
    "policy", POLICIES, ids=lambda policy: f"{policy['issue_when']}-{policy['title_policy']}"
)
def test_exactly_the_expected_awards_are_issued_under_each_policy(
    recorded: Cli, write: Writer, policy: Mapping[str, Any]
) -> None:
    fiche = rows(recorded.folder, "SELECT document FROM certifications")[0][0]
    choices = {"issue_when": policy["issue_when"], "title_policy": policy["title_policy"]}
    document = yaml.safe_dump({**yaml.safe_load(fiche), "policy": choices}, allow_unicode=True)
    recorded.good("certification", "import", write("fiche.yaml", document.encode()))

    planned = _by_candidate(recorded.good("plan", "--json").json["candidates"])
    recorded.good("issue", "--all", "--yes")

    assert planned == policy["awards"]
    assert _issued(recorded) == policy["awards"]


def test_plan_changes_nothing(recorded: Cli) -> None:
    before = contents(recorded.folder)

    first = recorded.good("plan", "--json").json
    recorded.good("plan")
    recorded.good("plan", "--session", "S2025-06", "--json")

    assert recorded.good("plan", "--json").json == first
    assert contents(recorded.folder) == before


def test_nothing_is_issued_without_approval(recorded: Cli) -> None:
    before = contents(recorded.folder)

    line = recorded("issue", "--all").refused(1, "[issue.not_approved]", "parchemin approve")

    plan = recorded.good("plan", "--json").json["id"]
    assert plan[:12] in line
    assert contents(recorded.folder) == before


def test_an_approval_is_given_once_and_lets_the_plan_be_issued(recorded: Cli) -> None:
    plan = recorded.good("plan", "--json").json["id"]
    recorded.good("approve", plan[:8])
    kept = contents(recorded.folder)
    recorded.good("approve", plan.upper())
    assert contents(recorded.folder) == kept

    recorded.good("issue", "--all")

    assert _issued(recorded) == EXPECTED["awards"]
    assert recorded.good("issue", "--all").err.startswith("0 awards issued, 30 existed already")


def test_a_plan_of_a_record_that_changed_since_cannot_be_approved(recorded: Cli, write: Writer) -> None:
    plan = recorded.good("plan", "--json").json["id"]
    recorded.good("jury", "import", write("annulations.csv", ANNULMENT.encode()))
    before = contents(recorded.folder)

    recorded("approve", plan).refused(1, "[plan.unknown]", plan, "parchemin plan")

    assert contents(recorded.folder) == before


def test_what_lost_its_ground_since_the_approval_is_dropped_and_said(recorded: Cli, write: Writer) -> None:
    plan = recorded.good("plan", "--json").json["id"]
    recorded.good("approve", plan)
    recorded.good("jury", "import", write("annulations.csv", ANNULMENT.encode()))

    ran = recorded.good("issue", "--all", "--json")

    dropped = {(item["candidate"], short(item["component"])) for item in ran.json["dropped"]}
    assert {("C006", "BC01"), ("C006", "TITLE")} <= dropped
    assert {who for who, _component in dropped} == {"C006"}
    awards = _issued(recorded)
    assert not {("C006", component) for component in awards.get("C006", [])} & dropped
    assert {who: got for who, got in awards.items() if who != "C006"} == {
        who: got for who, got in EXPECTED["awards"].items() if who != "C006"
    }


def test_a_session_alone_can_be_issued(recorded: Cli) -> None:
    recorded.good("issue", "--session", "S2024-06", "--yes")

    assert set(_issued(recorded)) <= set(EXPECTED["awards"])
    assert "C001" in _issued(recorded)
    assert recorded.good("issue", "--all", "--yes").code == 0
    assert _issued(recorded) == EXPECTED["awards"]


# Certifications side by side, and their versions


def test_a_second_certification_lives_beside_the_first(issued: Cli, write: Writer) -> None:
    issued.good("certification", "import", THREE_BLOCKS)
    name = ("--certification", "RNCP99001")
    line = issued("plan").refused(1, "[certification.ambiguous]", "RNCP35080, RNCP99001")
    assert "--certification" in line

    for file, content in LUTHIER.items():
        ran = issued("jury", "import", write(file, content.encode()), *name, "--json")
        assert ran.code == 0, ran.out
    plan = issued.good("plan", *name, "--json").json
    issued.good("approve", plan["id"], *name)
    issued.good("issue", "--all", *name)

    awards = [
        award for award in issued.good("awards", "--json").json if award["certification"] == "RNCP99001"
    ]
    assert sorted(award["component"] for award in awards) == [
        "RNCP99001", "RNCP99001BC01", "RNCP99001BC02", "RNCP99001BC03",
    ]  # fmt: skip
    for award in awards:
        assert issued("verify", award["link"], "--json").json["verdict"] == "valid"
    assert _issued(issued) == EXPECTED["awards"]
    assert issued.good("audit", "verify").code == 0


def test_a_file_that_served_another_certification_is_not_taken_for_known(issued: Cli, write: Writer) -> None:
    issued.good("certification", "import", THREE_BLOCKS)
    file = write("jurys.csv", sample_files()["jurys.csv"])

    issued("jury", "import", file, "--certification", "RNCP99001").refused(
        1, "[import.other_certification]", "RNCP35080", "RNCP99001"
    )


def test_awards_keep_the_version_of_the_fiche_that_they_were_issued_under(
    recorded: Cli, write: Writer
) -> None:
    approved = recorded.good("plan", "--json").json["id"]
    recorded.good("approve", approved)
    fiche = yaml.safe_load(rows(recorded.folder, "SELECT document FROM certifications")[0][0])
    fiche["title"] = "Un autre intitulé"
    recorded.good("issue", "--all")
    ran = recorded.good("certification", "import", write("v2.yaml", yaml.safe_dump(fiche).encode()), "--json")
    again = recorded.good(
        "certification", "import", write("v2.yaml", yaml.safe_dump(fiche).encode()), "--json"
    )

    assert (ran.json["version"], ran.json["new"]) == ("2", True)
    assert (again.json["version"], again.json["new"]) == ("2", False)
    assert rows(recorded.folder, "SELECT DISTINCT certification_version FROM awards") == [("1",)]
    title = next(award for award in recorded.good("awards", "--json").json if award["kind"] == "title")
    said = recorded("verify", title["link"], "--json").json
    assert said["verdict"] == "valid"
    assert "Un autre intitulé" not in str(said)
    assert recorded.good("issue", "--all", "--yes").err.startswith("0 awards issued")


ANNULMENT = (
    "id_candidat,date_annulation,composants,auteur,motif,reference,date_decision\n"
    "C006,2026-02-01,RNCP35080BC01,jury,fraude,PV-ANN-1,\n"
)
LUTHIER = {
    "candidats-l.csv": "id_candidat,nom_naissance,nom_usage,prenoms,date_naissance,voie,date_entree,courriel\n"
    "L001,Amatelli,,Nicola,1990-05-05,etudiant,2023-09-01,\n",
    "jurys-l.csv": "session,date_jury,voies,internes,represente_ag,exterieurs,president,pv_signe,signataire,"
    "lies_au_candidat,lieu\n"
    'L2025,2025-06-20,etudiant,2,oui,3,oui,oui,"A. Lemaire, directrice déléguée (fictive)",,Paris\n',
    "pv-l.csv": "session,date_decision,id_candidat,nom,prenoms,composant,decision,reference_pv\n"
    + "".join(f"L2025,2025-06-20,L001,Amatelli,Nicola,RNCP99001BC0{n},validé,PV-L\n" for n in (1, 2, 3))
    + "L2025,2025-06-20,L001,Amatelli,Nicola,RNCP99001,attribué,PV-L\n",
}


def _codes(findings: list[dict[str, Any]]) -> list[str]:
    return sorted({finding["code"] for finding in findings})


def _by_candidate(candidates: list[dict[str, Any]]) -> dict[str, list[str]]:
    planned = {
        part["candidate"]: [short(award["component"]) for award in part["awards"]] for part in candidates
    }
    return {who: components for who, components in planned.items() if components}


def _issued(cli: Cli) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for award in cli.good("awards", "--json").json:
        if award["certification"] == "RNCP35080":
            found.setdefault(award["candidate"], []).append(short(award["component"]))
    return {who: sorted(components) for who, components in sorted(found.items())}


def _rewritten(text: str, encoding: str, delimiter: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(csv.reader(io.StringIO(text)))
    return out.getvalue().encode(encoding)


def _spoiled(content: bytes) -> st.SearchStrategy[bytes]:
    return st.tuples(st.integers(0, len(content) - 1), st.binary(min_size=1, max_size=4)).map(
        lambda change: content[: change[0]] + change[1] + content[change[0] + 1 :]
    )
