"""Anything may be handed in to be checked; nothing that is handed in can hurt."""

import io
import re
from dataclasses import replace
from typing import cast
from urllib.parse import parse_qs

import pytest
from flask.testing import FlaskClient
from PIL import Image
from typing_extensions import override
from werkzeug.test import TestResponse

from credentials.report import IssuerIdentity, VerificationReport
from issuer.domain.short_code import grouped, make_short_code
from issuer.ports.sharing import SharingDesk
from issuer.web import create_app
from tests.support.fake_desk import BASE, FOREIGN_NAME, UNPROVEN, FakeDesk

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
    "media_type",
    [
        "application/json",
        "application/vc",
        "application/ld+json",
        "application/jwt",
        "application/vc+jwt",
        "application/vp+jwt",
        "application/vc+sd-jwt",
        "application/vp+sd-jwt",
        "application/dc+sd-jwt",
        "application/vp",
        "application/pdf",
        "image/png",
        "image/svg+xml",
    ],
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
    assert "Ce lien mène à un autre site" in answer.text
    assert "rien n’a été vérifié" in answer.text
    assert client.post("/verify", data={"text": link}, headers=JSON).get_json()["verdict"] == "incomplete"


def test_a_modified_document_is_not_shown_as_attested(client: FlaskClient) -> None:
    page = upload(client, b'{"a":"modifie"}').text
    assert "Ce document a été modifié" in page
    assert "Ce que dit le fichier, sans garantie" in page
    assert "Comparez ces lignes" not in page
    assert "<dd>non établi</dd>" in page
    assert "non reconnu par ce service" not in page


def test_the_name_that_an_unknown_issuer_gives_itself_is_never_shown_as_ours(client: FlaskClient) -> None:
    page = upload(client, b'{"a":"inconnu"}').text
    assert "Établissement inconnu de ce service" in page
    assert "<dd>non reconnu par ce service</dd>" in page
    assert page.count(FOREIGN_NAME) == 1
    assert f"se présente comme émis par «\u202f{FOREIGN_NAME}\u202f»" in page


@pytest.mark.parametrize("name", UNPROVEN)
@pytest.mark.parametrize(
    ("language", "warning", "comfort"),
    [
        (
            "fr",
            "Rien ne prouve que ce document est d’origine\u202f: ne vous y fiez pas sans le lien de vérification",
            "met pas en cause",
        ),
        (
            "en",
            "Nothing proves that this document is original: do not rely on it without the verification link",
            "call the document into question",
        ),
    ],
)
def test_a_document_that_could_not_be_proven_is_not_excused(
    client: FlaskClient, name: str, language: str, warning: str, comfort: str
) -> None:
    data = {"text": f'{{"a":"{name}"}}'}
    page = client.post(f"/verify?lang={language}", data=data).text
    assert f'<h1 id="verdict">{warning}</h1>' in page
    assert 'class="banner hitch"' in page
    folded = page.index("<details>")
    assert comfort not in page[:folded]
    assert "Comparez ces lignes" not in page


def test_keys_that_could_not_be_had_just_now_say_nothing_against_a_document(client: FlaskClient) -> None:
    page = client.post("/verify", data={"text": '{"a":"cle-absente"}'}).text
    assert "Vérification incomplète" in page
    assert "Cela ne met pas en cause le document. Réessayez plus tard" in page


def test_a_format_that_stays_unknown_is_not_to_be_tried_again_later(client: FlaskClient) -> None:
    page = client.post("/verify", data={"text": '{"a":"liste-inconnue"}'}).text
    assert "Cela ne met pas en cause le document. Appelez l’établissement." in page
    assert "plus tard" not in page


@pytest.mark.parametrize("name", UNPROVEN)
def test_the_first_screen_has_no_jargon_and_establishes_no_issuer(client: FlaskClient, name: str) -> None:
    page = client.post("/verify", data={"text": f'{{"a":"{name}"}}'}).text
    first = page[: page.index("<details>")]
    assert not re.search("vocabulaire|contexte|JSON-LD|cryptosuite", first)
    assert "<dd>non établi</dd>" in first


@pytest.mark.parametrize(
    ("name", "headline", "detail"),
    [
        (
            "retire",
            "Document retiré le 1er mars 2026",
            "erreur matérielle\u202f; adressez-vous à la scolarité",
        ),
        (
            "bloc-retire-jury",
            "Bloc de compétences retiré le 1er mars 2026",
            "Le bloc a été retiré par décision",
        ),
        ("suspendu", "Validité suspendue depuis le 1er mars 2026", "Une décision est attendue"),
    ],
)
def test_a_withdrawn_file_of_ours_says_when_and_why(
    client: FlaskClient, name: str, headline: str, detail: str
) -> None:
    page = client.post("/verify", data={"text": f'{{"a":"{name}"}}'}).text
    assert f'<h1 id="verdict">{headline}</h1>' in page
    assert detail in page


def test_our_register_does_not_speak_of_another_institutions_document() -> None:
    """Anyone may write our address into a file; since when and why are told of our own files only."""

    class Other(FakeDesk):
        @override
        def check(self, data: bytes) -> VerificationReport:
            return replace(super().check(data), issuer=IssuerIdentity("did:web:autre.exemple", "Autre"))

    page = create_app(Other()).test_client().post("/verify", data={"text": '{"a":"retire"}'}).text
    assert "1er mars 2026" not in page
    assert "erreur matérielle" not in page
    assert "Certification retirée" in page


UNREAD = {
    "Hélène Marchand-Delvaux": "Ce service ne cherche pas par nom\u202f: déposez le fichier ou collez le lien",
    "Martin": "Ce service ne cherche pas par nom",
    "2026-000017": "Ce texte n’est ni un lien de vérification ni une attestation",
    "%PDF-1.7\n%": "Ce PDF ne peut pas être lu ici.",
    '{"@context": "https://w3id.org/openbadges/v2"}': "Vérification impossible ici\u202f: version antérieure de la norme",
    "https://ailleurs.exemple/v/abc": "Ce lien mène à un autre site",
    f"{BASE}/v/": "Aucun document à cette adresse",
    "{}": "Ce texte n’est ni un lien de vérification ni une attestation",
    '<svg xmlns="http://www.w3.org/2000/svg"/>': "Cette image ne contient pas d’attestation numérique",
}


@pytest.mark.parametrize(("text", "headline"), UNREAD.items())
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_no_document_is_asked_no_questions(
    client: FlaskClient, text: str, headline: str, language: str
) -> None:
    answer = client.post(f"/verify?lang={language}", data={"text": text}, follow_redirects=True)
    first = answer.text[: (answer.text + "<details>").index("<details>")]
    if language == "fr":
        assert headline in first
        assert "Cinq questions" not in first
    assert 'class="banner hitch"' in first
    assert 'class="answer' not in first
    assert 'class="facts' not in first
    assert 'class="state"' not in first
    assert 'class="contact"' in first


def test_a_screenshot_leads_back_to_the_original(client: FlaskClient) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    page = upload(client, picture.getvalue()).text
    assert "Cette image ne contient pas d’attestation numérique" in page
    assert "Une capture d’écran ou une copie retouchée la perd" in page


def test_a_pdf_says_what_to_do_with_it(client: FlaskClient) -> None:
    page = upload(client, b"%PDF-1.7\n%").text
    assert "Ce PDF ne peut pas être lu ici." in page
    assert "Scannez le code QR imprimé dessus, ou ouvrez le lien écrit dessous." in page


def test_a_document_without_a_declared_state_is_not_said_to_be_in_force(client: FlaskClient) -> None:
    page = client.post("/verify", data={"text": '{"a":"sans-etat"}'}).text
    assert '<h1 id="verdict">Certification authentique, état actuel non déclaré</h1>' in page
    assert 'class="banner plain"' in page
    assert "authentique et en vigueur" not in page
    assert 'class="answer unchecked"' in page
    english = client.post("/verify?lang=en", data={"text": '{"a":"sans-etat"}'}).text
    assert "Certification authentic, present state not declared" in english


def test_the_blocks_that_a_document_names_are_shown_without_a_state(client: FlaskClient) -> None:
    page = upload(client, GOOD).text
    assert "RNCP35080BC04" in page
    assert "block-state" not in page


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
    assert "Cinq questions" not in answer.text
    assert "<script" not in answer.text
    raw = client.post("/verify", data=content, content_type="application/json")
    assert raw.get_json()["verdict"] == "malformed"


def test_an_empty_form_says_what_to_give(client: FlaskClient) -> None:
    for data in (
        {},
        {"text": "  "},
        {"file": (io.BytesIO(b""), "")},
    ):
        answer = client.post("/verify", data=data, content_type="multipart/form-data")
        assert answer.status_code == 400
        assert "Choisissez un fichier" in answer.text
        assert "<form" in answer.text
    problem = client.post("/verify", data={}, content_type="multipart/form-data", headers=JSON)
    assert problem.get_json(force=True)["code"] == "document.missing"


def test_an_empty_file_is_said_to_be_empty(client: FlaskClient) -> None:
    form = {"file": (io.BytesIO(b""), "vide.json")}
    answer = client.post("/verify", data=form, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert "Ce fichier est vide. Choisissez un fichier" in answer.text
    blank = upload(client, b" \n").text
    assert '<h1 id="verdict">Ce fichier est vide</h1>' in blank


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


# What leads to a page of ours


class _Sharing:
    """Enough of the holders' shares to have their address."""


@pytest.fixture
def whole() -> FlaskClient:
    app = create_app(FakeDesk(), sharing=cast("SharingDesk", _Sharing()))
    if "code.form" not in app.view_functions:
        app.add_url_rule("/code", "code.form", lambda: "")
    return app.test_client()


@pytest.mark.parametrize("text", [f"{BASE}/s/abc-DEF_1", f"{BASE.partition('://')[2]}/s/abc-DEF_1"])
def test_a_pasted_share_leads_to_its_page(whole: FlaskClient, text: str) -> None:
    answer = whole.post("/verify?lang=en", data={"text": text})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/s/abc-DEF_1?lang=en")


@pytest.mark.parametrize(
    "text", ["https://ailleurs.exemple/s/abc", f"{BASE}/s/../../x", f"{BASE}/s/a/b", f"{BASE}/s/"]
)
def test_what_only_resembles_a_share_leads_nowhere(whole: FlaskClient, text: str) -> None:
    assert whole.post("/verify", data={"text": text}).status_code == 200


CODE = make_short_code(lambda below: 7 % below)


@pytest.mark.parametrize("text", [CODE, grouped(CODE), grouped(CODE).lower(), f" {CODE} ", "2345 6789 ABCD"])
def test_what_looks_like_a_short_code_is_sent_on_to_where_the_name_is_asked(
    whole: FlaskClient, text: str
) -> None:
    answer = whole.post("/verify?lang=fr", data={"text": text})
    assert answer.status_code == 303
    address, _, query = answer.headers["Location"].partition("?")
    assert (address, parse_qs(query)) == ("/code", {"code": [text.strip()], "lang": ["fr"]})


@pytest.mark.parametrize("text", ["Barbara Dumas", "Marguerite X", "2026-000017", f"{CODE}2"])
def test_a_name_is_not_taken_for_a_code(whole: FlaskClient, text: str) -> None:
    assert whole.post("/verify", data={"text": text}).status_code == 200
