"""Check anything: files, a pasted text or a link; from a person's form or from a program."""

import re
from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Response, current_app, json, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from credentials.presentations import PresentationReport
from credentials.report import Verdict, VerificationReport
from issuer.domain.award import Award
from issuer.domain.short_code import looks_like_code, read_short_code
from issuer.ports import AwardPage
from issuer.ports.receipts import JudgedReceipt
from issuer.web import headers
from issuer.web.access import public_desk
from issuer.web.answers import report_json
from issuer.web.banners import is_vouched
from issuer.web.documents import Document
from issuer.web.handed_in import MAX_DOCUMENT_BYTES, Form, FormError, HandedIn, form_of
from issuer.web.judging import Budget, Examined, Judged, examine, judge, told
from issuer.web.language import asked_language, gettext
from issuer.web.negotiation import CREDENTIAL_TYPES, HTML, JSON, PROBLEM, preferred
from issuer.web.pages import foreign
from issuer.web.problems import ProblemError
from issuer.web.receipts import handed_in, offered, receipt_answer
from issuer.web.unread import Given, given_as, is_link
from issuer.web.verdict_list import as_json, listing

views = Blueprint("check", __name__)

_SHARE_TOKEN = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_FORMS = {"multipart/form-data", "application/x-www-form-urlencoded"}
_TOKENS = {
    "application/jwt",
    "application/vc+jwt",
    "application/vp+jwt",
    "application/vc+sd-jwt",
    "application/vp+sd-jwt",
    "application/dc+sd-jwt",
}
_DOCUMENTS = {*CREDENTIAL_TYPES, *_TOKENS, "application/vp", "application/pdf", "image/png", "image/svg+xml"}


@views.get("/verify")
def form() -> str:
    """Show the form."""
    return _form_page()


@views.post("/verify")
def check() -> Response:
    """Check what was handed in; the answer is a page or the report, and a bad document is a good request."""
    if request.mimetype in _DOCUMENTS:
        data = _body()
        return _answer(examine(public_desk(), data), (JSON, HTML), data=data)
    if request.mimetype not in _FORMS:
        raise ProblemError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "body.type",
            gettext(
                "Envoyez un formulaire, du JSON (application/vc, application/json), un jeton signé "
                "(application/jwt), un PDF, ou une image PNG ou SVG."
            ),
        )
    try:
        return _taken(form_of(request))
    except FormError as error:
        return _refused(error)


def _taken(given: Form) -> Response:
    if len(given.files) + bool(given.text) > 1:
        return _several(given.files, given.text)
    if given.files:
        file = given.files[0]
        return _answer(_only(file), (HTML, JSON), name=file.name, data=file.data)
    if given.text:
        return _text(given.text)
    raise _nothing_given()


def _only(file: HandedIn) -> Examined:
    if file.data is None:
        raise FormError(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "http.request_entity_too_large",
            gettext(
                "Ce fichier est trop grand. Une attestation numérique pèse moins de 1 Mo : déposez le "
                "fichier reçu du titulaire."
            ),
            "file",
        )
    if not file.data:
        empty = gettext("Ce fichier est vide.")
        missing = _nothing_given()
        raise FormError(missing.status, missing.code, f"{empty} {missing.detail}", "file")
    return examine(public_desk(), file.data)


def _several(files: Sequence[HandedIn], text: str) -> Response:
    """Judge several files, and what was pasted beside them."""
    pasted = text.encode("utf-8", errors="replace")
    items = [*files, HandedIn(gettext("texte collé"), pasted)] if text else files

    receipts: dict[int, JudgedReceipt] = {}

    def examined(data: bytes) -> Examined:
        answer = _report_on(text) if text and data == pasted else examine(public_desk(), data)
        receipt = handed_in(answer, data) if isinstance(answer, VerificationReport) else None
        if receipt is not None:
            receipts[id(answer)] = receipt
        return answer

    judged = judge(items, examined, Budget())
    return _list([replace(item, receipt=receipts.get(id(item.report))) for item in judged], (HTML, JSON))


def _answer(
    examined: Examined,
    offers: tuple[str, ...],
    given: Given = Given.FILE,
    name: str | None = None,
    data: bytes | None = None,
) -> Response:
    if isinstance(examined, PresentationReport):
        return _list(told(name or gettext("présentation"), examined), offers)
    receipt = handed_in(examined, data)
    if receipt is not None:
        return receipt_answer(examined, receipt, offers)
    if preferred(request, offers) == HTML:
        withdrawn, own_issuer = _withdrawn(examined), public_desk().issuer_id

        def document() -> Document:
            return foreign(examined, given, withdrawn, own_issuer=own_issuer)

        sealed = offered(examined, data, document)
        page = render_template("verdict.html", document=document(), receipt=sealed)
        answer = Response(page, mimetype=HTML)
    else:
        answer = report_json(examined)
    answer.vary.update(("Accept", "Accept-Language"))
    return answer


def _list(judged: Sequence[Judged], offers: tuple[str, ...]) -> Response:
    if preferred(request, offers) == HTML:
        own = public_desk().issuer_id
        page = listing(judged, lambda report: foreign(report, Given.FILE, _withdrawn(report), own_issuer=own))
        answer = Response(render_template("verdicts.html", listing=page), mimetype=HTML)
    else:
        answer = Response(json.dumps(as_json(judged), sort_keys=False, ensure_ascii=False), mimetype=JSON)
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
    if not isinstance(page, AwardPage):
        return None
    same = (page.report.verdict, page.report.issuer) == (report.verdict, report.issuer)
    return page.award if same else None


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


def _text(text: str) -> Response:
    """Check a pasted text: what is ours leads to its page, another link is judged, the rest is a document."""
    offers = (HTML, JSON)
    address = _own_address(text) if preferred(request, offers) == HTML else None
    if address is not None:
        return _redirect(address)
    pasted = text.encode("utf-8", errors="replace")
    return _answer(_report_on(text), offers, given_as(text, public_desk().base_url), data=pasted)


def _own_address(text: str) -> str | None:
    """Give the page to which a text leads: an award's, a share's, or that which asks for a code's holder."""
    language, pages = asked_language(), current_app.view_functions
    lang, base = language.value if language else None, public_desk().base_url
    token = public_desk().token_of(text)
    if token is not None:
        return url_for("award.page", token=token, lang=lang)
    share = next((text.removeprefix(start) for start in _shares(base) if text.startswith(start)), "")
    if "share.page" in pages and _SHARE_TOKEN.fullmatch(share):
        return url_for("share.page", token=share, lang=lang)
    # Twelve letters may be a name: those are taken for a code only where its check character fits.
    named = given_as(text, base) is Given.NAME and read_short_code(text) is None
    if "code.form" in pages and looks_like_code(text) and not named:
        return url_for("code.form", code=text, lang=lang)
    return None


def _shares(base: str) -> Sequence[str]:
    return (f"{base}/s/", f"{base.partition('://')[2]}/s/")


def _report_on(text: str) -> Examined:
    desk = public_desk()
    if is_link(text) or desk.token_of(text) is not None:
        return desk.check_link(text)
    return examine(desk, text.encode("utf-8", errors="replace"))


def _redirect(address: str) -> Response:
    answer = redirect(address, code=HTTPStatus.SEE_OTHER)
    return Response(answer.get_data(), HTTPStatus.SEE_OTHER, {"Location": address}, mimetype=HTML)


def _nothing_given() -> FormError:
    message = gettext("Choisissez un fichier, ou collez un lien ou le texte de l’attestation.")
    return FormError(HTTPStatus.BAD_REQUEST, "document.missing", message, "text")


def _refused(error: FormError) -> Response:
    if preferred(request, (HTML, PROBLEM, JSON)) != HTML:
        raise ProblemError(error.status, error.code, error.detail)
    return Response(_form_page(error), error.status, mimetype=HTML)


def _form_page(error: FormError | None = None) -> str:
    headers.allow_camera()
    return render_template(
        "verify.html", error=error.detail if error else None, error_field=error.field if error else None
    )
