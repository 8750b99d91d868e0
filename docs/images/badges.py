"""Draw the family of badges for `docs/badges.md`: no service, no browser.

Run: ``.venv/bin/python -m docs.images.badges``
"""

import io
from collections.abc import Sequence
from pathlib import Path

import resvg_py
from PIL import Image

from issuer.adapters.pictures import card_png, emblem_svg, linkedin_png
from tests.unit.issuer.pictures.family import block, title

KEPT = Path(__file__).parent / "badges.png"
WIDTH, GAP, PAPER = 1200, 20, "#e4e5e8"
COLOURS = 48


def seal(count: int, number: int | None, side: int) -> Image.Image:
    """Draw the seal of a block, or of the title, alone."""
    subject = title(count) if number is None else block(number, count)
    drawing = emblem_svg(subject).decode()
    return opened(resvg_py.svg_to_bytes(svg_string=drawing, width=side, skip_system_fonts=True), side)


def opened(png: bytes, width: int) -> Image.Image:
    """Open a picture at a width."""
    picture = Image.open(io.BytesIO(png)).convert("RGBA")
    height = round(picture.height * width / picture.width)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def row(pictures: Sequence[Image.Image]) -> Image.Image:
    """Lay pictures side by side."""
    strip = Image.new("RGB", (WIDTH, max(each.height for each in pictures) + GAP), PAPER)
    x = (WIDTH - sum(each.width for each in pictures) - GAP * (len(pictures) - 1)) // 2
    for each in pictures:
        strip.paste(each, (x, GAP // 2), each)
        x += each.width + GAP
    return strip


def main() -> None:
    """Draw the sheet."""
    rows = [
        row([seal(4, number, 216) for number in (None, 1, 2, 3, 4)]),
        row([seal(count, None, 96) for count in (1, 2, 3, 5, 7, 8)]),
        row([seal(4, number, 64) for number in (None, 1, 2, 3, 4)]),
        row([opened(linkedin_png(block(2)), 380), opened(card_png(title()), 724)]),
    ]
    sheet = Image.new("RGB", (WIDTH, sum(each.height for each in rows)), PAPER)
    y = 0
    for each in rows:
        sheet.paste(each, (0, y))
        y += each.height
    sheet.quantize(COLOURS).save(KEPT, optimize=True)


if __name__ == "__main__":
    main()
