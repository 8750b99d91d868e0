"""The form that CLR 2.0 demands beyond VCDM 2.0 of a record that holds whole credentials."""

import re
from typing import Final

from credentials.json_input import JsonObject
from credentials.structure import vocabulary
from credentials.structure.badge_model import (
    CREDENTIAL,
    ENDORSED,
    examine_badge_context,
    examine_issuer,
    examine_subject,
    notice_lone_status,
)
from credentials.structure.badge_model import SHAPES as BADGE_SHAPES
from credentials.structure.findings import Examination
from credentials.structure.shapes import Examiner, Kind, Member, Shape, Shapes

_CONTEXT: Final = re.compile(
    r"https://purl\.imsglobal\.org/spec/clr/v2p0/context(-2\.\d\.\d)*\.json", re.ASCII
)
_NEEDED_URL: Final = Member(Kind.URL, required=True)


def clr_examiner(examine_held: Examiner) -> Examiner:
    """Make the examiner of records.

    Args:
        examine_held: Examines a credential that a record holds, as a document of its own.

    Returns:
        Compares a ClrCredential with what CLR 2.0 demands beyond VCDM 2.0.

    Spec: CLR 2.0, ClrCredential, ClrSubject, Association; the published JSON Schema.
    """

    def examine_within(document: JsonObject, found: Examination) -> None:
        examine_held(document, found)
        if not found.unexamined:
            shapes.examine(document, "HeldCredential", "", found)

    def examine_record(document: JsonObject, found: Examination) -> None:
        _examine_context(document, found)
        examine_badge_context(document, 2, found)
        shapes.examine(document, "ClrCredential", "", found)
        examine_issuer(document, found)
        examine_subject(document, "ClrSubject", shapes, found)

    shapes = Shapes(
        {
            **BADGE_SHAPES.by_name,
            "ClrCredential": Shape(
                frozenset({"ClrCredential"}),
                {
                    **CREDENTIAL,
                    **ENDORSED,
                    "name": Member(Kind.NAME, required=True),
                    "image": Member("Image"),
                    "partial": Member(Kind.BOOLEAN),
                    "evidence": Member("Evidence", many=True),
                },
                rule=notice_lone_status,
            ),
            "ClrSubject": Shape(
                frozenset({"ClrSubject"}),
                {
                    "id": Member(Kind.URL),
                    "identifier": Member("IdentityObject", many=True),
                    "achievement": Member("Achievement", many=True),
                    "verifiableCredential": Member(examine_within, required=True, many=True),
                    "association": Member("Association", many=True),
                },
                any_of=("id", "identifier"),
            ),
            "Association": Shape(
                frozenset({"Association"}),
                {
                    "associationType": Member(vocabulary.ASSOCIATION_TYPES, required=True),
                    "sourceId": _NEEDED_URL,
                    "targetId": _NEEDED_URL,
                },
                scalar_type=True,
                closed=True,
            ),
            # Any credential may be held; the record asks a little more of it than VCDM 2.0 does.
            "HeldCredential": Shape(
                frozenset({"VerifiableCredential"}),
                {
                    "validFrom": Member(Kind.INSTANT, required=True),
                    "credentialSubject": Member("HeldSubject", tolerant=True),
                    "credentialStatus": Member("Typed", either=True),
                    "refreshService": Member("Service", tolerant=True),
                    "evidence": Member("Evidence", either=True),
                },
                scalar_type=None,
                rule=_held_parts,
            ),
            "HeldSubject": Shape(frozenset()),
        }
    )
    return examine_record


def _held_parts(document: JsonObject, found: Examination) -> None:
    examine_issuer(document, found)
    notice_lone_status(document, found)


def _examine_context(document: JsonObject, found: Examination) -> None:
    context = document.get("@context")
    second = context[1] if isinstance(context, list) and len(context) > 1 else None
    if not isinstance(second, str) or not _CONTEXT.fullmatch(second):
        found.fault("structure.clr_context", "/@context/1")
