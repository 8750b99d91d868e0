"""Awards at the desk: the list, one award's whole story, what an employer sees, and acts as proposals.

A name is never part of an address: whoever looks for one sends a form, and the trail says that they did. The
same holds for links and codes, which open a person's page for whoever has them.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from issuer.domain.award import AwardState, DuplicateReason
from issuer.domain.staff import Role
from issuer.errors import NotFoundError, RefusedError, ServiceError
from issuer.ports.explaining import Explanation
from issuer.ports.lifecycle import LIFECYCLE_KINDS, REASONS, AwardFilter, AwardSheet, Rehearsal
from issuer.ports.orders import OrderKind
from issuer.ports.staff import Account
from issuer.services.bulk import MOST_NUMBERS, numbers_in
from issuer.web import desk_pages
from issuer.web.access import lifecycle_desk
from issuer.web.banners import banner
from issuer.web.dead_ends import closed
from issuer.web.desk_pages import page as desk_page
from issuer.web.desk_pages import said, seen
from issuer.web.desk_words import REASON_WORDS
from issuer.web.language import gettext, mark
from issuer.web.looks import Banner
from issuer.web.staff_sessions import requires

views = Blueprint("awards", __name__, url_prefix="/delivrances")

_READERS = (Role.ENTRY, Role.APPROVAL, Role.AUDIT)
_ACTS = (OrderKind.SUSPEND, OrderKind.REINSTATE, OrderKind.REVOKE, OrderKind.REPLACE)
"""As a list is worked through: in doubt one suspends first."""
_LONGEST_NOTE = 2_000
_LONGEST_VALUE = 100

desk_pages.say({
    "award.unknown": mark(
        "Il n’y a pas de délivrance sous ce numéro. Vérifiez-le, ou cherchez dans la liste."
    ),
    "award.gone": mark("Cette délivrance est déjà retirée ou remplacée, pour toujours. Rien n’a été changé."),
    "explain.nothing": mark(
        "Rien de chez nous n’a ce lien, ce numéro ou ce code\u202f: un employeur obtient la page qui le dit "
        "(404). Faites-le relire une fois\u202f; dans un lien, les majuscules comptent."
    ),
    "search.short": mark("Écrivez au moins deux lettres du nom."),
    "bulk.no_number": mark(
        "Aucun numéro n’a été trouvé. Écrivez-les comme sur les documents, par exemple 2026-000017."
    ),
    "bulk.too_many": mark("La liste est trop longue\u202f: faites-en de deux mille numéros au plus."),
    "bulk.changed": mark(
        "Les délivrances de la liste ont changé depuis l’essai. Rien n’a été demandé\u202f: refaites l’essai."
    ),
    "bulk.count": mark(
        "Le nombre écrit n’est pas celui des délivrances touchées. Rien n’a été demandé\u202f: "
        "relisez l’essai, puis écrivez-le de nouveau."
    ),
    "order.reason": mark("Rien n’a été demandé\u202f: choisissez un motif dans la liste."),
    "order.kind": mark("Rien n’a été demandé\u202f: choisissez un acte dans la liste."),
    "duplicate.not_in_force": mark(
        "Seul un document en vigueur est remis de nouveau. Rien n’a été changé."
    ),
    "link.wanted": mark("Dites si le lien doit être ouvert ou fermé. Rien n’a été changé."),
})  # fmt: skip


@views.get("", endpoint="page")
@requires(*_READERS)
def listing(account: Account) -> Response:
    """Show a page of the list."""
    wanted = _filter(request.args)
    return _list(account, wanted, sheet=lifecycle_desk().search(wanted, _page_number(request.args)))


@views.post("/recherche/par-nom")
@requires(*_READERS)
def by_name(account: Account) -> Response:
    """Show a page of the awards of a name; the trail keeps who looked and how many were found."""
    wanted, name = _filter(request.form), request.form.get("name", "").strip()[:_LONGEST_VALUE]
    desk = lifecycle_desk()
    try:
        sheet = desk.search_by_name(name, wanted, _page_number(request.form), actor=account.id)
    except RefusedError as error:
        return _list(account, wanted, sheet=desk.search(wanted, 1), name=name, error=error)
    return _list(account, wanted, sheet=sheet, name=name)


@views.post("/recherche/par-lien")
@requires(*_READERS)
def explanation(_account: Account) -> Response:
    """Show what an employer sees behind a link, a number or a short code."""
    reference = request.form.get("reference", "")
    try:
        found = lifecycle_desk().explain(reference)
    except NotFoundError as error:
        return desk_page("desk/explained.html", status=HTTPStatus.NOT_FOUND, found=None, sentence=said(error))
    return desk_page(
        "desk/explained.html", found=found, banners=[(each, banner_of(each)) for each in found.awards]
    )


@views.get("/annulations")
@requires(*_READERS)
def annulled(account: Account) -> Response:
    """Show the awards in force whose decision was annulled, and propose what follows."""
    return desk_page("desk/annulled.html", found=lifecycle_desk().fallen(), may_ask=account.has(Role.ENTRY))


@views.get("/lot")
@requires(Role.ENTRY)
def list_of(_account: Account) -> Response:
    """Show the form that takes a list; filled with what a filter lets through where one is given."""
    wanted = _filter(request.args)
    numbers = lifecycle_desk().matching(wanted)[:MOST_NUMBERS] if wanted != AwardFilter() else ()
    return _list_form("\n".join(numbers))


@views.post("/lot")
@requires(Role.ENTRY)
def dry_run(_account: Account) -> Response:
    """Say what would happen to each number; nothing is changed or asked."""
    text = _handed_in()
    try:
        kind, reason = _kind(), request.form.get("reason", "")
        rehearsal = lifecycle_desk().rehearse(kind, numbers_in(text), reason)
    except RefusedError as error:
        return _list_form(text, error=error)
    return _dry_run(rehearsal)


@views.post("/lot/demande")
@requires(Role.ENTRY)
def ask(account: Account) -> AnyResponse:
    """Propose what the dry run showed, once the count was typed again."""
    kind, reason = _kind(), request.form.get("reason", "")
    numbers = numbers_in(request.form.get("numbers", ""))
    desk = lifecycle_desk()
    rehearsal = desk.rehearse(kind, numbers, reason)
    if len(numbers) > 1 and request.form.get("count", "").strip() != str(len(rehearsal.going)):
        return _dry_run(
            rehearsal,
            error=gettext(
                "Le nombre écrit n’est pas celui des délivrances touchées. Rien n’a été "
                "demandé\u202f: relisez l’essai, puis écrivez-le de nouveau."
            ),
        )
    try:
        order = desk.propose(
            kind, numbers, reason, seen=request.form.get("seen", ""), note=_note(), actor=account.id
        )
    except ServiceError as error:
        return _dry_run(rehearsal, error=said(error))
    return seen("desk.orders.one", order_id=order.id)


@views.get("/<number>", endpoint="one")
@requires(*_READERS)
def show(account: Account, number: str) -> Response:
    """Show one award's whole story."""
    desk = lifecycle_desk()
    story = desk.award_file(number)
    award = story.explained.award
    return desk_page(
        "desk/award.html",
        story=story,
        explained=story.explained,
        award=award,
        seen_banner=banner_of(story.explained),
        acts=_possible(award.state) if account.has(Role.ENTRY) else (),
        reasons=_reasons(),
        duplicate_reasons=list(DuplicateReason),
        may_act=account.has(Role.ENTRY),
        four_eyes=desk.four_eyes,
    )


@views.post("/<number>/duplicata")
@requires(Role.ENTRY)
def duplicate(account: Account, number: str) -> AnyResponse:
    """Give the paper a further number; nothing is withdrawn."""
    reason = request.form.get("reason", "")
    if reason not in set(DuplicateReason):
        raise RefusedError(
            "order.reason", "the reason is not of the closed list", where="reason", remedy="choose one"
        )
    lifecycle_desk().duplicate(number, DuplicateReason(reason), actor=account.id)
    return seen("desk.awards.one", number=number)


@views.post("/<number>/lien")
@requires(Role.ENTRY)
def switch(account: Account, number: str) -> AnyResponse:
    """Switch the permanent link off or on."""
    wanted = request.form.get("wanted")
    if wanted not in {"on", "off"}:
        raise RefusedError("link.wanted", "it is neither on nor off", where="wanted", remedy="press a button")
    lifecycle_desk().switch_link(number, opened=wanted == "on", actor=account.id)
    return seen("desk.awards.one", number=number)


def banner_of(explained: Explanation) -> Banner:
    """Give the first thing that an employer reads: of the page, or of the address that opens none.

    Args:
        explained: What an employer sees.
    """
    if explained.closed is not None:
        return closed(explained.closed).banner
    return banner(explained.page.report, explained.award, ours=True)


def _possible(state: AwardState) -> Sequence[OrderKind]:
    """Give the acts that an award in this state allows."""
    if state is AwardState.VALID:
        return (OrderKind.SUSPEND, OrderKind.REVOKE, OrderKind.REPLACE)
    return (OrderKind.REINSTATE, OrderKind.REVOKE) if state is AwardState.SUSPENDED else ()


def _filter(given: Mapping[str, str]) -> AwardFilter:
    state = given.get("state", "")
    number, candidate, session, certification = (
        given.get(name, "").strip()[:_LONGEST_VALUE]
        for name in ("number", "candidate", "session", "certification")
    )
    known = AwardState(state) if state in set(AwardState) else None
    return AwardFilter(number, candidate, known, session, certification)


def _page_number(given: Mapping[str, str]) -> int:
    text = given.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST_PAGE else 1


_LONGEST_PAGE = 7
"""Digits of a page's number that are read."""


def _list(
    account: Account,
    wanted: AwardFilter,
    *,
    sheet: AwardSheet,
    name: str = "",
    error: ServiceError | None = None,
) -> Response:
    desk = lifecycle_desk()
    return desk_page(
        "desk/awards.html",
        status=HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK,
        wanted=wanted,
        narrowed={
            key: value
            for key, value in {
                "number": wanted.number,
                "candidate": wanted.candidate,
                "state": wanted.state.value if wanted.state else "",
                "session": wanted.session,
                "certification": wanted.certification,
            }.items()
            if value
        },
        sheet=sheet,
        name=name,
        error=said(error) if error else None,
        states=list(AwardState),
        sessions=desk.sessions(),
        certifications=desk.certifications(),
        may_act=account.has(Role.ENTRY),
        most=MOST_NUMBERS,
    )


def _list_form(text: str, error: ServiceError | None = None) -> Response:
    return desk_page(
        "desk/bulk.html",
        status=HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK,
        text=text,
        acts=_ACTS,
        reasons=_reasons(),
        kind=request.form.get("kind", ""),
        reason=request.form.get("reason", ""),
        error=said(error) if error else None,
    )


def _dry_run(rehearsal: Rehearsal, error: str | None = None) -> Response:
    return desk_page(
        "desk/dry_run.html",
        status=HTTPStatus.CONFLICT if error else HTTPStatus.OK,
        rehearsal=rehearsal,
        four_eyes=lifecycle_desk().four_eyes,
        note=request.form.get("note", ""),
        error=error,
    )


def _reasons() -> Mapping[OrderKind, Mapping[str, str]]:
    return {kind: {reason: gettext(REASON_WORDS[reason]) for reason in REASONS[kind]} for kind in _ACTS}


def _kind() -> OrderKind:
    text = request.form.get("kind", "")
    if text not in {kind.value for kind in LIFECYCLE_KINDS}:
        raise RefusedError("order.kind", "this is no act on awards", where="kind", remedy="choose one")
    return OrderKind(text)


def _handed_in() -> str:
    """Give what was pasted, and what a file holds: numbers are read out of either."""
    # Numbers are ASCII, whatever a spreadsheet wrote around them.
    files = [
        uploaded.read().replace(b"\0", b"").decode("ascii", "replace")
        for uploaded in request.files.getlist("file")
    ]
    parts = [request.form.get("numbers", ""), *files]
    return "\n".join(part for part in parts if part)


def _note() -> str | None:
    return request.form.get("note", "").strip()[:_LONGEST_NOTE] or None
