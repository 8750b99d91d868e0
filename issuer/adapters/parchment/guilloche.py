"""Guilloches: fine interlaced curves, drawn from an award's number, so that no two papers have the same.

A copy shows them coarser; they are an ornament all the same, and prove nothing: the seal does.
"""

import hashlib
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Curve = Callable[[float], Point]

_STEPS_A_LOBE = 5
_STEPS_A_WAVE = 4
"""Pieces of curve for one wave: fewer would flatten it, more would only weigh."""

_GRAIN = 25
"""Units of the drawing to a millimetre: whole numbers weigh half as much as decimals."""


class Traits:
    """The choices that make one drawing unlike any other: read one after the other from a number's digest."""

    def __init__(self, number: str) -> None:
        self._bytes = iter(hashlib.shake_256(f"guilloche {number}".encode()).digest(256))

    def pick(self, choices: Sequence[int]) -> int:
        """Choose one of several whole numbers."""
        return choices[next(self._bytes) % len(choices)]

    def between(self, least: float, most: float) -> float:
        """Choose a number in a range."""
        return least + (most - least) * (next(self._bytes) * 256 + next(self._bytes)) / 65535


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring of a rosette: waves around a circle, several times over, each turned a little further.

    Attributes:
        radius: Of the circle, in millimetres.
        height: Of the waves.
        lobes: Waves around the circle.
        beats: Slow swellings around the circle, which make the larger petals.
        depth: How much they swell, 0 to 1.
        strands: Curves.
        turn: Phase of the first.
        second: Whether it is drawn in the second tint.
    """

    radius: float
    height: float
    lobes: int
    beats: int
    depth: float
    strands: int
    turn: float
    second: bool

    def curves(self, centre: Point) -> Iterator[Curve]:
        """Give each strand as a closed curve over one turn."""
        for strand in range(self.strands):
            phase = self.turn + math.tau * strand / self.strands

            def curve(angle: float, phase: float = phase) -> Point:
                swell = 1 + self.depth * math.cos(self.beats * angle + self.turn)
                radius = self.radius + self.height * swell * math.sin(self.lobes * angle + phase)
                return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)

            yield curve


def rosette(traits: Traits, radius: float) -> list[Ring]:
    """Choose the rings of a rosette.

    Args:
        traits: Where the choices come from.
        radius: Outer radius in millimetres.

    Returns:
        Rings from the outside inwards.
    """
    rings = []
    for outer, inner, lobes, strands, second in (
        (1.00, 0.72, (30, 32, 34, 36, 38, 40), 5, False),
        (0.80, 0.50, (18, 20, 21, 22, 24), 5, True),
        (0.56, 0.26, (9, 10, 11, 12, 13, 14), 5, False),
        (0.30, 0.10, (5, 6, 7, 8), 5, True),
    ):
        depth = traits.between(0.12, 0.32)
        rings.append(
            Ring(
                radius=radius * (outer + inner) / 2,
                height=radius * (outer - inner) / 2 / (1 + depth),
                lobes=traits.pick(lobes),
                beats=traits.pick((3, 4, 5, 6, 7, 8)),
                depth=depth,
                strands=strands,
                turn=traits.between(0, math.tau),
                second=second,
            )
        )
    return rings


def medallion(traits: Traits, radius: float) -> list[Ring]:
    """Choose the rings of a small rosette, which has room for few.

    Args:
        traits: Where the choices come from.
        radius: Outer radius in millimetres.

    Returns:
        Rings from the outside inwards.
    """
    lobes, turn = traits.pick((12, 13, 14, 15, 16)), traits.between(0, math.tau)
    return [
        Ring(radius * 0.73, radius * 0.2, lobes, 4, 0.0, 4, turn, second=False),
        Ring(radius * 0.38, radius * 0.2, traits.pick((6, 7, 8)), 4, 0.0, 4, turn, second=True),
    ]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page's ornaments.

    Attributes:
        width: Of the page, in millimetres.
        height: Of the page, in millimetres.
        first: First tint, ``#rrggbb``.
        second: Second tint.
    """

    width: float
    height: float
    first: str
    second: str

    def title_page(self, number: str) -> str:
        """Draw a border of braids with a rosette at each corner, and a large rosette in the middle.

        Args:
            number: The award's number.
        """
        traits = Traits(number)
        inset, corner = 11.0, 7.5
        corners = [
            (inset, inset),
            (self.width - inset, inset),
            (self.width - inset, self.height - inset),
            (inset, self.height - inset),
        ]
        middle = self._rings(rosette(traits, 71.0), (self.width / 2, self.height / 2), 0.13)
        small = medallion(traits, corner)
        waves = traits.pick((34, 36, 38, 40))
        turn = traits.between(0, math.tau)
        parts = [middle]
        for begin, end in zip(corners, [*corners[1:], corners[0]], strict=True):
            across = math.dist(begin, end)
            parts.append(self._braid(begin, end, round(waves * across / 275), 2.1, turn))
        for centre in corners:
            parts.append(_disc(centre, corner * 0.94))
            parts.append(self._rings(small, centre, 0.1))
        return self._svg(parts)

    def block_page(self, number: str) -> str:
        """Draw a braid along the left edge and one rosette that the right edge cuts.

        Args:
            number: The award's number.
        """
        traits = Traits(number)
        wheel = self._rings(rosette(traits, 62.0), (self.width - 26, 74.0), 0.14)
        waves, turn = traits.pick((28, 30, 32, 34)), traits.between(0, math.tau)
        braid = self._braid((22.5, -2.0), (22.5, self.height + 2), waves, 2.6, turn)
        return self._svg([wheel, braid])

    def later_page(self, number: str) -> str:
        """Draw a braid along the head of a page.

        Args:
            number: The award's number.
        """
        traits = Traits(number)
        waves, turn = traits.pick((34, 36, 38, 40)), traits.between(0, math.tau)
        count = round(waves * self.width / 275)
        return self._svg([self._braid((-2, 8.0), (self.width + 2, 8.0), count, 1.6, turn)])

    def _rings(self, rings: Sequence[Ring], centre: Point, stroke: float) -> str:
        parts = []
        for ring in rings:
            steps = ring.lobes * _STEPS_A_LOBE
            data = "".join(_path(curve, math.tau, steps) + "Z" for curve in ring.curves(centre))
            parts.append(self._stroked(data, stroke, second=ring.second))
        return "".join(parts)

    def _braid(self, begin: Point, end: Point, waves: int, height: float, turn: float) -> str:
        length = math.dist(begin, end)
        along = ((end[0] - begin[0]) / length, (end[1] - begin[1]) / length)
        parts = []
        for second, strands, factor in ((False, 4, 1.0), (True, 2, 0.6)):
            data = ""
            for strand in range(strands):
                phase = turn + math.tau * strand / strands

                def curve(at: float, phase: float = phase, factor: float = factor) -> Point:
                    aside = height * factor * math.sin(math.tau * waves * at + phase)
                    return (
                        begin[0] + along[0] * length * at - along[1] * aside,
                        begin[1] + along[1] * length * at + along[0] * aside,
                    )

                data += _path(curve, 1.0, waves * _STEPS_A_WAVE)
            parts.append(self._stroked(data, 0.14, second=second))
        return "".join(parts)

    def _stroked(self, data: str, width: float, *, second: bool) -> str:
        colour = self.second if second else self.first
        return f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{width * _GRAIN:g}"/>'

    def _svg(self, parts: Sequence[str]) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}mm" height="{self.height}mm" '
            f'viewBox="0 0 {self.width * _GRAIN:g} {self.height * _GRAIN:g}">{"".join(parts)}</svg>'
        )


def _path(curve: Curve, span: float, steps: int) -> str:
    """Draw a smooth curve through points of equal parameter, with the chords beside each as its tangent."""
    points = [curve(span * step / steps) for step in range(-1, steps + 2)]
    data = f"M{_number(points[1][0])} {_number(points[1][1])}"
    for at in range(2, len(points) - 1):
        before, here, next_one, after = points[at - 2], points[at - 1], points[at], points[at + 1]
        controls = (
            here[0] + (next_one[0] - before[0]) / 6,
            here[1] + (next_one[1] - before[1]) / 6,
            next_one[0] - (after[0] - here[0]) / 6,
            next_one[1] - (after[1] - here[1]) / 6,
            next_one[0],
            next_one[1],
        )
        data += "C" + " ".join(_number(value) for value in controls)
    return data


def _number(value: float) -> str:
    return str(round(value * _GRAIN))


def _disc(centre: Point, radius: float) -> str:
    at = f'cx="{_number(centre[0])}" cy="{_number(centre[1])}" r="{_number(radius)}"'
    return f'<circle {at} fill="#ffffff"/>'
