"""What a holder chose for an award, and the one mail that a choice can bring."""

import re
from typing import Final

from issuer.ports import Choice, NoticeKind
from issuer.services.notices import queue
from issuer.services.office import Office
from issuer.services.space.links import held_award

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22,64}", re.ASCII)


def choose(office: Office, candidate_id: str, number: str, choice: Choice, *, wanted: bool) -> None:
    """Keep a choice for one of a person's own awards.

    Args:
        office: The service.
        candidate_id: Whose.
        number: The award's number.
        choice: Which.
        wanted: Whether it is on.

    Raises:
        NotFoundError: ``award.not_held``.
    """
    with office.store.writing() as registry:
        held_award(registry, candidate_id, number)
        registry.choose(number, choice, wanted=wanted)


def note_opening(office: Office, token: str) -> bool:
    """Note that a person opened an award's page, where its holder asked to be told of the first time.

    Where nothing was asked nothing is kept; where it was, one instant, and nothing of who it was.

    Args:
        office: The service.
        token: The last part of the permanent link, hostile until checked.

    Returns:
        Whether it was the first time, so that a mail to the holder was queued.
    """
    if _TOKEN.fullmatch(token) is None:
        return False
    with office.store.reading() as registry:
        award = registry.award_by_token(token)
        if award is None or not registry.choices(award.number).get(Choice.TELL_FIRST_OPENING, False):
            return False
        if not registry.link_is_open(award.number) or registry.first_opening(award.number) is not None:
            return False
    with office.store.writing() as registry:
        first = registry.note_first_opening(award.number, office.clock.now())
        if first:
            queue(office, registry, NoticeKind.FIRST_OPENING, award.candidate_id, [award.number])
    return first
