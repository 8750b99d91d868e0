"""A graduates' space over a real register: a clock that can be set, and a post that remembers."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from issuer.bootstrap import holder_desk, rate_limits
from issuer.ports import Delivery
from issuer.services.office import Office
from issuer.services.space import SpaceDesk

NOW = datetime(2126, 11, 24, 12, 0, tzinfo=UTC)
"""Later than any run of the tests: what they issue is issued by the machine's clock, and no act is older."""
HELENE = "helene.marchand.delvaux@example.org"
HELENE_ID = "C001"


@dataclass(slots=True)
class SetClock:
    """A clock that stands until it is set."""

    at: datetime = NOW

    def now(self) -> datetime:
        """Give the instant that it is set to."""
        return self.at

    def pass_by(self, **time: float) -> None:
        """Let time pass; a negative one sets the clock back."""
        self.at += timedelta(**time)


@dataclass(slots=True)
class RecordingPost:
    """Keeps what would be written."""

    links: list[tuple[str, str]] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Nowhere."""
        return "remembered"

    def send_entry(self, candidate_id: str, link: str) -> None:
        """Remember a link."""
        self.links.append((candidate_id, link))

    def send_shared_address(self, mail: str) -> None:
        """Remember an address that several persons have."""
        self.shared.append(mail)

    def send_due(self) -> Delivery:
        """Send nothing."""
        raise AssertionError

    @property
    def secrets(self) -> Sequence[str]:
        """The last part of each link."""
        return [link.rpartition("/")[2] for _person, link in self.links]


@dataclass(frozen=True, slots=True)
class Space:
    """The desk with what stands around it."""

    desk: SpaceDesk
    office: Office
    clock: SetClock
    post: RecordingPost

    def ask(self, mail: str = HELENE) -> str:
        """Ask for a link that is sent, and give its secret."""
        before = len(self.post.links)
        self.desk.ask_entry(mail)
        assert len(self.post.links) == before + 1
        return self.post.secrets[-1]


def open_space(office: Office) -> Space:
    """Open the space of a register."""
    clock, post = SetClock(), RecordingPost()
    timed = replace(office, clock=clock)
    return Space(holder_desk(timed, post, rate_limits()), timed, clock, post)


def digest(secret: str) -> str:
    """Give what the register keeps of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
