"""Receipts of a verification: sealed by who checked, and judged again; never taken for a credential.

A receipt is one JSON object without JSON-LD, whose text is signed. Its proof has the purpose
``authentication``, for which an issuer's credentials are never signed: neither can stand for the other.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

from credentials.did_web import DidWebError, VerificationKey, key_from_document
from credentials.errors import CredentialError, ErrorCode, ProofError, ProofOptionsError
from credentials.instant import format_instant, parse_date_time_stamp
from credentials.json_input import JsonObject, check_values, without
from credentials.multikey import KeyType
from credentials.proofs import eddsa_jcs_2022
from credentials.proofs.api import Forms, Signer
from credentials.proofs.registry import PROOF_TYPE
from credentials.securing.proof_options import Expectation, check_options, text_of

RECEIPT_TYPE: Final = "VerificationReceipt"
PURPOSE: Final = "authentication"
"""The verification relationship of the keys that seal receipts, and of nothing else that an issuer signs."""

_SUITE: Final = eddsa_jcs_2022.SUITE
_EXPECTED: Final = Expectation(PURPOSE)


class Seal(StrEnum):
    """What a receipt's seal is worth; only the first lets a reader believe what it says."""

    AUTHENTIC = "authentic"
    MODIFIED = "modified"
    """It is not as it was sealed."""
    UNPROVEN = "unproven"
    """It names a key that this service does not stand by for receipts."""
    ELSEWHERE = "elsewhere"
    """It says to be of another service, whose receipts cannot be judged here."""


def is_receipt(content: JsonObject) -> bool:
    """Say whether a document says to be a receipt: its one type is, where a credential has several."""
    return content.get("type") == RECEIPT_TYPE


def seal(content: JsonObject, signer: Signer, *, created: datetime) -> JsonObject:
    """Give a copy of a receipt with its proof.

    Args:
        content: The receipt without ``proof``; it names its ``issuer``. Whatever it is, it is sealed as a
            receipt: the key signs nothing else.
        signer: Holds the key for receipts and names it.
        created: The instant that the proof states (aware); whole seconds are kept.

    Raises:
        ProofError: It has a proof already, or the key is of another type.
        InputError: It holds what JSON cannot carry, or the instant has no offset.
        CanonicalizationError: It has no canonical form.

    Spec: Data Integrity EdDSA Cryptosuites 1.0, section 3.3 (eddsa-jcs-2022).
    """
    if "proof" in content:
        raise ProofError(ErrorCode.PROOF_PRESENT, where="/proof")
    if signer.algorithm != KeyType.ED25519.algorithm:
        raise ProofOptionsError(ErrorCode.PROOF_CRYPTOSUITE, detail=f"{signer.algorithm} for a receipt")
    receipt: JsonObject = {"type": RECEIPT_TYPE, **without(content, "type")}
    check_values(receipt)
    options: JsonObject = {
        "type": PROOF_TYPE,
        "cryptosuite": _SUITE.name,
        "created": format_instant(created),
        "verificationMethod": signer.verification_method,
        "proofPurpose": PURPOSE,
    }
    signature = signer.sign(_SUITE.hashes(Forms(receipt), options, KeyType.ED25519).combined)
    return {**receipt, "proof": {**options, "proofValue": _SUITE.proof_value(signature)}}


def judge(receipt: JsonObject, *, issuer: str, did_document: JsonObject) -> Seal:
    """Say what the seal of a receipt is worth to the service that it names, and to no other.

    Args:
        receipt: A receipt as received: hostile.
        issuer: The service's own DID.
        did_document: Its own DID document, with every key that ever sealed.

    Returns:
        The answer; never an exception.

    Spec: Data Integrity 1.0, section 4.4 (Verify Proof); Controlled Identifiers 1.0, section 3.3.
    """
    if receipt.get("issuer") != issuer:
        return Seal.ELSEWHERE
    proof = receipt.get("proof")
    if not isinstance(proof, dict):
        return Seal.MODIFIED
    try:
        suite = check_options(proof, _EXPECTED)
        created = parse_date_time_stamp(text_of(proof, "created"))
        listed = key_from_document(did_document, text_of(proof, "verificationMethod"), PURPOSE)
        if not _stands(listed, created):
            return Seal.UNPROVEN
        forms, options = Forms(without(receipt, "proof")), without(proof, "proofValue")
        if suite.name == _SUITE.name:
            _SUITE.verify(forms, options, text_of(proof, "proofValue"), listed.key, ())
            return Seal.AUTHENTIC
    except DidWebError:
        return Seal.UNPROVEN
    except CredentialError:
        pass
    return Seal.MODIFIED


def _stands(listed: VerificationKey, created: datetime) -> bool:
    """Say whether the service stands by a key; a proof's date is a claim, so a disowned key is none."""
    in_time = listed.expires is None or created < listed.expires
    return listed.key.type is KeyType.ED25519 and listed.revoked is None and in_time
