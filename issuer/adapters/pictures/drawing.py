"""The few marks of SVG that the pictures are made of: numbers, colours, paths."""

import re
from xml.sax.saxutils import escape

from issuer.adapters.pictures.errors import PictureError

Point = tuple[float, float]

SHADES = 24
"""Steps from white to an ink: enough for smooth edges, and so far apart that none is taken for another."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def number(value: float) -> str:
    """Write a coordinate shortly and always in the same way.

    Args:
        value: In pixels of the drawing.

    Returns:
        The number with at most one decimal: a tenth of a pixel.
    """
    return _tenths(round(10 * value))


def colour(text: str) -> str:
    """Check a colour, so that nothing else can enter the document through it.

    Args:
        text: ``#rrggbb``.

    Returns:
        The same in lower case.

    Raises:
        PictureError: For anything else.
    """
    if _COLOUR.fullmatch(text) is None:
        raise PictureError(
            "picture.accent_not_a_colour",
            "The accent colour is not written as #rrggbb.",
            where="accent",
            remedy="Write the colour in the theme as a number sign and six hexadecimal digits, e.g. #1f3a5f.",
        )
    return text.lower()


def tint(accent: str, share: float) -> str:
    """Mix a colour with white, as printing on white paper does.

    Args:
        accent: ``#rrggbb``, checked.
        share: How much of the colour remains, from 0 to 1.

    Returns:
        ``#rrggbb``.
    """
    channels = (int(accent[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - channel) * share):02x}" for channel in channels)


class Trace:
    """A path written shortly: relative coordinates in tenths of a pixel, without the drift of rounding."""

    __slots__ = ("_data", "_x", "_y")

    def __init__(self) -> None:
        self._data: list[str] = []
        self._x = 0
        self._y = 0

    def move(self, x: float, y: float) -> None:
        """Begin at a point.

        Args:
            x: In pixels of the drawing.
            y: In pixels of the drawing.
        """
        self._x, self._y = round(10 * x), round(10 * y)
        self._data.append(f"M{_tenths(self._x)} {_tenths(self._y)}")

    def line(self, x: float, y: float) -> None:
        """Go straight to a point.

        Args:
            x: In pixels of the drawing.
            y: In pixels of the drawing.
        """
        self._data.append("l" + self._steps((x, y)))

    def curve(self, first: Point, second: Point, end: Point) -> None:
        """Go to a point on a cubic curve.

        Args:
            first: Control point.
            second: Control point.
            end: Where the curve ends.
        """
        self._data.append("c" + self._steps(first, second, end))

    def close(self) -> None:
        """Close the part; the next one begins with a move."""
        self._data.append("Z")

    def data(self) -> str:
        """Give the path data."""
        return "".join(self._data)

    def _steps(self, *points: Point) -> str:
        """Write points relative to where the pen is, and leave the pen at the last."""
        written: list[str] = []
        x = y = 0
        for point in points:
            x, y = round(10 * point[0]), round(10 * point[1])
            written += (_tenths(x - self._x), _tenths(y - self._y))
        self._x, self._y = x, y
        # A minus sign separates as well as a space does.
        return written[0] + "".join(text if text[0] == "-" else f" {text}" for text in written[1:])


def _tenths(value: int) -> str:
    whole, rest = divmod(abs(value), 10)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


def filled(d: str, fill: str) -> str:
    """Give a filled path.

    Args:
        d: The path data.
        fill: ``#rrggbb``.

    Returns:
        The element; empty when there is nothing to draw.
    """
    return f'<path fill="{fill}" d="{d}"/>' if d else ""


def stroked(d: str, colour_: str, width: float) -> str:
    """Give a stroked path.

    Args:
        d: The path data.
        colour_: ``#rrggbb``.
        width: Of the stroke, in pixels of the drawing.

    Returns:
        The element.
    """
    return f'<path fill="none" stroke="{colour_}" stroke-width="{number(width)}" d="{d}"/>'


def document(body: str, *, width: int, height: int, label: str, description: str) -> bytes:
    """Close a drawing into an SVG document whose root follows the XML declaration at once.

    Args:
        body: The elements.
        width: In pixels.
        height: In pixels.
        label: What the picture is, for those who do not see it.
        description: What it shows, in a sentence or two.

    Returns:
        The document, UTF-8.
    """
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}">'
        f"<title>{escape(label)}</title><desc>{escape(description)}</desc>"
        f"{body}</svg>\n"
    ).encode()
