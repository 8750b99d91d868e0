"""One row of a jury's results, and one of a list of annulments."""

import re

from issuer.adapters.csv_import.cells import RowCells
from issuer.domain.records import Annulment, EarlierAward, ResultRow

_BLOCK_CODE = re.compile(r".+BC[0-9]+")


def read_result(cells: RowCells) -> ResultRow:
    """Read one line of a jury's results; what is in it is judged by the rules, not here.

    Args:
        cells: The row.

    Returns:
        The line. A date that cannot be read is None, for the rule that says E-DATE-FORMAT; an unknown
        decision word stays as written.

    Spec: samples/README.md (decision words, W-NORMALISED); jury-cases.md, steps 1 and 2.
    """
    session, component = cells.required("session"), cells.code("composant")
    decided_on, decision = cells.date_or_none("date_decision"), _decision(cells, component)
    candidate_id, reference = cells.text("id_candidat"), cells.text("reference_pv")
    family_name, given_names = cells.text("nom"), cells.text("prenoms")
    mention, birth_date = cells.optional("mention"), cells.optional_date("date_naissance")
    return ResultRow(
        source=cells.source.name,
        number=cells.number,
        session=session,
        decision_date=decided_on,
        decision_date_text=cells.cells["date_decision"],
        candidate_id=candidate_id,
        family_name=family_name,
        given_names=given_names,
        component=component,
        decision=decision,
        reference=reference,
        normalised=cells.normalised,
        mention=mention,
        compare_folded=cells.source.mapping.names_in_capitals,
        birth_date=birth_date,
    )


def read_annulment(cells: RowCells) -> Annulment:
    """Read one annulment of decisions.

    Args:
        cells: The row.

    Returns:
        The annulment; of no use when the row is refused.

    Spec: jury-cases.md, rule 11.
    """
    cells.required("composants")
    return Annulment(
        candidate_id=cells.required("id_candidat"),
        on=cells.required_date("date_annulation"),
        scope=cells.codes("composants"),
        by=cells.word("auteur", "auteur"),
        ground=cells.required("motif"),
        reference=cells.required("reference"),
        session_date=cells.optional_date("date_decision"),
    )


def read_earlier(cells: RowCells) -> EarlierAward:
    """Read one award that was made on paper or with another tool.

    Args:
        cells: The row.

    Returns:
        The award; of no use when the row is refused.

    Spec: design.md, section 3 (one live award per person and component).
    """
    return EarlierAward(
        source=cells.source.name,
        number=cells.number,
        candidate_id=cells.required("id_candidat"),
        component=cells.required("composant") and cells.code("composant"),
        decided_on=cells.required_date("date_decision"),
        paper_number=cells.required("numero_papier"),
        origin=cells.required("origine"),
    )


def _decision(cells: RowCells, component: str) -> str:
    text = cells.text("decision")
    word = cells.find_word("decision", text)
    if word is None:
        return text
    if text != word.written:
        cells.mark_normalised("decision")
    return word.title if _is_title(component, cells.source.certification) else word.block


def _is_title(component: str, certification: str) -> bool:
    if certification:
        return component == certification
    return _BLOCK_CODE.fullmatch(component) is None
