"""The proofs of a document: a set, all of which must hold, and within it chains.

Spec: Data Integrity 1.0, section 4.5 (Proof Sets and Chains).
"""

from collections.abc import Sequence

from credentials.errors import ErrorCode, ProofError, ProofOptionsError
from credentials.json_input import JsonObject
from credentials.securing.proof_options import texts_of

MAX_PROOFS = 8
"""Each proof costs a canonicalization; a credential has one, seldom two."""


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


def previous_proofs(proof: JsonObject, proofs: Sequence[JsonObject]) -> tuple[JsonObject, ...]:
    """Give the proofs over which a proof of a chain was made.

    Args:
        proof: The proof, or its options.
        proofs: All the proofs of the document.

    Returns:
        Those that ``previousProof`` names, in the document's order; none outside a chain.

    Raises:
        ProofOptionsError: One of them is missing, or rests on this proof in turn.

    Spec: Data Integrity 1.0, section 4.5 (Proof Chains).
    """
    named = _names(proof)
    if not named:
        return ()
    by_id = {str(item["id"]): item for item in proofs if isinstance(item.get("id"), str)}
    reached, ahead = set[str](), list(named)
    while ahead:
        name = ahead.pop()
        if name not in by_id or name == proof.get("id"):
            raise ProofOptionsError(ErrorCode.PROOF_PREVIOUS, where="/proof/previousProof")
        if name not in reached:
            reached.add(name)
            ahead.extend(_names(by_id[name]))
    return tuple(item for item in proofs if item.get("id") in named)


def _names(proof: JsonObject) -> tuple[str, ...]:
    return texts_of(proof.get("previousProof"), "previousProof", ErrorCode.PROOF_PREVIOUS)


def _refuse_same(proofs: list[JsonObject]) -> None:
    for name in ("id", "proofValue"):
        values = [proof[name] for proof in proofs if isinstance(proof.get(name), str)]
        if len(set(map(str, values))) != len(values):
            raise ProofOptionsError(
                ErrorCode.PROOF_MALFORMED, where="/proof", detail=f"two proofs of one {name}"
            )
