"""The form that VCDM 2.0 demands of a presentation, and of a credential in an envelope."""

import re
from typing import Final

from credentials.json_input import JsonObject, JsonValue, pointer
from credentials.structure.findings import Examination
from credentials.structure.kinds import examine_document
from credentials.structure.values import is_url, types_of
from credentials.structure.vcdm import SHAPES, examine_frame

ENVELOPED_CREDENTIAL: Final = "EnvelopedVerifiableCredential"
ENVELOPED_PRESENTATION: Final = "EnvelopedVerifiablePresentation"

_DATA_URL: Final = re.compile(r"data:[^,\s]+,\S+", re.ASCII)


def examine_presentation(document: JsonObject, found: Examination) -> None:
    """Compare a presentation with VCDM 2.0, and each credential in it with the forms that it claims.

    Args:
        document: The parsed document.
        found: Where faults and leniencies are noted; or that an older data model is followed.

    Spec: VCDM 2.0, section 4.13 (Verifiable Presentations).
    """
    if not examine_frame(document, found):
        return
    SHAPES.examine(document, "presentation", "", found)
    _examine_holder(document.get("holder"), found)
    held = document.get("verifiableCredential", [])
    many = isinstance(held, list)
    for number, item in enumerate(held if isinstance(held, list) else [held]):
        where = pointer("/verifiableCredential", number) if many else "/verifiableCredential"
        _examine_held(item, where, found)


def examine_enveloped(document: JsonObject, found: Examination) -> None:
    """Compare an enveloped credential or presentation with VCDM 2.0; what the envelope holds is not opened.

    Args:
        document: The parsed document.
        found: Where faults are noted.

    Spec: VCDM 2.0, section 4.13 (Enveloped Verifiable Credentials, Enveloped Verifiable Presentations).
    """
    if "@context" not in document:
        found.fault("structure.missing_member", "/@context", member="@context")
    if types_of(document) not in {(ENVELOPED_CREDENTIAL,), (ENVELOPED_PRESENTATION,)}:
        expected = f"{ENVELOPED_CREDENTIAL} / {ENVELOPED_PRESENTATION}"
        found.fault("structure.type_not_named", "/type", expected=expected)
    identifier = document.get("id")
    if not isinstance(identifier, str) or not _DATA_URL.fullmatch(identifier):
        found.fault("structure.not_an_envelope", "/id")


def _examine_held(item: JsonValue, where: str, found: Examination) -> None:
    if not isinstance(item, dict):
        found.fault("structure.wrong_type", where, member="verifiableCredential")
        return
    inner = Examination()
    examine = examine_enveloped if ENVELOPED_CREDENTIAL in types_of(item) else examine_document
    examine(item, inner)
    found.include(inner, where)


def _examine_holder(holder: JsonValue, found: Examination) -> None:
    if isinstance(holder, dict):
        if not is_url(holder.get("id")):
            found.fault("structure.not_a_url", "/holder/id", member="id")
    elif holder is not None and not is_url(holder):
        found.fault("structure.not_a_url", "/holder", member="holder")
