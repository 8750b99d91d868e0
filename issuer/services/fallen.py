"""Annulled decisions: the awards in force that rest on one. Nothing falls by itself; a person asks for it."""

from collections.abc import Sequence

from issuer.domain.award import LIVE, Award, AwardKind
from issuer.domain.codes import warning_codes
from issuer.domain.plan import Plan
from issuer.domain.records import Annulment
from issuer.ports import Registry
from issuer.ports.lifecycle import STATE_KINDS, Fallen
from issuer.ports.orders import OrderState
from issuer.services.four_eyes import subjects_of
from issuer.services.office import Office
from issuer.services.planning import current_plan

_OPEN = frozenset({OrderState.PROPOSED, OrderState.APPROVED, OrderState.RUNNING, OrderState.FAILED})


def fallen_awards(office: Office) -> Sequence[Fallen]:
    """Give the awards in force to which the record no longer gives the right, in order of their numbers.

    Args:
        office: The service.

    Spec: jury-cases.md, rule 11; french-domain.md, section 12.
    """
    with office.store.reading() as registry:
        codes = dict.fromkeys(fiche.code for fiche in registry.certifications())
        plans = [current_plan(office, registry, code, None) for code in codes]
        found = [each for plan in plans for each in fallen_in(registry, plan)]
    return sorted(found, key=lambda each: each.award.number)


def fallen_in(registry: Registry, plan: Plan) -> Sequence[Fallen]:
    """Give the awards in force to which a plan finds no right any more.

    Args:
        registry: The open unit of work.
        plan: The plan as the record gives it now.
    """
    code = plan.certification.code
    struck = {
        part.evaluation.candidate_id: {
            component
            for question in part.questions
            if question.code is warning_codes.RIGHT_FALLEN
            for component in question.components
        }
        for part in plan.candidates
        if part.questions
    }
    if not any(struck.values()):
        return []
    annulments = registry.record(code).annulments
    asked = {
        number: order.id
        for order in registry.orders()
        if order.state in _OPEN and order.kind in STATE_KINDS
        for number in subjects_of(order)
    }
    return [
        Fallen(award, _references(annulments, award), asked.get(award.number))
        for person, components in struck.items()
        for award in registry.awards_of(person, code)
        if award.state in LIVE and award.component in components
    ]


def _references(annulments: Sequence[Annulment], award: Award) -> Sequence[str]:
    """Give the acts that struck its decision; a title falls with any of its blocks."""
    return [
        act.reference or act.on.isoformat()
        for act in annulments
        if act.candidate_id == award.candidate_id
        and (award.kind is AwardKind.TITLE or award.component in act.scope)
    ]
