"""Which form a credential is to have: by the types that it, or its subject, names."""

from collections.abc import Mapping
from typing import Final

from credentials.json_input import JsonObject
from credentials.structure.badge_model import examine_badge, examine_endorsement
from credentials.structure.clr import clr_examiner
from credentials.structure.findings import Examination
from credentials.structure.shapes import Examiner
from credentials.structure.values import objects_of, types_of
from credentials.structure.vcdm import examine_credential


def examine_document(document: JsonObject, found: Examination) -> None:
    """Compare a credential with VCDM 2.0, and with every further form that it claims.

    A subject's type counts as a claim too: what speaks of an achievement is held to the rules for badges,
    even where the credential does not name itself one.

    Args:
        document: The parsed document.
        found: Where faults and leniencies are noted; or that the document follows an older data model.

    Spec: VCDM 2.0, section 4.5 (Types); Open Badges 3.0, Data Models; CLR 2.0.
    """
    examine_credential(document, found)
    if found.unexamined:
        return
    claimed = claimed_forms(document)
    for form in claimed:
        _EXAMINERS[form](document, found)
    if not claimed:
        found.notice("notice.general_form_only")


def claimed_forms(document: JsonObject) -> tuple[str, ...]:
    """Give the forms beyond VCDM 2.0 that a credential claims, each by its credential type, in a fixed order.

    Args:
        document: The parsed document; its form need not be right.
    """
    named = {_FORMS[name] for name in types_of(document) if name in _FORMS}
    for subject in objects_of(document.get("credentialSubject")):
        named.update(_SUBJECTS[name] for name in types_of(subject) if name in _SUBJECTS)
    return tuple(form for form in _EXAMINERS if form in named)


_FORMS: Final[Mapping[str, str]] = {
    "AchievementCredential": "OpenBadgeCredential",
    "OpenBadgeCredential": "OpenBadgeCredential",
    "EndorsementCredential": "EndorsementCredential",
    "ClrCredential": "ClrCredential",
}
_SUBJECTS: Final[Mapping[str, str]] = {
    "AchievementSubject": "OpenBadgeCredential",
    "EndorsementSubject": "EndorsementCredential",
    "ClrSubject": "ClrCredential",
}
_EXAMINERS: Final[Mapping[str, Examiner]] = {
    "OpenBadgeCredential": examine_badge,
    "EndorsementCredential": examine_endorsement,
    "ClrCredential": clr_examiner(examine_document),
}
