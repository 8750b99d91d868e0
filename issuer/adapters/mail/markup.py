"""The HTML twin of a mail: words, one link, a small style sheet; nothing that would be fetched."""

from collections.abc import Iterator, Sequence
from html import escape

from issuer.adapters.mail.sheet import Half, Sheet

_STYLE = """\
:root {{ color-scheme: light dark; supported-color-schemes: light dark; }}
body {{ margin: 0; background: #fff; color: #1c1a18; font: 17px/1.5 Georgia, "Times New Roman", serif; }}
.sheet {{ max-width: 34em; margin: 0 auto; padding: 28px 20px; overflow-wrap: break-word; }}
.house {{ margin: 0 0 26px; color: {accent}; font-size: 15px; letter-spacing: .02em; }}
p, ul {{ margin: 0 0 1em; }}
ul {{ padding: 0; list-style: none; }}
li {{ margin: 0 0 .8em; }}
.number {{ white-space: nowrap; }}
.act {{ margin: 26px 0; }}
.act a {{ display: inline-block; padding: 12px 20px; background: {accent}; color: #fff; }}
.act a {{ text-decoration: none; }}
.end {{ margin-top: 22px; }}
.second {{ margin-top: 34px; padding-top: 26px; border-top: 1px solid #c9c3ba; }}
.second {{ color: #4a4641; font-size: 15px; }}
@media (prefers-color-scheme: dark) {{
body {{ background: #16140f; color: #ece7df; }}
.house {{ color: {accent_dark}; }}
.act a {{ background: {accent_dark}; color: #16140f; }}
.second {{ border-color: #4b463e; color: #c4bdb2; }}
}}"""


def html_body(sheet: Sheet) -> str:
    """Give the HTML of a mail; every text of it is escaped."""
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    first, second = sheet.first, sheet.second
    yield "<!DOCTYPE html>"
    yield f'<html lang="{first.language}">'
    yield '<head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{escape(sheet.title)}</title>"
    yield f"<style>\n{_STYLE.format(accent=sheet.accent, accent_dark=sheet.accent_dark)}\n</style></head>"
    yield '<body><div class="sheet">'
    yield f'<p class="house">{escape(sheet.institution)}</p>'
    yield f'<div lang="{first.language}">'
    yield from _opening(first)
    yield "</div>"
    if sheet.link is not None:
        yield f'<p class="act"><a href="{escape(sheet.link)}">{escape(sheet.action)}</a></p>'
    yield f'<div lang="{first.language}">'
    yield from _end(first)
    yield "</div>"
    yield f'<div class="second" lang="{second.language}">'
    yield from _opening(second)
    yield from _end(second)
    yield "</div></div></body></html>"


def _opening(half: Half) -> Iterator[str]:
    yield from _paragraphs(half.before)
    if half.items:
        yield "<ul>"
        yield from (
            f'<li><strong lang="fr">{escape(item.title)}</strong><br>\n'
            f'{escape(item.detail)}, <span class="number">{escape(item.number)}</span></li>'
            for item in half.items
        )
        yield "</ul>"
    yield from _paragraphs(half.after)


def _end(half: Half) -> Iterator[str]:
    yield from _paragraphs(half.last)
    yield '<p class="end">' + "<br>\n".join(escape(line) for line in half.closing) + "</p>"


def _paragraphs(texts: Sequence[str]) -> Iterator[str]:
    yield from (f"<p>{escape(text)}</p>" for text in texts)
