"""Letters for holders without an address, to be printed and posted.

A button and not an address: the trail says who printed one, so that reading a page never changes anything.
"""

from flask import Blueprint, Response, request

from issuer.domain.staff import Role
from issuer.errors import RefusedError
from issuer.ports.staff import Account
from issuer.web import desk_pages
from issuer.web.access import letters
from issuer.web.language import mark
from issuer.web.staff_sessions import requires

views = Blueprint("letters", __name__, url_prefix="/lettres")

_LONGEST = 100

desk_pages.say({
    "letter.no_live_award": mark(
        "Cette personne n’a pas de délivrance en vigueur\u202f: aucune lettre n’a été faite."
    ),
    "letter.not_printable": mark(
        "Un nom a des caractères que nos polices n’ont pas\u202f: aucune lettre n’a été faite."
    ),
    "letter.of_whom": mark(
        "Dites pour quelle délivrance, ou pour quelle personne. Aucune lettre n’a été faite."
    ),
})  # fmt: skip


@views.post("")
@requires(Role.ENTRY)
def letter(account: Account) -> Response:
    """Hand out the letter of an award, or of a person for all that he or she holds."""
    number, candidate = (request.form.get(name, "").strip()[:_LONGEST] for name in ("number", "candidate"))
    if bool(number) == bool(candidate):
        raise RefusedError(
            "letter.of_whom", "it names no award and no person, or both", where="number", remedy="name one"
        )
    content = (
        letters().of_award(number, actor=account.id)
        if number
        else letters().of_person(candidate, actor=account.id)
    )
    answer = Response(content, mimetype="application/pdf")
    name = "".join(sign for sign in number or candidate if sign.isalnum() or sign == "-")
    answer.headers.set("Content-Disposition", "attachment", filename=f"lettre-{name}.pdf")
    return answer
