"""The three stories that the service is for, played through in Chromium on a real register and a real server.

The service is founded for the very address at which it is served, so that the links in codes, mails and pages
are followed as they are written.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Download, FilePayload, Page, ViewportSize, expect

from credentials.report import Verdict
from issuer.bootstrap import exporter, papers, public_desk
from issuer.bootstrap.wiring import MAIL_FOLDER
from issuer.config import Settings
from issuer.domain.award import Award, AwardKind
from issuer.services.office import Office
from issuer.services.preparing import prepare
from issuer.services.register import find_awards
from tests.support.pdf_picture import page_picture
from tests.support.retouching import OTHER, WORD, retouched
from tests.support.serving import free_port, served
from tests.support.stage import PERSON, issued_office, stage_settings, whole_app

pytestmark = pytest.mark.enable_socket

PHONE = ViewportSize(width=360, height=740)
MAIL = "helene.marchand.delvaux@example.org"
LABEL = "Mairie de Lyon"
NAME = "Hélène Marchand-Delvaux"
TITLE = "Manager d'organismes à vocation sociale et culturelle en économie sociale et solidaire"


@dataclass(frozen=True, slots=True)
class Service:
    """A service with the sample record issued, served at its own address."""

    address: str
    settings: Settings
    office: Office

    def title(self) -> Award:
        """Give the title of the person of these stories."""
        return next(award for award in find_awards(self.office, PERSON) if award.kind is AwardKind.TITLE)

    def paper(self) -> bytes:
        """Print it, as its holder was given it."""
        return papers(self.office).printed(self.title()).body

    def link_in_mail(self) -> str:
        """Give the link in the newest mail that was written."""
        files = sorted((self.settings.data / MAIL_FOLDER).glob("*.eml"), key=lambda at: at.stat().st_mtime_ns)
        body = message_from_bytes(files[-1].read_bytes(), policy=policy.default).get_body(("plain",))
        assert body is not None
        (link,) = set(re.findall(rf"{re.escape(self.address)}/moi/entrer/\S+", str(body.get_content())))
        return str(link)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    port = free_port()
    settings = stage_settings(tmp_path_factory.mktemp("service"), f"http://localhost:{port}")
    office = issued_office(settings)
    prepare(exporter(office), actor="scolarite")
    with served(whole_app(settings, office), port):
        yield Service(f"http://localhost:{port}", settings, office)


@pytest.fixture
def browsers(chromium: Browser) -> Iterator[list[BrowserContext]]:
    """Give the list in which a story puts the browsers that it opens."""
    made: list[BrowserContext] = []
    yield made
    for context in made:
        context.close()


def phone(chromium: Browser, browsers: list[BrowserContext], locale: str) -> Page:
    context = chromium.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2, locale=locale
    )
    browsers.append(context)
    return context.new_page()


def computer(chromium: Browser, browsers: list[BrowserContext], locale: str = "fr-FR") -> Page:
    context = chromium.new_context(
        viewport=ViewportSize(width=1280, height=900), locale=locale, accept_downloads=True
    )
    browsers.append(context)
    return context.new_page()


def codes_on(picture: bytes) -> Sequence[str]:
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))]


def content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


@dataclass(frozen=True, slots=True)
class Reader:
    """What a reader of one language is to read."""

    locale: str
    banner: str
    decided: str
    details: str
    receipt: str
    receipt_banner: str


FRENCH = Reader(
    "fr-FR",
    "Certification authentique et en vigueur",
    "20 juin 2024",
    "Détails techniques",
    "Reçu (PDF)",
    "Reçu authentique",
)
ENGLISH = Reader(
    "en-GB",
    "Certification authentic and in force",
    "20 June 2024",
    "Technical details",
    "Receipt (PDF)",
    "Authentic receipt",
)


@pytest.mark.parametrize("reader", [FRENCH, ENGLISH], ids=lambda reader: reader.locale)
def test_an_employer_scans_a_parchment_with_a_phone(
    service: Service, chromium: Browser, browsers: list[BrowserContext], reader: Reader
) -> None:
    (link,) = codes_on(page_picture(service.paper()))
    assert link == service.title().credential_id
    page = phone(chromium, browsers, reader.locale)
    page.goto(link)

    # Before anybody scrolls: the verdict, the name, the title, the date.
    expect(page.locator("h1")).to_have_text(reader.banner)
    for place, words in ((".holder", NAME), (".award-title", TITLE), (".facts time", reader.decided)):
        expect(page.locator(place).first).to_have_text(words)
        box = page.locator(place).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE["height"], place

    # The page's own code is read from a screenshot, too.
    code = page.locator(".qr img")
    code.scroll_into_view_if_needed()
    assert codes_on(page.screenshot()) == [link]

    page.get_by_text(reader.details, exact=True).tap()
    expect(page.locator("details table")).to_be_visible()
    expect(page.locator("details table")).to_contain_text("proof.ok")

    with page.expect_download() as got:
        page.get_by_role("link", name=reader.receipt).tap()
    kept = content(got.value)
    assert kept.startswith(b"%PDF-")
    page.goto(f"{service.address}/verify")
    page.set_input_files("#file", FilePayload(name="recu.pdf", mimeType="application/pdf", buffer=kept))
    page.locator("main button[type=submit]").last.tap()
    expect(page.locator("h1")).to_have_text(reader.receipt_banner)
    expect(page.locator(".banner")).to_contain_text(reader.banner)
    assert page.context.cookies() == []


def test_a_graduate_comes_in_from_a_mail_takes_files_away_shows_and_stops_showing(
    service: Service, chromium: Browser, browsers: list[BrowserContext]
) -> None:
    page = computer(chromium, browsers)
    link = come_in(page, service)
    other = computer(chromium, browsers)
    other.goto(link)
    expect(other.locator("h1")).to_have_text("Ce lien a déjà servi")

    take_files_away(page, service)

    shared = open_share(page, service)
    reader = computer(chromium, browsers, "en-GB")
    reader.goto(shared)
    expect(reader.locator("h1")).to_have_text(ENGLISH.banner)
    expect(reader.locator(".holder")).to_have_text(NAME)
    told = reader.content()
    assert not [word for word in (service.title().token, LABEL, "format=json", "qr.png") if word in told]
    assert reader.context.cookies() == []

    # Seen once; closed at once, and its page says so without a word against the document.
    page.reload()
    expect(page.locator("article.share")).to_contain_text("consulté une fois")
    page.get_by_role("button", name="Arrêter ce partage").click()
    expect(page.locator("article.share")).to_contain_text("Arrêté le")
    reader.reload()
    expect(reader.locator("h1")).to_have_text("Sharing was stopped by the holder")
    expect(reader.locator(".banner")).to_contain_text("not in question")
    assert NAME not in reader.content()

    page.get_by_role("button", name="Quitter").click()
    page.goto(f"{service.address}/moi/attestations")
    expect(page.locator("h1")).to_have_text("Votre espace est fermé")


def come_in(page: Page, service: Service) -> str:
    """Ask for a link, follow it from the mail, press its button; give the link, which is used up."""
    page.goto(f"{service.address}/moi")
    page.fill("#mail", MAIL)
    page.locator("main button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("Regardez votre messagerie")
    link = service.link_in_mail()
    page.goto(link)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/moi/attestations*")
    expect(page.locator("article.own")).to_have_count(5)
    assert {cookie["path"] for cookie in page.context.cookies()} == {"/moi"}
    return link


def take_files_away(page: Page, service: Service) -> None:
    """Download the parchment, and everything at once; all of it verifies."""
    desk = public_desk(service.office)
    with page.expect_download() as got:
        page.locator("article.own-title").get_by_role("link", name="Parchemin (PDF)").click()
    assert desk.check(content(got.value)).verdict is Verdict.VALID
    with page.expect_download() as got:
        page.get_by_role("link", name="Tout télécharger (ZIP)").click()
    with zipfile.ZipFile(io.BytesIO(content(got.value))) as archive:
        names = archive.namelist()
        for ending in (".pdf", ".png", ".svg", ".json", ".jwt"):
            assert sum(name.endswith(ending) for name in names) >= 5, ending
        judged = {name: desk.check(archive.read(name)).verdict for name in names if not name.endswith(".txt")}
    assert set(judged.values()) == {Verdict.VALID}, judged


def open_share(page: Page, service: Service) -> str:
    """Open a share of the title for a week, and give its address."""
    page.goto(f"{service.address}/moi/partages")
    page.locator(f"input[value='{service.title().number}']").check()
    page.locator("input[name=term][value='7']").check()
    page.fill("#label", LABEL)
    page.get_by_role("button", name="Ouvrir le partage").click()
    shared = page.locator("article.share input.code").input_value()
    assert shared.startswith(f"{service.address}/s/")
    return shared


def test_an_employer_holds_a_pdf_of_which_one_word_was_changed(
    service: Service, chromium: Browser, browsers: list[BrowserContext]
) -> None:
    page = computer(chromium, browsers)
    page.goto(f"{service.address}/verify")
    altered = FilePayload(
        name="diplome.pdf", mimeType="application/pdf", buffer=retouched(service.paper(), WORD, OTHER)
    )
    page.set_input_files("#file", altered)
    page.locator("main button[type=submit]").last.click()

    # The warning first, and beside it what the institution signed.
    banner = page.locator(".banner")
    expect(banner).to_have_class(re.compile("stop"))
    expect(page.locator("h1")).to_have_text("Ce fichier PDF n’est pas celui que l’établissement a délivré")
    expect(banner).to_contain_text("Voici ce que l’établissement a signé")
    expect(page.locator(".holder")).to_have_text(NAME)
    expect(page.locator(".award-title")).to_have_text(TITLE)
    assert OTHER not in page.content()
    for place in ("h1", ".holder"):
        box = page.locator(place).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900, "without scrolling"

    # The file as it was issued is the good one.
    page.goto(f"{service.address}/verify")
    page.set_input_files("#file", {**altered, "buffer": service.paper()})
    page.locator("main button[type=submit]").last.click()
    expect(banner).to_have_class(re.compile("good"))
