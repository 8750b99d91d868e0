"""Shares: a link of its own on chosen awards, that its holder ends at will."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from issuer.domain.award import LIVE
from issuer.errors import ConflictError, NotFoundError, RefusedError
from issuer.ports import Registry, Share, ShareState
from issuer.ports.sharing import ShareTerm
from issuer.services.office import Office
from issuer.services.space.links import held_award, off_by_registry

MOST_OPEN: Final = 100
"""Shares that one person may have open at once."""

MOST_CHARACTERS: Final = 80
"""Characters of a label."""

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""Categories of characters that a label has no use for: it stands on one line, and reads as it is."""


def open_share(
    office: Office, candidate_id: str, numbers: Sequence[str], term: ShareTerm, label: str
) -> Share:
    """Open a share on a person's own live awards, none of which the registry switched off.

    Args:
        office: The service.
        candidate_id: Whose.
        numbers: Numbers of the awards; one that stands there twice counts once.
        term: Until when.
        label: What its holder calls it; nobody else sees it.

    Returns:
        The share.

    Raises:
        RefusedError: ``share.empty``, ``share.label``, ``share.too_many``.
        NotFoundError: ``award.not_held``.
        ConflictError: ``share.not_live``, ``share.closed_by_registry``.
    """
    chosen, named = list(dict.fromkeys(numbers)), _label(label)
    if not chosen:
        raise RefusedError(
            "share.empty", "no award was chosen", where="numbers", remedy="choose one award at least"
        )
    now = office.clock.now()
    with office.store.writing() as registry:
        _require_live(registry, candidate_id, chosen)
        _require_room(registry, candidate_id, now)
        share = Share(
            id=office.ids.urn(),
            token=office.ids.token(),
            candidate_id=candidate_id,
            label=named,
            numbers=tuple(chosen),
            created_at=now,
            until=_end(term, now),
        )
        registry.keep_share(share)
    return share


def close_share(office: Office, candidate_id: str, share_id: str) -> None:
    """Close a share, at once and for good; one that is closed stays as it is.

    Args:
        office: The service.
        candidate_id: Whose.
        share_id: Which.

    Raises:
        NotFoundError: ``share.unknown``: the same answer for another person's as for none at all.
    """
    with office.store.writing() as registry:
        if share_id not in {share.id for share in registry.shares_of(candidate_id)}:
            raise NotFoundError(
                "share.unknown",
                "this person has no such share",
                where="share",
                remedy="choose one of the shares that the space shows",
            )
        registry.close_share(share_id, office.clock.now())


def share_link(office: Office, token: str) -> str:
    """Give the address of a share.

    Args:
        office: The service.
        token: The share's token.
    """
    return f"{office.base_url}/s/{token}"


def _end(term: ShareTerm, now: datetime) -> datetime | None:
    return None if term is ShareTerm.UNLIMITED else now + timedelta(days=int(term.value))


def _label(label: str) -> str:
    shown = "".join(" " if unicodedata.category(mark) in _INVISIBLE else mark for mark in label)
    text = unicodedata.normalize("NFC", " ".join(shown.split()))
    if len(text) > MOST_CHARACTERS:
        raise RefusedError(
            "share.label",
            f"the label has more than {MOST_CHARACTERS} characters",
            where="label",
            remedy="shorten it",
        )
    return text


def _require_live(registry: Registry, candidate_id: str, numbers: Sequence[str]) -> None:
    awards = [held_award(registry, candidate_id, number) for number in numbers]
    gone = [award.number for award in awards if award.state not in LIVE]
    if gone:
        raise ConflictError(
            "share.not_live",
            "an award that was withdrawn or replaced cannot be shared",
            where=", ".join(gone),
            remedy="choose among the awards in force",
        )
    off = [number for number in numbers if off_by_registry(registry, number)]
    if off:
        raise ConflictError(
            "share.closed_by_registry",
            "the registry switched the link of an award off, and no share opens it again",
            where=", ".join(off),
            remedy="ask the registry",
        )


def _require_room(registry: Registry, candidate_id: str, now: datetime) -> None:
    shares = registry.shares_of(candidate_id)
    if sum(share.state(now) is ShareState.OPEN for share in shares) >= MOST_OPEN:
        raise RefusedError(
            "share.too_many",
            f"{MOST_OPEN} shares are open already",
            where="share",
            remedy="close those that are no longer needed",
        )
