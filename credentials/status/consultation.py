"""What a status list says of one entry, once the list itself has been verified as a credential."""

from datetime import datetime
from typing import Final

from credentials.authenticity import examine
from credentials.errors import CredentialError
from credentials.json_input import JsonObject, parse_object
from credentials.materials import Materials, Reason, StatusList, Unavailable
from credentials.messages import answer, code_of, long_instant
from credentials.policy import Policy
from credentials.report import Check, Outcome
from credentials.status.bitstring import (
    StatusListError,
    decode,
    index_from_text,
    require_length,
    status_at,
)
from credentials.structure import Examination, examine_credential
from credentials.structure.values import instant_of, issuer_id_of, objects_of, types_of

PURPOSES: Final = {"revocation": "status.revoked", "suspension": "status.suspended"}
"""The purposes that change a verdict, and the answer where the bit is set."""

_LIST_CREDENTIAL: Final = "BitstringStatusListCredential"
_LIST: Final = "BitstringStatusList"


def consult(entry: JsonObject, *, issuer: str, materials: Materials, policy: Policy, at: datetime) -> Check:
    """Read one status entry.

    Args:
        entry: A ``BitstringStatusListEntry`` whose form has been examined, of one of :data:`PURPOSES`.
        issuer: The credential's issuer; the list must be signed by the same.
        materials: Status lists and DID documents.
        policy: How old a list may be.
        at: The instant of the check, aware.

    Returns:
        ``status.in_force``, ``status.revoked``, ``status.suspended``, or why the list cannot tell.

    Spec: Bitstring Status List 1.0, section 3.2 (Validate Algorithm).
    """
    url = str(entry.get("statusListCredential"))
    material = materials.status_lists.get(url, Unavailable(Reason.NOT_AT_HAND))
    if isinstance(material, Unavailable):
        return answer(f"status.{material.reason.value}")
    try:
        content = parse_object(material.document)
    except CredentialError:
        return answer("status.list_malformed", as_of=material.as_of)
    fault = (
        _form_fault(content)
        or _origin_fault(content, url=url, issuer=issuer, materials=materials, at=at)
        or _period_fault(content, at)
    )
    if fault is not None:
        return answer(fault, as_of=material.as_of)
    if policy.max_status_age is not None and at - material.as_of > policy.max_status_age:
        return answer(
            "status.list_too_old", as_of=material.as_of, params={"date": long_instant(material.as_of)}
        )
    return _read(entry, content, material)


def _form_fault(content: JsonObject) -> str | None:
    found = Examination()
    examine_credential(content, found)
    subjects = objects_of(content.get("credentialSubject"))
    well_formed = (
        found.first is None
        and _LIST_CREDENTIAL in types_of(content)
        and len(subjects) == 1
        and _LIST in types_of(subjects[0])
        and isinstance(subjects[0].get("encodedList"), str)
    )
    return None if well_formed else "status.list_malformed"


def _origin_fault(
    content: JsonObject, *, url: str, issuer: str, materials: Materials, at: datetime
) -> str | None:
    # Without its own address, a list could stand in for another one of the same issuer.
    if content.get("id") != url:
        return "status.list_of_another_address"
    if issuer_id_of(content) != issuer:
        return "status.list_wrong_issuer"
    proofs = examine(content, issuer=issuer, materials=materials, at=at).proofs
    if any(proof.key.code == "key.controller_not_issuer" for proof in proofs):
        return "status.list_wrong_issuer"
    proven = bool(proofs) and all(
        proof.signature.outcome is Outcome.PASS
        and proof.key.outcome is Outcome.PASS
        and (proof.expires is None or at < proof.expires)
        for proof in proofs
    )
    return None if proven else "status.list_not_proven"


def _period_fault(content: JsonObject, at: datetime) -> str | None:
    start, end = instant_of(content.get("validFrom")), instant_of(content.get("validUntil"))
    if start is not None and at < start:
        return "status.list_not_yet_valid"
    if end is not None and at > end:
        return "status.list_ended"
    return None


def _read(entry: JsonObject, content: JsonObject, material: StatusList) -> Check:
    (subject,) = objects_of(content.get("credentialSubject"))
    purpose = str(entry.get("statusPurpose"))
    purposes = subject.get("statusPurpose")
    if purpose not in (purposes if isinstance(purposes, list) else [purposes]):
        return answer("status.purpose_mismatch", as_of=material.as_of)
    size = entry.get("statusSize", 1)
    width = size if isinstance(size, int) else 1
    try:
        bits = decode(str(subject.get("encodedList")))
        require_length(bits, size=width)
        value = status_at(bits, index_from_text(str(entry.get("statusListIndex"))), size=width)
    except StatusListError as error:
        return answer(code_of(error), as_of=material.as_of)
    if value:
        return answer(PURPOSES[purpose], as_of=material.as_of, params={"details": ""})
    return answer("status.in_force", as_of=material.as_of)
