"""Roots as files: a folder that is put under git or copied to another host, and what is read back from it.

A file that is there is never written over: a mirror that could be rewritten would prove nothing.
"""

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from issuer.domain.published_root import MOST_BYTES, SignedRoot
from issuer.errors import ConflictError, RefusedError

_MOST_LIST_BYTES = 256 * 1024 * 1024
_PATTERN = "root-*.json"


def write_mirror(folder: Path, roots: Sequence[SignedRoot]) -> int:
    """Write every root that is not there yet, each whole or not at all.

    Args:
        folder: Where; it is made where it is missing.
        roots: All roots.

    Returns:
        How many were written now.

    Raises:
        ConflictError: ``mirror.differs``: a root that was mirrored is another one by now, or the folder
            holds a root that is gone; nothing was written.
        RefusedError: ``mirror.folder``: it cannot be read or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = {path.name: path.read_bytes() for path in folder.glob(_PATTERN)}
        named = {f"root-{signed.root.number:06d}.json": signed.body for signed in roots}
        for name in sorted(there):
            if named.get(name) != there[name]:
                raise ConflictError(
                    "mirror.differs",
                    "what was published is not what the register holds now; nothing was written",
                    where=name,
                    remedy="keep the folder as it is, and find out what was altered with: "
                    "parchemin audit verify --roots FOLDER",
                )
        new = [name for name in named if name not in there]
        for name in new:
            _write(folder / name, named[name])
    except OSError as error:
        raise _unusable(folder, error) from error
    return len(new)


def read_mirror(place: Path) -> Sequence[bytes]:
    """Read roots from a folder of them, from one file of a root, or from a saved ``/audit/roots``.

    Args:
        place: The folder or the file.

    Raises:
        RefusedError: ``mirror.folder`` or ``mirror.file``.
    """
    try:
        if place.is_dir():
            return [path.read_bytes()[: MOST_BYTES + 1] for path in sorted(place.glob(_PATTERN))]
        with place.open("rb") as stream:
            data = stream.read(_MOST_LIST_BYTES)
    except OSError as error:
        raise _unusable(place, error) from error
    try:
        content = json.loads(data)
        listed = content.get("roots")
        return [data] if listed is None else [line["signed"].encode() for line in listed]
    except (ValueError, RecursionError, AttributeError, TypeError, KeyError) as error:
        raise RefusedError(
            "mirror.file",
            "the file holds neither a root nor the list of them",
            where=place.name,
            remedy="name a folder that parchemin audit mirror wrote, or save the address /audit/roots",
        ) from error


def _write(path: Path, body: bytes) -> None:
    descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(body)
            stream.flush()
            os.fsync(stream.fileno())
        Path(draft).chmod(0o644)
        path.hardlink_to(draft)
    finally:
        Path(draft).unlink(missing_ok=True)


def _unusable(place: Path, error: OSError) -> RefusedError:
    return RefusedError(
        "mirror.folder",
        f"it cannot be read or written ({error.strerror})",
        where=place.name,
        remedy="name a folder that you may write, or a file that you may read",
    )
