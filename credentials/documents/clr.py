"""The ClrCredential that Parchemin builds: one record of a title and its competence blocks.

It holds the signed credentials whole, proofs included, exactly as they were issued, and says of each block
that it is part of the title.

Spec: CLR 2.0 (ClrCredential, ClrSubject, Association), by its published JSON Schema and context.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from credentials.documents.open_badge import (
    CREDENTIALS_V2,
    OPEN_BADGES_V3,
    IssuerProfile,
    StatusEntry,
    name_object,
    profile_object,
    status_object,
)
from credentials.instant import format_instant
from credentials.json_input import JsonObject

CLR_V2 = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"


@dataclass(frozen=True, slots=True)
class HeldCredential:
    """A signed credential within a record.

    Attributes:
        achievement: The IRI of its achievement.
        document: The signed document as it was read from its bytes; it is not changed.
    """

    achievement: str
    document: JsonObject


@dataclass(frozen=True, slots=True)
class ClrDocument:
    """The values of one record.

    Attributes:
        id: The record's own IRI.
        name: What it is, in a few words.
        issuer: Who gathers and signs it; where it issued the awards too, with the very same values as there:
            JSON-LD merges what a record and its credentials say of one identifier, and only equal words merge
            without a change.
        subject_id: ``urn:uuid`` shared by the awards of one issue to one person.
        holder: The name in clear, as on the awards.
        title: The full certification.
        blocks: Its competence blocks, in their order.
        valid_from: The moment of issue (aware).
        partial: Whether the issuer knows of awards to this person that the record leaves out.
        status: The record's bit in a status list, or None.
    """

    id: str
    name: str
    issuer: IssuerProfile
    subject_id: str
    holder: str
    title: HeldCredential
    blocks: Sequence[HeldCredential]
    valid_from: datetime
    partial: bool
    status: StatusEntry | None = None


def clr_credential(record: ClrDocument) -> JsonObject:
    """Build the unsigned record of a title and its blocks.

    Args:
        record: Its values.

    Returns:
        The document as JSON values, ready to be signed; the credentials that it holds are the very objects
        that were given.

    Raises:
        InputError: The instant is naive.

    Spec: CLR 2.0, ClrCredential; the context of CLR stands before that of Open Badges.
    """
    subject: JsonObject = {
        "id": record.subject_id,
        "type": ["ClrSubject"],
        "identifier": [name_object(record.holder)],
        "verifiableCredential": [record.title.document, *(block.document for block in record.blocks)],
    }
    if record.blocks:
        subject["association"] = [_part_of(block, record.title) for block in record.blocks]
    document: JsonObject = {
        "@context": [CREDENTIALS_V2, CLR_V2, OPEN_BADGES_V3],
        "id": record.id,
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": record.name,
        "partial": record.partial,
        "issuer": profile_object(record.issuer),
        "validFrom": format_instant(record.valid_from),
        "credentialSubject": subject,
    }
    if record.status is not None:
        document["credentialStatus"] = status_object(record.status)
    return document


def _part_of(block: HeldCredential, title: HeldCredential) -> JsonObject:
    return {
        "type": "Association",
        "associationType": "isPartOf",
        "sourceId": block.achievement,
        "targetId": title.achievement,
    }
