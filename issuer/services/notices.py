"""Mails: queued in the unit of work of the act that they tell of, sent after it, with what became of them.

What is queued is who, why and about which awards; the words are made when it is sent. A try is counted before
it is made, and makes the mail wait: two senders at once never send the same one, and of a process that is
killed in the middle the mail goes again later, once more at worst, and is never lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from issuer.domain.award import LIVE, WITHDRAWAL_SENTENCES, Award, AwardKind, AwardState
from issuer.errors import ConflictError, MailError, NotFoundError
from issuer.ports import (
    Composer,
    Delivery,
    Letter,
    LetterItem,
    Mailer,
    Notice,
    NoticeKind,
    NoticeState,
    Registry,
    StatusEvent,
)
from issuer.services import audit
from issuer.services.catalog import kept_version
from issuer.services.office import PARIS, Office

WAITS: Final = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
    timedelta(hours=24),
    timedelta(hours=24),
)
"""How long a mail waits after each try; after one more than these it is given up. The first is longer than a
slow mail server may take, because it also keeps a second sender from a mail that is on its way."""

MOST_TRIES: Final = len(WAITS) + 1

REFUSED: Final = "mail.refused"
UNREACHABLE: Final = "mail.unreachable"
GIVEN_UP: Final = "mail.given_up"
"""Tried as often as is sensible."""
NO_ADDRESS: Final = "notice.no_address"
"""The address was taken away, or the person died, while the mail waited."""
OVERTAKEN: Final = "notice.overtaken"
"""Every award that it tells of was replaced or withdrawn while the mail waited."""
CAME_BACK: Final = "notice.came_back"
"""Somebody saw it come back, and said so."""

_MERGED = frozenset({NoticeKind.AWARDED, NoticeKind.DOUBT})
"""One mail for all that happens before it is first tried."""

_BEGAN: Final[Mapping[NoticeKind, AwardState]] = {
    NoticeKind.SUSPENDED: AwardState.SUSPENDED,
    NoticeKind.REINSTATED: AwardState.VALID,
    NoticeKind.WITHDRAWN: AwardState.REVOKED,
}
"""The state whose beginning a mail tells."""

_SHORTEST_PREFIX = 8
_URN = "urn:uuid:"


def queue(
    office: Office, registry: Registry, kind: NoticeKind, candidate_id: str | None, numbers: Sequence[str]
) -> Notice | None:
    """Queue a mail, in the unit of work of the act that it tells of.

    Several awards issued together make one mail: one that was not tried yet takes them up.

    Args:
        office: The service.
        registry: The open unit of work.
        kind: Why it is written; an entry is never queued.
        candidate_id: To whom, or None for the registry.
        numbers: Numbers of the awards that it is about.

    Returns:
        What was queued; None where there is no address to write to, or the person is deceased.
    """
    address = address_of(office, registry, candidate_id)
    if address is None:
        return None
    now = office.clock.now()
    waiting = _to_join(registry, kind, candidate_id)
    if waiting is None:
        kept = Notice(
            office.ids.urn(), kind, candidate_id, list(numbers), address, NoticeState.QUEUED, now, now
        )
    else:
        kept = replace(waiting, numbers=list(dict.fromkeys((*waiting.numbers, *numbers))))
    registry.keep_notice(kept)
    return kept


def is_due(notice: Notice, at: datetime) -> bool:
    """Say whether a mail is to be tried at an instant (aware)."""
    if notice.state is not NoticeState.QUEUED:
        return False
    if notice.attempts == 0:
        return True
    return notice.changed_at + WAITS[min(notice.attempts, len(WAITS)) - 1] <= at


def send_due(office: Office, mailer: Mailer, composer: Composer) -> Delivery:
    """Hand over every mail whose time has come; a mail server that is down stops the round, not the service.

    Args:
        office: The service.
        mailer: Hands mails over.
        composer: Gives them words.
    """
    sent = bounced = 0
    trouble: MailError | None = None
    with office.store.reading() as registry:
        now = office.clock.now()
        due = [notice.id for notice in registry.notices(NoticeState.QUEUED) if is_due(notice, now)]
    for notice_id in due:
        claimed, letter = _claim(office, notice_id)
        if claimed is None:
            continue
        if letter is None:
            bounced += 1
            continue
        failure = _try(mailer, composer, letter)
        state = _settle(office, claimed, failure)
        sent += state is NoticeState.SENT
        bounced += state is NoticeState.BOUNCED
        if failure is not None and failure.code != REFUSED:
            trouble = failure
            if failure.code == UNREACHABLE:
                break
    with office.store.reading() as registry:
        return Delivery(sent, bounced, len(registry.notices(NoticeState.QUEUED)), trouble)


def find_notices(office: Office, state: NoticeState | None = None) -> Sequence[Notice]:
    """Give the mails in a state, or all, oldest first."""
    with office.store.reading() as registry:
        return registry.notices(state)


def waiting(office: Office) -> int:
    """Count the mails that are queued."""
    return len(find_notices(office, NoticeState.QUEUED))


def resend(office: Office, reference: str, *, actor: str) -> Notice:
    """Queue a mail anew, to the address on file now.

    Args:
        office: The service.
        reference: The mail's id, or at least the first 8 characters of its uuid.
        actor: Who.

    Returns:
        The mail, queued and not tried.

    Raises:
        NotFoundError: ``notice.unknown``.
        ConflictError: ``notice.no_address`` where there is none to write to, ``notice.queued`` where it waits
            for its first try already.
    """
    with office.store.writing() as registry:
        notice = _named(registry, reference)
        if notice.state is NoticeState.QUEUED and notice.attempts == 0:
            raise ConflictError(
                "notice.queued",
                "this mail waits for its first try already; nothing was changed",
                where=short_id(notice),
                remedy="send what waits with: parchemin notices send",
            )
        address = address_of(office, registry, notice.candidate_id)
        if address is None:
            raise ConflictError(
                NO_ADDRESS,
                "there is no address to write to; nothing was changed",
                where=short_id(notice),
                remedy="put an address on file first, for the registry itself as registry_mail in "
                "institution.yaml",
            )
        kept = replace(
            notice,
            mail=address,
            state=NoticeState.QUEUED,
            changed_at=office.clock.now(),
            attempts=0,
            trouble=None,
        )
        registry.keep_notice(kept)
        audit.record(
            registry, kept.changed_at, actor, "notice.resent", notice.id, {"kind": notice.kind.value}
        )
    return kept


def mark_bounced(office: Office, reference: str, *, actor: str) -> Notice:
    """Note that a mail came back.

    Args:
        office: The service.
        reference: The mail's id, or at least the first 8 characters of its uuid.
        actor: Who saw it come back.

    Returns:
        The mail, bounced.

    Raises:
        NotFoundError: ``notice.unknown``.
        ConflictError: ``notice.not_sent`` where it never went, or is marked already.
    """
    with office.store.writing() as registry:
        notice = _named(registry, reference)
        if notice.state is not NoticeState.SENT:
            raise ConflictError(
                "notice.not_sent",
                f"this mail is {notice.state.value}, and only one that was sent can come back",
                where=short_id(notice),
                remedy="list those that went with: parchemin notices list --state sent",
            )
        kept = replace(notice, state=NoticeState.BOUNCED, changed_at=office.clock.now(), trouble=CAME_BACK)
        registry.keep_notice(kept)
        audit.record(
            registry, kept.changed_at, actor, "notice.bounced", notice.id, {"kind": notice.kind.value}
        )
    return kept


def hidden(mail: str) -> str:
    """Give an address of which nobody who looks over a shoulder learns much: ``h…@example.org``."""
    name, at, host = mail.rpartition("@")
    return f"{name[:1]}…{at}{host}" if at else "…"


def short_id(notice: Notice) -> str:
    """Give the first characters of a mail's id, as a person types them."""
    return notice.id.removeprefix(_URN)[:_SHORTEST_PREFIX]


def space_link(office: Office) -> str:
    """Give the address of the graduate's space: where every mail to a person leads."""
    return f"{office.base_url}/moi"


def address_of(office: Office, registry: Registry, candidate_id: str | None) -> str | None:
    """Give the address to write to now, or None: no address on file, or the person is deceased.

    Args:
        office: The service.
        registry: The open unit of work.
        candidate_id: To whom, or None for the registry.
    """
    if candidate_id is None:
        return office.institution.registry_mail
    person = registry.candidate(candidate_id)
    on_file = registry.address(candidate_id)
    if person is None or person.deceased_on is not None or on_file is None:
        return None
    return on_file.mail


def _to_join(registry: Registry, kind: NoticeKind, candidate_id: str | None) -> Notice | None:
    """Give a mail of the same kind to the same person that was not tried yet."""
    if kind not in _MERGED:
        return None
    for notice in registry.notices(NoticeState.QUEUED, candidate_id):
        if (notice.kind, notice.candidate_id, notice.attempts) == (kind, candidate_id, 0):
            return notice
    return None


def _claim(office: Office, notice_id: str) -> tuple[Notice | None, Letter | None]:
    """Count a try before it is made; give the mail and its letter, or the mail alone where it is given up.

    Of two that claim the same mail at once, the second finds it tried and not due.
    """
    with office.store.writing() as registry:
        now = office.clock.now()
        notice = registry.notice(notice_id)
        if notice is None or not is_due(notice, now):
            return None, None
        address = address_of(office, registry, notice.candidate_id)
        claimed = replace(notice, mail=address or notice.mail, attempts=notice.attempts + 1, changed_at=now)
        trouble = _end_of(registry, claimed, address)
        if trouble is not None:
            given_up = replace(notice, state=NoticeState.BOUNCED, changed_at=now, trouble=trouble)
            registry.keep_notice(given_up)
            return given_up, None
        registry.keep_notice(claimed)
        return claimed, _letter(office, registry, claimed, now)


def _end_of(registry: Registry, claimed: Notice, address: str | None) -> str | None:
    """Say why a mail that waits goes no more, or None."""
    if address is None:
        return NO_ADDRESS
    if claimed.attempts > MOST_TRIES:
        return GIVEN_UP
    return None if _told(registry, claimed) or not claimed.numbers else OVERTAKEN


def _told(registry: Registry, notice: Notice) -> Sequence[Award]:
    """Give the awards that a mail tells of: good news that waited tells of none that is no longer held."""
    awards = [award for award in (registry.award(number) for number in notice.numbers) if award is not None]
    if notice.kind is not NoticeKind.AWARDED:
        return awards
    return [award for award in awards if award.state in LIVE]


def _try(mailer: Mailer, composer: Composer, letter: Letter) -> MailError | None:
    try:
        mailer.send(composer.compose(letter))
    except MailError as error:
        return error
    return None


def _settle(office: Office, claimed: Notice, failure: MailError | None) -> NoticeState:
    """Keep what has become of a mail that was tried."""
    state = NoticeState.SENT
    if failure is not None:
        given_up = failure.code == REFUSED or claimed.attempts >= MOST_TRIES
        state = NoticeState.BOUNCED if given_up else NoticeState.QUEUED
    trouble = None if failure is None else failure.code
    with office.store.writing() as registry:
        registry.keep_notice(replace(claimed, state=state, trouble=trouble, changed_at=office.clock.now()))
    return state


def _letter(office: Office, registry: Registry, notice: Notice, now: datetime) -> Letter:
    awards = _told(registry, notice)
    began = _began(registry, notice)
    reason = None if began is None or began.state is AwardState.VALID else began.reason
    day = notice.created_at if began is None else began.at
    return Letter(
        id=notice.id,
        kind=notice.kind,
        to=notice.mail,
        at=now,
        link=None if notice.candidate_id is None else space_link(office),
        items=[_item(registry, award) for award in awards],
        since=day.astimezone(PARIS).date(),
        reason=None if reason is None else WITHDRAWAL_SENTENCES[reason],
    )


def _began(registry: Registry, notice: Notice) -> StatusEvent | None:
    """Give the act that a mail tells of: the state may have changed again while it waited."""
    state = _BEGAN.get(notice.kind)
    if state is None:
        return None
    for number in notice.numbers:
        for event in reversed(registry.status_events(number)):
            if event.state is state and event.at <= notice.created_at:
                return event
    return None


def _item(registry: Registry, award: Award) -> LetterItem:
    fiche = kept_version(registry, award.certification, award.certification_version)
    block = fiche.block(award.component) if award.kind is AwardKind.BLOCK else None
    title = fiche.title if block is None else block.title
    return LetterItem(award.number, award.kind, award.component, title, award.decided_on)


def _named(registry: Registry, reference: str) -> Notice:
    """Give the one mail of an id, or of the beginning of one."""
    wanted = reference.removeprefix(_URN)
    found = (
        [notice for notice in registry.notices() if notice.id.removeprefix(_URN).startswith(wanted)]
        if len(wanted) >= _SHORTEST_PREFIX
        else []
    )
    if len(found) != 1:
        raise NotFoundError(
            "notice.unknown",
            "no mail, or more than one, has this id",
            where=wanted[:36] or "NOTICE",
            remedy="give at least 8 characters of one that is listed by: parchemin notices list",
        )
    return found[0]
