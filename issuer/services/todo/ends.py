"""Ends that come: of status lists, of keys, of registrations."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from issuer.domain.calendar_days import months_later
from issuer.domain.certification import Registration
from issuer.ports.todo import ToDo, ToDoKind, Urgency
from issuer.services.status_lists import ListState, list_states
from issuer.services.todo.view import View, found

KEY_YEARS: Final = timedelta(days=2 * 365)
"""A signing key that is older is to be rotated; nothing that it signed is touched by that."""

NEAR: Final = timedelta(days=180)
"""Half a year before its end a registration is renewed or its successor prepared."""

_MONTHS_OF_FIVE_YEARS: Final = 60


def status_lists(view: View) -> Iterator[ToDo]:
    """Find lists that have ended, and such as end soon although they should have been signed again."""
    states = list_states(view.office)
    ended = [state for state in states if state.ended]
    ending = [state for state in states if state.ending and not state.ended]
    yield from found(ToDoKind.LISTS_ENDED, Urgency.NOW, [state.name for state in ended], _first(_ends(ended)))
    yield from found(
        ToDoKind.LISTS_ENDING, Urgency.NOW, [state.name for state in ending], _first(_ends(ending))
    )


def old_keys(view: View) -> Sequence[ToDo]:
    """Find keys that sign credentials and are to be rotated."""
    made = {
        str(key["name"]): datetime.fromisoformat(str(key["created_at"]))
        for key in view.registry.key_ledger()
        if key.get("state") == "active" and key.get("purpose") == "assertionMethod"
    }
    old = [name for name, at in made.items() if at <= view.now - KEY_YEARS]
    return found(ToDoKind.KEYS_OLD, Urgency.LATER, old, _first(made[name] for name in old))


def registrations(view: View) -> Sequence[ToDo]:
    """Find certifications of which the registration, the last day of award or the fifth year is near or past.

    One whose registration ended and whose last award is past as well is done with: nothing is said of it.

    Spec: L. 6113-5 (five years at most) and L. 6113-9 of the labour code.
    """
    near = {
        fiche.code: day
        for fiche in view.fiches
        if (day := next_end(fiche.registration, view.today)) is not None and day <= view.today + NEAR
    }
    first = min(near.values(), default=None)
    return found(ToDoKind.REGISTRATIONS_ENDING, Urgency.LATER, list(near), first)


def next_end(registration: Registration, today: date) -> date | None:
    """Give the end of a registration that somebody has to think of next.

    Args:
        registration: As the fiche has it.
        today: The day in Paris.

    Returns:
        Its last day, or that of five years where it comes first; once it is past, the last day on which the
        certification may be awarded, or the end itself where that is unknown; None where all is over.
    """
    ends = [registration.expiry_date]
    if registration.effective_date is not None:
        ends.append(months_later(registration.effective_date, _MONTHS_OF_FIVE_YEARS))
    end = min(ends)
    if end >= today:
        return end
    deadline = registration.delivery_deadline
    if deadline is None:
        return end
    return deadline if deadline >= today else None


def _ends(states: Sequence[ListState]) -> Iterator[datetime]:
    return (state.valid_until for state in states if state.valid_until is not None)


def _first(instants: Iterator[datetime]) -> datetime | None:
    return min(instants, default=None)
