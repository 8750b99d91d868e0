"""What a PDF of ours says: the words of a page in the order of its content, through the fonts' own tables."""

import re
from collections.abc import Iterator, Mapping

import pikepdf

_RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_CHAR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_SHOWS = {"Tj", "TJ"}


def page_text(page: pikepdf.Page) -> str:
    """Give the words of a page; ornaments and everything else that is an artifact are left out."""
    return re.sub(r"\s+", " ", "".join(_shown(page, font_tables(page)))).strip()


def font_tables(page: pikepdf.Page) -> Mapping[str, Mapping[int, str]]:
    """Give what the codes of each of a page's fonts stand for."""
    return {name: _table(font) for name, font in page.Resources.get("/Font", {}).items()}


def _shown(page: pikepdf.Page, fonts: Mapping[str, Mapping[int, str]]) -> Iterator[str]:
    table: Mapping[int, str] = {}
    marks: list[str] = []
    for step in pikepdf.parse_content_stream(page):
        operands, name = step.operands, str(step.operator)
        if name in {"BDC", "BMC"}:
            marks.append(str(operands[0]))
        elif name == "EMC":
            marks.pop()
        elif name == "Tf":
            table = fonts[str(operands[0])]
        elif name == "ET":
            yield " "
        elif name in _SHOWS and "/Artifact" not in marks:
            parts = operands[0] if name == "TJ" else [operands[0]]
            for part in parts:
                if isinstance(part, pikepdf.String):
                    raw = bytes(part)
                    for at in range(0, len(raw), 2):
                        yield table.get(int.from_bytes(raw[at : at + 2]), "\ufffd")


def _table(font: pikepdf.Object) -> Mapping[int, str]:
    data = font.ToUnicode.read_bytes()
    found: dict[int, str] = {}
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.DOTALL):
        for code, text in _CHAR.findall(part):
            found[int(code, 16)] = _decoded(text)
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.DOTALL):
        for first, last, text in _RANGE.findall(part):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(ord(_decoded(text)) + step)
    return found


def _decoded(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be")
