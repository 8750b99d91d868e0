"""An error is a quiet page for a person, a problem for a program, and never a traceback."""

import logging

import pytest
from flask.testing import FlaskClient

from credentials.report import VerificationReport
from issuer.ports import AwardPage
from issuer.web import create_app
from tests.support.fake_desk import FakeDesk

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
PROGRAM = {"Accept": "application/json"}
SECRET = "jeton-secret"

CASES = (
    ("GET", "/nulle-part", 404),
    ("GET", "/certifications/RNCP0", 404),
    ("DELETE", "/v/titre", 405),
    ("POST", "/v/titre", 405),
    ("GET", "/v/titre?format=xml", 400),
    ("POST", "/verify", 415),
)
FOR_PROGRAMS = (
    ("GET", "/status/absent", 404),
    ("GET", "/status/1?timestamp=yesterday", 400),
    ("GET", "/status/1?timestamp=2999-01-01T00:00:00Z", 400),
    ("POST", "/status/1", 405),
    ("GET", "/status", 404),
    ("GET", "/vc-api", 404),
    ("GET", "/vc-api/", 404),
    ("GET", "/vc-api/nowhere", 404),
    ("GET", "/vc-api/credentials/verify", 405),
    ("POST", "/vc-api/credentials/verify", 415),
)
"""Addresses at which only programs ask, whatever they say of themselves."""


class BrokenDesk(FakeDesk):
    """A desk whose store has gone."""

    def award_page(self, token: str) -> AwardPage | None:
        raise RuntimeError(f"no store for {token}")

    def check(self, data: bytes) -> VerificationReport:
        raise RecursionError(len(data))


@pytest.mark.parametrize(
    ("method", "address", "status", "headers"),
    [
        *((*case, PROGRAM) for case in CASES),
        *((*case, headers) for case in FOR_PROGRAMS for headers in (PROGRAM, BROWSER)),
    ],
)
def test_a_program_gets_a_problem(
    client: FlaskClient, method: str, address: str, status: int, headers: dict[str, str]
) -> None:
    answer = client.open(address, method=method, headers=headers)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    problem = answer.get_json(force=True)
    assert set(problem) == {"type", "title", "status", "code", "detail"}
    assert problem["status"] == status
    assert problem["detail"]


@pytest.mark.parametrize("address", ["/statuts", "/vc-apis", "/v/status/1"])
def test_an_address_that_only_begins_like_theirs_is_a_person_s(client: FlaskClient, address: str) -> None:
    assert client.get(address, headers=BROWSER).mimetype == "text/html"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "credentials/verify", b"{", 400),
        ("POST", "nowhere", b"{}", 404),
        ("DELETE", "credentials/verify", b"", 405),
        ("POST", "credentials/verify", b" " * (1024 * 1024 + 1), 413),
        ("POST", "presentations/verify", b" " * (2 * 1024 * 1024), 413),
        ("POST", "credentials/verify", b'{"verifiableCredential": {}}', 500),
    ],
)
def test_the_interface_of_the_field_speaks_english_whatever_is_asked(
    method: str, path: str, body: bytes, status: int, language: str
) -> None:
    answer = (
        create_app(BrokenDesk())
        .test_client()
        .open(
            f"/vc-api/{path}?lang={language}",
            method=method,
            data=body,
            content_type="application/json",
            headers={**BROWSER, "Accept-Language": language},
        )
    )
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    said = answer.get_json(force=True)["detail"]
    assert said.isascii()
    assert said.startswith(("Send at most", "What this interface", "The service is in", "The document"))


@pytest.mark.parametrize(("method", "address", "status"), CASES)
def test_a_person_gets_a_page_with_one_thing_to_do(
    client: FlaskClient, method: str, address: str, status: int
) -> None:
    answer = client.open(address, method=method, headers=BROWSER)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert answer.text.count("<h1") == 1
    assert 'class="button"' in answer.text


def test_a_refused_method_names_the_allowed_ones(client: FlaskClient) -> None:
    assert "GET" in client.delete("/v/titre").headers["Allow"]


@pytest.mark.parametrize("headers", [BROWSER, PROGRAM])
@pytest.mark.parametrize("address", [f"/v/{SECRET}?format=html", f"/v/{SECRET}/report"])
def test_a_failure_of_ours_shows_no_traceback_and_logs_no_link(
    headers: dict[str, str], address: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = create_app(BrokenDesk()).test_client().get(address, headers=headers)
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "RuntimeError" not in answer.text
    assert SECRET not in caplog.text
    assert any("/v/<token>" in record.getMessage() for record in caplog.records)


def test_a_failure_while_checking_is_a_500_problem() -> None:
    answer = create_app(BrokenDesk()).test_client().post("/verify", json={})
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
