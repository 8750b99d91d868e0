"""The OpenBadgeCredential that Parchemin issues: values in, unsigned document out.

Every array of the strict Open Badges 3.0 form is an array, no member is null or empty, and nothing is
invented here: identifiers and instants are arguments.

Spec: Open Badges 3.0, appendix B (data models); VC Data Model 2.0, section 4.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from credentials.instant import format_instant
from credentials.json_input import JsonObject, JsonValue

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES_V3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

TITLE_TYPE = "Certificate"
"""``achievementType`` of a full certification: "requisite knowledge and skills of an occupation"."""

BLOCK_TYPE = "ext:BlocDeCompetences"
"""``achievementType`` of a competence block; the enumeration is extensible with the prefix ``ext:``."""

CREDENTIAL_MEDIA_TYPE = "application/vc"


@dataclass(frozen=True, slots=True)
class IssuerProfile:
    """The issuing institution (Open Badges 3.0, Profile).

    Attributes:
        id: The issuer's DID.
        name: Its name.
        url: Its own site.
        identifiers: Pairs of identifier and ``identifierType`` (``ext:SIRET``, ``ext:ROR``, ``ext:UAI``).
    """

    id: str
    name: str
    url: str
    identifiers: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Alignment:
    """A link to a framework (Open Badges 3.0, Alignment)."""

    name: str
    url: str
    code: str | None = None
    framework: str | None = None


@dataclass(frozen=True, slots=True)
class Achievement:
    """What was achieved (Open Badges 3.0, Achievement); the same for everyone who achieved it.

    Attributes:
        id: Stable IRI.
        type: ``achievementType``.
        name: The exact title.
        description: What it is, in a sentence or two.
        criteria: Competences, then evaluation modalities, word for word from the fiche.
        code: ``humanCode``.
        version: Version of the fiche.
        language: ``inLanguage``.
        alignments: At least one.
    """

    id: str
    type: str
    name: str
    description: str
    criteria: str
    code: str
    version: str
    language: str
    alignments: Sequence[Alignment]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The jury decision that the award rests on, without its members (Open Badges 3.0, Evidence)."""

    id: str
    name: str
    narrative: str


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """The award's bit in a status list (Bitstring Status List v1.0, section 2.1)."""

    list_url: str
    index: int
    purpose: str = "revocation"


@dataclass(frozen=True, slots=True)
class RelatedResource:
    """A document named by an opaque identifier and its digest (VC Data Model 2.0, section 5.3)."""

    id: str
    digest_sri: str


@dataclass(frozen=True, slots=True)
class AwardDocument:
    """The values of one award.

    Attributes:
        id: The verification link.
        issuer: Who issues.
        subject_id: ``urn:uuid`` shared by the awards of one issue to one person.
        holder: The name in clear, as on the document.
        number: The award's permanent number.
        achievement: What for.
        awarded: The jury's decision (aware, any offset).
        valid_from: The moment of issue (aware).
        image: Address of the badge picture.
        image_caption: What the picture's QR code does, in words.
        evidence: The jury decision.
        status: The award's bit.
        related: On a title, its blocks.
        suspension: Its bit in a list of suspensions, for an issuer that publishes one; None for none. Open
            Badges 3.0's own schema takes one status entry: a document with two leaves it.
    """

    id: str
    issuer: IssuerProfile
    subject_id: str
    holder: str
    number: str
    achievement: Achievement
    awarded: datetime
    valid_from: datetime
    image: str
    image_caption: str
    evidence: Evidence
    status: StatusEntry
    related: Sequence[RelatedResource] = ()
    suspension: StatusEntry | None = None


def open_badge_credential(award: AwardDocument) -> JsonObject:
    """Build the unsigned credential of one award.

    Args:
        award: Its values.

    Returns:
        The document as JSON values, ready to be signed.
    """
    document: JsonObject = {
        "@context": [CREDENTIALS_V2, OPEN_BADGES_V3],
        "id": award.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": award.achievement.name,
        "image": {"id": award.image, "type": "Image", "caption": award.image_caption},
        "issuer": profile_object(award.issuer),
        "validFrom": format_instant(award.valid_from),
        "awardedDate": award.awarded.isoformat(timespec="seconds"),
        "credentialSubject": {
            "id": award.subject_id,
            "type": ["AchievementSubject"],
            "identifier": [name_object(award.holder)],
            "licenseNumber": award.number,
            "achievement": _achievement(award.achievement),
        },
        "evidence": [
            {
                "id": award.evidence.id,
                "type": ["Evidence"],
                "name": award.evidence.name,
                "narrative": award.evidence.narrative,
            }
        ],
        "credentialStatus": status_object(award.status)
        if award.suspension is None
        else [status_object(award.status), status_object(award.suspension)],
    }
    if award.related:
        document["relatedResource"] = [
            {"id": related.id, "digestSRI": related.digest_sri, "mediaType": CREDENTIAL_MEDIA_TYPE}
            for related in award.related
        ]
    return document


def name_object(holder: str) -> JsonObject:
    """Write a person's name, in clear.

    Args:
        holder: The name as on the document.

    Spec: Open Badges 3.0, IdentityObject.
    """
    return {"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": holder}


def status_object(entry: StatusEntry) -> JsonObject:
    """Write a credential's bit in a status list.

    Args:
        entry: Its values.

    Spec: Bitstring Status List v1.0, section 2.1; it is Open Badges that demands the ``id``.
    """
    return {
        "id": f"{entry.list_url}#{entry.index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": entry.purpose,
        "statusListIndex": str(entry.index),
        "statusListCredential": entry.list_url,
    }


def profile_object(issuer: IssuerProfile) -> JsonObject:
    """Write an institution.

    Args:
        issuer: Its values.

    Spec: Open Badges 3.0, Profile.
    """
    profile: JsonObject = {
        "id": issuer.id,
        "type": ["Profile"],
        "name": issuer.name,
        "url": issuer.url,
    }
    if issuer.identifiers:
        profile["otherIdentifier"] = [
            {"type": "IdentifierEntry", "identifier": identifier, "identifierType": kind}
            for identifier, kind in issuer.identifiers
        ]
    return profile


def _achievement(achievement: Achievement) -> JsonObject:
    return {
        "id": achievement.id,
        "type": ["Achievement"],
        "achievementType": achievement.type,
        "name": achievement.name,
        "description": achievement.description,
        "criteria": {"narrative": achievement.criteria},
        "humanCode": achievement.code,
        "inLanguage": achievement.language,
        "version": achievement.version,
        "alignment": [_alignment(alignment) for alignment in achievement.alignments],
    }


def _alignment(alignment: Alignment) -> JsonValue:
    value: JsonObject = {"type": ["Alignment"], "targetName": alignment.name, "targetUrl": alignment.url}
    if alignment.code is not None:
        value["targetCode"] = alignment.code
    if alignment.framework is not None:
        value["targetFramework"] = alignment.framework
    return value
