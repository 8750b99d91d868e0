"""The form that VCDM 2.0 demands of every verifiable credential."""

from itertools import pairwise
from typing import Final

from credentials.json_input import JsonObject, JsonValue, pointer
from credentials.structure.findings import Examination
from credentials.structure.hygiene import examine_values
from credentials.structure.shapes import Kind, Member, Shape, Shapes
from credentials.structure.values import instant_of, is_url, objects_of, types_of

BASE_CONTEXT: Final = "https://www.w3.org/ns/credentials/v2"
_DATA_MODEL_1: Final = "https://www.w3.org/2018/credentials/v1"
STATUS_ENTRY: Final = "BitstringStatusListEntry"

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
                "refreshService": Member("typed", either=True),
                "termsOfUse": Member("typed", either=True),
                "credentialSchema": Member("schema", either=True),
                "credentialStatus": Member("typed", either=True),
                "relatedResource": Member("related", either=True),
                "proof": Member("typed", either=True),
            },
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
        "status": Shape(
            frozenset({STATUS_ENTRY}),
            {
                "id": Member(Kind.URL),
                "statusPurpose": Member(Kind.TEXT, required=True),
                "statusListIndex": Member(Kind.TEXT, required=True),
                "statusListCredential": Member(Kind.URL, required=True),
                "statusSize": Member(Kind.COUNT),
            },
            scalar_type=True,
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
    _examine_base_context(document, found)
    examine_values(document, found)
    SHAPES.examine(document, "credential", "", found)
    _examine_issuer(document, found)
    _examine_subjects(document, found)
    _examine_period(document, found)
    _examine_status(document.get("credentialStatus"), found)
    _examine_related(document.get("relatedResource"), found)


def _examine_base_context(document: JsonObject, found: Examination) -> None:
    context = document.get("@context")
    if context is None:
        found.fault("structure.missing_member", "/@context", member="@context")
    elif not isinstance(context, list):
        found.fault("structure.wrong_type", "/@context", member="@context")
    elif context[:1] == [_DATA_MODEL_1]:
        found.fault("structure.data_model_1", "/@context/0")
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


def _examine_status(value: JsonValue, found: Examination) -> None:
    many = isinstance(value, list)
    entries = objects_of(value)
    for number, entry in enumerate(entries):
        where = pointer("/credentialStatus", number) if many else "/credentialStatus"
        if STATUS_ENTRY not in types_of(entry):
            continue
        SHAPES.examine(entry, "status", where, found)
        index = entry.get("statusListIndex")
        if isinstance(index, str) and not (index.isascii() and index.isdigit()):
            found.fault("structure.status_index", pointer(where, "statusListIndex"))
        if "id" in entry and entry.get("id") == entry.get("statusListCredential"):
            found.fault("structure.status_id", pointer(where, "id"))
    if len(entries) > 1:
        found.notice("notice.several_statuses")


def _examine_related(value: JsonValue, found: Examination) -> None:
    identifiers = sorted(str(item.get("id")) for item in objects_of(value))
    if any(first == second for first, second in pairwise(identifiers)):
        found.fault("structure.related_twice", "/relatedResource")
