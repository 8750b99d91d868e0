"""The badge for profiles and for mail signatures: the seal alone, or with the words that name it.

Neither holds a QR code, which nobody can scan at that size, nor the credential: sites take pictures apart and
would lose it, and whoever shows a picture of an award need not hand out the award.
"""

from issuer.adapters.pictures.badge import Subject, check
from issuer.adapters.pictures.drawing import colour, document
from issuer.adapters.pictures.layout import Paragraph, Style, fit, pair
from issuer.adapters.pictures.qr import INK
from issuer.adapters.pictures.raster import cut_out, printed
from issuer.adapters.pictures.seal import ALONE, seal_of
from issuer.adapters.pictures.typeface import Weight
from issuer.adapters.pictures.words import kind_of, typeset, words

LINKEDIN_SIDE = 1200
"""Square, as LinkedIn shows it in a profile (about 400 pixels) and in a post on a dense screen (1100)."""

SIGNATURE_SIDE = 160
"""Shown 80 pixels wide, sharp on dense screens too."""

_SIDE = 1024
_SMALLEST = 43.0
"""Nine pixels when the picture for LinkedIn is shown 256 pixels wide."""

_MEASURE = 1060.0
_TITLE_SIZES = (58.0, 54.0, 50.0, 46.0, _SMALLEST)
_TITLE_ROOM = 212.0
_INSTITUTION_SIZES = (52.0, 48.0, 45.0, _SMALLEST)
_INSTITUTION_ROOM = 64.0
_KIND_SIZES = (48.0, 45.0, _SMALLEST)
_MARGIN, _ABOVE_SEAL, _BELOW_SEAL, _BELOW_KIND = 64.0, 34.0, 36.0, 10.0
_LEAST_RADIUS = 200.0


def emblem_svg(subject: Subject) -> bytes:
    """Draw the seal alone, on a white disc with nothing around it.

    Args:
        subject: What was awarded.

    Returns:
        The SVG document, UTF-8; the same subject gives the same bytes.

    Raises:
        PictureError: When a text, the colour or a number cannot be drawn.
    """
    check(subject)
    half = _SIDE / 2
    disc = f'<circle cx="{half:g}" cy="{half:g}" r="{half:g}" fill="#ffffff"/>'
    return document(
        disc + seal_of(subject, (half, half), half - 20, ALONE),
        width=_SIDE,
        height=_SIDE,
        label=subject.label,
        description=subject.description,
    )


def signature_png(subject: Subject) -> bytes:
    """Draw the seal alone as a small PNG with an open ground, for the foot of a mail.

    Args:
        subject: What was awarded.

    Returns:
        The PNG, 160 pixels wide, without text chunks; the same subject gives the same bytes.

    Raises:
        PictureError: When a text, the colour or a number cannot be drawn.
    """
    return cut_out(emblem_svg(subject), subject.accent, SIGNATURE_SIDE)


def linkedin_svg(subject: Subject) -> bytes:
    """Draw the square picture for a profile: the institution, the seal, what was awarded.

    Args:
        subject: What was awarded.

    Returns:
        The SVG document, UTF-8; the same subject gives the same bytes.

    Raises:
        PictureError: When a text, the colour or a number cannot be drawn.
    """
    check(subject)
    accent = colour(subject.accent)
    small_capitals = Style(Weight.REGULAR, _SMALLEST, small_capitals=True, spacing=28)
    institution = typeset(subject.institution, subject.language)
    head = fit(institution, small_capitals, _INSTITUTION_SIZES, _MEASURE, _INSTITUTION_ROOM)
    kind = pair(kind_of(subject), subject.code, small_capitals, _KIND_SIZES, _MEASURE)
    title = typeset(subject.title, subject.language)
    name = fit(title, Style(Weight.SEMIBOLD, _SMALLEST), _TITLE_SIZES, _MEASURE, _TITLE_ROOM)
    warned = (words(subject.language).demonstration,) if subject.demonstration else ()
    warning = Paragraph(warned, small_capitals)
    texts = head.height + warning.height + kind.height + _BELOW_KIND + name.height
    taken = texts + 2 * _MARGIN + _ABOVE_SEAL + _BELOW_SEAL
    # The words take what they need, the seal what they leave; a page of many words is reduced as a whole.
    side = round(max(LINKEDIN_SIDE, taken + 2 * _LEAST_RADIUS))
    radius = (side - taken) / 2
    centre = side / 2
    y = _MARGIN + head.height + warning.height + _ABOVE_SEAL + radius
    below = y + radius + _BELOW_SEAL
    drawn = (
        f'<rect width="{side}" height="{side}" fill="#ffffff"/>',
        head.draw(centre, _MARGIN, INK),
        warning.draw(centre, _MARGIN + head.height, accent),
        seal_of(subject, (centre, y), radius, ALONE),
        kind.draw(centre, below, accent),
        name.draw(centre, below + kind.height + _BELOW_KIND, INK),
    )
    return document(
        "".join(drawn), width=side, height=side, label=subject.label, description=subject.description
    )


def linkedin_png(subject: Subject) -> bytes:
    """Draw the square picture for a profile as PNG.

    Args:
        subject: What was awarded.

    Returns:
        The PNG, 1200 pixels wide, without text chunks; the same subject gives the same bytes.

    Raises:
        PictureError: When a text, the colour or a number cannot be drawn.
    """
    return printed(linkedin_svg(subject), subject.accent, LINKEDIN_SIDE)
