"""openbadgeslib and we take the same bytes out of each other's pictures."""

import io

import pytest
from PIL import Image

from credentials.baking import png, svg
from tests.support.verification import block

baking = pytest.importorskip("openbadgeslib.baking")
TEXT = block().decode()
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'


def _picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "PNG")
    return buffer.getvalue()


def test_openbadgeslib_reads_what_we_bake() -> None:
    assert baking.extract_png(png.bake(_picture(), TEXT), keyword=baking.ITXT_KEYWORD_OB3) == TEXT
    found = baking.extract_svg(svg.bake(DRAWING, TEXT), element=baking.SVG_ELEMENT_OB3, text_fallback=True)
    assert found == TEXT


def test_we_read_what_openbadgeslib_bakes() -> None:
    token = "eyJhbGciOiJFZERTQSJ9.e30.c2ln"
    drawing = baking.bake_svg(DRAWING, token, element=baking.SVG_ELEMENT_OB3, namespace=baking.SVG_NS_OB3)
    assert svg.unbake(drawing if isinstance(drawing, bytes) else drawing.encode()) == token
    assert png.unbake(baking.bake_png(_picture(), token, keyword=baking.ITXT_KEYWORD_OB3)) == token
