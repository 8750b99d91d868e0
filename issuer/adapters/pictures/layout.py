"""Paragraphs at the largest size that their room allows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from issuer.adapters.pictures.drawing import filled
from issuer.adapters.pictures.paragraph import break_lines
from issuer.adapters.pictures.typeface import Weight, typeface

_LEADING = 1.2
"""Distance of baselines, in sizes."""

_ASCENT = 0.8
"""From the top of a line to its baseline, in distances of baselines."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set.

    Attributes:
        weight: Of the typeface.
        size: In pixels of the drawing.
        small_capitals: Whether small letters become small capitals.
        spacing: Added between letters, in thousandths of the size.
    """

    weight: Weight
    size: float
    small_capitals: bool = False
    spacing: float = 0

    def measure(self, text: str) -> float:
        """Give the width of a line in pixels of the drawing."""
        face = typeface(self.weight)
        return face.width(text, self.size, small_capitals=self.small_capitals, spacing=self.spacing)

    def outline(self, text: str, left: float, y: float) -> str:
        """Give a line as path data, from `left` on, on the baseline `y`."""
        face = typeface(self.weight)
        return face.outline(
            text, left, y, self.size, small_capitals=self.small_capitals, spacing=self.spacing
        )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of one style, one under the other."""

    lines: Sequence[str]
    style: Style

    @property
    def height(self) -> float:
        """In pixels of the drawing."""
        return len(self.lines) * self.style.size * _LEADING

    def draw(self, centre: float, top: float, ink: str) -> str:
        """Give the lines as SVG elements, centred, below `top`."""
        return self._draw([centre - self.style.measure(line) / 2 for line in self.lines], top, ink)

    def draw_from(self, left: float, top: float, ink: str) -> str:
        """Give the lines as SVG elements, each from `left` on, below `top`."""
        return self._draw([left] * len(self.lines), top, ink)

    def _draw(self, lefts: Sequence[float], top: float, ink: str) -> str:
        leading = self.style.size * _LEADING
        return "".join(
            filled(self.style.outline(line, left, top + leading * (i + _ASCENT)), ink)
            for i, (line, left) in enumerate(zip(self.lines, lefts, strict=True))
        )


def fit(text: str, style: Style, sizes: Sequence[float], width: float, room: float) -> Paragraph:
    """Set a text at the largest size at which it keeps to its room; at the smallest it takes what it needs.

    Args:
        text: The text; nothing of it is left out.
        style: Its style, whatever the size.
        sizes: From the largest to the smallest, in pixels of the drawing.
        width: Of a line.
        room: Height to keep to while the size can still shrink.

    Returns:
        The paragraph.
    """
    for size in sizes:
        paragraph = _set(text, replace(style, size=size), width)
        if paragraph.height <= room:
            return paragraph
    return _set(text, replace(style, size=sizes[-1]), width)


def pair(first: str, second: str, style: Style, sizes: Sequence[float], width: float) -> Paragraph:
    """Set two short texts on one line with a point between them, or one under the other.

    Args:
        first: The first.
        second: The second.
        style: Their style, whatever the size.
        sizes: From the largest to the smallest, in pixels of the drawing.
        width: Of a line.

    Returns:
        The paragraph.
    """
    joined = f"{first} · {second}"
    for size in sizes:
        sized = replace(style, size=size)
        if sized.measure(joined) <= width:
            return Paragraph((joined,), sized)
    sized = replace(style, size=sizes[-1])
    return Paragraph((*_set(first, sized, width).lines, *_set(second, sized, width).lines), sized)


def _set(text: str, style: Style, width: float) -> Paragraph:
    return Paragraph(break_lines(text, width, style.measure), style)
