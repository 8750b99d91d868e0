"""Any record written as CSV reads back equal; any bytes give a value or one typed error."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from issuer.adapters.csv_import import ImportFileError, ReadFile, read_file
from issuer.adapters.csv_import.cells import CONTROL
from issuer.adapters.csv_import.names import name_fault
from issuer.domain.normalisation import clean_text
from issuer.domain.records import Annulment, Candidate, JurySession, PathChange, ResultRow, Side, Tie
from issuer.samples import sample_files

CP1252 = "".join(bytes([byte]).decode("cp1252", errors="ignore") for byte in range(0x20, 0x100))
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252")
ROUTES = {
    "continuing_education": "formation_continue",
    "apprenticeship": "apprentissage",
    "professionalisation_contract": "contrat_professionnalisation",
    "individual_application": "candidature_individuelle",
    "vae": "vae",
    "student": "etudiant",
}
WORDS = ("validé", "non validé", "absent", "attribué", "non attribué")

# No deadline: the machine is shared. Clean texts are drawn by filtering.
ROUND_TRIP = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def is_clean(text: str) -> bool:
    return clean_text(text) == (text, False) and not CONTROL.search(text)


def texts(encoding: str, *, least: int = 0) -> st.SearchStrategy[str]:
    alphabet = (
        st.sampled_from(CP1252) if encoding == "cp1252" else st.characters(exclude_categories=("Cs", "Cc"))
    )
    return (
        st.text(alphabet, min_size=least, max_size=20)
        .map(lambda text: clean_text(text)[0])
        .filter(lambda text: is_clean(text) and len(text) >= least)
    )


def names(encoding: str, *, least: int = 0) -> st.SearchStrategy[str]:
    return texts(encoding, least=least).filter(lambda name: not name or name_fault(name) is None)


DATES = st.dates(min_value=date(1900, 1, 1))
CODES = st.from_regex(r"RNCP[0-9]{2,5}(BC[0-9]{2})?", fullmatch=True)
IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,8}", fullmatch=True)
EMAILS = st.from_regex(r"[a-z.é]{1,8}@[a-z]{1,8}\.[a-z]{2,3}", fullmatch=True)


@st.composite
def candidates(draw: st.DrawFn, encoding: str) -> Candidate:
    return Candidate(
        id=draw(IDS),
        birth_name=draw(names(encoding, least=1)),
        usage_name=draw(names(encoding)) or None,
        given_names=draw(names(encoding)),
        birth_date=draw(st.none() | DATES),
        route=draw(st.sampled_from(sorted(ROUTES))),
        entry_date=draw(st.none() | DATES),
        email=draw(st.none() | EMAILS),
        latin_name=draw(names(encoding)) or None,
        reentry_date=draw(st.none() | DATES),
        path_changes=tuple(
            sorted(
                draw(st.lists(st.builds(PathChange, DATES, st.sampled_from(sorted(ROUTES))), max_size=2)),
                key=lambda change: change.on,
            )
        ),
        enrolled_blocks=tuple(draw(st.lists(CODES, max_size=3))),
        prerequisite_evidence=draw(st.booleans()),
        deceased_on=draw(st.none() | DATES),
    )


@st.composite
def sessions(draw: st.DrawFn, encoding: str) -> JurySession:
    return JurySession(
        id=draw(texts(encoding, least=1)),
        certification=draw(CODES),
        on=draw(DATES),
        routes=tuple(draw(st.lists(st.sampled_from(sorted(ROUTES)), min_size=1, max_size=3))),
        internal=draw(st.integers(0, 999)),
        external=draw(st.integers(0, 999)),
        represents_head=draw(st.booleans()),
        president=draw(st.booleans()),
        signed=draw(st.booleans()),
        signatory=draw(texts(encoding)) or None,
        ties=tuple(draw(st.lists(st.builds(Tie, IDS, st.sampled_from(Side), st.booleans()), max_size=3))),
        place=draw(texts(encoding)) or None,
        cites_memoire=draw(st.booleans()),
    )


@st.composite
def results(draw: st.DrawFn, encoding: str) -> ResultRow:
    day = draw(DATES)
    return ResultRow(
        source="essai.csv",
        number=0,
        session=draw(texts(encoding, least=1)),
        decision_date=day,
        decision_date_text=day.isoformat(),
        candidate_id=draw(IDS | st.just("")),
        family_name=draw(texts(encoding)),
        given_names=draw(texts(encoding)),
        component=draw(CODES),
        decision=draw(
            st.sampled_from(WORDS) | texts(encoding).filter(lambda word: word.casefold() not in WORDS)
        ),
        reference=draw(texts(encoding)),
        mention=draw(texts(encoding)) or None,
        birth_date=draw(st.none() | DATES),
    )


@st.composite
def annulments(draw: st.DrawFn, encoding: str) -> Annulment:
    return Annulment(
        candidate_id=draw(IDS),
        on=draw(DATES),
        scope=tuple(draw(st.lists(CODES, min_size=1, max_size=3))),
        by=draw(st.sampled_from(("jury", "administration", "juge"))),
        ground=draw(texts(encoding, least=1)),
        reference=draw(texts(encoding, least=1)),
        session_date=draw(st.none() | DATES),
    )


def cell(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return "" if value is None else str(value)


def candidate_cells(value: Candidate) -> Mapping[str, object]:
    return {
        "id_candidat": value.id,
        "nom_naissance": value.birth_name,
        "nom_usage": value.usage_name,
        "prenoms": value.given_names,
        "date_naissance": value.birth_date,
        "voie": ROUTES[value.route],
        "date_entree": value.entry_date,
        "courriel": value.email,
        "nom_latin": value.latin_name,
        "date_reprise": value.reentry_date,
        "changements_voie": "|".join(
            f"{change.on}:{ROUTES[change.to_route]}" for change in value.path_changes
        ),
        "blocs_inscrits": "|".join(value.enrolled_blocks),
        "prerequis": value.prerequisite_evidence,
        "date_deces": value.deceased_on,
    }


def session_cells(value: JurySession) -> Mapping[str, object]:
    sides = {Side.INTERNAL: "interne", Side.EXTERNAL: "externe"}
    ties = (f"{tie.candidate_id}:{sides[tie.side]}" + ":deport" * tie.recused for tie in value.ties)
    return {
        "session": value.id,
        "date_jury": value.on,
        "voies": "|".join(ROUTES[route] for route in value.routes),
        "internes": value.internal,
        "represente_ag": value.represents_head,
        "exterieurs": value.external,
        "president": value.president,
        "pv_signe": value.signed,
        "signataire": value.signatory,
        "lies_au_candidat": "|".join(ties),
        "lieu": value.place,
        "certification": value.certification,
        "memoire_cite": value.cites_memoire,
    }


def result_cells(value: ResultRow) -> Mapping[str, object]:
    return {
        "session": value.session,
        "date_decision": value.decision_date,
        "id_candidat": value.candidate_id,
        "nom": value.family_name,
        "prenoms": value.given_names,
        "composant": value.component,
        "decision": value.decision,
        "reference_pv": value.reference,
        "mention": value.mention,
        "date_naissance": value.birth_date,
    }


def annulment_cells(value: Annulment) -> Mapping[str, object]:
    return {
        "id_candidat": value.candidate_id,
        "date_annulation": value.on,
        "composants": "|".join(value.scope),
        "auteur": value.by,
        "motif": value.ground,
        "reference": value.reference,
        "date_decision": value.session_date,
    }


def written(rows: Sequence[Mapping[str, object]], delimiter: str, line_end: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(rows[0])
    writer.writerows([cell(value) for value in row.values()] for row in rows)
    return out.getvalue()


def reread(data: st.DataObject, rows: Sequence[Mapping[str, object]], encoding: str) -> ReadFile:
    delimiter = data.draw(st.sampled_from(",;\t"), "delimiter")
    body = written(rows, delimiter, data.draw(st.sampled_from(["\n", "\r\n", "\r"]), "line end")).encode(
        encoding
    )
    if encoding == "cp1252":
        # Bytes that happen to be UTF-8 are read as UTF-8: nobody could tell.
        assume(body.isascii() or not_utf8(body))
    read = read_file(body, "essai.csv")
    assert read == read_file(body, "essai.csv")
    assert read.detected.delimiter == delimiter
    assert read.refused_rows == ()
    return read


def not_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(data=st.data())
@ROUND_TRIP
def test_any_candidates_read_back_equal(encoding: str, data: st.DataObject) -> None:
    values = data.draw(
        st.lists(candidates(encoding), min_size=1, max_size=3, unique_by=lambda value: value.id)
    )
    assert list(reread(data, [candidate_cells(value) for value in values], encoding).candidates) == values


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(data=st.data())
@ROUND_TRIP
def test_any_sessions_read_back_equal(encoding: str, data: st.DataObject) -> None:
    values = data.draw(st.lists(sessions(encoding), min_size=1, max_size=3, unique_by=lambda value: value.id))
    assert list(reread(data, [session_cells(value) for value in values], encoding).sessions) == values


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(data=st.data())
@ROUND_TRIP
def test_any_results_read_back_equal_and_nothing_is_called_normalised(
    encoding: str, data: st.DataObject
) -> None:
    values = data.draw(st.lists(results(encoding), min_size=1, max_size=3))
    rows = reread(data, [result_cells(value) for value in values], encoding).rows
    assert [row.number for row in rows] == list(range(2, len(values) + 2))
    assert [result_cells(row) for row in rows] == [result_cells(value) for value in values]
    assert all(row.normalised == () for row in rows)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(data=st.data())
@ROUND_TRIP
def test_any_annulments_read_back_equal(encoding: str, data: st.DataObject) -> None:
    values = data.draw(st.lists(annulments(encoding), min_size=1, max_size=3, unique=True))
    assert list(reread(data, [annulment_cells(value) for value in values], encoding).annulments) == values


def outcome(data: bytes) -> ReadFile | tuple[str, str]:
    try:
        read = read_file(data, "essai.csv", certification="RNCP35080")
    except ImportFileError as error:
        failure = error
    else:
        check_problems(read)
        return read
    assert all((failure.message.fr, failure.message.en, failure.remedy.fr, failure.remedy.en))
    return failure.code, failure.where


def check_problems(read: ReadFile) -> None:
    for problem in read.problems:
        text = problem.text()
        assert problem.column
        assert text.fr.startswith(f"Ligne {problem.row}, colonne «")
        assert text.en.startswith(f"Row {problem.row}, column “")
        assert text.fr.endswith(problem.remedy.fr)
        assert text.en.endswith(problem.remedy.en)
        assert problem.remedy.fr
        assert problem.remedy.en


@given(data=st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes_give_a_value_or_the_one_error(data: bytes) -> None:
    assert outcome(data) == outcome(data)


@given(
    name=st.sampled_from(list(sample_files())),
    cuts=st.lists(
        st.tuples(st.integers(0, 3000), st.integers(0, 3), st.binary(max_size=3)), min_size=1, max_size=8
    ),
)
@settings(max_examples=200, deadline=None)
def test_any_damage_to_a_good_file_gives_a_value_or_the_one_error(
    name: str, cuts: list[tuple[int, int, bytes]]
) -> None:
    data = sample_files()[name]
    for start, length, inserted in cuts:
        place = start % (len(data) + 1)
        data = data[:place] + inserted + data[place + length :]
    assert outcome(data) == outcome(data)


@given(cells=st.lists(st.text(max_size=12), min_size=8, max_size=8))
@settings(deadline=None)
def test_any_cells_under_a_good_header_give_a_value_or_the_one_error(cells: list[str]) -> None:
    header = {name: name for name in candidate_cells(Candidate("x", "x", None, "", None, "vae", None))}
    rows = dict(zip(header, [*cells, *cells], strict=False))
    outcome(written([rows], ",", "\n").encode("utf-8", errors="surrogatepass"))
