"""Rows of the register as values, and a new award as a row."""

import json
from collections.abc import Mapping

from sqlalchemy import Row

from issuer.adapters.db.codec import instant, instant_text
from issuer.domain.award import Award, AwardKind, AwardState, WithdrawalReason
from issuer.ports import ApprovedPlan, AuditEntry, Import, NewAward, StatusEvent

AnyRow = Row[tuple[object, ...]]


def import_from(row: AnyRow) -> Import:
    """Read an import."""
    return Import(
        id=row.id,
        kind=row.kind,
        name=row.name,
        certification=row.certification,
        detected=json.loads(row.detected),
        accepted=row.accepted,
        refused=row.refused,
        known=row.known,
        at=instant(row.imported_at),
        by=row.imported_by,
    )


def event_from(row: AnyRow) -> StatusEvent:
    """Read a state of an award."""
    return StatusEvent(
        number=row.number,
        state=AwardState(row.state),
        reason=WithdrawalReason(row.reason) if row.reason else None,
        note=row.note,
        at=instant(row.at),
        by=row.by,
    )


def award_values(new: NewAward) -> Mapping[str, object]:
    """Give a new award by column; its state begins without a date or a reason."""
    award = new.award
    return {
        "number": award.number,
        "year": new.year,
        "sequence": new.sequence,
        "token": award.token,
        "kind": award.kind.value,
        "component": award.component,
        "certification": award.certification,
        "certification_version": award.certification_version,
        "candidate_id": award.candidate_id,
        "holder": award.holder,
        "decided_on": award.decided_on,
        "session": award.session,
        "issued_at": instant_text(award.issued_at),
        "state": award.state.value,
        "credential_id": award.credential_id,
        "status_list": award.status_list,
        "status_index": award.status_index,
        "sha256": new.sha256,
        "digest_sri": new.digest_sri,
        "resource_id": new.resource_id,
        "subject_id": new.subject_id,
        "plan": new.plan,
        "verification_method": new.verification_method,
        "credential": new.credential,
    }


def as_bytes(value: bytes | str | None) -> bytes | None:
    """Give bytes: a value that somebody wrote by hand as text is shown for what it is, not stumbled over."""
    return value.encode() if isinstance(value, str) else value


def award_from(row: AnyRow) -> Award:
    """Read an award."""
    return Award(
        number=row.number,
        token=row.token,
        kind=AwardKind(row.kind),
        component=row.component,
        certification=row.certification,
        certification_version=row.certification_version,
        candidate_id=row.candidate_id,
        holder=row.holder,
        decided_on=row.decided_on,
        session=row.session,
        issued_at=instant(row.issued_at),
        state=AwardState(row.state),
        state_since=instant(row.state_since) if row.state_since else None,
        reason=WithdrawalReason(row.reason) if row.reason else None,
        credential_id=row.credential_id,
        status_list=row.status_list,
        status_index=row.status_index,
    )


def plan_from(row: AnyRow) -> ApprovedPlan:
    """Read an approved plan."""
    return ApprovedPlan(
        id=row.id,
        certification=row.certification,
        session=row.session,
        content=json.loads(row.content),
        at=instant(row.approved_at),
        by=row.approved_by,
    )


def audit_entry_from(row: AnyRow) -> AuditEntry:
    """Read a link of the audit chain."""
    return AuditEntry(
        sequence=row.sequence,
        at=row.at,
        actor=row.actor,
        action=row.action,
        subject=row.subject,
        details=row.details,
        previous=row.previous,
        hash=row.hash,
    )
