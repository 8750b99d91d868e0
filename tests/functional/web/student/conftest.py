"""The student system's interface over a real register, with the sample record and one program let in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from issuer.adapters.rate_limits import Limit, MemoryRateLimits
from issuer.bootstrap import public_desk, student_system
from issuer.ports.limits import LimitedAct
from issuer.ports.systems import Scope
from issuer.services.office import Office
from issuer.services.programs import new_program
from issuer.web import create_app
from tests.faults.desks import open_desk
from tests.faults.quick_keys import quick_keys
from tests.functional.cli.folders import founded, founded_folder, recorded, recorded_folder
from tests.functional.cli.running import Cli

__all__ = ["founded", "founded_folder", "quick_keys", "recorded", "recorded_folder"]

ROOMY = MemoryRateLimits(lambda: 0.0, lambda: b"x" * 32, {LimitedAct.PROGRAM: Limit(60, 100_000, 100_000)})


@dataclass(frozen=True, slots=True)
class Sis:
    """A student system that talks to the service.

    Attributes:
        office: The service.
        client: Its HTTP client.
        token: What it shows.
    """

    office: Office
    client: FlaskClient
    token: str

    @property
    def shown(self) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def get(self, path: str) -> TestResponse:
        return self.client.get(f"/api/v1{path}", headers=self.shown)

    def post(self, path: str, *, key: str | None = None, **body: Any) -> TestResponse:
        headers = {**self.shown, **({"Idempotency-Key": key} if key else {})}
        return self.client.post(f"/api/v1{path}", headers=headers, **body)


def sis(cli: Cli, limits: MemoryRateLimits = ROOMY, *, four_eyes: bool = True) -> Sis:
    """Let a program in, on a folder where four eyes are on."""
    office = replace(open_desk(cli.folder), four_eyes=four_eyes)
    token = new_program(office, "scolarite-si", set(Scope), actor="admin")
    app = create_app(public_desk(office), programs=student_system(office, limits))
    return Sis(office, app.test_client(), token)


@pytest.fixture
def student(recorded: Cli) -> Sis:
    """Give the interface over the sample record, nothing issued."""
    return sis(recorded)


@pytest.fixture
def fresh(founded: Cli) -> Sis:
    """Give the interface over a register without a record."""
    return sis(founded)
