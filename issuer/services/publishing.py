"""What the service publishes for other software: the status list and the DID document."""

import hashlib
import json
from datetime import datetime

from credentials.json_input import to_bytes
from credentials.open_badge import CREDENTIAL_MEDIA_TYPE
from credentials.proofs.api import Signer
from credentials.securing.data_integrity import sign
from credentials.status.bitstring import bits_of, status_list_credential
from issuer.ports import Published, Registry
from issuer.services.office import STATUS_LIST, Office

DID_MEDIA_TYPE = "application/did+json"


def publish_status_list(
    office: Office, registry: Registry, signer: Signer, at: datetime, name: str = STATUS_LIST
) -> Published:
    """Sign the status list as the register has it now and make it the current one.

    Runs in the unit of work of the act that changed a bit, so that the register and the published list
    never disagree.

    Args:
        office: The service.
        registry: The open unit of work.
        signer: The institution's signer.
        at: When (aware).
        name: Which list.

    Returns:
        The published list.

    Spec: Bitstring Status List v1.0, section 2.2.
    """
    document = status_list_credential(
        url=office.status_list_url(name),
        issuer=office.did,
        purpose="revocation",
        bits=bits_of(registry.set_bits(name)),
        valid_from=at,
    )
    body = to_bytes(sign(document, signer, created=at))
    published = as_published(body, CREDENTIAL_MEDIA_TYPE, at)
    registry.publish_status_list(name, published)
    return published


def as_published(body: bytes, media_type: str, at: datetime) -> Published:
    """Give bytes the entity tag that caches ask for."""
    return Published(body, media_type, hashlib.sha256(body).hexdigest(), at)


def published_did_document(office: Office, registry: Registry) -> Published:
    """Give the institution's DID document as it is served: every key that ever signed stays listed."""
    ledger = registry.key_ledger()
    body = json.dumps(office.did_document_of(ledger), ensure_ascii=False, separators=(",", ":")).encode()
    newest = max((line["changed_at"] or line["created_at"] or "") for line in ledger)
    return as_published(body, DID_MEDIA_TYPE, datetime.fromisoformat(newest))
