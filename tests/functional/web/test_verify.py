"""Anything may be handed in to be checked; nothing that is handed in can hurt."""

import io

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.fake_desk import BASE, FOREIGN_NAME

MEBIBYTE = 1024 * 1024
JSON = {"Accept": "application/json"}
GOOD = b'{"a":"titre"}'


def upload(client: FlaskClient, content: bytes, **headers: str) -> TestResponse:
    # Written out: the test client would spool a large form into a file that it never closes.
    head = b'--limite\r\nContent-Disposition: form-data; name="file"; filename="document.json"\r\n\r\n'
    body = head + content + b"\r\n--limite--\r\n"
    return client.post(
        "/verify", data=body, content_type="multipart/form-data; boundary=limite", headers=headers
    )


def test_a_file_gives_a_page_or_a_report(client: FlaskClient) -> None:
    page = upload(client, GOOD)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert "Certification authentique et en vigueur" in page.text
    assert upload(client, GOOD, **JSON).get_json()["verdict"] == "valid"


@pytest.mark.parametrize(
    "media_type", ["application/json", "application/vc", "application/ld+json", "image/png"]
)
def test_a_raw_body_gives_a_report(client: FlaskClient, media_type: str) -> None:
    answer = client.post("/verify", data=GOOD, content_type=media_type)
    assert (answer.mimetype, answer.get_json()["verdict"]) == ("application/json", "valid")


def test_a_pasted_text_is_checked(client: FlaskClient) -> None:
    assert (
        client.post("/verify", data={"text": "  " + GOOD.decode()}, headers=JSON).get_json()["verdict"]
        == "valid"
    )


def test_a_pasted_link_of_ours_leads_to_its_page(client: FlaskClient) -> None:
    answer = client.post("/verify?lang=en", data={"text": f" {BASE}/v/titre\n"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/v/titre?lang=en")
    report = client.post("/verify", data={"text": f"{BASE}/v/titre"}, headers=JSON)
    assert report.get_json()["verdict"] == "valid"


@pytest.mark.parametrize(
    "link", ["https://ailleurs.exemple/v/abc", "javascript:alert(1)", "//ailleurs.exemple"]
)
def test_a_link_of_others_is_not_followed(client: FlaskClient, link: str) -> None:
    answer = client.post("/verify", data={"text": link})
    assert answer.status_code == 200
    assert "Rien n’a pu être vérifié" in answer.text
    assert client.post("/verify", data={"text": link}, headers=JSON).get_json()["verdict"] == "incomplete"


def test_a_modified_document_is_not_shown_as_attested(client: FlaskClient) -> None:
    page = upload(client, b'{"a":"modifie"}').text
    assert "Ce document a été modifié" in page
    assert "Ce que dit le fichier, sans garantie" in page
    assert "Comparez ces lignes" not in page
    assert "non reconnu par ce service" in page


def test_the_name_that_an_unknown_issuer_gives_itself_is_never_shown_as_ours(client: FlaskClient) -> None:
    page = upload(client, b'{"a":"inconnu"}').text
    assert "Établissement inconnu de ce service" in page
    assert page.count(FOREIGN_NAME) == 1
    assert f"se présente comme émis par «\u202f{FOREIGN_NAME}\u202f»" in page


HOSTILE = {
    "binary": bytes(range(256)) * 64,
    "deep": b"[" * 200_000,
    "latin": "é".encode("latin-1"),
    "html": b"<script>alert(1)</script>",
    "surrogate": b'"\xed\xa0\x80"',
    "nul": b"\0" * 1024,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_a_malformed_document_and_no_more(client: FlaskClient, content: bytes) -> None:
    answer = upload(client, content)
    assert answer.status_code == 200
    assert "Ce n’est pas une attestation numérique lisible" in answer.text
    assert "<script" not in answer.text
    raw = client.post("/verify", data=content, content_type="application/json")
    assert raw.get_json()["verdict"] == "malformed"


def test_an_empty_form_says_what_to_give(client: FlaskClient) -> None:
    for data in (
        {},
        {"text": "  "},
        {"file": (io.BytesIO(b""), "vide.json")},
        {"file": (io.BytesIO(b""), "")},
    ):
        answer = client.post("/verify", data=data, content_type="multipart/form-data")
        assert answer.status_code == 400
        assert "Choisissez un fichier" in answer.text
        assert "<form" in answer.text
    problem = client.post("/verify", data={}, content_type="multipart/form-data", headers=JSON)
    assert problem.get_json(force=True)["code"] == "document.missing"


def test_an_empty_raw_body_is_a_problem(client: FlaskClient) -> None:
    answer = client.post("/verify", data=b"", content_type="application/vc", headers=JSON)
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (400, "body.empty")


def test_one_mebibyte_is_taken_and_one_byte_more_is_refused(client: FlaskClient) -> None:
    assert upload(client, b" " * MEBIBYTE).status_code == 200
    for answer in (
        upload(client, b" " * (MEBIBYTE + 1)),
        upload(client, b" " * (2 * MEBIBYTE)),
        client.post("/verify", data=b" " * (MEBIBYTE + 1), content_type="application/json"),
        client.post("/verify", data={"text": "x" * (2 * MEBIBYTE)}),
    ):
        assert answer.status_code == 413


def test_two_files_at_once_are_refused(client: FlaskClient) -> None:
    form = {"file": [(io.BytesIO(GOOD), "un.json"), (io.BytesIO(GOOD), "deux.json")]}
    assert client.post("/verify", data=form, content_type="multipart/form-data").status_code == 400


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/xml", "", "application/octet-stream", "a" * 500, "multipart/mixed"],
)
def test_an_odd_content_type_is_a_415(client: FlaskClient, content_type: str) -> None:
    assert client.post("/verify", data=b"x", content_type=content_type, headers=JSON).status_code == 415


def test_a_broken_multipart_body_is_no_crash(client: FlaskClient) -> None:
    for content_type in ("multipart/form-data", "multipart/form-data; boundary=x"):
        answer = client.post("/verify", data=b"--x\r\nbroken", content_type=content_type, headers=JSON)
        assert answer.status_code == 400


def test_many_parts_are_refused(client: FlaskClient) -> None:
    form = {f"champ{index}": "x" for index in range(100)}
    assert client.post("/verify", data=form, content_type="multipart/form-data").status_code == 413


@pytest.mark.parametrize("name", ["Accept", "Accept-Language", "If-None-Match", "X-Forwarded-For", "Host"])
@pytest.mark.parametrize(
    "value", ["a" * 60_000, ",".join(["text/html;q=0.1"] * 3000), ";;;q=,=", "*/*;q=nan", "é" * 10]
)
def test_huge_and_odd_headers_are_no_crash(client: FlaskClient, name: str, value: str) -> None:
    for address in ("/v/titre", "/.well-known/did.json", "/"):
        assert client.get(address, headers={name: value}).status_code < 500
