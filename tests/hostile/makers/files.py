"""Pictures, links, and files of other kinds."""

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image

from credentials.baking import png, svg
from tests.hostile.makers.sealing import Hostile, Made, genuine, put, text_of, written
from tests.support.tokens import token, vc_header


def _picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "PNG")
    return buffer.getvalue()


def _chunk(kind: bytes, data: bytes, crc: int | None = None) -> bytes:
    checked = zlib.crc32(kind + data) if crc is None else crc
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checked)


def _itxt(text: bytes, keyword: bytes = b"openbadgecredential", head: bytes = b"\0\0\0\0\0") -> bytes:
    return _chunk(b"iTXt", keyword + head + text)


def _with(*chunks: bytes, before_end: bool = True) -> Callable[[], Hostile]:
    def make() -> Hostile:
        whole = _picture()
        place = len(whole) - 12 if before_end else len(whole)
        return Hostile(whole[:place] + b"".join(chunks) + whole[place:])

    return make


def _json() -> bytes:
    return written(genuine())


def _altered() -> bytes:
    document = genuine()
    put(["name"], "Doctorat")(document)
    return written(document)


def _baked(change: Callable[[bytes], bytes] = lambda data: data) -> Callable[[], Hostile]:
    return lambda: Hostile(change(png.bake(_picture(), text_of(genuine()))))


_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>'


def _drawn(
    change: Callable[[bytes], bytes] = lambda data: data, text: str | None = None
) -> Callable[[], Hostile]:
    return lambda: Hostile(change(svg.bake(_SVG, text or text_of(genuine()))))


def _svg(body: str, head: str = "", attributes: str = "") -> Callable[[], Hostile]:
    """Draw an SVG by hand, with the credential where JSON stands."""

    def make() -> Hostile:
        text = text_of(genuine())
        declared = 'xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
        return Hostile(f"{head}<svg {declared} {attributes}>{body.replace('JSON', text)}</svg>".encode())

    return make


_ELEMENT = "<openbadges:credential><![CDATA[JSON]]></openbadges:credential>"


def _bytes(data: bytes) -> Callable[[], Hostile]:
    return lambda: Hostile(data)


MADE: Made = {
    "png": _baked(),
    "png-of-a-token": lambda: Hostile(png.bake(_picture(), token(vc_header(), genuine()))),
    "png-of-an-altered-document": lambda: Hostile(png.bake(_picture(), _altered().decode())),
    "png-without-credential": lambda: Hostile(_picture()),
    "png-signature-alone": _bytes(png.SIGNATURE),
    "png-cut": _baked(lambda data: data[:-20]),
    "png-junk-after": _baked(lambda data: data + b"x"),
    "png-credential-after-end": _with(_itxt(_json()), before_end=False),
    "png-byte-flipped": _baked(lambda data: data[:-40] + bytes([data[-40] ^ 1]) + data[-39:]),
    "png-wrong-crc": _with(_chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0" + _json(), crc=0)),
    "png-two-credentials": _with(_itxt(_json()), _itxt(_altered())),
    "png-credential-and-older": _with(_itxt(_json()), _itxt(b"{}", b"openbadges")),
    "png-credential-and-plain-text": _with(_itxt(_json()), _chunk(b"tEXt", b"openbadgecredential\0{}")),
    "png-plain-text": _with(_chunk(b"tEXt", b"openbadgecredential\0" + _json())),
    "png-compressed": _with(_itxt(zlib.compress(_json()), head=b"\0\1\0\0\0")),
    "png-compressed-cut": _with(_itxt(zlib.compress(_json())[:-8], head=b"\0\1\0\0\0")),
    "png-compressed-bomb": _with(_itxt(zlib.compress(b" " * (64 << 20), 9), head=b"\0\1\0\0\0")),
    "png-compression-unknown": _with(_itxt(_json(), head=b"\0\1\7\0\0")),
    "png-flag-unknown": _with(_itxt(_json(), head=b"\0\2\0\0\0")),
    "png-not-utf-8": _with(_itxt(b"\xff\xfe{}")),
    "png-empty-text": _with(_itxt(b"")),
    "png-older-badge": _with(_itxt(b'{"@context":"https://w3id.org/openbadges/v2"}', b"openbadges")),
    "png-older-address": _with(_itxt(b"https://badges.example/1", b"openbadges")),
    "png-older-bomb": _with(_chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(b" " * (64 << 20), 9))),
    "png-length-beyond-file": _with(b"\x7f\xff\xff\xffiTXt"),
    "png-length-negative": _with(b"\xff\xff\xff\xffiTXt"),
    "png-header-twice": _with(_chunk(b"IHDR", bytes(13))),
    "svg": _drawn(),
    "svg-of-a-token": lambda: Hostile(svg.bake(_SVG, token(vc_header(), genuine()))),
    "svg-of-an-altered-document": lambda: Hostile(svg.bake(_SVG, _altered().decode())),
    "svg-without-credential": _bytes(_SVG),
    "svg-cut": _drawn(lambda data: data[:-10]),
    "svg-two-credentials": _svg(_ELEMENT * 2),
    "svg-in-a-group": _svg(f"<g>{_ELEMENT}</g>"),
    "svg-verify-and-text": _svg(
        '<openbadges:credential verify="e30.e30.AA"><![CDATA[JSON]]></openbadges:credential>'
    ),
    "svg-comment-inside": _svg("<openbadges:credential><![CDATA[JSON]]><!-- --></openbadges:credential>"),
    "svg-comment-splits": _svg(
        "<openbadges:credential><![CDATA[{}]]><!-- --><![CDATA[JSON]]></openbadges:credential>"
    ),
    "svg-element-inside": _svg("<openbadges:credential><![CDATA[JSON]]><g/></openbadges:credential>"),
    "svg-entities": _svg(
        "<openbadges:credential>&x;</openbadges:credential>", '<!DOCTYPE svg [<!ENTITY x "{}">]>'
    ),
    "svg-billion-laughs": _svg(
        "&c;", '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    ),
    "svg-external-entity": _svg("&x;", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "svg-external-doctype": _svg(_ELEMENT, '<!DOCTYPE svg PUBLIC "x" "https://evil.example/svg.dtd">'),
    "svg-processing-instruction": _svg(_ELEMENT, '<?xml-stylesheet href="https://evil.example/x.xsl"?>'),
    "svg-script": _svg(_ELEMENT + "<script>alert(1)</script>"),
    "svg-handler": _svg(_ELEMENT, attributes='onload="alert(1)"'),
    "svg-include": _svg('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
    "svg-other-namespace": _drawn(
        lambda data: data.replace(
            b"https://purl.imsglobal.org/ob/v3p0", b"https://purl.imsglobal.org/spec/ob/v3p0"
        )
    ),
    "svg-namespace-unknown": _drawn(
        lambda data: data.replace(b"https://purl.imsglobal.org/ob/v3p0", b"https://evil.example/ob")
    ),
    "svg-of-html": _bytes(b"<html><body><openbadges:credential/></body></html>"),
    "svg-utf-16": _drawn(lambda data: data.decode().encode("utf-16")),
    "svg-mark": _drawn(lambda data: b"\xef\xbb\xbf" + data),
    "svg-encoding-lie": _drawn(lambda data: b'<?xml version="1.0" encoding="UTF-16"?>' + data),
    "svg-encoding-unknown": _drawn(lambda data: b'<?xml version="1.0" encoding="EBCDIC-9"?>' + data),
    "svg-depth-300": _bytes(
        b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 300 + b"</g>" * 300 + b"</svg>"
    ),
    "empty": _bytes(b""),
    "white-space": _bytes(b" \t\r\n" * 100),
    "nul": _bytes(b"\0"),
    "pdf": _bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"),
    "pdf-with-credential": lambda: Hostile(b"%PDF-1.7\n" + _json()),
    "zip": _bytes(b"PK\x03\x04" + bytes(26)),
    "gzip": lambda: Hostile(b"\x1f\x8b\x08" + bytes(20)),
    "html": _bytes(b"<!doctype html><title>Diplome</title><script>alert(1)</script>"),
    "xml": _bytes(b'<?xml version="1.0"?><diploma/>'),
    "jpeg": _bytes(b"\xff\xd8\xff\xe0" + bytes(60)),
    "cbor": _bytes(b"\xd9\xd9\xf7\xa1\x61\x61\x01"),
    "plain-text": _bytes("Diplôme de responsable de projet".encode()),
    "link": _bytes(b"https://diplomes.example/v/b10cT2xT0vWJb1p8r9sYzB"),
    "link-local": _bytes(b"http://127.0.0.1:22/"),
    "link-file": _bytes(b"file:///etc/passwd"),
    "link-script": _bytes(b"javascript:alert(1)"),
    "yaml": _bytes(b"id: https://diplomes.example/v/1\ntype: [VerifiableCredential]\n"),
    "csv": _bytes(b"id;nom\n1;Camille\n"),
    "pem": _bytes(b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"),
    "older-badge": _bytes(b'{"@context":"https://w3id.org/openbadges/v2","type":"Assertion"}'),
    "oldest-badge": _bytes(b'{"recipient":"x","badge":"y","verify":{}}'),
    "empty-object": _bytes(b"{}"),
}
