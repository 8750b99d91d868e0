"""What a phone shows before anybody scrolls: the verdict, the name, the title, the date; and what paper keeps."""

import io

import pikepdf
import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.functional.browser.test_accessibility import opened
from tests.support.scenes import SCENES, Scene
from tests.support.stage import ADDRESS, Stage

pytestmark = pytest.mark.enable_socket

PHONE = ViewportSize(width=360, height=720)
ATTESTED = ("titre", "bloc", "retire", "suspendu")
NAMED = {scene.name: scene for scene in SCENES}
SIZE = "element => parseFloat(getComputedStyle(element).fontSize)"


@pytest.mark.parametrize("name", ATTESTED)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_phone_shows_verdict_name_title_and_date_first(
    chromium: Browser, stage: Stage, address: str, name: str, language: str
) -> None:
    page = opened(chromium, scripts=False)
    page.set_viewport_size(PHONE)
    NAMED[name].reach(page, stage, address, language)
    last = 0.0
    for place in (".banner", ".holder", ".award-title", ".facts time"):
        box = page.locator(place).first.bounding_box()
        assert box is not None
        assert box["y"] >= last, place
        last = box["y"] + box["height"] * 0.9
        assert box["y"] + box["height"] <= PHONE["height"], place
    page.context.close()


@pytest.mark.parametrize("name", ATTESTED)
def test_the_largest_words_are_the_name_and_the_title(
    chromium: Browser, stage: Stage, address: str, name: str
) -> None:
    page = opened(chromium)
    NAMED[name].reach(page, stage, address, "fr")
    sizes = {
        place: page.locator(place).first.evaluate(SIZE)
        for place in (".holder", ".award-title", "h1", "h2", ".facts dd", ".institution")
    }
    name_size, title_size, *others = sizes.values()
    assert name_size > title_size >= max(others), sizes
    page.context.close()


@pytest.mark.parametrize("scene", [NAMED[name] for name in ATTESTED], ids=lambda scene: scene.name)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_printed_page_is_one_a4_sheet_with_its_address_its_state_and_its_instant(
    chromium: Browser, stage: Stage, address: str, scene: Scene, language: str
) -> None:
    page = opened(chromium, 718)
    scene.reach(page, stage, address, language)
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
        assert len(printed.pages) == 1
        box = [float(side) for side in printed.pages[0].mediabox.as_list()]
        assert [round(side) for side in box[2:]] == [595, 842]
    page.emulate_media(media="print")
    paper = page.locator("body").inner_text()
    assert f"{ADDRESS}/v/{stage.tokens[scene.name]}" in paper
    assert page.locator("h1").inner_text() in paper
    assert page.locator(".state").inner_text() in paper
    for place in (".languages", ".buttons", "details", "footer a"):
        assert not any(found.is_visible() for found in page.locator(place).all()), place
    page.context.close()
