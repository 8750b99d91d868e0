"""A file that cannot be read as a whole is one typed error; forms that can be read are detected."""

import pytest

from issuer.adapters.csv_import import FileKind, ImportFileError, Word, load_map, read_file
from issuer.adapters.csv_import import limits as bounds
from issuer.adapters.csv_import.columns import ColumnMap
from issuer.adapters.csv_import.file_wording import FILE_WORDING
from tests.unit.issuer.csv_import.csv_texts import ANNULMENT, CANDIDATE, RESULT, SESSION, csv_bytes

RESULTS = csv_bytes(RESULT)
HEADER = RESULTS.split(b"\n")[0]

UNREADABLE = {
    "import.empty": [b"", b"\n \n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"],
    "import.utf16": [
        RESULTS.decode().encode("utf-16"),
        RESULTS.decode().encode("utf-16-le"),
        RESULTS.decode().encode("utf-16-be"),
        RESULTS.decode().encode("utf-32"),
    ],
    "import.binary": [b"PK\x03\x04" + RESULTS, b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0", b"\x01\x02\x03\x04abc"],
    "import.undecodable": [
        RESULTS + b"S\x81\n",
        b"\xef\xbb\xbf" + RESULTS + "é".encode("cp1252"),
    ],
    "import.no_header": [
        b"S2024-06,2024-06-20,C001,Marchand-Delvaux,x,RNCP35080BC01,V,PV\n",
        b"\n" + RESULTS,
        b"bonjour\n",
    ],
    "import.missing_columns": [
        RESULTS.replace(b"composant", b"element"),
        csv_bytes(CANDIDATE).replace(b"voie", b"parcours"),
        csv_bytes(SESSION).replace(b"lies_au_candidat", b"liens"),
    ],
    "import.duplicate_header": [
        RESULTS.replace(b"prenoms", b"prenoms,NOM").replace(b",H", b",x,H"),
        RESULTS.replace(b"reference_pv", b"reference_pv,x,X"),
    ],
    "import.delimiter_ambiguous": [b"session;date_decision,nom\n", b"a;b,c\n", b"nom\tsession;voie\n"],
    "import.quoting": [
        RESULTS + b'S1,2024-06-20,"C001,x,y,z,v,p\n',
        RESULTS + b'S1,2024-06-20,"C001"x,x,y,z,v,p\n',
        b'"session,date_decision\n',
    ],
    "import.control_in_header": [RESULTS.replace(b"reference_pv", b"reference\x07_pv")],
    "import.too_large": [HEADER + b"\n" + b"\n" * bounds.MAX_FILE_BYTES],
    "import.too_many_rows": [HEADER + b"\nx" * (bounds.MAX_ROWS + 1)],
    "import.too_many_columns": [HEADER + b",x" * bounds.MAX_COLUMNS],
    "import.cell_too_long": [RESULTS.replace(b"PV-2024-06-20", b"x" * (bounds.MAX_CELL_CHARACTERS + 1))],
}


@pytest.mark.parametrize(
    ("code", "data"),
    [
        pytest.param(code, data, id=f"{code}-{n}")
        for code, files in UNREADABLE.items()
        for n, data in enumerate(files)
    ],
)
def test_an_unreadable_file_is_one_error_with_place_and_remedy(code: str, data: bytes) -> None:
    with pytest.raises(ImportFileError) as caught:
        read_file(data, "essai.csv")
    error = caught.value
    assert error.code == code
    assert error.where.split(":")[0] == "essai.csv"
    assert error.text().fr.startswith(f"{error.where}\u202f: ")
    assert error.text().en.startswith(f"{error.where}: ")
    assert all((error.message.fr, error.message.en, error.remedy.fr, error.remedy.en))
    assert str(error) == f"{code} ({error.where})"


def test_a_file_at_the_limits_is_read() -> None:
    full = RESULTS.replace(b"PV-2024-06-20", b"x" * bounds.MAX_CELL_CHARACTERS)
    assert read_file(full, "essai.csv").problems == ()


def test_an_error_quotes_no_cell_in_its_own_text() -> None:
    rows = b"S2024-06,2024-06-20,C001,Marchand-Delvaux,x,RNCP35080BC01,V,PV\n"
    with pytest.raises(ImportFileError) as caught:
        read_file(rows, "essai.csv")
    assert "Marchand" not in str(caught.value) + repr(caught.value.args)
    assert "Marchand-Delvaux" in caught.value.message.fr


def test_missing_columns_are_listed_under_the_names_expected_in_this_file() -> None:
    with pytest.raises(ImportFileError) as caught:
        read_file(
            "Session;Date délibération;N° auditeur;NOM;Prénom(s);Résultat\n".encode("cp1252"), "export.csv"
        )
    assert "Code élément, Réf. PV" in caught.value.message.fr
    assert "N° auditeur" in caught.value.message.en


def test_the_place_of_an_undecodable_byte_is_its_row() -> None:
    with pytest.raises(ImportFileError) as caught:
        read_file(RESULTS + b"S\x8f\n", "essai.csv")
    assert (caught.value.where, "0x8F" in caught.value.message.fr) == ("essai.csv:3", True)


def test_sessions_without_a_certification_are_refused() -> None:
    with pytest.raises(ImportFileError, match=r"import\.certification_missing"):
        read_file(csv_bytes(SESSION), "jurys.csv")
    column = {**SESSION, "certification": "RNCP35080"}
    assert read_file(csv_bytes(column), "jurys.csv").sessions[0].certification == "RNCP35080"
    empty = read_file(csv_bytes({**SESSION, "certification": ""}), "jurys.csv")
    assert [(problem.column, problem.code) for problem in empty.problems] == [
        ("certification", "E-EMPTY-CELL")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_encoding_delimiter_and_line_end_reads_the_same(
    encoding: str, delimiter: str, line_end: str
) -> None:
    text = csv_bytes(RESULT, delimiter=delimiter).decode().replace("\n", line_end)
    read = read_file(text.encode(encoding), "essai.csv")
    assert read.rows == read_file(RESULTS, "essai.csv").rows
    assert read.detected.delimiter == delimiter
    assert (read.detected.encoding, read.detected.bom) == {
        "utf-8": ("UTF-8", False),
        "utf-8-sig": ("UTF-8", True),
        "cp1252": ("Windows-1252", False),
    }[encoding]


def test_headers_match_without_case_accents_and_spaces() -> None:
    data = RESULTS.replace(b"date_decision", " Date Décision ".encode()).replace(
        b"prenoms", "PRÉNOMS".encode()
    )
    read = read_file(data, "essai.csv")
    assert read.rows[0].given_names == "Hélène"
    assert read.detected.columns["date_decision"] == "Date Décision"


def test_unknown_columns_are_said_to_be_unused() -> None:
    read = read_file(csv_bytes({**RESULT, "remarque": "x", "": ""}), "essai.csv")
    assert (read.detected.ignored, len(read.rows)) == (("remarque", ""), 1)


def test_a_header_alone_is_a_file_without_rows() -> None:
    read = read_file(HEADER, "essai.csv")
    assert (read.row_count, read.rows, read.problems, read.detected.date_form) == (0, (), (), None)


def test_a_map_for_another_kind_is_refused() -> None:
    mapping = ColumnMap("essai", FileKind.RESULTS)
    with pytest.raises(ImportFileError, match=r"import\.wrong_kind"):
        read_file(csv_bytes(CANDIDATE), "candidats.csv", mapping=mapping)


def test_a_header_that_fits_two_kinds_is_ambiguous() -> None:
    with pytest.raises(ImportFileError, match=r"import\.kind_ambiguous"):
        read_file(csv_bytes({**RESULT, **ANNULMENT}), "essai.csv")


def test_a_header_that_a_map_gives_to_one_column_is_no_other_column() -> None:
    mapping = ColumnMap("essai", FileKind.RESULTS, columns={"nom": "prenoms"})
    with pytest.raises(ImportFileError) as caught:
        read_file(RESULTS, "essai.csv", mapping=mapping)
    assert (caught.value.code, "manquent\u202f: prenoms." in caught.value.message.fr) == (
        "import.missing_columns",
        True,
    )


@pytest.mark.parametrize(
    ("certification", "component", "decision"),
    [
        ("", "RNCP35080", "non attribué"),
        ("", "RNCP35080BC01", "non validé"),
        ("RNCP35080", "RNCP35080", "non attribué"),
        ("rncp35080", "RNCP28720", "non validé"),
        ("X-BC01", "X-BC01", "non attribué"),
    ],
)
def test_one_abbreviation_may_differ_between_block_and_title(
    certification: str, component: str, decision: str
) -> None:
    mapping = ColumnMap(
        "essai", FileKind.RESULTS, words={"decision": (Word("AJ", "non validé", "non attribué"),)}
    )
    data = csv_bytes({**RESULT, "composant": component, "decision": "aj"})
    row = read_file(data, "essai.csv", mapping=mapping, certification=certification).rows[0]
    assert (row.decision, row.normalised) == (decision, ("decision",))


BAD_MAPS = {
    "map.unreadable": [
        b"a: [",
        b"\xff",
        b"[" * 5000,
        b"x: \x00",
        b"#" * (bounds.MAX_MAP_BYTES + 1),
        b'"\\UFFFFFFFF"',
    ],
    "map.unknown_key": [b"fichier: resultats\nautre: x", b"fichier: jurys\ncolonnes: {nom: x}"],
    "map.duplicate_key": [b"fichier: jurys\nfichier: resultats"],
    "map.bad_value": [
        b"",
        b"texte",
        b"nom: x",
        b"fichier: autre",
        b"fichier: resultats\ndates: MM/JJ/AAAA",
        b"fichier: resultats\nnoms_en_capitales: peut-etre",
        b"fichier: resultats\ncolonnes: [nom]",
        b"fichier: resultats\ncolonnes: {nom: [x]}",
        b"fichier: resultats\nmots: {decision: {V: admis}}",
        b"fichier: resultats\nmots: {decision: {V: {bloc: absent}}}",
        b"fichier: resultats\nmots: {voie: {V: {bloc: vae, titre: vae}}}",
        b"&a {fichier: resultats, colonnes: {nom: *a}}",
    ],
    "map.same_header": [
        b"fichier: resultats\ncolonnes: {nom: Nom, prenoms: NOM}",
        b"fichier: resultats\ncolonnes: {nom: '---'}",
    ],
    "map.word_taken": [
        b"fichier: resultats\nmots: {decision: {absent: absent}}",
        b"fichier: resultats\nmots: {decision: {V: absent, v: absent}}",
        b"fichier: jurys\nmots: {oui_non: {OUI: oui}}",
    ],
}


@pytest.mark.parametrize(
    ("code", "data"),
    [
        pytest.param(code, data, id=f"{code}-{n}")
        for code, maps in BAD_MAPS.items()
        for n, data in enumerate(maps)
    ],
)
def test_a_map_that_cannot_be_used_is_one_error_with_place_and_remedy(code: str, data: bytes) -> None:
    with pytest.raises(ImportFileError) as caught:
        load_map(data, "essai.yaml")
    assert caught.value.code == code
    assert caught.value.where.startswith("essai.yaml")
    assert "{" not in caught.value.text().fr


def test_plain_yaml_words_stay_words() -> None:
    mapping = load_map(b"fichier: jurys\nmots: {oui_non: {yes: oui, no: non, 2024-01-01: non}}", "essai.yaml")
    assert [(word.written, word.block) for word in mapping.words["oui_non"]] == [
        ("yes", "oui"),
        ("no", "non"),
        ("2024-01-01", "non"),
    ]


def test_a_decision_word_without_its_accent_may_be_declared() -> None:
    mapping = load_map("fichier: resultats\nmots: {decision: {valide: validé}}".encode(), "essai.yaml")
    row = read_file(csv_bytes({**RESULT, "decision": "valide"}), "essai.csv", mapping=mapping).rows[0]
    assert (row.decision, row.normalised) == ("validé", ())


def test_every_file_code_is_shown_by_a_test_of_this_file() -> None:
    elsewhere = {"import.certification_missing", "import.wrong_kind", "import.kind_ambiguous"}
    assert set(UNREADABLE) | set(BAD_MAPS) | elsewhere == set(FILE_WORDING)
