"""Sentences beside the checks: how a document was read, and what was left unread."""

from collections.abc import Mapping
from typing import Final

LENIENCIES: Final[Mapping[str, tuple[str, str]]] = {
    "notice.one_or_many": (
        ("Lecture tolérante : un élément est écrit seul là où la norme attend une liste, ou l'inverse."),
        "Read with tolerance: a single value stands where the standard has an array, or the reverse.",
    ),
    "notice.no_offset": (
        (
            "Lecture tolérante : une date est écrite sans décalage horaire ; elle a été lue "
            "en temps universel."
        ),
        "Read with tolerance: a date has no offset; it was read as UTC.",
    ),
    "notice.several_statuses": (
        "Le document renvoie à plusieurs listes de retrait ; toutes ont été consultées.",
        "The document points to several status lists; all were consulted.",
    ),
    "notice.other_purpose": (
        (
            "Le document porte une information d'état qui n'est ni un retrait ni une "
            "suspension ; elle n'a pas été consultée."
        ),
        ("The document has a status entry that is neither revocation nor suspension; it was not consulted."),
    ),
    "notice.endorsements_not_checked": (
        "Le document contient des recommandations de tiers ; elles n'ont pas été vérifiées.",
        "The document holds endorsements by others; they were not checked.",
    ),
    "notice.refresh_not_followed": (
        "Le document indique une adresse de mise à jour ; elle n'a pas été consultée.",
        "The document names a refresh service; it was not consulted.",
    ),
    "notice.issuer_is_url": (
        "Lecture tolérante : l'organisme n'est désigné que par son identifiant.",
        "Read with tolerance: the issuer is given by its identifier only.",
    ),
}
"""By code: French with plain spaces, English."""
