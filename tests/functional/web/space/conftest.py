"""The application as a worker process serves it, on a real register and a folder for mails."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from issuer.bootstrap.wiring import MAIL_FOLDER
from issuer.web import wsgi
from tests.faults.desks import BASE_URL, environment
from tests.faults.quick_keys import quick_keys
from tests.functional.cli.folders import founded_folder, issued, issued_folder, recorded_folder
from tests.functional.cli.running import Cli
from tests.support.holders import HELENE

__all__ = ["founded_folder", "issued", "issued_folder", "quick_keys", "recorded_folder"]

_TOKEN = re.compile(r'name="csrf" value="([A-Za-z0-9_-]+)"')


@dataclass(frozen=True, slots=True)
class Served:
    """One application with its data folder."""

    app: Flask
    cli: Cli

    def mails(self) -> list[str]:
        """Give the plain text of the mails that were written, oldest first."""
        files = sorted(
            (self.cli.folder / MAIL_FOLDER).glob("*.eml"), key=lambda file: file.stat().st_mtime_ns
        )
        return [_text(file) for file in files]

    def ask(self, client: FlaskClient, mail: str = HELENE) -> None:
        """Ask for a link, and let the server finish its answer."""
        answer = client.post("/moi", data={"mail": mail}, buffered=True)
        assert answer.status_code == 200

    def link(self) -> str:
        """Give the path of the link in the newest mail."""
        (found,) = set(re.findall(rf"{re.escape(BASE_URL)}(/moi/entrer/[A-Za-z0-9_-]+)", self.mails()[-1]))
        return str(found)

    def entered(self, mail: str = HELENE) -> FlaskClient:
        """Give a browser that is inside."""
        client = self.app.test_client()
        self.ask(client, mail)
        assert client.post(self.link()).status_code == 303
        return client


def csrf(client: FlaskClient) -> str:
    """Give the token of the session's forms."""
    found = _TOKEN.search(client.get("/moi/attestations").text)
    assert found is not None
    return found[1]


def _text(file: Path) -> str:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@pytest.fixture
def served(issued: Cli, monkeypatch: pytest.MonkeyPatch) -> Served:
    for name, value in environment(issued.folder).items():
        monkeypatch.setenv(name, value)
    return Served(wsgi.application(), issued)
