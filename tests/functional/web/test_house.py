"""The house's own pages: complete in both languages, light, true, and without a word that promises too much."""

import html
import re
import unicodedata
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask, Response, abort
from flask.testing import FlaskClient

import credentials.sentences
import issuer
from issuer.domain.institution import LegalNotice
from issuer.web import create_app
from tests.support.fake_desk import BASE, THEME, FakeDesk

HOUSE = ("/", "/employeurs", "/mentions-legales", "/confidentialite", "/accessibilite")
BUDGET_BYTES = 50_000
LEGAL = LegalNotice(
    address="2, rue Fictive, 75000 Paris",
    representative="Une administratrice générale (fictive)",
    publication_director="Un directeur (fictif)",
    host="Hébergeur fictif, 1, rue Inventée",
    dpo="dpo@exemple.fr",
    accessibility="accessibilite@exemple.fr",
)
MISSING = "à compléter par l’établissement"
FORBIDDEN = (
    "cachet qualifié", "cachet électronique qualifié", "signature qualifiée", "valeur légale", "valeur juridique",
    "infalsifiable", "inviolable", "conforme eidas", "conforme au règlement eidas", "certifié par l'état",
    "garanti par l'état", "diplômé d'état", "qualified seal", "qualified signature", "has legal value", "legally binding",
    "unforgeable", "tamper-proof", "eidas-compliant", "eidas compliant", "certified by the state",
)  # fmt: skip
"""Claims of law that nobody has demonstrated (french-domain.md, section 11), in both languages."""


def visible(page: str) -> str:
    """Give the words of a page, without its marks."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", page, flags=re.DOTALL)))


@pytest.mark.parametrize("address", HOUSE)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_of_the_house_is_light_with_everything_that_it_loads(
    client: FlaskClient, address: str, language: str
) -> None:
    page = client.get(f"{address}?lang={language}")
    loaded = re.findall(
        r'<(?:link rel="(?:stylesheet|icon|preload)"|img)[^>]*? (?:href|src)="(/[^"]+)"', page.text
    )
    weight = len(page.data)
    for resource in loaded:
        with client.get(resource) as answer:
            weight += len(answer.data)
    assert len(loaded) >= 4
    assert weight < BUDGET_BYTES, weight


@pytest.mark.parametrize("address", HOUSE)
def test_a_page_of_the_house_may_be_indexed_in_each_of_its_languages(
    client: FlaskClient, address: str
) -> None:
    page = client.get(f"{address}?lang=en")
    links = {
        (kind, language): target
        for kind, language, target in re.findall(
            r'<link rel="(canonical|alternate)"(?: hreflang="([^"]+)")? href="([^"]+)">', page.text
        )
    }
    assert links == {
        ("canonical", ""): f"{BASE}{address}?lang=en",
        ("alternate", "fr"): f"{BASE}{address}?lang=fr",
        ("alternate", "en"): f"{BASE}{address}?lang=en",
        ("alternate", "x-default"): f"{BASE}{address}",
    }
    assert "X-Robots-Tag" not in page.headers
    assert "noindex" not in page.text
    assert page.text.count("<h1") == 1


@pytest.mark.parametrize(
    "address", ["/", "/verify", "/v/titre", "/v/retire", "/nulle-part", "/certifications/RNCP35080"]
)
def test_every_page_leads_to_the_house_s_own_and_states_the_level_of_accessibility(
    client: FlaskClient, address: str
) -> None:
    footer = client.get(f"{address}?lang=fr").text.partition("<footer>")[2]
    for place in HOUSE:
        assert f'href="{place}?lang=fr"' in footer
    assert '<a href="/accessibilite?lang=fr">Accessibilité\u202f: non conforme</a>' in footer


def test_the_home_page_says_what_this_is_before_anything_is_asked(client: FlaskClient) -> None:
    before, _form, _rest = client.get("/?lang=fr").text.partition("<form")
    said = visible(before.partition("<main>")[2])
    assert "Conservatoire national des arts et métiers" in said
    for word in ("certification", "bloc de compétences", "code QR", "toujours en vigueur"):
        assert word in said


@pytest.mark.parametrize(
    "rule",
    [
        "Une photocopie se vérifie de la même façon",
        "Comparez le nom avec une pièce d’identité",
        "il n’équivaut pas à la certification complète",
        "les certifications obtenues restent acquises",
        f"Son adresse commence par {BASE}",
        "La vraie page ne vous demande rien",
        *("Retiré", "Suspendu", "Remplacé", "Modifié", "Vérification incomplète", "Établissement inconnu"),
        *("Lien désactivé, partage terminé", "01 99 00 00 00"),
    ],
)
def test_the_help_for_employers_tells(client: FlaskClient, rule: str) -> None:
    assert rule in visible(client.get("/employeurs?lang=fr").text)


@pytest.mark.parametrize(
    "word", ["jeton", "JWT", "JSON", "DID", "hachage", "cryptograph", "credential", "émetteur"]
)
def test_the_help_for_employers_has_no_jargon(client: FlaskClient, word: str) -> None:
    assert word not in visible(client.get("/employeurs?lang=fr").text)


def with_legal(legal: LegalNotice, *, demonstration: bool) -> FlaskClient:
    return create_app(FakeDesk(replace(THEME, legal=legal, demonstration=demonstration))).test_client()


@pytest.mark.parametrize("demonstration", [True, False])
def test_a_notice_names_what_the_institution_said(demonstration: bool) -> None:
    client = with_legal(LEGAL, demonstration=demonstration)
    said = "".join(visible(client.get(f"{place}?lang=fr").text) for place in HOUSE)
    for name in LegalNotice.__dataclass_fields__:
        assert getattr(LEGAL, name) in said, name
    assert MISSING not in said


@pytest.mark.parametrize(("address", "lines"), [("/mentions-legales", 4), ("/confidentialite", 1)])
def test_what_is_missing_is_said_in_a_demonstration_and_never_made_up(address: str, lines: int) -> None:
    trying = with_legal(LegalNotice(), demonstration=True).get(f"{address}?lang=fr").text
    assert trying.count(MISSING) == lines
    real = with_legal(LegalNotice(), demonstration=False).get(f"{address}?lang=fr").text
    assert MISSING not in real
    assert real.count("<dt>") == trying.count("<dt>") - lines


def test_the_accessibility_statement_claims_nothing_and_says_whom_to_tell(client: FlaskClient) -> None:
    said = visible(client.get("/accessibilite?lang=fr").text)
    assert "Accessibilité\u202f: non conforme" in unicodedata.normalize("NFC", said).replace(" :", "\u202f:")
    for part in ("RGAA 4.1", "axe-core", "Aucun lecteur d’écran", "24 novembre 2026", "Défenseur des droits"):
        assert part in said
    assert THEME.contact.splitlines()[-1] in said
    told = with_legal(LEGAL, demonstration=False).get("/accessibilite").text
    assert LEGAL.accessibility is not None
    assert LEGAL.accessibility in told


def test_the_privacy_notice_speaks_of_what_is_here_alone(app: Flask) -> None:
    said = visible(app.test_client().get("/confidentialite?lang=fr").text)
    assert "RGPD, article 6-1-e" in said
    assert "RGPD, article 17-3-b, d et e" in said
    assert "www.cnil.fr" in said
    assert "ne peut pas être rappelée" in said
    # This application has no space, no shares and takes no doubts.
    assert "Aucune page ne dépose de cookie." in said
    for absent in ("Un seul cookie", "Partager à votre demande", "Examiner un doute", "consulte le site"):
        assert absent not in said


def plain(text: str) -> str:
    """Fold what a reader does not see: case, kinds of apostrophe, kinds of space."""
    folded = html.unescape(text).casefold().replace("’", "'").replace("\\u202f", " ")
    return re.sub(r"[\s\u00a0\u202f]+", " ", folded)


def texts() -> list[Path]:
    """Give all that people may read: templates, catalogues, and modules that hold sentences."""
    package, sentences = Path(issuer.__file__).parent, Path(credentials.sentences.__file__).parent
    kinds = {".html", ".txt", ".typ", ".po", ".yaml", ".py", ".toml", ".svg"}
    return [file for root in (package, sentences) for file in sorted(root.rglob("*")) if file.suffix in kinds]


def test_no_text_claims_in_law_what_nobody_has_demonstrated() -> None:
    files = texts()
    assert {".html", ".po", ".py"} <= {file.suffix for file in files}
    found = [
        (file.name, word) for file in files for word in FORBIDDEN if word in plain(file.read_text("utf-8"))
    ]
    assert found == []


def test_such_a_claim_would_be_found() -> None:
    assert all(word in plain(f"<p>Un {word.upper().replace(chr(39), '’')}\u202f!</p>") for word in FORBIDDEN)


PAGES_OF_ERRORS = {
    400: "Revenez à la page précédente",
    403: "Rien n’a été changé",
    404: "Aucun document n’est en cause",
    405: "Rien n’a été changé",
    406: "Rien n’est perdu",
    410: "Le document lui-même n’est pas en cause",
    413: "Rien n’a été vérifié ni gardé",
    415: "Rien n’a été vérifié ni gardé",
    429: "Attendez quelques minutes",
    500: "Cela ne met en cause aucun document",
    503: "Cela ne met en cause aucun document",
}


@pytest.mark.parametrize(("status", "said"), PAGES_OF_ERRORS.items())
@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_error_says_what_happened_whether_anything_is_lost_and_what_to_do(
    app: Flask, status: int, said: str, language: str
) -> None:
    @app.get("/rompu")
    def broken() -> Response:
        if status == HTTPStatus.INTERNAL_SERVER_ERROR:
            raise RuntimeError("secret")
        return abort(status)

    app.testing = False
    answer = app.test_client().get(f"/rompu?lang={language}", headers={"Accept": "text/html"})

    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.text.count("<h1>") == 1
    assert (said in answer.text) == (language == "fr")
    assert "La demande n’est pas complète" not in answer.text or status == 400
