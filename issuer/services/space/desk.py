"""The desk of the graduates' space (``HolderDesk``): each call is one use case of this package."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from issuer.ports import (
    EntryState,
    LimitedAct,
    OwnAward,
    Pictures,
    Post,
    RateLimits,
    SpaceForm,
    TakenFile,
    Visit,
    Welcome,
)
from issuer.services.office import Office
from issuer.services.papers import Papers
from issuer.services.space import entry, overview
from issuer.services.space.downloads import Downloads
from issuer.services.space.personal_data import personal_data


@dataclass(frozen=True, slots=True)
class SpaceDesk:
    """Answers a graduate; signs nothing.

    Attributes:
        office: The service.
        pictures: Draws badges.
        papers: Prints.
        post: Writes the mails.
        limits: How often a stranger may ask.
    """

    office: Office
    pictures: Pictures
    papers: Papers
    post: Post
    limits: RateLimits

    # Entry

    def may_ask(self, whence: str) -> bool:
        """Count a request for a link, and say whether it is still allowed."""
        return self.limits.allow(LimitedAct.ENTRY, whence)

    def may_enter(self, whence: str) -> bool:
        """Count a try to use a link, and say whether it is still allowed."""
        return self.limits.allow(LimitedAct.ENTERING, whence)

    def ask_entry(self, mail: str) -> None:
        """Send a single-use link to an address, where it is the one of exactly one living person."""
        entry.ask_entry(self.office, self.post, mail)

    def entry_state(self, secret: str) -> EntryState:
        """Say what a link is worth, without using it."""
        return entry.entry_state(self.office, secret)

    def enter(self, secret: str) -> Visit | EntryState:
        """Use a link up and open a session; or say why it opens none."""
        return entry.enter(self.office, secret)

    def visit(self, secret: str) -> Visit | None:
        """Give the session of a secret while it is open, or None."""
        return entry.visit(self.office, secret)

    def leave(self, secret: str) -> None:
        """End a session."""
        entry.leave(self.office, secret)

    # Awards

    def welcome(self, candidate_id: str) -> Welcome:
        """Say how to greet a person."""
        with self.office.store.reading() as registry:
            return overview.welcome(registry, candidate_id, self.office.clock.now())

    def own_awards(self, candidate_id: str) -> Sequence[OwnAward]:
        """Give a person's awards, titles first; of a replaced one only what took its place."""
        with self.office.store.reading() as registry:
            return overview.own_awards(registry, candidate_id)

    def own_award(self, candidate_id: str, number: str) -> OwnAward | None:
        """Give one of a person's awards; None for anybody else's, as for one that there is not."""
        found = (own for own in self.own_awards(candidate_id) if own.award.number == number)
        return next(found, None)

    def download(self, candidate_id: str, number: str, form: SpaceForm) -> TakenFile | None:
        """Give an award in a form; None for what it is not handed out in."""
        own = self.own_award(candidate_id, number)
        if own is None or form not in own.forms:
            return None
        return Downloads(self.office, self.pictures, self.papers).download(own, form)

    def emblem(self, candidate_id: str, number: str) -> TakenFile | None:
        """Give the small drawing of an award in force, to show beside it; None for any other."""
        own = self.own_award(candidate_id, number)
        if own is None or not own.forms:
            return None
        return Downloads(self.office, self.pictures, self.papers).emblem(own)

    def everything(self, candidate_id: str) -> TakenFile | None:
        """Give all awards in force in all their forms as one ZIP file, or None where there is none."""
        return Downloads(self.office, self.pictures, self.papers).everything(self.own_awards(candidate_id))

    def personal_data(self, candidate_id: str) -> Mapping[str, object]:
        """Give all that the register holds on a person as JSON values."""
        return personal_data(self.office, candidate_id)
