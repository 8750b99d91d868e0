"""What the service publishes for other software: the status lists and the DID document."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime, timedelta

from credentials.documents.open_badge import CREDENTIAL_MEDIA_TYPE
from credentials.instant import format_instant
from credentials.json_input import to_bytes
from credentials.status.bitstring import bits_of, status_list_credential
from issuer.ports import LIST_TTL, Published, Registry, StatusListOpening
from issuer.services import audit
from issuer.services.office import Office
from issuer.services.securing import InstitutionSigner, secure

DID_MEDIA_TYPE = "application/did+json"

LIST_LIFE = timedelta(days=30)
"""For how long a signed list may be relied on. An old copy cannot be passed off for longer than that; and a
registry that is closed for two weeks misses no renewal, which falls due at half of it."""


def publish_status_list(
    office: Office,
    registry: Registry,
    signer: InstitutionSigner,
    at: datetime,
    opening: StatusListOpening,
    *,
    actor: str,
) -> None:
    """Sign a status list as the register has it now, make it the current one, and say so in the trail.

    Runs in the unit of work of the act that changed a bit, so that the register and the published list
    never disagree.

    Args:
        office: The service.
        registry: The open unit of work.
        signer: The institution's signer.
        at: When (aware); the list says it in whole seconds.
        opening: Which list.
        actor: Who.

    Spec: Bitstring Status List v1.0, section 2.2.
    """
    moment = at.replace(microsecond=0)
    until = moment + LIST_LIFE
    document = status_list_credential(
        url=office.status_list_url(opening.name),
        issuer=office.did,
        purpose=opening.purpose.value,
        bits=bits_of(registry.set_bits(opening)),
        valid_from=moment,
        valid_until=until,
        ttl_ms=LIST_TTL // timedelta(milliseconds=1),
    )
    body = to_bytes(secure(document, signer, created=moment))
    published = replace(as_published(body, CREDENTIAL_MEDIA_TYPE, moment), valid_until=until)
    registry.publish_status_list(opening.name, published)
    audit.record(
        registry,
        at,
        actor,
        "status.published",
        opening.name,
        {
            "purpose": opening.purpose.value,
            "list_sha256": published.etag,
            "valid_until": format_instant(until),
        },
    )


def as_published(body: bytes, media_type: str, at: datetime) -> Published:
    """Give bytes the entity tag that caches ask for."""
    return Published(body, media_type, hashlib.sha256(body).hexdigest(), at)


def published_did_document(office: Office, registry: Registry) -> Published:
    """Give the institution's DID document as it is served: every key that ever signed stays listed."""
    ledger = registry.key_ledger()
    body = json.dumps(office.did_document_of(ledger), ensure_ascii=False, separators=(",", ":")).encode()
    newest = max((line["changed_at"] or line["created_at"] or "") for line in ledger)
    return as_published(body, DID_MEDIA_TYPE, datetime.fromisoformat(newest))
