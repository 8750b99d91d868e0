"""What a holder shows to others: shares, the permanent link, choices, and texts for their profiles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from issuer.domain.award import Award
from issuer.ports.holders import Choice, Share, ShareState
from issuer.ports.public import AwardPage, ClosedLink

HOLDER = "holder"
"""Who switched a link, where no operator did."""


class ShareTerm(StrEnum):
    """For how long a share is opened; the value is the number of days."""

    WEEK = "7"
    MONTH = "30"
    QUARTER = "90"
    UNLIMITED = "none"


@dataclass(frozen=True, slots=True)
class SharedDocument:
    """One award as a share shows it: without the credential, its link, and what leads to either.

    Attributes:
        page: What the award's own page shows, less what is left out.
        left_out: What is: places in the report, e.g. ``credential.id``.
    """

    page: AwardPage
    left_out: Sequence[str]

    def report(self) -> Mapping[str, object]:
        """Give the report as JSON values: what is left out is absent, and named."""
        report = dict(self.page.report.to_dict())
        said = report["credential"]
        if "credential" in self.left_out:
            report["credential"] = None
        elif isinstance(said, Mapping):
            hidden = {place.removeprefix("credential.") for place in self.left_out}
            report["credential"] = {name: value for name, value in said.items() if name not in hidden}
        return {**report, "left_out": list(self.left_out)}


@dataclass(frozen=True, slots=True)
class SharedPage:
    """What a share shows at this moment.

    Attributes:
        documents: The chosen awards, in the holder's order; at least one.
        until: The share's end (aware), or None.
        closed_by_registry: How many of the chosen awards are not shown, because the registry switched their
            links off.
    """

    documents: Sequence[SharedDocument]
    until: datetime | None
    closed_by_registry: int = 0


@dataclass(frozen=True, slots=True)
class Holding:
    """One award in its holder's hands.

    Attributes:
        award: The register's entry.
        name: The certification's or the block's title.
        link: The permanent link.
        link_open: Whether it is on.
        by_registry: Whether the registry switched it off, so that the registry alone switches it on.
        choices: What the holder chose for it.
        first_opened: When its page was first opened since the holder asked to be told, or None.
    """

    award: Award
    name: str
    link: str
    link_open: bool
    by_registry: bool
    choices: Mapping[Choice, bool]
    first_opened: datetime | None


@dataclass(frozen=True, slots=True)
class OwnShare:
    """A share as its holder sees it.

    Attributes:
        share: The share.
        state: Whether it shows anything now.
        link: Its address.
        holdings: The awards that it shows, in order, as they are now.
    """

    share: Share
    state: ShareState
    link: str
    holdings: Sequence[Holding]


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """What a profile, a CV or a signature says of an award; every word is from the award or its fiche.

    Attributes:
        name: The title of the certification, or the block's with the words that make it a block.
        is_title: Whether it is a full certification.
        code: Of the certification, or of the block.
        certification: Title of the certification that a block is a part of; None for a title.
        organisation: Who awards.
        organisation_id: Its number at LinkedIn, or None.
        awarded: Day of the jury's decision.
        number: The award's number.
        link: The permanent link.
        link_open: Whether it is on; off, what is copied leads to a closed page.
        badge: Address of the picture for signatures.
        level: EQF level of a title; None for a block, which has none.
        linkedin: Address of the form that LinkedIn fills in from these facts.
    """

    name: str
    is_title: bool
    code: str
    certification: str | None
    organisation: str
    organisation_id: str | None
    awarded: date
    number: str
    link: str
    link_open: bool
    badge: str
    level: int | None
    linkedin: str


class PublicShares(Protocol):
    """What the public pages ask of the holders' acts; each call takes the present instant by itself."""

    def shared(self, token: str, *, counted: bool) -> SharedPage | ClosedLink | None:
        """Verify what a share shows; None when there is no such share.

        Args:
            token: The last part of its address.
            counted: Whether a person opened it, so that it counts as a view.
        """
        ...

    def note_opening(self, token: str) -> None:
        """Note that a person opened an award's page, where its holder asked to be told of the first time.

        Args:
            token: The last part of the permanent link. Nothing is kept where nothing was asked.
        """
        ...


class OwnSharing(Protocol):
    """What holders do in their space; each call names the person whose session it is."""

    def holdings(self, candidate_id: str) -> Sequence[Holding]:
        """Give a person's awards, in order of their numbers."""
        ...

    def holding(self, candidate_id: str, number: str) -> Holding:
        """Give one of a person's awards.

        Raises:
            NotFoundError: ``award.not_held``: there is none of this number, or it is another person's.
        """
        ...

    def shares(self, candidate_id: str) -> Sequence[OwnShare]:
        """Give a person's shares, newest first."""
        ...

    def open_share(self, candidate_id: str, numbers: Sequence[str], term: ShareTerm, label: str) -> Share:
        """Open a share.

        Args:
            candidate_id: Whose.
            numbers: Numbers of their own awards that are live.
            term: Until when.
            label: What they call it.

        Raises:
            RefusedError: ``share.empty``, ``share.label``, ``share.too_many``.
            NotFoundError: ``award.not_held``.
            ConflictError: ``share.not_live``; ``share.closed_by_registry`` where the registry switched the
                link of one off.
        """
        ...

    def close_share(self, candidate_id: str, share_id: str) -> None:
        """Close a share, at once and for good; one that is closed stays as it is.

        Raises:
            NotFoundError: ``share.unknown``.
        """
        ...

    def switch_link(self, candidate_id: str, number: str, *, opened: bool) -> bool:
        """Switch an award's permanent link off or on; False where it was so already.

        Raises:
            NotFoundError: ``award.not_held``.
            ConflictError: ``link.registry``: the registry switched it off.
        """
        ...

    def choose(self, candidate_id: str, number: str, choice: Choice, *, wanted: bool) -> None:
        """Keep a choice.

        Raises:
            NotFoundError: ``award.not_held``.
        """
        ...

    def profile(self, candidate_id: str, number: str) -> ProfileFacts:
        """Give what a profile or a signature says of an award.

        Raises:
            NotFoundError: ``award.not_held``.
            ConflictError: ``profile.not_in_force``.
        """
        ...


class SharingDesk(PublicShares, OwnSharing, Protocol):
    """Both halves: one service behind the shares' public pages and the space's own."""
