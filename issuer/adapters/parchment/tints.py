"""The inks of a parchment, derived from the institution's one colour."""

import colorsys
from dataclasses import dataclass

_HALF_TURN = 0.42
"""How far around the colour circle a block's ink lies from the title's: nobody takes one for the other."""

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Inks:
    """Colours as ``#rrggbb``.

    Attributes:
        strong: For rules, headings and bands: at least as dark as the institution's colour.
        first: Light tint of the guilloche.
        second: Its companion.
        specimen: Between the tints and the text: seen at once, read through without effort.
    """

    strong: str
    first: str
    second: str
    specimen: str


def title_inks(accent: str) -> Inks:
    """Give the inks of a title's parchment.

    Args:
        accent: The institution's colour, ``#rrggbb``.
    """
    return _inks(accent, companion=0.09)


def block_inks(accent: str) -> Inks:
    """Give the inks of a block's certificate: another hue, as dark as the institution's.

    Args:
        accent: The institution's colour, ``#rrggbb``.
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(*_read(accent))
    turned = colorsys.hls_to_rgb((hue + _HALF_TURN) % 1, min(lightness, 0.27), min(saturation, 0.45))
    return _inks(_written(turned), companion=0.12)


def _inks(accent: str, companion: float) -> Inks:
    colour = _read(accent)
    hue, lightness, saturation = colorsys.rgb_to_hls(*colour)
    beside = colorsys.hls_to_rgb((hue + companion) % 1, lightness, saturation * 0.8)
    return Inks(
        strong=accent,
        first=_written(_with_white(colour, 0.70)),
        second=_written(_with_white(beside, 0.66)),
        specimen=_written(_with_white(colour, 0.62)),
    )


def _read(colour: str) -> Colour:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _written(colour: Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def _with_white(colour: Colour, share: float) -> Colour:
    red, green, blue = (part + (1 - part) * share for part in colour)
    return red, green, blue
