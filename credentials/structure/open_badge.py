"""The form that Open Badges 3.0 demands of an AchievementCredential, beyond VCDM 2.0."""

import re
from typing import Final

from credentials.json_input import JsonObject, JsonValue, pointer
from credentials.structure import vocabulary
from credentials.structure.findings import Examination
from credentials.structure.shapes import Kind, Member, Shape, Shapes
from credentials.structure.values import objects_of
from credentials.structure.vcdm import examine_credential

CONTEXT_PATTERN: Final = re.compile(
    r"https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.\d\.\d)*\.json", re.ASCII
)

_TEXT: Final = Member(Kind.TEXT)
_NEEDED_TEXT: Final = Member(Kind.TEXT, required=True)
_URL: Final = Member(Kind.URL)
_NEEDED_URL: Final = Member(Kind.URL, required=True)
_INSTANT: Final = Member(Kind.INSTANT)
_NUMBER: Final = Member(Kind.NUMBER)
_IMAGE: Final = Member("Image")
_ALIGNMENTS: Final = Member("Alignment", many=True)
_ENDORSEMENTS: Final = Member("EndorsementCredential", many=True)
_TOKENS: Final = Member(Kind.TEXT, many=True)
_IDENTIFIERS: Final = Member("IdentifierEntry", many=True)

SHAPES: Final = Shapes(
    {
        "AchievementCredential": Shape(
            frozenset({"AchievementCredential", "OpenBadgeCredential"}),
            {
                "id": _NEEDED_URL,
                "validFrom": Member(Kind.INSTANT, required=True),
                "awardedDate": _INSTANT,
                "image": _IMAGE,
                "endorsement": _ENDORSEMENTS,
                "endorsementJwt": _TOKENS,
                "evidence": Member("Evidence", many=True),
            },
        ),
        "AchievementSubject": Shape(
            frozenset({"AchievementSubject"}),
            {
                "id": _URL,
                "activityEndDate": _INSTANT,
                "activityStartDate": _INSTANT,
                "creditsEarned": _NUMBER,
                "achievement": Member("Achievement", required=True),
                "identifier": Member("IdentityObject", many=True),
                "image": _IMAGE,
                "licenseNumber": _TEXT,
                "narrative": _TEXT,
                "result": Member("Result", many=True),
                "role": _TEXT,
                "source": Member("Profile"),
                "term": _TEXT,
            },
            any_of=("id", "identifier"),
        ),
        "Achievement": Shape(
            frozenset({"Achievement"}),
            {
                "id": _NEEDED_URL,
                "criteria": Member("Criteria", required=True),
                "description": _NEEDED_TEXT,
                "name": _NEEDED_TEXT,
                "achievementType": Member(vocabulary.ACHIEVEMENT_TYPES),
                "alignment": _ALIGNMENTS,
                "creator": Member("Profile"),
                "creditsAvailable": _NUMBER,
                "endorsement": _ENDORSEMENTS,
                "endorsementJwt": _TOKENS,
                "fieldOfStudy": _TEXT,
                "humanCode": _TEXT,
                "image": _IMAGE,
                "inLanguage": _TEXT,
                "otherIdentifier": _IDENTIFIERS,
                "related": Member("Related", many=True),
                "resultDescription": Member("ResultDescription", many=True),
                "specialization": _TEXT,
                "tag": _TOKENS,
                "version": _TEXT,
            },
        ),
        "Criteria": Shape(frozenset(), {"id": _URL, "narrative": _TEXT}, any_of=("id", "narrative")),
        "Image": Shape(
            frozenset({"Image"}), {"id": _NEEDED_URL, "caption": _TEXT}, scalar_type=True, closed=True
        ),
        "Alignment": Shape(
            frozenset({"Alignment"}),
            {
                "targetName": _NEEDED_TEXT,
                "targetUrl": _NEEDED_URL,
                "targetCode": _TEXT,
                "targetDescription": _TEXT,
                "targetFramework": _TEXT,
                "targetType": Member(vocabulary.TARGET_TYPES),
            },
        ),
        "IdentityObject": Shape(
            frozenset({"IdentityObject"}),
            {
                "hashed": Member(Kind.BOOLEAN, required=True),
                "identityHash": _NEEDED_TEXT,
                "identityType": Member(vocabulary.IDENTIFIER_TYPES, required=True),
                "salt": _TEXT,
            },
            scalar_type=True,
            closed=True,
        ),
        "IdentifierEntry": Shape(
            frozenset({"IdentifierEntry"}),
            {
                "identifier": _NEEDED_TEXT,
                "identifierType": Member(vocabulary.IDENTIFIER_TYPES, required=True),
            },
            scalar_type=True,
            closed=True,
        ),
        "Evidence": Shape(
            frozenset({"Evidence"}),
            {
                "id": _URL,
                "narrative": _TEXT,
                "name": _TEXT,
                "description": _TEXT,
                "genre": _TEXT,
                "audience": _TEXT,
            },
        ),
        "Profile": Shape(
            frozenset({"Profile"}),
            {
                "id": _NEEDED_URL,
                "name": Member(Kind.LANGUAGE_TEXT),
                "description": Member(Kind.LANGUAGE_TEXT),
                "url": _URL,
                "phone": _TEXT,
                "email": _TEXT,
                "official": _TEXT,
                "image": _IMAGE,
                "address": Member("Address"),
                "otherIdentifier": _IDENTIFIERS,
                "parentOrg": Member("Profile"),
                "endorsement": _ENDORSEMENTS,
                "endorsementJwt": _TOKENS,
                "familyName": _TEXT,
                "givenName": _TEXT,
                "additionalName": _TEXT,
                "patronymicName": _TEXT,
                "honorificPrefix": _TEXT,
                "honorificSuffix": _TEXT,
                "familyNamePrefix": _TEXT,
                "dateOfBirth": _TEXT,
            },
        ),
        "Address": Shape(
            frozenset({"Address"}),
            {
                "addressCountry": _TEXT,
                "addressCountryCode": _TEXT,
                "addressRegion": _TEXT,
                "addressLocality": _TEXT,
                "streetAddress": _TEXT,
                "postOfficeBoxNumber": _TEXT,
                "postalCode": _TEXT,
                "geo": Member("GeoCoordinates"),
            },
        ),
        "GeoCoordinates": Shape(
            frozenset({"GeoCoordinates"}),
            {
                "latitude": Member(Kind.NUMBER, required=True),
                "longitude": Member(Kind.NUMBER, required=True),
            },
            scalar_type=True,
        ),
        "Related": Shape(frozenset({"Related"}), {"id": _NEEDED_URL, "inLanguage": _TEXT, "version": _TEXT}),
        "Result": Shape(
            frozenset({"Result"}),
            {
                "achievedLevel": _URL,
                "alignment": _ALIGNMENTS,
                "resultDescription": _URL,
                "status": Member(vocabulary.RESULT_STATUSES),
                "value": _TEXT,
            },
        ),
        "ResultDescription": Shape(
            frozenset({"ResultDescription"}),
            {
                "id": _NEEDED_URL,
                "name": _NEEDED_TEXT,
                "resultType": Member(vocabulary.RESULT_TYPES, required=True),
                "alignment": _ALIGNMENTS,
                "allowedValue": _TOKENS,
                "requiredLevel": _URL,
                "requiredValue": _TEXT,
                "rubricCriterionLevel": Member("RubricCriterionLevel", many=True),
                "valueMax": _TEXT,
                "valueMin": _TEXT,
            },
        ),
        "RubricCriterionLevel": Shape(
            frozenset({"RubricCriterionLevel"}),
            {
                "id": _NEEDED_URL,
                "name": _NEEDED_TEXT,
                "alignment": _ALIGNMENTS,
                "description": _TEXT,
                "level": _TEXT,
                "points": _TEXT,
            },
        ),
        "EndorsementCredential": Shape(
            frozenset({"EndorsementCredential"}),
            {
                "id": _NEEDED_URL,
                "name": _NEEDED_TEXT,
                "validFrom": Member(Kind.INSTANT, required=True),
                "validUntil": _INSTANT,
                "credentialSubject": Member("EndorsementSubject", required=True),
            },
        ),
        "EndorsementSubject": Shape(
            frozenset({"EndorsementSubject"}), {"id": _NEEDED_URL, "endorsementComment": _TEXT}
        ),
    }
)


def examine_open_badge(document: JsonObject, found: Examination) -> None:
    """Compare a document with VCDM 2.0 and Open Badges 3.0.

    Args:
        document: The parsed document.
        found: Where faults and leniencies are noted.

    Spec: Open Badges 3.0, Data Models (AchievementCredential and what it holds).
    """
    examine_credential(document, found)
    _examine_context(document.get("@context"), found)
    SHAPES.examine(document, "AchievementCredential", "", found)
    _examine_issuer(document.get("issuer"), found)
    _examine_subject(document.get("credentialSubject"), found)
    if _holds_endorsement(document):
        found.notice("notice.endorsements_not_checked")
    if "refreshService" in document:
        found.notice("notice.refresh_not_followed")


def _examine_context(context: JsonValue, found: Examination) -> None:
    second = context[1] if isinstance(context, list) and len(context) > 1 else None
    if not isinstance(second, str) or not CONTEXT_PATTERN.fullmatch(second):
        found.fault("structure.open_badge_context", "/@context/1")


def _examine_issuer(issuer: JsonValue, found: Examination) -> None:
    if isinstance(issuer, dict):
        SHAPES.examine(issuer, "Profile", "/issuer", found)
    elif isinstance(issuer, str):
        found.notice("notice.issuer_is_url")


def _examine_subject(subject: JsonValue, found: Examination) -> None:
    where = "/credentialSubject"
    if isinstance(subject, list):
        if len(subject) != 1:
            found.fault("structure.several_subjects", where)
            return
        found.notice("notice.one_or_many")
        subject, where = subject[0], pointer(where, 0)
    SHAPES.examine(subject, "AchievementSubject", where, found)


def _holds_endorsement(document: JsonObject) -> bool:
    places = [document, *objects_of(document.get("issuer"))]
    for subject in objects_of(document.get("credentialSubject")):
        achievements = objects_of(subject.get("achievement"))
        places.extend(achievements)
        for achievement in achievements:
            places.extend(objects_of(achievement.get("creator")))
    return any("endorsement" in place or "endorsementJwt" in place for place in places)
