"""From bytes to text: the encoding is found out, said, and never guessed beyond the two that are expected."""

import codecs
from dataclasses import dataclass

from issuer.adapters.csv_import.limits import MAX_FILE_BYTES
from issuer.adapters.csv_import.wording import file_error

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
# How workbooks, PDFs, pictures and archives begin: the files that people hand in instead of a CSV.
_SIGNATURES = (
    b"PK\x03\x04",
    b"%PDF",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"{\\rtf",
)
_SAMPLE_BYTES = 4096
_WIDE_SHARE = 0.2
_BINARY_SHARE = 0.05
_TEXT_CONTROLS = frozenset(b"\t\n\r")
_FIRST_PRINTABLE = 0x20


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text and how it was written.

    Attributes:
        text: Without the byte order mark.
        encoding: ``UTF-8`` or ``Windows-1252``.
        bom: Whether there was a byte order mark.
    """

    text: str
    encoding: str
    bom: bool


def decode(data: bytes, name: str) -> Decoded:
    """Decode a file as UTF-8, else as Windows-1252.

    Text that is valid UTF-8 is UTF-8: accented Windows-1252 text practically never is.

    Args:
        data: The file's bytes.
        name: The file's name, for the error's place.

    Returns:
        The text.

    Raises:
        ImportFileError: Empty, too large, UTF-16, binary, or in neither encoding.

    Spec: samples/README.md (forms of the files); field.md, section 3, item 48.
    """
    if len(data) > MAX_FILE_BYTES:
        raise file_error("import.too_large", name, limit=f"{MAX_FILE_BYTES // 1_000_000}")
    bom = data.startswith(codecs.BOM_UTF8)
    body = data.removeprefix(codecs.BOM_UTF8)
    if not body.strip():
        raise file_error("import.empty", name)
    _refuse_other_formats(body, name)
    try:
        return Decoded(body.decode("utf-8"), "UTF-8", bom)
    except UnicodeDecodeError as error:
        if bom:
            raise _undecodable(body, error.start, name) from None
    try:
        return Decoded(body.decode("cp1252"), "Windows-1252", bom=False)
    except UnicodeDecodeError as error:
        raise _undecodable(body, error.start, name) from None


def _undecodable(body: bytes, offset: int, name: str) -> Exception:
    row = body.count(b"\n", 0, offset) + 1
    return file_error("import.undecodable", f"{name}:{row}", byte=f"0x{body[offset]:02X}", row=f"{row}")


def _refuse_other_formats(body: bytes, name: str) -> None:
    sample = body[:_SAMPLE_BYTES]
    if body.startswith(_WIDE_MARKS) or sample.count(0) > len(sample) * _WIDE_SHARE:
        raise file_error("import.utf16", name)
    controls = sum(byte < _FIRST_PRINTABLE and byte not in _TEXT_CONTROLS for byte in sample)
    if body.startswith(_SIGNATURES) or controls > max(1, len(sample) * _BINARY_SHARE):
        raise file_error("import.binary", name)
