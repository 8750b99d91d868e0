"""Each address answers with what it promises, to GET and to HEAD."""

from urllib.robotparser import RobotFileParser

import pytest
from flask.testing import FlaskClient

from issuer.web import create_app
from tests.support.fake_desk import BASE, FakeDesk

ROUTES = {
    "/": "text/html",
    "/v/titre": "text/html",
    "/v/titre?format=json": "application/vc",
    "/v/titre/report": "application/json",
    "/v/titre/qr.png": "image/png",
    "/v/titre/qr.svg": "image/svg+xml",
    "/v/titre/badge.png": "image/png",
    "/v/titre/badge.svg": "image/svg+xml",
    "/v/titre/diplome.pdf": "application/pdf",
    "/verify": "text/html",
    "/employeurs": "text/html",
    "/mentions-legales": "text/html",
    "/confidentialite": "text/html",
    "/accessibilite": "text/html",
    "/.well-known/did.json": "application/json",
    "/status/1": "application/vc",
    "/certifications/RNCP35080": "text/html",
    "/certifications/RNCP35080BC01": "text/html",
    "/status/1?timestamp=2026-11-24T07%3A30%3A00%2B01%3A00": "application/vc",
    "/healthz": "application/json",
    "/readyz": "application/json",
    "/robots.txt": "text/plain",
    "/favicon.ico": "image/svg+xml",
    "/logo.svg": "image/svg+xml",
    "/theme.css": "text/css",
    "/static/style.css": "text/css",
}


@pytest.mark.parametrize(("address", "media_type"), ROUTES.items())
def test_a_route_answers_to_get_and_head(client: FlaskClient, address: str, media_type: str) -> None:
    with client.get(address) as answer:
        assert (answer.status_code, answer.mimetype) == (200, media_type)
    with client.head(address) as head:
        assert (head.status_code, head.mimetype, head.data) == (200, media_type, b"")


@pytest.mark.parametrize("address", ["/.well-known/did.json", "/status/1"])
def test_public_documents_are_cached_for_a_short_time_and_revalidated(
    client: FlaskClient, address: str
) -> None:
    first = client.get(address)
    assert "max-age=300" in first.headers["Cache-Control"]
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_resolver_that_asks_for_did_json_gets_that_type(client: FlaskClient) -> None:
    answer = client.get("/.well-known/did.json", headers={"Accept": "application/did+json"})
    assert answer.mimetype == "application/did+json"


def test_search_engines_may_read_that_a_personal_page_is_not_to_be_indexed(client: FlaskClient) -> None:
    """A page that a crawler may not fetch can still be listed by its address, which is the secret."""
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").text.splitlines())
    assert rules.can_fetch("*", f"{BASE}/v/titre")
    page = client.get("/v/titre")
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page.text


def test_health_is_red_when_the_service_is_not_well() -> None:
    answer = create_app(FakeDesk(well=False)).test_client().get("/healthz")
    assert (answer.status_code, answer.get_json()) == (503, {"status": "unavailable"})
    assert "no-store" in answer.headers["Cache-Control"]


def test_readiness_is_told_apart_from_health() -> None:
    answer = create_app(FakeDesk(well=False)).test_client().get("/readyz")
    assert (answer.status_code, answer.get_json()) == (503, {"status": "not-ready"})


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("timestamp=2000-01-01T00:00:00Z", 404, "status.unknown_then"),
        ("timestamp=2999-01-01T00:00:00Z", 400, "status.timestamp_future"),
        ("timestamp=2026-11-24", 400, "status.timestamp_malformed"),
        ("timestamp=2026-11-24T09:30:00", 400, "status.timestamp_malformed"),
        ("timestamp=2026-11-24T09:30:00+01:00", 400, "status.timestamp_malformed"),
        ("timestamp=", 400, "status.timestamp_malformed"),
        ("timestamp=" + "9" * 5000, 400, "status.timestamp_malformed"),
        ("timestamp=2000-01-01T00:00:00Z&timestamp=2000-01-01T00:00:00Z", 400, "status.timestamp_malformed"),
    ],
)
def test_a_past_state_that_cannot_be_given_is_a_problem(
    client: FlaskClient, query: str, status: int, code: str
) -> None:
    answer = client.get(f"/status/1?{query}", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    problem = answer.get_json(force=True)
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["detail"]


def test_a_list_of_suspensions_is_given_as_it_is_now_and_has_no_past(client: FlaskClient) -> None:
    assert client.get("/status/1-suspension").status_code == 200

    answer = client.get("/status/1-suspension?timestamp=2026-11-24T06:30:00Z")

    assert (answer.status_code, answer.get_json(force=True)["code"]) == (404, "status.past_withheld")


def test_the_report_of_a_known_link_is_the_report_itself(client: FlaskClient) -> None:
    report = client.get("/v/titre/report").get_json()
    assert report["verdict"] == "valid"
    assert [check["id"] for check in report["checks"]][-1] == "holder"


@pytest.mark.parametrize(
    "token",
    [
        "inconnu", "a" * 5000, "é\u202e", "%00", "titre%23x", "titre%3Fx", "titre%3F", "titre%20", "titre%0A",
        "titre%2523x", "titre%E2%80%AF", "titre;x",
    ],
)  # fmt: skip
def test_the_report_of_an_unknown_link_is_a_report_with_status_404(client: FlaskClient, token: str) -> None:
    answer = client.get(f"/v/{token}/report")
    assert answer.status_code == 404
    assert answer.get_json() == client.get(f"/v/{'B' * 22}/report").get_json()
    assert (answer.get_json()["verdict"], answer.get_json()["credential"]) == ("incomplete", None)


@pytest.mark.parametrize(
    "address",
    ["/v/titre/report", "/v/inconnu/report", "/v/titre?format=json", "/.well-known/did.json", "/status/1"],
)
def test_a_program_on_any_site_may_read_what_anyone_may_fetch(client: FlaskClient, address: str) -> None:
    assert client.get(address).headers["Access-Control-Allow-Origin"] == "*"


def test_no_other_site_may_have_its_visitors_check_documents(client: FlaskClient) -> None:
    for sent in (client.post("/verify", json={"a": "titre"}), client.post("/verify", data={"text": "x"})):
        assert "Access-Control-Allow-Origin" not in sent.headers


def test_a_certification_is_described_to_programs(client: FlaskClient) -> None:
    title = client.get("/certifications/RNCP35080", headers={"Accept": "application/json"}).get_json()
    assert title["id"] == f"{BASE}/certifications/RNCP35080"
    assert (title["level"], len(title["blocks"])) == (7, 4)
    block = client.get("/certifications/RNCP35080BC01", headers={"Accept": "application/json"}).get_json()
    assert block["part_of"] == "RNCP35080"
    assert "level" not in block
