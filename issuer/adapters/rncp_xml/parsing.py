"""The feed's XML as fiches, one at a time: bounded, without entities, and nothing fetched.

The daily file is larger than what a process should hold: it is read in pieces, and only the fiche that is
asked for is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.sax import SAXException  # nosec B406 - the exception only; the parser is defusedxml's
from xml.sax.handler import ContentHandler  # nosec B406 - the handler's base only
from xml.sax.xmlreader import AttributesImpl  # nosec B406 - a type

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

MAXIMUM_FEED_BYTES = 1_000_000_000
"""A whole daily export is some 570 million bytes."""

MAXIMUM_FICHE_CHARACTERS = 2_000_000
"""Of text in one fiche; a long one has some 200,000."""

MAXIMUM_ELEMENTS = 50_000
"""In one fiche."""

MAXIMUM_DEPTH = 12
"""The feed nests eight levels."""

_PIECE = 65_536
_FICHE = "FICHE"
_ROOTS = frozenset({"FICHES", _FICHE})
_MAXIMUM_REASON = 160


class RncpXmlError(Exception):
    """The file is not a feed that we read; the message says why and what to do, on one line."""


@dataclass(slots=True)
class Element:
    """An element of the feed; attributes have no meaning in it."""

    name: str
    children: list["Element"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own text as written."""
        return "".join(self.pieces)

    def all(self, name: str) -> list["Element"]:
        """Give the children of a name."""
        return [child for child in self.children if child.name == name]

    def first(self, *names: str) -> "Element | None":
        """Give the first child of one of these names, or None."""
        return next((child for child in self.children if child.name in names), None)

    def line(self, *names: str) -> str | None:
        """Give the text of the first child of one of these names on one line, or None where it is empty."""
        found = self.first(*names)
        return (" ".join(found.text.split()) or None) if found else None


@dataclass(slots=True)
class _Handler(ContentHandler):
    """Builds fiches from the parser's events; refuses what is too deep or too large as it comes."""

    feed_version: str = ""
    done: list[Element] = field(default_factory=list)
    _open: list[Element] = field(default_factory=list)
    _depth: int = 0
    _characters: int = 0
    _elements: int = 0
    _outer: str = ""

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: ARG002, N802 - SAX's signature
        self._depth += 1
        if self._depth > MAXIMUM_DEPTH:
            raise RncpXmlError(f"it nests more than {MAXIMUM_DEPTH} levels: it is no fiche of the open data")
        if self._depth == 1 and name not in _ROOTS:
            raise RncpXmlError(f"its first element is {name[:40]!r}: give the export of the RNCP (FICHES)")
        if name == _FICHE and not self._open:
            self._characters = self._elements = 0
        if self._open or name == _FICHE:
            self._elements += 1
            if self._elements > MAXIMUM_ELEMENTS:
                raise RncpXmlError(f"a fiche has more than {MAXIMUM_ELEMENTS} elements")
            self._open.append(Element(name))
        else:
            self._outer = name

    def characters(self, content: str) -> None:
        self._characters += len(content)
        if self._characters > MAXIMUM_FICHE_CHARACTERS:
            raise RncpXmlError(f"a fiche has more than {MAXIMUM_FICHE_CHARACTERS} characters of text")
        if self._open:
            self._open[-1].pieces.append(content)
        elif self._outer == "VERSION_FLUX":
            self.feed_version += content

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802 - SAX's signature
        self._depth -= 1
        if not self._open:
            self._outer = ""
            return
        closed = self._open.pop()
        if self._open:
            self._open[-1].children.append(closed)
        else:
            self.done.append(closed)


def fiches(stream: BinaryIO) -> Iterator[tuple[Element, str]]:
    """Give the fiches of a feed, one after the other.

    Args:
        stream: The file, open for reading.

    Yields:
        The fiche, and the version that the feed says it has.

    Raises:
        RncpXmlError: Not XML, in no encoding that is known, with a document type or an entity, too large or
            too deep.

    Spec: french-domain.md, section 8 (stream it; refuse DTDs and external entities).
    """
    parser, handler, read = _parser(), _Handler(), 0
    parser.setContentHandler(handler)
    try:
        while piece := stream.read(_PIECE):
            read += len(piece)
            if read > MAXIMUM_FEED_BYTES:
                raise RncpXmlError(f"it is larger than {MAXIMUM_FEED_BYTES} bytes")
            parser.feed(piece)
            while handler.done:
                yield handler.done.pop(0), handler.feed_version.strip()
        parser.close()
    except DefusedXmlException as error:
        raise RncpXmlError(
            "it declares a document type or an entity, which the open data never does: it is not read"
        ) from error
    except (SAXException, ValueError, LookupError) as error:
        raise RncpXmlError(f"it is not XML that can be read ({_reason(error)})") from error


def _parser() -> DefusedExpatParser:
    return DefusedExpatParser(forbid_dtd=True, forbid_entities=True, forbid_external=True)


def _reason(error: Exception) -> str:
    return " ".join(str(error).replace("<unknown>:", "line ").split())[:_MAXIMUM_REASON]
