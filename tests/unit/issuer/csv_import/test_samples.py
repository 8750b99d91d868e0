"""The sample files that ship with the demo are read as their README says."""

from datetime import date
from pathlib import Path

import pytest

from issuer.adapters.csv_import import DateForm, FileKind, ReadFile, load_map, read_file
from issuer.domain.records import Side, Tie
from issuer.samples import example_map, sample_files

EXPECTED = Path(__file__).resolve().parents[3] / "data" / "expected.yaml"
EXPORT = "export-sis-2026-06.csv"


def read_sample(name: str) -> ReadFile:
    return read_file(sample_files()[name], name, certification="RNCP35080")


@pytest.mark.parametrize(
    ("name", "kind", "form", "rows"),
    [
        ("candidats.csv", FileKind.CANDIDATES, ("UTF-8", False, ","), 12),
        ("jurys.csv", FileKind.SESSIONS, ("UTF-8", False, ","), 5),
        ("pv-jury-2024-06.csv", FileKind.RESULTS, ("UTF-8", False, ","), 12),
        ("pv-jury-2025-06.csv", FileKind.RESULTS, ("UTF-8", True, ","), 26),
        ("pv-jury-2025-09.csv", FileKind.RESULTS, ("UTF-8", False, ","), 2),
        ("pv-jury-2025-10-vae.csv", FileKind.RESULTS, ("UTF-8", False, ","), 4),
        (EXPORT, FileKind.RESULTS, ("Windows-1252", False, ";"), 12),
    ],
)
def test_each_sample_is_read_whole_and_as_detected(
    name: str, kind: FileKind, form: tuple[str, bool, str], rows: int
) -> None:
    read = read_sample(name)
    detected = read.detected
    assert (read.kind, (detected.encoding, detected.bom, detected.delimiter)) == (kind, form)
    values = (*read.candidates, *read.sessions, *read.rows, *read.annulments)
    assert (read.row_count, len(values), list(read.problems)) == (rows, rows, [])


def test_samples_come_in_import_order_and_are_the_papers_bytes(shared: Path) -> None:
    files = sample_files()
    kinds = [read_sample(name).kind for name in files]
    assert kinds == [FileKind.CANDIDATES, FileKind.SESSIONS] + [FileKind.RESULTS] * 5
    folder = shared / "domain" / "samples"
    assert dict(files) == {path.name: path.read_bytes() for path in folder.glob("*.csv")}


def test_the_expected_outcome_is_the_papers_own(shared: Path) -> None:
    assert EXPECTED.read_bytes() == (shared / "domain" / "samples" / "expected.yaml").read_bytes()


def test_names_keep_accents_case_and_apostrophes() -> None:
    names = {candidate.id: candidate.display_name for candidate in read_sample("candidats.csv").candidates}
    assert names["C003"] == "Zoé Le Guennec, nom d’usage Le Guennec-Roux"
    assert names["C004"] == "Suryani"
    assert names["C005"] == "Łukasz Wiśniewski"
    assert names["C006"] == "Jean-Baptiste Éloi d'Aubigné-Œuvray"


def test_candidates_without_birth_date_or_mail_are_taken() -> None:
    last = read_sample("candidats.csv").candidates[-1]
    assert (last.id, last.birth_date, last.email, last.route) == ("C012", None, None, "apprenticeship")


def test_sessions_carry_ties_routes_places_and_signatures() -> None:
    sessions = {session.id: session for session in read_sample("jurys.csv").sessions}
    assert sessions["S2025-06"].ties == (Tie("C009", Side.INTERNAL, recused=True),)
    assert sessions["S2026-06"].routes == ("continuing_education", "vae")
    assert (sessions["S2025-10V"].place, sessions["S2025-10V"].certification) == ("à distance", "RNCP35080")
    assert [session.signed for session in sessions.values()] == [True, True, False, True, True]
    assert sessions["S2025-09"].signatory is None


def test_only_the_decomposed_name_of_c007_is_normalised_in_the_2025_record() -> None:
    rows = [row for row in read_sample("pv-jury-2025-06.csv").rows if row.normalised]
    assert [(row.candidate_id, row.component, row.family_name) for row in rows] == [
        ("C007", "RNCP35080BC01", "Nguyễn")
    ]


def test_a_two_digit_year_is_left_to_the_rules_as_written() -> None:
    unread = [row for row in read_sample("pv-jury-2025-06.csv").rows if row.decision_date is None]
    assert [(row.number, row.decision_date_text, row.component) for row in unread] == [
        (24, "19/06/25", "RNCP35080BC02")
    ]


def test_a_conditional_decision_and_a_missing_identifier_are_left_as_written() -> None:
    rows = read_sample("pv-jury-2025-06.csv").rows
    assert rows[20].decision == "validé sous réserve"
    assert (rows[25].candidate_id, rows[25].family_name, rows[25].number) == ("", "Rivière", 27)


def test_the_export_is_recognised_by_its_own_column_names() -> None:
    detected = read_sample(EXPORT).detected
    assert detected.columns["id_candidat"] == "N° auditeur"
    assert detected.columns["prenoms"] == "Prénom(s)"
    assert detected.ignored == ("Année universitaire", "Libellé élément")
    assert (detected.date_form, detected.mapping) == (DateForm.FRENCH, "export du logiciel de scolarité")


def test_the_export_words_mean_what_the_papers_say() -> None:
    decisions = {(row.candidate_id, row.component): row.decision for row in read_sample(EXPORT).rows}
    assert decisions["C008", "RNCP35080BC04"] == "validé"
    assert decisions["C008", "RNCP35080"] == "attribué"
    assert decisions["C009", "RNCP35080BC03"] == "non validé"
    assert decisions["C009", "RNCP35080BC04"] == "absent"
    assert decisions["C002", "RNCP35080BC01"] == "??"


def test_byte_8c_of_the_export_is_the_ligature() -> None:
    row = next(row for row in read_sample(EXPORT).rows if row.candidate_id == "C006")
    assert row.family_name == "D'AUBIGNÉ-ŒUVRAY"


def test_export_names_are_compared_folded_and_its_declared_forms_are_not_normalisation() -> None:
    rows = read_sample(EXPORT).rows
    assert all(row.compare_folded for row in rows)
    assert {(row.candidate_id, row.component): row.normalised for row in rows if row.normalised} == {
        ("C004", "RNCP35080BC02"): ("composant",),
        ("C004", "RNCP35080BC04"): ("date_decision",),
    }
    assert {row.decision_date for row in rows} == {date(2026, 6, 18), date(2027, 6, 17)}


def test_the_example_map_reads_the_file_that_it_describes() -> None:
    data = (
        "Session;Jury du;Numéro;Nom;Prénoms;Bloc;Avis du jury;PV\n"
        "S1;18/06/2026;C001;Le Guennec;Zoé;RNCP35080BC01;Acquis;PV-1\n"
        "S1;18/06/2026;C001;Le Guennec;Zoé;RNCP35080;Refusé;PV-1\n"
    ).encode()
    read = read_file(data, "essai.csv", mapping=load_map(example_map(), "correspondance.yaml"))
    assert [row.decision for row in read.rows] == ["validé", "non attribué"]
    assert [row.normalised for row in read.rows] == [(), ()]
