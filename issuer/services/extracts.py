"""The register's extract of an award: what the register says of it, on one page, without any free text.

Spec: issue 6, item 6; CRPA, article L. 311-6 (communicable to the person concerned alone).
"""

from issuer.domain.award import WITHDRAWAL_SENTENCES, AwardKind
from issuer.errors import ConflictError
from issuer.ports.legal_papers import Extract, ExtractState
from issuer.services import audit
from issuer.services.catalog import kept_version
from issuer.services.office import PARIS, Office
from issuer.services.register import get_award


def extract(office: Office, reference: str, *, actor: str) -> Extract:
    """Make the register's extract of an award; that one was made is a line of the trail.

    Args:
        office: The service.
        reference: The award's number or its verification link.
        actor: Who.

    Raises:
        NotFoundError: ``award.unknown``.
        ConflictError: ``award.erased``.
    """
    award, events = get_award(office, reference)
    if award.erased:
        raise ConflictError(
            "award.erased",
            "the data of this award's person were erased: there is nothing left to extract",
            where=award.number,
            remedy=f"see the tombstone with: parchemin show {award.number}",
        )
    with office.store.writing() as registry:
        now = office.clock.now()
        certification = kept_version(registry, award.certification, award.certification_version)
        duplicates = [each.paper_number for each in registry.duplicates(award.number)]
        audit.record(registry, now, actor, "award.extracted", award.number, {})
    block = certification.block(award.component) if award.kind is AwardKind.BLOCK else None
    sentences = {reason: (said.fr, said.en) for reason, said in WITHDRAWAL_SENTENCES.items()}
    states = [
        ExtractState(
            event.state, event.at.astimezone(PARIS).date(), sentences[event.reason] if event.reason else None
        )
        for event in events
    ]
    return Extract(
        award=award,
        certification=certification,
        title=certification.title if block is None else block.title,
        delivered_on=award.issued_at.astimezone(PARIS).date(),
        states=states,
        duplicates=duplicates,
        institution=office.institution.name,
        contact=office.institution.contact,
        made_at=now,
    )
