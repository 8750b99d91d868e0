"""What a PDF looks like: its pages drawn from the file itself, not from what it was made of."""

import tempfile
from pathlib import Path

from typst import Compiler

_PAGE = '#set page(width: auto, height: auto, margin: 0pt)\n#image("paper.pdf", page: {page})'


def page_picture(content: bytes, page: int = 1, ppi: float = 150.0) -> bytes:
    """Draw one page.

    Args:
        content: The PDF.
        page: Which, from 1.
        ppi: Pixels per inch.

    Returns:
        A PNG.
    """
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "paper.pdf").write_bytes(content)
        source = Path(folder, "page.typ")
        source.write_text(_PAGE.format(page=page), "utf-8")
        drawn = Compiler(root=folder).compile(source, format="png", ppi=ppi)
    assert isinstance(drawn, bytes)
    return drawn
