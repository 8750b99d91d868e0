"""Check anything: a file, a pasted text or a link; from a person's form or from a program."""

from http import HTTPStatus

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from credentials.report import Verdict, VerificationReport
from issuer.domain.award import Award
from issuer.web.access import public_desk
from issuer.web.answers import report_json
from issuer.web.banners import is_vouched
from issuer.web.language import asked_language, gettext
from issuer.web.negotiation import CREDENTIAL_TYPES, HTML, JSON, PROBLEM, preferred
from issuer.web.pages import foreign
from issuer.web.problems import ProblemError
from issuer.web.unread import Given, given_as, is_link

views = Blueprint("check", __name__)

MAX_DOCUMENT_BYTES = 1024 * 1024
"""One mebibyte: a credential is a few kilobytes, a badge picture some hundred."""

_FORMS = {"multipart/form-data", "application/x-www-form-urlencoded"}
_DOCUMENTS = {*CREDENTIAL_TYPES, "image/png", "image/svg+xml"}


@views.get("/verify")
def form() -> str:
    """Show the form."""
    return render_template("verify.html")


@views.post("/verify")
def check() -> Response:
    """Check what was handed in; the answer is a page or the report, and a bad document is a good request."""
    if request.mimetype in _DOCUMENTS:
        return _answer(public_desk().check(_body()), (JSON, HTML))
    if request.mimetype not in _FORMS:
        raise ProblemError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "body.type",
            gettext(
                "Envoyez un formulaire, du JSON (application/vc, application/json) ou une image PNG ou SVG."
            ),
        )
    data = _file()
    if data:
        return _answer(public_desk().check(data), (HTML, JSON))
    text = request.form.get("text", "").strip()
    if text:
        return _text(text)
    return _nothing_given(empty_file=data is not None)


def _answer(report: VerificationReport, offers: tuple[str, ...], given: Given = Given.FILE) -> Response:
    if preferred(request, offers) == HTML:
        document = foreign(report, given, _withdrawn(report), own_issuer=public_desk().issuer_id)
        answer = Response(render_template("verdict.html", document=document), mimetype=HTML)
    else:
        answer = report_json(report)
    answer.vary.update(("Accept", "Accept-Language"))
    return answer


def _withdrawn(report: VerificationReport) -> Award | None:
    """Find our register's entry for a withdrawn or suspended document of ours: since when, and why.

    Only where our page and the document agree on who signed: another institution may write what it likes
    as its document's address.
    """
    if report.verdict not in {Verdict.REVOKED, Verdict.SUSPENDED} or not is_vouched(report):
        return None
    desk, said = public_desk(), report.credential
    token = desk.token_of(said.id) if said else None
    page = desk.award_page(token) if token else None
    same = page is not None and (page.report.verdict, page.report.issuer) == (report.verdict, report.issuer)
    return page.award if page and same else None


def _body() -> bytes:
    data = request.get_data()
    if len(data) > MAX_DOCUMENT_BYTES:
        raise RequestEntityTooLarge
    if not data:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST,
            "body.empty",
            gettext("Le corps de la demande est vide : joignez le document."),
        )
    return data


def _file() -> bytes | None:
    """Give the bytes of the file, or None where none was chosen."""
    files = [file for file in request.files.getlist("file") if file.filename]
    try:
        if len(files) > 1:
            raise ProblemError(
                HTTPStatus.BAD_REQUEST, "file.several", gettext("Déposez un seul fichier à la fois.")
            )
        data = files[0].read(MAX_DOCUMENT_BYTES + 1) if files else None
    finally:
        for file in files:
            file.close()
    if data is not None and len(data) > MAX_DOCUMENT_BYTES:
        raise RequestEntityTooLarge
    return data


def _text(text: str) -> Response:
    """Check a pasted text: our own link leads to its page, another is judged, the rest is a document."""
    desk, offers = public_desk(), (HTML, JSON)
    token = desk.token_of(text)
    if token is not None and preferred(request, offers) == HTML:
        language = asked_language()
        return _redirect(url_for("award.page", token=token, lang=language.value if language else None))
    report = (
        desk.check_link(text)
        if token is not None or is_link(text)
        else desk.check(text.encode("utf-8", errors="replace"))
    )
    return _answer(report, offers, given_as(text, desk.base_url))


def _redirect(address: str) -> Response:
    answer = redirect(address, code=HTTPStatus.SEE_OTHER)
    return Response(answer.get_data(), HTTPStatus.SEE_OTHER, {"Location": address}, mimetype=HTML)


def _nothing_given(*, empty_file: bool) -> Response:
    message = gettext("Choisissez un fichier, ou collez un lien ou le texte du certificat.")
    if empty_file:
        empty = gettext("Ce fichier est vide.")
        message = f"{empty} {message}"
    if preferred(request, (HTML, PROBLEM, JSON)) != HTML:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "document.missing", message)
    return Response(render_template("verify.html", error=message), HTTPStatus.BAD_REQUEST, mimetype=HTML)
