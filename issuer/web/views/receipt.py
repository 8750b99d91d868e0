"""The receipt of a check, as signed JSON or as a PDF: of an award, of a share, of a file just checked."""

import re
from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, request

from issuer.errors import NotFoundError, RefusedError
from issuer.ports import AwardPage
from issuer.ports.sharing import SharedPage
from issuer.web.access import has_sharing, public_desk, receipt_desk, sharing_desk
from issuer.web.dead_ends import closed, no_share, nowhere
from issuer.web.language import gettext
from issuer.web.negotiation import JSON
from issuer.web.pages import own
from issuer.web.problems import ProblemError
from issuer.web.receipts import finding_of, unpacked
from issuer.web.views.share import position

views = Blueprint("receipt", __name__)

_PDF = "application/pdf"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,128}\Z")
_NAME = "recu-de-verification"
"""What a browser calls the file: no name of a person, and none of a link."""


@views.get("/v/<token>/receipt.<any('json','pdf'):form>")
def of_award(token: str, form: str) -> Response:
    """Verify an award anew and give the receipt."""
    found = public_desk().award_page(token) if _TOKEN.match(token) else None
    if not isinstance(found, AwardPage):
        raise (closed(found) if found else nowhere(token)).problem()
    return _given(lambda: receipt_desk().of_award(found, finding_of(lambda: own(found))), form)


@views.get("/s/<token>/receipt.<any('json','pdf'):form>")
def of_share(token: str, form: str) -> Response:
    """Verify a shared award anew and give the receipt; ``document`` says which one. It counts as no view."""
    found = sharing_desk().shared(token, counted=False) if has_sharing() else None
    if not isinstance(found, SharedPage):
        raise (closed(found) if found else no_share(token)).problem()
    shown = found.documents[position(len(found.documents))]
    return _given(lambda: receipt_desk().of_shared(shown, finding_of(lambda: own(shown.page))), form)


@views.post("/receipt")
def of_file() -> Response:
    """Give back the receipt that a result page holds, as it was sealed there; nothing else is taken."""
    sealed = unpacked(request.form.get("receipt", ""))
    form = "pdf" if request.form.get("form") == "pdf" else "json"
    return _given(lambda: sealed, form)


def _given(sealed: Callable[[], bytes], form: str) -> Response:
    try:
        made = sealed()
        body = receipt_desk().printed(made) if form == "pdf" else receipt_desk().genuine(made)
    except NotFoundError as error:
        raise ProblemError(
            HTTPStatus.NOT_FOUND, error.code, gettext("Ce service n’établit pas de reçus en ce moment.")
        ) from error
    except RefusedError as error:
        raise _not_ours() from error
    answer = Response(body, mimetype=_PDF if form == "pdf" else JSON)
    answer.headers["Content-Disposition"] = f'attachment; filename="{_NAME}.{form}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _not_ours() -> ProblemError:
    return ProblemError(
        HTTPStatus.BAD_REQUEST,
        "receipt.not_ours",
        gettext(
            "Ce service ne remet que les reçus qu’il a établis lui-même. Vérifiez de nouveau le document : "
            "la page du résultat donne le reçu."
        ),
    )
