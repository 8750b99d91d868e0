"""In and out: a link that works once, sent to the address on file, then a session; no password.

A secret is 256 random bits, and the register keeps its SHA-256 alone. Who gets a link and who gets none must
not be told apart by who asks: :func:`ask_entry` answers nothing, and writes one entry in every case, so that
the register's lock tells nothing either.
"""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from issuer.ports import Entry, EntryState, Post, Registry, Visit
from issuer.services.office import Office

LINK_LIFE: Final = timedelta(minutes=15)
SESSION_LIFE: Final = timedelta(hours=1)
"""Fixed: a shared computer is forgotten, and nothing in the space takes longer."""

KEPT: Final = timedelta(days=30)
"""For how long one can see in one's space when it was entered."""

_HOUR: Final = timedelta(hours=1)
_LINKS_AN_HOUR: Final = 3

_NOBODY: Final = ""
"""Whose the entry is that is written where no mail is sent."""

_SHARED: Final = "shared address:"
"""Begins the name under which mails to an address of several persons are counted."""


def ask_entry(office: Office, post: Post, mail: str) -> None:
    """Send a single-use link to an address, where it is the one of exactly one living person.

    Where several persons have the address, nobody is guessed: a mail to it, as it is on file, says that the
    registry helps.

    Args:
        office: The service.
        post: Writes the mail.
        mail: The address, as typed.
    """
    now = office.clock.now()
    with office.store.writing() as registry:
        registry.forget_entries(now - KEPT)
        persons = registry.persons_at(mail)
        living = [person for person in persons if _lives(registry, person)]
        secret = _new_secret(office)
        entry = _entry_for(registry, persons, living, digest_of_secret(secret), now)
        registry.keep_entry(entry)
        held = registry.address(living[0]) if living else None
    if entry.candidate_id == _NOBODY:
        return
    if len(persons) == 1:
        post.send_entry(entry.candidate_id, f"{office.base_url}/moi/entrer/{secret}")
    elif held is not None and held.mail is not None:
        post.send_shared_address(held.mail)


def _entry_for(
    registry: Registry, persons: Sequence[str], living: Sequence[str], digest: str, now: datetime
) -> Entry:
    """Give what is written of a request: a person's link, or what opens nothing, written all the same."""
    if living:
        whose = living[0] if len(persons) == 1 else f"{_SHARED}{living[0]}"
        if registry.entries_since(whose, now - _HOUR) < _LINKS_AN_HOUR:
            # A mail to several persons holds no link: what is kept counts it.
            return Entry(digest, whose, now, now + LINK_LIFE if len(persons) == 1 else now)
    # Ended for so long that the next request forgets it: strangers do not fill the register.
    return Entry(digest, _NOBODY, now, now - KEPT)


def entry_state(office: Office, secret: str) -> EntryState:
    """Say what a link is worth, without using it."""
    with office.store.reading() as registry:
        return _state(registry.entry(digest_of_secret(secret)), office.clock.now())


def enter(office: Office, secret: str) -> Visit | EntryState:
    """Use a link up and open a session; or say why it opens none.

    Args:
        office: The service.
        secret: The last part of the link.

    Returns:
        The session, or what the link is worth.
    """
    now, digest = office.clock.now(), digest_of_secret(secret)
    with office.store.reading() as registry:
        # Without the write lock: who holds no link learns nothing of how long others have it.
        if registry.entry(digest) is None:
            return EntryState.UNKNOWN
    with office.store.writing() as registry:
        entry = registry.entry(digest)
        state = _state(entry, now)
        if entry is None or state is not EntryState.GOOD or not _lives(registry, entry.candidate_id):
            if entry is not None and entry.ends_at <= now:
                # Noted, so that a clock set back does not make it good again.
                registry.use_entry(digest, now)
            return EntryState.ENDED if state is EntryState.GOOD else state
        registry.use_entry(digest, now)
        own = _new_secret(office)
        session = Entry(digest_of_secret(own), entry.candidate_id, now, now + SESSION_LIFE)
        registry.keep_session(session)
    return Visit(session.candidate_id, own, session.created_at, session.ends_at)


def visit(office: Office, secret: str) -> Visit | None:
    """Give the session of a secret while it is open, or None.

    One that has come to its end is noted as left, so that a clock set back does not open it again.
    """
    now, digest = office.clock.now(), digest_of_secret(secret)
    with office.store.reading() as registry:
        session = registry.session(digest)
        if session is not None and session.is_good(now) and _lives(registry, session.candidate_id):
            return Visit(session.candidate_id, secret, session.created_at, session.ends_at)
    if session is not None and session.used_at is None and session.ends_at <= now:
        leave(office, secret)
    return None


def leave(office: Office, secret: str) -> None:
    """End a session; one that there is not changes nothing."""
    with office.store.writing() as registry:
        registry.end_session(digest_of_secret(secret), office.clock.now())


def digest_of_secret(secret: str) -> str:
    """Give what the register keeps of a secret: its SHA-256, in hex."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _state(entry: Entry | None, now: datetime) -> EntryState:
    if entry is None:
        return EntryState.UNKNOWN
    if entry.is_good(now):
        return EntryState.GOOD
    in_time = entry.used_at is not None and entry.used_at < entry.ends_at
    return EntryState.USED if in_time else EntryState.ENDED


def _lives(registry: Registry, candidate_id: str) -> bool:
    candidate = registry.candidate(candidate_id)
    return candidate is not None and candidate.deceased_on is None


def _new_secret(office: Office) -> str:
    return urlsafe_b64encode(office.ids.secret()).rstrip(b"=").decode()
