"""People who were not reached: mails that came back, and nobody to write to."""

from collections import Counter
from collections.abc import Sequence

from issuer.domain.mail_server import is_address
from issuer.ports import NoticeState
from issuer.ports.todo import ToDo, ToDoKind, Urgency
from issuer.services.notices import NO_ADDRESS, OVERTAKEN, short_id
from issuer.services.todo.view import View, found

_NOBODYS_FAULT = frozenset({NO_ADDRESS, OVERTAKEN})
"""Mails that are not to be sent again: the next question names the people without an address."""


def bounced_notices(view: View) -> Sequence[ToDo]:
    """Find mails that came back or were given up."""
    bounced = [
        notice
        for notice in view.registry.notices(NoticeState.BOUNCED)
        if notice.trouble not in _NOBODYS_FAULT
    ]
    oldest = min((notice.changed_at for notice in bounced), default=None)
    return found(ToDoKind.NOTICES_BOUNCED, Urgency.SOON, [short_id(notice) for notice in bounced], oldest)


def people_without_address(view: View) -> Sequence[ToDo]:
    """Find living holders of an award in force to whom no mail goes: no address, or one shared by several."""
    addresses = view.registry.addresses()
    shared = Counter(mail.strip().casefold() for mail in addresses.values())
    people = dict.fromkeys(award.candidate_id for award in view.live)
    lacking = []
    for person in people:
        mail = addresses.get(person)
        if mail is not None and is_address(mail) and shared[mail.strip().casefold()] == 1:
            continue
        known = view.registry.candidate(person)
        if known is not None and known.deceased_on is None:
            lacking.append(person)
    return found(ToDoKind.NO_ADDRESS, Urgency.LATER, lacking)
