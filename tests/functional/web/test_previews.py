"""What others keep of a page: the card of a messenger and the words for machines; no name unasked."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from flask.testing import FlaskClient
from typing_extensions import override

from credentials.report import Verdict
from credentials.summary import Kind
from issuer.ports import AwardPage
from issuer.web import create_app
from tests.support.fake_desk import BASE, HOLDER, PAGES, FakeDesk, award_page

TELLING = re.compile("en vigueur|retiré|suspendu|remplacé|modifié|in force|withdrawn|suspended")


class Head(HTMLParser):
    """The metadata of a page, and its data blocks."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.blocks: list[str] = []
        self._in_block = False
        self.feed(page)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        key = given.get("property") or given.get("name")
        if tag == "meta" and key:
            self.meta[key] = given.get("content") or ""
        self._in_block = tag == "script"

    @override
    def handle_data(self, data: str) -> None:
        if self._in_block:
            self.blocks.append(data)

    @override
    def handle_endtag(self, tag: str) -> None:
        self._in_block = False


class OneAward(FakeDesk):
    """A desk of one page."""

    def __init__(self, page: AwardPage) -> None:
        super().__init__()
        self._page = page

    @override
    def award_page(self, token: str) -> AwardPage:
        return self._page


def head_of(page: AwardPage, language: str = "fr") -> Head:
    return Head(create_app(OneAward(page)).test_client().get(f"/v/titre?lang={language}").text)


def machines(client: FlaskClient, token: str) -> Any:
    (block,) = Head(client.get(f"/v/{token}").text).blocks
    return json.loads(block)


@pytest.mark.parametrize(("language", "locale"), [("fr", "fr_FR"), ("en", "en_GB")])
def test_the_card_shows_the_institution_and_the_title(
    client: FlaskClient, language: str, locale: str
) -> None:
    meta = Head(client.get(f"/v/titre?lang={language}").text).meta
    institution, _, title = meta["og:title"].partition(" · ")
    assert institution == "Conservatoire national des arts et métiers"
    assert title.startswith("Manager d'organismes")
    assert meta["og:url"] == f"{BASE}/v/titre"
    assert meta["og:image"] == f"{BASE}/v/titre/card.png"
    assert (meta["og:locale"], meta["twitter:card"]) == (locale, "summary_large_image")


@pytest.mark.parametrize("token", PAGES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_preview_tells_a_name_or_a_state_that_may_change(
    client: FlaskClient, token: str, language: str
) -> None:
    """A messenger keeps a preview for years, and shows it to everybody in the conversation."""
    head = Head(client.get(f"/v/{token}?lang={language}").text)
    kept = " ".join((*head.meta.values(), *head.blocks))
    for word in ("Hélène", "MARCHAND", "MINH-KHAI", "Ancien", "NOM", "2026-000017"):
        assert word not in kept
    told = {"og:title", "og:description"} & set(head.meta)
    assert not TELLING.search(" ".join(head.meta[key] for key in told))


@pytest.mark.parametrize("token", ["retire", "bloc-retire", "remplace", "suspendu"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_does_not_stand_has_the_houses_card_and_no_title(
    client: FlaskClient, token: str, language: str
) -> None:
    meta = Head(client.get(f"/v/{token}?lang={language}").text).meta
    assert meta["og:image"] == f"{BASE}/v/{token}/card.png"
    assert meta["og:title"] == meta["og:image:alt"] == "Conservatoire national des arts et métiers"
    assert meta["twitter:card"] == "summary"


def test_what_was_changed_in_the_register_has_neither_title_nor_picture(client: FlaskClient) -> None:
    meta = Head(client.get("/v/modifie").text).meta
    assert "Manager" not in meta["og:title"]
    assert not [name for name in meta if name.startswith("og:image")]


@pytest.mark.parametrize(
    ("token", "language", "shown"),
    [
        ("titre", "fr", "Un sceau complet\u202f: 4 parties, en couleur."),
        ("titre", "en", "A complete seal: 4 parts, in colour."),
        ("bloc", "fr", "la partie 1 en couleur"),
        ("bloc", "en", "part 1 in colour"),
    ],
)
def test_the_picture_is_told_in_words(client: FlaskClient, token: str, language: str, shown: str) -> None:
    alternative = Head(client.get(f"/v/{token}?lang={language}").text).meta["og:image:alt"]
    assert shown in alternative
    assert "Manager d'organismes" in alternative


@pytest.mark.parametrize("token", PAGES)
def test_the_title_of_the_window_holds_no_name(client: FlaskClient, token: str) -> None:
    title = re.findall("<title>(.*?)</title>", client.get(f"/v/{token}").text)[0]
    assert not re.search("MARCHAND|MINH-KHAI|Ancien", title)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_holder_who_chose_so_is_named_on_the_card(language: str) -> None:
    head = head_of(replace(PAGES["titre"], named_card=True), language)
    assert HOLDER in head.meta["og:description"]
    assert HOLDER not in head.blocks[0]


@pytest.mark.parametrize("verdict", sorted(set(Verdict) - {Verdict.VALID, Verdict.MALFORMED}))
def test_machines_are_told_of_what_is_in_force_only(verdict: Verdict) -> None:
    assert head_of(award_page("titre", Kind.TITLE, verdict)).blocks == []


@pytest.mark.parametrize("verdict", [Verdict.REVOKED, Verdict.MODIFIED, Verdict.REPLACED])
def test_a_choice_names_nobody_on_what_is_not_to_be_relied_on(verdict: Verdict) -> None:
    page = replace(award_page("titre", Kind.TITLE, verdict), named_card=True)
    assert HOLDER not in " ".join(head_of(page).meta.values())


def test_a_title_is_described_to_machines_in_the_words_of_schema_org(client: FlaskClient) -> None:
    said = machines(client, "titre")
    assert (said["@context"], said["@type"]) == (
        "https://schema.org",
        "EducationalOccupationalCredential",
    )
    assert said["recognizedBy"]["name"] == "Conservatoire national des arts et métiers"
    assert (said["identifier"], said["educationalLevel"][0]["termCode"]) == ("RNCP35080", "7")


def test_a_block_is_described_as_a_part_without_a_level(client: FlaskClient) -> None:
    said = machines(client, "bloc")
    assert said["isPartOf"]["identifier"] == "RNCP35080"
    assert "educationalLevel" not in said
    assert "7" not in said["name"]


@pytest.mark.parametrize("hostile", ["</script><script>alert(1)</script>", "<!--<script>", "a&b\u2028c\\"])
def test_no_text_ends_the_data_block(hostile: str) -> None:
    page = PAGES["titre"]
    assert page.report.credential is not None
    changed = replace(page.report, credential=replace(page.report.credential, name=hostile))
    (block,) = head_of(replace(page, report=changed)).blocks
    assert json.loads(block)["name"] == hostile
    assert not re.search("[<>&\u2028]", block)
