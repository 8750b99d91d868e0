"""A parchment of which somebody changed one word that is seen, and nothing that is attached."""

import io
from collections.abc import Iterator, Mapping

import pikepdf

from tests.support.pdf_text import font_tables

WORD, OTHER = "Hélène", "Héléna"
"""A word of the first page, and what is written over it: in signs that its own font has."""


def retouched(content: bytes, word: str = WORD, other: str = OTHER) -> bytes:
    """Write another word of the same length over a word of the first page.

    Args:
        content: A parchment of ours.
        word: The word; in one piece of text.
        other: What is to be read instead.
    """
    if len(word) != len(other):
        raise ValueError(other)
    with pikepdf.open(io.BytesIO(content)) as document:
        page = document.pages[0]
        steps = list(pikepdf.parse_content_stream(page))
        if not _write_over(steps, font_tables(page), word, other):
            raise ValueError(word)
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(steps))
        buffer = io.BytesIO()
        document.save(buffer)
    return buffer.getvalue()


def _write_over(
    steps: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage],
    fonts: Mapping[str, Mapping[int, str]],
    word: str,
    other: str,
) -> bool:
    table: Mapping[int, str] = {}
    for at, step in enumerate(steps):
        name = str(step.operator)
        if name == "Tf":
            table = fonts[str(step.operands[0])]
        if name not in {"Tj", "TJ"}:
            continue
        parts = list(step.operands[0].as_list()) if name == "TJ" else [step.operands[0]]
        codes = list(_codes(parts))
        text = "".join(table.get(code, "\ufffd") for code in codes)
        place = text.find(word)
        if place < 0 or len(text) != len(codes):
            continue
        known = {sign: code for code, sign in table.items()}
        codes[place : place + len(word)] = [known[sign] for sign in other]
        written = pikepdf.Array(_packed(parts, codes)) if name == "TJ" else next(iter(_packed(parts, codes)))
        steps[at] = pikepdf.ContentStreamInstruction([written], step.operator)
        return True
    return False


def _codes(parts: list[pikepdf.Object]) -> Iterator[int]:
    for part in parts:
        if isinstance(part, pikepdf.String):
            raw = bytes(part)
            yield from (int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2))


def _packed(parts: list[pikepdf.Object], codes: list[int]) -> Iterator[pikepdf.Object]:
    """Give the same pieces with other codes in them; the spaces between stay."""
    rest = iter(codes)
    for part in parts:
        if isinstance(part, pikepdf.String):
            yield pikepdf.String(b"".join(next(rest).to_bytes(2) for _ in range(len(bytes(part)) // 2)))
        else:
            yield part
