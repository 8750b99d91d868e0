"""axe-core finds nothing on any page in any state; nothing overflows; the keyboard reaches everything.

Each page is visited once for all that is looked at. Every one is examined at 320 px in light and 1280 px in dark,
and at one more pair that differs from page to page; with ``FULL_MATRIX=1`` at every pair.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.support.scenes import SCENES, Scene
from tests.support.stage import Stage

pytestmark = pytest.mark.enable_socket

WIDTHS = (320, 360, 768, 1280, 1920)
MATRIX = tuple(product(WIDTHS, ("light", "dark")))
ALWAYS = ((320, "light"), (1280, "dark"))
FULL = bool(os.environ.get("FULL_MATRIX"))
RUN = """() => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
  .then(found => found.violations.map(v => [v.id, v.help, v.nodes.map(n => n.target.join(" ") + ": " + n.failureSummary)]))"""
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SCROLLS = """(e => e !== document.body && (e.scrollHeight > e.clientHeight || e.scrollWidth > e.clientWidth))(
  document.activeElement)"""
"""What can be scrolled can be reached as well, so that a keyboard scrolls it."""
OPEN_ALL = "document.querySelectorAll('details').forEach(element => { element.open = true })"
START = """() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute("tabindex");
  scrollTo(0, 0) }"""
FOCUSABLE = """() => { const all = [...document.querySelectorAll("*")];
  return [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), textarea, select, [tabindex='0']")]
    .filter(e => e.checkVisibility())
    .filter(e => e.type !== "radio" || e.checked || !document.querySelector(`input[name="${e.name}"]:checked`))
    .map(e => (e.dataset.order = all.indexOf(e)) + "") }"""
FOCUSED = """() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
  return [e.dataset.order ?? null, s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2,
    r.bottom > 0 && r.top < innerHeight] }"""


def opened(browser: Browser, width: int = 1280, *, scale: float = 1, scripts: bool = True) -> Page:
    context = browser.new_context(
        viewport=ViewportSize(width=width, height=900),
        device_scale_factor=scale,
        java_script_enabled=scripts,
        locale="fr-FR",
        ignore_https_errors=True,
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to one page, and what went on meanwhile."""

    scene: Scene
    page: Page
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, address: str) -> None:
        """Note what is asked of another host, and of what the page's own policy complains."""
        self.page.on(
            "request", lambda sent: None if sent.url.startswith(address) else self.elsewhere.append(sent.url)
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda said: (
                None if "Failed to load resource" in said.text else self.complaints.append(said.text)
            ),
        )


@pytest.fixture(scope="module", params=SCENES, ids=lambda scene: scene.name)
def visit(request: pytest.FixtureRequest, chromium: Browser, stage: Stage, address: str) -> Iterator[Visit]:
    made = Visit(request.param, opened(chromium))
    made.watch(address)
    made.scene.reach(made.page, stage, address, "fr")
    yield made
    made.page.context.close()


def looks_of(scene: Scene) -> Sequence[tuple[int, str]]:
    rest = [look for look in MATRIX if look not in ALWAYS]
    return MATRIX if FULL else (*ALWAYS, rest[SCENES.index(scene) % len(rest)])


def test_a_page_asks_no_other_host_keeps_nothing_and_keeps_to_its_own_policy(visit: Visit) -> None:
    kept = visit.page.evaluate("[localStorage.length, sessionStorage.length]")
    assert (visit.elsewhere, visit.complaints, kept) == ([], [], [0, 0])
    assert [cookie["path"] for cookie in visit.page.context.cookies()] == ["/moi"] * visit.scene.inside


def test_a_page_is_whole_without_scripts(visit: Visit, chromium: Browser, stage: Stage, address: str) -> None:
    assert len(visit.page.locator("main").inner_text()) > 60
    if visit.page.locator("script[src]").count() == 0:
        return  # its policy forbids any other: there is nothing to switch off
    without = opened(chromium, scripts=False)
    visit.scene.reach(without, stage, address, "fr")
    camera = visit.page.locator("#camera")
    said = visit.page.locator("body").inner_text()
    if camera.is_visible():
        said = said.replace(camera.inner_text(), "")
    assert without.locator("body").inner_text().split() == said.split()
    without.context.close()


def test_the_keyboard_alone_reaches_everything_in_order_and_shows_where_it_is(visit: Visit) -> None:
    page = visit.page
    expected = page.evaluate(FOCUSABLE)
    page.evaluate(START)
    reached: list[str | None] = []
    while len(reached) < len(expected):
        page.keyboard.press("Tab")
        order, outlined, in_sight = page.evaluate(FOCUSED)
        assert outlined, order
        assert in_sight, order
        if order is not None or not page.evaluate(SCROLLS):
            reached.append(order)
    assert reached == expected


def test_nothing_overflows_from_320_to_1920_px_nor_at_twice_the_size(visit: Visit) -> None:
    page = visit.page
    page.evaluate(OPEN_ALL)
    for width in (*WIDTHS, 640):  # a window of 1280 px at 200 % is one of 640
        page.set_viewport_size({"width": width, "height": 900})
        assert not page.evaluate(OVERFLOWS), width
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not page.evaluate(OVERFLOWS), "letters of twice the size"
    page.evaluate("document.documentElement.style.fontSize = ''")


def test_axe_finds_no_violation_at_any_width_light_and_dark(visit: Visit, axe: str) -> None:
    page = visit.page
    page.evaluate(axe)
    page.evaluate(OPEN_ALL)
    found: list[Any] = []
    for width, scheme in looks_of(visit.scene):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
        found += [(width, scheme, violation) for violation in page.evaluate(RUN)]
    assert found == []


@pytest.mark.parametrize(
    "name", ["titre", "fichier-modifie", "adresse-de-trop", "plusieurs", "code-concorde", "espace", "accueil"]
)
def test_axe_finds_no_violation_in_english(
    chromium: Browser, stage: Stage, address: str, axe: str, name: str
) -> None:
    page = opened(chromium, 360)
    next(scene for scene in SCENES if scene.name == name).reach(page, stage, address, "en")
    page.evaluate(axe)
    found = page.evaluate(RUN)
    page.context.close()
    assert found == []


def test_axe_sees_a_fault_where_there_is_one(chromium: Browser, address: str, axe: str) -> None:
    page = opened(chromium)
    page.goto(f"{address}/verify?lang=fr")
    page.evaluate("document.querySelector('label').remove()")
    page.evaluate(axe)
    assert "label" in {violation[0] for violation in page.evaluate(RUN)}
    page.context.close()
