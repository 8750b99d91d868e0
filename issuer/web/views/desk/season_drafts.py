"""Files handed in at the desk: their columns, every fault at once, corrections, and taking them in."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from issuer.domain.staff import Role
from issuer.errors import ConflictError, RefusedError
from issuer.ports.season import ColumnChoice, SheetError
from issuer.ports.staff import Account
from issuer.services.jury_import import RowNote
from issuer.services.season.drafts import MOST_BYTES, DraftView
from issuer.services.season.reports import table
from issuer.web.access import season_desk
from issuer.web.desk_pages import page, said, seen
from issuer.web.handed_in import shown_name
from issuer.web.language import gettext
from issuer.web.pages import spoken
from issuer.web.staff_sessions import requires
from issuer.web.views.desk.season_room import READERS, views

ROWS_SHOWN: Final = 100
"""Of the rows with faults on one page."""

_NOTICES_SHOWN: Final = 200
_CELL: Final = re.compile(r"c-([0-9]{1,7})-([0-9]{1,4})\Z", re.ASCII)
_DIGITS: Final = re.compile(r"[0-9]{1,7}\Z", re.ASCII)
_CONTEXT: Final = ("id_candidat", "nom", "prenoms", "nom_naissance", "composant", "session")


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell with its faults, as an input.

    Attributes:
        field: Name of the input; empty for what is said of the whole row.
        header: Name of the column.
        value: What the cell holds, or what was typed into it.
        notes: What is wrong with it.
    """

    field: str
    header: str
    value: str
    notes: Sequence[RowNote]


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row with faults.

    Attributes:
        number: As a person counts in their own file.
        context: What tells which row it is.
        wrong: Its wrong cells.
        others: Its other cells.
    """

    number: int
    context: Sequence[str]
    wrong: Sequence[CellShown]
    others: Sequence[CellShown]


@views.post("/saisie")
@requires(Role.ENTRY)
def upload(account: Account) -> AnyResponse:
    """Take a file, keep it as it came, and show everything that is wrong with it."""
    file = request.files.get("file")
    data = file.read(MOST_BYTES + 1) if file is not None and file.filename else b""
    name = shown_name(file.filename or "") if file is not None and file.filename else ""
    desk = season_desk()
    if not name:
        return _upload_error(gettext("Choisissez un fichier, puis déposez-le."))
    desk.drafts.purge(actor=account.id)
    try:
        draft = desk.drafts.hand_in(
            data,
            name,
            source=request.form.get("source", ""),
            certification=request.form.get("fiche") or None,
            actor=account.id,
        )
    except SheetError as error:
        return _upload_error(f"{name}\u202f: {spoken(error.message)} {spoken(error.remedy)}")
    except RefusedError as error:
        return _upload_error(said(error), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return seen("desk.season.draft", draft_id=draft.id)


@views.get("/saisie/<draft_id>")
@requires(*READERS)
def draft(_account: Account, draft_id: str) -> Response:
    """Show a file: what was told from it, its columns, and all its faults."""
    return _shown(season_desk().drafts.view(draft_id))


@views.post("/saisie/<draft_id>/colonnes")
@requires(Role.ENTRY)
def choose_columns(account: Account, draft_id: str) -> AnyResponse:
    """Take what a person says of the columns."""
    desk = season_desk()
    view = desk.drafts.view(draft_id)
    columns = _chosen_columns(view)
    if columns is None:
        error = gettext("Dites ce que contient le fichier, et donnez à chaque colonne un rôle différent.")
        return _shown(view, error=error, status=HTTPStatus.BAD_REQUEST)
    keep_as = request.form.get("source", "") if request.form.get("keep") else None
    desk.drafts.choose_columns(draft_id, columns, keep_as=keep_as, actor=account.id)
    return seen("desk.season.draft", draft_id=draft_id)


@views.post("/saisie/<draft_id>/corrections")
@requires(Role.ENTRY)
def correct(account: Account, draft_id: str) -> AnyResponse:
    """Write the cells that a person corrected, and check everything again."""
    desk = season_desk()
    typed = _typed_cells()
    count = request.form.get("seen", "")
    try:
        desk.drafts.correct(
            draft_id,
            typed,
            seen=_number(count, otherwise=-1),
            actor=account.id,
        )
    except (ConflictError, RefusedError) as error:
        # Nothing that was typed is lost: it stands in its fields again.
        status = HTTPStatus.CONFLICT if isinstance(error, ConflictError) else HTTPStatus.BAD_REQUEST
        return _shown(desk.drafts.view(draft_id), error=said(error), typed=typed, status=status)
    return seen("desk.season.draft", draft_id=draft_id)


@views.post("/saisie/<draft_id>/prendre")
@requires(Role.ENTRY)
def take(account: Account, draft_id: str) -> AnyResponse:
    """Take the file in: the whole of it, or its good rows."""
    words = request.form.getlist("word")
    taken, order = season_desk().take(
        draft_id, accept_valid="valid" in words, accept_changes="changes" in words, actor=account.id
    )
    if not (taken.written or taken.repeated or order):
        error = gettext(
            "Rien n’a été pris\u202f: corrigez les lignes, ou dites ci-dessous ce que vous acceptez."
        )
        return _shown(season_desk().drafts.view(draft_id), error=error, status=HTTPStatus.CONFLICT)
    return page("desk/season/taken.html", taken=taken, order=order)


@views.post("/saisie/<draft_id>/retirer")
@requires(Role.ENTRY)
def discard(account: Account, draft_id: str) -> AnyResponse:
    """Take a file away; nothing of it was taken in."""
    season_desk().drafts.discard(draft_id, actor=account.id)
    return seen("desk.season.page")


@views.get("/saisie/<draft_id>/erreurs.csv")
@requires(*READERS)
def error_file(_account: Account, draft_id: str) -> Response:
    """Hand out every fault as a file for a spreadsheet."""
    view = season_desk().drafts.view(draft_id)
    lines: list[Sequence[object]] = [
        (
            gettext("ligne"),
            gettext("colonne"),
            gettext("valeur"),
            gettext("code"),
            gettext("gravité"),
            gettext("ce qui ne va pas"),
            gettext("ce qu’il faut faire"),
        )
    ]
    lines += [
        (
            note.row,
            note.column,
            note.value,
            note.code,
            gettext("refusée") if note.refuses else gettext("à savoir"),
            spoken(note.message),
            spoken(note.remedy),
        )
        for note in view.notes
    ]
    answer = Response(table(lines), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"erreurs-{view.draft.id}.csv")
    return answer


def _upload_error(error: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> Response:
    desk = season_desk()
    return page(
        "desk/season/season.html",
        status=status,
        error=error,
        certifications=desk.certifications(),
        sessions=desk.sessions(),
        drafts=desk.drafts.all(),
        sources=desk.drafts.sources(),
        orders=desk.issue_orders()[:20],
    )


def _shown(
    view: DraftView,
    *,
    error: str | None = None,
    typed: Mapping[int, Mapping[int, str]] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    numbers = list(view.refused_rows)
    asked = request.args.get("page", "1")
    last = max(1, -(-len(numbers) // ROWS_SHOWN))
    number = max(1, min(_number(asked, otherwise=1), last))
    here = numbers[(number - 1) * ROWS_SHOWN : number * ROWS_SHOWN]
    wanted = list(dict.fromkeys([*here, *(row for row in typed or {} if view.grid.row(row) is not None)]))
    notes: defaultdict[int, list[RowNote]] = defaultdict(list)
    for note in view.notes:
        notes[note.row].append(note)
    return page(
        "desk/season/draft.html",
        status=status,
        view=view,
        draft=view.draft,
        error=error,
        unfit=said(view.unfit) if view.unfit else None,
        rows=[_row(view, row, notes[row], (typed or {}).get(row, {})) for row in wanted],
        notices=[note for note in view.notes if not note.refuses][:_NOTICES_SHOWN],
        page_number=number,
        last_page=last,
        kinds=season_desk().sheets.kinds,
        chosen=_column_roles(view),
        samples=[row for row in view.grid.rows if any(row)][:3],
    )


def _row(view: DraftView, number: int, notes: Sequence[RowNote], typed: Mapping[int, str]) -> RowShown:
    cells = view.grid.row(number) or ()
    by_cell: defaultdict[int | None, list[RowNote]] = defaultdict(list)
    for note in notes:
        # A row of another width is shown whole: no single cell is at fault.
        by_cell[None if note.code == "E-CELL-COUNT" else view.column_of(note)].append(note)
    width = max(len(cells), len(view.grid.headers))
    shown = {
        at: CellShown(
            f"c-{number}-{at}",
            view.grid.headers[at] if at < len(view.grid.headers) else gettext("en trop"),
            typed.get(at, cells[at] if at < len(cells) else ""),
            by_cell.get(at, ()),
        )
        for at in range(width)
    }
    wrong = [cell for at, cell in shown.items() if at in by_cell]
    if by_cell[None]:
        wrong.insert(0, CellShown("", gettext("toute la ligne"), "", by_cell[None]))
    columns = view.sheet.columns if view.sheet else {}
    positions = {header.strip(): at for at, header in enumerate(view.grid.headers)}
    context = [
        cells[at]
        for name in _CONTEXT
        if name in columns and (at := positions.get(columns[name], -1)) >= 0 and at < len(cells) and cells[at]
    ]
    others = [cell for at, cell in shown.items() if at not in by_cell]
    return RowShown(number, context, wrong, others)


def _number(text: str, *, otherwise: int) -> int:
    """Read a small whole number that a form or an address gives."""
    return int(text) if _DIGITS.match(text) else otherwise


def _typed_cells() -> Mapping[int, Mapping[int, str]]:
    cells: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for name, value in request.form.items():
        found = _CELL.match(name)
        if found is not None:
            cells[int(found[1])][int(found[2])] = value
    return cells


def _column_roles(view: DraftView) -> Mapping[int, str]:
    """Give the canonical column that each of the file's columns is in use for."""
    if view.sheet is None:
        chosen = view.draft.choice.columns if view.draft.choice else {}
    else:
        chosen = view.sheet.columns
    by_header = {header.strip(): column for column, header in chosen.items()}
    return {
        at: by_header[header.strip()]
        for at, header in enumerate(view.grid.headers)
        if header.strip() in by_header
    }


def _chosen_columns(view: DraftView) -> ColumnChoice | None:
    """Read what a form says of the columns; None where it says nothing that can be used."""
    kinds = {kind.kind: kind for kind in season_desk().sheets.kinds}
    kind = kinds.get(request.form.get("kind", ""))
    if kind is None:
        return None
    known = (*kind.required, *kind.optional)
    asked = [request.form.get(f"column-{at}", "") for at in range(len(view.grid.headers))]
    used = [column for column in asked if column in known]
    if len(used) != len(set(used)):
        return None
    headers = {
        column: header for column, header in zip(asked, view.grid.headers, strict=True) if column in known
    }
    words_of = request.form.get("words_of", "")
    return ColumnChoice(kind.kind, {column: headers.get(column, "") for column in known}, words_of)
