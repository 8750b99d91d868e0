"""An award: the act of issuing one credential, its permanent number, and its states."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from credentials.report import Sentence


class AwardKind(StrEnum):
    """What an award is for."""

    BLOCK = "block"
    TITLE = "title"


class AwardState(StrEnum):
    """Where an award stands; see :data:`LIVE`."""

    VALID = "valid"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    REPLACED = "replaced"


class StatusPurpose(StrEnum):
    """What a status list is for; named as the standard names it (Bitstring Status List v1.0, section 2.2)."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"


LIVE = frozenset({AwardState.VALID, AwardState.SUSPENDED})
"""States of the award that counts as the one of its person and component."""


class WithdrawalReason(StrEnum):
    """The public reasons, a closed list (``french-domain.md`` section 12); free text stays inside.

    The same ones give the ground of a suspension, and of its end: a jury or a court decides, or the
    registry was mistaken.
    """

    MATERIAL_ERROR = "erreur-materielle"
    JURY_OR_COURT = "decision-jury-ou-juge"


WITHDRAWAL_SENTENCES = {
    WithdrawalReason.MATERIAL_ERROR: Sentence("erreur matérielle", "clerical error"),
    WithdrawalReason.JURY_OR_COURT: Sentence(
        "décision du jury ou du juge", "decision of the jury or of a court"
    ),
}


class ReplacementReason(StrEnum):
    """Why an award takes the place of another (``french-domain.md`` section 12); never public."""

    CIVIL_STATUS = "etat-civil"
    """Réédition: the person's civil status changed."""
    CORRECTION = "rectification"
    """Rectificatif: the document held a clerical error."""


class DuplicateReason(StrEnum):
    """Why a paper is handed over again (``french-domain.md`` section 12): on proof, nothing is revoked."""

    LOSS = "perte"
    THEFT = "vol"
    DESTRUCTION = "destruction"


@dataclass(frozen=True, slots=True)
class Award:
    """One issued credential as the register holds it; the signed bytes lie beside it.

    Attributes:
        number: Permanent number, e.g. ``2026-000017``.
        token: The bearer part of the verification link: at least 128 random bits, base64url.
        kind: Block or title.
        component: Block code, or the certification's code for the title.
        certification: Code of the certification.
        certification_version: Version of the fiche that it was issued under.
        candidate_id: Whose; internal.
        holder: The name as written in the credential.
        decided_on: Date of the jury's decision.
        session: Jury session that took it.
        issued_at: Moment of issue (aware, UTC).
        state: Where it stands now.
        state_since: When the state began, for any other state than ``valid``.
        reason: Public reason of a withdrawal or a suspension.
        credential_id: The verification link, the credential's ``id``.
        status_list: Name of the list of withdrawals that holds its bit.
        status_index: Its bit in that list, and in the list of suspensions beside it if there is one.
    """

    number: str
    token: str
    kind: AwardKind
    component: str
    certification: str
    certification_version: str
    candidate_id: str
    holder: str
    decided_on: date
    session: str
    issued_at: datetime
    state: AwardState
    state_since: datetime | None
    reason: WithdrawalReason | None
    credential_id: str
    status_list: str
    status_index: int

    @property
    def erased(self) -> bool:
        """Whether its person's data were erased: number, dates and place in the status list are left."""
        return not self.holder
