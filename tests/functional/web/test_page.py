"""What the verification page says in each state, and that it is light and accessible."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from flask.testing import FlaskClient
from typing_extensions import override

from tests.support.fake_desk import HOLDER, PAGES

BUDGET_BYTES = 50_000
"""field.md, section 1: a verification page, with everything that it loads."""

BANNERS = {
    "titre": "Certification authentique et en vigueur",
    "bloc": "Bloc de compétences authentique et en vigueur",
    "retire": "Certification retirée le 1er mars 2026",
    "bloc-retire": "Bloc de compétences retiré le 1er mars 2026",
    "suspendu": "Validité suspendue depuis le 1er mars 2026",
    "remplace": "Ce document a été remplacé par un plus récent",
    "incomplet": "Vérification incomplète",
    "modifie": "Ce document a été modifié\u202f: ne vous y fiez pas",
    "a-venir": "Document authentique, pas encore en vigueur",
    "termine": "Document authentique, arrivé au terme qu’il annonce",
}
EVERY_PAGE = (
    "/",
    "/verify",
    "/nulle-part",
    "/v/inconnu",
    "/certifications/RNCP35080",
    *(f"/v/{t}" for t in PAGES),
)


class Outline(HTMLParser):
    """The marks of a page that accessibility rests on."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


@pytest.mark.parametrize(("token", "banner"), BANNERS.items())
def test_each_state_has_its_own_sentence_and_shape(client: FlaskClient, token: str, banner: str) -> None:
    page = client.get(f"/v/{token}").text
    assert f'<h1 id="verdict">{banner}</h1>' in page
    assert page.index(banner) < page.index("Cinq questions")


def test_no_two_states_share_a_shape(client: FlaskClient) -> None:
    shapes = {
        re.findall(r'<section class="banner.*?<svg.*?</svg>', client.get(f"/v/{token}").text, re.DOTALL)[
            0
        ].split("<svg")[1]
        for token in BANNERS
    }
    assert len(shapes) == len(BANNERS) - 1  # a withdrawn block and a withdrawn title share theirs


def test_a_title_shows_everything_that_it_says(client: FlaskClient) -> None:
    page = re.sub(r"<[^>]+>", "", client.get("/v/titre").text)
    for words in (
        HOLDER, "niveau 7", "RNCP35080", "20 juin 2024", "Comparez ces lignes", "RNCP35080BC04", "non communiqué",
        "validé, en vigueur", "Rédaction d’un mémoire professionnel", "332n", "Formacode", "K1206",
        "Empreinte salée du procès-verbal", "2026-000017", "«\u202fInactive\u202f»", "spécimen",
        "la certification obtenue reste acquise", "Elle confirme la décision", "eddsa-rdfc-2022",
        "Démonstration", "n’enregistre pas qui la consulte",
    ):  # fmt: skip
        assert words in page, words


def test_a_block_says_that_it_is_a_part_and_claims_no_level(client: FlaskClient) -> None:
    page = client.get("/v/bloc").text
    assert "il n’équivaut pas à la certification complète" in page
    assert page.count("niveau 7") == 1
    assert "Les blocs de la certification" not in page


def test_a_replaced_document_shows_no_name_and_hands_out_nothing(client: FlaskClient) -> None:
    page = client.get("/v/remplace").text
    assert "Ancien NOM" not in page
    assert "2026-000017" not in page
    assert "qr.png" not in page
    assert "format=json" not in page


def test_a_withdrawn_award_shows_its_public_reason(client: FlaskClient) -> None:
    assert "Motif\u202f: erreur matérielle." in client.get("/v/retire").text


def test_what_could_not_be_checked_is_named_and_never_good(client: FlaskClient) -> None:
    page = client.get("/v/incomplet").text
    assert "N’a pas pu être contrôlé\u202f: l’état (retrait éventuel)." in page
    assert "Cela ne met pas en cause le document" in page
    assert 'class="banner hitch"' in page


@pytest.mark.parametrize("address", EVERY_PAGE)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_basics_of_accessibility(client: FlaskClient, address: str, language: str) -> None:
    outline = Outline(client.get(f"{address}?lang={language}").text)
    assert [attributes["lang"] for attributes in outline.all("html")] == [language]
    assert len(outline.all("h1")) == 1
    assert len(outline.all("main")) == len(outline.all("header")) == len(outline.all("footer")) == 1
    assert all("alt" in attributes for attributes in outline.all("img"))
    assert all(attributes.get("aria-hidden") == "true" for attributes in outline.all("svg"))
    ids = [attributes["id"] for _, attributes in outline.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    labelled = {attributes.get("for") for attributes in outline.all("label")}
    assert {attributes.get("id") for attributes in outline.all("textarea", "input")} <= labelled
    named = [
        attributes["aria-labelledby"] for _, attributes in outline.tags if "aria-labelledby" in attributes
    ]
    assert set(named) <= set(ids)
    assert not any({"style", "onclick"} & set(attributes) for _, attributes in outline.tags)
    assert not outline.all("script", "style", "iframe")
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_nothing_is_loaded_from_another_host(client: FlaskClient, address: str) -> None:
    outline = Outline(client.get(address).text)
    for attributes in outline.all("link", "img"):
        assert (attributes.get("href") or attributes.get("src") or "").startswith("/")


@pytest.mark.parametrize("token", PAGES)
def test_a_page_with_all_that_it_loads_is_light(client: FlaskClient, token: str) -> None:
    page = client.get(f"/v/{token}")
    outline = Outline(page.text)
    loaded = {
        attributes["href"] for attributes in outline.all("link") if attributes.get("rel") != "alternate"
    }
    loaded |= {attributes["src"] for attributes in outline.all("img")}
    weight = len(page.data)
    for address in loaded:
        with client.get(address or "") as answer:
            weight += len(answer.data)
    assert len(loaded) >= 3
    assert weight < BUDGET_BYTES, weight
