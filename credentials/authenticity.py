"""Who signed a document, and whether it is unchanged: the part that credentials and status lists share."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from credentials import did_key, did_web
from credentials.did_web import DidWebError, VerificationKey
from credentials.errors import CanonicalizationError, CredentialError, ErrorCode, KeyFormatError, ProofError
from credentials.json_input import JsonObject, parse_object
from credentials.materials import DidDocument, Materials, Reason, Unavailable
from credentials.messages import answer, code_of
from credentials.report import Check, Outcome
from credentials.securing import data_integrity
from credentials.securing.data_integrity import UnsecuredDocument
from credentials.structure.values import instant_of, is_url

PURPOSE: Final = "assertionMethod"


@dataclass(frozen=True, slots=True)
class ProofExamination:
    """What one proof is worth.

    Attributes:
        signature: The answer of the ``proof`` check for it.
        key: The answer of the ``key`` check for it.
        expires: ``proof.expires``, or None.
    """

    signature: Check
    key: Check
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class _FoundKey:
    answer: Check
    key: VerificationKey | None = None


@dataclass(frozen=True, slots=True)
class Authenticity:
    """What contexts and proofs of a document are worth.

    Attributes:
        contexts: The answer of the ``contexts`` check.
        proofs: One examination a proof; empty when the contexts do not hold, at least one otherwise.
    """

    contexts: Check
    proofs: tuple[ProofExamination, ...] = ()


def examine(document: JsonObject, *, issuer: str, materials: Materials, at: datetime) -> Authenticity:
    """Examine a document's contexts once, then every proof over them.

    Args:
        document: The parsed document; its form has been examined.
        issuer: The issuer's identifier: the only controller whose keys count.
        materials: DID documents.
        at: The instant of the check, aware.

    Returns:
        Both answers; a document without a readable proof has one examination, which says so.

    Spec: Data Integrity 1.0, sections 2.4.3 (Securing Data Losslessly), 4.4 to 4.6; all proofs must hold.
    """
    try:
        unsecured = UnsecuredDocument(document)
    except CredentialError as error:
        code = code_of(error)
        # An input fault of an object that no parser made is a fault of its terms.
        reported = code if code.startswith("contexts.") else "contexts.invalid"
        return Authenticity(answer(reported, where=error.where))
    good = answer("contexts.ok")
    try:
        proofs = data_integrity.proofs_of(document)
    except CredentialError as error:
        return Authenticity(good, (_unusable(answer(code_of(error), where=error.where or "/proof")),))
    examined = [_examine(unsecured, proof, issuer=issuer, materials=materials, at=at) for proof in proofs]
    return Authenticity(good, tuple(examined))


def _unusable(signature: Check) -> ProofExamination:
    return ProofExamination(signature, answer("key.not_run"))


def _examine(
    unsecured: UnsecuredDocument, proof: JsonObject, *, issuer: str, materials: Materials, at: datetime
) -> ProofExamination:
    method = proof.get("verificationMethod")
    if not isinstance(method, str) or not is_url(method):
        return _unusable(answer("proof.verification_method", where="/proof"))
    created = instant_of(proof.get("created"))
    found = _find_key(method, issuer=issuer, materials=materials)
    try:
        expires = data_integrity.proof_expiry(proof)
    except CredentialError as error:
        return _unusable(answer(code_of(error), where=error.where or "/proof"))
    if found.key is None:
        return ProofExamination(answer("proof.key_unavailable"), found.answer, expires)
    signature = _verify(unsecured, proof, found.key)
    return ProofExamination(signature, _dated(found, created or at, at), expires)


def _verify(unsecured: UnsecuredDocument, proof: JsonObject, found: VerificationKey) -> Check:
    try:
        unsecured.verify(proof, found.key, expected_purpose=PURPOSE)
    except CredentialError as error:
        return answer(_proof_code(error), where=error.where or "/proof")
    return answer("proof.ok")


def _proof_code(error: CredentialError) -> str:
    match error:
        case ProofError():
            return code_of(error)
        case CanonicalizationError() | KeyFormatError():
            return "proof.not_computable"
        case _:
            # Terms of the document itself are for the contexts check to name: this is one of the proof's.
            return "proof.malformed"


def _dated(found: _FoundKey, signed: datetime, at: datetime) -> Check:
    """Judge the key at the signature's own date; that date is a claim, so a disowned key proves nothing."""
    key, listed = found.key, found.answer
    if key is None or listed.outcome is not Outcome.PASS:
        return listed
    if key.revoked is not None and at >= key.revoked:
        code = "key.revoked" if signed >= key.revoked else "key.revoked_since"
        return answer(code, as_of=listed.as_of, where="/proof")
    if key.expires is not None and signed >= key.expires:
        return answer("key.expired", as_of=listed.as_of, where="/proof")
    return listed


def _find_key(method: str, *, issuer: str, materials: Materials) -> _FoundKey:
    controller = method.partition("#")[0]
    if method.startswith(did_key.PREFIX):
        return _from_did_key(method, own=controller == issuer)
    material = materials.did_documents.get(controller, Unavailable(Reason.NOT_AT_HAND))
    if controller != issuer:
        found = _from_document(method, material) if isinstance(material, DidDocument) else None
        return _FoundKey(
            answer("key.controller_not_issuer", where="/proof/verificationMethod"),
            found.key if found else None,
        )
    if isinstance(material, DidDocument):
        return _from_document(method, material)
    if not controller.startswith(did_web.PREFIX):
        return _FoundKey(answer("key.method_unsupported", where="/proof/verificationMethod"))
    return _FoundKey(answer(f"key.{material.reason.value}"))


def _from_did_key(method: str, *, own: bool) -> _FoundKey:
    try:
        key = VerificationKey(did_key.resolve(method))
    except KeyFormatError as error:
        # Of whatever type it is: a key that is not the issuer's is not the issuer's.
        code = "key.type" if error.code is ErrorCode.KEY_TYPE else "key.did"
        reported = code if own else "key.controller_not_issuer"
        return _FoundKey(answer(reported, where="/proof/verificationMethod"))
    code = "key.self_certifying" if own else "key.controller_not_issuer"
    return _FoundKey(answer(code, where=None if own else "/proof/verificationMethod"), key)


def _from_document(method: str, material: DidDocument) -> _FoundKey:
    document = material.document
    try:
        content = parse_object(document) if isinstance(document, bytes) else document
        key = did_web.key_from_document(content, method, PURPOSE)
    except DidWebError as error:
        return _FoundKey(answer(code_of(error), as_of=material.as_of, where="/proof/verificationMethod"))
    except CredentialError:
        return _FoundKey(answer("key.document_malformed", as_of=material.as_of))
    return _FoundKey(answer("key.listed", as_of=material.as_of), key)
