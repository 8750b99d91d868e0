"""Documents and rights that do not go together: a title without a block, blocks without a title."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from issuer.domain.award import AwardKind, AwardState
from issuer.ports.todo import ToDo, ToDoKind, Urgency
from issuer.services.fallen import fallen_in
from issuer.services.todo.view import View, found

LONG_SUSPENSION: Final = timedelta(days=60)
"""A suspension is for a decision that is awaited: after two months somebody asks for it."""


def annulled_standing(view: View) -> Sequence[ToDo]:
    """Find awards in force whose decision was annulled, and on which nobody has asked for anything yet."""
    fallen = [each for plan in view.plans.values() for each in fallen_in(view.registry, plan)]
    numbers = sorted(each.award.number for each in fallen if each.order is None)
    return found(ToDoKind.ANNULLED_STANDING, Urgency.NOW, numbers)


def titles_without_block(view: View) -> Sequence[ToDo]:
    """Find titles in force of which a block was withdrawn and no other stands in its place."""
    standing = {(award.candidate_id, award.component) for award in view.live}
    lost = {
        (award.candidate_id, award.certification): award.state_since
        for award in view.awards
        if award.kind is AwardKind.BLOCK
        and award.state is AwardState.REVOKED
        and (award.candidate_id, award.component) not in standing
    }
    titles = [
        award
        for award in view.live
        if award.kind is AwardKind.TITLE and (award.candidate_id, award.certification) in lost
    ]
    days = [lost[award.candidate_id, award.certification] for award in titles]
    oldest = min((day for day in days if day is not None), default=None)
    return found(ToDoKind.TITLE_WITHOUT_BLOCK, Urgency.NOW, [award.number for award in titles], oldest)


def blocks_without_title(view: View) -> Sequence[ToDo]:
    """Find people who hold all the blocks of a title, by the record or by documents, and not the title."""
    titled = {
        (award.candidate_id, award.certification) for award in view.live if award.kind is AwardKind.TITLE
    }
    persons: dict[str, None] = {}
    for code, plan in view.plans.items():
        needed = set(plan.certification.required_blocks)
        held: dict[str, set[str]] = {}
        for award in view.live:
            if award.certification == code:
                held.setdefault(award.candidate_id, set()).add(award.component)
        for part in plan.candidates:
            person = part.evaluation.candidate_id
            earned = {item.component for item in part.evaluation.acquired}
            whole = needed <= earned or needed <= held.get(person, set())
            if needed and whole and (person, code) not in titled:
                persons[person] = None
    return found(ToDoKind.BLOCKS_WITHOUT_TITLE, Urgency.SOON, list(persons))


def long_suspensions(view: View) -> Sequence[ToDo]:
    """Find suspensions that have lasted longer than a decision should take."""
    long = [
        award
        for award in view.awards
        if award.state is AwardState.SUSPENDED
        and award.state_since is not None
        and award.state_since <= view.now - LONG_SUSPENSION
    ]
    oldest = min((award.state_since for award in long if award.state_since), default=None)
    return found(ToDoKind.SUSPENSIONS_LONG, Urgency.SOON, [award.number for award in long], oldest)
