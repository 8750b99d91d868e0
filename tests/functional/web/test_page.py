"""What the verification page says in each state, and that it is accessible."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from flask.testing import FlaskClient
from typing_extensions import override

from issuer.domain.award import AwardState
from issuer.domain.certification import Level
from issuer.ports import AwardPage, BlockLine
from issuer.web import create_app
from tests.support.fake_desk import CLOSED, HOLDER, PAGES, RECORD_DIGEST, UNKNOWN, FakeDesk

BANNERS = {
    "titre": "Certification authentique et en vigueur",
    "bloc": "Bloc de compétences authentique et en vigueur",
    "retire": "Document retiré le 1er mars 2026",
    "retire-jury": "Certification retirée le 1er mars 2026",
    "bloc-retire": "Document retiré le 1er mars 2026",
    "bloc-retire-jury": "Bloc de compétences retiré le 1er mars 2026",
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
    "/certifications/RNCP35080",
    *(f"/v/{t}" for t in (UNKNOWN, "inconnu", f"{UNKNOWN}).", "specimen", *CLOSED, *PAGES)),
)


class AlteredDesk(FakeDesk):
    """A desk whose register was changed by somebody."""

    def __init__(self, page: AwardPage) -> None:
        super().__init__()
        self._page = page

    @override
    def award_page(self, token: str) -> AwardPage:
        return self._page


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
    assert page.index(banner) < page.index("Que faire" if token == "remplace" else "Cinq questions")


def test_no_two_states_share_a_shape(client: FlaskClient) -> None:
    shapes = {
        re.findall(r'<section class="banner.*?<svg.*?</svg>', client.get(f"/v/{token}").text, re.DOTALL)[
            0
        ].split("<svg")[1]
        for token in BANNERS
    }
    assert len(shapes) == len(BANNERS) - 3  # the four withdrawn ones share theirs


def test_a_title_shows_everything_that_it_says(client: FlaskClient) -> None:
    page = re.sub(r"<[^>]+>", "", client.get("/v/titre").text)
    for words in (
        HOLDER, "niveau 7", "RNCP35080", "20 juin 2024", "Comparez ces lignes", "RNCP35080BC04", "non communiqué",
        "validé, en vigueur", "Rédaction d’un mémoire professionnel", "332n", "Formacode", "K1206",
        "Empreinte salée du procès-verbal", "2026-000017", "«\u202fInactive\u202f»",
        "la certification obtenue reste acquise", "Elle confirme la décision", "eddsa-rdfc-2022",
        "Autres mentions", "Autre identifiant", "19753471200017", "Badge du certificat.",
        "Démonstration", "n’enregistre pas qui la consulte",
    ):  # fmt: skip
        assert words in page, words


def test_a_block_says_that_it_is_a_part_and_claims_no_level(client: FlaskClient) -> None:
    page = client.get("/v/bloc").text
    assert "il n’équivaut pas à la certification complète" in page
    assert page.count("niveau 7") == 1
    assert "Les blocs de la certification" not in page


@pytest.mark.parametrize("token", ["titre", "bloc"])
def test_no_fact_is_taken_from_the_register(token: str) -> None:
    """Whoever can write to the register must not be able to change what stands under the green banner."""
    page = PAGES[token]
    forged_award = replace(
        page.award,
        holder="Quelqu’un d’AUTRE",
        number="2099-999999",
        decided_on=date(1999, 9, 9),
        component="RNCP99999",
        certification="RNCP99999",
        session="J-FORGÉE",
        credential_id="https://ailleurs.exemple/v/x",
    )
    blocks = [BlockLine(line.code, "Bloc INVENTÉ", line.state) for line in page.blocks]
    extra = BlockLine("RNCP35080BC09", "Bloc INVENTÉ", AwardState.VALID)
    forged_certification = replace(
        page.certification,
        code="RNCP99999",
        title="Titre INVENTÉ",
        level=Level("Niveau 8", 8, 8, "http://data.europa.eu/snb/eqf/8"),
        registration=replace(page.certification.registration, fiche_url="https://ailleurs.exemple/"),
    )
    forged = replace(page, award=forged_award, certification=forged_certification, blocks=(*blocks, extra))
    pages = [
        create_app(desk).test_client().get(f"/v/{token}").text for desk in (AlteredDesk(forged), FakeDesk())
    ]
    # What a picture is said to show follows what is drawn, for others and not on the page.
    told, honest = (re.sub(r'(<meta property="og:image:alt" content=")[^"]+', r"\1", page) for page in pages)
    assert told == honest


def test_a_replaced_document_shows_no_name_and_hands_out_nothing(client: FlaskClient) -> None:
    page = client.get("/v/remplace").text
    assert "Ancien NOM" not in page
    assert "2026-000017" not in page
    assert "qr.png" not in page
    assert "format=json" not in page


@pytest.mark.parametrize(
    ("token", "french", "english"),
    [
        (
            "retire",
            "Ce document a été retiré pour une erreur matérielle\u202f; adressez-vous à la scolarité pour le document corrigé.",
            "withdrawn because of a clerical error",
        ),
        (
            "retire-jury",
            "La certification a été retirée par décision du jury ou du juge.",
            "The certification was withdrawn by decision of the jury or of a court.",
        ),
        (
            "bloc-retire-jury",
            "Le bloc a été retiré par décision du jury ou du juge.",
            "The block was withdrawn by decision of the jury or of a court.",
        ),
    ],
)
def test_a_withdrawn_award_says_what_was_withdrawn(
    client: FlaskClient, token: str, french: str, english: str
) -> None:
    assert french in client.get(f"/v/{token}?lang=fr").text
    assert english in client.get(f"/v/{token}?lang=en").text


@pytest.mark.parametrize("token", sorted(set(PAGES) - {"titre", "titre-mixte", "bloc"}))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_that_is_not_in_force_does_not_contradict_its_banner(
    client: FlaskClient, token: str, language: str
) -> None:
    page = client.get(f"/v/{token}?lang={language}").text
    after = page[page.index("</h1>") :] if token != "remplace" else ""
    assert not re.search("reste acquise|kept for good|Inactive", after)
    assert "confirme la décision" not in page
    assert "confirms the institution’s decision" not in page


@pytest.mark.parametrize("token", ["retire", "retire-jury", "bloc-retire", "remplace", "modifie"])
def test_no_picture_is_handed_out_of_what_is_not_to_be_relied_on(client: FlaskClient, token: str) -> None:
    page = client.get(f"/v/{token}").text
    assert "badge.png" not in page
    assert "L’image montre" not in page
    assert ("format=json" in page) == (token != "remplace")


def test_a_withdrawn_document_asks_for_no_comparison(client: FlaskClient) -> None:
    page = client.get("/v/retire").text
    assert "Comparez ces lignes" not in page
    assert "sans garantie" not in page
    assert "Elle confirme que l’établissement a retiré ce document." in page
    assert "Fiche RNCP35080 sur le site" in page


def test_the_printed_parchments_own_alarm_stays_off_the_page(client: FlaskClient) -> None:
    assert "spécimen" not in client.get("/v/titre?lang=fr").text
    assert "specimen" not in client.get("/v/titre?lang=en").text


@pytest.mark.parametrize(
    ("language", "names"),
    [
        (
            "fr",
            [
                "Cadre européen des certifications (CEC)",
                "Répertoire national des certifications professionnelles (RNCP)",
                "Nomenclature des spécialités de formation (NSF)",
                "Formacode",
                "Répertoire opérationnel des métiers et des emplois (ROME)",
            ],
        ),
        (
            "en",
            ["European Qualifications Framework (EQF)", "French national register", "French classification"],
        ),
    ],
)
def test_known_frameworks_are_named_in_the_readers_language(
    client: FlaskClient, language: str, names: list[str]
) -> None:
    page = client.get(f"/v/titre?lang={language}").text
    for name in names:
        assert f"<dt>{name}" in page
    page = re.sub("<script.*?</script>", "", page)
    assert ("European Qualifications" in page) == (language == "en")


def test_french_words_on_an_english_page_are_marked_as_french(client: FlaskClient) -> None:
    page = client.get("/v/titre?lang=en").text
    for words in (
        "Manager d&#39;organismes", "Niveau 7", "Badge du certificat.", "Session J-2024-06", "Décision du jury",
        "Service de la scolarité", "Conservatoire national des arts et métiers</dd>",
        "Conservatoire national des arts et métiers</span>",
    ):  # fmt: skip
        assert re.search(rf'lang="fr"[^>]*>(?:<code>[^<]*</code> )?{re.escape(words)}', page), words
    assert 'lang="fr"' not in re.sub("<html[^>]*>", "", client.get("/v/titre?lang=fr").text)


def test_the_records_digest_is_told_in_the_details_only(client: FlaskClient) -> None:
    page = client.get("/v/titre").text
    first, details = page.split("<details>")
    assert "Session J-2024-06, délibération du 20 juin 2024." in first
    assert "Empreinte" not in first
    assert RECORD_DIGEST not in first
    assert (
        f"Session J-2024-06, délibération du 20 juin 2024. Empreinte salée du procès-verbal (SHA-256)\u202f: {RECORD_DIGEST}."
        in details
    )


def test_the_details_give_words_beside_the_codes(client: FlaskClient) -> None:
    details = client.get("/v/titre?lang=fr").text.split("<details>")[1]
    for words in (
        "Réussi (pass)",
        "Sans objet (not-applicable)",
        "valid (tous les contrôles",
        "Signature</th>",
    ):
        assert words in details


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
    assert not outline.all("style", "iframe")
    inline = [attributes for attributes in outline.all("script") if "src" not in attributes]
    assert {attributes.get("type") for attributes in inline} <= {"application/ld+json"}
    assert not address.startswith("/v/") or outline.all("script") == inline
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_nothing_is_loaded_from_another_host(client: FlaskClient, address: str) -> None:
    outline = Outline(client.get(address).text)
    for attributes in outline.all("link", "img"):
        if attributes.get("rel") == "canonical" or "hreflang" in attributes:
            continue  # names the page's own address, and is not loaded
        assert (attributes.get("href") or attributes.get("src") or "").startswith("/")
