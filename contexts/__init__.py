"""The JSON-LD contexts that a signature's meaning depends on: pinned, read from the package, never fetched.

    >>> from contexts import load
    >>> sorted(load("https://www.w3.org/ns/credentials/v2"))
    ['@context']

``manifest.toml`` says where each document comes from and under which licence.
"""

import hashlib
import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = [
    "ContextLoader",
    "ContextNotPinnedError",
    "DamagedContextError",
    "PinnedContext",
    "load",
    "pinned",
    "urls",
]

ContextLoader = Callable[[str], Mapping[str, object]]
"""Gives the document of a context by its address, or raises :class:`ContextNotPinnedError`."""


class ContextNotPinnedError(LookupError):
    """The context is not one of the pinned documents.

    Attributes:
        url: The address that was asked for.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(f"{url} is not a pinned context; contexts are never fetched")


class DamagedContextError(RuntimeError):
    """The installed file does not have the digest of the manifest: install the package again."""

    def __init__(self, file: str) -> None:
        super().__init__(f"contexts/documents/{file} does not have the digest of the manifest; install again")


@dataclass(frozen=True, slots=True)
class PinnedContext:
    """One line of the manifest.

    Attributes:
        url: The address that documents name.
        aliases: Other addresses of the same text.
        file: Name in ``documents/``.
        sha256: Digest of the file, hexadecimal.
        source: Package and version that the bytes come from.
        path: Path in that package.
        licence: The licence of the text; see ``LICENSES.md``.
        role: ``issued``, ``read`` or ``legacy``.
        note: What to know of it; may be empty.
    """

    url: str
    aliases: tuple[str, ...]
    file: str
    sha256: str
    source: str
    path: str
    licence: str
    role: str
    note: str


@cache
def pinned() -> tuple[PinnedContext, ...]:
    """Give the manifest, in the order in which a credential lists its contexts."""
    text = files(__name__).joinpath("manifest.toml").read_text(encoding="utf-8")
    return tuple(
        PinnedContext(**{**entry, "aliases": tuple(entry["aliases"])})
        for entry in tomllib.loads(text)["document"]
    )


def urls() -> tuple[str, ...]:
    """Give every address that :func:`load` answers to, in the manifest's order."""
    return tuple(address for entry in pinned() for address in (entry.url, *entry.aliases))


def load(url: str) -> Mapping[str, object]:
    """Give the pinned document of a context.

    Args:
        url: Its address, compared exactly.

    Returns:
        The document; a fresh value, so that a caller who changes it harms no other.

    Raises:
        ContextNotPinnedError: The address is not in the manifest.
        DamagedContextError: The installed file is not the pinned one.

    Spec: Data Integrity 1.0, sections 2.4 and 4.6.
    """
    entry = _by_address().get(url)
    if entry is None:
        raise ContextNotPinnedError(url)
    document: dict[str, object] = json.loads(_verified_bytes(entry.file, entry.sha256))
    return document


@cache
def _by_address() -> Mapping[str, PinnedContext]:
    return {address: entry for entry in pinned() for address in (entry.url, *entry.aliases)}


@cache
def _verified_bytes(file: str, sha256: str) -> bytes:
    data = files(__name__).joinpath("documents", file).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DamagedContextError(file)
    return data
