"""PDFs with a credential attached, odd ones, and such as are made to cost."""

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from PIL import Image

from credentials import Materials
from credentials.baking import png, svg
from credentials.json_input import MAX_BYTES
from tests.hostile.makers.sealing import V2, Hostile, Made, block, genuine, put, written
from tests.support.credentials import TEST_ISSUER
from tests.support.pdfs import flate, in_streams, plain, stream
from tests.support.pdfs import written as pdf_of
from tests.support.tokens import token, vc_header
from tests.support.verification import materials

_MIB = 1 << 20
_FIRST_CHUNK = 33
"""Offset of what follows the first chunk of a picture."""


def _json() -> bytes:
    return written(genuine())


def _ours() -> bytes:
    page = b"BT /F1 12 Tf 72 700 Td (Bloc valide) Tj ET"
    pages = {
        1: b"<</Type/Catalog/Pages 5 0 R/AF[3 0 R]/Names<</EmbeddedFiles<</Names[(a) 3 0 R]>>>>>>",
        5: b"<</Type/Pages/Kids[6 0 R]/Count 1>>",
        6: b"<</Type/Page/Parent 5 0 R/MediaBox[0 0 595 842]/Contents 7 0 R>>",
        7: stream(page),
    }
    return pdf_of(plain(_json()) | pages)


def _register() -> Materials:
    """Give the register of an institution that made one PDF."""
    made = frozenset({sha256(_ours()).hexdigest()})
    return replace(materials(), own_issuer=TEST_ISSUER, papers=made)


def _known(change: Callable[[bytes], bytes] = lambda data: data) -> Callable[[], Hostile]:
    return lambda: Hostile(change(_ours()), _register)


def _altered_inside() -> Hostile:
    document = genuine()
    put(["name"], "Doctorat")(document)
    return Hostile(pdf_of(plain(written(document))), _register)


def _small(make: Callable[[], bytes]) -> Callable[[], Hostile]:
    return lambda: Hostile(make())


def _dear(make: Callable[[], bytes]) -> Callable[[], Hostile]:
    return lambda: Hostile(make()[:MAX_BYTES], kept=False)


def _bomb(mebibytes: int, start: bytes = b"", fill: bytes = b" ") -> bytes:
    """Pack far more than there is."""
    packing = zlib.compressobj(9)
    packed = [
        packing.compress(start),
        *(packing.compress(fill * _MIB) for _ in range(mebibytes)),
        packing.flush(),
    ]
    return b"".join(packed)


def _packed(text: bytes, said: bytes) -> bytes:
    return stream(text, b"/Filter/FlateDecode" + said)


def _object_stream(text: bytes, first: int, count: int = 1) -> bytes:
    return _packed(text, b"/Type/ObjStm/N %d/First %d" % (count, first))


def _streams_of_dense_values() -> bytes:
    """Hide each node of a tree in an object stream of its own, beside as many empty lists as it holds."""
    numbers = range(100, 400)
    text = {number: b"%d 0 [%s]" % (number, b"[]" * 100_000) for number in numbers}
    streams = {number + 1000: _object_stream(zlib.compress(text[number], 9), 6) for number in numbers}
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    return in_streams(
        {1: b"<</Pages<</Kids[%s]>>>>" % kids, **streams}, {number: (number + 1000, 0) for number in numbers}
    )


def _chain_of_tables(count: int) -> bytes:
    text = bytearray(b"%PDF-1.7\n")
    before = 0
    for _ in range(count):
        at = len(text)
        text += b"xref\ntrailer<</Root 1 0 R/Prev %d>>\n" % before
        before = at
    return bytes(text) + b"startxref\n%d\n%%%%EOF" % before


def _same_place(count: int) -> bytes:
    """Let each object begin in the comment of the one before."""
    numbers = range(1, count)
    begun = b"".join(b"%d 0 obj %%" % number for number in numbers)
    head = b"%PDF-1.7\n"
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    text = head + begun + b"x" * 700_000 + b"\n<</Pages<</Kids[%s]>>>>\n" % kids
    at, rows = len(head), b""
    for number in numbers:
        rows += b"%d 1\n%010d 00000 n \n" % (number, at)
        at += len(b"%d 0 obj %%" % number)
    return text + b"xref\n" + rows + b"trailer\n<</Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(text)


def _attachments(count: int) -> bytes:
    names = b"".join(b"(%d)3 0 R" % number for number in range(count))
    return pdf_of(plain() | {1: b"<</Names<</EmbeddedFiles<</Names[%s]>>>>>>" % names})


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _other_pages() -> bytes:
    """Give a PDF of one blank page, without any attachment: what a viewer would show."""
    return pdf_of(
        {
            1: b"<</Type/Catalog/Pages 5 0 R>>",
            5: b"<</Type/Pages/Kids[6 0 R]/Count 1>>",
            6: b"<</Type/Page/Parent 5 0 R/MediaBox[0 0 595 842]>>",
        }
    )


def _hybrid_picture(kind: bytes, head: bytes = b"") -> bytes:
    """Put a PDF into a chunk of a genuine picture that its readers pass over."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "PNG")
    baked = png.bake(buffer.getvalue(), _json().decode())
    return baked[:_FIRST_CHUNK] + _chunk(kind, head + _other_pages()) + baked[_FIRST_CHUNK:]


def _hybrid_drawing() -> bytes:
    return b"<!--" + _other_pages() + b"-->" + svg.bake(b"<svg><g/></svg>", _json().decode())


def _hybrid_presentation() -> bytes:
    pages = _other_pages().decode("latin-1").replace("\n", " ")
    return written(
        {
            "@context": [V2],
            "type": ["VerifiablePresentation"],
            "name": pages,
            "verifiableCredential": [genuine()],
        }
    )


def _rows(columns: int) -> bytes:
    """Write rows of differences of which each column must be added up."""
    size = 4 * _MIB // (columns + 1) * (columns + 1)
    rows = zlib.compress((b"\x02" + b"\x01" * columns) * (size // (columns + 1)), 9)
    form = b"/DecodeParms<</Predictor 12/Columns %d>>" % columns
    return pdf_of(plain() | {4: _packed(rows, form)})


MADE: Made = {
    "ours": _known(),
    "ours-one-word": _known(lambda data: data.replace(b"(Bloc valide)", b"(Bloc refuse)")),
    "ours-with-a-line-more": _known(lambda data: data + b"\n"),
    "ours-after-white-space": _known(lambda data: b" " + data),
    "ours-cut": _known(lambda data: data[:-30]),
    "ours-altered-inside": _altered_inside,
    "unknown-register": _small(_ours),
    "after-something-else": _small(lambda: b"x\n" + _ours()),
    "in-a-picture": _small(lambda: _hybrid_picture(b"prVt")),
    "in-a-picture-s-comment": _small(lambda: _hybrid_picture(b"tEXt", b"Comment\0")),
    "in-a-drawing": _small(_hybrid_drawing),
    "in-a-presentation": lambda: Hostile(_hybrid_presentation(), presentation=True),
    "token": _small(lambda: pdf_of(plain(token(vc_header(), block()).encode()))),
    "open-badges-2": _small(lambda: pdf_of(plain(b'{"@context":"https://w3id.org/openbadges/v2"}'))),
    "none": _small(lambda: pdf_of({1: b"<</Type/Catalog>>"})),
    "several": _small(
        lambda: pdf_of(plain(_json()) | {3: b"<</F(a.json)/EF<</F 4 0 R/UF 5 0 R>>>>", 5: stream(b"{}")})
    ),
    "another-pdf-inside": _small(lambda: pdf_of(plain(b"%PDF-1.7\n"))),
    "encrypted": _small(lambda: pdf_of(plain(_json()), b"/Root 1 0 R/Encrypt<</Filter/Standard>>")),
    "wrong-table": _small(lambda: pdf_of(plain(_json()), start=20)),
    "table-in-a-circle": _small(lambda: pdf_of(plain(_json()), b"/Root 1 0 R/Prev 9")),
    "tree-in-a-circle": _small(lambda: pdf_of(plain() | {1: b"<</Pages 2 0 R>>", 2: b"<</Kids[2 0 R]>>"})),
    "length-in-a-circle": _small(lambda: pdf_of(plain() | {4: b"<</Length 4 0 R>>\nstream\n\nendstream"})),
    "huge-numbers": _small(lambda: pdf_of(plain(_json()), b"/Root 999999999 0 R/Prev 999999999999999999")),
    "long-number": _small(lambda: pdf_of(plain(), b"/Root 1 0 R/X " + b"9" * 5000)),
    "deep": _dear(lambda: pdf_of(plain() | {1: b"[" * 900_000})),
    "deep-dictionaries": _dear(lambda: pdf_of(plain() | {1: b"<</A" * 200_000})),
    "flate-bomb": _dear(lambda: pdf_of(plain() | {4: _packed(_bomb(900), b"")})),
    "flate-twice": _dear(
        lambda: pdf_of(plain() | {4: stream(zlib.compress(_bomb(900)), b"/Filter[/FlateDecode/FlateDecode]")})
    ),
    "object-stream-bomb": _dear(
        lambda: in_streams({5: _object_stream(_bomb(900, b"1 0 <<>>"), 4)}, {1: (5, 0)})
    ),
    "object-stream-of-comments": _dear(
        lambda: in_streams({5: _object_stream(_bomb(3, b"1 0 ", b"%\n"), 4)}, {1: (5, 0)})
    ),
    "object-streams-of-dense-values": _dear(_streams_of_dense_values),
    "table-bomb": _dear(
        lambda: (
            b"%PDF-1.7\n1 0 obj\n"
            + _packed(_bomb(900, fill=b"\0"), b"/Type/XRef/W[0 1 0]/Size 900000000/Root 1 0 R")
            + b"\nendobj\nstartxref\n9\n%%EOF"
        )
    ),
    "table-of-four-million": _dear(
        lambda: (
            b"%PDF-1.7\n1 0 obj\n"
            + _packed(_bomb(3, fill=b"\1"), b"/Type/XRef/W[0 1 0]/Size 3000000/Root 1 0 R")
            + b"\nendobj\nstartxref\n9\n%%EOF"
        )
    ),
    "many-tables": _dear(lambda: _chain_of_tables(22_000)),
    "many-ranges": _dear(lambda: pdf_of(dict.fromkeys(range(1, 12_000), b"[]"))),
    "many-attachments": _dear(lambda: _attachments(70_000)),
    "many-attachments-of-one-name": _dear(
        lambda: pdf_of(
            plain(names=b"[" + b"(a)3 0 R" * 60 + b"]")
            | {3: b"<</F(a.json)/EF<<%s>>>>" % b"".join(b"/A%d 4 0 R" % number for number in range(50_000))}
        )
    ),
    "many-pages": _dear(
        lambda: pdf_of({1: b"<</Pages<</Kids[%s]>>>>" % b" ".join(b"%d 0 R" % n for n in range(9, 70_000))})
    ),
    "objects-that-are-nowhere": _dear(
        lambda: pdf_of(
            {1: b"<</Pages<</Kids[%s]>>>>" % b" ".join(b"%d 0 R" % number for number in range(2000, 6990))}
            | dict.fromkeys(range(2, 990), b"[]")
        )
    ),
    "one-place-for-all": _dear(lambda: _same_place(900)),
    "string-of-brackets": _dear(lambda: pdf_of(plain() | {1: b"(" + b"()" * 450_000 + b")"})),
    "string-of-escapes": _dear(lambda: pdf_of(plain() | {1: b"(" + b"\\n" * 450_000 + b")"})),
    "string-without-end": _dear(lambda: pdf_of(plain() | {1: b"(" * 900_000})),
    "white-space": _dear(lambda: pdf_of(plain() | {1: b"<</A 1" + b" " * 900_000 + b"2>>"})),
    "names": _dear(lambda: pdf_of(plain() | {1: b"<<" + b"/#41" * 200_000 + b">>"})),
    "columns-narrow": _dear(lambda: _rows(1)),
    "columns-wide": _dear(lambda: _rows(24)),
    "columns-of-one-row": _dear(
        lambda: (
            b"%PDF-1.7\n1 0 obj\n"
            + flate(
                b"\2" + bytes(4_190_000),
                b"/Type/XRef/Size 4/W[1 2 1]/DecodeParms<</Predictor 12/Columns 4190000>>",
            )
            + b"\nendobj\nstartxref\n9\n%%EOF"
        )
    ),
    "columns-huge": _dear(
        lambda: pdf_of(plain() | {4: flate(b"\2x", b"/DecodeParms<</Predictor 12/Columns 999999999999>>")})
    ),
    "predictor-huge": _dear(
        lambda: pdf_of(plain() | {4: flate(b"\2x", b"/DecodeParms<</Predictor 99999999/Columns 999999999>>")})
    ),
    "attachment-of-a-mebibyte": _dear(lambda: pdf_of(plain(b'{"a":"' + b"x" * 900_000 + b'"}'))),
    "no-table-and-all-objects": _dear(
        lambda: b"%PDF-1.7\n" + b"1 0 obj[]endobj\n" * 60_000 + b"startxref\n9\n%%EOF"
    ),
}
