"""What one award's credential says: the register's values put into the terms of Open Badges."""

import base64
import hashlib
from collections.abc import Mapping

from credentials.documents.open_badge import (
    Achievement,
    AwardDocument,
    Evidence,
    RelatedResource,
    StatusEntry,
)
from issuer.domain.achievement import block_achievement, title_achievement
from issuer.domain.award import Award, AwardKind, StatusPurpose
from issuer.domain.calendar_days import long_french_day
from issuer.domain.certification import Certification
from issuer.domain.plan import PlannedAward
from issuer.errors import ConflictError
from issuer.ports import Registry
from issuer.services.office import Office, midnight_in_paris, suspension_list


def award_document(
    office: Office,
    registry: Registry,
    certification: Certification,
    award: Award,
    *,
    planned: PlannedAward,
    subject: str,
    live: Mapping[str, Award],
) -> AwardDocument:
    """Gather what the credential of a new award says.

    Args:
        office: The service.
        registry: The open unit of work; a session's salt is fixed in it the first time.
        certification: The version of the fiche that the award is issued under.
        award: The register's entry as it will be stored.
        planned: The approved award.
        subject: ``urn:uuid`` of the person, the same for all that one unit of work issues.
        live: The person's live awards of this certification, by component.

    Returns:
        The values of the document; nothing is signed yet.

    Raises:
        ConflictError: ``issue.block_missing`` when a title cannot name one of its blocks.

    Spec: Open Badges 3.0, OpenBadgeCredential; mapping argued in ``docs/credential-profile.md``.
    """
    return AwardDocument(
        id=award.credential_id,
        issuer=office.institution.profile(office.did),
        subject_id=subject,
        holder=award.holder,
        number=award.number,
        achievement=_achievement(certification, award, office.base_url),
        awarded=midnight_in_paris(award.decided_on),
        valid_from=award.issued_at,
        image=f"{award.credential_id}/badge.png",
        image_caption=(
            f"Badge du certificat. Son code QR mène à la page de vérification\u202f: {award.credential_id}"
        ),
        evidence=_evidence(office, registry, certification, planned),
        status=StatusEntry(office.status_list_url(award.status_list), award.status_index),
        suspension=_suspension(office, award),
        related=_related(registry, certification, award, live),
    )


def _suspension(office: Office, award: Award) -> StatusEntry | None:
    purpose = StatusPurpose.SUSPENSION
    if purpose not in office.status_purposes:
        return None
    url = office.status_list_url(suspension_list(award.status_list))
    return StatusEntry(url, award.status_index, purpose.value)


def digest_sri(content: bytes) -> str:
    """Give the ``sha384-…`` digest by which a title names a block's stored bytes.

    Args:
        content: The bytes.

    Spec: VC Data Model 2.0, section 5.3; Subresource Integrity.
    """
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def _achievement(certification: Certification, award: Award, base_url: str) -> Achievement:
    if award.kind is AwardKind.TITLE:
        return title_achievement(certification, base_url)
    block = certification.block(award.component)
    assert block is not None
    return block_achievement(certification, block, base_url)


def _related(
    registry: Registry, certification: Certification, award: Award, live: Mapping[str, Award]
) -> list[RelatedResource]:
    if award.kind is AwardKind.BLOCK:
        return []
    resources = []
    for code in certification.required_blocks:
        if code not in live:
            raise ConflictError(
                "issue.block_missing",
                f"the title cannot name the block {code}: no live award for it",
                where=f"candidate {award.candidate_id}",
                remedy="see: parchemin plan; a withdrawn block asks for a decision first",
            )
        resources.append(RelatedResource(*registry.resource(live[code].number)))
    return resources


def _evidence(
    office: Office, registry: Registry, certification: Certification, planned: PlannedAward
) -> Evidence:
    narrative = f"Session {planned.session}, délibération du {long_french_day(planned.decided_on)}."
    digest = registry.import_digest(planned.source)
    if digest is not None:
        salt = _salt(office, registry, certification, planned.session)
        salted = hashlib.sha256(salt + bytes.fromhex(digest)).hexdigest()
        narrative += f" Empreinte salée du procès-verbal (SHA-256)\u202f: {salted}."
    return Evidence(office.ids.urn(), "Décision du jury", narrative)


def _salt(office: Office, registry: Registry, certification: Certification, session: str) -> bytes:
    """Give the session's salt: a short record could otherwise be guessed from its digest."""
    name = f"record-salt:{certification.code}:{session}"
    kept = registry.setting(name)
    if kept is None:
        kept = office.ids.salt().hex()
        registry.fix_setting(name, kept)
    return bytes.fromhex(kept)
