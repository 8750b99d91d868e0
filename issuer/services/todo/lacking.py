"""Mandatory mentions and legal data that nobody has filled in: until then papers are specimens."""

from collections.abc import Iterator, Sequence

from issuer.ports.todo import ToDo, ToDoKind, Urgency
from issuer.services.todo.view import View, found

_TO_BE_FILLED_IN = "à renseigner"


def legal_data(view: View) -> Sequence[ToDo]:
    """Find what is lacking: of each registration, of signatories, of the institution.

    Subjects are ``<code> <field>`` and ``institution <field>``.

    Spec: France compétences, FAQ « parchemin »; french-domain.md, section 3.
    """
    return found(ToDoKind.LEGAL_DATA, Urgency.LATER, [*_of_fiches(view), *_of_institution(view)])


def _of_fiches(view: View) -> Iterator[str]:
    for fiche in view.fiches:
        if fiche.registration.decision_date is None:
            yield f"{fiche.code} decision_date"
        if fiche.registration.delivery_deadline is None:
            yield f"{fiche.code} delivery_deadline"
        if not fiche.nsf:
            yield f"{fiche.code} nsf"


def _of_institution(view: View) -> Iterator[str]:
    institution = view.office.institution
    if not institution.signatories:
        yield "institution signatories"
    if any("," not in signatory.name for signatory in institution.signatories):
        yield "institution signatory_quality"
    for field, value in (
        ("delivery_place", institution.delivery_place),
        ("contact", institution.contact),
        ("registry_mail", institution.registry_mail),
        ("dpo", institution.legal.dpo),
        ("publication_director", institution.legal.publication_director),
    ):
        if not value or _TO_BE_FILLED_IN in value.casefold():
            yield f"institution {field}"
