"""One backup: a sealed tar archive of the register, the data folder's files and the settings' file.

::

    head.json          what the register says of itself
    register.sqlite3   the register at one instant
    data/...           every other file of the data folder: keys as they lie there, institution.yaml...
    settings/...       parchemin.toml of the working folder, where there is one
    parts.json         size and SHA-256 of all of the above
"""

import hashlib
import io
import os
import secrets
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from issuer.adapters.archive.head import (
    DATA,
    HEAD,
    PARTS,
    REGISTER,
    SETTINGS,
    Head,
    Part,
    head_bytes,
    head_from,
    parts_bytes,
    parts_from,
)
from issuer.adapters.archive.sealed_stream import HARDNESS, Hardness, OpeningStream, SealingStream, damaged
from issuer.adapters.archive.snapshot import Snapshot
from issuer.errors import ConfigurationError, RefusedError

_BLOCK = 1 << 20
_SIDE_FILES = ("-wal", "-shm", "-journal")
_LARGEST_TEXT = 1 << 24


@dataclass(frozen=True, slots=True)
class SealedBackup:
    """A backup that was written or read whole.

    Attributes:
        head: What it says of itself.
        parts: What is in it.
        size: Bytes of the file.
        sha256: Digest of the file.
    """

    head: Head
    parts: Sequence[Part]
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Sources:
    """The files that go into a backup beside the register.

    Attributes:
        data: The data folder.
        database: The register's file, which is not taken as a file.
        settings: The settings' file, or None.
    """

    data: Path
    database: Path
    settings: Path | None


def write_backup(
    out: Path,
    passphrase: str,
    head: Head,
    snapshot: Snapshot,
    sources: Sources,
    *,
    hardness: Hardness = HARDNESS,
) -> SealedBackup:
    """Write a backup under a passing name, bring it safely to the disk, then give it its own.

    Args:
        out: The file to make; there must be none yet.
        passphrase: What opens it.
        head: What it says of itself.
        snapshot: The register.
        sources: The files beside it.
        hardness: What each try at the passphrase costs.

    Returns:
        What was written.

    Raises:
        RefusedError: ``backup.exists``, or ``backup.inside`` the data folder.
        ConfigurationError: ``backup.unwritable``.
    """
    _require_place(out, sources.data)
    passing = out.with_name(f".{out.name}.{secrets.token_hex(4)}.partial")
    try:
        with _created(passing) as target:
            sealing = SealingStream(target, passphrase, secrets.token_bytes(16), hardness)
            parts = _write_parts(sealing, head, snapshot, sources)
            sealing.finish()
            target.flush()
            os.fsync(target.fileno())
        _require_place(out, sources.data)
        passing.rename(out)
        _sync_folder(out.parent)
    except OSError as error:
        raise ConfigurationError(
            "backup.unwritable",
            f"the backup cannot be written ({error.strerror}); nothing is left of it",
            where=str(out),
            remedy="free some space there, or give another place with --out",
        ) from error
    finally:
        passing.unlink(missing_ok=True)
    return SealedBackup(head, parts, out.stat().st_size, digest_of_file(out))


def read_backup(file: Path, passphrase: str, into: Path | None = None) -> SealedBackup:
    """Read a backup to its end, and unpack it where a folder is given.

    Args:
        file: The backup.
        passphrase: What opens it.
        into: An empty folder, or None to check it alone.

    Returns:
        What is in it.

    Raises:
        RefusedError: ``backup.missing``, ``backup.foreign``, ``backup.newer``, ``backup.passphrase``,
            ``backup.truncated`` or ``backup.damaged``.
        ConfigurationError: ``backup.unwritable``: the folder takes no more.
    """
    try:
        source = file.open("rb")
    except OSError as error:
        raise RefusedError(
            "backup.missing",
            f"the backup cannot be read ({error.strerror})",
            where=str(file),
            remedy="give an existing file that you may read",
        ) from error
    with source:
        opening = OpeningStream(source, passphrase, file.name)
        try:
            head, parts = _read_parts(opening, into)
            opening.finish()
        except (tarfile.TarError, ValueError) as error:
            raise damaged(file.name) from error
        except OSError as error:
            raise ConfigurationError(
                "backup.unwritable",
                f"the backup cannot be unpacked ({error.strerror})",
                where=str(into),
                remedy="free some space there, or give another folder with --data",
            ) from error
        return SealedBackup(head, parts, source.tell(), digest_of_file(file))


def digest_of_file(file: Path) -> str:
    """Give the SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_parts(sealing: SealingStream, head: Head, snapshot: Snapshot, sources: Sources) -> Sequence[Part]:
    written = []
    # PAX: names of any length and script. A stream: nothing of it is ever held whole.
    with tarfile.open(mode="w|", fileobj=cast("IO[bytes]", sealing), format=tarfile.PAX_FORMAT) as archive:
        first = head_bytes(head)
        written.append(_add(archive, HEAD, io.BytesIO(first), len(first)))
        written.append(_add(archive, REGISTER, snapshot.stream, snapshot.size))
        for name, file in _files(sources):
            content = file.read_bytes()
            written.append(_add(archive, name, io.BytesIO(content), len(content)))
        last = parts_bytes(written)
        _add(archive, PARTS, io.BytesIO(last), len(last))
    return written


def _files(sources: Sources) -> Iterator[tuple[str, Path]]:
    """Give every file of the data folder but the register: what a later version keeps there is taken too."""
    own = {sources.database.resolve()}
    own |= {Path(f"{sources.database.resolve()}{side}") for side in _SIDE_FILES}
    for file in sorted(sources.data.rglob("*")):
        if file.is_file() and file.resolve() not in own and not file.name.startswith("."):
            yield DATA + file.relative_to(sources.data).as_posix(), file
    settings, taken = sources.settings, sources.data.resolve()
    if settings is not None and settings.is_file() and taken not in settings.resolve().parents:
        yield SETTINGS + settings.name, settings


def _add(archive: tarfile.TarFile, name: str, stream: BinaryIO, size: int) -> Part:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    counted = _Digesting(stream)
    archive.addfile(entry, cast("IO[bytes]", counted))
    return Part(name, size, counted.hexdigest())


class _Digesting:
    """Reads, and digests what is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._digest.update(data)
        self.size += len(data)
        return data

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


def _read_parts(opening: OpeningStream, into: Path | None) -> tuple[Head, Sequence[Part]]:
    """Read every part; what the last one says of them must be so."""
    found: list[Part] = []
    head: Head | None = None
    listed = None
    with tarfile.open(mode="r|", fileobj=cast("IO[bytes]", opening)) as archive:
        for entry in archive:
            name = _safe_name(entry)
            stream = archive.extractfile(entry)
            if stream is None or listed is not None or (head is None) is not (name == HEAD):
                raise ValueError(name)
            if name == PARTS:
                listed = parts_from(stream.read(_LARGEST_TEXT))
                continue
            reading = _Digesting(stream)
            if name == HEAD:
                head = head_from(reading.read(_LARGEST_TEXT))
            else:
                _unpack(reading, None if into is None else into / _place(name))
            found.append(Part(name, reading.size, reading.hexdigest()))
    if head is None or listed != {part.name: part for part in found}:
        raise ValueError(PARTS)
    return head, found


def _safe_name(entry: tarfile.TarInfo) -> str:
    path = PurePosixPath(entry.name)
    # A name that is not its own normal form ("data//etc/x") is absolute once its first part is taken off.
    if not entry.isreg() or path.is_absolute() or ".." in path.parts or str(path) != entry.name:
        raise ValueError(entry.name)
    if "\\" in entry.name or "\0" in entry.name:
        raise ValueError(entry.name)
    if entry.name not in {HEAD, PARTS, REGISTER} and not entry.name.startswith((DATA, SETTINGS)):
        raise ValueError(entry.name)
    return entry.name


def _place(name: str) -> str:
    if name == REGISTER:
        return "parchemin.sqlite3"
    place = name.removeprefix(DATA if name.startswith(DATA) else SETTINGS)
    if not place or PurePosixPath(place).is_absolute():
        raise ValueError(name)
    return place


def _unpack(reading: _Digesting, place: Path | None) -> None:
    with _written(place) as target:
        while data := reading.read(_BLOCK):
            target.write(data)


@contextmanager
def _written(place: Path | None) -> Iterator[IO[bytes]]:
    if place is None:
        with Path(os.devnull).open("wb") as nothing:
            yield nothing
        return
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _created(place) as target:
        yield target
        target.flush()
        os.fsync(target.fileno())


def _require_place(out: Path, data: Path) -> None:
    if out.exists():
        raise _exists(out)
    if data.resolve() in out.resolve().parents:
        raise RefusedError(
            "backup.inside",
            "a backup in the data folder is lost with it, and would be a part of the next one",
            where=str(out),
            remedy="give a place on another disk with --out",
        )


def _exists(out: Path) -> RefusedError:
    return RefusedError(
        "backup.exists",
        "there is a file of this name; nothing was written over",
        where=str(out),
        remedy="give another name with --out, for example with the day in it",
    )


def _created(place: Path) -> BinaryIO:
    """Make a file that its owner alone may read."""
    return os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
