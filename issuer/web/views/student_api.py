"""The student system's interface: records in, plans out, orders proposed and followed; nothing approved.

A program shows its token with each request. Cookies are not read here, and the desk reads no token.
"""

import csv
import io
from collections.abc import Callable, Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import cast

from flask import Blueprint, Response, json, request
from werkzeug.exceptions import RequestEntityTooLarge

from credentials.errors import CredentialError
from credentials.json_input import parse_object
from issuer.errors import ConflictError, NotFoundError, RefusedError, ServiceError
from issuer.ports.orders import Order
from issuer.ports.systems import KeptAnswer, Program, Scope
from issuer.services.jury_import import Taken
from issuer.services.programs import NotHeardError, RefusalKind
from issuer.web.access import student_system
from issuer.web.handed_in import MAX_DOCUMENT_BYTES
from issuer.web.negotiation import JSON, PROBLEM, STUDENT_API

views = Blueprint("student_api", __name__, url_prefix=STUDENT_API)

CSV = "text/csv"
_OPENAPI = Path(__file__).parent.parent / "openapi" / "student-api.json"
_MOST_ROWS = 20_000
_LONGEST_NOTE = 500
_WAIT_SECONDS = 60
_STATUS: Mapping[type[ServiceError], HTTPStatus] = {
    NotFoundError: HTTPStatus.NOT_FOUND,
    ConflictError: HTTPStatus.CONFLICT,
    RefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
}
_REFUSED = {
    RefusalKind.UNKNOWN: (
        HTTPStatus.UNAUTHORIZED,
        "Show a token of this service: Authorization: Bearer parchemin_…",
    ),
    RefusalKind.SCOPE: (HTTPStatus.FORBIDDEN, "This program is not let in for that."),
    RefusalKind.TOO_OFTEN: (HTTPStatus.TOO_MANY_REQUESTS, "Too many requests; wait a minute."),
}


@views.post("/records")
def hand_in() -> Response:
    """Take in a record (CSV, or its rows as JSON), or say what taking it in would do (``?check=1``).

    The same bytes again are the same record: nothing is added.
    """
    program = _program(Scope.RECORDS_WRITE)
    certification, check = _asked("certification"), _flag("check")
    accept_valid = _flag("accept_valid")
    content, name = _record()
    asked = _request_bytes(content)

    def act() -> tuple[HTTPStatus, dict[str, object]]:
        taken = student_system().hand_in(
            program, content, name, certification, accept_valid=accept_valid, check=check
        )
        status = HTTPStatus.UNPROCESSABLE_ENTITY if taken.refused and taken.blocked else HTTPStatus.OK
        if taken.blocked and not taken.refused:
            status = HTTPStatus.CONFLICT
        return (HTTPStatus.OK if check else status), _taken(taken, check=check)

    return _once(program, asked, act, keep=not check)


@views.get("/plans/<certification>")
def plan(certification: str) -> Response:
    """Say what would be issued now, with every refusal and warning."""
    _program(Scope.PLANS_READ)
    return _json(dict(student_system().plan(certification, request.args.get("session")).to_dict()))


@views.post("/orders")
def propose() -> Response:
    """Propose that a plan be issued; a person approves it, or not."""
    program = _program(Scope.RECORDS_WRITE)
    body = _body()
    values = _object(body)
    unknown = sorted(set(values) - {"certification", "session", "plan", "note"})
    if unknown:
        raise _refused("body.unknown_member", "A member is not known here.", unknown[0][:40])
    certification, plan_id = _text(values, "certification"), _text(values, "plan")
    session = None if values.get("session") is None else _text(values, "session")
    note = None if values.get("note") is None else _text(values, "note")
    if note is not None and len(note) > _LONGEST_NOTE:
        raise _refused("body.note", f"A note has at most {_LONGEST_NOTE} characters.", "note")

    def act() -> tuple[HTTPStatus, dict[str, object]]:
        order = student_system().propose_issue(program, certification, session, plan_id, note)
        return HTTPStatus.CREATED, _order(order)

    return _once(program, _request_bytes(body), act, keep=True)


@views.get("/orders/<order_id>")
def follow(order_id: str) -> Response:
    """Say where an order of this program stands, and how far it is."""
    program = _program(Scope.ORDERS_READ)
    return _json(_order(student_system().order(program, order_id)))


@views.get("/openapi.json")
def openapi() -> Response:
    """Describe this interface to programs."""
    return _json({**_description(), "servers": [{"url": f"{student_system().base_url}{STUDENT_API}"}]})


@views.after_request
def _private(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer


@views.errorhandler(NotHeardError)
def _not_heard(refusal: NotHeardError) -> Response:
    status, detail = _REFUSED[refusal.kind]
    answer = _problem(status, refusal.kind.value, detail)
    if refusal.kind is RefusalKind.TOO_OFTEN:
        answer.headers["Retry-After"] = str(_WAIT_SECONDS)
    elif refusal.kind is RefusalKind.UNKNOWN:
        answer.headers["WWW-Authenticate"] = "Bearer"
    else:
        answer.headers["WWW-Authenticate"] = 'Bearer error="insufficient_scope"'
    return answer


@views.errorhandler(NotFoundError)
@views.errorhandler(ConflictError)
@views.errorhandler(RefusedError)
def _refusal(error: ServiceError) -> Response:
    status = next(status for kind, status in _STATUS.items() if isinstance(error, kind))
    return _problem(status, error.code, f"{error.message}.", where=error.where, remedy=error.remedy)


def _program(scope: Scope) -> Program:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    shown = token.strip() if scheme.casefold() == "bearer" else ""
    return student_system().program(shown or None, scope, request.remote_addr or "")


def _asked(name: str) -> str:
    value = request.args.get(name, "")
    if not value:
        raise _refused("query.missing", "An argument of the address is missing.", name)
    return value


def _flag(name: str) -> bool:
    value = request.args.get(name, "0")
    if value not in {"0", "1"}:
        raise _refused("query.flag", "This argument of the address is 1 or 0.", name)
    return value == "1"


def _refused(code: str, message: str, where: str) -> RefusedError:
    return RefusedError(code, message.rstrip("."), where=where, remedy=f"see {STUDENT_API}/openapi.json")


def _body() -> bytes:
    try:
        data = request.get_data()
    except RequestEntityTooLarge as error:
        raise _too_large() from error
    if len(data) > MAX_DOCUMENT_BYTES:
        raise _too_large()
    return data


def _too_large() -> RefusedError:
    return _refused("body.too_large", "A body has at most one mebibyte: send fewer rows at a time", "body")


def _record() -> tuple[bytes, str]:
    data = _body()
    if request.mimetype == CSV:
        return data, _file_name("record.csv")
    if request.mimetype != JSON:
        raise _refused("body.type", "Send the record as text/csv or application/json", "Content-Type")
    return _as_csv(data), _file_name("record.json")


def _file_name(usual: str) -> str:
    name = request.args.get("name", usual).replace("\\", "/").rpartition("/")[2].strip()[:100]
    return name if name and name.isprintable() else usual


def _object(data: bytes) -> Mapping[str, object]:
    if request.mimetype != JSON:
        raise _refused("body.type", "Send the request as application/json", "Content-Type")
    try:
        return cast("Mapping[str, object]", parse_object(data))
    except CredentialError as error:
        raise _refused("body.json", "The body is no JSON object that can be read", "body") from error


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _refused("body.member", "A member is missing, or is not a text", name)
    return value.strip()


def _as_csv(data: bytes) -> bytes:
    """Give rows as the file that they would be: one reader, one set of errors; the first row is row 2."""
    rows = _object(data).get("rows")
    if not isinstance(rows, list) or not rows or len(rows) > _MOST_ROWS:
        raise _refused("body.rows", f"“rows” is a list of 1 to {_MOST_ROWS} objects", "rows")
    names: dict[str, None] = {}
    for number, row in enumerate(rows):
        if not isinstance(row, dict) or not all(isinstance(cell, str) for cell in row.values()):
            raise _refused("body.row", "Each row is an object of column names and texts", f"rows[{number}]")
        names.update(dict.fromkeys(row))
    made = io.StringIO(newline="")
    writer = csv.DictWriter(made, list(names), restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue().encode("utf-8", "replace")


def _request_bytes(content: bytes) -> bytes:
    return b"\n".join([request.method.encode(), request.full_path.encode("utf-8", "replace"), content])


def _once(
    program: Program,
    asked: bytes,
    act: Callable[[], tuple[HTTPStatus, dict[str, object]]],
    *,
    keep: bool,
) -> Response:
    """Do something once for a key: the same request again gets the same answer."""
    key = request.headers.get("Idempotency-Key")
    desk = student_system()
    before: KeptAnswer | None = desk.answered(program, key, asked)
    if before is not None:
        return Response(before.answer, status=before.status, mimetype=JSON)
    status, value = act()
    answer = _json(value, status)
    if keep:
        desk.keep_answer(program, key, asked, status.value, answer.get_data(as_text=True))
    return answer


def _taken(taken: Taken, *, check: bool) -> dict[str, object]:
    return {
        "id": taken.handed.id,
        "kind": taken.handed.kind,
        "certification": taken.certification,
        "accepted": taken.accepted,
        "refused": taken.refused,
        "known": taken.known,
        "waiting_changes": len(taken.behind_awards),
        "repeated": taken.repeated,
        "written": taken.written,
        "checked_only": check,
        "rows": [dict(note.to_dict()) for note in taken.notes],
    }


def _order(order: Order) -> dict[str, object]:
    progress = order.progress
    return {
        "id": order.id,
        "state": order.state.value,
        "certification": order.asked.content.get("certification"),
        "session": order.asked.content.get("session"),
        "plan": order.asked.content.get("plan"),
        "proposed_at": order.asked.proposed_at.isoformat(),
        "events": [{"state": event.state.value, "at": event.at.isoformat()} for event in order.events],
        "progress": {"done": progress.done, "total": progress.total} if progress else None,
        "outcome": dict(order.events[-1].details),
    }


def _json(value: dict[str, object], status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), status=status, mimetype=JSON)


def _problem(
    status: HTTPStatus, code: str, detail: str, *, where: str | None = None, remedy: str | None = None
) -> Response:
    members = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "code": code,
        "detail": detail,
        **({"where": where} if where else {}),
        **({"remedy": remedy} if remedy else {}),
    }
    return Response(json.dumps(members, ensure_ascii=False), status=status, mimetype=PROBLEM)


@cache
def _description() -> dict[str, object]:
    return cast("dict[str, object]", json.loads(_OPENAPI.read_text("utf-8")))
