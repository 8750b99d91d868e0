"""The holder's shares: open one, see what they show and how often they were opened, end one."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for

from issuer.domain.award import LIVE
from issuer.errors import ConflictError, NotFoundError, RefusedError
from issuer.ports import ShareState
from issuer.ports.sharing import ShareTerm
from issuer.services.space.shares import MOST_CHARACTERS
from issuer.web.access import sharing_desk
from issuer.web.language import gettext, mark
from issuer.web.negotiation import HTML
from issuer.web.problems import ProblemError
from issuer.web.sessions import require_session

views = Blueprint("shares", __name__, url_prefix="/partages")

TERMS = {
    ShareTerm.WEEK: mark("7 jours"),
    ShareTerm.MONTH: mark("30 jours"),
    ShareTerm.QUARTER: mark("90 jours"),
    ShareTerm.UNLIMITED: mark("sans date de fin"),
}
_USUAL = ShareTerm.MONTH
_MOST_CHOSEN = 50

_REFUSALS = {
    "share.empty": mark("Choisissez au moins un document."),
    "share.label": mark("Le nom du partage est trop long\u202f: %(most)s caractères au plus."),
    "share.too_many": mark("Trop de partages sont ouverts. Arrêtez ceux qui ne servent plus."),
    "share.not_live": mark("Un document retiré ou remplacé ne se partage pas. Choisissez parmi les autres."),
    "share.closed_by_registry": mark(
        "La scolarité a désactivé le lien d’un de ces documents\u202f: il ne se partage pas."
    ),
}


@views.get("")
@require_session
def page(candidate_id: str) -> Response:
    """Show the shares, and the form that opens one; ``attestation`` chooses an award beforehand."""
    return _page(candidate_id, chosen=request.args.getlist("attestation")[:_MOST_CHOSEN])


@views.post("")
@require_session
def open_one(candidate_id: str) -> Response:
    """Open a share."""
    chosen = request.form.getlist("attestation")[:_MOST_CHOSEN]
    label, term = request.form.get("label", ""), _term(request.form.get("term", ""))
    try:
        made = sharing_desk().open_share(candidate_id, chosen, term, label)
    except NotFoundError as error:
        raise ProblemError(HTTPStatus.NOT_FOUND, error.code, "") from error
    except (RefusedError, ConflictError) as error:
        return _page(candidate_id, chosen=chosen, label=label, term=term, error=_said(error.code))
    return seen(url_for("space.shares.page", lang=request.args.get("lang"), _anchor=anchor_of(made.id)))


@views.post("/<uuid:share>/fin")
@require_session
def end(candidate_id: str, share: UUID) -> Response:
    """End a share, at once and for good."""
    try:
        sharing_desk().close_share(candidate_id, share.urn)
    except NotFoundError as error:
        raise ProblemError(HTTPStatus.NOT_FOUND, error.code, "") from error
    return seen(url_for("space.shares.page", lang=request.args.get("lang")))


def seen(address: str) -> Response:
    """Lead from a form that was taken to the page that shows what it did; reloading that sends nothing.

    Args:
        address: The page.
    """
    return Response(status=HTTPStatus.SEE_OTHER, headers={"Location": address}, mimetype=HTML)


def anchor_of(share_id: str) -> str:
    """Give the place of a share on the page.

    Args:
        share_id: ``urn:uuid``.
    """
    return f"partage-{UUID(share_id).hex[:12]}"


def _page(
    candidate_id: str,
    *,
    chosen: list[str],
    label: str = "",
    term: ShareTerm = _USUAL,
    error: str | None = None,
) -> Response:
    desk = sharing_desk()
    shares = desk.shares(candidate_id)
    holdings = [
        holding
        for holding in desk.holdings(candidate_id)
        if holding.award.state in LIVE and not holding.by_registry
    ]
    text = render_template(
        "space/shares.html",
        open_shares=[own for own in shares if own.state is ShareState.OPEN],
        past_shares=[own for own in shares if own.state is not ShareState.OPEN],
        holdings=sorted(holdings, key=lambda holding: holding.award.kind.value, reverse=True),
        chosen=chosen,
        label=label,
        most_characters=MOST_CHARACTERS,
        terms={known.value: gettext(words) for known, words in TERMS.items()},
        term=term.value,
        error=error,
        anchor_of=anchor_of,
    )
    return Response(text, HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK, mimetype=HTML)


def _term(text: str) -> ShareTerm:
    return ShareTerm(text) if text in set(ShareTerm) else _USUAL


def _said(code: str) -> str:
    return gettext(_REFUSALS[code], most=MOST_CHARACTERS)
