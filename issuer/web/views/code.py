"""The short code on paper: with the holder's name it says what was awarded; alone it says nothing."""

from http import HTTPStatus

from flask import Blueprint, Response, render_template, request

from issuer.domain.short_code import grouped, looks_like_code, read_short_code
from issuer.ports import LimitedAct
from issuer.web.access import code_desk, rate_limits
from issuer.web.code_words import REFUSED, STOPPED, banner_of, since
from issuer.web.language import gettext
from issuer.web.looks import Look, shown
from issuer.web.negotiation import HTML

views = Blueprint("code", __name__)

_TEN_MINUTES = "600"
"""Seconds after which the tries of one reader are counted anew, at the latest."""


@views.get("/code")
def form() -> Response:
    """Show the form, with a code that was typed elsewhere already filled in."""
    return _form(request.args.get("code", ""))


@views.post("/code")
def answer() -> Response:
    """Say what the award is to who says its code and its holder's name; every refusal is one answer."""
    code, name = request.form.get("code", "").strip(), request.form.get("name", "").strip()
    if not code or not name:
        return _form(
            code,
            name,
            status=HTTPStatus.BAD_REQUEST,
            error=gettext("Donnez le code et le nom, tels qu’ils sont écrits sur le document."),
        )
    if not rate_limits().allow(LimitedAct.SHORT_CODE, request.remote_addr or ""):
        stopped = _refused(STOPPED, code, name, HTTPStatus.TOO_MANY_REQUESTS)
        stopped.headers["Retry-After"] = _TEN_MINUTES
        return stopped
    found = code_desk().answer(code, name)
    if found is None:
        return _refused(REFUSED, code, name, HTTPStatus.OK)
    text = render_template(
        "code_answer.html", answer=found, banner=banner_of(found), since=since(found), typed_name=name
    )
    return Response(text, mimetype=HTML)


def _form(
    code: str, name: str = "", *, status: HTTPStatus = HTTPStatus.OK, error: str | None = None
) -> Response:
    text = render_template("code.html", code=_tidy(code), name=name, error=error)
    return Response(text, status, mimetype=HTML)


def _refused(look: Look, code: str, name: str, status: HTTPStatus) -> Response:
    text = render_template("code.html", banner=shown(look), code=_tidy(code), name=name)
    return Response(text, status, mimetype=HTML)


def _tidy(code: str) -> str:
    """Write a code as it is printed, where it has the form of one; else as it was typed.

    Whether its check character fits is not told: the form is all that is looked at.
    """
    read = read_short_code(code)
    if read is not None:
        return grouped(read)
    return code[:64] if not looks_like_code(code) else code.strip().upper()[:64]
