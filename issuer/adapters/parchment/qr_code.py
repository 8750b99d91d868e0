"""The QR code of a paper: the same link as everywhere, with more spare than on a screen.

A paper is folded, stained, photocopied, framed behind glass: level Q rebuilds a quarter of the code. Where
the link is so long that the modules would become too small for 150 dpi, level M keeps them large instead.
"""

from dataclasses import dataclass

import qrcode
from qrcode.constants import ERROR_CORRECT_Q

from issuer.adapters.pictures.qr import INK, QUIET_ZONE, Matrix, matrix, outline

_MOST_MODULES = 45
"""Version 7: on 24 mm, modules of 0.53 mm, three dots wide at 150 dpi."""


@dataclass(frozen=True, slots=True)
class PaperCode:
    """A code to be placed on a page.

    Attributes:
        svg: The drawing, quiet zone included.
        share: How much wider the drawing is than the code in it.
    """

    svg: str
    share: float


def paper_code(link: str) -> PaperCode:
    """Draw the code of a link as an SVG, dark on white with its quiet zone.

    Args:
        link: An absolute http or https address.

    Returns:
        The drawing; the same link gives the same text.

    Raises:
        PictureError: The link is too long or not an address.

    Spec: ISO/IEC 18004, sections 6.3.8 (quiet zone) and 7.5 (error correction).
    """
    rows = _modules(link)
    across = len(rows) + 2 * QUIET_ZONE
    path = outline(rows, QUIET_ZONE, QUIET_ZONE, 1)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {across}">'
        f'<rect width="{across}" height="{across}" fill="#ffffff"/>'
        f'<path fill="{INK}" fill-rule="evenodd" d="{path}"/></svg>'
    )
    return PaperCode(svg, across / len(rows))


def _modules(link: str) -> Matrix:
    spare = matrix(link)  # judges the link, and is the answer for a long one
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=0)
    code.add_data(link.encode("ascii"), optimize=0)
    code.make(fit=True)
    rows: Matrix = tuple(tuple(bool(dark) for dark in row) for row in code.modules)
    return rows if len(rows) <= _MOST_MODULES else spare
