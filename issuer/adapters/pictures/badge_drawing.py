"""The badge of an award: one drawing, as SVG and as PNG.

From top to bottom: the institution, the seal with the QR code at its heart, what was awarded, and one line
that says what to do with the code.
"""

from math import ceil, sqrt

from issuer.adapters.pictures.badge import Badge, check
from issuer.adapters.pictures.drawing import colour, document
from issuer.adapters.pictures.layout import Paragraph, Style, fit, pair
from issuer.adapters.pictures.qr import INK, QUIET_ZONE, matrix, outline
from issuer.adapters.pictures.raster import printed
from issuer.adapters.pictures.seal import AROUND_CODE, seal_of
from issuer.adapters.pictures.typeface import Weight
from issuer.adapters.pictures.words import kind_of, typeset, words

WIDTH = 1024
LEAST_HEIGHT = 1536
"""Two to three, upright; a title of many lines makes the picture taller, never the letters smaller."""

_CENTRE = WIDTH / 2
_RADIUS = 450.0
_MEASURE = 900.0
_SMALLEST = 36.0
"""Nine pixels when the picture is shown 256 pixels wide."""

_TITLE_SIZES = (56.0, 53.0, 50.0, 47.0, 44.0, 42.0, 40.0, 38.0, _SMALLEST)
_TITLE_ROOM = 206.0
_INSTITUTION_SIZES = (46.0, 42.0, 39.0, _SMALLEST)
_INSTITUTION_ROOM = 56.0
_KIND_SIZES = (42.0, 39.0, _SMALLEST)
_FOOT_SIZES = (40.0, _SMALLEST)
_DEMONSTRATION = Style(Weight.SEMIBOLD, 40, small_capitals=True, spacing=50)

_TOP, _BOTTOM = 56.0, 54.0
_DEMONSTRATION_ROOM = 50.0
_ABOVE_SEAL, _BELOW_SEAL, _BELOW_KIND, _ABOVE_FOOT = 32.0, 30.0, 12.0, 36.0
_DISC_MARGIN = 5.0


def badge_svg(badge: Badge) -> bytes:
    """Draw a badge as SVG, all text as outlines, without script, style or reference.

    Args:
        badge: What it shows.

    Returns:
        The document, UTF-8, its root right after the XML declaration; the same badge gives the same bytes.

    Raises:
        PictureError: When a text, the link, the colour or a number cannot be drawn.

    Spec: Open Badges 3.0, Image; ISO/IEC 18004, section 6.3.8 (quiet zone).
    """
    check(badge)
    accent = colour(badge.accent)
    head, y = _head(badge, typeset(badge.institution, badge.language), accent)
    centre = y + _ABOVE_SEAL + _RADIUS
    drawn = seal_of(badge, (_CENTRE, centre), _RADIUS, AROUND_CODE)
    title = typeset(badge.title, badge.language)
    below, height = _below(badge, title, centre + _RADIUS + _BELOW_SEAL, accent)
    ground = f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'
    return document(
        ground + head + drawn + _code(badge.link, centre) + below,
        width=WIDTH,
        height=height,
        label=badge.label,
        description=badge.description,
    )


def badge_png(badge: Badge) -> bytes:
    """Draw a badge as PNG, 1024 pixels wide, from the very drawing of :func:`badge_svg`.

    Args:
        badge: What it shows.

    Returns:
        The PNG, without text chunks; the same badge gives the same bytes.

    Raises:
        PictureError: When a text, the link, the colour or a number cannot be drawn.

    Spec: Open Badges 3.0, Image.
    """
    return printed(badge_svg(badge), badge.accent)


def _head(badge: Badge, institution: str, accent: str) -> tuple[str, float]:
    """Draw what stands above the seal, and say where it ends."""
    style = Style(Weight.REGULAR, _SMALLEST, small_capitals=True, spacing=30)
    name = fit(institution, style, _INSTITUTION_SIZES, _MEASURE, _INSTITUTION_ROOM)
    drawn, y = name.draw(_CENTRE, _TOP, INK), _TOP + name.height
    if badge.demonstration:
        warning = Paragraph((words(badge.language).demonstration,), _DEMONSTRATION)
        drawn += warning.draw(_CENTRE, y, accent)
        y += _DEMONSTRATION_ROOM
    return drawn, y


def _below(badge: Badge, title: str, y: float, accent: str) -> tuple[str, int]:
    """Draw what stands below the seal, and say how tall the picture becomes."""
    small_capitals = Style(Weight.REGULAR, _SMALLEST, small_capitals=True, spacing=25)
    kind = pair(kind_of(badge), badge.code, small_capitals, _KIND_SIZES, _MEASURE)
    name = fit(title, Style(Weight.SEMIBOLD, _SMALLEST), _TITLE_SIZES, _MEASURE, _TITLE_ROOM)
    scan = words(badge.language).scan
    foot = pair(scan, badge.host, Style(Weight.REGULAR, _SMALLEST), _FOOT_SIZES, _MEASURE)
    needed = kind.height + _BELOW_KIND + name.height + _ABOVE_FOOT + foot.height + _BOTTOM
    height = ceil(max(LEAST_HEIGHT, y + needed))
    # What room is left goes above and below the title alike.
    y += (height - needed - y) / 2
    drawn = (
        kind.draw(_CENTRE, y, accent),
        name.draw(_CENTRE, y + kind.height + _BELOW_KIND, INK),
        foot.draw(_CENTRE, height - _BOTTOM - foot.height, INK),
    )
    return "".join(drawn), height


def _code(link: str, centre: float) -> str:
    """Place the code within the ring, as large as its quiet zone lets it be."""
    rows = matrix(link)
    side = (AROUND_CODE.inner * _RADIUS - _DISC_MARGIN) * sqrt(2)
    module = side / (len(rows) + 2 * QUIET_ZONE)
    offset = module * len(rows) / 2
    d = outline(rows, _CENTRE - offset, centre - offset, module)
    return f'<path fill="{INK}" fill-rule="evenodd" d="{d}"/>'
