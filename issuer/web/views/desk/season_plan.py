"""The plan of a session as a registrar reads it, its specimens, and submitting it to another person."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from issuer.domain.staff import Role
from issuer.errors import NotFoundError
from issuer.ports.staff import Account
from issuer.web.access import season_desk
from issuer.web.desk_pages import page, seen
from issuer.web.staff_sessions import requires
from issuer.web.views.desk.season_room import READERS, scope, views

PDF = "application/pdf"
_LONGEST_NOTE = 1000


@views.get("/saisie/plan")
@requires(*READERS)
def plan(_account: Account) -> Response:
    """Show what would be issued, what is refused, and who needs a second look."""
    certification, session = scope()
    reading = season_desk().reading(certification, session)
    return page("desk/season/plan.html", reading=reading, view=reading.view, session=session)


@views.get("/saisie/plan/personne")
@requires(*READERS)
def person(_account: Account) -> Response:
    """Show one person's part of the plan."""
    certification, session = scope()
    reading = season_desk().reading(certification, session)
    part = reading.view.part(request.args.get("candidat", ""))
    if part is None:
        raise NotFoundError(
            "candidate.unknown",
            "the plan has nobody of this identifier",
            where="candidat",
            remedy="read the plan",
        )
    return page("desk/season/person.html", part=part, view=reading.view, session=session)


@views.get("/saisie/plan/specimen")
@requires(*READERS)
def specimen(_account: Account) -> Response:
    """Show what one document of the plan would say; nothing is signed."""
    certification, session = scope()
    candidate, component = request.args.get("candidat", ""), request.args.get("composant", "")
    paper = season_desk().specimen(certification, session, candidate, component)
    return page(
        "desk/season/specimen.html",
        paper=paper,
        certification=certification,
        session=session,
        candidate=candidate,
        component=component,
    )


@views.get("/saisie/plan/specimen.pdf")
@requires(*READERS)
def specimen_pdf(_account: Account) -> Response:
    """Print one document of the plan with the word SPÉCIMEN and without a signature."""
    certification, session = scope()
    body = season_desk().specimen_pdf(
        certification, session, request.args.get("candidat", ""), request.args.get("composant", "")
    )
    answer = Response(body, mimetype=PDF)
    answer.headers.set("Content-Disposition", "inline", filename="specimen.pdf")
    return answer


@views.post("/saisie/plan/soumettre")
@requires(Role.ENTRY)
def submit(account: Account) -> AnyResponse:
    """Ask another person for the issue of the plan that was shown."""
    certification, session = scope()
    order = season_desk().submit(
        certification,
        session,
        seen=request.form.get("plan", ""),
        note=request.form.get("note", "").strip()[:_LONGEST_NOTE] or None,
        actor=account.id,
    )
    return seen("desk.season.approval", order_id=order.id)
