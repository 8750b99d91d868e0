"""What was begun and left, and what the service says of itself."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from issuer.ports.todo import ToDo, ToDoKind, Urgency
from issuer.services.todo.view import View, found

LEFT_AFTER: Final = timedelta(days=3)
"""A record that nobody took in for so long was left."""


def drafts(view: View) -> Sequence[ToDo]:
    """Find records that were handed in at the desk and left; one that waits for a decision is an order's."""
    left = [
        draft
        for draft in view.registry.drafts()
        if draft.order is None and draft.made_at <= view.now - LEFT_AFTER
    ]
    oldest = min((draft.made_at for draft in left), default=None)
    return found(ToDoKind.DRAFTS_LEFT, Urgency.LATER, [draft.id for draft in left], oldest)


def self_watch(view: View) -> Sequence[ToDo]:
    """Find what the last self-watch found wrong; a service that does not watch itself has nothing to say."""
    run = view.registry.last_watch_run()
    if run is None or run.ok:
        return []
    wrong = [finding.what for finding in run.findings if not finding.ok]
    return found(ToDoKind.WATCH_RED, Urgency.NOW, wrong, run.at)
