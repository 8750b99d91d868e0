r"""A stream that only a passphrase opens: Argon2id, then AES-256-GCM chunk by chunk.

::

    parchemin-backup/1\n | salt 16 | memory KiB u32 | passes u32 | lanes u32 | key check 16
    then chunks:  length u32 | ciphertext and tag
    nonce of chunk n: n as 11 bytes, then 1 for the last chunk and 0 for the others

Every chunk is bound to the whole header and to its place; the last one is marked, so that a file that was cut
short at a chunk's end is known for it. A key serves one file: its salt is new.

Spec: RFC 9106 (Argon2id); NIST SP 800-38D (GCM); the STREAM construction, Hoang et al. 2015, section 6.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Final

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import constant_time
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from issuer.errors import RefusedError

FORMAT: Final = "parchemin-backup"
VERSION: Final = 1
CHUNK_BYTES: Final = 1 << 20
SHORTEST_PASSPHRASE: Final = 12

_NUMBERS: Final = struct.Struct(">16sIII16s")
_LENGTH: Final = struct.Struct(">I")
_TAG_BYTES: Final = 16
_KEY_BYTES: Final = 32
_LONGEST_FIRST_LINE: Final = 40


@dataclass(frozen=True, slots=True)
class Hardness:
    """How hard a passphrase is to guess: what each try costs.

    Attributes:
        memory_kib: Memory, in KiB.
        passes: Passes over it.
        lanes: Lanes that may run at once.
    """

    memory_kib: int
    passes: int
    lanes: int


HARDNESS: Final = Hardness(memory_kib=1 << 18, passes=3, lanes=4)
"""256 MiB and three passes: about a second on a small server, once a backup."""

_MOST: Final = Hardness(memory_kib=1 << 19, passes=8, lanes=32)
"""What a file may ask of us; one that asks for more was not made here."""


class SealingStream:
    """Writes plain bytes into a file as sealed chunks."""

    def __init__(self, target: BinaryIO, passphrase: str, salt: bytes, hardness: Hardness = HARDNESS) -> None:
        key, check = _derived(passphrase, salt, hardness, "--out")
        numbers = _NUMBERS.pack(salt, hardness.memory_kib, hardness.passes, hardness.lanes, check)
        self._header = f"{FORMAT}/{VERSION}\n".encode() + numbers
        self._target = target
        self._cipher = AESGCM(key)
        self._waiting = bytearray()
        self._chunks = 0
        target.write(self._header)

    def write(self, data: bytes) -> int:
        """Take plain bytes; whole chunks are sealed and written at once."""
        self._waiting += data
        while len(self._waiting) > CHUNK_BYTES:
            self._seal(bytes(self._waiting[:CHUNK_BYTES]), last=False)
            del self._waiting[:CHUNK_BYTES]
        return len(data)

    def finish(self) -> None:
        """Seal what is left as the last chunk."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, plain: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._chunks, last=last), plain, self._header)
        self._target.write(_LENGTH.pack(len(sealed)) + sealed)
        self._chunks += 1


class OpeningStream:
    """Reads the plain bytes of a sealed file; no byte is given that was not authenticated."""

    def __init__(self, source: BinaryIO, passphrase: str, where: str) -> None:
        self._source = source
        self._where = where
        self._header = self._first_line() + self._exactly(_NUMBERS.size)
        salt, memory, passes, lanes, check = _NUMBERS.unpack(self._header[-_NUMBERS.size :])
        hardness = Hardness(memory, passes, lanes)
        if not _bearable(hardness):
            raise self._damaged()
        key, expected = _derived(passphrase, salt, hardness, where)
        if not constant_time.bytes_eq(check, expected):
            raise RefusedError(
                "backup.passphrase",
                "this passphrase does not open the backup; nothing was written",
                where=where,
                remedy="give the passphrase that was in force when the backup was made",
            )
        self._cipher = AESGCM(key)
        self._plain = b""
        self._chunks = 0
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        """Give up to `size` plain bytes; none once the last chunk is read."""
        gathered = bytearray()
        while size < 0 or len(gathered) < size:
            if not self._plain and not self._next():
                break
            taken = self._plain if size < 0 else self._plain[: size - len(gathered)]
            self._plain = self._plain[len(taken) :]
            gathered += taken
        return bytes(gathered)

    def finish(self) -> None:
        """Read to the end: a file that is cut short, or goes on behind its end, is refused."""
        while self._next():
            pass
        if self._source.read(1):
            raise self._damaged()

    def _next(self) -> bool:
        if self._ended:
            return False
        (length,) = _LENGTH.unpack(self._exactly(_LENGTH.size))
        if not _TAG_BYTES <= length <= CHUNK_BYTES + _TAG_BYTES:
            raise self._damaged()
        sealed = self._exactly(length)
        self._plain, self._ended = self._opened(sealed)
        self._chunks += 1
        return bool(self._plain) or not self._ended

    def _opened(self, sealed: bytes) -> tuple[bytes, bool]:
        for last in (False, True):
            try:
                return self._cipher.decrypt(_nonce(self._chunks, last=last), sealed, self._header), last
            except InvalidTag:
                continue
        raise self._damaged()

    def _first_line(self) -> bytes:
        line = self._source.readline(_LONGEST_FIRST_LINE)
        name, _slash, version = line.rstrip(b"\n").partition(b"/")
        if name != FORMAT.encode() or not line.endswith(b"\n") or not version.isdigit():
            raise RefusedError(
                "backup.foreign",
                "this file is no backup of Parchemin",
                where=self._where,
                remedy="name a file that was made with: parchemin backup --out FILE",
            )
        if int(version) != VERSION:
            raise RefusedError(
                "backup.newer",
                "the backup was made by a newer version of Parchemin",
                where=self._where,
                remedy="install that version and restore with it",
            )
        return line

    def _exactly(self, size: int) -> bytes:
        data = self._source.read(size)
        if len(data) != size:
            raise RefusedError(
                "backup.truncated",
                "the backup ends before its end: a part of it is missing",
                where=self._where,
                remedy="copy it again from where it was kept, or take the backup before it",
            )
        return data

    def _damaged(self) -> RefusedError:
        return damaged(self._where)


def damaged(where: str) -> RefusedError:
    """Give the error of a backup that is not as it was written."""
    return RefusedError(
        "backup.damaged",
        "the backup is not as it was written: it was altered or damaged",
        where=where,
        remedy="copy it again from where it was kept, or take the backup before it",
    )


def _bearable(hardness: Hardness) -> bool:
    return (
        0 < hardness.passes <= _MOST.passes
        and 0 < hardness.lanes <= _MOST.lanes
        and 8 * hardness.lanes <= hardness.memory_kib <= _MOST.memory_kib
    )


def _derived(passphrase: str, salt: bytes, hardness: Hardness, where: str) -> tuple[bytes, bytes]:
    """Give the key, and what tells a wrong passphrase from an altered file."""
    # Not the Argon2id of `cryptography`: OpenSSL has one pool of threads, and two at once wait for ever.
    try:
        derived = hash_secret_raw(
            passphrase.encode(),
            salt,
            time_cost=hardness.passes,
            memory_cost=hardness.memory_kib,
            parallelism=hardness.lanes,
            hash_len=_KEY_BYTES + 16,
            type=Type.ID,
        )
    except HashingError as error:
        # Nearly always memory that the machine does not have: the file itself may be good.
        raise RefusedError(
            "backup.memory",
            f"the backup's key cannot be worked out: that takes {hardness.memory_kib >> 10} MiB of memory",
            where=where,
            remedy="free some memory, or do it on another machine",
        ) from error
    return derived[:_KEY_BYTES], derived[_KEY_BYTES:]


def _nonce(chunk: int, *, last: bool) -> bytes:
    return chunk.to_bytes(11, "big") + bytes([last])


Salt = Callable[[], bytes]
"""Gives 16 random bytes."""
