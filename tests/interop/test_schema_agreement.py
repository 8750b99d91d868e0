"""Our examination of a form, and the publishers' strict schemas: what we pass in silence, they pass too.

Compared over every sample and over changed copies of valid documents. Where we differ is listed here, with the
reason; nothing else may differ.
"""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials.json_input import JsonObject
from credentials.structure import Examination, examine_document
from tests.interop.published_schemas import ENDORSEMENT_STRICT, RECORD, STRICT, validator
from tests.support.credentials import make_block_credential, make_credential
from tests.support.documents import make_endorsement, make_record
from tests.support.shared import SHARED

VECTORS: Final = SHARED / "standards" / "vectors"
FOLDERS: Final = ("ob3-1edtech-validator", "ob3-examples", "clr2-1edtech-validator")

WRAPPED: Final = ("proof", "credentialSchema", "termsOfUse")
"""Open Badges 3.0, Serialization (JSON): these may stand alone, without their array; the strict schema's text
asks for the array all the same."""

OURS_ALONE: Final = {
    # Bitstring Status List 1.0, section 2.1: the index is a text; the schemas do not look into a status.
    "ob3-1edtech-validator/bit-string-list/credential-status-revoked.json": "structure.wrong_type",
    "ob3-1edtech-validator/bit-string-list/credential-status-revoked-blank-nodes.json": "structure.wrong_type",
}
"""Samples that the strict schema takes and we refuse."""


def normalised(value: Any) -> Any:
    """Write a document as the strict schema would have it where the two texts of the standard differ."""
    if isinstance(value, list):
        return [normalised(item) for item in value]
    if not isinstance(value, dict):
        return value
    written = {name: normalised(item) for name, item in value.items()}
    for name in WRAPPED:
        if isinstance(written.get(name), dict):
            written[name] = [written[name]]
    if "proof" in written:
        # The options of a proof are for the checks of proofs to judge: each has its own code there.
        written["proof"] = [{"type": "DataIntegrityProof"} for _ in written["proof"]]
    return written


def silently_passed(document: JsonObject) -> bool:
    """Say whether we find no fault, leave nothing unexamined, and name no leniency."""
    found = Examination()
    examine_document(document, found)
    return found.first is None and not [each for each in found.notices if each not in REMARKS]


REMARKS: Final = frozenset(
    {"notice.endorsements_not_checked", "notice.refresh_not_followed", "notice.issuer_is_url"}
)
"""Notices of forms that the strict schema takes."""


def schema_of(document: JsonObject) -> str | None:
    """Choose the schema by the document's types."""
    types = document.get("type")
    names = {"OpenBadgeCredential": STRICT, "AchievementCredential": STRICT}
    names |= {"EndorsementCredential": ENDORSEMENT_STRICT, "ClrCredential": RECORD}
    found = [schema for name, schema in names.items() if isinstance(types, list) and name in types]
    return found[0] if found else None


def refused_by_publisher(document: JsonObject) -> list[str]:
    """Give what the schema of a document's kind says against it, and against each credential that it holds."""
    name = schema_of(document)
    if name is None:
        return []
    errors = validator(SHARED, name)(normalised(document))
    subject = document.get("credentialSubject")
    held = subject.get("verifiableCredential") if name == RECORD and isinstance(subject, dict) else None
    for item in held if isinstance(held, list) else []:
        errors += refused_by_publisher(item) if isinstance(item, dict) else []
    return errors


def samples() -> Iterator[tuple[str, JsonObject]]:
    """Give every sample that names one of the three kinds."""
    for folder in FOLDERS:
        for path in sorted((VECTORS / folder).rglob("*.json")):
            document = json.loads(path.read_text(encoding="utf-8"))
            if schema_of(document):
                yield str(path.relative_to(VECTORS)), document


@pytest.mark.usefixtures("shared")
def test_every_sample_that_we_pass_in_silence_is_valid_for_the_publisher() -> None:
    passed, refused_by_us = [], {}
    for name, document in samples():
        valid = refused_by_publisher(document) == []
        if silently_passed(document):
            passed.append(name)
            assert valid, name
        elif valid:
            found = Examination()
            examine_document(document, found)
            refused_by_us[name] = found.first.code if found.first else ""
    assert len(passed) > 10
    assert refused_by_us == OURS_ALONE


Path_ = tuple[str | int, ...]
REPLACEMENTS: Final[list[Any]] = [
    "",
    "texte",
    "https://a.example/1",
    "2026-11-24T09:30:00Z",
    "2026-02-30T09:30:00Z",
    "fr",
    "ext:Autre",
    "Achievement",
    0,
    3.5,
    True,
    {},
    {"id": "https://a.example/1"},
    {"@value": "Texte", "@language": "fr"},
    {"fr": "Texte"},
    {"id": "https://a.example/1", "type": "Image"},
    {"id": "https://a.example/1", "type": ["Profile"]},
    [],
    ["texte"],
    [{}],
    [3],
]
ADDED: Final = {
    "awardedDate": "2026-07-03",
    "dateOfBirth": "2000-02-29",
    "address": {"type": ["Address"], "geo": {"type": ["GeoCoordinates"], "latitude": 1, "longitude": 2}},
    "parentOrg": {"type": ["Profile"], "id": "urn:a", "otherIdentifier": []},
    "result": [{"type": ["Result"], "status": "Failed", "alignment": [{"type": ["Alignment"]}]}],
    "resultDescription": [{"type": ["ResultDescription"], "id": "urn:a", "resultType": "ext:a", "name": "a"}],
    "related": [{"type": ["Related"], "id": "urn:a", "inLanguage": "FR"}],
    "creator": {"type": "Profile", "id": "urn:a"},
    "source": {"type": ["Profile"], "id": "urn:a", "image": "urn:b"},
    "refreshService": {"type": ["Refresh"], "id": "urn:a"},
    "termsOfUse": {"type": ["Terms"]},
    "credentialSchema": [{"type": "Schema"}],
    "endorsementJwt": ["a.b.c", "d"],
    "tag": "a",
    "creditsAvailable": "1",
    "inLanguage": "fr-fr",
    "endorsement": [{"type": ["EndorsementCredential"]}],
    "nothing": "that the standard knows",
}


def places(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Give the path of every value within a document."""
    items = (
        list(value.items())
        if isinstance(value, dict)
        else list(enumerate(value))
        if isinstance(value, list)
        else []
    )
    for step, item in items:
        if step != "proof":
            yield (*path, step)
            yield from places(item, (*path, step))


def removed(place: Any, step: Any) -> None:
    """Take the value away."""
    del place[step]


def in_a_list(place: Any, step: Any) -> None:
    """Put the value into a list of its own."""
    place[step] = [place[step]]


def out_of_its_list(place: Any, step: Any) -> None:
    """Take a list's first item in its place."""
    if isinstance(place[step], list) and place[step]:
        place[step] = place[step][0]


def as_text(place: Any, step: Any) -> None:
    """Write the value as a text."""
    place[step] = str(place[step])


def twice(place: Any, step: Any) -> None:
    """Double what a list holds."""
    if isinstance(place[step], list):
        place[step] = [*place[step], *copy.deepcopy(place[step])]


CHANGES: Final[list[Callable[[Any, Any], None]]] = [removed, in_a_list, out_of_its_list, as_text, twice]


def bases() -> list[JsonObject]:
    """Give valid documents of each kind, ours and the publisher's."""
    found = [make_credential(), make_block_credential(), make_endorsement(), make_record()]
    for name in ("ob3-1edtech-validator/complete.json", "clr2-1edtech-validator/simple.json"):
        path = VECTORS / name
        found += [json.loads(path.read_text(encoding="utf-8"))] if path.is_file() else []
    return found


BASES: Final = bases()
PLACES: Final = [list(places(base)) for base in BASES]


@st.composite
def changed_documents(draw: st.DrawFn) -> JsonObject:
    """Change a valid document in one place or two."""
    number = draw(st.integers(0, len(BASES) - 1))
    document: Any = copy.deepcopy(BASES[number])
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from(PLACES[number]))
        place = document
        try:
            for step in path[:-1]:
                place = place[step]
            place[path[-1]]
        except (KeyError, IndexError, TypeError):  # the first change took this place away
            continue
        if isinstance(place, str):
            continue
        kind = draw(st.integers(0, 2))
        if kind == 0:
            draw(st.sampled_from(CHANGES))(place, path[-1])
        elif kind == 1 or not isinstance(place, dict):
            place[path[-1]] = draw(st.sampled_from(REPLACEMENTS))
        else:
            member = draw(st.sampled_from(sorted(ADDED)))
            place[member] = copy.deepcopy(ADDED[member])
    result: JsonObject = document
    return result


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=changed_documents())
def test_what_we_pass_in_silence_is_valid_for_the_publisher(document: JsonObject) -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared (standards) is missing")
    if silently_passed(document):
        assert refused_by_publisher(document) == []


def test_the_comparison_can_fail(shared: Path) -> None:
    """Our rules are what makes them agree: a document that only we refuse for a MUST is refused by them too."""
    document = make_credential()
    document["image"] = {"id": "https://a.example/badge.png"}
    assert not silently_passed(document)
    assert validator(shared, STRICT)(normalised(document))
