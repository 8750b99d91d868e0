"""The desk over a real register with the sample record issued, and people of every role."""

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from issuer.bootstrap import public_desk
from issuer.web import create_app
from tests.faults.desks import open_desk
from tests.faults.quick_keys import quick_keys
from tests.functional.cli.folders import founded_folder, issued, issued_folder, recorded_folder
from tests.functional.cli.running import Cli
from tests.support.staff import Crew, open_crew

__all__ = ["founded_folder", "issued", "issued_folder", "quick_keys", "recorded_folder"]


@dataclass(frozen=True, slots=True)
class Desk:
    """One application with those who work at it."""

    app: Flask
    crew: Crew

    def browser(self, login: str) -> FlaskClient:
        """Give a browser in which an account is signed in."""
        return self.crew.browser(self.app, login)


@pytest.fixture
def desk(issued: Cli) -> Desk:
    """Give the desk of a register founded for one person, with everybody's account."""
    crew = open_crew(open_desk(issued.folder), issued.folder)
    crew.everybody()
    return Desk(create_app(public_desk(crew.office), staff=crew.counter), crew)
