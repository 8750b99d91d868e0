"""Who works at the desk, and what each may do. Pure."""

from enum import StrEnum

from credentials.report import Sentence


class Role(StrEnum):
    """What a person is trusted with; one may have several, and four eyes hold all the same.

    The values are what an operator types and what the register keeps.
    """

    ENTRY = "saisie"
    """Hands in records, prepares plans, asks for withdrawals, replacements and duplicates."""
    APPROVAL = "validation"
    """Decides on what another person entered or asked."""
    KEYS = "cles"
    """Makes, rotates, retires keys, and answers a compromise."""
    AUDIT = "audit"
    """Reads everything and changes nothing."""
    ADMINISTRATION = "administration"
    """Accounts, roles, programs of the student system, retention."""


ROLE_WORDS = {
    Role.ENTRY: Sentence("saisie", "entry"),
    Role.APPROVAL: Sentence("validation", "approval"),
    Role.KEYS: Sentence("clés", "keys"),
    Role.AUDIT: Sentence("audit", "audit"),
    Role.ADMINISTRATION: Sentence("administration", "administration"),
}
"""How the desk names each role."""
