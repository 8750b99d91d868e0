"""A jury record typed by hand: checked, corrected and taken in as a file is."""

from collections.abc import Mapping, Sequence
from datetime import date
from http import HTTPStatus
from typing import Final

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from issuer.domain.staff import Role
from issuer.errors import RefusedError
from issuer.ports.season import SheetError
from issuer.ports.staff import Account
from issuer.web.access import season_desk
from issuer.web.desk_pages import page, said, seen
from issuer.web.language import gettext
from issuer.web.pages import spoken
from issuer.web.staff_sessions import requires
from issuer.web.views.desk.season_room import scope, views

ROWS: Final = 12
MOST_ROWS: Final = 200
_CELLS: Final = ("id_candidat", "nom", "prenoms", "composant", "decision")


@views.get("/saisie/formulaire")
@requires(Role.ENTRY)
def typing(_account: Account) -> Response:
    """Show an empty table to type a record into."""
    return _form([{}] * ROWS)


@views.post("/saisie/formulaire")
@requires(Role.ENTRY)
def type_in(account: Account) -> AnyResponse:
    """Keep what was typed as a draft; or give more rows, with nothing lost."""
    rows = _typed_rows()
    if request.form.get("more"):
        return _form([*rows, *([{}] * ROWS)][:MOST_ROWS])
    certification, session = scope()
    desk = season_desk()
    sessions, _people = desk.people(certification)
    held = next((kept for kept in sessions if kept.id == session), None)
    if held is None:
        return _form(rows, gettext("Choisissez la session du jury."), HTTPStatus.BAD_REQUEST)
    shared = {
        "session": held.id,
        "date_decision": held.on.isoformat(),
        "reference_pv": request.form.get("reference_pv", ""),
    }
    filled = [{**row, **shared} for row in rows if any(value.strip() for value in row.values())]
    try:
        draft = desk.type_in(filled, certification=certification, day=_today(), actor=account.id)
    except RefusedError as error:
        return _form(rows, said(error), HTTPStatus.BAD_REQUEST)
    except SheetError as error:
        return _form(rows, f"{spoken(error.message)} {spoken(error.remedy)}", HTTPStatus.BAD_REQUEST)
    return seen("desk.season.draft", draft_id=draft.id)


def _today() -> date:
    return season_desk().office.today()


def _typed_rows() -> list[Mapping[str, str]]:
    columns = {name: request.form.getlist(name) for name in _CELLS}
    count = min(max(map(len, columns.values())), MOST_ROWS)
    return [
        {name: values[at] if at < len(values) else "" for name, values in columns.items()}
        for at in range(count)
    ]


def _form(
    rows: Sequence[Mapping[str, str]], error: str | None = None, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    certification, session = scope()
    desk = season_desk()
    fiche = next((kept for kept in desk.certifications() if kept.code == certification), None)
    sessions, people = desk.people(certification)
    return page(
        "desk/season/typing.html",
        status=status,
        error=error,
        fiche=fiche,
        chosen=session,
        sessions=sessions,
        people=people,
        rows=rows,
        reference=request.form.get("reference_pv", ""),
        decisions=("validé", "non validé", "absent", "attribué", "non attribué"),
    )
