"""The real desk, and beside it what no act brings about on the same day, from the fake one."""

from dataclasses import replace
from datetime import UTC, datetime

from typing_extensions import override

from credentials.report import VerificationReport
from issuer.ports import AwardPage, ClosedLink, PictureFormat, PublicDesk, Published
from issuer.services.desk import Desk
from tests.support.fake_desk import PAGES, UPLOADS, FakeDesk

FAKED = ("incomplet", "a-venir", "termine")
"""The last parts of the links that the fake desk answers."""


class _WithFakes(FakeDesk):
    """The real desk; what it does not know is asked of the fake one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._real = desk

    @override
    def award_page(self, token: str) -> AwardPage | ClosedLink | None:
        return self._real.award_page(token) or (super().award_page(token) if token in FAKED else None)

    @override
    def credential(self, token: str) -> Published | ClosedLink | None:
        return self._real.credential(token) or (super().credential(token) if token in FAKED else None)

    @override
    def picture(self, token: str, picture: PictureFormat) -> Published | ClosedLink | None:
        return self._real.picture(token, picture) or (
            super().picture(token, picture) if token in FAKED else None
        )

    @override
    def check(self, data: bytes) -> VerificationReport:
        faked = UPLOADS.get(data)
        return replace(faked, checked_at=datetime.now(UTC)) if faked else self._real.check(data)

    @override
    def check_link(self, link: str) -> VerificationReport:
        return self._real.check_link(link)

    @override
    def token_of(self, link: str) -> str | None:
        return self._real.token_of(link)


class _Stand:
    """Answers with the fakes where it has them, and with the real desk for all the rest."""

    def __init__(self, fakes: _WithFakes, desk: Desk) -> None:
        self._fakes = fakes
        self._desk = desk

    def __getattr__(self, name: str) -> object:
        return getattr(self._fakes if name in vars(_WithFakes) else self._desk, name)


def with_fakes(desk: Desk) -> PublicDesk:
    """Give a desk that has both."""
    return _Stand(_WithFakes(desk), desk)  # type: ignore[return-value]  # it has all that the real one has


assert set(FAKED) <= set(PAGES)
