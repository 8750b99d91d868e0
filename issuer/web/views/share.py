"""What a holder shows by a share's own link: chosen awards, for a time; never the credential or its link."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, json, render_template, request

from credentials.report import REPORT_VERSION, Sentence, Verdict
from issuer.ports import ClosedLink
from issuer.ports.sharing import SharedPage
from issuer.web.access import sharing_desk
from issuer.web.dead_ends import DeadEnd, closed, no_share
from issuer.web.documents import Document
from issuer.web.language import gettext
from issuer.web.looks import Tone
from issuer.web.negotiation import HTML, JSON, preferred, wants_page
from issuer.web.pages import own, spoken
from issuer.web.problems import ProblemError
from issuer.web.readers import opened_by_a_person

views = Blueprint("share", __name__, url_prefix="/s")

_WHY_LEFT_OUT = Sentence(
    "Un partage montre un document et son état. Il ne remet ni le certificat, ni son lien permanent, ni ce "
    "qui y mène\u202f: ces éléments sont retirés du rapport, et nommés dans «\u202fleft_out\u202f».",
    "A share shows a document and its state. It hands out neither the certificate, nor its permanent link, "
    "nor what leads to either: these members are taken out of the report, and named in “left_out”.",
)
_MOST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One document in the list of a share that shows several.

    Attributes:
        name: The title or the block's name; empty for a replaced one, of which nothing is said.
        code: Its code, or None.
        headline: The verdict at this moment.
        tone: Its tint.
    """

    name: str
    code: str | None
    headline: str
    tone: Tone


@views.get("/<token>")
def page(token: str) -> Response:
    """Show the chosen awards: one in full, the others a step away; ``document`` says which one."""
    # Counted is the address as it was handed out: not another document of it, nor another language.
    found = sharing_desk().shared(token, counted=not request.args and opened_by_a_person(request))
    if not isinstance(found, SharedPage):
        return _ended(found, token)
    if not wants_page(request):
        raise ProblemError(
            HTTPStatus.NOT_ACCEPTABLE,
            "share.page_only",
            gettext(
                "Un partage ne remet pas l’attestation. Il donne une page, et à la même adresse suivie de "
                "/report, son rapport."
            ),
        )
    documents = [own(item.page) for item in found.documents]
    at = position(len(documents))
    answer = Response(
        render_template(
            "share.html",
            share_token=token,
            document=documents[at],
            registration=spoken(found.documents[at].page.registration),
            position=at + 1,
            lines=[_line(document) for document in documents],
            until=found.until,
            closed_by_registry=found.closed_by_registry,
        ),
        mimetype=HTML,
    )
    answer.vary.update(("Accept", "Accept-Language"))
    return answer


@views.get("/<token>/report")
def report(token: str) -> Response:
    """Give the reports on the chosen awards, without what leads to the credentials; it counts as no view."""
    found = sharing_desk().shared(token, counted=False)
    if not isinstance(found, SharedPage):
        return _ended(found, token)
    told = {
        "version": REPORT_VERSION,
        "documents": [item.report() for item in found.documents],
        "closed_by_registry": found.closed_by_registry,
        "why_left_out": _WHY_LEFT_OUT.to_dict(),
    }
    return Response(json.dumps(told, sort_keys=False, ensure_ascii=False), mimetype=JSON)


@views.get("/", strict_slashes=False)
@views.get("/<path:rest>")
def badly_copied(rest: str = "") -> Response:
    """Say what is wrong with an address that could only be a share's, badly copied."""
    return _answered(no_share(rest))


def _ended(found: ClosedLink | None, token: str) -> Response:
    return _answered(closed(found) if found else no_share(token))


def _answered(end: DeadEnd) -> Response:
    if preferred(request, (HTML, JSON)) == HTML:
        return end.page()
    raise end.problem()


def position(count: int) -> int:
    """Give which of the documents is asked for, from 0; the first where the argument makes no sense.

    Args:
        count: How many there are.
    """
    asked = request.args.get("document", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= _MOST_DIGITS else 1
    return number - 1 if 1 <= number <= count else 0


def _line(document: Document) -> Line:
    said, banner = document.said, document.banner
    if said is None or document.report.verdict is Verdict.REPLACED:
        return Line("", None, banner.headline, banner.tone)
    return Line(said.name, said.code, banner.headline, banner.tone)
