"""The options of an embedded proof: which there are, what each may say, and for whom the proof was made.

Spec: Data Integrity 1.0, sections 2.1 (Proofs) and 4.4 (Verify Proof).
"""

from dataclasses import dataclass
from datetime import datetime

from credentials.errors import ErrorCode, InputError, ProofOptionsError
from credentials.instant import parse_date_time_stamp
from credentials.json_input import JsonObject, JsonValue
from credentials.proofs.api import Cryptosuite
from credentials.proofs.registry import PROOF_TYPE, suite_of

_REQUIRED = ("type", "verificationMethod", "proofPurpose", "proofValue")
_TEXTS = ("cryptosuite", "id", "created", "expires", "nonce", "challenge")
_OPTIONAL = (*_TEXTS, "domain", "previousProof")
_MISSING = {
    "verificationMethod": ErrorCode.PROOF_METHOD,
    "proofPurpose": ErrorCode.PROOF_PURPOSE,
    "proofValue": ErrorCode.PROOF_VALUE,
    "challenge": ErrorCode.PROOF_CHALLENGE_DIFFERS,
}


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a verifier expects a proof to state.

    Attributes:
        purpose: The purpose: ``assertionMethod`` for credentials, ``authentication`` for presentations.
        domain: The verifier's own domains; empty where it has named none.
        challenge: The question that it asked, or None.

    Spec: Data Integrity 1.0, section 4.4 (Verify Proof).
    """

    purpose: str = "assertionMethod"
    domain: tuple[str, ...] = ()
    challenge: str | None = None


ASSERTION = Expectation()
"""What every credential's proof must state."""


def check_options(proof: JsonObject, expected: Expectation) -> Cryptosuite:
    """Return the suite of a proof whose options are all there, well formed and as expected.

    Args:
        proof: The proof.
        expected: What it must state.

    Raises:
        ProofOptionsError: An option is missing, unknown, malformed or not as expected.

    Spec: Data Integrity 1.0, section 4.4.
    """
    method = suite_of(proof)
    known = {*_REQUIRED, *_OPTIONAL, *(("@context",) if method.signs_text else ())}
    if proof["type"] != PROOF_TYPE:
        known.discard("cryptosuite")
    unknown = sorted(proof.keys() - known)
    if unknown:
        raise ProofOptionsError(ErrorCode.PROOF_MEMBER, where="/proof", detail=unknown[0][:80])
    for name in (*_REQUIRED, *(proof.keys() & set(_TEXTS))):
        text_of(proof, name)
    if proof["proofPurpose"] != expected.purpose:
        raise ProofOptionsError(ErrorCode.PROOF_PURPOSE, where="/proof/proofPurpose")
    _instant(proof, "created", ErrorCode.PROOF_CREATED)
    _instant(proof, "expires", ErrorCode.PROOF_EXPIRES)
    _check_audience(proof, expected)
    return method


def _check_audience(proof: JsonObject, expected: Expectation) -> None:
    """For whom, and in answer to what, a proof was made; what nobody asked for we cannot judge."""
    domain = proof.get("domain")
    named = texts_of(domain, "domain", ErrorCode.PROOF_DOMAIN_DIFFERS)
    if domain is not None and not expected.domain:
        raise ProofOptionsError(ErrorCode.PROOF_DOMAIN, where="/proof/domain")
    if set(named) != set(expected.domain):
        raise ProofOptionsError(ErrorCode.PROOF_DOMAIN_DIFFERS, where="/proof/domain")
    challenge = proof.get("challenge")
    if challenge is not None and expected.challenge is None:
        raise ProofOptionsError(ErrorCode.PROOF_CHALLENGE, where="/proof/challenge")
    if challenge != expected.challenge:
        raise ProofOptionsError(ErrorCode.PROOF_CHALLENGE_DIFFERS, where="/proof/challenge")


def proof_expiry(proof: JsonObject) -> datetime | None:
    """Give the instant after which a proof no longer holds, or None.

    Raises:
        ProofOptionsError: ``expires`` is not a ``dateTimeStamp``.

    Spec: Data Integrity 1.0, section 2.1.
    """
    return _instant(proof, "expires", ErrorCode.PROOF_EXPIRES)


def texts_of(value: JsonValue, member: str, code: ErrorCode) -> tuple[str, ...]:
    """Read a text or a set of texts, each once.

    Args:
        value: What the member holds.
        member: Its name.
        code: The error where it is malformed.

    Returns:
        The texts; none where the member is absent.

    Raises:
        ProofOptionsError: It is neither, is empty, or holds a text twice.
    """
    if value is None:
        return ()
    items = value if isinstance(value, list) else [value]
    texts = tuple(item for item in items if isinstance(item, str) and item)
    if not texts or len(set(texts)) != len(items):
        raise ProofOptionsError(code, where=f"/proof/{member}")
    return texts


def text_of(proof: JsonObject, name: str) -> str:
    """Read a member that must be a text.

    Raises:
        ProofOptionsError: It is absent, empty or no text.
    """
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
