"""The page in a real browser, at the width of a small phone and without scripts."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from tests.support.shared import require

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 640}
"""A small phone, below the browser's own bar."""


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium")
    require(found is not None, "Chromium (/usr/bin/chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.mark.enable_socket
@pytest.mark.parametrize("token", ["titre", "titre-mixte", "bloc", "retire", "remplace", "inconnu"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_small_phone_without_scripts_shows_the_verdict_first(
    chromium: Browser, address: str, token: str, language: str
) -> None:
    page = chromium.new_context(viewport=PHONE, java_script_enabled=False).new_page()  # type: ignore[arg-type]  # a dict is what it takes
    page.goto(f"{address}/v/{token}?lang={language}")
    banner = page.locator(".banner").bounding_box()
    assert banner is not None
    assert banner["y"] + banner["height"] <= PHONE["height"]
    if token in {"titre", "bloc", "retire"}:
        name = page.locator(".holder").bounding_box()
        assert name is not None
        assert name["y"] + name["height"] <= PHONE["height"]
    assert page.locator("h1").is_visible()


@pytest.mark.enable_socket
@pytest.mark.parametrize("width", [320, 360, 768, 1920])
def test_nothing_overflows_at_any_width(chromium: Browser, address: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 700})
    page = context.new_page()
    foreign: list[str] = []
    page.on(
        "request", lambda request: None if request.url.startswith(address) else foreign.append(request.url)
    )
    page.on("console", lambda message: None if "404" in message.text else foreign.append(message.text))
    for path in (
        "/",
        "/verify",
        "/v/titre",
        "/v/titre-mixte",
        "/v/bloc",
        "/v/inconnu",
        "/certifications/RNCP35080",
    ):
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(element => { element.open = true })")
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), path
    assert foreign == []
    assert context.cookies() == []


@pytest.mark.enable_socket
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("text", ["Hélène Marchand-Delvaux", "%PDF-1.7", "https://ailleurs.exemple/v/abc"])
def test_what_could_not_be_read_says_so_on_one_screen(
    chromium: Browser, address: str, width: int, text: str
) -> None:
    page = chromium.new_context(viewport={"width": width, "height": 900}).new_page()
    page.goto(f"{address}/verify?lang=fr")
    page.fill("#text", text)
    page.get_by_role("button", name="Vérifier").click()
    page.wait_for_load_state("load")
    page.locator(".banner").wait_for()
    next_step = page.get_by_role("link", name="Vérifier un fichier ou un lien").bounding_box()
    assert next_step is not None
    assert next_step["y"] + next_step["height"] <= 900
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.enable_socket
@pytest.mark.parametrize("token", ["titre", "bloc", "retire"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_printed_page_is_one_sheet_with_the_way_back(
    chromium: Browser, address: str, token: str, language: str
) -> None:
    page = chromium.new_context(viewport={"width": 718, "height": 1047}).new_page()
    page.goto(f"{address}/v/{token}?lang={language}")
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))
    assert len(sheets) == 1
    page.emulate_media(media="print")
    assert page.locator(".qr img").is_visible()
    assert page.locator(".qr a").is_visible()
    assert page.locator(".questions").is_visible()
    assert not page.locator(".says").is_visible()
    frame = page.locator(".qr img").bounding_box()
    assert frame is not None
    assert frame["x"] + frame["width"] <= 718 - 20


@pytest.mark.enable_socket
def test_figures_of_codes_and_headings_are_lining(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    page.goto(f"{address}/v/titre")
    page.evaluate("document.querySelectorAll('details').forEach(element => { element.open = true })")
    for place in ("code", "dd.code", "h1", "h3", ".says dd", ".technical dd", ".contact"):
        figures = page.locator(place).first.evaluate("e => getComputedStyle(e).fontVariantNumeric")
        assert "oldstyle" not in figures, place


@pytest.mark.enable_socket
def test_a_pasted_document_is_checked_without_scripts(chromium: Browser, address: str) -> None:
    page = chromium.new_context(viewport=PHONE, java_script_enabled=False).new_page()  # type: ignore[arg-type]  # a dict is what it takes
    page.goto(f"{address}/?lang=fr")
    page.get_by_label("Un lien de vérification").fill('{"a":"modifie"}')
    page.get_by_role("button", name="Vérifier").click()
    assert "Ce document a été modifié" in page.locator("h1").inner_text()
