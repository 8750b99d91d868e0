"""Bitstring Status List 1.0: the bits, their compressed text, and the unsigned list credential.

Index 0 is the most significant bit of byte 0. The text is made the same way every time, so that
an unchanged list is an unchanged file.
"""

import re
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from credentials.errors import ASK_ISSUER, CredentialError, KeyFormatError
from credentials.instant import format_instant
from credentials.json_input import JsonObject
from credentials.multibase import decode_base64url, encode_base64url
from credentials.report import Sentence

MINIMUM_LENGTH: Final = 131_072
"""Bits; Bitstring Status List 1.0, section 2.2: 16 KB, so that one entry hides among many."""

MAXIMUM_EXPANDED_BYTES: Final = 4 * 1024 * 1024
"""What we unpack at most: 33 million entries; a compressed text may claim far more than it weighs."""

MAXIMUM_INDEX_DIGITS: Final = 12

_INDEX: Final = re.compile(r"[0-9]+", re.ASCII)
_GZIP_HEADER: Final = b"\x1f\x8b\x08\x00" + b"\x00" * 4 + b"\x00\xff"
"""Deflate, no name, no time, unknown system: nothing in it changes from one machine to another."""
_GZIP_LEVEL: Final = 6
_GZIP_WINDOW: Final = 31


class StatusListCode(StrEnum):
    """Why a list or an index cannot be used; the codes of the ``status`` check."""

    MALFORMED = "status.list_malformed"
    TOO_SHORT = "status.list_too_short"
    TOO_LARGE = "status.list_too_large"
    OUT_OF_RANGE = "status.index_out_of_range"
    NO_PAST = "status.no_past_address"


class StatusListError(CredentialError):
    """A status list or an index in it is not what the standard says.

    Attributes:
        code: Which fault, stable.
        detail: What exactly was found, in English; no personal data.
    """

    _remedy = ASK_ISSUER

    def __init__(self, code: StatusListCode, detail: str) -> None:
        super().__init__(code, detail=detail)

    def _sentence(self) -> Sentence:
        return Sentence(
            "La liste d’état, ou le rang qui y est indiqué, n’est pas conforme à la norme.",
            "The status list, or an index in it, is not what the standard says.",
        )


def bits_of(indexes: Iterable[int], *, length: int = MINIMUM_LENGTH) -> bytes:
    """Give the bits of a list in which exactly these indexes are set.

    Args:
        indexes: Positions from 0.
        length: Number of bits, a multiple of 8.

    Returns:
        The uncompressed bytes.

    Raises:
        StatusListError: An index is outside the list, or the length is not a whole number of bytes.

    Spec: Bitstring Status List 1.0, section 3.3 (Bitstring Generation Algorithm).
    """
    if length <= 0 or length % 8:
        raise StatusListError(StatusListCode.MALFORMED, f"{length} bits are not whole bytes")
    bits = bytearray(length // 8)
    for index in indexes:
        set_bit(bits, index)
    return bytes(bits)


def set_bit(bits: bytearray, index: int, *, value: bool = True) -> None:
    """Set or clear one bit in place.

    Args:
        bits: The uncompressed bytes.
        index: Position from 0.
        value: True to set, False to clear.

    Raises:
        StatusListError: The index is outside the list.
    """
    _require_inside(bits, index, 1)
    mask = 0x80 >> (index % 8)
    if value:
        bits[index // 8] |= mask
    else:
        bits[index // 8] &= ~mask & 0xFF


def get_bit(bits: bytes | bytearray, index: int) -> bool:
    """Say whether one bit is set.

    Args:
        bits: The uncompressed bytes.
        index: Position from 0.

    Returns:
        True if the bit is set.

    Raises:
        StatusListError: The index is outside the list.
    """
    return status_at(bits, index) != 0


def bits_of_statuses(statuses: Mapping[int, int], *, size: int = 1, entries: int = MINIMUM_LENGTH) -> bytes:
    """Give the bits of a list whose entries have these values, and 0 elsewhere.

    Args:
        statuses: Values by position, counted in entries from 0.
        size: Bits per entry.
        entries: Number of entries.

    Returns:
        The uncompressed bytes.

    Raises:
        StatusListError: A position is outside the list, a value does not fit the size, or the list is not
            a whole number of bytes.

    Spec: Bitstring Status List 1.0, section 3.3 (Bitstring Generation Algorithm): index times size.
    """
    bits = bytearray(bits_of((), length=entries * size))
    for index, value in statuses.items():
        set_status(bits, index, value, size=size)
    return bytes(bits)


def set_status(bits: bytearray, index: int, value: int, *, size: int = 1) -> None:
    """Write the status value of one entry in place, most significant bit first.

    Args:
        bits: The uncompressed bytes.
        index: The entry's position from 0, counted in entries.
        value: From 0 to 2 to the power of ``size``, less 1.
        size: Bits per entry.

    Raises:
        StatusListError: The entry is outside the list, or the value does not fit.
    """
    _require_inside(bits, index, size)
    if not 0 <= value < 1 << size:
        raise StatusListError(StatusListCode.OUT_OF_RANGE, f"the value {value} in {size} bits")
    for offset in range(size):
        set_bit(bits, index * size + offset, value=bool(value >> (size - 1 - offset) & 1))


def status_at(bits: bytes | bytearray, index: int, *, size: int = 1) -> int:
    """Read the status value of one entry.

    Args:
        bits: The uncompressed bytes.
        index: The entry's position from 0, counted in entries.
        size: Bits per entry.

    Returns:
        The value; 0 means that nothing is said against the credential.

    Raises:
        StatusListError: The entry is outside the list.

    Spec: Bitstring Status List 1.0, section 3.2 (Validate Algorithm).
    """
    _require_inside(bits, index, size)
    value = 0
    for position in range(index * size, (index + 1) * size):
        value = (value << 1) | (bits[position // 8] >> (7 - position % 8) & 1)
    return value


def index_from_text(text: str) -> int:
    """Read ``statusListIndex``: ASCII digits only.

    Args:
        text: The member's value.

    Returns:
        The index.

    Raises:
        StatusListError: Anything but ASCII digits, or more of them than any list has entries.

    Spec: Bitstring Status List 1.0, section 2.1 (statusListIndex).
    """
    if not _INDEX.fullmatch(text):
        raise StatusListError(StatusListCode.MALFORMED, "statusListIndex is not made of ASCII digits")
    if len(text) > MAXIMUM_INDEX_DIGITS:
        raise StatusListError(StatusListCode.OUT_OF_RANGE, "statusListIndex is larger than any list")
    return int(text)


def encode(bits: bytes | bytearray) -> str:
    """Compress the bits into ``encodedList``.

    Args:
        bits: The uncompressed bytes.

    Returns:
        ``u`` and base64url without padding of GZIP; the same text for the same bits.

    Spec: Bitstring Status List 1.0, section 3.3.
    """
    deflate = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(bits) + deflate.flush()
    packed = _GZIP_HEADER + body + struct.pack("<II", zlib.crc32(bits), len(bits) & 0xFFFFFFFF)
    return encode_base64url(packed)


def decode(encoded_list: str, *, limit_bytes: int = MAXIMUM_EXPANDED_BYTES) -> bytes:
    """Expand ``encodedList``, stopping at a limit.

    Args:
        encoded_list: The member's value.
        limit_bytes: The most bytes that may come out.

    Returns:
        The uncompressed bytes; their number is not judged here.

    Raises:
        StatusListError: Not multibase ``u``, not one whole GZIP member, or more than the limit.

    Spec: Bitstring Status List 1.0, section 3.4 (Bitstring Expansion Algorithm).
    """
    try:
        packed = decode_base64url(encoded_list)
    except KeyFormatError as error:
        raise StatusListError(StatusListCode.MALFORMED, "encodedList is not multibase base64url") from error
    return expand(packed, limit_bytes=limit_bytes)


def expand(packed: bytes, *, limit_bytes: int = MAXIMUM_EXPANDED_BYTES) -> bytes:
    """Expand GZIP, stopping at a limit.

    Args:
        packed: The compressed bytes.
        limit_bytes: The most bytes that may come out.

    Returns:
        The uncompressed bytes; their number is not judged here.

    Raises:
        StatusListError: Not one whole GZIP member, or more than the limit.

    Spec: Bitstring Status List 1.0, section 3.4 (Bitstring Expansion Algorithm).
    """
    inflate = zlib.decompressobj(_GZIP_WINDOW)
    try:
        bits = inflate.decompress(packed, limit_bytes + 1)
    except zlib.error as error:
        raise StatusListError(StatusListCode.MALFORMED, "encodedList is not GZIP") from error
    if len(bits) > limit_bytes:
        raise StatusListError(StatusListCode.TOO_LARGE, f"more than {limit_bytes} bytes come out")
    if not inflate.eof or inflate.unused_data:
        raise StatusListError(StatusListCode.MALFORMED, "encodedList is not one whole GZIP member")
    return bits


def require_length(bits: bytes, *, size: int = 1) -> None:
    """Refuse a list too short to hide an entry among others.

    Args:
        bits: The uncompressed bytes.
        size: Bits per entry.

    Raises:
        StatusListError: Fewer than 131,072 entries.

    Spec: Bitstring Status List 1.0, section 3.2 (STATUS_LIST_LENGTH_ERROR).
    """
    if len(bits) * 8 // size < MINIMUM_LENGTH:
        raise StatusListError(StatusListCode.TOO_SHORT, f"{len(bits) * 8 // size} entries")


def status_list_credential(
    *,
    url: str,
    issuer: str,
    purpose: str | Sequence[str],
    bits: bytes | bytearray,
    valid_from: datetime,
    valid_until: datetime | None = None,
    ttl_ms: int | None = None,
    size: int = 1,
) -> JsonObject:
    """Build the unsigned credential that publishes a list.

    Args:
        url: The address at which the list is served: its ``id``.
        issuer: The issuer's identifier: the same as that of the credentials that point here.
        purpose: ``revocation``, ``suspension``, ``refresh`` or ``message``; or several of them.
        bits: The uncompressed bytes, at least 131,072 entries.
        valid_from: The moment of publication, aware.
        valid_until: The moment from which nobody may rely on this publication, aware; None for no end.
        ttl_ms: For how many milliseconds a copy may be kept; None to say nothing.
        size: Bits per entry; it is written in the entries that point here, not in the list.

    Returns:
        The document to sign.

    Raises:
        StatusListError: The list is too short, or states no purpose, a ``ttl`` that is not positive, or an
            end before its beginning.

    Spec: Bitstring Status List 1.0, section 2.2 (BitstringStatusListCredential).
    """
    require_length(bytes(bits), size=size)
    purposes = [purpose] if isinstance(purpose, str) else list(purpose)
    if not purposes or (ttl_ms is not None and ttl_ms <= 0):
        raise StatusListError(StatusListCode.MALFORMED, "no purpose, or a ttl that is not positive")
    if valid_until is not None and valid_until <= valid_from:
        raise StatusListError(StatusListCode.MALFORMED, "the list would end before it begins")
    end: JsonObject = {} if valid_until is None else {"validUntil": format_instant(valid_until)}
    ttl: JsonObject = {} if ttl_ms is None else {"ttl": ttl_ms}
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": format_instant(valid_from),
        **end,
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purposes[0] if len(purposes) == 1 else [*purposes],
            "encodedList": encode(bits),
            **ttl,
        },
    }


def _require_inside(bits: bytes | bytearray, index: int, size: int) -> None:
    if index < 0 or size < 1 or (index + 1) * size > len(bits) * 8:
        raise StatusListError(StatusListCode.OUT_OF_RANGE, f"entry {index} of a list of {len(bits) * 8} bits")
