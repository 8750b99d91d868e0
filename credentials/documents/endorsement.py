"""The EndorsementCredential that Parchemin builds: values in, unsigned document out.

France compétences, by its registration, or a partner vouches for what an achievement is; the endorser signs
with a key of its own.

Spec: Open Badges 3.0, appendix B (EndorsementCredential, EndorsementSubject).
"""

from dataclasses import dataclass
from datetime import datetime

from credentials.documents.open_badge import (
    CREDENTIALS_V2,
    OPEN_BADGES_V3,
    IssuerProfile,
    StatusEntry,
    profile_object,
    status_object,
)
from credentials.instant import format_instant
from credentials.json_input import JsonObject


@dataclass(frozen=True, slots=True)
class EndorsementDocument:
    """The values of one endorsement.

    Attributes:
        id: The endorsement's own IRI.
        name: What it is, in a few words.
        endorser: Who endorses, and signs.
        endorsed: The IRI of what is endorsed: an achievement, a profile or a credential.
        valid_from: From when it holds (aware).
        valid_until: Until when it holds (aware), or None: a registration ends on a known day.
        comment: What the endorser says, or None.
        status: Its bit in the endorser's status list, or None.
    """

    id: str
    name: str
    endorser: IssuerProfile
    endorsed: str
    valid_from: datetime
    valid_until: datetime | None = None
    comment: str | None = None
    status: StatusEntry | None = None


def endorsement_credential(endorsement: EndorsementDocument) -> JsonObject:
    """Build the unsigned credential of one endorsement.

    Args:
        endorsement: Its values.

    Returns:
        The document as JSON values, ready to be signed.

    Raises:
        InputError: An instant is naive.

    Spec: Open Badges 3.0, EndorsementCredential.
    """
    subject: JsonObject = {"id": endorsement.endorsed, "type": ["EndorsementSubject"]}
    if endorsement.comment is not None:
        subject["endorsementComment"] = endorsement.comment
    document: JsonObject = {
        "@context": [CREDENTIALS_V2, OPEN_BADGES_V3],
        "id": endorsement.id,
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": endorsement.name,
        "issuer": profile_object(endorsement.endorser),
        "validFrom": format_instant(endorsement.valid_from),
        "credentialSubject": subject,
    }
    if endorsement.valid_until is not None:
        document["validUntil"] = format_instant(endorsement.valid_until)
    if endorsement.status is not None:
        document["credentialStatus"] = status_object(endorsement.status)
    return document
