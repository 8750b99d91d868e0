"""From whatever bytes are handed in to one JSON document, or to the reason why there is none."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from credentials.baking import BakingError, png, svg
from credentials.errors import InputError
from credentials.json_input import JsonObject, parse_object
from credentials.messages import code_of


class Source(StrEnum):
    """Where the document was found."""

    JSON = "json"
    PNG = "png"
    SVG = "svg"
    JWT = "jwt"
    PDF = "pdf"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Document:
    """A document as received.

    Attributes:
        content: The JSON object; verified and shown as it is, never read a second time.
        raw: The JSON's exact bytes.
        source: Where it was found.
    """

    content: JsonObject
    raw: bytes
    source: Source = Source.JSON


@dataclass(frozen=True, slots=True)
class ReadProblem:
    """Why no document could be read.

    Attributes:
        code: A ``parse.…`` code of :mod:`credentials.messages`.
        source: What was handed in.
        where: JSON pointer to the offending place, or None.
    """

    code: str
    source: Source = Source.JSON
    where: str | None = None


_PDF: Final = b"%PDF-"
_COMPACT_JWS: Final = re.compile(rb"\s*eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_~-]*\s*")
_MARKUP: Final = re.compile(rb"(\xef\xbb\xbf)?\s*<")
_OPEN_BADGES_2: Final = "https://w3id.org/openbadges/v"


def read(data: bytes) -> Document | ReadProblem:
    """Find the credential in bytes of any origin: JSON, or baked in a PNG or SVG picture.

    Args:
        data: Any bytes.

    Returns:
        The document, or why there is none; never an exception.

    Spec: Open Badges 3.0, section 5.3 (Document Formats).
    """
    if not data.strip():
        return ReadProblem("parse.empty")
    if data.startswith(png.SIGNATURE):
        return _from_picture(data, Source.PNG)
    if _MARKUP.match(data):
        return _from_picture(data, Source.SVG)
    return _from_text(data, Source.JSON)


def _from_picture(data: bytes, source: Source) -> Document | ReadProblem:
    try:
        text = png.unbake(data) if source is Source.PNG else svg.unbake(data)
    except BakingError as error:
        return ReadProblem(code_of(error), source)
    if text is None:
        return ReadProblem("parse.no_credential", source)
    return _from_text(text.encode("utf-8", "surrogatepass"), source)


def _from_text(data: bytes, source: Source) -> Document | ReadProblem:
    if data.lstrip().startswith(_PDF):
        return ReadProblem("parse.pdf_unsupported", Source.PDF)
    if _COMPACT_JWS.fullmatch(data):
        return ReadProblem("parse.jwt_unsupported", source if source is not Source.JSON else Source.JWT)
    try:
        content = parse_object(data)
    except InputError as error:
        return ReadProblem(code_of(error), source, error.where)
    if _is_open_badges_2(content):
        return ReadProblem("parse.open_badges_2", source)
    return Document(content, data, source)


def _is_open_badges_2(content: JsonObject) -> bool:
    context = content.get("@context")
    contexts = context if isinstance(context, list) else [context]
    return any(isinstance(item, str) and item.startswith(_OPEN_BADGES_2) for item in contexts)
