"""What a holder shows to others: the desk behind their space's pages, and behind the shares' public ones."""

import re
from collections.abc import Sequence
from typing import Final

from issuer.domain.award import Award, AwardState
from issuer.errors import ConflictError, ServiceError
from issuer.ports import Choice, ClosedLink, Registry, Share, ShareState
from issuer.ports.sharing import HOLDER, Holding, OwnShare, ProfileFacts, SharedPage, ShareTerm
from issuer.services.catalog import kept_version
from issuer.services.desk import Desk
from issuer.services.office import Office
from issuer.services.space import choices, links, shares
from issuer.services.space.profile_texts import profile_facts
from issuer.services.space.redaction import shared_documents

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22,64}", re.ASCII)
_CLOSED: Final = {ShareState.CLOSED: ClosedLink.SHARE_CLOSED, ShareState.ENDED: ClosedLink.SHARE_ENDED}


class Sharing:
    """Answers holders (``OwnSharing``) and those who open their links (``PublicShares``); signs nothing."""

    def __init__(self, office: Office, desk: Desk) -> None:
        self._office = office
        self._desk = desk

    # Those who open a link

    def shared(self, token: str, *, counted: bool) -> SharedPage | ClosedLink | None:
        """Verify what a share shows; None when there is no such share."""
        if _TOKEN.fullmatch(token) is None:
            return None
        with self._office.store.reading() as registry:
            share = registry.share_by_token(token)
            if share is None:
                return None
            state = share.state(self._office.clock.now())
            if state is not ShareState.OPEN:
                return _CLOSED[state]
            shown = [number for number in share.numbers if not links.off_by_registry(registry, number)]
            if not shown:
                return ClosedLink.SHARE_CLOSED_BY_REGISTRY
            awards = [registry.award(number) for number in shown]
            pages = [self._desk.page_of(registry, award) for award in awards if award is not None]
        if counted:
            self._count(share)
        return SharedPage(shared_documents(pages), share.until, len(share.numbers) - len(shown))

    def note_opening(self, token: str) -> None:
        """Note that a person opened an award's page, where its holder asked to be told of the first time."""
        try:
            choices.note_opening(self._office, token)
        except ServiceError:
            return  # a reader gets the page, whatever becomes of its holder's mail

    def _count(self, share: Share) -> None:
        try:
            with self._office.store.writing() as registry:
                registry.count_view(share.id)
        except ServiceError:
            return  # a register that cannot be written costs the count, not the page

    # Holders

    def holdings(self, candidate_id: str) -> Sequence[Holding]:
        """Give a person's awards, in order of their numbers."""
        with self._office.store.reading() as registry:
            return [self._holding(registry, award) for award in registry.awards_of_person(candidate_id)]

    def holding(self, candidate_id: str, number: str) -> Holding:
        """Give one of a person's awards; a replaced one is nowhere, as another person's."""
        with self._office.store.reading() as registry:
            award = links.held_award(registry, candidate_id, number)
            if award.state is AwardState.REPLACED:
                raise links.not_held()
            return self._holding(registry, award)

    def shares(self, candidate_id: str) -> Sequence[OwnShare]:
        """Give a person's shares, newest first."""
        now = self._office.clock.now()
        with self._office.store.reading() as registry:
            return [
                OwnShare(
                    share=share,
                    state=share.state(now),
                    link=shares.share_link(self._office, share.token),
                    holdings=[
                        self._holding(registry, links.held_award(registry, candidate_id, number))
                        for number in share.numbers
                    ],
                )
                for share in registry.shares_of(candidate_id)
            ]

    def open_share(self, candidate_id: str, numbers: Sequence[str], term: ShareTerm, label: str) -> Share:
        """Open a share."""
        return shares.open_share(self._office, candidate_id, numbers, term, label)

    def close_share(self, candidate_id: str, share_id: str) -> None:
        """Close a share, at once and for good."""
        shares.close_share(self._office, candidate_id, share_id)

    def switch_link(self, candidate_id: str, number: str, *, opened: bool) -> bool:
        """Switch an award's permanent link off or on; False where it was so already."""
        with self._office.store.reading() as registry:
            links.held_award(registry, candidate_id, number)
        return links.switch_link(self._office, number, opened=opened, by=HOLDER)

    def choose(self, candidate_id: str, number: str, choice: Choice, *, wanted: bool) -> None:
        """Keep a choice."""
        choices.choose(self._office, candidate_id, number, choice, wanted=wanted)

    def profile(self, candidate_id: str, number: str) -> ProfileFacts:
        """Give what a profile or a signature says of an award."""
        with self._office.store.reading() as registry:
            award = links.held_award(registry, candidate_id, number)
            if award.state is not AwardState.VALID:
                raise ConflictError(
                    "profile.not_in_force",
                    "this award is not in force: a profile must not name it",
                    where=number,
                    remedy="ask the registry",
                )
            return profile_facts(
                award,
                kept_version(registry, award.certification, award.certification_version),
                self._office.institution,
                link=self._office.link(award.token),
                link_open=registry.link_is_open(number),
            )

    def _holding(self, registry: Registry, award: Award) -> Holding:
        certification = kept_version(registry, award.certification, award.certification_version)
        block = certification.block(award.component)
        return Holding(
            award=award,
            name=block.title if block else certification.title,
            link=self._office.link(award.token),
            link_open=registry.link_is_open(award.number),
            by_registry=links.off_by_registry(registry, award.number),
            choices=registry.choices(award.number),
            first_opened=registry.first_opening(award.number),
        )
