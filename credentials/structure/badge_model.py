"""The data model of Open Badges 3.0, as shapes; endorsements stand in many of them.

Spec: Open Badges 3.0, appendix B (Data Models).
"""

import re
from typing import Final

from credentials.json_input import JsonObject, pointer
from credentials.structure import vocabulary
from credentials.structure.badge_parts import ALIGNMENTS, LANGUAGE, NEEDED_TEXT, NEEDED_URL, PARTS, TEXT, URL
from credentials.structure.findings import Examination
from credentials.structure.shapes import Kind, Member, Shape, Shapes
from credentials.structure.values import objects_of
from credentials.structure.vcdm import examine_credential

_CONTEXT: Final = re.compile(
    r"https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.\d\.\d)*\.json", re.ASCII
)


def examine_endorsement(document: JsonObject, found: Examination) -> None:
    """Compare an EndorsementCredential with what Open Badges 3.0 demands beyond VCDM 2.0.

    Args:
        document: The parsed document.
        found: Where faults and leniencies are noted.

    Spec: Open Badges 3.0, Data Models (EndorsementCredential).
    """
    examine_badge_context(document, 1, found)
    SHAPES.examine(document, "EndorsementCredential", "", found)
    examine_issuer(document, found)
    examine_subject(document, "EndorsementSubject", SHAPES, found)


def examine_badge_context(document: JsonObject, place: int, found: Examination) -> None:
    """Look for an Open Badges context at its place in the list.

    Args:
        document: The parsed document.
        place: Its place, counted from 0.
        found: Where faults are noted.

    Spec: Open Badges 3.0, Data Models: the first contexts of a credential stand in a fixed order.
    """
    context = document.get("@context")
    entry = context[place] if isinstance(context, list) and len(context) > place else None
    if not isinstance(entry, str) or not _CONTEXT.fullmatch(entry):
        found.fault("structure.open_badge_context", pointer("/@context", place))


def examine_issuer(document: JsonObject, found: Examination) -> None:
    """Compare the issuer of a credential with a Profile; an address alone is read, and said.

    Args:
        document: The parsed document.
        found: Where faults and leniencies are noted.

    Spec: Open Badges 3.0, Data Models (ProfileRef, Profile).
    """
    issuer = document.get("issuer")
    if isinstance(issuer, dict):
        SHAPES.examine(issuer, "Profile", "/issuer", found)
    elif isinstance(issuer, str):
        found.notice("notice.issuer_is_url")


def examine_subject(document: JsonObject, name: str, shapes: Shapes, found: Examination) -> None:
    """Compare the one subject of a credential with its shape.

    Args:
        document: The parsed document.
        name: The name of the subject's shape.
        shapes: The shapes.
        found: Where faults and leniencies are noted.

    Spec: Open Badges 3.0, Data Models: exactly one subject.
    """
    value, where = document.get("credentialSubject"), "/credentialSubject"
    if isinstance(value, list):
        if len(value) != 1:
            found.fault("structure.several_subjects", where)
            return
        found.notice("notice.one_or_many")
        value, where = value[0], pointer(where, 0)
    shapes.examine(value, name, where, found)


def _endorsement_within(document: JsonObject, found: Examination) -> None:
    examine_credential(document, found)
    if not found.unexamined:
        examine_endorsement(document, found)


def notice_lone_status(document: JsonObject, found: Examination) -> None:
    """Name an array of one status entry: Open Badges has the entry alone.

    Several entries have a notice of their own.

    Args:
        document: The parsed document.
        found: Where the leniency is noted.
    """
    status = document.get("credentialStatus")
    if isinstance(status, list) and len(status) == 1:
        found.notice("notice.one_or_many")


def _status_identifier(entry: JsonObject, found: Examination) -> None:
    # Open Badges demands it, the status list's own specification does not.
    if "id" not in entry:
        found.notice("notice.status_without_id")


def _results(subject: JsonObject, found: Examination) -> None:
    """Look for the status of each result that is described as one."""
    descriptions = {
        str(item.get("id"))
        for achievement in objects_of(subject.get("achievement"))
        for item in objects_of(achievement.get("resultDescription"))
        if item.get("resultType") == "Status"
    }
    for result in objects_of(subject.get("result")):
        if str(result.get("resultDescription")) in descriptions and "status" not in result:
            found.fault("structure.missing_member", "/result", member="status")


_NAME: Final = Member(Kind.NAME)
_INSTANT: Final = Member(Kind.INSTANT)
_NUMBER: Final = Member(Kind.NUMBER)
_IMAGE: Final = Member("Image")
_IDENTIFIERS: Final = Member("IdentifierEntry", many=True)

ENDORSED: Final = {
    "endorsement": Member(_endorsement_within, many=True),
    "endorsementJwt": Member(Kind.TOKEN, many=True, notice="notice.endorsements_not_checked"),
}
"""Members of everything that can be endorsed."""

CREDENTIAL: Final = {
    "id": NEEDED_URL,
    "name": _NAME,
    "description": _NAME,
    "validFrom": Member(Kind.INSTANT, required=True),
    "awardedDate": _INSTANT,
    "credentialSchema": Member("Service", either=True),
    "credentialStatus": Member("CredentialStatus", either=True),
    "refreshService": Member("Service", tolerant=True),
    "termsOfUse": Member("Typed", either=True),
}
"""Members that every credential of the family has."""

_ONE_TYPE: Final = Member(Kind.TEXT, required=True, tolerant=True)

SHAPES: Final = Shapes(
    {
        **PARTS,
        "AchievementCredential": Shape(
            frozenset({"AchievementCredential", "OpenBadgeCredential"}),
            {**CREDENTIAL, **ENDORSED, "image": _IMAGE, "evidence": Member("Evidence", many=True)},
            rule=notice_lone_status,
        ),
        "EndorsementCredential": Shape(
            frozenset({"EndorsementCredential"}),
            {**CREDENTIAL, "name": Member(Kind.NAME, required=True)},
            rule=notice_lone_status,
        ),
        "EndorsementSubject": Shape(
            frozenset({"EndorsementSubject"}), {"id": NEEDED_URL, "endorsementComment": TEXT}
        ),
        "Typed": Shape(frozenset(), {"id": URL, "type": _ONE_TYPE}),
        "Service": Shape(frozenset(), {"id": NEEDED_URL, "type": _ONE_TYPE}),
        "CredentialStatus": Shape(frozenset(), {"id": URL, "type": _ONE_TYPE}, rule=_status_identifier),
        "AchievementSubject": Shape(
            frozenset({"AchievementSubject"}),
            {
                "id": URL,
                "activityEndDate": _INSTANT,
                "activityStartDate": _INSTANT,
                "creditsEarned": _NUMBER,
                "achievement": Member("Achievement", required=True),
                "identifier": Member("IdentityObject", many=True),
                "image": _IMAGE,
                "licenseNumber": TEXT,
                "narrative": TEXT,
                "result": Member("Result", many=True),
                "role": TEXT,
                "source": Member("Profile"),
                "term": TEXT,
            },
            any_of=("id", "identifier"),
            rule=_results,
        ),
        "Achievement": Shape(
            frozenset({"Achievement"}),
            {
                **ENDORSED,
                "id": NEEDED_URL,
                "criteria": Member("Criteria", required=True),
                "description": NEEDED_TEXT,
                "name": NEEDED_TEXT,
                "achievementType": Member(vocabulary.ACHIEVEMENT_TYPES),
                "alignment": ALIGNMENTS,
                "creator": Member("Profile"),
                "creditsAvailable": _NUMBER,
                "fieldOfStudy": TEXT,
                "humanCode": TEXT,
                "image": _IMAGE,
                "inLanguage": LANGUAGE,
                "otherIdentifier": _IDENTIFIERS,
                "related": Member("Related", many=True),
                "resultDescription": Member("ResultDescription", many=True),
                "specialization": TEXT,
                "tag": Member(Kind.TEXT, many=True),
                "version": TEXT,
            },
        ),
        "Profile": Shape(
            frozenset({"Profile"}),
            {
                **ENDORSED,
                "id": NEEDED_URL,
                "name": _NAME,
                "description": _NAME,
                "url": URL,
                "phone": TEXT,
                "email": TEXT,
                "official": TEXT,
                "image": _IMAGE,
                "address": Member("Address"),
                "otherIdentifier": _IDENTIFIERS,
                "parentOrg": Member("Profile"),
                **dict.fromkeys(("familyName", "givenName", "additionalName", "patronymicName"), TEXT),
                **dict.fromkeys(("honorificPrefix", "honorificSuffix", "familyNamePrefix"), TEXT),
                "dateOfBirth": Member(Kind.DATE),
            },
        ),
    }
)


def examine_badge(document: JsonObject, found: Examination) -> None:
    """Compare an OpenBadgeCredential with what Open Badges 3.0 demands beyond VCDM 2.0.

    Args:
        document: The parsed document.
        found: Where faults and leniencies are noted.

    Spec: Open Badges 3.0, Data Models (AchievementCredential and what it holds).
    """
    examine_badge_context(document, 1, found)
    SHAPES.examine(document, "AchievementCredential", "", found)
    examine_issuer(document, found)
    examine_subject(document, "AchievementSubject", SHAPES, found)
