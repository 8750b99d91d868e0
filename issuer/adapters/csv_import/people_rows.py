"""One row of a candidates' list, and one of a list of jury sessions."""

from issuer.adapters.csv_import.cells import RowCells
from issuer.adapters.csv_import.columns import folded
from issuer.adapters.csv_import.dates import read_date
from issuer.domain.records import Candidate, JurySession, PathChange, Side, Tie

_RECUSED = "deport"
_TIE_PARTS = (2, 3)


def read_candidate(cells: RowCells) -> Candidate:
    """Read one candidate; names stay as they are written, in NFC.

    Args:
        cells: The row.

    Returns:
        The candidate; of no use when the row is refused.

    Spec: jury-cases.md, rule 8; samples/README.md (candidats.csv).
    """
    cells.required("nom_naissance")
    return Candidate(
        id=cells.required("id_candidat"),
        birth_name=cells.name("nom_naissance"),
        usage_name=cells.name("nom_usage") or None,
        given_names=cells.name("prenoms"),
        birth_date=cells.optional_date("date_naissance"),
        route=cells.word("voie", "voie"),
        entry_date=cells.optional_date("date_entree"),
        email=cells.email("courriel"),
        latin_name=cells.name("nom_latin") or None,
        reentry_date=cells.optional_date("date_reprise"),
        path_changes=_path_changes(cells),
        enrolled_blocks=cells.codes("blocs_inscrits"),
        prerequisite_evidence=cells.yes_no("prerequis", default=True),
        deceased_on=cells.optional_date("date_deces"),
        not_same_as=cells.parts("autre_que"),
    )


def read_session(cells: RowCells) -> JurySession:
    """Read one jury session.

    Args:
        cells: The row.

    Returns:
        The session; of no use when the row is refused.

    Spec: samples/README.md (jurys.csv).
    """
    certification = cells.code("certification") or cells.source.certification
    if not certification:
        cells.note("certification", "E-EMPTY-CELL")
    return JurySession(
        id=cells.required("session"),
        certification=certification,
        on=cells.required_date("date_jury"),
        routes=_routes(cells),
        internal=cells.count("internes"),
        external=cells.count("exterieurs"),
        represents_head=cells.yes_no("represente_ag"),
        president=cells.yes_no("president"),
        signed=cells.yes_no("pv_signe"),
        signatory=cells.optional("signataire"),
        ties=_ties(cells),
        place=cells.optional("lieu"),
        cites_memoire=cells.yes_no("memoire_cite", default=True),
    )


def _routes(cells: RowCells) -> tuple[str, ...]:
    cells.required("voies")
    return tuple(cells.meaning("voies", "voie", part) for part in cells.parts("voies"))


def _path_changes(cells: RowCells) -> tuple[PathChange, ...]:
    changes = []
    for part in cells.parts("changements_voie"):
        day_text, _, route_text = part.partition(":")
        day, route = read_date(day_text.strip()), cells.find_word("voie", route_text)
        if day is None or route is None:
            cells.note("changements_voie", "E-PATH-CHANGE-FORMAT", allowed=cells.allowed_words("voie"))
            return ()
        changes.append(PathChange(day[0], route.block))
    return tuple(sorted(changes, key=lambda change: change.on))


def _ties(cells: RowCells) -> tuple[Tie, ...]:
    ties = []
    for part in cells.parts("lies_au_candidat"):
        candidate, *rest = (piece.strip() for piece in part.split(":"))
        side = cells.find_word("cote", rest[0]) if rest else None
        recused = len(rest) > 1 and folded(rest[1]) == _RECUSED
        if (
            not candidate
            or side is None
            or len(rest) + 1 not in _TIE_PARTS
            or (len(rest) > 1 and not recused)
        ):
            cells.note("lies_au_candidat", "E-TIE-FORMAT")
            return ()
        ties.append(Tie(candidate, Side(side.block), recused))
    return tuple(ties)
