"""A credential inside a PNG: one uncompressed ``iTXt`` chunk named ``openbadgecredential``."""

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from credentials.baking.contents import COMPRESSED, Baked, legacy_badge
from credentials.baking.errors import BakingCode, BakingError

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
KEYWORD: Final = b"openbadgecredential"
LEGACY_KEYWORD: Final = b"openbadges"
"""Open Badges 2.0 and older."""

MAXIMUM_PNG_BYTES: Final = 16 * 1024 * 1024
MAXIMUM_CHUNKS: Final = 20_000
MAXIMUM_TEXT_BYTES: Final = 1024 * 1024
"""A credential is a few kilobytes; a compressed chunk may claim far more than it weighs."""

_KEYWORDS: Final = frozenset({KEYWORD, LEGACY_KEYWORD})


@dataclass(frozen=True, slots=True)
class _Chunk:
    kind: bytes
    data: bytes
    start: int


def bake(png: bytes, text: str) -> bytes:
    """Put a credential into a PNG, just before its end.

    Args:
        png: A PNG that holds no credential.
        text: The credential: JSON, or a compact JWS.

    Returns:
        The PNG with one more chunk; every other byte is as it was.

    Raises:
        BakingError: The picture is malformed, or holds a credential already.

    Spec: Open Badges 3.0, section 5.3.1 (PNG).
    """
    end = 0
    for chunk in _chunks(png):
        if _keyword(chunk) in _KEYWORDS:
            raise BakingError(BakingCode.ALREADY_BAKED, "the picture already holds a credential")
        end = chunk.start
    if "\x00" in text:
        raise BakingError(BakingCode.NOT_TEXT, "a NUL cannot stand in an iTXt text")
    try:
        encoded = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BakingError(BakingCode.NOT_TEXT, "the text has no UTF-8 form") from error
    # Keyword, NUL, compression flag, method, empty language tag, empty translated keyword.
    body = b"iTXt" + KEYWORD + b"\x00\x00\x00\x00\x00" + encoded
    packed = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return png[:end] + packed + png[end:]


def unbake(png: bytes) -> str | None:
    """Take the credential out of a PNG.

    Args:
        png: Any bytes.

    Returns:
        The text as baked, or None if the picture holds no credential.

    Raises:
        BakingError: As :func:`read_baked` says.

    Spec: Open Badges 3.0, section 5.3.1 (PNG).
    """
    baked = read_baked(png)
    return baked.text if baked is not None else None


def read_baked(png: bytes) -> Baked | None:
    """Take the credential out of a PNG, with the leniencies of the reading.

    Args:
        png: Any bytes.

    Returns:
        What is baked, or None if the picture holds no credential.

    Raises:
        BakingError: The bytes are not a whole PNG, hold two credentials, a badge older than Open Badges 3.0,
            or a text larger than the limit.

    Spec: Open Badges 3.0, section 5.3.1 (PNG); Open Badges Baking Specification 2.0, section PNGs.
    """
    found = [(chunk, keyword) for chunk in _chunks(png) if (keyword := _keyword(chunk)) in _KEYWORDS]
    if not found:
        return None
    if len(found) > 1:
        # A second text in any kind of chunk could be what another reader takes for the credential.
        raise BakingError(BakingCode.SEVERAL_CREDENTIALS, "more than one chunk holds a badge")
    chunk, keyword = found[0]
    data = chunk.data[len(keyword) + 1 :]
    if keyword == LEGACY_KEYWORD:
        raise legacy_badge(_READERS[chunk.kind](data).text)
    if chunk.kind != b"iTXt":
        raise BakingError(BakingCode.MALFORMED_PNG, "the credential is not in an iTXt chunk")
    return _international(data)


def _chunks(png: bytes) -> Iterator[_Chunk]:
    if not png.startswith(SIGNATURE):
        raise BakingError(BakingCode.MALFORMED_PNG, "no PNG signature")
    if len(png) > MAXIMUM_PNG_BYTES:
        raise BakingError(BakingCode.TOO_LARGE, f"more than {MAXIMUM_PNG_BYTES} bytes")
    at = len(SIGNATURE)
    for number in range(MAXIMUM_CHUNKS):
        chunk = _chunk_at(png, at)
        if (number == 0) != (chunk.kind == b"IHDR"):
            raise BakingError(BakingCode.MALFORMED_PNG, "IHDR is not the first chunk, once")
        yield chunk
        at += 12 + len(chunk.data)
        if chunk.kind == b"IEND":
            if at != len(png):
                raise BakingError(BakingCode.MALFORMED_PNG, "bytes after IEND")
            return
    raise BakingError(BakingCode.TOO_LARGE, f"more than {MAXIMUM_CHUNKS} chunks")


def _chunk_at(png: bytes, at: int) -> _Chunk:
    if at + 12 > len(png):
        raise BakingError(BakingCode.MALFORMED_PNG, "the file ends within a chunk")
    (length,) = struct.unpack_from(">I", png, at)
    end = at + 8 + length
    if end + 4 > len(png):
        raise BakingError(BakingCode.MALFORMED_PNG, "a chunk is longer than the file")
    (crc,) = struct.unpack_from(">I", png, end)
    if crc != zlib.crc32(png[at + 4 : end]):
        raise BakingError(BakingCode.MALFORMED_PNG, "a chunk's CRC does not match")
    return _Chunk(png[at + 4 : at + 8], png[at + 8 : end], at)


def _keyword(chunk: _Chunk) -> bytes:
    return chunk.data[:80].partition(b"\x00")[0] if chunk.kind in _READERS else b""


def _international(data: bytes) -> Baked:
    flag, method = data[:1], data[1:2]
    parts = data[2:].split(b"\x00", 2)
    if len(parts) != 3 or flag not in {b"\x00", b"\x01"} or method != b"\x00":  # noqa: PLR2004 - two tags and the text
        raise BakingError(BakingCode.MALFORMED_PNG, "the iTXt chunk is malformed")
    if flag == b"\x01":
        return Baked(_decoded(_inflated(parts[2])), (COMPRESSED,))
    return Baked(_decoded(parts[2]))


def _latin(data: bytes) -> Baked:
    return Baked(_decoded(data, "latin-1"))


def _compressed_latin(data: bytes) -> Baked:
    if data[:1] != b"\x00":
        raise BakingError(BakingCode.MALFORMED_PNG, "the zTXt chunk is malformed")
    return _latin(_inflated(data[1:]))


_READERS: Final[Mapping[bytes, Callable[[bytes], Baked]]] = {
    b"iTXt": _international,
    b"tEXt": _latin,
    b"zTXt": _compressed_latin,
}


def _decoded(text: bytes, encoding: str = "utf-8") -> str:
    if len(text) > MAXIMUM_TEXT_BYTES:
        raise BakingError(BakingCode.TOO_LARGE, f"a text of more than {MAXIMUM_TEXT_BYTES} bytes")
    try:
        return text.decode(encoding)
    except UnicodeDecodeError as error:
        raise BakingError(BakingCode.MALFORMED_PNG, "the text is not UTF-8") from error


def _inflated(data: bytes) -> bytes:
    inflate = zlib.decompressobj()
    try:
        text = inflate.decompress(data, MAXIMUM_TEXT_BYTES + 1)
    except zlib.error as error:
        raise BakingError(BakingCode.MALFORMED_PNG, "the compressed text is malformed") from error
    if len(text) <= MAXIMUM_TEXT_BYTES and not inflate.eof:
        raise BakingError(BakingCode.MALFORMED_PNG, "the compressed text is cut short")
    return text
