"""PDFs with files attached to them: made by a library as others make them, or written object by object."""

import io
import zlib
from collections.abc import Mapping, Sequence
from typing import Final

import pikepdf

PAGE: Final = "BT /F1 12 Tf 72 700 Td (Bloc valide) Tj ET"
"""What the only page shows; nobody signs it."""
ALTERED: Final = (b"(Bloc valide)", b"(Bloc refuse)")
"""One word of it, and another of the same length."""


def pdf(*files: tuple[str, str, bytes], associated: bool = False, stamp: str = "", **saving: object) -> bytes:
    """Give a PDF of one page.

    Args:
        files: Name, media type and bytes of each attachment.
        associated: Whether they are associated with the document too, as in PDF/A-3.
        stamp: Anything, to tell the file from another.
        saving: How the library saves it.
    """
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = document.make_stream(f"{PAGE} % {stamp}".encode())
    for name, media_type, content in files:
        document.attachments[name] = pikepdf.AttachedFileSpec(
            document, content, filename=name, mime_type=media_type, description="attestation"
        )
    if associated:
        tree = document.Root.Names.EmbeddedFiles
        document.Root.AF = pikepdf.Array(list(tree.Names)[1::2])
    buffer = io.BytesIO()
    options: dict[str, object] = {"compress_streams": False, "static_id": True, **saving}
    document.save(buffer, **options)  # type: ignore[arg-type]  # the library's own options
    return buffer.getvalue()


def of(credential: bytes | str, **options: object) -> bytes:
    """Give a PDF with this credential attached as ours have it."""
    data = credential.encode() if isinstance(credential, str) else credential
    return pdf(("credential.json", "application/vc", data), **options)  # type: ignore[arg-type]  # as above


def reworded(document: bytes) -> bytes:
    """Change one word of what the page shows, and nothing else."""
    if ALTERED[0] not in document:
        raise ValueError(ALTERED[0])
    return document.replace(*ALTERED)


def stream(content: bytes, said: bytes = b"", *, length: int | None = None) -> bytes:
    """Write a stream object."""
    declared = len(content) if length is None else length
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (said, declared, content)


def flate(content: bytes, said: bytes = b"") -> bytes:
    """Write a packed stream object."""
    return stream(zlib.compress(content, 9), b"/Filter/FlateDecode" + said)


def written(
    objects: Mapping[int, bytes], trailer: bytes = b"/Root 1 0 R", *, start: int | None = None
) -> bytes:
    """Write a PDF with a plain table.

    Args:
        objects: The text of each object, by number.
        trailer: What the trailer says beside the size.
        start: The offset of the table, where it is to be a wrong one.
    """
    text, places = bytearray(b"%PDF-1.7\n"), {0: b"0000000000 65535 f \n"}
    for number, content in objects.items():
        places[number] = b"%010d 00000 n \n" % len(text)
        text += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    at, rows = len(text), b"".join(b"%d 1\n%s" % item for item in sorted(places.items()))
    text += b"xref\n" + rows + b"trailer\n<<%s/Size %d>>\n" % (trailer, max(places) + 1)
    return bytes(text) + b"startxref\n%d\n%%%%EOF\n" % (at if start is None else start)


def in_streams(
    objects: Mapping[int, bytes],
    packed: Mapping[int, tuple[int, int]] | None = None,
    *,
    widths: Sequence[int] = (1, 4, 2),
    said: bytes = b"/Root 1 0 R",
    predictor: bool = False,
) -> bytes:
    """Write a PDF whose table is a stream.

    Args:
        objects: The text of each object that lies in the file, by number.
        packed: For objects in an object stream, that stream's number and the place in it.
        widths: Of the table's fields.
        said: What the table says beside its own form.
        predictor: Whether its rows are written as differences.
    """
    text, places = bytearray(b"%PDF-1.7\n"), dict[int, tuple[int, int, int]]()
    for number, content in objects.items():
        places[number] = (1, len(text), 0)
        text += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    places |= {number: (2, *place) for number, place in (packed or {}).items()}
    own = max(places) + 1
    places[own] = (1, len(text), 0)
    rows = [
        b"".join(
            value.to_bytes(width, "big")
            for value, width in zip(places.get(number, (0, 0, 0)), widths, strict=True)
            if width
        )
        for number in range(own + 1)
    ]
    form = b"/Type/XRef/Size %d/W[%d %d %d]" % (own + 1, *widths)
    table = b"".join(rows)
    if predictor:
        form += b"/DecodeParms<</Predictor 12/Columns %d>>" % sum(widths)
        above = [bytes(sum(widths)), *rows]
        pairs = zip(rows, above[:-1], strict=True)
        table = b"".join(
            b"\x02" + bytes((new - old) & 0xFF for new, old in zip(row, before, strict=True))
            for row, before in pairs
        )
    text += b"%d 0 obj\n%s\nendobj\n" % (own, flate(table, form + said))
    return bytes(text) + b"startxref\n%d\n%%%%EOF\n" % places[own][1]


def plain(credential: bytes = b"{}", *, names: bytes = b"[(a) 3 0 R]") -> dict[int, bytes]:
    """Give the objects of a PDF without pages: catalog, file specification, embedded file."""
    return {
        1: b"<</Type/Catalog/Names<</EmbeddedFiles<</Names%s>>>>>>" % names,
        3: b"<</Type/Filespec/F(a.json)/EF<</F 4 0 R>>>>",
        4: stream(credential, b"/Type/EmbeddedFile"),
    }
