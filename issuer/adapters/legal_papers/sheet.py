"""The frame of a page that stands alone: French first, then English; nothing is loaded from anywhere."""

from html import escape
from typing import Final

_STYLE: Final = (
    "body{font:16px/1.5 Georgia,serif;color:#000;background:#fff;max-width:46rem;margin:2rem auto;"
    "padding:0 1rem}"
    "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}"
    "dt{font-weight:bold}dd{margin:0 0 .5rem 0}dl dl{margin-left:1.5rem}"
    "table{border-collapse:collapse}th,td{text-align:left;padding:.2rem 1rem .2rem 0;vertical-align:top}"
    ".en{color:#444}@media print{body{margin:0}}"
)


def framed(title: str, body: str) -> bytes:
    """Give a whole HTML document.

    Args:
        title: Its title, as text.
        body: Its body, as HTML.
    """
    return (
        '<!doctype html>\n<html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>\n{body}\n</body></html>\n"
    ).encode()


def both(french: str, english: str) -> str:
    """Give a label in both languages, as HTML."""
    return f'{escape(french)} <span class="en" lang="en">/ {escape(english)}</span>'
