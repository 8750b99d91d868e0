"""Titles broken into lines: every word kept, lines of like length, no line that ends on an article."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_BREAKS = re.compile("[ \t]+")
_LEADING_WORD_LETTERS = 3
"""Articles and prepositions of French and English (de, la, des, of, the…) read on into the next line."""

_LEADING_WORD_COST = 0.06
"""In squares of the line's width: about a quarter of a line of white."""

Measure = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class _Best:
    """The best way to set the first words: fewest lines, then the least white."""

    lines: int
    cost: float
    begin: int


def typeset_french(text: str) -> str:
    """Put what French typography asks for: typographic apostrophes, no-break spaces at double punctuation.

    The words stay; only the drawing changes, never the data.

    Args:
        text: A French text.

    Returns:
        The text to draw.
    """
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    text = re.sub(r"[ \u00a0]+([;:!?»])", "\u202f\\1", text)
    return re.sub(r"«[ \u00a0]+", "«\u202f", text)


def break_lines(text: str, width: float, measure: Measure) -> tuple[str, ...]:
    """Break a text into the fewest lines that fit, as even as can be.

    A word that is wider than the line is broken after its hyphens, or else wherever it must:
    nothing is cut off.

    Args:
        text: The text; it is broken at its plain spaces only.
        width: Of a line, in pixels of the drawing.
        measure: Gives the width of a line of text.

    Returns:
        The lines.
    """
    words = [piece for word in _BREAKS.split(text) if word for piece in _pieces(word, width, measure)]
    best: list[_Best] = [_Best(0, 0.0, 0)]
    for end in range(1, len(words) + 1):
        best.append(_best_line(words, end, best, width, measure))
    lines: list[str] = []
    end = len(words)
    while end:
        lines.append(" ".join(words[best[end].begin : end]))
        end = best[end].begin
    return tuple(reversed(lines))


def _best_line(
    words: Sequence[str], end: int, best: Sequence[_Best], width: float, measure: Measure
) -> _Best:
    chosen: _Best | None = None
    for begin in range(end - 1, -1, -1):
        wide = measure(" ".join(words[begin:end]))
        if wide > width and begin < end - 1:
            break
        cost = best[begin].cost + (1 - wide / width) ** 2
        if end < len(words) and len(words[end - 1]) <= _LEADING_WORD_LETTERS:
            cost += _LEADING_WORD_COST
        candidate = _Best(best[begin].lines + 1, cost, begin)
        if chosen is None or (candidate.lines, candidate.cost) < (chosen.lines, chosen.cost):
            chosen = candidate
    assert chosen is not None  # a line of one word is always considered
    return chosen


def _pieces(word: str, width: float, measure: Measure) -> list[str]:
    if measure(word) <= width:
        return [word]
    pieces: list[str] = []
    current = ""
    for part in re.findall(r"[^-]*-|[^-]+", word):
        for bit in [part] if measure(part) <= width else part:
            if current and measure(current + bit) > width:
                pieces.append(current)
                current = ""
            current += bit
    return [*pieces, current]
