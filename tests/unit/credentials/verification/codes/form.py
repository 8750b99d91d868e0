"""One input for each code of ``parse``, ``structure`` and ``contexts``."""

import io
import json
import tempfile
from collections.abc import Mapping
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Final

from PIL import Image

from credentials import Document, ReadProblem, Source, VerificationReport
from credentials.authenticity import examine
from credentials.baking.pdf import MAXIMUM_PDF_BYTES
from credentials.json_input import MAX_BYTES, MAX_STRING
from issuer.bootstrap import public_desk
from tests.faults.desks import found_desk
from tests.support.credentials import CONTEXTS, TEST_ISSUER, make_block_credential
from tests.support.documents import make_record
from tests.support.pdfs import pdf, plain, written
from tests.support.selective import disclosure, sd_jwt
from tests.support.status import CONTEXT_2021, bitstring_entry
from tests.support.tokens import token, vc_header
from tests.support.verification import AT, materials
from tests.unit.credentials.verification.codes.cases import (
    Case,
    Json,
    block,
    changed,
    general,
    judged,
    proven,
)
from tests.unit.credentials.verification.test_embedded import award
from tests.unit.credentials.verification.test_presentations import judged as judged_presentation
from tests.unit.credentials.verification.test_presentations import unsigned

V2 = CONTEXTS[0]
_SVG = '<svg xmlns:o="https://purl.imsglobal.org/spec/ob/v3p0">{}</svg>'
_TYPES = (
    "Address",
    "Alignment",
    "BitstringStatusList",
    "DataIntegrityProof",
    "EndorsementSubject",
    "Evidence",
    "GeoCoordinates",
    "IdentifierEntry",
    "IdentityObject",
    "Image",
    "JsonSchema",
    "Profile",
    "Related",
    "ResultDescription",
    "RubricCriterionLevel",
)
"""Types with a context of their own; every set of them is a context more to work out."""


def enveloped(media_type: str, content: str) -> Json:
    """Give a credential in an envelope."""
    return {
        "@context": V2,
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:{media_type},{content}",
    }


@cache
def _link(text: str) -> VerificationReport:
    """Ask an institution's own desk about a link."""
    with tempfile.TemporaryDirectory() as folder:
        return public_desk(found_desk(Path(folder) / "data")).check_link(text)


def _picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "PNG")
    return buffer.getvalue()


def _crowded() -> Json:
    """Give an envelope with a credential of half as many values as one document may hold."""
    numbers = [[row * 50 + number for number in range(50)] for row in range(110)]
    return enveloped("application/vc+jwt", token(vc_header(), block(numbers=numbers)))


PARSE: Final[Mapping[str, Case]] = {
    "parse.ok": lambda: judged(proven(block())),
    "parse.empty": lambda: judged(b" \n"),
    "parse.too_large": lambda: judged(b"{" + b" " * MAX_BYTES + b"}"),
    "parse.not_utf8": lambda: judged(b'{"name":"Certifi\xe9"}'),
    "parse.byte_order_mark": lambda: judged(b"\xef\xbb\xbf{}"),
    "parse.not_json": lambda: judged(b"Bonjour"),
    "parse.not_object": lambda: judged(b"[1]"),
    "parse.duplicate_member": lambda: judged(b'{"id":"urn:x:1","id":"urn:x:2"}'),
    "parse.too_deep": lambda: judged(b'{"a":' * 1000 + b"1" + b"}" * 1000),
    "parse.too_many_values": lambda: judged(b'{"a":[' + b"0," * 50_000 + b"0]}"),
    "parse.string_too_long": lambda: judged(b'{"a":"' + b"x" * (MAX_STRING + 1) + b'"}'),
    "parse.forbidden_character": lambda: judged(b'{"a":"\\ud800"}'),
    "parse.number": lambda: judged(b'{"a":1e999}'),
    # Only a caller that made the object itself can put in it what no JSON text holds.
    "parse.type": lambda: judged(Document({"a": b"x"}, b"")),  # type: ignore[dict-item]  # that is the case
    "parse.link_unknown": lambda: _link("http://localhost:8123/v/AAAAAAAAAAAAAAAAAAAAAA"),
    "parse.link_closed": lambda: judged(ReadProblem("parse.link_closed", Source.LINK)),
    "parse.link_not_followed": lambda: _link("https://autre.example/v/AAAAAAAAAAAAAAAAAAAAAA"),
    "parse.not_examined": lambda: judged_presentation(
        {**unsigned(), "verifiableCredential": [_crowded()] * 2}
    ),
    "parse.token_malformed": lambda: judged(token(vc_header(), block()) + "=="),
    "parse.token_in_json": lambda: judged(json.dumps([token(vc_header(), block())])),
    "parse.disclosure": lambda: judged(sd_jwt({}, disclosure("salt", "given_name", "Camille"))),
    "parse.digest_algorithm": lambda: judged(sd_jwt({"_sd_alg": "md5"})),
    "parse.envelope_malformed": lambda: judged(enveloped("application/vc+jwt", "x y")),
    "parse.envelope_media_type": lambda: judged(enveloped("application/pdf", "JVBERi0x")),
    "parse.envelope_nested": lambda: judged(
        enveloped("application/vc+jwt", token(vc_header(), enveloped("application/vc+jwt", "x")))
    ),
    "parse.pdf_unreadable": lambda: judged(b"%PDF-1.7\n"),
    "parse.pdf_too_large": lambda: judged(b"%PDF-1.7\n" + bytes(MAXIMUM_PDF_BYTES)),
    "parse.pdf_encrypted": lambda: judged(written(plain(), b"/Encrypt 2 0 R")),
    "parse.pdf_several_credentials": lambda: judged(pdf(("a.json", "", b"{}"), ("b.json", "", b"[]"))),
    "parse.pdf_no_credential": lambda: judged(pdf()),
    "parse.receipt": lambda: judged({"type": "VerificationReceipt"}),
    "parse.open_badges_2": lambda: judged({"@context": "https://w3id.org/openbadges/v2"}),
    "parse.open_badges_address": lambda: judged(
        '<svg xmlns:o="http://openbadges.org"><o:assertion verify="https://a.example/1"/></svg>'
    ),
    "parse.png_malformed": lambda: judged(_picture()[:-9]),
    "parse.svg_malformed": lambda: judged(b"<svg><g></svg>"),
    "parse.picture_too_large": lambda: judged(b"<svg>" + b" " * (64 << 20)),
    "parse.several_credentials": lambda: judged(_SVG.format('<o:credential verify="a.b.c"/>' * 2)),
    "parse.no_credential": lambda: judged(_picture()),
}

_RESOURCE: Final = {"id": "urn:x:1", "digestSRI": "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="}
_SUBJECT, _STATUS = "credentialSubject", "credentialStatus"

STRUCTURE: Final[Mapping[str, Case]] = {
    "structure.ok": lambda: judged(proven(block())),
    "structure.ok_clr": lambda: judged(award(make_record())),
    "structure.ok_general": lambda: judged(general()),
    "structure.sd_jwt": lambda: judged(sd_jwt({})),
    "structure.missing_member": lambda: judged(block(issuer=None)),
    "structure.wrong_type": lambda: judged(block(proof="signé, sur l'honneur")),
    "structure.type_not_named": lambda: judged(changed("issuer", "type", to=["Organization"])),
    "structure.null_value": lambda: judged(changed("name", to=None)),
    "structure.empty_array": lambda: judged(block(evidence=[])),
    "structure.empty_subject": lambda: judged(general(**{_SUBJECT: {}})),
    "structure.several_subjects": lambda: judged(block(credentialSubject=[block()[_SUBJECT]] * 2)),
    "structure.not_a_url": lambda: judged(block(issuer="Cnam")),
    "structure.not_an_instant": lambda: judged(block(awardedDate="hier")),
    "structure.not_a_date": lambda: judged(changed("issuer", "dateOfBirth", to="30 février")),
    "structure.not_in_vocabulary": lambda: judged(
        changed(_SUBJECT, "achievement", "achievementType", to="Grade")
    ),
    "structure.member_not_allowed": lambda: judged(changed("image", "alt", to="texte")),
    "structure.member_name": lambda: judged(block(**{"@graph": "x"})),
    "structure.older_data_model": lambda: judged(
        general(**{"@context": ["https://www.w3.org/2018/credentials/v1"]})
    ),
    "structure.base_context": lambda: judged(general(**{"@context": [CONTEXTS[1]]})),
    "structure.open_badge_context": lambda: judged(block(**{"@context": [V2]})),
    "structure.clr_context": lambda: judged({**make_record(), "@context": list(CONTEXTS)}),
    "structure.not_an_envelope": lambda: judged_presentation(
        {**unsigned(), "verifiableCredential": [{**enveloped("", ""), "id": "urn:x:1"}]}
    ),
    "structure.period_reversed": lambda: judged(block(validUntil="2026-11-24T09:29:59Z")),
    "structure.status_index": lambda: judged(changed(_STATUS, "statusListIndex", to="+5")),
    "structure.status_id": lambda: judged(
        changed(_STATUS, "id", to=str(make_block_credential()[_STATUS]["statusListCredential"]))  # type: ignore[index,call-overload]  # an object
    ),
    "structure.status_messages": lambda: judged(block(credentialStatus=bitstring_entry(statusSize=2))),
    "structure.related_twice": lambda: judged(block(relatedResource=[_RESOURCE, _RESOURCE])),
    "structure.not_run": lambda: judged(b"{"),
}

CONTEXT: Final[Mapping[str, Case]] = {
    "contexts.ok": lambda: judged(proven(block())),
    "contexts.none": lambda: judged(sd_jwt({})),
    "contexts.not_run": lambda: judged(b"{"),
    "contexts.not_pinned": lambda: judged(block(**{"@context": [*CONTEXTS, "https://autre.example/c"]})),
    "contexts.inline": lambda: judged(block(**{"@context": [*CONTEXTS, {"siret": "urn:x:siret"}]})),
    "contexts.nested": lambda: judged(changed(_SUBJECT, "@context", to="https://autre.example/c")),
    "contexts.list": lambda: judged(block(**{"@context": [*CONTEXTS, CONTEXTS[1]]})),
    "contexts.unused": lambda: judged(block(**{"@context": [*CONTEXTS, CONTEXT_2021]})),
    "contexts.embedded": lambda: judged_presentation(
        {**unsigned(), "verifiableCredential": [proven(block())] * 2}
    ),
    "contexts.conflict": lambda: judged(
        general(**{"@context": [V2, CONTEXT_2021]}, evidence={"type": ["StatusList2021Credential"]})
    ),
    "contexts.undefined": lambda: judged(block(gradeObtained="20/20")),
    "contexts.relative": lambda: judged(general(image="badge.png")),
    "contexts.keyword": lambda: judged(general(name={"@value": "x"})),
    "contexts.spelling": lambda: judged(general(subject={"tag": ["a", ["b"]]})),
    "contexts.duplicate": lambda: judged(general(subject={"tag": ["a", "a"]})),
    "contexts.number": lambda: judged(general(subject={"creditsAvailable": 0.30000000000000004})),
    "contexts.native": lambda: judged(general(subject={"creditsAvailable": "3"})),
    "contexts.language": lambda: judged(general(name={"@value": "x", "@language": "FR"})),
    "contexts.direction": lambda: judged(
        general(name={"@value": "x", "@language": "fr", "@direction": "rtl"})
    ),
    "contexts.scattered": lambda: judged(
        general(subject={"creator": {"id": TEST_ISSUER, "type": ["Profile"], "name": "Autre"}})
    ),
    "contexts.unsupported": lambda: judged(general(_sd=["x"])),
    "contexts.budget": lambda: judged(
        general(evidence=[{"type": list(types)} for types in combinations(_TYPES, 3)])
    ),
}


def _examined(document: Json) -> Case:
    return lambda: examine(document, issuer=TEST_ISSUER, materials=materials(), at=AT)


BEHIND_STRUCTURE: Final[Mapping[str, Case]] = {
    "contexts.missing": _examined({"type": ["VerifiableCredential"]}),
    "contexts.null": _examined(block() | {"name": None}),
    "contexts.empty": _examined(block(evidence=[])),
    "contexts.invalid": _examined(block(name=float("nan"))),
}
"""Faults that ``structure`` or ``parse`` names first; the guard does not rely on them, and answers alike.

It examines status lists too, whose form is examined by other rules.
"""

FORM: Final = {**PARSE, **STRUCTURE, **CONTEXT, **BEHIND_STRUCTURE}
