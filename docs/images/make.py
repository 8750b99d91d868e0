"""Photograph every page in every state, from a real service: needs Chromium.

    .venv/bin/python -m docs.images.make            # everything, and what the documentation keeps
    .venv/bin/python -m docs.images.make --kept     # only what the documentation keeps
    .venv/bin/python -m docs.images.make titre bloc # only some scenes, nothing kept

All pictures and the contact sheet (`index.html`, and `sheet-*.png` to look at from arm's length) go to
`var/pictures/`; a small set goes to `docs/images/states/` and `docs/images/papers/`, and three that stand in
the README beside them. A new page is a line in `tests/support/scenes.py`.
"""

import argparse
import html
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, product
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from issuer.adapters.parchment import TypstPress
from issuer.domain.award import AwardKind
from tests.support.chromium import launched
from tests.support.papers import CREDENTIAL, a_paper
from tests.support.pdf_picture import page_picture
from tests.support.scenes import SCENES, Scene
from tests.support.serving import free_port, served
from tests.support.stage import ADDRESS, Stage, set_stage

HERE = Path(__file__).parent
ALL, KEPT, PAPERS = HERE.parents[1] / "var" / "pictures", HERE / "states", HERE / "papers"
FOR_README = (
    ("titre", 360, 2.0, "verification-phone.png"),
    ("espace", 1280, 1.0, "space.png"),
)
"""Scene, width, pixels a CSS pixel, file."""
HEIGHTS = {360: 720, 768: 1024, 1280: 900}
PAPER = 718
"""CSS pixels between the margins of an A4 sheet."""
KEPT_WIDTHS = (360, 1280)
KEPT_HEIGHT = 1000
PAPER_PPI, README_PPI = 72.0, 100.0
README_PAPER = HERE / "parchment.png"
KEPT_COLOURS = 20
THUMBNAIL = 220
COLUMNS = 8

Look = Literal["light", "dark", "print"]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of one scene."""

    scene: Scene
    width: int
    look: Look
    language: str

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{self.scene.name}-{self.width}-{self.look}-{self.language}.png"

    @property
    def is_kept(self) -> bool:
        """Whether the documentation keeps it."""
        seen = (self.look, self.language) == ("light", "fr") and self.width in KEPT_WIDTHS
        return seen and self.scene.shown


def shots_of(scenes: Sequence[Scene]) -> Sequence[Shot]:
    """Give every picture that is to be taken; those of one visit follow each other."""
    screens: list[tuple[int, Look]] = [(width, "light") for width in HEIGHTS]
    screens += [(width, "dark") for width in HEIGHTS]
    looks = (*screens, (PAPER, "print"))
    return [
        Shot(scene, width, look, language)
        for scene, language, (width, look) in product(scenes, ("fr", "en"), looks)
    ]


def main(arguments: Sequence[str]) -> None:
    """Set the stage, serve, photograph."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenes", nargs="*", help="names of scenes; all by default")
    parser.add_argument("--kept", action="store_true", help="only what the documentation keeps")
    asked = parser.parse_args(arguments)
    chosen = [scene for scene in SCENES if not asked.scenes or scene.name in asked.scenes]
    shots = [shot for shot in shots_of(chosen) if shot.is_kept or not asked.kept]
    ALL.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        stage, port = set_stage(Path(data)), free_port()
        with served(stage.app, port, encrypted=True), _chromium(port) as browser:
            for _visited, taken in groupby(shots, key=lambda shot: (shot.scene.name, shot.language)):
                _visit(browser, stage, list(taken))
            if not asked.scenes:
                _take_for_readme(browser, stage)
        if not asked.scenes:
            _draw_papers(stage)
    if not asked.scenes:
        _keep(shots)
    _write_sheet(shots)
    _write_thumbnails(shots)


@contextmanager
def _chromium(port: int) -> Iterator[Browser]:
    with sync_playwright() as playwright, launched(playwright, ADDRESS, port) as browser:
        yield browser


def _page(browser: Browser, language: str, width: int = 360, *, scale: float = 1) -> Page:
    return browser.new_context(
        viewport=ViewportSize(width=width, height=HEIGHTS[width]),
        device_scale_factor=scale,
        locale="fr-FR" if language == "fr" else "en-GB",
        java_script_enabled=False,
        reduced_motion="reduce",
        ignore_https_errors=True,
    ).new_page()


def _visit(browser: Browser, stage: Stage, shots: Sequence[Shot]) -> None:
    """Go to one scene in one language, and take all its pictures there."""
    scene, language = shots[0].scene, shots[0].language
    page = _page(browser, language)
    scene.reach(page, stage, ADDRESS, language)
    for shot in shots:
        page.set_viewport_size({"width": shot.width, "height": HEIGHTS.get(shot.width, 1047)})
        page.emulate_media(
            media="print" if shot.look == "print" else "screen",
            color_scheme="dark" if shot.look == "dark" else "light",
        )
        page.screenshot(path=ALL / shot.name, full_page=True)
        if shot.look == "print":
            page.pdf(path=ALL / f"{scene.name}-{language}.pdf", prefer_css_page_size=True)
    page.context.close()


def _take_for_readme(browser: Browser, stage: Stage) -> None:
    for name, width, scale, file in FOR_README:
        page = _page(browser, "fr", width, scale=scale)
        next(scene for scene in SCENES if scene.name == name).reach(page, stage, ADDRESS, "fr")
        _save(page.screenshot(), HERE / file, colours=64)
        page.context.close()


def _draw_papers(stage: Stage) -> None:
    """Draw what the service prints, which in a demonstration is a specimen, and final papers of nobody's."""
    shutil.rmtree(PAPERS, ignore_errors=True)
    PAPERS.mkdir()
    specimen = stage.files["parchemin"]
    press = TypstPress()
    final = {kind: press.press(a_paper(kind), CREDENTIAL) for kind in AwardKind}
    drawn = {
        "specimen": (specimen, 1),
        "specimen-block": (stage.files["parchemin-bloc"], 1),
        "title": (final[AwardKind.TITLE], 1),
        "title-supplement": (final[AwardKind.TITLE], 2),
        "block": (final[AwardKind.BLOCK], 1),
    }
    for name, (content, number) in drawn.items():
        _save(page_picture(content, number, PAPER_PPI), PAPERS / f"{name}.png", colours=24)
    _save(page_picture(specimen, 1, README_PPI), README_PAPER, colours=64)


def _save(content: bytes, place: Path, *, colours: int) -> None:
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    picture.quantize(colours, dither=Image.Dither.NONE).save(place, optimize=True)


def _keep(shots: Sequence[Shot]) -> None:
    shutil.rmtree(KEPT, ignore_errors=True)
    KEPT.mkdir()
    for shot in shots:
        if shot.is_kept:
            picture = Image.open(ALL / shot.name).convert("RGB")
            picture = picture.crop((0, 0, picture.width, min(picture.height, KEPT_HEIGHT)))
            reduced = picture.quantize(KEPT_COLOURS, dither=Image.Dither.NONE)
            reduced.save(KEPT / f"{shot.scene.name}-{shot.width}.png", optimize=True)


def _write_sheet(shots: Sequence[Shot]) -> None:
    figures = [
        f'<figure><a href="{shot.name}"><img src="{shot.name}" width="{shot.width // 3}" alt=""></a>'
        f"<figcaption>{html.escape(shot.scene.title)}<br>{shot.width} {shot.look} {shot.language}"
        "</figcaption></figure>"
        for shot in shots
    ]
    style = "body{display:flex;flex-wrap:wrap;align-items:start;font:12px sans-serif;background:#888}"
    head = f"<!doctype html><meta charset=utf-8><title>Parchemin</title><style>{style}</style>"
    (ALL / "index.html").write_text(head + "".join(figures), encoding="utf-8")


def _write_thumbnails(shots: Sequence[Shot]) -> None:
    """Put all pictures of one kind side by side, small: the verdict must be the first thing that one sees."""
    kinds = dict.fromkeys((shot.width, shot.look, shot.language) for shot in shots)
    for width, look, language in kinds:
        wanted = [shot for shot in shots if (shot.width, shot.look, shot.language) == (width, look, language)]
        across = THUMBNAIL if width < 700 else 2 * THUMBNAIL  # noqa: PLR2004  # a phone, or anything wider
        columns = COLUMNS if width < 700 else COLUMNS // 2  # noqa: PLR2004  # the same
        tall = int(across * (2.2 if width < 700 else 1.1))  # noqa: PLR2004  # the same
        sheet = Image.new(
            "RGB", (columns * (across + 8), -(-len(wanted) // columns) * (tall + 8)), (128, 128, 128)
        )
        for place, shot in enumerate(wanted):
            picture = Image.open(ALL / shot.name).convert("RGB")
            picture = picture.crop((0, 0, picture.width, min(picture.height, tall * picture.width // across)))
            picture.thumbnail((across, tall))
            sheet.paste(picture, (place % columns * (across + 8) + 4, place // columns * (tall + 8) + 4))
        sheet.save(ALL / f"sheet-{width}-{look}-{language}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
