"""The page in a real browser, at the width of a small phone and without scripts."""

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
def test_a_pasted_document_is_checked_without_scripts(chromium: Browser, address: str) -> None:
    page = chromium.new_context(viewport=PHONE, java_script_enabled=False).new_page()  # type: ignore[arg-type]  # a dict is what it takes
    page.goto(f"{address}/?lang=fr")
    page.get_by_label("Un lien de vérification").fill('{"a":"modifie"}')
    page.get_by_role("button", name="Vérifier").click()
    assert "Ce document a été modifié" in page.locator("h1").inner_text()
