"""How each exported form is read back and tampered with."""

import base64
import io
import json
from collections.abc import Mapping

import pikepdf

from credentials.baking import png, svg
from credentials.document import Document, read
from credentials.json_input import JsonObject, parse_object, to_bytes
from credentials.securing.selective import derive
from issuer.bootstrap import public_desk
from issuer.domain.award import Award
from issuer.ports import ExportFormat, PictureFormat, Published
from issuer.services.office import Office


def shown(form: ExportFormat, content: bytes) -> bytes:
    """Give what a verifier is shown of an exported file: the file, or the holder's extract with everything."""
    if form is not ExportFormat.SELECTIVE:
        return content
    document = parse_object(content)
    everything = [f"/{name}" for name in document if name not in {"@context", "proof"}]
    return to_bytes(derive(document, everything))


def read_back(content: bytes) -> Document:
    """Read a file as the verifier does."""
    found = read(content)
    assert isinstance(found, Document), found
    return found


def document_in(form: ExportFormat, content: bytes, award: Award) -> JsonObject:
    """Give what a file says of one award; a record says it in one of its members."""
    document = read_back(shown(form, content)).content
    if form is not ExportFormat.CLR:
        return document
    subject = document["credentialSubject"]
    assert isinstance(subject, dict)
    members = subject["verifiableCredential"]
    assert isinstance(members, list)
    (found,) = [item for item in members if isinstance(item, dict) and item["id"] == award.credential_id]
    return found


def tampered(
    office: Office, award: Award, form: ExportFormat, content: bytes, change: Mapping[str, str]
) -> bytes:
    """Give a copy of a file in which words of the document are others, and everything else fits them."""
    match form:
        case ExportFormat.PNG:
            blank = public_desk(office).picture(award.token, PictureFormat.QR_PNG)
            text = png.unbake(content)
            assert isinstance(blank, Published)
            assert text is not None
            return png.bake(blank.body, _changed(text, change))
        case ExportFormat.SVG:
            blank = public_desk(office).picture(award.token, PictureFormat.QR_SVG)
            text = svg.unbake(content)
            assert isinstance(blank, Published)
            assert text is not None
            return svg.bake(blank.body, _changed(text, change))
        case ExportFormat.PDF:
            with pikepdf.open(io.BytesIO(content)) as pdf:
                (attached,) = pdf.Root.AF
                attached.EF.F.write(_changed(attached.EF.F.read_bytes().decode(), change).encode())
                out = io.BytesIO()
                pdf.save(out)
            return out.getvalue()
        case ExportFormat.JWT | ExportFormat.OPEN_BADGES_JWT:
            header, payload, signature = content.decode().split(".")
            return ".".join((header, _base64url(_changed(_text(payload), change)), signature)).encode()
        case _:
            return _changed(shown(form, content).decode(), change).encode()


def header_of(token: bytes) -> Mapping[str, str]:
    """Give a token's header."""
    header: Mapping[str, str] = json.loads(_text(token.decode().split(".")[0]))
    return header


def _changed(text: str, change: Mapping[str, str]) -> str:
    for old, new in change.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def _text(part: str) -> str:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()


def _base64url(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()
