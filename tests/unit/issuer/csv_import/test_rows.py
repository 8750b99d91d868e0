"""Each faulty cell refuses its row with place, value, sentence and remedy; good forms are read."""

from collections.abc import Mapping
from datetime import date

import pytest

from issuer.adapters.csv_import import ReadFile, Severity, read_file
from issuer.adapters.csv_import.row_wording import ROW_WORDING
from issuer.domain.records import PathChange, Side, Tie
from tests.unit.issuer.csv_import.csv_texts import ANNULMENT, CANDIDATE, RESULT, SESSION, csv_bytes

FAULTS: list[tuple[Mapping[str, str], str, str, str]] = [
    (CANDIDATE, "id_candidat", "", "E-EMPTY-CELL"),
    (CANDIDATE, "nom_naissance", "", "E-EMPTY-CELL"),
    (CANDIDATE, "nom_naissance", "undefined", "E-PLACEHOLDER-NAME"),
    (CANDIDATE, "nom_naissance", "NULL", "E-PLACEHOLDER-NAME"),
    (CANDIDATE, "nom_naissance", "Martin%PDF-", "E-PLACEHOLDER-NAME"),
    (CANDIDATE, "nom_naissance", "N/A", "E-PLACEHOLDER-NAME"),
    (CANDIDATE, "nom_naissance", "-", "E-PLACEHOLDER-NAME"),
    (CANDIDATE, "prenoms", "?", "E-PLACEHOLDER-NAME"),
    (CANDIDATE, "prenoms", "undefined undefined", "E-PLACEHOLDER-NAME"),
    (CANDIDATE, "nom_usage", "#N/A", "E-PLACEHOLDER-NAME"),
    (CANDIDATE, "prenoms", "HÃ©lÃ¨ne", "E-MOJIBAKE-NAME"),
    (CANDIDATE, "prenoms", "Ã‰loi", "E-MOJIBAKE-NAME"),
    (CANDIDATE, "nom_naissance", "Dâ€™Aubigny", "E-MOJIBAKE-NAME"),
    (CANDIDATE, "nom_naissance", "Å’uvray", "E-MOJIBAKE-NAME"),
    (CANDIDATE, "nom_naissance", "ÐŸÐµÑ‚Ñ€", "E-MOJIBAKE-NAME"),
    (CANDIDATE, "nom_naissance", "Wi?niewski", "E-LOST-CHARACTER-NAME"),
    (CANDIDATE, "nom_naissance", "Wi\ufffdniewski", "E-LOST-CHARACTER-NAME"),
    (CANDIDATE, "nom_naissance", "Marchand2", "E-DIGIT-IN-NAME"),
    (CANDIDATE, "nom_naissance", "0612", "E-DIGIT-IN-NAME"),
    (CANDIDATE, "nom_naissance", "Le\u000bGuennec", "E-CONTROL-CHARACTER"),
    (CANDIDATE, "nom_naissance", "Le\x00Guennec", "E-CONTROL-CHARACTER"),
    (CANDIDATE, "nom_naissance", "Le\x85Guennec", "E-CONTROL-CHARACTER"),
    (CANDIDATE, "nom_naissance", "Le\ufffeGuennec", "E-CONTROL-CHARACTER"),
    (CANDIDATE, "nom_naissance", "Le\uffffGuennec", "E-CONTROL-CHARACTER"),
    (CANDIDATE, "nom_naissance", "Le\u202eGuennec", "E-CONTROL-CHARACTER"),
    (CANDIDATE, "nom_naissance", "Le\nGuennec", "E-CONTROL-CHARACTER"),
    (CANDIDATE, "date_naissance", "09/03/84", "E-DATE-FORMAT"),
    (CANDIDATE, "date_naissance", "1984-02-30", "E-DATE-FORMAT"),
    (CANDIDATE, "date_naissance", "0984-03-09", "E-DATE-FORMAT"),
    (CANDIDATE, "date_entree", "45000", "E-DATE-FORMAT"),
    (CANDIDATE, "date_entree", "09/19/2022", "E-DATE-FORMAT"),
    (CANDIDATE, "date_entree", "²022-09-19", "E-DATE-FORMAT"),
    (CANDIDATE, "voie", "", "E-EMPTY-CELL"),
    (CANDIDATE, "voie", "formation", "E-UNKNOWN-WORD"),
    (CANDIDATE, "courriel", "helene", "E-EMAIL-FORMAT"),
    (CANDIDATE, "courriel", "a@b@example.org", "E-EMAIL-FORMAT"),
    (CANDIDATE, "courriel", "helene @example.org", "E-EMAIL-FORMAT"),
    (CANDIDATE, "courriel", "helene@example", "E-EMAIL-FORMAT"),
    (CANDIDATE, "courriel", "=?utf-8?q?x=0d=0aBcc=3a_y=40z.example?=@example.org", "E-EMAIL-FORMAT"),
    (CANDIDATE, "date_reprise", "bientôt", "E-DATE-FORMAT"),
    (CANDIDATE, "changements_voie", "2024-09-16", "E-PATH-CHANGE-FORMAT"),
    (CANDIDATE, "changements_voie", "2024-09-16:ailleurs", "E-PATH-CHANGE-FORMAT"),
    (CANDIDATE, "prerequis", "peut-être", "E-UNKNOWN-WORD"),
    (SESSION, "session", "", "E-EMPTY-CELL"),
    (SESSION, "date_jury", "", "E-EMPTY-CELL"),
    (SESSION, "date_jury", "20/06/24", "E-DATE-FORMAT"),
    (SESSION, "voies", "", "E-EMPTY-CELL"),
    (SESSION, "voies", "vae|nulle part", "E-UNKNOWN-WORD"),
    (SESSION, "internes", "deux", "E-NUMBER"),
    (SESSION, "internes", "-1", "E-NUMBER"),
    (SESSION, "exterieurs", "²", "E-NUMBER"),
    (SESSION, "exterieurs", "", "E-EMPTY-CELL"),
    (SESSION, "president", "peut-être", "E-UNKNOWN-WORD"),
    (SESSION, "pv_signe", "", "E-EMPTY-CELL"),
    (SESSION, "lies_au_candidat", "C009", "E-TIE-FORMAT"),
    (SESSION, "lies_au_candidat", "C009:interne:absent", "E-TIE-FORMAT"),
    (SESSION, "lies_au_candidat", "C009:ailleurs", "E-TIE-FORMAT"),
    (SESSION, "lies_au_candidat", ":interne", "E-TIE-FORMAT"),
    (SESSION, "lies_au_candidat", "C009:interne:deport:x", "E-TIE-FORMAT"),
    (RESULT, "session", "", "E-EMPTY-CELL"),
    (RESULT, "nom", "Le\u0007Guennec", "E-CONTROL-CHARACTER"),
    (RESULT, "date_naissance", "84", "E-DATE-FORMAT"),
    (ANNULMENT, "id_candidat", "", "E-EMPTY-CELL"),
    (ANNULMENT, "date_annulation", "", "E-EMPTY-CELL"),
    (ANNULMENT, "date_annulation", "2024-13-01", "E-DATE-FORMAT"),
    (ANNULMENT, "composants", "", "E-EMPTY-CELL"),
    (ANNULMENT, "auteur", "le secrétariat", "E-UNKNOWN-WORD"),
    (ANNULMENT, "motif", "", "E-EMPTY-CELL"),
    (ANNULMENT, "reference", "", "E-EMPTY-CELL"),
    (ANNULMENT, "date_decision", "hier", "E-DATE-FORMAT"),
]


def read(*rows: Mapping[str, str]) -> ReadFile:
    return read_file(csv_bytes(*rows), "essai.csv", certification="RNCP35080")


def values(file: ReadFile) -> list[object]:
    return [*file.candidates, *file.sessions, *file.rows, *file.annulments]


@pytest.mark.parametrize(("good", "column", "value", "code"), FAULTS)
def test_a_faulty_cell_refuses_its_row_and_says_where_what_and_how_to_mend_it(
    good: Mapping[str, str], column: str, value: str, code: str
) -> None:
    file = read({**good, column: value})
    assert values(file) == []
    assert file.refused_rows == (2,)
    assert [(problem.row, problem.column, problem.value, problem.code) for problem in file.problems] == [
        (2, column, value, code)
    ]
    problem = file.problems[0]
    text = problem.text()
    assert text.fr.startswith(f"Ligne 2, colonne «\u202f{column}\u202f», valeur «\u202f")
    assert text.en.startswith(f"Row 2, column “{column}”, value “")
    assert text.fr.endswith(problem.remedy.fr)
    assert text.en.endswith(problem.remedy.en)
    assert "{" not in text.fr + text.en
    assert not any(ord(char) < 0x20 for char in text.fr + text.en)


@pytest.mark.parametrize("good", [CANDIDATE, SESSION, RESULT, ANNULMENT])
def test_a_good_row_has_no_problem(good: Mapping[str, str]) -> None:
    file = read(good)
    assert (len(values(file)), file.problems) == (1, ())


def test_all_faults_of_all_rows_are_told_at_once() -> None:
    bad = {**CANDIDATE, "nom_naissance": "null", "date_entree": "x", "voie": "y", "courriel": "z"}
    file = read(bad, {**CANDIDATE, "id_candidat": "C002", "courriel": ""}, {**bad, "id_candidat": "C003"})
    assert [problem.row for problem in file.problems] == [2, 2, 2, 2, 4, 4, 4, 4]
    assert (file.refused_rows, [candidate.id for candidate in file.candidates]) == ((2, 4), ["C002"])


def test_a_control_character_hides_no_other_fault_of_its_row() -> None:
    file = read({**CANDIDATE, "prenoms": "Zo\x0bé", "date_entree": "19/09/22"})
    assert [problem.code for problem in file.problems] == ["E-CONTROL-CHARACTER", "E-DATE-FORMAT"]


def test_a_line_break_in_an_unused_column_refuses_the_row() -> None:
    file = read({**RESULT, "remarque": "a\nb"}, {**RESULT, "remarque": ""})
    assert [(problem.row, problem.column, problem.code) for problem in file.problems] == [
        (2, "remarque", "E-CONTROL-CHARACTER")
    ]
    assert [row.number for row in file.rows] == [3]


def test_a_row_with_too_many_or_too_few_cells_is_refused_and_the_rest_read() -> None:
    data = csv_bytes(RESULT) + b"S1,2024-06-20\n" + b",".join([b"x"] * 10) + b"\n" + b",,,,,,,\n\n"
    file = read_file(data, "essai.csv")
    assert (file.row_count, len(file.rows)) == (3, 1)
    assert [(problem.row, problem.code, problem.column, problem.value) for problem in file.problems] == [
        (3, "E-CELL-COUNT", "id_candidat", ""),
        (4, "E-CELL-COUNT", "reference_pv", "x"),
    ]


def test_optional_columns_of_a_candidate_are_read() -> None:
    extra = {
        "nom_latin": "Olena Petrenko",
        "date_reprise": "2025-12-01",
        "changements_voie": "2024-09-16:vae|01/02/2024:apprentissage",
        "blocs_inscrits": "rncp35080bc01|RNCP35080BC02",
        "prerequis": "non",
        "date_deces": "2026-01-02",
    }
    candidate = read({**CANDIDATE, **extra}).candidates[0]
    assert candidate.latin_name == "Olena Petrenko"
    assert candidate.reentry_date == date(2025, 12, 1)
    assert candidate.path_changes == (
        PathChange(date(2024, 2, 1), "apprenticeship"),
        PathChange(date(2024, 9, 16), "vae"),
    )
    assert candidate.enrolled_blocks == ("RNCP35080BC01", "RNCP35080BC02")
    assert (candidate.prerequisite_evidence, candidate.deceased_on) == (False, date(2026, 1, 2))


@pytest.mark.parametrize(
    ("word", "route"),
    [
        ("formation_continue", "continuing_education"),
        ("Formation continue", "continuing_education"),
        ("apprentissage", "apprenticeship"),
        ("contrat_professionnalisation", "professionalisation_contract"),
        ("candidature_individuelle", "individual_application"),
        ("VAE", "vae"),
        ("étudiant", "student"),
        ("formation_initiale", "student"),
    ],
)
def test_french_routes_become_the_certification_s_keys(word: str, route: str) -> None:
    assert read({**CANDIDATE, "voie": word}).candidates[0].route == route


def test_ties_are_read_with_side_and_recusal() -> None:
    session = read({**SESSION, "lies_au_candidat": "C009:interne:deport|C001:Extérieur"}).sessions[0]
    assert session.ties == (
        Tie("C009", Side.INTERNAL, recused=True),
        Tie("C001", Side.EXTERNAL, recused=False),
    )


def test_a_session_takes_its_own_certification_before_the_argument() -> None:
    session = read({**SESSION, "certification": "rncp99999", "memoire_cite": "non"}).sessions[0]
    assert (session.certification, session.cites_memoire) == ("RNCP99999", False)


def test_annulments_are_read() -> None:
    row = {
        **ANNULMENT,
        "composants": "RNCP35080BC01| rncp35080 ",
        "auteur": "Juge",
        "date_decision": "20/06/2024",
    }
    annulment = read(row).annulments[0]
    assert (annulment.scope, annulment.by) == (("RNCP35080BC01", "RNCP35080"), "juge")
    assert (annulment.on, annulment.session_date) == (date(2024, 9, 12), date(2024, 6, 20))


@pytest.mark.parametrize("good", [CANDIDATE, SESSION, ANNULMENT])
def test_a_row_repeated_as_it_is_counts_once_with_a_notice(good: Mapping[str, str]) -> None:
    file = read(good, good, good)
    assert (len(values(file)), file.refused_rows) == (1, ())
    assert [(problem.row, problem.code, problem.severity) for problem in file.problems] == [
        (3, "W-DUPLICATE-ROW", Severity.NOTICE),
        (4, "W-DUPLICATE-ROW", Severity.NOTICE),
    ]


@pytest.mark.parametrize(
    ("good", "column", "other"),
    [(CANDIDATE, "prenoms", "Héloïse"), (CANDIDATE, "date_naissance", "84"), (SESSION, "internes", "3")],
)
def test_one_identifier_with_two_contents_refuses_every_row_of_it(
    good: Mapping[str, str], column: str, other: str
) -> None:
    file = read(good, good, {**good, column: other})
    assert values(file) == []
    assert file.refused_rows == (2, 3, 4)
    assert sum(problem.code == "E-DUPLICATE-ID" for problem in file.problems) == 3


def test_repeated_results_are_kept_for_the_rules_to_count() -> None:
    assert [row.number for row in read(RESULT, RESULT).rows] == [2, 3]


def test_one_address_for_two_people_is_a_notice_on_both() -> None:
    file = read(CANDIDATE, {**CANDIDATE, "id_candidat": "C002"})
    assert [(problem.row, problem.code) for problem in file.problems] == [
        (2, "W-SHARED-EMAIL"),
        (3, "W-SHARED-EMAIL"),
    ]
    assert len(file.candidates) == 2


def test_a_candidate_s_name_is_brought_to_nfc_and_said() -> None:
    file = read({**CANDIDATE, "prenoms": " He\u0301le\u0300ne "})
    assert file.candidates[0].given_names == "Hélène"
    assert [problem.code for problem in file.problems] == ["W-NORMALISED"]


@pytest.mark.parametrize(
    "name", ["N'Diaye", "Nguyễn", "Петренко", "Øvergård", "JOÃO", "Strauß", "李", "Ÿ", "Null’Aven"]
)
def test_real_names_of_any_script_are_taken(name: str) -> None:
    assert read({**CANDIDATE, "nom_naissance": name}).candidates[0].birth_name == name


@pytest.mark.parametrize(
    ("column", "value", "normalised"),
    [
        ("decision", "Validé", ("decision",)),
        ("decision", " validé", ("decision",)),
        ("composant", "rncp35080bc01", ("composant",)),
        ("nom", "Marchand-Delvaux ", ("nom",)),
        ("nom", "MARCHAND-DELVAUX", ()),
        ("session", "s2024-06", ()),
        ("date_decision", "20/06/2024", ("date_decision",)),
    ],
)
def test_what_counts_as_normalised_in_a_result(column: str, value: str, normalised: tuple[str, ...]) -> None:
    other = {**RESULT, "composant": "RNCP35080BC02"}
    assert read({**RESULT, column: value}, other, other).rows[0].normalised == normalised


def test_a_file_of_french_dates_alone_is_not_normalised() -> None:
    assert read({**RESULT, "date_decision": "20/06/2024"}).rows[0].normalised == ()


@pytest.mark.parametrize("word", ["valide", "V", "admis", "", "validé sous réserve", "ＶＡＬＩＤÉ"])
def test_an_undeclared_decision_word_is_never_guessed(word: str) -> None:
    assert read({**RESULT, "decision": word}).rows[0].decision == word


def test_a_code_with_letters_beyond_ascii_is_not_turned_into_another() -> None:
    assert read({**RESULT, "composant": "rncp35080bc0ı"}).rows[0].component == "rncp35080bc0ı"


def test_every_row_code_is_shown_by_a_test_of_this_file() -> None:
    shown = {code for _, _, _, code in FAULTS}
    notices = {"W-DUPLICATE-ROW", "W-SHARED-EMAIL", "W-NORMALISED"}
    assert shown | notices | {"E-CELL-COUNT", "E-DUPLICATE-ID"} == set(ROW_WORDING)
