"""The seal: a ring made of as many parts as the certification has blocks, each numbered, around the QR code.

A block's badge is its part of the ring, printed in full while the others are only sketched; the title's badge
is the ring complete. Its engraved lines run on from part to part: the whole is one drawing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from math import asin, cos, floor, pi, sin

from issuer.adapters.pictures.drawing import SHADES, Trace, filled, number, stroked, tint
from issuer.adapters.pictures.typeface import Weight, typeface

OUTER_RADIUS = 428.0
INNER_RADIUS = 342.0
"""Around the white disc that holds the code; both in pixels of the drawing."""

EDGE_RADIUS = 450.0
"""The seal's outermost line."""

_GAP = 12.0
_BANDS = 5
_PERIODS = 48
"""Waves on the whole ring: divisible by most numbers of parts, so that the parts look alike."""

_STEPS = 4
"""Curve pieces per wave; with tangents given, four cannot be told from the sine."""

_SKETCH_GROUND, _SKETCH_LINES, _SKETCH_NUMERAL, _FULL_LINES = (n / SHADES for n in (3, 7, 13, 15))
"""Shares of the accent colour; whole shades, so that the PNG's palette holds them exactly."""

_NUMERAL_SIZE = 62.0
_NUMERAL_FREE = 0.62
"""Radius kept free of lines around a numeral, as a share of its size."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What the ring shows.

    Attributes:
        parts: How many blocks the certification has.
        full: The numbers of those that this badge certifies, from 1.
        accent: ``#rrggbb``, checked.
        x: Centre, in pixels of the drawing.
        y: Centre.
    """

    parts: int
    full: Collection[int]
    accent: str
    x: float
    y: float


def seal(drawn: Seal) -> str:
    """Draw the ring.

    Args:
        drawn: What it shows.

    Returns:
        SVG elements.
    """
    return "".join(_part(drawn, part) for part in range(1, drawn.parts + 1))


def _part(drawn: Seal, part: int) -> str:
    begin, end = (2 * pi * (part - side) / drawn.parts - pi / 2 for side in (1, 0))
    whole = drawn.parts == 1
    full = part in drawn.full
    ground = drawn.accent if full else tint(drawn.accent, _SKETCH_GROUND)
    lines = tint(drawn.accent, _FULL_LINES if full else _SKETCH_LINES)
    sector = _ring(drawn) if whole else _sector(drawn, begin, end)
    return "".join(
        (
            filled(sector, ground),
            stroked(_engraving(drawn, begin, end), lines, 1.6 if full else 1.4),
            stroked(
                _edge(drawn, begin, end), drawn.accent if full else tint(drawn.accent, _SKETCH_LINES), 2.2
            ),
            _numeral(drawn, part, (begin + end) / 2, ground),
        )
    )


def _point(drawn: Seal, radius: float, angle: float) -> str:
    return f"{number(drawn.x + radius * cos(angle))} {number(drawn.y + radius * sin(angle))}"


def _circle(x: float, y: float, radius: float) -> str:
    r, d = number(radius), number(2 * radius)
    return f"M{number(x - radius)} {number(y)}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0Z"


def _ring(drawn: Seal) -> str:
    """Give the ring in one piece; the inner circle turns the other way, so that it stays open."""
    r, d = number(INNER_RADIUS), number(2 * INNER_RADIUS)
    inner = f"M{number(drawn.x - INNER_RADIUS)} {number(drawn.y)}a{r} {r} 0 1 1 {d} 0a{r} {r} 0 1 1 -{d} 0Z"
    return _circle(drawn.x, drawn.y, OUTER_RADIUS) + inner


def _inset(radius: float) -> float:
    """Give the angle that leaves half the gap at this radius: the gap is as wide inside as outside."""
    return asin(_GAP / 2 / radius)


def _sector(drawn: Seal, begin: float, end: float) -> str:
    outer, inner = _inset(OUTER_RADIUS), _inset(INNER_RADIUS)
    large = 1 if end - begin > pi + 2 * outer else 0
    ro, ri = number(OUTER_RADIUS), number(INNER_RADIUS)
    return (
        f"M{_point(drawn, OUTER_RADIUS, begin + outer)}"
        f"A{ro} {ro} 0 {large} 1 {_point(drawn, OUTER_RADIUS, end - outer)}"
        f"L{_point(drawn, INNER_RADIUS, end - inner)}"
        f"A{ri} {ri} 0 {large} 0 {_point(drawn, INNER_RADIUS, begin + inner)}Z"
    )


def _engraving(drawn: Seal, begin: float, end: float) -> str:
    """Give the interlaced waves of one part."""
    middle = (OUTER_RADIUS + INNER_RADIUS) / 2
    swing = (OUTER_RADIUS - INNER_RADIUS) / 2 - 9
    inset = 0.0 if drawn.parts == 1 else _inset(INNER_RADIUS) * 1.9
    return "".join(
        _wave(drawn, (middle, swing), 2 * pi * band / _BANDS, (begin + inset, end - inset))
        for band in range(_BANDS)
    )


def _edge(drawn: Seal, begin: float, end: float) -> str:
    """Give the milled edge of one part: two waves that cross."""
    inset = 0.0 if drawn.parts == 1 else _inset(INNER_RADIUS) * 1.9
    around = ((EDGE_RADIUS + OUTER_RADIUS) / 2 + 2, (EDGE_RADIUS - OUTER_RADIUS) / 2 - 4)
    return "".join(_wave(drawn, around, phase, (begin + inset, end - inset)) for phase in (0, pi))


def _wave(drawn: Seal, around: tuple[float, float], phase: float, between: tuple[float, float]) -> str:
    """Give one wave on the ring as cubic pieces with the sine's own tangents.

    Args:
        drawn: The seal.
        around: Middle radius and swing.
        phase: Of the wave.
        between: Begin and end, as angles.

    Returns:
        Path data.
    """
    (middle, swing), (begin, end) = around, between
    pieces = max(1, floor((end - begin) / (2 * pi) * _PERIODS * _STEPS + 0.5))
    step = (end - begin) / pieces

    def place(angle: float) -> tuple[float, float, float, float]:
        radius = middle + swing * sin(_PERIODS * angle + phase)
        slope = swing * _PERIODS * cos(_PERIODS * angle + phase)
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


def _numeral(drawn: Seal, part: int, angle: float, ground: str) -> str:
    """Write the number of a part upright in its middle, on ground free of lines."""
    face = typeface(Weight.SEMIBOLD)
    room = 2 * pi * INNER_RADIUS / drawn.parts - _GAP
    size = min(_NUMERAL_SIZE, room * 0.7)
    text = str(part)
    middle = (OUTER_RADIUS + INNER_RADIUS) / 2
    x, y = drawn.x + middle * cos(angle), drawn.y + middle * sin(angle)
    ink = "#ffffff" if part in drawn.full else tint(drawn.accent, _SKETCH_NUMERAL)
    baseline = y + 0.325 * size
    left = x - face.width(text, size) / 2
    return filled(_circle(x, y, size * _NUMERAL_FREE), ground) + filled(
        face.outline(text, left, baseline, size), ink
    )
