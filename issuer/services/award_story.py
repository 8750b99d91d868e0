"""An award's whole story, as one page of the desk shows it: from the jury's decision to the last mail."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from issuer.domain.award import Award, AwardKind
from issuer.domain.records import JuryRecord
from issuer.errors import NotFoundError
from issuer.ports import AuditEntry, Registry
from issuer.ports.lifecycle import AwardFile, DecisionLine, PlanLine, TrailLine
from issuer.ports.orders import Order
from issuer.services.catalog import kept_version
from issuer.services.desk import Desk
from issuer.services.explaining import explain_award
from issuer.services.four_eyes import subjects_of
from issuer.services.office import Office


def award_file(office: Office, desk: Desk, number: str) -> AwardFile:
    """Give an award's whole story.

    Args:
        office: The service.
        desk: What makes the public pages.
        number: The award's number.

    Raises:
        NotFoundError: ``award.unknown``.
    """
    with office.store.reading() as registry:
        award = registry.award(number)
        if award is None:
            raise NotFoundError(
                "award.unknown",
                "there is no award of this number",
                where=number[:20],
                remedy="list them with: parchemin awards",
            )
        entries = registry.audit_entries()
        record = registry.record(award.certification)
        trail = [entry for entry in entries if _speaks_of(entry, award)]
        return AwardFile(
            explained=explain_award(office, registry, desk, award),
            title=_title(registry, award),
            decisions=_decisions(record, award),
            annulments=_annulments(record, award),
            plan=_plan(registry, entries, award),
            issued_by=next((entry.actor for entry in trail if entry.action == "award.issued"), None),
            exports=registry.prepared(number),
            papers=registry.papers_of(number),
            duplicates=registry.duplicates(number),
            notices=[
                notice
                for notice in registry.notices(candidate_id=award.candidate_id)
                if number in notice.numbers
            ],
            doubts=[doubt for doubt in registry.doubts() if doubt.number == number],
            siblings=[
                other
                for other in registry.awards_of(award.candidate_id, award.certification)
                if other.number != number
            ],
            orders=orders_on(registry, number),
            trail=[_trail_line(entry) for entry in trail],
        )


def orders_on(registry: Registry, number: str) -> Sequence[Order]:
    """Give the orders that name an award, newest first.

    Args:
        registry: The open unit of work.
        number: The award's number.
    """
    return [order for order in reversed(registry.orders()) if number in subjects_of(order)]


def _speaks_of(entry: AuditEntry, award: Award) -> bool:
    if entry.subject == award.number:
        return True
    # What took its place, and what it took the place of, name it in their details.
    return entry.action == "award.replaced" and f'"by":"{award.number}"' in entry.details


def _title(registry: Registry, award: Award) -> str:
    fiche = kept_version(registry, award.certification, award.certification_version)
    block = fiche.block(award.component) if award.kind is AwardKind.BLOCK else None
    return fiche.title if block is None else block.title


def _decisions(record: JuryRecord, award: Award) -> Sequence[DecisionLine]:
    """Give the lines on this component; on a title carried by its blocks, those on the blocks too."""
    return [
        DecisionLine(row.source, row.number, row.session, row.decision_date, row.decision, row.reference)
        for row in record.rows
        if row.candidate_id == award.candidate_id
        and (
            row.component == award.component
            or (award.kind is AwardKind.TITLE and row.session == award.session)
        )
    ]


def _annulments(record: JuryRecord, award: Award) -> Sequence[str]:
    return [
        act.reference or act.on.isoformat()
        for act in record.annulments
        if act.candidate_id == award.candidate_id and award.component in act.scope
    ]


def _plan(registry: Registry, entries: Sequence[AuditEntry], award: Award) -> PlanLine | None:
    plan_id = registry.issued_under(award.number)
    plan = registry.approved(plan_id) if plan_id else None
    if plan is None:
        return None
    approval = next(
        (entry for entry in entries if entry.action == "plan.approved" and entry.subject == plan.id), None
    )
    said: Mapping[str, object] = json.loads(approval.details) if approval else {}
    authors = said.get("authors")
    named = [str(author) for author in authors] if isinstance(authors, list) else []
    return PlanLine(plan.id, plan.at, plan.by, named)


def _trail_line(entry: AuditEntry) -> TrailLine:
    return TrailLine(
        entry.sequence, datetime.fromisoformat(entry.at), entry.actor, entry.action, entry.subject
    )
