"""A document that PDF readers open too is never good: they would show pages that nobody signed."""

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from credentials.baking import png, svg
from credentials.baking.pdf import HEADER_WITHIN
from credentials.document import Document, ReadProblem, Source, read
from credentials.json_input import to_bytes
from credentials.report import CheckId, Outcome, Verdict
from tests.support.credentials import make_block_credential
from tests.support.documents import make_presentation
from tests.support.pdfs import of
from tests.support.tokens import token, vc_header
from tests.support.verification import block, check


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "PNG")
    return buffer.getvalue()


IHDR_END = 33
"""Offset of what follows the first chunk of a PNG picture."""
TEXT = block().decode()
PNG, SVG = png.bake(picture(), TEXT), svg.bake(b"<svg><g/></svg>", TEXT)
HEADERS = [b"%PDF-1.4\n", b"%PDF-", b"%!PS-Adobe-3.0 PDF-1.4\n"]
REFUSED = ReadProblem("parse.pdf_unreadable", Source.PDF)


def in_png(content: bytes, kind: bytes = b"prVt") -> bytes:
    """Put bytes into a chunk that pictures' readers pass over."""
    chunk = struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return PNG[:IHDR_END] + chunk + PNG[IHDR_END:]


def in_svg(content: bytes) -> bytes:
    return b"<!--" + content + b" -->" + SVG


def in_json(content: bytes) -> bytes:
    """Put bytes into a member of a wrapping that nobody signs."""
    wrapped = to_bytes(make_presentation())
    return b'{"name":"' + content.replace(b"\n", b" ") + b'",' + wrapped[1:]


WRAPPINGS: dict[str, Callable[[bytes], bytes]] = {
    "png": in_png,
    "png text": lambda content: in_png(b"Comment\0" + content, b"tEXt"),
    "svg": in_svg,
    "json": in_json,
    "before a png": lambda content: b"x" + content + PNG,
    "before json": lambda content: b" x" + content + block(),
    "before a token": lambda content: b" x" + content + token(vc_header(), make_block_credential()).encode(),
    "before a pdf": lambda content: b"x" + content + of(block()),
}


@pytest.mark.parametrize("wrap", WRAPPINGS.values(), ids=WRAPPINGS)
@pytest.mark.parametrize("header", HEADERS)
def test_what_opens_as_a_pdf_without_being_one_is_read_by_nobody(
    wrap: Callable[[bytes], bytes], header: bytes
) -> None:
    data = wrap(header)
    assert header.rstrip() in data[:1024]
    assert read(data) == REFUSED
    found = check(data).check(CheckId.PARSE)
    assert (found.outcome, check(data).verdict) == (Outcome.UNKNOWN, Verdict.INCOMPLETE)


@pytest.mark.parametrize("document", [PNG, SVG, block()], ids=["png", "svg", "json"])
def test_the_same_without_a_header_is_read(document: bytes) -> None:
    assert isinstance(read(document), Document)
    assert check(document).verdict is Verdict.VALID
    assert check(in_png(b"PDF")).verdict is check(in_svg(b"PDF-1.7 %")).verdict is Verdict.VALID


def test_no_reader_looks_for_a_header_so_late() -> None:
    assert read(in_svg(b" " * (HEADER_WITHIN - 9) + b"%PDF-")) == REFUSED
    assert isinstance(read(in_svg(b" " * HEADER_WITHIN + b"%PDF-")), Document)


@settings(deadline=None)
@given(
    st.sampled_from(sorted(WRAPPINGS)),
    st.binary(max_size=900).filter(lambda found: b"-" not in found),
    st.sampled_from(HEADERS),
    st.binary(max_size=200),
)
def test_no_wrapping_of_a_document_of_ours_with_the_header_of_a_pdf_is_ever_valid(
    name: str, lead: bytes, header: bytes, rest: bytes
) -> None:
    data = WRAPPINGS[name](lead + header + rest)
    assert header.rstrip() in data[:1024]
    assert check(data).verdict is not Verdict.VALID
