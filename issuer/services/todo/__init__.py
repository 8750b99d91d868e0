"""The to-do list: each question is asked of the register anew, and nothing is ticked off by hand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Final

from issuer.ports.todo import ToDo, ToDoKind, Urgency
from issuer.services.office import Office
from issuer.services.todo import decisions, ends, feed, lacking, left, mails, rights
from issuer.services.todo.view import Question, View

QUESTIONS: Final[Sequence[Question]] = (
    rights.annulled_standing,
    rights.titles_without_block,
    rights.blocks_without_title,
    rights.long_suspensions,
    decisions.orders,
    decisions.open_doubts,
    mails.bounced_notices,
    mails.people_without_address,
    ends.status_lists,
    feed.unpublished_roots,
    feed.deadlines_of_titles,
    feed.withdrawn_titles,
    ends.old_keys,
    ends.registrations,
    lacking.legal_data,
    left.drafts,
    left.self_watch,
)
"""What is asked of every register."""

_URGENCIES = list(Urgency)
_KINDS = list(ToDoKind)


def to_do(office: Office, more: Sequence[Question] = ()) -> Sequence[ToDo]:
    """Give what is to do, most urgent first, and of the same urgency what waits longest.

    Args:
        office: The service.
        more: Questions of other parts of the service (drafts, erasures, the self-watch, published roots).
    """
    with office.store.reading() as registry:
        view = View.of(office, registry)
        lines = [line for question in (*QUESTIONS, *more) for line in question(view)]
    return sorted(lines, key=_order)


def _order(line: ToDo) -> tuple[int, int, datetime]:
    return _URGENCIES.index(line.urgency), _KINDS.index(line.kind), _instant(line.since)


def _instant(since: datetime | date | None) -> datetime:
    if since is None:
        return datetime.max.replace(tzinfo=UTC)
    return since if isinstance(since, datetime) else datetime.combine(since, time(), UTC)
