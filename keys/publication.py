"""The institution's DID document, from the public halves in the ledger. Pure."""

from collections.abc import Iterable
from typing import Final

from credentials.instant import format_instant
from credentials.json_input import JsonObject, JsonValue
from keys.ledger import KeyPurpose, KeyRecord, KeyState, in_order

_CONTEXTS: Final = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")

_DATED: Final = {KeyState.EXPIRED: "expires", KeyState.COMPROMISED: "revoked"}
"""States whose date the document says. Not of a retired key: readers would refuse what it signed before."""


def did_document(did: str, records: Iterable[KeyRecord]) -> JsonObject:
    """Build the DID document: every key that ever signed stays listed.

    A retired or expired key keeps its ``assertionMethod`` entry, so that what it signed in its time still
    verifies; a compromised one is marked ``revoked`` and leaves it. A key for receipts stands under
    ``authentication`` instead, and nowhere else: no credential verifies with it.

    Args:
        did: The institution's DID (did:web).
        records: The whole ledger; order is by age.

    Returns:
        The document as JSON values.

    Spec: Controlled Identifiers 1.0, sections 2.1 to 2.3; did:web method.
    """
    ordered = in_order(records)
    receipts = _listed(did, ordered, KeyPurpose.RECEIPTS)
    return {
        "@context": list(_CONTEXTS),
        "id": did,
        "verificationMethod": [_method(did, record) for record in ordered],
        "assertionMethod": _listed(did, ordered, KeyPurpose.CREDENTIALS),
        **({"authentication": receipts} if receipts else {}),
    }


def _listed(did: str, records: Iterable[KeyRecord], purpose: KeyPurpose) -> list[JsonValue]:
    standing = (record for record in records if record.state is not KeyState.COMPROMISED)
    return [f"{did}#{record.name}" for record in standing if record.purpose is purpose]


def _method(did: str, record: KeyRecord) -> JsonObject:
    member = _DATED.get(record.state)
    # The ledger dates every change; a line without its date was put in by hand, and is dated from the start.
    since = record.compromised_since or record.changed_at or record.created_at
    return {
        "id": f"{did}#{record.name}",
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": record.public_key_multibase,
        **({member: format_instant(since)} if member is not None else {}),
    }
