"""Drawings as PNG: rasterised by resvg, kept in the few colours that they are made of."""

import io

import resvg_py
from PIL import Image

from issuer.adapters.pictures.drawing import SHADES, colour, tint
from issuer.adapters.pictures.qr import INK

_OPACITIES = 16
"""Steps from nothing to white at the edge of a picture that is cut out."""


def printed(drawing: bytes, accent: str, width: int | None = None) -> bytes:
    """Rasterise a drawing that fills its page.

    Args:
        drawing: An SVG document of ours: two inks on white.
        accent: The first ink, ``#rrggbb``; the second is that of the texts.
        width: In pixels; None for the drawing's own.

    Returns:
        The PNG, without text chunks; the same drawing gives the same bytes.
    """
    out = io.BytesIO()
    with _pixels(drawing, width) as pixels:
        _reduced(pixels, accent).save(out, "PNG", compress_level=6)
    return out.getvalue()


def cut_out(drawing: bytes, accent: str, width: int) -> bytes:
    """Rasterise a drawing that lies on a white shape, and leave what is around it open.

    Args:
        drawing: An SVG document of ours, whose half-covered pixels are white.
        accent: The ink, ``#rrggbb``.
        width: In pixels.

    Returns:
        The PNG, without text chunks; the same drawing gives the same bytes.
    """
    out = io.BytesIO()
    with _pixels(drawing, width) as pixels:
        opacity = pixels.getchannel("A")
        reduced = _reduced(pixels, accent)
        first = 2 * (SHADES + 1)
        edge = opacity.point([first + level * _OPACITIES // 256 for level in range(256)])
        reduced.paste(edge, mask=opacity.point([255 * (level < 255) for level in range(256)]))  # noqa: PLR2004 (8 bits)
        steps = bytes(round(255 * step / (_OPACITIES - 1)) for step in range(_OPACITIES))
        reduced.save(out, "PNG", compress_level=9, transparency=b"\xff" * first + steps)
    return out.getvalue()


def _pixels(drawing: bytes, width: int | None) -> Image.Image:
    drawn = resvg_py.svg_to_bytes(svg_string=drawing.decode(), width=width, skip_system_fonts=True)
    return Image.open(io.BytesIO(drawn)).convert("RGBA")


def _reduced(pixels: Image.Image, accent: str) -> Image.Image:
    return pixels.convert("RGB").quantize(palette=_palette(accent), dither=Image.Dither.NONE)


def _palette(accent: str) -> Image.Image:
    """Give the colours of a picture, two inks on white paper in all their shades: a third of RGB's bytes."""
    shades = [tint(ink, step / SHADES) for ink in (colour(accent), INK) for step in range(SHADES + 1)]
    shades += ["#ffffff"] * _OPACITIES
    palette = Image.new("P", (1, 1))
    palette.putpalette(bytes.fromhex("".join(shade[1:] for shade in shades)))
    return palette
