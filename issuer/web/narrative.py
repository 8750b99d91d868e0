"""A text as the credential carries it, cut into paragraphs, lists and headings; never read as markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

_BULLETS = ("- ", "* ", "• ")


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of lines of the same nature.

    Attributes:
        kind: ``heading``, ``list`` or ``text``.
        lines: Its lines, without bullet or mark.
    """

    kind: str
    lines: Sequence[str]


def passages(text: str | None) -> Sequence[Passage]:
    """Cut a narrative at its line breaks.

    Open Badges allows Markdown in a narrative. Only its lists and headings are followed, so that a text of
    unknown origin can bring neither a link nor a picture to the page.

    Args:
        text: The narrative as written, or None.

    Returns:
        The passages in order; empty for an absent or blank text.

    Spec: Open Badges 3.0, Criteria.
    """
    lines = (_line(line.strip()) for line in (text or "").splitlines() if line.strip())
    return tuple(
        Passage(kind, tuple(line for _, line in run))
        for kind, run in groupby(lines, key=lambda pair: pair[0])
    )


def _line(line: str) -> tuple[str, str]:
    for bullet in _BULLETS:
        if line.startswith(bullet):
            return "list", line.removeprefix(bullet).strip()
    if line.startswith("#"):
        return "heading", line.lstrip("#").strip()
    if line.endswith(":"):
        return "heading", line.removesuffix(":").strip()
    return "text", line
