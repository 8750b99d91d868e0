"""``contexts``: pinned contexts only, and no word that the signature does not cover."""

from credentials.authenticity import Authenticity
from credentials.report import Check


def check(authenticity: Authenticity) -> Check:
    """Say whether every word of the document is defined by pinned contexts.

    Args:
        authenticity: What was found of the document's contexts and proofs.
    """
    return authenticity.contexts
