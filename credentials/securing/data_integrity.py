"""Embedded proofs: sign a document, and check a proof.

Who may sign, and whether a proof has expired, is not asked here: the caller gives the key, and judges
:func:`proof_expiry` at its own instant.

Spec: Data Integrity 1.0, section 4.
"""

import copy
from datetime import datetime

import contexts
from contexts import ContextLoader
from credentials.canonical.guard import check_lossless, check_options_lossless
from credentials.errors import ErrorCode, InputError, ProofError, ProofOptionsError
from credentials.instant import format_instant, parse_date_time_stamp
from credentials.json_input import JsonObject, JsonValue
from credentials.multikey import PublicKey
from credentials.proofs.api import Cryptosuite, Hashes, Signer
from credentials.proofs.registry import cryptosuite

PROOF_TYPE = "DataIntegrityProof"

MAX_PROOFS = 8
"""Each proof costs a canonicalization; a credential has one, seldom two."""

_REQUIRED = ("type", "cryptosuite", "verificationMethod", "proofPurpose", "proofValue")
_OPTIONAL = ("id", "created", "expires", "nonce")
_REFUSED = {
    "previousProof": ErrorCode.PROOF_CHAIN,
    "domain": ErrorCode.PROOF_DOMAIN,
    "challenge": ErrorCode.PROOF_CHALLENGE,
}
_MISSING = {
    "type": ErrorCode.PROOF_TYPE,
    "cryptosuite": ErrorCode.PROOF_CRYPTOSUITE,
    "verificationMethod": ErrorCode.PROOF_METHOD,
    "proofPurpose": ErrorCode.PROOF_PURPOSE,
    "proofValue": ErrorCode.PROOF_VALUE,
}


def sign(
    document: JsonObject,
    signer: Signer,
    *,
    created: datetime,
    suite: str = "eddsa-rdfc-2022",
    purpose: str = "assertionMethod",
    loader: ContextLoader = contexts.load,
) -> JsonObject:
    """Give a copy of a document with its proof.

    Args:
        document: Without ``proof``; it must say exactly what would be signed.
        signer: Holds the key and names it.
        created: The instant that the proof states; whole seconds are kept.
        suite: Name of the cryptosuite.
        purpose: ``assertionMethod`` for a credential.
        loader: Gives the contexts.

    Returns:
        A new document, its ``proof`` an array of one, as Open Badges' strict form has it.

    Raises:
        ProofError: The document has a proof already, or suite and signer do not go together.
        DataLossError: A part of the document would not be signed.
        ContextError: The contexts are not an accepted list.
        CanonicalizationError: The document has no canonical form.
        InputError: The document breaks a rule of JSON input, or the instant has no offset.

    Spec: Data Integrity 1.0, section 4.2 (Add Proof).
    """
    if "proof" in document:
        raise ProofError(ErrorCode.PROOF_PRESENT, where="/proof")
    method = cryptosuite(suite)
    if signer.algorithm != method.key_type.algorithm:
        raise ProofOptionsError(ErrorCode.PROOF_CRYPTOSUITE, detail=f"{signer.algorithm} under {suite}")
    options: JsonObject = {
        "type": PROOF_TYPE,
        "cryptosuite": suite,
        "created": format_instant(created),
        "verificationMethod": signer.verification_method,
        "proofPurpose": purpose,
    }
    made_ready = UnsecuredDocument(document, loader)
    signature = signer.sign(made_ready.hashes(method, options).combined)
    return {**copy.deepcopy(document), "proof": [{**options, "proofValue": method.proof_value(signature)}]}


def proofs_of(document: JsonObject) -> list[JsonObject]:
    """Give the proofs of a document, in its order; all of them must hold.

    Args:
        document: A secured document.

    Returns:
        At least one proof.

    Raises:
        ProofError: There is none.
        ProofOptionsError: ``proof`` is not an object or an array of objects, has more than
            :data:`MAX_PROOFS`, or two of the same identifier or value.

    Spec: Data Integrity 1.0, section 4.5 (Proof Sets).
    """
    if "proof" not in document:
        raise ProofError(ErrorCode.PROOF_MISSING, where="")
    found = document["proof"]
    entries = found if isinstance(found, list) else [found]
    if not entries:
        raise ProofError(ErrorCode.PROOF_MISSING, where="/proof")
    if len(entries) > MAX_PROOFS:
        raise ProofOptionsError(ErrorCode.PROOF_TOO_MANY, where="/proof", detail=f"{len(entries)} proofs")
    proofs: list[JsonObject] = []
    for entry in entries:
        if not isinstance(entry, dict):
            raise ProofOptionsError(ErrorCode.PROOF_MALFORMED, where="/proof")
        proofs.append(entry)
    _refuse_same(proofs)
    return proofs


class UnsecuredDocument:
    """A document without its proofs, examined and canonicalized once, however many proofs it has.

    Args:
        document: The document, with or without its ``proof`` member, which is left aside.
        loader: Gives the contexts.

    Raises:
        DataLossError: The document shows something that is not signed.
        ContextError: The contexts are not an accepted list.
        CanonicalizationError: The document has no canonical form within the work budget.
        InputError: The document breaks a rule of JSON input.

    Spec: Data Integrity 1.0, sections 2.4.3 and 4.6.
    """

    __slots__ = ("_content", "_forms", "_loader")

    def __init__(self, document: JsonObject, loader: ContextLoader = contexts.load) -> None:
        self._content = _without(document, "proof")
        self._loader = loader
        self._forms: dict[str, str] = {}
        check_lossless(self._content, loader)

    def hashes(self, method: Cryptosuite, options: JsonObject) -> Hashes:
        """Give what one proof with these options is made over; see :func:`verify_proof` for the errors."""
        context = self._content["@context"]
        check_options_lossless({**options, "@context": context}, self._loader)
        if method.name not in self._forms:
            self._forms[method.name] = method.canonical(self._content, self._loader)
        return method.hashes(self._forms[method.name], options, context, self._loader)

    def verify(self, proof: JsonObject, key: PublicKey, *, expected_purpose: str) -> None:
        """Return if a proof was made over exactly this document; see :func:`verify_proof`."""
        method = _check_options(proof, expected_purpose)
        if key.type is not method.key_type:
            raise ProofOptionsError(
                ErrorCode.PROOF_CRYPTOSUITE, detail=f"{key.type.algorithm} under {method.name}"
            )
        signature = method.signature(_text(proof, "proofValue"))
        key.verify(signature, self.hashes(method, _without(proof, "proofValue")).combined)


def verify_proof(
    document: JsonObject,
    proof: JsonObject,
    key: PublicKey,
    *,
    expected_purpose: str,
    loader: ContextLoader = contexts.load,
) -> None:
    """Return if a proof was made over exactly this document with this key's private half.

    Args:
        document: The document, with or without its ``proof`` member, which is left aside.
        proof: One of :func:`proofs_of`.
        key: The key that ``verificationMethod`` names; the caller has resolved and judged it.
        expected_purpose: The purpose that the proof must state.
        loader: Gives the contexts.

    Raises:
        SignatureMismatchError: The document, the proof's options or the key is another.
        ProofOptionsError: An option is missing, unknown, malformed or not as expected.
        DataLossError: The document or the proof shows something that is not signed.
        ContextError: The contexts are not an accepted list.
        CanonicalizationError: The document has no canonical form within the work budget.
        InputError: The document breaks a rule of JSON input.

    Spec: Data Integrity 1.0, section 4.4 (Verify Proof).
    """
    _check_options(proof, expected_purpose)
    UnsecuredDocument(document, loader).verify(proof, key, expected_purpose=expected_purpose)


def proof_expiry(proof: JsonObject) -> datetime | None:
    """Give the instant after which a proof no longer holds, or None.

    Raises:
        ProofOptionsError: ``expires`` is not a ``dateTimeStamp``.

    Spec: Data Integrity 1.0, section 2.1.
    """
    return _instant(proof, "expires", ErrorCode.PROOF_EXPIRES)


def intermediate(document: JsonObject, proof: JsonObject, loader: ContextLoader = contexts.load) -> Hashes:
    """Give the canonical forms and digests behind a proof, for test vectors and explanations.

    Nothing is judged: a document that loses data has hashes too.

    Args:
        document: The document, with or without its ``proof`` member.
        proof: The proof, with or without ``proofValue``.
        loader: Gives the contexts.

    Raises:
        ProofOptionsError: The cryptosuite is unknown.
        CanonicalizationError: The document or the proof has no canonical form.
        ContextError: A context is not pinned.
    """
    method = cryptosuite(_text(proof, "cryptosuite"))
    unsecured = _without(document, "proof")
    form = method.canonical(unsecured, loader)
    return method.hashes(form, _without(proof, "proofValue"), unsecured.get("@context"), loader)


def _check_options(proof: JsonObject, expected_purpose: str) -> Cryptosuite:
    for name, code in _REFUSED.items():
        if name in proof:
            raise ProofOptionsError(code, where=f"/proof/{name}")
    if _text(proof, "type") != PROOF_TYPE:
        raise ProofOptionsError(ErrorCode.PROOF_TYPE, where="/proof/type")
    method = cryptosuite(_text(proof, "cryptosuite"))
    unknown = sorted(proof.keys() - {*_REQUIRED, *_OPTIONAL})
    if unknown:
        raise ProofOptionsError(ErrorCode.PROOF_MEMBER, where="/proof", detail=unknown[0][:80])
    for name in (*_REQUIRED, *(proof.keys() & set(_OPTIONAL))):
        _text(proof, name)
    if proof["proofPurpose"] != expected_purpose:
        raise ProofOptionsError(ErrorCode.PROOF_PURPOSE, where="/proof/proofPurpose")
    _instant(proof, "created", ErrorCode.PROOF_CREATED)
    _instant(proof, "expires", ErrorCode.PROOF_EXPIRES)
    return method


def _text(proof: JsonObject, name: str) -> str:
    value = proof.get(name)
    if not isinstance(value, str) or not value:
        raise ProofOptionsError(_MISSING.get(name, ErrorCode.PROOF_MALFORMED), where=f"/proof/{name}")
    return value


def _instant(proof: JsonObject, name: str, code: ErrorCode) -> datetime | None:
    if name not in proof:
        return None
    value: JsonValue = proof[name]
    if not isinstance(value, str):
        raise ProofOptionsError(code, where=f"/proof/{name}")
    try:
        return parse_date_time_stamp(value)
    except InputError as cause:
        raise ProofOptionsError(code, where=f"/proof/{name}", detail=cause.code) from cause


def _refuse_same(proofs: list[JsonObject]) -> None:
    for name in ("id", "proofValue"):
        values = [proof[name] for proof in proofs if isinstance(proof.get(name), str)]
        if len(set(map(str, values))) != len(values):
            raise ProofOptionsError(
                ErrorCode.PROOF_MALFORMED, where="/proof", detail=f"two proofs of one {name}"
            )


def _without(document: JsonObject, name: str) -> JsonObject:
    return {member: value for member, value in document.items() if member != name}
