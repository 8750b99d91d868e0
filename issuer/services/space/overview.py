"""What a person holds, as the space shows it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from issuer.domain.award import WITHDRAWAL_SENTENCES, Award, AwardKind, AwardState
from issuer.ports import OwnAward, Registry, SpaceForm, Welcome
from issuer.services.catalog import kept_version

_FRESH: Final = timedelta(days=90)
"""For how long after an award a first visit is a small feast."""

_COPIED: Final = (SpaceForm.PNG, SpaceForm.SVG, SpaceForm.JSON)
"""Forms that copy what was issued: any process can give them."""


def welcome(registry: Registry, candidate_id: str, now: datetime) -> Welcome:
    """Say how to greet a person.

    Args:
        registry: The open unit of work.
        candidate_id: Who.
        now: The present instant (aware).
    """
    candidate = registry.candidate(candidate_id)
    issued = [award.issued_at for award in registry.awards_of_person(candidate_id)]
    return Welcome(
        name=candidate.display_name if candidate else "",
        first_visit=bool(issued)
        and max(issued) > now - _FRESH
        and len(registry.sessions_of(candidate_id)) <= 1,
    )


def own_awards(registry: Registry, candidate_id: str) -> Sequence[OwnAward]:
    """Give a person's awards, titles first; of a replaced one only what took its place.

    Args:
        registry: The open unit of work.
        candidate_id: Who.
    """
    awards = [
        award for award in registry.awards_of_person(candidate_id) if award.state is not AwardState.REPLACED
    ]
    awards.sort(key=lambda award: (award.certification, award.kind is AwardKind.BLOCK, award.component))
    return [_own(registry, award) for award in awards]


def _own(registry: Registry, award: Award) -> OwnAward:
    certification = kept_version(registry, award.certification, award.certification_version)
    block = certification.block(award.component)
    forms, missing = _forms(registry, award)
    return OwnAward(
        award=award,
        name=block.title if block else certification.title,
        reason=WITHDRAWAL_SENTENCES[award.reason] if award.reason else None,
        link_open=registry.link_is_open(award.number),
        forms=forms,
        on_request=missing,
    )


def _forms(registry: Registry, award: Award) -> tuple[Sequence[SpaceForm], Sequence[SpaceForm]]:
    """Give the forms that are handed out, and those that the key would have to make first."""
    if award.state is not AwardState.VALID:
        return (), ()
    signed = (SpaceForm.JWT, SpaceForm.CLR) if _is_whole(registry, award) else (SpaceForm.JWT,)
    prepared = {SpaceForm(each.form.value) for each in registry.prepared(award.number)}
    ready = (SpaceForm.PDF, *_COPIED, *(form for form in signed if form in prepared))
    return ready, [form for form in signed if form not in prepared]


def _is_whole(registry: Registry, award: Award) -> bool:
    """Say whether an award is a title whose blocks are all in force: only then is there a record of them."""
    others = registry.awards_of(award.candidate_id, award.certification)
    blocks = [
        each for each in others if each.kind is AwardKind.BLOCK and each.state is not AwardState.REPLACED
    ]
    return award.kind is AwardKind.TITLE and all(block.state is AwardState.VALID for block in blocks)
