"""« Signaler un doute »: a form whose words reach the registrar, and of whose writer nothing else is kept.

It has no session and no cookie, so that nobody is told apart; what another site's form could do with it, its
owner could do as well without a reader's browser, save use up the tries of that reader's network. That is why
the browser's own word on where a request began (``foreign_forms``) is all that is asked for.

A document is named by the path of the form, ``/v/<link>/doute``, which goes nowhere that the page of the
document does not go: it is never in a query, a field or the page that says thank you.
"""

import re
from dataclasses import dataclass
from http import HTTPStatus

from babel.numbers import format_decimal
from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from issuer.errors import RefusedError
from issuer.ports import ClosedLink, LimitedAct, Published
from issuer.web.access import doubt_desk, public_desk, rate_limits
from issuer.web.dead_ends import closed, nowhere
from issuer.web.foreign_forms import sent_by_another_site
from issuer.web.language import current_language, gettext
from issuer.web.negotiation import HTML
from issuer.web.problems import ProblemError

views = Blueprint("doubt", __name__)

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,128}\Z")
_HOUR_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with the form: the field, and the sentence beside it."""

    field: str
    sentence: str


@views.get("/doute")
def form() -> Response:
    """Show the form."""
    return _form(None)


@views.post("/doute")
def report() -> AnyResponse:
    """Take a doubt that is about no document in particular."""
    return _taken(None)


@views.get("/v/<token>/doute")
def about(token: str) -> Response:
    """Show the form for the document behind a link; where it opens none, say so as its own page does."""
    found = public_desk().credential(token) if _TOKEN.match(token) else None
    if isinstance(found, Published) or found is ClosedLink.REPLACED:
        return _form(token)
    return (closed(found) if found else nowhere(token)).page()


@views.post("/v/<token>/doute")
def report_about(token: str) -> AnyResponse:
    """Take a doubt on a document; the answer is the same whether or not there is one at this address."""
    return _taken(token if _TOKEN.match(token) else None)


@views.get("/doute/envoye")
def sent() -> str:
    """Say what happens next; this page can be loaded again without sending anything twice."""
    return render_template("house/doubt_sent.html")


def _taken(token: str | None) -> AnyResponse:
    if sent_by_another_site():
        raise ProblemError(
            HTTPStatus.FORBIDDEN,
            "form.foreign",
            gettext("Rien n’a été changé. Revenez à la page précédente, rechargez-la et recommencez."),
        )
    text, contact = request.form.get("text", ""), request.form.get("contact", "")
    fault = _fault_of(text, contact)
    if fault is not None:
        return _form(token, fault)
    if not rate_limits().allow(LimitedAct.DOUBT, request.remote_addr or ""):
        raise ProblemError(
            HTTPStatus.TOO_MANY_REQUESTS,
            "doubt.too_many",
            gettext(
                "Trop de signalements sont arrivés dans l’heure. Celui-ci n’a pas été gardé\u202f: revenez à "
                "la page précédente pour retrouver votre texte, et envoyez-le plus tard, ou écrivez à la "
                "scolarité."
            ),
            retry_after=_HOUR_SECONDS,
        )
    try:
        doubt_desk().report(token, text, contact)
    except RefusedError as error:
        if error.code == "doubt.full":
            raise ProblemError(
                HTTPStatus.SERVICE_UNAVAILABLE,
                error.code,
                gettext(
                    "Trop de signalements attendent déjà une réponse. Celui-ci n’a pas été gardé\u202f: "
                    "revenez à la page précédente pour retrouver votre texte, et écrivez à la scolarité."
                ),
                retry_after=_HOUR_SECONDS,
            ) from error
        return _form(token, _empty())
    return redirect(url_for("doubt.sent", lang=request.args.get("lang")), HTTPStatus.SEE_OTHER)


def _fault_of(text: str, contact: str) -> _Fault | None:
    desk = doubt_desk()
    if not text.strip():
        return _empty()
    # A browser sends each end of a line as two signs, and counts it as one.
    if len(text.replace("\r\n", "\n")) > desk.longest_text:
        sentence = gettext(
            "Votre texte dépasse %(count)s signes. Il n’a pas été gardé\u202f: revenez à la page précédente "
            "pour le retrouver, et raccourcissez-le.",
            count=_counted(desk.longest_text),
        )
        return _Fault("text", sentence)
    if len(contact) > desk.longest_contact:
        sentence = gettext(
            "Donnez une adresse électronique ou un numéro de téléphone, en %(count)s signes au plus.",
            count=_counted(desk.longest_contact),
        )
        return _Fault("contact", sentence)
    return None


def _empty() -> _Fault:
    return _Fault("text", gettext("Dites en quelques mots ce qui vous fait douter."))


def _form(token: str | None, fault: _Fault | None = None) -> Response:
    """Show the form, always empty: what was typed is never shown again."""
    text = render_template(
        "house/doubt.html",
        token=token,
        fault=fault,
        longest_text=doubt_desk().longest_text,
        longest_contact=doubt_desk().longest_contact,
        counted=_counted(doubt_desk().longest_text),
    )
    return Response(text, HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK, mimetype=HTML)


def _counted(number: int) -> str:
    """Write a number of signs as the reader's language does: 4 000, 4,000."""
    return str(format_decimal(number, locale=current_language().locale))
