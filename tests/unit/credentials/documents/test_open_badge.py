"""The award's document: every array is one, nothing is null or empty, and every word of it is signed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final

import pytest

from credentials import CheckId, Outcome
from credentials.canonical.guard import check_lossless
from credentials.documents.open_badge import (
    BLOCK_TYPE,
    Achievement,
    Alignment,
    AwardDocument,
    Evidence,
    RelatedResource,
    StatusEntry,
    open_badge_credential,
)
from credentials.json_input import JsonValue
from tests.support.credentials import BASE
from tests.support.documents import BLOCK, INSTITUTION, STATUS
from tests.support.verification import check, signed

ACHIEVEMENT: Final = Achievement(
    id=BLOCK,
    type=BLOCK_TYPE,
    name="Concevoir un dispositif de formation",
    description="Premier bloc de la certification.",
    criteria="- Analyser la demande",
    code="RNCP35080BC01",
    version="2020-11-18",
    language="fr",
    alignments=[
        Alignment("Responsable de projet", "https://fiches.example/35080", "RNCP35080", "RNCP"),
        Alignment("Le métier", "https://metiers.example/k2111"),
    ],
)
AWARD: Final = AwardDocument(
    id=f"{BASE}/v/b10cT2xT0vWJb1p8r9sYzB",
    issuer=INSTITUTION,
    subject_id="urn:uuid:7d0c6f0e-5f5c-4e0b-8d7e-0f4b1f1c2a10",
    holder="Camille Démo",
    number="DEMO-2026-000042",
    achievement=ACHIEVEMENT,
    awarded=datetime(2026, 7, 3, 14, 0, tzinfo=timezone(timedelta(hours=2))),
    valid_from=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    image=f"{BASE}/v/b10cT2xT0vWJb1p8r9sYzB/badge.png",
    image_caption="Le code QR ouvre la vérification.",
    evidence=Evidence(
        "urn:uuid:1f0b9f2e-5c0f-4c63-9a35-3f6a4c0f9b11", "Décision du jury", "Session J-2026-07"
    ),
    status=STATUS,
)
VARIANTS: Final = {
    "a block": AWARD,
    "a title with its blocks": replace(
        AWARD,
        related=[RelatedResource("urn:uuid:00000000-0000-4000-8000-000000000001", f"sha384-{'A' * 64}")],
    ),
    "an issuer that publishes suspensions": replace(
        AWARD, suspension=StatusEntry(f"{BASE}/status/s/1", 7, "suspension")
    ),
}


def values(value: JsonValue) -> Iterator[JsonValue]:
    yield value
    children: list[JsonValue] = list(value.values()) if isinstance(value, dict) else []
    for child in value if isinstance(value, list) else children:
        yield from values(child)


@pytest.mark.parametrize("award", VARIANTS.values(), ids=VARIANTS)
def test_every_word_of_an_award_is_signed_and_its_form_is_the_strict_one(award: AwardDocument) -> None:
    document = open_badge_credential(award)
    check_lossless(document)
    assert check(signed(document)).check(CheckId.STRUCTURE).outcome is Outcome.PASS
    assert all(value not in (None, [], {}, "") for value in values(document) if value is not False)


def test_an_alignment_says_no_code_and_no_framework_that_it_was_not_given() -> None:
    document: Any = open_badge_credential(AWARD)
    with_code, without = document["credentialSubject"]["achievement"]["alignment"]
    assert (with_code["targetCode"], with_code["targetFramework"]) == ("RNCP35080", "RNCP")
    assert without.keys() == {"type", "targetName", "targetUrl"}


def test_a_block_names_no_related_documents_and_a_title_each_with_its_digest() -> None:
    assert "relatedResource" not in open_badge_credential(AWARD)
    title: Any = open_badge_credential(VARIANTS["a title with its blocks"])
    [resource] = title["relatedResource"]
    assert resource["digestSRI"] == f"sha384-{'A' * 64}"


def test_there_is_one_status_entry_or_one_a_purpose() -> None:
    alone: Any = open_badge_credential(AWARD)["credentialStatus"]
    assert alone["statusPurpose"] == "revocation"
    both: Any = open_badge_credential(VARIANTS["an issuer that publishes suspensions"])["credentialStatus"]
    assert [entry["statusPurpose"] for entry in both] == ["revocation", "suspension"]


def test_the_jury_s_decision_keeps_its_offset_and_the_issue_is_in_utc() -> None:
    document = open_badge_credential(AWARD)
    assert document["awardedDate"] == "2026-07-03T14:00:00+02:00"
    assert document["validFrom"] == "2026-11-24T09:30:00Z"
