"""QR codes of verification links, as PNG and SVG and as a part of the badge.

Level M, quiet zone of four modules. The link's length is bounded so that a code printed two centimetres wide
keeps modules of a third of a millimetre, which a phone and a sheet printed at 150 dpi both resolve.
"""

import io
import re
from itertools import pairwise

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M

from issuer.adapters.pictures.drawing import number
from issuer.adapters.pictures.errors import PictureError

QUIET_ZONE = 4
"""Modules of white around the code (ISO/IEC 18004, 6.3.8)."""

MAX_LINK_BYTES = 152
"""What version 8 holds at level M in byte mode: 49 modules and the quiet zone on 2 cm make 0.35 mm each."""

INK = "#14161a"
"""Nearly black: a scanner wants contrast, whatever the theme."""

_NATURAL_SIZE_MM = 24
_LEAST_PIXELS = 720
_SVG_SIZE = 240
_ADDRESS = re.compile(r"https?://[!-~]+")

Matrix = tuple[tuple[bool, ...], ...]
Point = tuple[int, int]


def matrix(link: str) -> Matrix:
    """Encode a link.

    Args:
        link: An absolute http or https address in printable ASCII.

    Returns:
        Rows of modules without the quiet zone; True is dark.

    Raises:
        PictureError: When the link is too long to scan from a small print, or not an address.

    Spec: ISO/IEC 18004, sections 7.3 to 7.8.
    """
    if _ADDRESS.fullmatch(link) is None:
        raise PictureError(
            "picture.link_not_an_address",
            "The text of a QR code must be an http or https address without spaces or accented letters.",
            where="link",
            remedy="Check the service's base address; write an international host name in its ASCII form.",
        )
    if len(link) > MAX_LINK_BYTES:
        raise PictureError(
            "picture.link_too_long",
            f"The link has {len(link)} characters; a QR code that scans from 2 cm holds {MAX_LINK_BYTES}.",
            where="link",
            remedy="Choose a shorter base address for the service.",
        )
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(link.encode("ascii"), optimize=0)
    code.make(fit=True)
    return tuple(tuple(bool(dark) for dark in row) for row in code.modules)


def qr_png(link: str) -> bytes:
    """Draw the QR code of a link as a PNG of one bit per pixel, quiet zone included.

    Placed in a document at its natural size it is 24 mm wide.

    Args:
        link: An absolute http or https address, at most 152 ASCII characters.

    Returns:
        The PNG; the same link gives the same bytes.

    Raises:
        PictureError: When the link is too long or not an address.

    Spec: ISO/IEC 18004, section 6.3.8 (quiet zone).
    """
    rows = matrix(link)
    across = len(rows) + 2 * QUIET_ZONE
    small = Image.new("1", (across, across), 1)
    small.putdata([0 if dark else 1 for dark in _with_quiet_zone(rows)])
    # Whole pixels per module, so that no module is wider than its neighbour.
    side = across * -(-_LEAST_PIXELS // across)
    dpi = side / (_NATURAL_SIZE_MM / 25.4)
    out = io.BytesIO()
    small.resize((side, side), Image.Resampling.NEAREST).save(out, "PNG", optimize=True, dpi=(dpi, dpi))
    return out.getvalue()


def qr_svg(link: str) -> bytes:
    """Draw the QR code of a link as an SVG: a white square and one path.

    Args:
        link: An absolute http or https address, at most 152 ASCII characters.

    Returns:
        The document, UTF-8; the same link gives the same bytes.

    Raises:
        PictureError: When the link is too long or not an address.

    Spec: ISO/IEC 18004, section 6.3.8 (quiet zone).
    """
    rows = matrix(link)
    across = len(rows) + 2 * QUIET_ZONE
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {across} {across}" '
        f'width="{_SVG_SIZE}" height="{_SVG_SIZE}"><title>QR</title>'
        f'<rect width="{across}" height="{across}" fill="#ffffff"/>'
        f'<path fill="{INK}" fill-rule="evenodd" d="{outline(rows, QUIET_ZONE, QUIET_ZONE, 1)}"/></svg>\n'
    ).encode()


def outline(rows: Matrix, left: float, top: float, module: float) -> str:
    """Trace the borders of the dark areas, so that no renderer shows seams between modules.

    Args:
        rows: The modules.
        left: X of the first module, in pixels of the drawing.
        top: Y of the first module.
        module: Side of a module.

    Returns:
        Path data for the even-odd fill rule.
    """
    steps = _borders(rows)
    loops = []
    while steps:
        corners = _loop(steps, min(steps))
        moves = [f"M{number(left + corners[0][0] * module)} {number(top + corners[0][1] * module)}"]
        for before, here in pairwise(corners):
            level = before[1] == here[1]
            moves.append(
                f"H{number(left + here[0] * module)}" if level else f"V{number(top + here[1] * module)}"
            )
        loops.append("".join(moves) + "Z")
    return "".join(loops)


def _borders(rows: Matrix) -> dict[Point, list[Point]]:
    """Give each unit step along a border with the dark side on its right."""
    size = len(rows)

    def dark(x: int, y: int) -> bool:
        return 0 <= x < size and 0 <= y < size and rows[y][x]

    steps: dict[Point, list[Point]] = {}
    for y in range(size):
        for x in range(size):
            if not rows[y][x]:
                continue
            sides = (
                (dark(x, y - 1), (x, y), (x + 1, y)),
                (dark(x + 1, y), (x + 1, y), (x + 1, y + 1)),
                (dark(x, y + 1), (x + 1, y + 1), (x, y + 1)),
                (dark(x - 1, y), (x, y + 1), (x, y)),
            )
            for covered, begin, end in sides:
                if not covered:
                    steps.setdefault(begin, []).append(end)
    return steps


def _loop(steps: dict[Point, list[Point]], start: Point) -> list[Point]:
    """Take one closed border out of the steps and give its corners."""
    points = [start]
    while len(points) == 1 or points[-1] != start:
        here = points[-1]
        following = steps[here].pop()
        if not steps[here]:
            del steps[here]
        points.append(following)
    closed = points[:-1]
    return [
        point
        for i, point in enumerate(closed)
        if not _straight(closed[i - 1], point, closed[(i + 1) % len(closed)])
    ]


def _straight(before: Point, here: Point, after: Point) -> bool:
    return before[0] == here[0] == after[0] or before[1] == here[1] == after[1]


def _with_quiet_zone(rows: Matrix) -> list[bool]:
    across = len(rows) + 2 * QUIET_ZONE
    side = [False] * QUIET_ZONE
    edge = [False] * (across * QUIET_ZONE)
    return edge + [dark for row in rows for dark in (*side, *row, *side)] + edge
