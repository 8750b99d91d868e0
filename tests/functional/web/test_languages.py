"""French first, English complete, the choice in the address and never in a cookie."""

import html
import re
import shutil
import time
from pathlib import Path
from urllib.parse import parse_qsl, unquote

import pytest
from flask.testing import FlaskClient

from issuer.web import create_app
from issuer.web.language import TRANSLATIONS
from tests.support.fake_desk import CLOSED, PAGES, UNKNOWN, FakeDesk

PAGES_TO_READ = (
    "/",
    "/verify",
    "/nulle-part",
    "/employeurs",
    "/mentions-legales",
    "/confidentialite",
    "/accessibilite",
    *(f"/v/{token}" for token in (UNKNOWN, "inconnu", f"{UNKNOWN}).", "specimen", *CLOSED)),
    "/certifications/RNCP35080",
    "/certifications/RNCP35080BC01",
    *(f"/v/{token}" for token in PAGES),
)
FRENCH_ONLY = re.compile(r"\blang=\"fr\"[^>]*>[^<]*<")


def visible(page: str) -> str:
    """Give the words of a page, without its marks."""
    page = re.sub(r"<svg.*?</svg>|<script.*?</script>", " ", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "fr"),
        ("de", "fr"),
        ("*", "fr"),
        ("en-US,en;q=0.9", "en"),
        ("fr-CA", "fr"),
        ("en;q=0.5, fr;q=0.6", "fr"),
        ("de, en;q=0.3", "en"),
    ],
)
def test_the_browser_chooses_and_french_is_the_default(
    client: FlaskClient, accept: str, language: str
) -> None:
    answer = client.get("/v/titre", headers={"Accept-Language": accept})
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["Content-Language"] == language


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_link_wins_over_the_browser(client: FlaskClient, language: str) -> None:
    answer = client.get(
        f"/v/titre?lang={language}", headers={"Accept-Language": "fr" if language == "en" else "en"}
    )
    assert f'<html lang="{language}">' in answer.text


@pytest.mark.parametrize("address", PAGES_TO_READ)
def test_the_switch_keeps_the_page(client: FlaskClient, address: str) -> None:
    page = client.get(f"{address}?lang=fr").text
    link = re.search(r'<a href="([^"]+)" hreflang="en"', page)
    assert link is not None
    expected = "/" if address == "/nulle-part" else address
    assert unquote(link[1]) == f"{expected}?lang=en"


@pytest.mark.parametrize(
    "query", ["format=html", "format=xml", "_scheme=javascript&endpoint=x&a=1&a=2", "lang=de&b=%C3%A9%26"]
)
def test_the_switch_keeps_what_else_the_address_asks(client: FlaskClient, query: str) -> None:
    page = client.get(f"/v/titre?lang=fr&{query}", headers={"Accept": "text/html"}).text
    link = re.search(r'<a href="([^"]+)" hreflang="en"', page)
    assert link is not None
    address, _, asked = html.unescape(link[1]).partition("?")
    kept = [part for part in parse_qsl(query) if part[0] != "lang"]
    assert (address, parse_qsl(asked)) == ("/v/titre", [*kept, ("lang", "en")])


@pytest.mark.parametrize("address", PAGES_TO_READ)
def test_an_english_page_has_no_french_sentence_of_ours(client: FlaskClient, address: str) -> None:
    page = client.get(f"{address}?lang=en").text
    page = re.sub(
        r'<div class="narrative".*?</div>|<(dd|ul|h1) lang="fr">.*?</\1>', "", page, flags=re.DOTALL
    )
    words = visible(FRENCH_ONLY.sub("<", page))
    found = re.findall(
        r"\b(?:Délivrée?|Vérifi\w+|Établissement|cette|niveau|Oui|Non vérifié|n’a|l’\w+)\b", words
    )
    assert found == []


@pytest.mark.parametrize("address", PAGES_TO_READ)
def test_french_typography_puts_a_narrow_space_before_high_marks(client: FlaskClient, address: str) -> None:
    page = re.sub(
        r'<div class="narrative".*?</div>', "", client.get(f"{address}?lang=fr").text, flags=re.DOTALL
    )
    words = re.sub(r"[ \n]+", " ", visible(page))
    assert not re.findall(r"\w [;:!?»]|« ", words)
    assert "'" not in re.sub(r"d'organismes|l'expression|l'exercice", "", words)
    assert "!" not in words


@pytest.mark.parametrize("address", PAGES_TO_READ)
def test_no_cookie_is_set(client: FlaskClient, address: str) -> None:
    assert "Set-Cookie" not in client.get(f"{address}?lang=en").headers


def test_dates_are_long_and_name_their_zone(client: FlaskClient) -> None:
    french = client.get("/v/retire?lang=fr").text
    assert "1er mars 2026" in french
    assert "24 novembre 2026 à 8\u202fh\u202f14 (heure de Paris)" in french
    english = client.get("/v/retire?lang=en").text
    assert "1 March 2026" in english
    assert "24 November 2026 at 08:14 (Paris time)" in english


def test_a_huge_header_is_not_read_to_its_end(client: FlaskClient) -> None:
    ranges = ",".join(f"x{number}-YY;q=0.5" for number in range(20_000))
    for header, language in ((f"en,{ranges}", "en"), (f"{ranges},en", "fr"), ("en" * 30_000, "fr")):
        started = time.perf_counter()
        answer = client.get("/v/titre", headers={"Accept-Language": header, "Accept": f"text/html,{ranges}"})
        assert time.perf_counter() - started < 0.5
        assert answer.headers["Content-Language"] == language


def test_the_chosen_language_follows_the_reader_through_links(client: FlaskClient) -> None:
    page = client.get("/verify?lang=en").text
    assert 'action="/verify?lang=en"' in page
    assert 'href="/?lang=en"' in page


@pytest.fixture
def german(tmp_path: Path) -> FlaskClient:
    """Give the application with a third catalogue, in which two sentences are translated so far."""
    shelf = tmp_path / "translations"
    shutil.copytree(TRANSLATIONS, shelf)
    (shelf / "de" / "LC_MESSAGES").mkdir(parents=True)
    (shelf / "de" / "LC_MESSAGES" / "messages.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Certification authentique et en vigueur"\nmsgstr "Echter Abschluss, in Kraft"\n\n'
        'msgid "Recommencer en français"\nmsgstr "Auf Deutsch neu beginnen"\n',
        encoding="utf-8",
    )
    return create_app(FakeDesk(), shelf).test_client()


def test_a_language_is_added_by_its_catalogue_alone(german: FlaskClient) -> None:
    page = german.get("/v/titre", headers={"Accept-Language": "de-AT, en;q=0.5"})
    assert page.headers["Content-Language"] == "de"
    assert '<h1 id="verdict">Echter Abschluss, in Kraft</h1>' in page.text
    assert "20. Juni 2024" in page.text
    assert 'hreflang="en"' in page.text
    assert 'hreflang="de" lang="de" title="Deutsch"' in german.get("/v/titre?lang=fr").text
    again = german.post("/verify?lang=fr", data={"text": "{}"}).text
    assert "Auf Deutsch neu beginnen" in again


def test_a_sentence_that_a_catalogue_lacks_is_told_in_english(german: FlaskClient) -> None:
    page = german.get("/v/titre?lang=de").text
    assert "Five questions" in page
    assert "Cinq questions" not in page


def test_an_application_without_that_catalogue_does_not_know_the_language(client: FlaskClient) -> None:
    assert client.get("/v/titre?lang=de").headers["Content-Language"] == "fr"
