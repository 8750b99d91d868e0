"""The plain-text twin of a mail."""

import textwrap
from collections.abc import Iterator

from issuer.adapters.mail.sheet import Half, Item, Sheet

_WIDTH = 72


def text_body(sheet: Sheet) -> str:
    """Give the text of a mail; no line breaks inside a link or at a no-break space."""
    return "\n\n".join(_parts(sheet)) + "\n"


def _parts(sheet: Sheet) -> Iterator[str]:
    yield _filled(sheet.institution)
    yield from _opening(sheet.first)
    if sheet.link is not None:
        yield f"{sheet.action}\n{sheet.link}"
    yield from _end(sheet.first)
    yield "-" * _WIDTH
    yield from _opening(sheet.second)
    yield from _end(sheet.second)


def _opening(half: Half) -> Iterator[str]:
    yield from (_filled(paragraph) for paragraph in half.before)
    yield from (_item(item) for item in half.items)
    yield from (_filled(paragraph) for paragraph in half.after)


def _end(half: Half) -> Iterator[str]:
    yield from (_filled(paragraph) for paragraph in half.last)
    yield "\n".join(_filled(line) for line in half.closing)


def _item(item: Item) -> str:
    return "\n".join(
        (_filled(item.title, first="- ", rest="  "), _filled(f"{item.detail}, {item.number}", "  ", "  "))
    )


def _filled(text: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
