"""The seal: a ring made of as many parts as the certification has blocks, each numbered.

A block's badge is its part of the seal, printed in full while the others are only sketched; the title's badge
is the seal complete, held together by a rim that no block has. The engraved lines run on from part to part:
the whole is one drawing. Around a QR code the ring is slender; alone it is broad, with a
rosette at its heart.
"""

from collections.abc import Collection
from dataclasses import dataclass
from math import asin, cos, floor, pi, sin

from issuer.adapters.pictures.badge import Subject
from issuer.adapters.pictures.drawing import SHADES, Point, Trace, colour, filled, number, stroked, tint
from issuer.adapters.pictures.typeface import Weight, typeface


@dataclass(frozen=True, slots=True)
class Build:
    """Proportions of a seal, in shares of its radius.

    Attributes:
        outer: Outer radius of the ring.
        field: Where the engraved band begins; below it the ring is plain, for the numeral.
        inner: Inner radius of the ring: what is within stays free, or holds the rosette.
        numeral: Size of the numerals.
        waves: On the whole band; rounded so that each part has as many as its neighbour.
        bands: Interlaced waves in the band.
        line: Width of the engraved lines.
        petals: Of the rosette at the heart, rounded likewise; 0 for none.
    """

    outer: float
    field: float
    inner: float
    numeral: float
    waves: int
    bands: int
    line: float
    petals: int = 0


AROUND_CODE = Build(outer=0.945, field=0.873, inner=0.745, numeral=0.125, waves=96, bands=3, line=0.004)
ALONE = Build(outer=0.93, field=0.80, inner=0.45, numeral=0.34, waves=60, bands=4, line=0.0055, petals=12)

_RIM, _RIM_WIDTH = 0.985, 0.014
_GAP = 0.027
_STEPS = 4
"""Curve pieces per wave; with tangents given, four cannot be told from the sine."""

_SKETCH_GROUND, _SKETCH_LINES, _SKETCH_NUMERAL, _FULL_LINES = (n / SHADES for n in (3, 7, 13, 15))
"""Shares of the accent colour; whole shades, so that the PNG's palette holds them exactly."""

_ROSETTE = (0.09, 0.405)
_ROSETTE_BANDS = 8
_CLEAR_OF_EDGE = 0.016
"""Ground left between the engraving and the edge of its part."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a seal shows, and where.

    Attributes:
        parts: How many blocks the certification has.
        full: The numbers of those that this badge certifies, from 1.
        whole: Whether it is the title's: its rim is then printed in full.
        accent: ``#rrggbb``, checked.
        x: Centre, in pixels of the drawing.
        y: Centre.
        radius: Of the outermost line, in pixels of the drawing.
        build: Its proportions.
    """

    parts: int
    full: Collection[int]
    whole: bool
    accent: str
    x: float
    y: float
    radius: float
    build: Build


def seal_of(subject: Subject, centre: Point, radius: float, build: Build) -> str:
    """Draw the seal of what was awarded.

    Args:
        subject: What was awarded.
        centre: Where, in pixels of the drawing.
        radius: Of the outermost line, in pixels of the drawing.
        build: Its proportions.

    Returns:
        SVG elements.

    Raises:
        PictureError: When the subject's accent is no colour.
    """
    accent = colour(subject.accent)
    x, y = centre
    return seal(Seal(subject.block_count, subject.certified, subject.is_whole, accent, x, y, radius, build))


def seal(drawn: Seal) -> str:
    """Draw a seal.

    Args:
        drawn: What it shows.

    Returns:
        SVG elements: the parts in order, then the rim.
    """
    parts = "".join(part_of(drawn, part) for part in range(1, drawn.parts + 1))
    return parts + rim(drawn)


def rim(drawn: Seal) -> str:
    """Draw the line that holds a complete seal together, or the sketch of it.

    Args:
        drawn: What the seal shows.

    Returns:
        SVG elements.
    """
    circle = _circle(drawn.x, drawn.y, _RIM * drawn.radius)
    ink = drawn.accent if drawn.whole else tint(drawn.accent, _SKETCH_LINES)
    return stroked(circle, ink, _RIM_WIDTH * drawn.radius)


def part_of(drawn: Seal, part: int) -> str:
    """Draw one part of a seal, in full or as a sketch.

    Args:
        drawn: What the seal shows.
        part: Which, from 1, clockwise from the top.

    Returns:
        SVG elements.
    """
    begin, end = (2 * pi * (part - side) / drawn.parts - pi / 2 for side in (1, 0))
    full = part in drawn.full
    ground = drawn.accent if full else tint(drawn.accent, _SKETCH_GROUND)
    width = drawn.build.line * drawn.radius
    faint = tint(drawn.accent, _SKETCH_LINES)
    rosette = _rosette(drawn, begin, end) if drawn.build.petals else ""
    return "".join(
        (
            filled(_ring(drawn) if drawn.parts == 1 else _sector(drawn, begin, end), ground),
            stroked(_engraving(drawn, begin, end), tint(drawn.accent, _FULL_LINES) if full else faint, width),
            stroked(rosette, drawn.accent if full else faint, width) if rosette else "",
            _numeral(drawn, part, (begin + end) / 2),
        )
    )


def _point(drawn: Seal, radius: float, angle: float) -> str:
    return f"{number(drawn.x + radius * cos(angle))} {number(drawn.y + radius * sin(angle))}"


def _circle(x: float, y: float, radius: float) -> str:
    r, d = number(radius), number(2 * radius)
    return f"M{number(x - radius)} {number(y)}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0Z"


def _radii(drawn: Seal) -> tuple[float, float]:
    return drawn.build.outer * drawn.radius, drawn.build.inner * drawn.radius


def _ring(drawn: Seal) -> str:
    """Give the ring in one piece; the inner circle turns the other way, so that it stays open."""
    outer, inner = _radii(drawn)
    r, d = number(inner), number(2 * inner)
    hole = f"M{number(drawn.x - inner)} {number(drawn.y)}a{r} {r} 0 1 1 {d} 0a{r} {r} 0 1 1 -{d} 0Z"
    return _circle(drawn.x, drawn.y, outer) + hole


def _inset(drawn: Seal, radius: float) -> float:
    """Give the angle that leaves half the gap at this radius: the gap is as wide inside as outside."""
    return asin(_GAP * drawn.radius / 2 / radius)


def _sector(drawn: Seal, begin: float, end: float) -> str:
    outer, inner = _radii(drawn)
    far, near = _inset(drawn, outer), _inset(drawn, inner)
    large = 1 if end - begin > pi + 2 * far else 0
    ro, ri = number(outer), number(inner)
    return (
        f"M{_point(drawn, outer, begin + far)}"
        f"A{ro} {ro} 0 {large} 1 {_point(drawn, outer, end - far)}"
        f"L{_point(drawn, inner, end - near)}"
        f"A{ri} {ri} 0 {large} 0 {_point(drawn, inner, begin + near)}Z"
    )


def _engraving(drawn: Seal, begin: float, end: float) -> str:
    """Give the interlaced waves of one part of the ring."""
    outer, inner = _radii(drawn)
    field = drawn.build.field * drawn.radius
    around = ((outer + field) / 2, (outer - field) / 2 - _CLEAR_OF_EDGE * drawn.radius)
    inset = 0.0 if drawn.parts == 1 else _inset(drawn, inner) * 1.9
    bands = drawn.build.bands
    return _waves(drawn, around, (begin + inset, end - inset), drawn.build.waves, bands)


def _rosette(drawn: Seal, begin: float, end: float) -> str:
    """Give the part of the rosette that lies within one part of the ring."""
    near, far = (share * drawn.radius for share in _ROSETTE)
    around = ((near + far) / 2, (far - near) / 2)
    return _waves(drawn, around, (begin, end), drawn.build.petals, _ROSETTE_BANDS)


def _waves(
    drawn: Seal, around: tuple[float, float], between: tuple[float, float], about: int, bands: int
) -> str:
    """Give interlaced waves; as many on each part, so that each part is its neighbour turned."""
    count = drawn.parts * max(1, round(about / drawn.parts))
    return "".join(_wave(drawn, around, (count, 2 * pi * band / bands), between) for band in range(bands))


def _wave(
    drawn: Seal,
    around: tuple[float, float],
    course: tuple[int, float],
    between: tuple[float, float],
) -> str:
    """Give one wave on a ring as cubic pieces with the sine's own tangents.

    Args:
        drawn: The seal.
        around: Middle radius and swing.
        course: Waves on the whole ring, and phase at the top.
        between: Begin and end, as angles.

    Returns:
        Path data.
    """
    (middle, swing), (count, phase), (begin, end) = around, course, between
    pieces = max(1, floor((end - begin) / (2 * pi) * count * _STEPS + 0.5))
    step = (end - begin) / pieces

    def place(angle: float) -> tuple[float, float, float, float]:
        turned = count * (angle + pi / 2) + phase
        radius = middle + swing * sin(turned)
        slope = swing * count * cos(turned)
        return (
            drawn.x + radius * cos(angle),
            drawn.y + radius * sin(angle),
            slope * cos(angle) - radius * sin(angle),
            slope * sin(angle) + radius * cos(angle),
        )

    x, y, dx, dy = place(begin)
    trace = Trace()
    trace.move(x, y)
    for i in range(1, pieces + 1):
        u, v, du, dv = place(begin + i * step)
        trace.curve((x + dx * step / 3, y + dy * step / 3), (u - du * step / 3, v - dv * step / 3), (u, v))
        x, y, dx, dy = u, v, du, dv
    return trace.data()


def numeral_size(parts: int, radius: float, build: Build) -> float:
    """Give the size of the numerals: smaller where the parts are narrow.

    Args:
        parts: How many the seal has.
        radius: Of its outermost line, in pixels.
        build: Its proportions.

    Returns:
        The size of the typeface in pixels.
    """
    room = pi * (build.field + build.inner) / parts - _GAP
    return min(build.numeral, room * 0.7) * radius


def _numeral(drawn: Seal, part: int, angle: float) -> str:
    """Write the number of a part upright in the middle of its plain field."""
    face = typeface(Weight.SEMIBOLD)
    middle = (drawn.build.field + drawn.build.inner) / 2 * drawn.radius
    size = numeral_size(drawn.parts, drawn.radius, drawn.build)
    text = str(part)
    x, y = drawn.x + middle * cos(angle), drawn.y + middle * sin(angle)
    ink = "#ffffff" if part in drawn.full else tint(drawn.accent, _SKETCH_NUMERAL)
    return filled(face.outline(text, x - face.width(text, size) / 2, y + 0.325 * size, size), ink)
