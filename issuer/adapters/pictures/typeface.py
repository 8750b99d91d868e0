"""Text as outlines, from the typeface that ships with the package: the picture looks the same everywhere.

Libertinus Serif in two weights (``fonts/SOURCE.md``), kerned, with its own small capitals. A character that
the typeface lacks is drawn as a visible box, never left out; the alternative text keeps the character.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Any

from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from issuer.adapters.pictures.drawing import Point, Trace

_Contours = tuple[tuple[str, tuple[Point, ...]], ...]
"""Operations of a pen with their points, in units of the typeface (cubic outlines only)."""

_DECOMPILING = Lock()
_NOT_DEFINED = ".notdef"
_SMALL_CAPITAL_SCALE = 0.78
"""For a letter without a small capital of its own: its capital, reduced to about their height."""


class Weight(StrEnum):
    """The weights that ship, by the name of their file."""

    REGULAR = "libertinus-serif"
    SEMIBOLD = "libertinus-serif-semibold"


@dataclass(frozen=True, slots=True)
class _KernClasses:
    """One class-based kerning table: the shift after a glyph of a first class before one of a second."""

    covered: frozenset[str]
    first: Mapping[str, int]
    second: Mapping[str, int]
    shifts: Sequence[Sequence[int]]

    def shift(self, left: str, right: str) -> int:
        if left not in self.covered:
            return 0
        return self.shifts[self.first.get(left, 0)][self.second.get(right, 0)]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A glyph at its place on the line: name, left edge and scale, in units of the typeface."""

    glyph: str
    left: float
    scale: float


class Typeface:
    """One weight of the typeface."""

    def __init__(self, weight: Weight) -> None:
        path = files("issuer.adapters.pictures") / "fonts" / f"{weight.value}.otf"
        with path.open("rb") as stream:
            # Any of fontTools stays in this constructor and in `_contours`.
            font: Any = TTFont(stream, lazy=False)
        self._glyphs: Any = font.getGlyphSet()
        self._outlines: dict[str, _Contours] = {}
        self._units: int = font["head"].unitsPerEm
        self._characters: dict[int, str] = dict(font.getBestCmap())
        self._advances: dict[str, int] = {name: row[0] for name, row in font["hmtx"].metrics.items()}
        self._small_capitals = _small_capitals(font)
        self._kerning = _kerning(font)

    def missing(self, text: str) -> str:
        """Give the characters that the typeface lacks and that are drawn as a box.

        Args:
            text: Any text.

        Returns:
            Each of them once, in order of appearance.
        """
        return "".join(dict.fromkeys(c for c in _drawn(text) if ord(c) not in self._characters))

    def width(self, text: str, size: float, *, small_capitals: bool = False, spacing: float = 0) -> float:
        """Measure a line.

        Args:
            text: One line.
            size: Of the typeface, in pixels of the drawing.
            small_capitals: Whether small letters become small capitals.
            spacing: Added between letters, in thousandths of the size.

        Returns:
            The width in pixels of the drawing.
        """
        *_, end = self._place(text, small_capitals=small_capitals, spacing=spacing)
        return max(end.left - spacing, 0) * size / self._units

    def outline(
        self, text: str, x: float, y: float, size: float, *, small_capitals: bool = False, spacing: float = 0
    ) -> str:
        """Draw a line.

        Args:
            text: One line.
            x: Left end of the baseline, in pixels of the drawing.
            y: The baseline.
            size: Of the typeface, in pixels of the drawing.
            small_capitals: Whether small letters become small capitals.
            spacing: Added between letters, in thousandths of the size.

        Returns:
            Path data.
        """
        unit = size / self._units
        placed = self._place(text, small_capitals=small_capitals, spacing=spacing)
        trace = Trace()
        for item in placed:
            if item.glyph:
                self._draw(trace, item.glyph, (x + item.left * unit, y), item.scale * unit)
        return trace.data()

    def _draw(self, trace: Trace, glyph: str, origin: Point, scale: float) -> None:
        for operation, points in self._contours(glyph):
            placed = [(origin[0] + px * scale, origin[1] - py * scale) for px, py in points]
            if operation == "moveTo":
                trace.move(*placed[0])
            elif operation == "lineTo":
                trace.line(*placed[0])
            elif operation == "curveTo":
                trace.curve(placed[0], placed[1], placed[2])
            else:
                trace.close()

    def _contours(self, glyph: str) -> _Contours:
        """Give a glyph's outline, executed once: charstrings are programs, and slow ones."""
        known = self._outlines.get(glyph)
        if known is None:
            pen = RecordingPen()
            # A charstring is decompiled in place the first time: two threads at it would break it for both.
            with _DECOMPILING:
                self._glyphs[glyph].draw(pen)
            known = self._outlines[glyph] = tuple(
                (operation, tuple(points)) for operation, points in pen.value
            )
        return known

    def _place(self, text: str, *, small_capitals: bool, spacing: float) -> Iterator[_Placed]:
        """Place the glyphs of a line; the last item is its end, without a glyph."""
        left = 0.0
        before = ""
        for character in _drawn(text):
            glyph, scale = self._glyph(character, small_capitals=small_capitals)
            left += sum(table.shift(before, glyph) for table in self._kerning)
            yield _Placed(glyph, left, scale)
            left += self._advances[glyph] * scale + spacing
            before = glyph
        yield _Placed("", left, 1)

    def _glyph(self, character: str, *, small_capitals: bool) -> tuple[str, float]:
        plain = self._characters.get(ord(character), _NOT_DEFINED)
        if not small_capitals or not character.islower():
            return plain, 1
        own = self._small_capitals.get(plain)
        if own is not None:
            return own, 1
        capital = character.upper()
        if len(capital) == 1 and ord(capital) in self._characters:
            return self._characters[ord(capital)], _SMALL_CAPITAL_SCALE
        return plain, 1


@cache
def typeface(weight: Weight) -> Typeface:
    """Give a weight of the typeface, read once in a process.

    Args:
        weight: Which.

    Returns:
        The typeface.
    """
    return Typeface(weight)


def _drawn(text: str) -> Iterator[str]:
    """Give the characters that leave a mark: composed, without joiners, selectors and direction marks."""
    for character in unicodedata.normalize("NFC", text):
        selector = "\ufe00" <= character <= "\ufe0f"
        if unicodedata.category(character) != "Cf" and not selector:
            yield character


def _small_capitals(font: Any) -> dict[str, str]:  # noqa: ANN401 (fontTools is not typed)
    """Read the small capitals of the default language: Turkish, for one, dots its small capital i."""
    found: dict[str, str] = {}
    table = font["GSUB"].table
    for script in table.ScriptList.ScriptRecord:
        default = script.Script.DefaultLangSys
        for index in default.FeatureIndex if default else ():
            record = table.FeatureList.FeatureRecord[index]
            for lookup in record.Feature.LookupListIndex if record.FeatureTag == "smcp" else ():
                for subtable in table.LookupList.Lookup[lookup].SubTable:
                    found |= {
                        plain: names[0]
                        for plain, replaced in subtable.mapping.items()
                        for names in [[replaced] if isinstance(replaced, str) else replaced]
                        if len(names) == 1
                    }
    return found


def _kerning(font: Any) -> tuple[_KernClasses, ...]:  # noqa: ANN401 (fontTools is not typed)
    tables = []
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            rows = [
                [getattr(cell.Value1, "XAdvance", 0) if cell.Value1 else 0 for cell in row.Class2Record]
                for row in subtable.Class1Record
            ]
            tables.append(
                _KernClasses(
                    covered=frozenset(subtable.Coverage.glyphs),
                    first=dict(subtable.ClassDef1.classDefs),
                    second=dict(subtable.ClassDef2.classDefs),
                    shifts=rows,
                )
            )
    return tuple(tables)
