"""The camera on the page that checks: an extra that reads one code, stops, and never starts by itself."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Thread

import pytest
import qrcode
from playwright.sync_api import Page, expect, sync_playwright
from werkzeug.serving import make_server

from issuer.web import create_app
from tests.support.fake_desk import BASE, FakeDesk
from tests.support.shared import require

pytestmark = pytest.mark.enable_socket

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
]
WIDTH, HEIGHT = 640, 480

OWN_READER = """
globalThis.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect(picture) {
    globalThis.looks = (globalThis.looks ?? 0) + 1;
    return picture.width && globalThis.looks > 2 ? [{ rawValue: globalThis.written }] : [];
  }
};
"""
"""Chromium has a reader of its own on some systems only; this stands in for it, and finds on the third look."""

NO_READER = "delete globalThis.BarcodeDetector;"
NO_CAMERA = "Object.defineProperty(Navigator.prototype, 'mediaDevices', {value: undefined});"
WATCH = """
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
globalThis.opened = [];
navigator.mediaDevices.getUserMedia = async (wish) => {
  const stream = await open(wish);
  opened.push(...stream.getTracks());
  return stream;
};
"""
PUT_AWAY = """
Object.defineProperty(document, 'hidden', {value: true});
document.dispatchEvent(new Event('visibilitychange'));
"""
RUNNING = "opened.filter(track => track.readyState === 'live').length"

Camera = Callable[..., AbstractContextManager[Page]]


def film(text: str | None) -> bytes:
    """Film a code: two still pictures in the plainest form that a browser takes for a camera."""
    luma = bytearray(b"\xc8" * (WIDTH * HEIGHT))
    if text is not None:
        code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4)
        code.add_data(text)
        rows = code.get_matrix()
        size = (HEIGHT - 80) // len(rows)
        left, top = (WIDTH - size * len(rows)) // 2, (HEIGHT - size * len(rows)) // 2
        for y, row in enumerate(rows):
            line = b"".join((b"\x10" if dark else b"\xeb") * size for dark in row)
            for repeat in range(size):
                start = (top + y * size + repeat) * WIDTH + left
                luma[start : start + len(line)] = line
    picture = b"FRAME\n" + bytes(luma) + b"\x80" * (WIDTH * HEIGHT // 2)
    return b"YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\n" % (WIDTH, HEIGHT) + picture * 2


@pytest.fixture
def address() -> Iterator[str]:
    class Here(FakeDesk):
        """A desk whose own links are those of this very server."""

        base = BASE

        @property
        def base_url(self) -> str:
            return self.base

        def token_of(self, link: str) -> str | None:
            return super().token_of(link.replace(self.base, BASE))

    desk = Here()
    server = make_server("127.0.0.1", 0, create_app(desk), threaded=True)
    desk.base = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield desk.base
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def camera(tmp_path: Path, address: str) -> Camera:
    found = shutil.which("chromium")
    require(found is not None, "Chromium (/usr/bin/chromium)")

    @contextmanager
    def opened(
        text: str | None,
        *scripts: str,
        allowed: bool = True,
        javascript: bool = True,
        query: str = "?lang=fr",
    ) -> Iterator[Page]:
        video = tmp_path / "code.y4m"
        video.write_bytes(film(text))
        arguments = [*ARGUMENTS, f"--use-file-for-fake-video-capture={video}"]
        if not allowed:
            arguments.append("--deny-permission-prompts")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=found, args=arguments)
            context = browser.new_context(java_script_enabled=javascript)
            if allowed:
                context.grant_permissions(["camera"], origin=address)
            page = context.new_page()
            complaints: list[str] = []
            page.on("console", lambda message: complaints.append(message.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on(
                "request",
                lambda request: None if request.url.startswith(address) else complaints.append(request.url),
            )
            for script in scripts:
                page.add_init_script(script)
            page.goto(f"{address}/verify{query}")
            yield page
            assert complaints == []
            assert context.cookies() == []
            browser.close()

    return opened


def wait_until_running(page: Page, count: int) -> None:
    """Wait by hand: the page's own policy forbids what the browser driver would evaluate in it."""
    for _ in range(100):
        if page.evaluate(RUNNING) == count:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"not {count} camera tracks after five seconds")


def start(page: Page) -> None:
    page.get_by_role("button", name="Lire le code QR avec l’appareil photo").click()


@pytest.mark.parametrize("reader", ["own", "vendored"])
def test_our_own_link_opens_its_page(camera: Camera, address: str, reader: str) -> None:
    link = f"{address}/v/titre"
    scripts = [OWN_READER, f"globalThis.written = '{link}';"] if reader == "own" else [NO_READER]
    with camera(link if reader == "vendored" else None, *scripts) as page:
        fetched: list[str] = []
        page.on("request", lambda request: fetched.append(request.url))
        start(page)
        page.wait_for_url(f"{link}?lang=fr")
        assert "authentique et en vigueur" in page.locator("h1").inner_text()
        assert any("/vendor/" in url for url in fetched) == (reader == "vendored")


@pytest.mark.parametrize("reader", ["own", "vendored"])
@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("https://ailleurs.exemple/v/abc", "Ce lien mène à un autre site"),
        ("javascript:alert(1)", "Ce lien mène à un autre site"),
        ('{"a":"modifie"}', "Ce document a été modifié"),
    ],
)
def test_anything_else_is_judged_as_if_pasted(camera: Camera, reader: str, text: str, headline: str) -> None:
    scripts = [OWN_READER, f"globalThis.written = {text!r};"] if reader == "own" else [NO_READER]
    with camera(text if reader == "vendored" else None, *scripts) as page:
        start(page)
        page.locator(".banner").wait_for()
        assert headline in page.locator("h1").inner_text()


def test_a_chosen_file_does_not_take_the_place_of_what_was_read(camera: Camera) -> None:
    with camera('{"a":"modifie"}', NO_READER) as page:
        page.locator("#file").set_input_files(
            {"name": "a.json", "mimeType": "application/json", "buffer": b'{"a":"titre"}'}
        )
        start(page)
        page.locator(".banner").wait_for()
        assert "Ce document a été modifié" in page.locator("h1").inner_text()


def test_it_never_starts_by_itself_and_stops_when_told(camera: Camera) -> None:
    with camera(None, WATCH, NO_READER) as page:
        page.wait_for_timeout(300)
        assert page.evaluate("opened.length") == 0
        start(page)
        wait_until_running(page, 1)
        assert page.locator("#camera-view").is_visible()
        expect(page.locator("#camera-said")).to_have_text("Placez le code QR dans l’image.")
        expect(page.get_by_role("button", name="Arrêter l’appareil photo")).to_be_focused()
        page.keyboard.press("Escape")
        wait_until_running(page, 0)
        assert not page.locator("#camera-view").is_visible()
        expect(page.locator("#camera-said")).to_have_text("L’appareil photo est arrêté.")
        expect(page.locator("#camera-start")).to_be_focused()


def test_it_stops_when_the_page_is_left_or_put_away(camera: Camera) -> None:
    for left in (
        "dispatchEvent(new Event('pagehide'))",
        PUT_AWAY,
    ):
        with camera(None, WATCH, NO_READER) as page:
            start(page)
            wait_until_running(page, 1)
            page.evaluate(left)
            wait_until_running(page, 0)


def test_a_refused_camera_says_what_to_do_instead(camera: Camera) -> None:
    with camera(None, NO_READER, allowed=False) as page:
        start(page)
        expect(page.locator("#camera-said")).to_contain_text("n’a pas été autorisé")
        expect(page.locator("#camera-said")).to_contain_text("Collez le lien écrit sous le code")
        expect(page.locator("#camera-start")).to_be_focused()


@pytest.mark.parametrize("lacking", ["scripts", "camera"])
def test_without_scripts_or_camera_the_form_is_all_there_is(camera: Camera, lacking: str) -> None:
    scripts = [NO_CAMERA] if lacking == "camera" else []
    with camera(None, *scripts, javascript=lacking == "camera") as page:
        assert not page.locator("#camera").is_visible()
        page.get_by_label("Un lien de vérification").fill('{"a":"modifie"}')
        page.get_by_role("button", name="Vérifier").click()
        assert "Ce document a été modifié" in page.locator("h1").inner_text()


def test_it_works_in_english_and_keeps_the_language(camera: Camera, address: str) -> None:
    with camera(f"{address}/v/titre", NO_READER, query="?lang=en") as page:
        page.get_by_role("button", name="Read the QR code with the camera").click()
        page.wait_for_url(f"{address}/v/titre?lang=en")
