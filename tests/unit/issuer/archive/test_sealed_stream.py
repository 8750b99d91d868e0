"""A sealed stream gives back what went in, and nothing of anything else."""

import io
import struct

import pytest
from argon2.exceptions import HashingError
from hypothesis import example, given, settings
from hypothesis import strategies as st

from issuer.adapters.archive import sealed_stream
from issuer.adapters.archive.sealed_stream import CHUNK_BYTES, Hardness, OpeningStream, SealingStream
from issuer.errors import RefusedError

QUICK = Hardness(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "une phrase pour les sauvegardes"
SALT = bytes(range(16))
HEADER = len("parchemin-backup/1\n") + 44


def sealed(*pieces: bytes) -> bytes:
    target = io.BytesIO()
    stream = SealingStream(target, PASSPHRASE, SALT, QUICK)
    for piece in pieces:
        stream.write(piece)
    stream.finish()
    return target.getvalue()


def opened(file: bytes, passphrase: str = PASSPHRASE) -> bytes:
    stream = OpeningStream(io.BytesIO(file), passphrase, "x.pb")
    content = stream.read()
    stream.finish()
    return content


def refused(file: bytes, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(RefusedError) as caught:
        opened(file, passphrase)
    return caught.value.code


@settings(deadline=None, max_examples=30)
@given(st.lists(st.binary(max_size=200), max_size=5), st.integers(1, 64))
def test_any_content_comes_back_in_whatever_pieces(pieces: list[bytes], size: int) -> None:
    stream = OpeningStream(io.BytesIO(sealed(*pieces)), PASSPHRASE, "x.pb")
    read = list(iter(lambda: stream.read(size), b""))
    stream.finish()
    assert b"".join(read) == b"".join(pieces)
    assert all(len(piece) == size for piece in read[:-1])


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES])
def test_contents_around_a_chunks_end_come_back(size: int) -> None:
    content = bytes(size)
    assert opened(sealed(content)) == content


def test_nothing_of_the_content_is_in_the_file() -> None:
    assert b"Marchand" not in sealed(b"Marchand" * 1000)


def test_two_salts_give_two_files() -> None:
    target = io.BytesIO()
    other = SealingStream(target, PASSPHRASE, bytes(16), QUICK)
    other.write(b"x" * 100)
    other.finish()
    assert sealed(b"x" * 100)[HEADER:] != target.getvalue()[HEADER:]


@settings(deadline=None, max_examples=120)
@given(st.data())
def test_any_changed_bit_is_refused(data: st.DataObject) -> None:
    file = bytearray(sealed(b"contenu" * 20))
    # The numbers of the derivation may ask for more time: their bounds have a test of their own.
    place = data.draw(st.integers(0, len(file) - 1).filter(lambda at: not 35 <= at < 47))
    file[place] ^= 1 << data.draw(st.integers(0, 7))
    assert refused(bytes(file)).startswith("backup.")


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000))
@example(HEADER)
def test_any_shorter_file_is_refused(length: int) -> None:
    file = sealed(b"contenu" * 1000)
    assert refused(file[: min(length, len(file) - 1)]) in {"backup.truncated", "backup.foreign"}


def test_a_file_cut_at_a_chunks_end_is_refused() -> None:
    file = sealed(bytes(2 * CHUNK_BYTES + 5))
    (length,) = struct.unpack(">I", file[HEADER : HEADER + 4])
    assert refused(file[: HEADER + 4 + length]) == "backup.truncated"


def test_chunks_in_another_order_are_refused() -> None:
    file = sealed(bytes(CHUNK_BYTES), b"1" * CHUNK_BYTES, b"x")
    one = 4 + CHUNK_BYTES + 16
    first, second = file[HEADER : HEADER + one], file[HEADER + one : HEADER + 2 * one]
    assert refused(file[:HEADER] + second + first + file[HEADER + 2 * one :]) == "backup.damaged"


def test_a_file_that_goes_on_behind_its_end_is_refused() -> None:
    assert refused(sealed(b"x") + b"y") == "backup.damaged"


def test_a_wrong_passphrase_is_told_from_an_altered_file() -> None:
    assert refused(sealed(b"x"), "une autre phrase") == "backup.passphrase"


@pytest.mark.parametrize(
    ("first", "code"),
    [
        (b"parchemin-backup/2\n", "backup.newer"),
        (b"parchemin-backup/x\n", "backup.foreign"),
        (b"parchemin-backup/1", "backup.foreign"),
        (b"PK\x03\x04", "backup.foreign"),
        (b"", "backup.foreign"),
    ],
)
def test_what_is_no_backup_of_this_version_is_named(first: bytes, code: str) -> None:
    assert refused(first + bytes(100)) == code


@pytest.mark.parametrize(
    "asked",
    [
        (1 << 30, 1, 1),
        ((1 << 19) + 1, 1, 1),
        (64, 9, 1),
        (64, 1 << 20, 1),
        (64, 1, 1 << 20),
        (64, 0, 1),
        (64, 1, 0),
        (7, 1, 1),
    ],
)
def test_a_file_that_asks_for_too_much_work_is_refused_unworked(
    asked: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_arguments: object) -> tuple[bytes, bytes]:
        raise AssertionError

    monkeypatch.setattr(sealed_stream, "_derived", never)
    file = b"parchemin-backup/1\n" + struct.pack(">16sIII16s", SALT, *asked, bytes(16))
    assert refused(file) == "backup.damaged"


def test_a_machine_without_the_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_arguments: object, **_options: object) -> bytes:
        raise HashingError

    file = sealed(b"x")
    monkeypatch.setattr(sealed_stream, "hash_secret_raw", fails)
    assert refused(file) == "backup.memory"
