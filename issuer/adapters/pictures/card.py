"""The card that a site shows when somebody shares a link (Open Graph): what was awarded, and by whom.

No name, unless the holder chose to show it; no QR code, since the card is itself the link.
"""

from math import ceil

from issuer.adapters.pictures.badge import BadgeLanguage, Subject, check, check_text
from issuer.adapters.pictures.drawing import colour, document, stroked, tint
from issuer.adapters.pictures.layout import Paragraph, Style, fit, pair
from issuer.adapters.pictures.qr import INK
from issuer.adapters.pictures.raster import printed
from issuer.adapters.pictures.seal import ALONE, seal_of
from issuer.adapters.pictures.typeface import Weight
from issuer.adapters.pictures.words import kind_of, typeset, words

WIDTH, HEIGHT = 1200, 630
"""In pixels; the proportion that sites crop to."""

_LEAST_SCALE = 30
"""Of 40 to 21, the proportion in whole numbers."""

_SMALLEST = 40.0
_MARGIN = 64.0
_RULE = 0.25
"""Share of the accent that the rule under the institution keeps."""

_INSTITUTION_SIZES = (48.0, 44.0, _SMALLEST)
_INSTITUTION_ROOM = 60.0
_TITLE_SIZES = (58.0, 55.0, 52.0, 49.0, 46.0, 43.0, _SMALLEST)
_TITLE_ROOM = 230.0
_NAME_SIZES = (48.0, 44.0, _SMALLEST)
_RADIUS = 192.0
_BETWEEN = 56.0
_HEAD, _GAP = 26.0, 14.0
_SMALL_CAPITALS = Style(Weight.REGULAR, _SMALLEST, small_capitals=True, spacing=25)


def card_png(subject: Subject, name: str | None = None) -> bytes:
    """Draw the card of an award as PNG.

    Args:
        subject: What was awarded.
        name: The holder's name, when the holder chose to show it.

    Returns:
        The PNG, 1200 by 630 pixels, without text chunks; the same arguments give the same bytes.

    Raises:
        PictureError: When a text, the colour or a number cannot be drawn.
    """
    return printed(card_svg(subject, name), subject.accent, WIDTH)


def card_svg(subject: Subject, name: str | None = None) -> bytes:
    """Draw the card of an award.

    Args:
        subject: What was awarded.
        name: The holder's name, when the holder chose to show it.

    Returns:
        The SVG document, UTF-8; the same arguments give the same bytes.

    Raises:
        PictureError: When a text, the colour or a number cannot be drawn.
    """
    check(subject)
    accent = colour(subject.accent)
    left = 2 * _RADIUS + _MARGIN + _BETWEEN
    measure = WIDTH - left - _MARGIN
    texts = _texts(subject, name, measure)
    institution = typeset(subject.institution, subject.language)
    head = fit(institution, _SMALL_CAPITALS, _INSTITUTION_SIZES, WIDTH - 2 * _MARGIN, _INSTITUTION_ROOM)
    rule = _MARGIN - 8 + head.height + _HEAD
    body = max(2 * _RADIUS, sum(text.height for text, _ in texts) + _GAP * (len(texts) - 1))
    needed = rule + _HEAD + body + _MARGIN - 8
    # A card of many words is reduced as a whole, so that none is lost and none overlaps.
    scale = max(_LEAST_SCALE, ceil(needed / 21))
    width, height = 40 * scale, 21 * scale
    middle = (rule + height - 8) / 2
    drawn = [
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        head.draw_from(_MARGIN, _MARGIN - 8, INK),
        stroked(f"M{_MARGIN:g} {rule:.1f}H{width - _MARGIN:g}", tint(accent, _RULE), 2),
        seal_of(subject, (_MARGIN + _RADIUS, middle), _RADIUS, ALONE),
    ]
    y = middle - (sum(text.height for text, _ in texts) + _GAP * (len(texts) - 1)) / 2
    for text, ink in texts:
        drawn.append(text.draw_from(left, y, ink))
        y += text.height + _GAP
    return document(
        "".join(drawn), width=width, height=height, label=subject.label, description=subject.description
    )


def house_card_png(
    institution: str,
    accent: str,
    *,
    demonstration: bool = False,
    language: BadgeLanguage = BadgeLanguage.FRENCH,
) -> bytes:
    """Draw the institution's own card: for a link whose award is not to be advertised.

    Args:
        institution: Its name.
        accent: The theme's accent colour, ``#rrggbb``.
        demonstration: Whether the theme is the demonstration's; the card then says so.
        language: Of the words that the card adds.

    Returns:
        The PNG, 1200 by 630 pixels, without text chunks; the same arguments give the same bytes.

    Raises:
        PictureError: When the name or the colour cannot be drawn.
    """
    check_text("institution", institution)
    ink = colour(accent)
    said = words(language).demonstration if demonstration else words(language).house
    name = fit(typeset(institution, language), _SMALL_CAPITALS, (76.0, 68.0, 60.0, 52.0), 960, 200)
    line = fit(said, Style(Weight.REGULAR, _SMALLEST), _NAME_SIZES, 960, 60)
    centre = WIDTH / 2
    y = (HEIGHT - name.height - line.height - 60) / 2
    rule = y + name.height + 30
    drawn = (
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        name.draw(centre, y, INK),
        stroked(f"M{centre - 90:g} {rule:.1f}h180", ink, 3),
        line.draw(centre, rule + 30, ink),
    )
    drawing = document("".join(drawn), width=WIDTH, height=HEIGHT, label=institution, description=said)
    return printed(drawing, accent, WIDTH)


def _texts(subject: Subject, name: str | None, measure: float) -> list[tuple[Paragraph, str]]:
    """Set what stands beside the seal, from top to bottom, each with its ink."""
    accent = colour(subject.accent)
    title = typeset(subject.title, subject.language)
    texts = [
        (pair(kind_of(subject), subject.code, _SMALL_CAPITALS, (44.0, _SMALLEST), measure), accent),
        (fit(title, Style(Weight.SEMIBOLD, _SMALLEST), _TITLE_SIZES, measure, _TITLE_ROOM), INK),
    ]
    if name is not None:
        check_text("name", name)
        texts.append((fit(name, Style(Weight.REGULAR, _SMALLEST), _NAME_SIZES, measure, 60), INK))
    if subject.demonstration:
        texts.append((Paragraph((words(subject.language).demonstration,), _SMALL_CAPITALS), accent))
    return texts
