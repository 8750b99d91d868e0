"""From whatever bytes are handed in to one JSON document, or to the reason why there is none.

A document may come as JSON, or in a token; either may lie bare, in a picture, attached to a PDF, or, as a
token, in a JSON envelope. White space around a token is a file's; within it, it makes another token. What
programs take for a PDF is one here too, or nothing.
"""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from typing import Final

from credentials.baking import BakingCode, BakingError, pdf, png, svg
from credentials.baking.contents import Baked
from credentials.errors import CredentialError
from credentials.json_input import JsonObject, parse_object, to_bytes
from credentials.messages import code_of
from credentials.receipts import is_receipt
from credentials.securing import enveloped
from credentials.securing.envelope import Envelope, Profile, open_token
from credentials.structure.values import issuer_id_of


class Source(StrEnum):
    """Where the document was found."""

    JSON = "json"
    PNG = "png"
    SVG = "svg"
    JWT = "jwt"
    PDF = "pdf"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Carrier:
    """A file with pages for the eye, which nobody signed, in which a document came.

    Attributes:
        sha256: Hex digest of the whole file as received.
    """

    sha256: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document as received.

    Attributes:
        content: The JSON object; verified and shown as it is, never read a second time. Of a token, the
            document that it holds, without the token's own claims.
        raw: The JSON's exact bytes; of a token, its payload's.
        source: Where it was found.
        envelope: The token that holds the document, or None.
        notices: Codes of the leniencies of the reading.
        carrier: The PDF that holds the document, or None.
    """

    content: JsonObject
    raw: bytes
    source: Source = Source.JSON
    envelope: Envelope | None = None
    notices: tuple[str, ...] = ()
    carrier: Carrier | None = None

    @property
    def is_sd_jwt(self) -> bool:
        """Whether it is an SD-JWT VC: claims of no standard form, and no JSON-LD."""
        return self.envelope is not None and self.envelope.profile is Profile.SD_JWT

    @property
    def issuer(self) -> str | None:
        """The identifier of who says to have issued it, or None."""
        if not self.is_sd_jwt:
            return issuer_id_of(self.content)
        named = self.content.get("iss")
        return named if isinstance(named, str) else None


@dataclass(frozen=True, slots=True)
class ReadProblem:
    """Why no document could be read.

    Attributes:
        code: A ``parse.…`` code of :mod:`credentials.messages`.
        source: What was handed in.
        where: JSON pointer to the offending place, or None.
        receipt: The receipt of a verification that was handed in instead (``parse.receipt``), or None.
    """

    code: str
    source: Source = Source.JSON
    where: str | None = None
    receipt: JsonObject | None = field(default=None, compare=False, repr=False)


_MARKUP: Final = re.compile(rb"(\xef\xbb\xbf)?\s*<")
_TOKEN: Final = re.compile(rb"e[wy3][A-Za-z0-9_+/=-]{6,}\.")
"""How a token begins: base64 of an opening brace, and the first dot."""
_QUOTED_TOKEN: Final = re.compile(rb"\s*(\[\s*)?\"e[wy3][A-Za-z0-9_+/=-]{6,}\.")
_OPEN_BADGES_2: Final = "https://w3id.org/openbadges/v"


def read(data: bytes) -> Document | ReadProblem:
    """Find the credential in bytes of any origin: JSON, a token, a PNG or SVG picture, or a PDF.

    Args:
        data: Any bytes.

    Returns:
        The document, or why there is none; never an exception.

    Spec: Open Badges 3.0, section 5.3 (Document Formats); RFC 7515, section 7.1; RFC 9901, section 4.
    """
    if not data.strip():
        return ReadProblem("parse.empty")
    if data.lstrip().startswith(pdf.SIGNATURE):
        return _from_pdf(data)
    if pdf.opens_as_pdf(data):
        # Under another name it would show pages that nobody signed, and no digest of ours is of it.
        return ReadProblem(BakingCode.UNREADABLE_PDF.value, Source.PDF)
    if data.startswith(png.SIGNATURE):
        return _from_picture(data, Source.PNG)
    if _MARKUP.match(data):
        return _from_picture(data, Source.SVG)
    return _from_text(data, Source.JSON)


def received_as(content: JsonObject) -> Document | ReadProblem:
    """Give a credential inside another document as if it had come alone, out of its envelope if it has one.

    Args:
        content: The credential, or the envelope in which it lies.

    Returns:
        The document, or why there is none; never an exception.

    Spec: VCDM 2.0, section 4.13 (Enveloped Verifiable Credentials).
    """
    try:
        return _from_object(content, to_bytes(content), Source.JSON)
    except CredentialError as error:
        return ReadProblem(code_of(error), Source.JSON, error.where)


def _from_picture(data: bytes, source: Source) -> Document | ReadProblem:
    try:
        baked: Baked | None = png.read_baked(data) if source is Source.PNG else svg.read_baked(data)
    except BakingError as error:
        return ReadProblem(code_of(error), source)
    if baked is None:
        return ReadProblem("parse.no_credential", source)
    found = _from_text(baked.text.encode("utf-8", "surrogatepass"), source)
    return replace(found, notices=baked.leniencies) if isinstance(found, Document) else found


def _from_pdf(data: bytes) -> Document | ReadProblem:
    try:
        attached = pdf.read_attached(data.lstrip())
    except BakingError as error:
        return ReadProblem(code_of(error), Source.PDF)
    if attached is None:
        return ReadProblem("parse.pdf_no_credential", Source.PDF)
    found = _from_text(attached, Source.PDF)
    carrier = Carrier(sha256(data).hexdigest())
    return replace(found, carrier=carrier) if isinstance(found, Document) else found


def _from_text(data: bytes, source: Source) -> Document | ReadProblem:
    if _TOKEN.match(data.lstrip()):
        return _from_token(data.strip(), Source.JWT if source is Source.JSON else source)
    if _QUOTED_TOKEN.match(data):
        return ReadProblem("parse.token_in_json", source)
    try:
        return _from_object(parse_object(data), data, source)
    except CredentialError as error:
        return ReadProblem(code_of(error), source, error.where)


def _from_object(content: JsonObject, data: bytes, source: Source) -> Document | ReadProblem:
    if is_receipt(content):
        return ReadProblem("parse.receipt", source, receipt=content)
    if _is_open_badges_2(content):
        return ReadProblem("parse.open_badges_2", source)
    if enveloped.is_enveloped(content):
        return _from_token(enveloped.token_of(content), source)
    return Document(content, data, source)


def _from_token(token: bytes, source: Source) -> Document | ReadProblem:
    try:
        opened = open_token(token.decode("ascii", "replace"))
    except CredentialError as error:
        return ReadProblem(code_of(error), source)
    if _is_open_badges_2(opened.content):
        return ReadProblem("parse.open_badges_2", source)
    return Document(opened.content, opened.raw, source, opened.envelope)


def _is_open_badges_2(content: JsonObject) -> bool:
    context = content.get("@context")
    if context is None:
        # Open Badges 1.0 had no contexts: an assertion is known by its members.
        return {"recipient", "badge", "verify"} <= content.keys()
    contexts = context if isinstance(context, list) else [context]
    return any(isinstance(item, str) and item.startswith(_OPEN_BADGES_2) for item in contexts)
