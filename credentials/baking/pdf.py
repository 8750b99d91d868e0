"""A credential attached to a PDF: an embedded file, of the document or of one of its pages.

What is printed on the pages is not read: nobody signed it. Whether the pages are those that the issuer made
is for whoever keeps the digests of its files to say.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from credentials.baking.errors import BakingCode, BakingError
from credentials.baking.pdf_objects import PdfFile, Stream, open_pdf
from credentials.baking.pdf_values import Reference, Value, malformed, too_costly

SIGNATURE: Final = b"%PDF-"
HEADER_WITHIN: Final = 8 * 1024
"""Bytes of any file in which a header makes it a PDF; readers look through the first 1024, some further."""
MAXIMUM_PDF_BYTES: Final = 16 * 1024 * 1024
MAXIMUM_CANDIDATES: Final = 16

MEDIA_TYPES: Final = frozenset(
    {
        "application/vc",
        "application/vc+ld+json",
        "application/vc+jwt",
        "application/vc-ld+jwt",
        "application/vc+sd-jwt",
        "application/dc+sd-jwt",
        "application/vp",
        "application/ld+json",
        "application/json",
        "application/jwt",
    }
)
"""Under which a credential is attached; PDF writes them as names."""
ENDINGS: Final = (".json", ".jsonld", ".jwt", ".jws")
"""How a file's name ends where its type says nothing: few tools write one."""

_UTF16: Final = b"\xfe\xff"
_HEADER: Final = re.compile(rb"%PDF-|%!PS-Adobe-[^\s]{1,16} PDF-")


def opens_as_pdf(data: bytes) -> bool:
    """Say whether programs that show PDFs take a file for one, whatever else it is.

    Args:
        data: Any bytes.

    Spec: ISO 32000-1, annex H, notes 13 and 14 (headers that do not stand at the beginning).
    """
    return _HEADER.search(data, 0, HEADER_WITHIN) is not None


def read_attached(pdf: bytes) -> bytes | None:
    """Take the credential out of a PDF.

    Args:
        pdf: Any bytes that begin with ``%PDF-``.

    Returns:
        The attached file as it is, or None where none seems to be a credential. The same bytes attached
        twice (by name, and as associated file) are one.

    Raises:
        BakingError: The bytes are not a whole PDF, ask for too much, are encrypted, or hold several
            files that each seem to be a credential: which one is meant is nobody's to guess.

    Spec: ISO 32000-2, sections 7.11.4 (Embedded file streams) and 14.13 (Associated files).
    """
    if len(pdf) > MAXIMUM_PDF_BYTES:
        raise too_costly("the file is larger than the limit")
    file = open_pdf(pdf)
    held = {
        number: stream
        for specification in _specifications(file)
        for number, stream in _embedded(file, specification)
        if _seems_credential(file, specification, stream)
    }
    if len(held) > MAXIMUM_CANDIDATES:
        raise too_costly("more attachments than the limit")
    contents = {file.decoded(stream) for stream in held.values()}
    if len(contents) > 1:
        raise BakingError(BakingCode.SEVERAL_IN_PDF, "more than one attachment seems to be a credential")
    return next(iter(contents), None)


def _specifications(file: PdfFile) -> Iterator[Mapping[str, Value]]:
    """Give each file specification of the document and of its pages."""
    catalog = file.catalog
    named = file.dictionary(catalog.get("Names")).get("EmbeddedFiles")
    listed = [catalog.get("AF")]
    for node in _nodes(file, named):
        # A leaf of the tree is a list in which names and what they name take turns.
        yield from map(file.dictionary, file.array(node.get("Names"))[1::2])
    listed.extend(page.get("AF") for page in _nodes(file, catalog.get("Pages")))
    for associated in listed:
        yield from map(file.dictionary, file.array(associated))


def _nodes(file: PdfFile, root: Value) -> Iterator[Mapping[str, Value]]:
    """Give the nodes of a tree, each once."""
    waiting, seen = [root], set[Reference]()
    while waiting:
        value = waiting.pop()
        if isinstance(value, Reference):
            if value in seen:
                raise malformed("a tree has a node twice")
            seen.add(value)
        node = file.dictionary(value)
        yield node
        waiting.extend(file.array(node.get("Kids")))


def _embedded(file: PdfFile, specification: Mapping[str, Value]) -> Iterator[tuple[int, Stream]]:
    """Give the streams of a file specification, by object number: it may have one a platform."""
    for value in file.dictionary(specification.get("EF")).values():
        stream = file.resolve(value)
        if isinstance(value, Reference) and isinstance(stream, Stream):
            yield value.number, stream


def _seems_credential(file: PdfFile, specification: Mapping[str, Value], stream: Stream) -> bool:
    media_type = file.resolve(stream.dictionary.get("Subtype"))
    if isinstance(media_type, str) and media_type.partition(";")[0].strip().lower() in MEDIA_TYPES:
        return True
    names = (file.resolve(specification.get(entry)) for entry in ("UF", "F"))
    return any(_text(name).lower().endswith(ENDINGS) for name in names if isinstance(name, bytes))


def _text(name: bytes) -> str:
    return name[2:].decode("utf-16-be", "replace") if name.startswith(_UTF16) else name.decode("latin-1")
