"""``key``: the issuer's own key, listed for this use, and in service at the signature's date."""

from collections.abc import Sequence

from credentials.authenticity import ProofExamination
from credentials.report import Check
from credentials.verdict import worst_of


def check(proofs: Sequence[ProofExamination]) -> Check:
    """Say whether the keys are the issuer's.

    Args:
        proofs: Every proof's examination; at least one.
    """
    return worst_of([proof.key for proof in proofs])
