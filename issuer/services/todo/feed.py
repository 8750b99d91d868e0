"""What others are owed: titles to the CPF feed, and a root of the trail for every day."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from issuer.ports.todo import ToDo, ToDoKind, Urgency
from issuer.services.accrochage import deadlines, withdrawn_after_acceptance
from issuer.services.roots import kept_roots
from issuer.services.todo.view import View, found

DUE_SOON: Final = timedelta(days=30)
"""Of the three months that the law gives, the last one."""

ROOT_AFTER: Final = timedelta(hours=36)
"""A root is made once a day: one that is later than half a day was missed."""


def deadlines_of_titles(view: View) -> Iterator[ToDo]:
    """Find titles that the feed has not accepted, and of which the last day is past or near.

    Spec: three months from delivery (french-domain.md, section 7).
    """
    waiting = deadlines(view.office)
    late = [each for each in waiting if each.late]
    near = [each for each in waiting if not each.late and each.due_on <= view.today + DUE_SOON]
    for kind, urgency, lines in (
        (ToDoKind.CPF_LATE, Urgency.NOW, late),
        (ToDoKind.CPF_DUE, Urgency.SOON, near),
    ):
        first = min((each.due_on for each in lines), default=None)
        yield from found(kind, urgency, [each.award.number for each in lines], first)


def withdrawn_titles(view: View) -> Sequence[ToDo]:
    """Find titles that the feed accepted and that were withdrawn since."""
    numbers = [award.number for award in withdrawn_after_acceptance(view.office)]
    return found(ToDoKind.CPF_WITHDRAWN, Urgency.SOON, numbers)


def unpublished_roots(view: View) -> Sequence[ToDo]:
    """Find that the trail went on without a root, for longer than a day and a half."""
    roots = kept_roots(view.registry)
    covered = roots[-1].root.trail.size if roots else 0
    waiting = view.registry.audit_entries()[covered:]
    # The entry of the root itself comes after it.
    waiting = [entry for entry in waiting if entry.action != "root.published"]
    if not waiting:
        return []
    since = datetime.fromisoformat(waiting[0].at)
    if since > view.now - ROOT_AFTER:
        return []
    return found(ToDoKind.ROOTS_UNPUBLISHED, Urgency.SOON, [f"{len(waiting)}"], since)
