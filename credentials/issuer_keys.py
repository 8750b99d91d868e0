"""The issuer's key: where it is found, whose it is, and whether it was in service.

Whether a key is the issuer's is asked here alone, whatever names it: a proof, or the header of a token.
"""

from dataclasses import dataclass
from datetime import datetime

from credentials import did_key, did_web
from credentials.did_web import DidWebCode, DidWebError, VerificationKey
from credentials.errors import ErrorCode, KeyFormatError
from credentials.materials import DidDocument, Materials, Reason, Unavailable
from credentials.messages import answer, code_of
from credentials.report import Check, Outcome


@dataclass(frozen=True, slots=True)
class FoundKey:
    """What was found of the key that a signature names.

    Attributes:
        answer: The answer of the ``key`` check.
        key: The key, where there is one to check the signature with; it may be somebody else's.
    """

    answer: Check
    key: VerificationKey | None = None


def dated(found: FoundKey, signed: datetime, at: datetime) -> Check:
    """Judge the key at the signature's own date; that date is a claim, so a disowned key proves nothing.

    Args:
        found: The key.
        signed: When the signature says that it was made, aware.
        at: The instant of the check, aware.
    """
    key, listed = found.key, found.answer
    # An issuer that revokes a key ceases to list it; that it was revoked says more than that.
    disowned = listed.outcome is Outcome.PASS or listed.code == DidWebCode.NOT_FOR_THIS_USE
    if key is None or not disowned:
        return listed
    if key.revoked is not None and at >= key.revoked:
        code = "key.revoked" if signed >= key.revoked else "key.revoked_since"
        return answer(code, as_of=listed.as_of, where="/proof")
    if listed.outcome is Outcome.PASS and key.expires is not None and signed >= key.expires:
        return answer("key.expired", as_of=listed.as_of, where="/proof")
    return listed


def find_key(method: str, relation: str, *, issuer: str, materials: Materials) -> FoundKey:
    """Find the key that a signature names by its DID URL.

    Args:
        method: The DID URL, hostile until checked.
        relation: The verification relationship, e.g. ``assertionMethod``.
        issuer: Who must have signed: the only controller whose keys count.
        materials: DID documents.

    Spec: Controlled Identifiers 1.0, section 3.3 (Retrieve Verification Method).
    """
    controller = method.partition("#")[0]
    if method.startswith(did_key.PREFIX):
        return _from_did_key(method, own=controller == issuer)
    material = materials.did_documents.get(controller, Unavailable(Reason.NOT_AT_HAND))
    if controller != issuer:
        found = _from_document(method, relation, material) if isinstance(material, DidDocument) else None
        return FoundKey(
            answer("key.controller_not_issuer", where="/proof/verificationMethod"),
            found.key if found else None,
        )
    if isinstance(material, DidDocument):
        return _from_document(method, relation, material)
    if not controller.startswith(did_web.PREFIX):
        return FoundKey(answer("key.method_unsupported", where="/proof/verificationMethod"))
    return FoundKey(answer(f"key.{material.reason.value}"))


def _from_did_key(method: str, *, own: bool) -> FoundKey:
    try:
        key = VerificationKey(did_key.resolve(method))
    except KeyFormatError as error:
        # Of whatever type it is: a key that is not the issuer's is not the issuer's.
        code = "key.type" if error.code is ErrorCode.KEY_TYPE else "key.did"
        reported = code if own else "key.controller_not_issuer"
        return FoundKey(answer(reported, where="/proof/verificationMethod"))
    code = "key.self_certifying" if own else "key.controller_not_issuer"
    return FoundKey(answer(code, where=None if own else "/proof/verificationMethod"), key)


def _from_document(method: str, relation: str, material: DidDocument) -> FoundKey:
    content = material.content()
    if content is None:
        return FoundKey(answer("key.document_malformed", as_of=material.as_of))
    try:
        key = did_web.key_from_document(content, method, relation)
    except DidWebError as error:
        refused = answer(code_of(error), as_of=material.as_of, where="/proof/verificationMethod")
        gone = error.code is DidWebCode.NOT_FOR_THIS_USE
        return FoundKey(refused, did_web.withdrawn_key(content, method) if gone else None)
    return FoundKey(answer("key.listed", as_of=material.as_of), key)
