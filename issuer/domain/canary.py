"""Canaries: awards of fictitious people by which the service watches what it says itself."""

CANARY_CODE = "RNCP00000"
"""Their certification: no fiche of the national directory has this number. It is nobody's diploma: no
statistics, export or list of a registrar counts it, and nobody has to name it."""


def is_canary(certification: str) -> bool:
    """Say whether a certification is the canaries'."""
    return certification == CANARY_CODE
