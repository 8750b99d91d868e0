"""One address, two forms: a browser reads the page, a program reads the credential."""

import pytest
from flask.testing import FlaskClient

from tests.support.fake_desk import UNKNOWN

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"

MATRIX = {
    FIREFOX: "text/html",
    CHROME: "text/html",
    "*/*": "text/html",
    "": "text/html",
    "text/*": "text/html",
    "application/vc": "application/vc",
    "application/ld+json": "application/vc",
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"': "application/vc",
    "application/json": "application/vc",
    "application/vc+ld+json": "application/vc",
    "application/*": "application/vc",
    "APPLICATION/VC": "application/vc",
    "application/json, text/plain, */*": "application/vc",
    "text/html;q=0.4, application/vc;q=0.9": "application/vc",
    "text/html;q=0.9, application/vc;q=0.4": "text/html",
    "application/vc;q=0, */*": "text/html",
    "text/html;q=0, */*;q=0.1": "application/vc",
}


@pytest.mark.parametrize(("accept", "media_type"), MATRIX.items())
def test_the_accept_header_chooses_the_form(client: FlaskClient, accept: str, media_type: str) -> None:
    answer = client.get("/v/titre", headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    assert {"Accept", "Accept-Language"} <= set(answer.vary)


@pytest.mark.parametrize("accept", ["image/png", "text/html;q=0", "text/csv, image/*"])
def test_what_we_do_not_have_is_a_406_problem(client: FlaskClient, accept: str) -> None:
    answer = client.get("/v/titre", headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (406, "application/problem+json")
    assert "application/vc" in answer.get_json(force=True)["detail"]


@pytest.mark.parametrize("accept", [FIREFOX, "application/json", "image/png"])
def test_format_in_the_address_wins_over_the_header(client: FlaskClient, accept: str) -> None:
    headers = {"Accept": accept}
    assert client.get("/v/titre?format=json", headers=headers).mimetype == "application/vc"
    assert client.get("/v/titre?format=html", headers=headers).mimetype == "text/html"
    assert client.get("/v/titre?format=xml", headers=headers).status_code == 400


@pytest.mark.parametrize("accept", [FIREFOX, "application/vc", "text/csv"])
@pytest.mark.parametrize(("form", "media_type"), [("png", "image/png"), ("svg", "image/svg+xml")])
def test_the_badge_is_a_form_of_the_award_too(
    client: FlaskClient, accept: str, form: str, media_type: str
) -> None:
    answer = client.get(f"/v/titre?format={form}", headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    assert answer.data == client.get(f"/v/titre/badge.{form}").data
    assert client.get(f"/v/inconnu?format={form}").status_code == 404


@pytest.mark.parametrize("form", ["jwt", "ob-jwt", "clr", "sd"])
@pytest.mark.parametrize("token", ["titre", "inconnu"])
def test_a_form_that_takes_the_key_is_not_here_and_the_answer_says_where(
    client: FlaskClient, token: str, form: str
) -> None:
    answer = client.get(f"/v/{token}?format={form}", headers={"Accept": "application/json"})
    problem = answer.get_json(force=True)
    assert (answer.status_code, answer.mimetype) == (406, "application/problem+json")
    assert problem["code"] == "format.signed_on_request"
    assert "scolarité" in problem["detail"]
    english = client.get(f"/v/{token}?format={form}&lang=en", headers={"Accept": FIREFOX})
    assert english.status_code == 406
    assert "Ask the registry for it" in english.text


def test_an_unknown_link_is_a_404_in_both_forms(client: FlaskClient) -> None:
    page = client.get(f"/v/{UNKNOWN}")
    assert page.status_code == 404
    assert "Aucun document à cette adresse" in page.text
    assert "ne veut pas dire qu’un document est faux" in page.text
    answer = client.get(f"/v/{UNKNOWN}", headers={"Accept": "application/vc"})
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.get_json(force=True)["code"] == "link.unknown"
