"""Doubts that a stranger reports from the public pages: kept for the registrar, who is told by mail."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from issuer.errors import ConflictError, NotFoundError, RefusedError
from issuer.ports import Doubt, NoticeKind, Registry
from issuer.services import audit, notices
from issuer.services.office import Office

MOST_TEXT: Final = 4_000
"""Characters of a report."""
MOST_CONTACT: Final = 254
"""Characters of a way to answer: a mail address or a telephone number."""
MOST_OPEN: Final = 1_000
"""Reports that may wait for a registrar: a flood fills neither the disk nor the list."""

_SHORTEST_PREFIX = 8
_URN = "urn:uuid:"


def report_doubt(office: Office, number: str | None, text: str, contact: str | None) -> Doubt:
    """Keep a doubt, and queue a mail to the registry; nothing else of who wrote it is kept.

    Args:
        office: The service.
        number: Number of the award from whose page it was written, or None.
        text: What was written.
        contact: How to answer, where given; else None or empty.

    Returns:
        What was kept.

    Raises:
        RefusedError: ``doubt.empty``, ``doubt.long``, or ``doubt.full`` where too many wait already.
        NotFoundError: ``award.unknown``.
    """
    said, answer = _clean(text), _clean(contact or "") or None
    if not said:
        raise RefusedError(
            "doubt.empty", "nothing was written", where="text", remedy="say in a few words what seems wrong"
        )
    if len(said) > MOST_TEXT or len(answer or "") > MOST_CONTACT:
        raise RefusedError(
            "doubt.long",
            f"a report holds {MOST_TEXT} characters, and a contact {MOST_CONTACT}",
            where="text",
            remedy="shorten it",
        )
    with office.store.writing() as registry:
        _require_place(registry, number)
        doubt = Doubt(office.ids.urn(), number, said, answer, office.clock.now())
        registry.keep_doubt(doubt)
        notices.queue(office, registry, NoticeKind.DOUBT, None, [] if number is None else [number])
    return doubt


def find_doubts(office: Office, *, closed: bool = False) -> Sequence[Doubt]:
    """Give the doubts that wait, oldest first.

    Args:
        office: The service.
        closed: Those that were closed as well.
    """
    with office.store.reading() as registry:
        return [doubt for doubt in registry.doubts() if closed or doubt.closed_at is None]


def close_doubt(office: Office, reference: str, *, actor: str) -> Doubt:
    """Close a doubt that was looked into.

    Args:
        office: The service.
        reference: Its id, or at least the first 8 characters of its uuid.
        actor: Who.

    Raises:
        NotFoundError: ``doubt.unknown``.
        ConflictError: ``doubt.closed``.
    """
    with office.store.writing() as registry:
        doubt = _named(registry, reference)
        if doubt.closed_at is not None:
            raise ConflictError(
                "doubt.closed",
                "this doubt is closed already; nothing was changed",
                where=short_id(doubt),
                remedy="list those that wait with: parchemin doubts list",
            )
        closed = replace(doubt, closed_at=office.clock.now(), closed_by=actor)
        registry.keep_doubt(closed)
        audit.record(registry, office.clock.now(), actor, "doubt.closed", doubt.id, {"award": doubt.number})
    return closed


def short_id(doubt: Doubt) -> str:
    """Give the first characters of a doubt's id, as a person types them."""
    return doubt.id.removeprefix(_URN)[:_SHORTEST_PREFIX]


def _require_place(registry: Registry, number: str | None) -> None:
    if number is not None and registry.award(number) is None:
        raise NotFoundError(
            "award.unknown",
            "there is no award of this number",
            where="number",
            remedy="report it from the page of the document",
        )
    if sum(doubt.closed_at is None for doubt in registry.doubts()) >= MOST_OPEN:
        raise RefusedError(
            "doubt.full",
            "too many reports wait already; this one was not kept",
            where="text",
            remedy="write to the registry",
        )


def _clean(text: str) -> str:
    """Give a text without invisible signs; its lines stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        sign
        for sign in lines
        if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    )
    return kept.strip()


def _named(registry: Registry, reference: str) -> Doubt:
    wanted = reference.removeprefix(_URN)
    found = (
        [doubt for doubt in registry.doubts() if doubt.id.removeprefix(_URN).startswith(wanted)]
        if len(wanted) >= _SHORTEST_PREFIX
        else []
    )
    if len(found) != 1:
        raise NotFoundError(
            "doubt.unknown",
            "no doubt, or more than one, has this id",
            where=wanted[:36] or "DOUBT",
            remedy="give at least 8 characters of one that is listed by: parchemin doubts list",
        )
    return found[0]
