"""The form that VCDM 2.0 demands of every verifiable credential."""

from itertools import pairwise
from typing import Final

from credentials.json_input import JsonObject, JsonValue, pointer
from credentials.structure.findings import Examination
from credentials.structure.hygiene import examine_values
from credentials.structure.shapes import Kind, Member, Shape, Shapes
from credentials.structure.status_entry import examine_status
from credentials.structure.values import instant_of, is_url, objects_of

BASE_CONTEXT: Final = "https://www.w3.org/ns/credentials/v2"
_DATA_MODEL_1: Final = "https://www.w3.org/2018/credentials/v1"

_TYPED: Final = Shape(
    frozenset(), {"type": Member(Kind.TEXT, required=True, either=True), "id": Member(Kind.URL)}
)

SHAPES: Final = Shapes(
    {
        "credential": Shape(
            frozenset({"VerifiableCredential"}),
            {
                "id": Member(Kind.URL),
                "name": Member(Kind.LANGUAGE_TEXT),
                "description": Member(Kind.LANGUAGE_TEXT),
                "validFrom": Member(Kind.INSTANT),
                "validUntil": Member(Kind.INSTANT),
                "evidence": Member("typed", either=True),
                "refreshService": Member("typed", either=True, notice="notice.refresh_not_followed"),
                "termsOfUse": Member("typed", either=True),
                "credentialSchema": Member("schema", either=True),
                "credentialStatus": Member("typed", either=True),
                "relatedResource": Member("related", either=True),
                "proof": Member("typed", either=True),
            },
            scalar_type=None,
        ),
        "presentation": Shape(
            frozenset({"VerifiablePresentation"}),
            {
                "id": Member(Kind.URL),
                "name": Member(Kind.LANGUAGE_TEXT),
                "description": Member(Kind.LANGUAGE_TEXT),
                "termsOfUse": Member("typed", either=True),
                "proof": Member("typed", either=True),
            },
            scalar_type=None,
        ),
        "typed": _TYPED,
        "schema": Shape(
            frozenset(),
            {"type": Member(Kind.TEXT, required=True, either=True), "id": Member(Kind.URL, required=True)},
        ),
        "related": Shape(
            frozenset(),
            {
                "id": Member(Kind.URL, required=True),
                "digestSRI": Member(Kind.TEXT),
                "digestMultibase": Member(Kind.TEXT),
                "mediaType": Member(Kind.TEXT),
            },
            any_of=("digestSRI", "digestMultibase"),
        ),
    }
)


def examine_credential(document: JsonObject, found: Examination) -> None:
    """Compare a document with VCDM 2.0.

    Args:
        document: The parsed document.
        found: Where faults and leniencies are noted.

    Spec: VCDM 2.0, sections 4 (Basic Concepts) and 5.3 (Integrity of Related Resources).
    """
    if not examine_frame(document, found):
        return
    SHAPES.examine(document, "credential", "", found)
    _examine_issuer(document, found)
    _examine_subjects(document, found)
    _examine_period(document, found)
    examine_status(document.get("credentialStatus"), found)
    _examine_related(document.get("relatedResource"), found)


def examine_frame(document: JsonObject, found: Examination) -> bool:
    """Look at what holds for credentials and presentations alike: the base context, and every value.

    Args:
        document: The parsed document.
        found: Where faults are noted; or that the document follows an older data model.

    Returns:
        Whether the rest is to be examined: not where the data model is an older one.

    Spec: VCDM 2.0, sections 4.3 (Contexts), 4.4 (Identifiers) and 4.5 (Types).
    """
    if follows_older_model(document):
        found.leave("structure.older_data_model", "/@context/0")
        return False
    _examine_base_context(document, found)
    examine_values(document, found)
    return True


def follows_older_model(document: JsonObject) -> bool:
    """Say whether a document follows VC Data Model 1.1, which is known here by name only."""
    context = document.get("@context")
    return isinstance(context, list) and context[:1] == [_DATA_MODEL_1]


def _examine_base_context(document: JsonObject, found: Examination) -> None:
    context = document.get("@context")
    if context is None:
        found.fault("structure.missing_member", "/@context", member="@context")
    elif not isinstance(context, list):
        found.fault("structure.wrong_type", "/@context", member="@context")
    elif context[:1] != [BASE_CONTEXT]:
        found.fault("structure.base_context", "/@context/0")
    else:
        for number, item in enumerate(context):
            if not is_url(item) and not isinstance(item, dict):
                found.fault("structure.not_a_url", pointer("/@context", number), member="@context")


def _examine_issuer(document: JsonObject, found: Examination) -> None:
    issuer = document.get("issuer")
    if issuer is None:
        found.fault("structure.missing_member", "/issuer", member="issuer")
    elif isinstance(issuer, dict):
        if not is_url(issuer.get("id")):
            found.fault("structure.not_a_url", "/issuer/id", member="id")
        names = Shape(
            frozenset(), {"name": Member(Kind.LANGUAGE_TEXT), "description": Member(Kind.LANGUAGE_TEXT)}
        )
        Shapes({"issuer": names}).examine(issuer, "issuer", "/issuer", found)
    elif not is_url(issuer):
        found.fault("structure.not_a_url", "/issuer", member="issuer")


def _examine_subjects(document: JsonObject, found: Examination) -> None:
    subject = document.get("credentialSubject")
    if subject is None:
        found.fault("structure.missing_member", "/credentialSubject", member="credentialSubject")
        return
    items = subject if isinstance(subject, list) else [subject]
    if not items or not all(isinstance(item, dict) and item for item in items):
        found.fault("structure.empty_subject", "/credentialSubject")


def _examine_period(document: JsonObject, found: Examination) -> None:
    start, end = instant_of(document.get("validFrom")), instant_of(document.get("validUntil"))
    if start is not None and end is not None and start > end:
        found.fault("structure.period_reversed", "/validUntil")


def _examine_related(value: JsonValue, found: Examination) -> None:
    identifiers = sorted(str(item.get("id")) for item in objects_of(value))
    if any(first == second for first, second in pairwise(identifiers)):
        found.fault("structure.related_twice", "/relatedResource")
