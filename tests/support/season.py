"""A season at the desk over a real register with four eyes on, and the people who play it."""

import re
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from issuer.bootstrap import correct_order_handler, found_office, lifecycle_desk, public_desk, season_desk
from issuer.domain.staff import Role
from issuer.ports.orders import Order, OrderKind
from issuer.samples import sample_files
from issuer.services.office import Office
from issuer.services.order_acts import HANDLERS
from issuer.services.orders import approve_order, carry_out
from issuer.services.season.desk import SeasonDesk
from issuer.web import create_app
from tests.support.staff import Crew, csrf, open_crew
from tests.support.stage import ADDRESS, stage_settings

ENTERS, ENTERS_TOO, APPROVES, READS = "sofia.saisie", "simon.saisie", "victor.validation", "aude.audit"
BOTH = "berthe.les-deux"
FICHE = "RNCP35080"
DAY = date(2026, 11, 24)
_BOUNDARY = "boundary-of-the-tests"


@dataclass(frozen=True, slots=True)
class Season:
    """One application, and those who work at it."""

    app: Flask
    crew: Crew
    desk: SeasonDesk

    @property
    def office(self) -> Office:
        """The service, at the clock that can be set."""
        return self.crew.office

    def browser(self, login: str) -> "Browser":
        """Give a signed-in browser."""
        client = self.crew.browser(self.app, login)
        return Browser(client, self._token(client))

    def work(self, order: Order) -> Order:
        """Carry an approved order out, as the worker does."""
        return carry_out(self.office, order.id, HANDLERS, actor="service")

    def approve_and_work(self, order: Order) -> Order:
        """Give another person's word for an order, and carry it out."""
        approve_order(self.office, order.id, actor=APPROVES)
        handlers = {**HANDLERS, OrderKind.CORRECT: correct_order_handler()}
        return carry_out(self.office, order.id, handlers, actor="service")

    def trail(self) -> list[tuple[str, str, str]]:
        """Give who did what to what, oldest first."""
        with self.office.store.reading() as registry:
            return [(entry.actor, entry.action, entry.subject) for entry in registry.audit_entries()]

    def _token(self, client: FlaskClient) -> str:
        return csrf(client)


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser in which somebody is signed in."""

    client: FlaskClient
    token: str

    def get(self, address: str) -> TestResponse:
        """Open a page."""
        return self.client.get(address)

    def post(self, address: str, **fields: object) -> TestResponse:
        """Send a form, and follow where it leads."""
        return self.client.post(address, data={"csrf": self.token, **fields}, follow_redirects=True)

    def upload(self, name: str, content: bytes, source: str = "") -> TestResponse:
        """Hand a file in."""
        # Written by hand: the test client would put a large body into a file of its own and leave it open.
        parts = [
            *(
                _part(f'name="{field}"', value.encode())
                for field, value in (("csrf", self.token), ("source", source))
            ),
            _part(f'name="file"; filename="{name}"', content),
        ]
        return self.client.post(
            "/registre/saisie",
            data=b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode(),
            content_type=f"multipart/form-data; boundary={_BOUNDARY}",
            follow_redirects=True,
        )

    def take(self, name: str, content: bytes, *words: str) -> TestResponse:
        """Hand a file in and take it in."""
        draft = draft_of(self.upload(name, content))
        return self.post(f"/registre/saisie/{draft}/prendre", word=list(words))


def open_season(folder: Path, *, four_eyes: bool = True) -> Season:
    """Found a register with nothing in it but the fiche, and everybody's account.

    Args:
        folder: Where its data goes.
        four_eyes: Whether what one person asks needs the word of another.
    """
    settings = stage_settings(folder, ADDRESS)
    office, _new = found_office(
        settings, lambda: "a season, thrown away", actor="test", rules_day=DAY, four_eyes=four_eyes
    )
    crew = open_crew(office, folder)
    crew.everybody()
    crew.add(ENTERS_TOO, [Role.ENTRY])
    crew.add(BOTH, [Role.ENTRY, Role.APPROVAL])
    desk = season_desk(crew.office)
    pages = public_desk(crew.office)
    app = create_app(pages, staff=crew.counter, season=desk, lifecycle=lifecycle_desk(crew.office, pages))
    return Season(app, crew, replace(desk, office=crew.office))


def with_people(season: Season) -> Season:
    """Take in the sample candidates and juries."""
    browser = season.browser(ENTERS)
    for name in ("candidats.csv", "jurys.csv"):
        answer = browser.take(name, sample_files()[name])
        assert answer.status_code == 200, answer.text
    return season


def _part(what: str, content: bytes) -> bytes:
    head = f"--{_BOUNDARY}\r\nContent-Disposition: form-data; {what}\r\n\r\n"
    return head.encode() + content + b"\r\n"


def draft_of(answer: TestResponse) -> str:
    """Give the draft that an answer shows."""
    found = re.search(r"/registre/saisie/(D-[A-Z0-9]{8})", answer.request.path)
    assert found is not None, answer.text
    return found.group(1)


def inputs(page: str) -> dict[str, str]:
    """Give the cells that a page offers to correct, by the names of their fields."""
    found = re.findall(r'<input id="(c-[0-9]+-[0-9]+)" name="[^"]+" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def wrong(page: str) -> list[str]:
    """Give the names of the fields that are marked as wrong."""
    return re.findall(r'name="(c-[0-9]+-[0-9]+)"[^>]*aria-invalid="true"', page)
