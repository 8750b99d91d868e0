"""Files that a command writes: never over another one, and for their owner alone."""

import os

from issuer.errors import RefusedError

_OWNER_ONLY = 0o600


def require_free(out: str) -> None:
    """Refuse a place where no file can be written, before anything is done for it.

    Args:
        out: The file's path.

    Raises:
        RefusedError: ``out.unwritable``.
    """
    folder = os.path.dirname(out) or "."  # noqa: PTH120 - "." for a bare name
    if os.path.lexists(out):  # a dangling link counts as well
        raise _unwritable(out, "there is one already")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _unwritable(out, "its folder is not there, or not yours")


def write_new(out: str, content: bytes) -> None:
    """Write a file that nobody else may read, where none is yet.

    Args:
        out: Its path.
        content: Its bytes.

    Raises:
        RefusedError: ``out.unwritable``.
    """
    try:
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "wb") as stream:
            stream.write(content)
    except OSError as error:
        raise _unwritable(out, error.strerror or "unknown") from error


def _unwritable(out: str, why: str) -> RefusedError:
    return RefusedError(
        "out.unwritable",
        f"the file cannot be written ({why})",
        where=out,
        remedy="name a file that does not exist yet, in a folder that you may write",
    )
