"""The CPF feed from end to end by the command line: refusals with reasons, a file that the schema accepts, answers."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from lxml import etree

from tests.faults.desks import hand_in, issue_all, open_desk
from tests.functional.cli.running import Cli, rows
from tests.support.cpf_season import LONG_NAME, civil_file, season_files
from tests.support.shared import shared

__all__ = ["shared"]

NAMESPACE = {"c": "urn:cdc:cpf:pc5:schema:1.0.0"}
Write = Callable[[str, bytes], str]


@pytest.fixture
def season(founded: Cli) -> Cli:
    """Give a register in which the season's titles were issued, with the identifiers of the feed set."""
    file = founded.folder / "institution.yaml"
    text = file.read_text(encoding="utf-8")
    for name, value in (("sender", "PARCHEM1"), ("certifier", "CNAM0001"), ("contract", "MCER000001")):
        text = re.sub(rf"  {name}: null", f'  {name}: "{value}"', text)
    file.write_text(text, encoding="utf-8")
    office = open_desk(founded.folder)
    hand_in(office, season_files())
    issue_all(office)
    return founded


def _titles(cli: Cli) -> Mapping[str, str]:
    return dict(rows(cli.folder, "SELECT candidate_id, number FROM awards WHERE kind = 'title'"))


def _reasons(
    checked: Mapping[str, list[Mapping[str, object]]], titles: Mapping[str, str]
) -> dict[str, set[object]]:
    people = {number: person for person, number in titles.items()}
    return {
        people[str(each["number"])]: {reason["code"] for reason in each["reasons"]}  # type: ignore[attr-defined]
        for each in checked["refused"]
    }


def test_a_title_that_lacks_data_is_refused_with_every_reason_and_its_remedy(
    season: Cli, write: Write
) -> None:
    titles = _titles(season)
    bare = season.good("cpf", "export", "--check", "--json").json
    assert bare["lines"] == []
    assert _reasons(bare, titles)["A001"] == {"cpf.no_sex", "cpf.no_birth_place"}
    assert _reasons(bare, titles)["A003"] == {"cpf.no_birth_year", "cpf.no_sex", "cpf.no_birth_place"}
    assert "cpf.given_names_undivided" in _reasons(bare, titles)["A008"]
    assert all(reason["remedy"]["fr"] for each in bare["refused"] for reason in each["reasons"])

    season.good("cpf", "civil", write("civil.csv", civil_file()))

    checked = season.good("cpf", "export", "--check", "--json").json
    assert _reasons(checked, titles) == {"A002": {"cpf.single_name"}, "A004": {"cpf.too_long"}}
    assert LONG_NAME not in str(checked)


def test_the_file_of_a_season_is_valid_and_says_that_it_is_a_draft(
    season: Cli, write: Write, tmp_path: Path, shared: Path
) -> None:
    season.good("cpf", "civil", write("civil.csv", civil_file()))
    ran = season.good("cpf", "export", "--out", str(tmp_path / "depot.xml"))
    assert "draft" in ran.err

    content = (tmp_path / "depot.xml").read_bytes()
    schema = etree.XMLSchema(etree.parse(shared / "domain" / "cpf.xsd"))
    document = etree.fromstring(content)
    schema.assertValid(document)
    assert b"BROUILLON" in content
    assert b"DRAFT" in content
    assert not any(link in content.decode() for (link,) in rows(season.folder, "SELECT token FROM awards"))
    found = {
        text(line, "nomNaissance"): line for line in document.iterfind(".//c:passageCertification", NAMESPACE)
    }
    assert len(found) == 6
    assert text(found["Kerval-Ostin"], "modaliteAcces") == "VAE"
    assert text(found["Kerval-Ostin"], "nomUsage") == "Kerval-Duhamel"
    assert text(found["Tissot-Varenne"], "modaliteAcces") == "FORMATION_INITIALE_APPRENTISSAGE"
    assert text(found["Tissot-Varenne"], "codeInsee") == "2A004"
    assert text(found["Oumarou-Delage"], "dateDebutValidite") == "2025-01-16"
    assert text(found["Ndoye-Marsac"], "codePostal") is None
    assert text(found["Ndoye-Marsac"], "codePaysNaissance") == "SEN"
    assert text(found["Belhadj-Lorien"], "anneeNaissance") == "1982"
    assert text(found["Belhadj-Lorien"], "moisNaissance") is None
    assert text(found["Vasseur-Lindt"], "prenom2") == "Sophie"
    assert (tmp_path / "depot.xml").stat().st_mode & 0o077 == 0


def test_a_rejected_line_comes_back_corrected_and_an_accepted_one_does_not(
    season: Cli, write: Write, tmp_path: Path, shared: Path
) -> None:
    titles = _titles(season)
    season.good("cpf", "civil", write("civil.csv", civil_file()))
    first = season.good("cpf", "export", "--out", str(tmp_path / "1.xml"), "--json").json
    ids = {line["number"]: line["technical_id"] for line in first["lines"]}
    assert season.good("cpf", "export", "--check", "--json").json["lines"] == []

    answer = ["id_technique;statut;code;motif"]
    for number, technical_id in ids.items():
        rejected = number == titles["A005"]
        answer.append(f"{technical_id};{'rejete;R12;Commune inconnue' if rejected else 'accepte;;'}")
    told = season.good("cpf", "answer", write("retour.csv", "\n".join(answer).encode()), "--json").json
    assert told == {"accepted": 5, "rejected": 1, "known": False}
    assert season.good("cpf", "answer", write("retour.csv", "\n".join(answer).encode()), "--json").json[
        "known"
    ]

    unchanged = season.good("cpf", "export", "--check", "--json").json
    assert _reasons(unchanged, titles)["A005"] == {"cpf.unchanged"}
    assert len(unchanged["accepted"]) == 5

    fixed = civil_file("A005", A005="A005;F;;;;;;;56121;;Lorient;;")
    season.good("cpf", "civil", write("corrige.csv", fixed))
    second = season.good("cpf", "export", "--out", str(tmp_path / "2.xml"), "--json").json
    assert second["lines"] == [{"number": titles["A005"], "technical_id": ids[titles["A005"]]}]
    document = etree.fromstring((tmp_path / "2.xml").read_bytes())
    etree.XMLSchema(etree.parse(shared / "domain" / "cpf.xsd")).assertValid(document)
    assert text(document, "codeInsee") == "56121"

    xml = f'<retour><ligne idTechnique="{ids[titles["A005"]]}" statut="accepte"/></retour>'
    season.good("cpf", "answer", write("retour2.xml", xml.encode()))
    listed = season.good("cpf", "list", "--json").json
    assert {title["standing"] for title in listed["titles"] if title["number"] in ids} == {"accepted"}
    assert [file["lines"] for file in listed["files"]] == [6, 1]


def test_nothing_of_the_civil_data_is_in_the_trail_or_in_a_deposit_that_is_kept(
    season: Cli, write: Write, tmp_path: Path
) -> None:
    season.good("cpf", "civil", write("civil.csv", civil_file()))
    season.good("cpf", "export", "--out", str(tmp_path / "depot.xml"))
    kept = rows(season.folder, "SELECT details FROM audit UNION ALL SELECT digest FROM cpf_rows")
    said = "\n".join(text for (text,) in kept)
    for word in ("Surakarta", "Marseille", "13055", "Oumarou", "SEN"):
        assert word not in said


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("A007;F;2 85 07 13 055 123 45;;;;;;;;;;", "prenom1"),
        ("A007;F;;;;;;;;;285071305512345;;", "commune_naissance"),
        ("A007;F;;;;;;;;;Marseille 2850713055123;;", "commune_naissance"),
        ("A007;F;;;;;;;;;;;1.85.07.2A.055.123", "pays_naissance"),
    ],
)
def test_a_social_security_number_is_refused_in_any_cell_and_never_repeated(
    season: Cli, write: Write, change: str, where: str
) -> None:
    ran = season("cpf", "civil", write("civil.csv", civil_file("A007", A007=change)))
    assert ran.code == 1
    assert f"[civil.nir] civil.csv: row 2, column {where}" in ran.err
    assert not re.search(r"[0-9]{7}", ran.err)
    assert rows(season.folder, "SELECT * FROM civil_data") == []


@pytest.mark.parametrize("column", ["nir", "NIR", "numero_securite_sociale", "Sécurité sociale", "no_secu"])
def test_a_column_of_social_security_numbers_is_refused_by_its_name(
    season: Cli, write: Write, column: str
) -> None:
    given = f"id_candidat;{column}\nA001;x\n".encode()
    season("cpf", "civil", write("civil.csv", given)).refused(1, "civil.nir", "NIR", "column 2")


def test_no_file_is_made_until_the_identifiers_are_known(founded: Cli, tmp_path: Path) -> None:
    ran = founded("cpf", "export", "--out", str(tmp_path / "x.xml"))
    ran.refused(1, "cpf.not_configured", "cpf.sender", "Caisse des Dépôts")
    assert not (tmp_path / "x.xml").exists()


def test_a_file_that_cannot_be_written_was_not_sent(season: Cli, write: Write) -> None:
    season.good("cpf", "civil", write("civil.csv", civil_file()))
    season("cpf", "export", "--out", write("there.xml", b"x")).refused(1, "out.unwritable")
    assert rows(season.folder, "SELECT * FROM cpf_rows") == []


def test_an_answer_on_a_line_that_was_never_sent_is_refused_whole(season: Cli, write: Write) -> None:
    given = f"id_technique;statut\n{'0' * 64};accepte\n".encode()
    season("cpf", "answer", write("r.csv", given)).refused(1, "cpf.line_unknown", "line 1")


def text(line: etree._Element, name: str) -> str | None:
    """Give the text of the first element of a name."""
    found = line.find(f".//c:{name}", NAMESPACE)
    return None if found is None else found.text
