"""``contexts``: pinned contexts only, and no word that the signature does not cover."""

from collections.abc import Sequence

from credentials.authenticity import ProofExamination, examine_contexts
from credentials.json_input import JsonObject
from credentials.messages import answer
from credentials.report import Check, Outcome


def check(document: JsonObject, proofs: Sequence[ProofExamination]) -> Check:
    """Say whether every word of the document is defined by pinned contexts.

    Args:
        document: The parsed document.
        proofs: Every proof's examination. One that holds has examined the contexts already, which is most
            of a verification's work; without one, they are examined here, to name what is wrong.
    """
    if any(proof.signature.outcome is Outcome.PASS for proof in proofs):
        return answer("contexts.ok")
    return examine_contexts(document)
