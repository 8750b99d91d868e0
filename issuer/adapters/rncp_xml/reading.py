"""Finds the wanted fiche in a feed."""

import re
from typing import BinaryIO

from issuer.adapters.rncp_xml.mapping import FeedFiche, fiche_from
from issuer.adapters.rncp_xml.parsing import Element, RncpXmlError, fiches

_MARKS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")


def looks_like_xml(head: bytes) -> bool:
    """Tell whether a file's first bytes begin an XML document; YAML never begins so.

    Args:
        head: The first bytes, a hundred or more.
    """
    return head.lstrip(b" \t\r\n").startswith(_MARKS)


def read_feed(stream: BinaryIO, code: str | None) -> FeedFiche:
    """Read one fiche of the open data.

    Args:
        stream: The file, open for reading; it is read up to the wanted fiche and no further.
        code: Code of the fiche, or None where the file holds one alone.

    Returns:
        What the feed says of it, as far as a fiche's document has a place for it.

    Raises:
        RncpXmlError: See :func:`issuer.adapters.rncp_xml.parsing.fiches`; also no such fiche, several without
            a code, or a value that the feed never writes.

    Spec: french-domain.md, section 8.
    """
    if code is not None:
        return _named(stream, code)
    found = _Alone()
    for element, version in fiches(stream):
        found.take(element, version)
    return found.fiche()


def _named(stream: BinaryIO, code: str) -> FeedFiche:
    seen = 0
    for element, version in fiches(stream):
        if element.line("NUMERO_FICHE") == code:
            return fiche_from(element, version)
        seen += 1
    raise RncpXmlError(
        f"none of its {seen} fiche(s) has the code {code}: check the code, or take a later export"
    )


class _Alone:
    """The only fiche of a file."""

    def __init__(self) -> None:
        self._kept: tuple[Element, str] | None = None

    def take(self, element: Element, version: str) -> None:
        if self._kept is not None:
            names = ", ".join(
                filter(_is_code, (each.line("NUMERO_FICHE") or "" for each in (self._kept[0], element)))
            )
            raise RncpXmlError(f"it holds several fiches ({names}…): name one with --code")
        self._kept = (element, version)

    def fiche(self) -> FeedFiche:
        if self._kept is None:
            raise RncpXmlError("it holds no FICHE")
        return fiche_from(*self._kept)


def _is_code(text: str) -> bool:
    return re.fullmatch(r"[A-Z]{2,8}[0-9]{1,8}", text) is not None
