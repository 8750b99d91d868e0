"""A credential inside an SVG: one ``openbadges:credential`` element directly after ``<svg>``."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass, field
from typing import Final, Never
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from credentials.baking.contents import OTHER_NAMESPACE, Baked, legacy_badge
from credentials.baking.errors import BakingCode, BakingError

NAMESPACE: Final = "https://purl.imsglobal.org/ob/v3p0"
"""The specification's own; other writers also use the context's address, which we read too."""
READ_NAMESPACES: Final = frozenset({NAMESPACE, "https://purl.imsglobal.org/spec/ob/v3p0"})
LEGACY_NAMESPACE: Final = "http://openbadges.org"
PREFIX: Final = "openbadges"

MAXIMUM_SVG_BYTES: Final = 4 * 1024 * 1024
MAXIMUM_DEPTH: Final = 200

_SVG: Final = "http://www.w3.org/2000/svg"
_JWS: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+", re.ASCII)
_START_TAG: Final = re.compile(rb"<(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
"""Possessive: what has been matched is not kept to be tried again, which would cost its size many times."""
_SEPARATOR: Final = " "
_ELEMENTS: Final = {"credential": READ_NAMESPACES, "assertion": frozenset({LEGACY_NAMESPACE})}
_DIRECTLY_UNDER_THE_ROOT: Final = 2


def bake(svg: bytes, text: str) -> bytes:
    """Put a credential into an SVG, directly after its root's start tag.

    Args:
        svg: An SVG document in UTF-8 that holds no credential.
        text: The credential: JSON, or a compact JWS.

    Returns:
        The SVG with the element added; every other byte is as it was.

    Raises:
        BakingError: The picture is malformed, or holds a credential already.

    Spec: Open Badges 3.0, section 5.3.2 (SVG).
    """
    scan = _scan(svg)
    if scan.held:
        raise BakingError(BakingCode.ALREADY_BAKED, "the picture already holds a credential")
    if scan.encoding not in {None, "utf-8"} or svg.startswith((BOM_UTF16_BE, BOM_UTF16_LE)):
        raise BakingError(BakingCode.NOT_TEXT, "only an SVG in UTF-8 can be baked")
    if not scan.root_end:
        raise BakingError(BakingCode.MALFORMED_SVG, "the root is empty")
    if scan.prefix not in {None, NAMESPACE}:
        raise BakingError(BakingCode.NOT_TEXT, "the root uses the prefix openbadges for something else")
    declaration = "" if scan.prefix else f' xmlns:{PREFIX}="{NAMESPACE}"'
    if _JWS.fullmatch(text):
        element = f"<openbadges:credential verify={quoteattr(text)}/>"
    else:
        # CDATA cannot hold its own end mark: the mark is cut in two sections, and reads as it was.
        body = text.replace("]]>", "]]]]><![CDATA[>")
        element = f"<openbadges:credential><![CDATA[{body}]]></openbadges:credential>"
    try:
        addition = f"{declaration}>{element}".encode()
    except UnicodeEncodeError as error:
        raise BakingError(BakingCode.NOT_TEXT, "the text has no UTF-8 form") from error
    baked = svg[: scan.root_end - 1] + addition + svg[scan.root_end :]
    if unbake(baked) != text:
        raise BakingError(BakingCode.NOT_TEXT, "the text holds what XML cannot carry unchanged")
    return baked


def unbake(svg: bytes) -> str | None:
    """Take the credential out of an SVG.

    Args:
        svg: Any bytes.

    Returns:
        The JSON or the JWS as baked, or None if the picture holds no credential.

    Raises:
        BakingError: As :func:`read_baked` says.

    Spec: Open Badges 3.0, section 5.3.2 (SVG).
    """
    baked = read_baked(svg)
    return baked.text if baked is not None else None


def read_baked(svg: bytes) -> Baked | None:
    """Take the credential out of an SVG, with the leniencies of the reading.

    Args:
        svg: Any bytes.

    Returns:
        What is baked, or None if the picture holds no credential.

    Raises:
        BakingError: Not well-formed, declares entities, holds two credentials or a badge older than
            Open Badges 3.0.

    Spec: Open Badges 3.0, section 5.3.2 (SVG); Open Badges Baking Specification 2.0, section SVGs.
    """
    scan = _scan(svg)
    if len(scan.held) > 1:
        raise BakingError(BakingCode.SEVERAL_CREDENTIALS, "two credentials, or one beside a verify attribute")
    if not scan.held:
        return None
    namespace, text = scan.held[0]
    if namespace == LEGACY_NAMESPACE:
        raise legacy_badge(text)
    if scan.misplaced:
        raise BakingError(BakingCode.MALFORMED_SVG, "the credential is not directly under the root")
    return Baked(text, () if namespace == NAMESPACE else (OTHER_NAMESPACE,))


@dataclass(slots=True)
class _Scan:
    """What one pass over the SVG finds; the parser resolves nothing and builds no tree."""

    encoding: str | None = None
    root_start: int = 0
    root_end: int = 0
    prefix: str | None = None
    misplaced: bool = False
    held: list[tuple[str, str]] = field(default_factory=list)
    depth: int = 0
    inside: int = 0
    namespace: str = ""
    text: list[str] = field(default_factory=list)
    verify: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            raise BakingError(BakingCode.MALFORMED_SVG, f"deeper than {MAXIMUM_DEPTH} elements")
        namespace, _, local = name.rpartition(_SEPARATOR)
        if self.depth == 1 and (local != "svg" or namespace not in {_SVG, ""}):
            raise BakingError(BakingCode.MALFORMED_SVG, "the root is not svg")
        if self.inside:
            raise BakingError(BakingCode.MALFORMED_SVG, "an element within the credential")
        if namespace in _ELEMENTS.get(local, ()):
            self.inside, self.namespace, self.text = self.depth, namespace, []
            self.verify = attributes.get("verify")
            self.misplaced = self.misplaced or self.depth != _DIRECTLY_UNDER_THE_ROOT

    def end(self, _name: str) -> None:
        if self.inside == self.depth:
            body = "".join(self.text)
            if body.strip():
                self.held.append((self.namespace, body))
            if self.verify is not None or not body.strip():
                self.held.append((self.namespace, self.verify or ""))
            self.inside = 0
        self.depth -= 1

    def characters(self, data: str) -> None:
        if self.inside:
            self.text.append(data)

    def refuse_inside(self, *_arguments: str) -> None:
        # Readers differ on where the text ends that a comment or an instruction interrupts.
        if self.inside:
            raise BakingError(BakingCode.MALFORMED_SVG, "a comment or an instruction within the credential")

    def declare_prefix(self, prefix: str | None, namespace: str | None) -> None:
        if self.depth == 0 and prefix == PREFIX:
            self.prefix = namespace

    def doctype(
        self,
        _name: str,
        _system: str | None,
        _public: str | None,
        internal_subset: bool,
    ) -> None:
        # A bare DOCTYPE is common in drawings and is never followed; an inner one can define entities.
        if internal_subset:
            raise BakingError(BakingCode.MALFORMED_SVG, "a document type with declarations")

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.encoding = encoding.lower() if encoding else None


def _refuse_entity(*_arguments: object) -> Never:
    raise BakingError(BakingCode.MALFORMED_SVG, "an entity")


def _scan(svg: bytes) -> _Scan:
    if len(svg) > MAXIMUM_SVG_BYTES:
        raise BakingError(BakingCode.TOO_LARGE, f"more than {MAXIMUM_SVG_BYTES} bytes")
    scan = _Scan()
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        if scan.depth == 0:
            scan.root_start = parser.CurrentByteIndex
            scan.root_end = _start_tag_end(svg, scan.root_start)
        scan.start(name, attributes)

    parser.StartElementHandler = start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.characters
    parser.StartDoctypeDeclHandler = scan.doctype
    parser.XmlDeclHandler = scan.declaration
    parser.StartNamespaceDeclHandler = scan.declare_prefix
    parser.CommentHandler = scan.refuse_inside
    parser.ProcessingInstructionHandler = scan.refuse_inside
    parser.EntityDeclHandler = _refuse_entity
    parser.SkippedEntityHandler = _refuse_entity
    parser.ExternalEntityRefHandler = _refuse_entity
    try:
        parser.Parse(svg, True)  # noqa: FBT003 - expat takes it by position only
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise BakingError(BakingCode.MALFORMED_SVG, "not well-formed XML") from error
    return scan


def _start_tag_end(svg: bytes, at: int) -> int:
    """Give the offset just after the start tag that begins at `at`; 0 for an empty-element tag."""
    tag = _START_TAG.match(svg, at)
    return 0 if tag is None or tag[0].endswith(b"/>") else tag.end()
