"""The institution's DID document, from the public halves in the ledger. Pure."""

from collections.abc import Iterable

from keys.ledger import KeyRecord, KeyState

_CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


def did_document(did: str, records: Iterable[KeyRecord]) -> dict[str, object]:
    """Build the DID document: every key that ever signed stays listed.

    A retired key keeps its ``assertionMethod`` entry, so that what it signed while active still
    verifies; a compromised one is marked ``revoked`` and leaves it.

    Args:
        did: The institution's DID (did:web).
        records: The whole ledger; order is by age.

    Returns:
        The document as JSON values.

    Spec: Controlled Identifiers 1.0, sections 2.1 to 2.3; did:web method.
    """
    ordered = sorted(records, key=lambda record: (record.created_at, record.name))
    return {
        "@context": list(_CONTEXTS),
        "id": did,
        "verificationMethod": [_method(did, record) for record in ordered],
        "assertionMethod": [
            f"{did}#{record.name}" for record in ordered if record.state is not KeyState.COMPROMISED
        ],
    }


def _method(did: str, record: KeyRecord) -> dict[str, object]:
    method: dict[str, object] = {
        "id": f"{did}#{record.name}",
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": record.public_key_multibase,
    }
    if record.state is KeyState.COMPROMISED and record.changed_at is not None:
        method["revoked"] = record.changed_at.isoformat(timespec="seconds").replace("+00:00", "Z")
    return method
