"""The desk's first room: what waits for a person, most urgent first, each with the one thing to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, current_app, request, url_for

from issuer.domain.staff import Role
from issuer.ports.staff import Account
from issuer.ports.todo import ToDo, ToDoKind, Urgency
from issuer.web.access import lifecycle_desk
from issuer.web.desk_pages import page as desk_page
from issuer.web.desk_words import TO_DO, ToDoWords, install, lacking_words
from issuer.web.staff_sessions import may_open, requires

views = Blueprint("todo", __name__, url_prefix="/a-traiter")
views.record_once(lambda state: install(state.app.jinja_env))


_ENDS = frozenset(
    {
        ToDoKind.LISTS_ENDED,
        ToDoKind.LISTS_ENDING,
        ToDoKind.REGISTRATIONS_ENDING,
        ToDoKind.CPF_DUE,
        ToDoKind.CPF_LATE,
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the page shows it.

    Attributes:
        found: What was found.
        words: What it is called.
        address: Where the one thing is done, or None where the account may not, or nothing is there.
        subjects: What it is about, each with its own address or None.
    """

    found: ToDo
    words: ToDoWords
    address: str | None
    subjects: Sequence[tuple[str, str | None]]

    @property
    def is_end(self) -> bool:
        """Whether its day is that of an end, not of a beginning."""
        return self.found.kind in _ENDS


@views.get("", endpoint="page")
@requires(*Role)
def show(account: Account) -> Response:
    """Show the list."""
    lines = [_line(account, found) for found in lifecycle_desk().to_do()]
    groups: Mapping[Urgency, Sequence[Line]] = {
        urgency: [line for line in lines if line.found.urgency is urgency] for urgency in Urgency
    }
    return desk_page("desk/todo.html", groups=groups, empty=not lines)


def _line(account: Account, found: ToDo) -> Line:
    words = TO_DO[found.kind]
    shown = lacking_words if found.kind is ToDoKind.LEGAL_DATA else str
    view = current_app.view_functions.get(words.endpoint)
    if view is None or not may_open(account, view):
        return Line(found, words, None, [(shown(subject), None) for subject in found.subjects])
    lang = request.args.get("lang")
    if words.one is None:
        address = url_for(words.endpoint, lang=lang)
        return Line(found, words, address, [(shown(subject), None) for subject in found.subjects])
    each = [
        (shown(subject), url_for(words.endpoint, lang=lang, **{words.one: subject}))  # type: ignore[arg-type]
        for subject in found.subjects
    ]
    return Line(found, words, each[0][1] if each else None, each)
