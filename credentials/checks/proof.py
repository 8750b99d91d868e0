"""``proof``: the cryptography and the proof's options; all proofs must hold."""

from collections.abc import Sequence

from credentials.authenticity import ProofExamination
from credentials.report import Check
from credentials.verdict import worst_of


def check(proofs: Sequence[ProofExamination]) -> Check:
    """Say whether the document is as it was signed.

    Args:
        proofs: Every proof's examination; at least one.
    """
    return worst_of([proof.signature for proof in proofs])
