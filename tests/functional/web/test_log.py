"""When the register fails, the log says what failed and where, and nothing of what the reader sent."""

import logging
import sqlite3
from contextlib import closing

import pytest

from credentials.report import VerificationReport
from issuer.services.register import find_awards
from issuer.web import create_app
from tests.faults.desks import open_desk
from tests.functional.web.space.conftest import (
    Served,
    founded_folder,
    issued,
    issued_folder,
    quick_keys,
    recorded_folder,
    served,
)
from tests.support.fake_desk import FakeDesk
from tests.support.holders import HELENE

__all__ = ["founded_folder", "issued", "issued_folder", "quick_keys", "recorded_folder", "served"]


@pytest.fixture
def token(served: Served) -> str:
    """Give the link of an award, in a register that has lost two of its tables since."""
    token = find_awards(open_desk(served.cli.folder), "C001")[0].token
    with closing(sqlite3.connect(served.cli.folder / "parchemin.sqlite3")) as database, database:
        for table in ("awards", "doubts", "addresses"):
            database.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")
    return token


def test_a_register_that_fails_has_no_link_and_no_word_of_a_reader_logged(
    served: Served, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = served.app.test_client()
    link = f"http://localhost:8123/v/{token}"
    with caplog.at_level(logging.DEBUG):
        answers = [
            client.post("/verify", data={"text": link}, headers={"Accept": "application/json"}),
            client.get(f"/v/{token}?format=html"),
            client.post("/doute", data={"text": "texte du doute", "contact": "temoin@example.org"}),
        ]
        client.post("/code", data={"code": "23456789ABCD", "name": "Marchand"})
        client.post("/moi", data={"mail": HELENE}, buffered=True)

    assert [answer.status_code for answer in answers] == [500] * 3
    assert "register." in caplog.text
    for word in (token, "23456789ABCD", "Marchand", "texte du doute", "temoin@example.org", HELENE):
        assert word not in caplog.text


class Talkative(FakeDesk):
    """A desk that fails with what it was given in its mouth."""

    def check(self, data: bytes) -> VerificationReport:
        try:
            int(data)
        except ValueError as error:
            raise RuntimeError(data.decode()) from error
        raise AssertionError


def test_what_an_unexpected_error_says_is_not_logged_but_where_it_happened(
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = create_app(Talkative()).test_client()
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/verify", data={"text": '{"secret": 1}'})

    assert answer.status_code == 500
    assert "secret" not in caplog.text
    assert "RuntimeError" in caplog.text
    assert "ValueError" in caplog.text
    assert "test_log.py" in caplog.text
