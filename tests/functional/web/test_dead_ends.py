"""Switched off, ended, unknown, cut, marked and specimen: different pages, each truthful, none with data."""

import re
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from issuer.ports import ClosedLink
from tests.support.fake_desk import CLOSED, HOLDER, UNKNOWN

CASES = {
    "lien-desactive": (HTTPStatus.GONE, "link.closed", "Le titulaire a désactivé ce lien"),
    "lien-desactive-scolarite": (
        HTTPStatus.GONE,
        "link.closed_by_registry",
        "La scolarité a désactivé ce lien",
    ),
    "partage-arrete": (HTTPStatus.GONE, "share.closed", "Ce partage a été arrêté par son titulaire"),
    "partage-desactive-scolarite": (
        HTTPStatus.GONE,
        "share.closed_by_registry",
        "La scolarité a désactivé ce partage",
    ),
    "partage-termine": (HTTPStatus.GONE, "share.ended", "Ce lien de partage est terminé"),
    UNKNOWN: (HTTPStatus.NOT_FOUND, "link.unknown", "Aucun document à cette adresse"),
    UNKNOWN[:-1]: (HTTPStatus.NOT_FOUND, "link.cut", "Cette adresse est incomplète"),
    f"{UNKNOWN}.": (HTTPStatus.NOT_FOUND, "link.marked", "Cette adresse porte un signe de trop"),
    "specimen": (HTTPStatus.NOT_FOUND, "link.specimen", "SPÉCIMEN, sans valeur"),
}
PROGRAM = {"Accept": "application/vc"}


@pytest.mark.parametrize(("token", "expected"), CASES.items())
def test_each_dead_end_has_its_own_status_code_and_sentence(
    client: FlaskClient, token: str, expected: tuple[HTTPStatus, str, str]
) -> None:
    status, code, headline = expected
    page = client.get(f"/v/{token}?lang=fr", headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (status, "text/html")
    assert f'<h1 id="verdict">{headline}</h1>' in page.text
    problem = client.get(f"/v/{token}?lang=fr", headers=PROGRAM)
    assert (problem.status_code, problem.mimetype) == (status, "application/problem+json")
    assert problem.get_json(force=True)["code"] == code
    assert problem.get_json(force=True)["detail"].startswith(headline)


def test_no_two_dead_ends_say_the_same(client: FlaskClient) -> None:
    said = {re.findall("<h1.*?</h1>", client.get(f"/v/{token}").text)[0] for token in CASES}
    assert len(said) == len(CASES)


@pytest.mark.parametrize("token", CLOSED)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_closed_link_speaks_neither_ill_of_the_document_nor_of_its_content(
    client: FlaskClient, token: str, language: str
) -> None:
    page = client.get(f"/v/{token}?lang={language}").text
    assert re.search("en cause|not in question|rien contre le document|nothing against the document", page)
    for word in (HOLDER, "RNCP", "qr.png", "badge", "format=json", "og:", "ld+json", "expiré", "expired"):
        assert word not in page, word


@pytest.mark.parametrize("name", ["qr.png", "qr.svg", "badge.png", "badge.svg"])
def test_a_closed_link_hands_out_no_picture(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/v/lien-desactive/{name}", headers={"Accept": "image/*"})
    assert answer.status_code == HTTPStatus.GONE
    assert b"PNG" not in answer.data
    page = client.get(f"/v/lien-desactive/{name}", headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (HTTPStatus.GONE, "text/html")
    assert "Ce lien n’ouvre plus de document" in page.text


def test_the_report_of_a_closed_link_says_so_and_holds_nothing(client: FlaskClient) -> None:
    answer = client.get("/v/lien-desactive/report")
    assert answer.status_code == HTTPStatus.GONE
    report = answer.get_json()
    assert (report["verdict"], report["credential"], report["issuer"]) == ("incomplete", None, None)
    assert report["checks"][0]["code"] == "parse.link_closed"
    assert HOLDER not in answer.text


def test_a_closed_link_pasted_by_a_program_is_incomplete(client: FlaskClient) -> None:
    link = "https://diplomes.exemple.fr/v/lien-desactive"
    answer = client.post("/verify", data={"text": link}, headers={"Accept": "application/json"})
    assert answer.get_json(force=True)["verdict"] == "incomplete"


@pytest.mark.parametrize(
    ("token", "mended"),
    [
        (f"{UNKNOWN}.", UNKNOWN),
        (f"{UNKNOWN})", UNKNOWN),
        (f"{UNKNOWN}%20", UNKNOWN),
        (f"%C2%AB{UNKNOWN}%C2%BB", UNKNOWN),
        (f"{UNKNOWN[:9]}%0A{UNKNOWN[9:]}", UNKNOWN),
        (f"{UNKNOWN}/", UNKNOWN),
        (f"{UNKNOWN}/autre/chose", UNKNOWN),
        (f"{UNKNOWN}_", UNKNOWN),
        (f"{UNKNOWN[:9]}%20", None),
        ("", None),
        ("%3Cscript%3E", None),
    ],
)
def test_an_address_with_a_mark_too_many_is_mended_and_a_cut_one_is_not(
    client: FlaskClient, token: str, mended: str | None
) -> None:
    page = client.get(f"/v/{token}?lang=fr", headers={"Accept": "text/html"})
    assert page.status_code == HTTPStatus.NOT_FOUND
    assert "<script>" not in page.text
    offered = re.findall(r'<a class="code link" href="([^"]*)"', page.text)
    assert offered == ([f"/v/{mended}?lang=fr"] if mended else [])


def test_what_is_wrong_with_an_address_is_read_from_its_form_alone(client: FlaskClient) -> None:
    """Otherwise a stranger could learn from the answer which links there are."""
    known, unknown = (client.get(f"/v/{token}.").text for token in ("titre", "autre"))
    assert known.replace("titre", "autre") == unknown


def test_every_reason_to_close_a_link_has_a_page() -> None:
    assert {*CLOSED.values(), ClosedLink.REPLACED} == set(ClosedLink)
