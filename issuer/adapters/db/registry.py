"""One unit of work on the register (the ``Registry`` port) over one database connection."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, Select, Table, func, insert, select
from sqlalchemy import delete as delete_from

from issuer.adapters.db import tables
from issuer.adapters.db.codec import from_text, instant, instant_text, to_text
from issuer.adapters.db.custody_registry import SqlCustodyRegistry
from issuer.adapters.db.evidence_registry import SqlEvidenceRegistry
from issuer.adapters.db.holder_registry import SqlHolderRegistry
from issuer.adapters.db.legal_registry import SqlLegalRegistry
from issuer.adapters.db.lifecycle_registry import SqlLifecycleRegistry
from issuer.adapters.db.notice_registry import SqlNoticeRegistry
from issuer.adapters.db.orders_registry import SqlOrderRegistry
from issuer.adapters.db.paper_registry import SqlPaperRegistry
from issuer.adapters.db.prepared_registry import SqlPreparedRegistry
from issuer.adapters.db.rows import (
    audit_entry_from,
    import_from,
    plan_from,
)
from issuer.adapters.db.season_registry import SqlSeasonRegistry
from issuer.adapters.db.staff_registry import SqlStaffRegistry
from issuer.adapters.db.status_registry import SqlStatusRegistry
from issuer.adapters.db.systems_registry import SqlSystemsRegistry
from issuer.adapters.db.watch_registry import SqlWatchRegistry
from issuer.domain.canonical_json import digest_of
from issuer.domain.certification import Certification
from issuer.domain.certification_document import certification_from_document
from issuer.domain.records import Annulment, Candidate, JuryRecord, JurySession, ResultRow
from issuer.errors import ConflictError
from issuer.ports import (
    ApprovedPlan,
    AuditEntry,
    HolderAddress,
    Import,
    KeptRow,
    TrustedIssuer,
)

CertificationCache = dict[tuple[str, str], Certification]
"""Versions of a fiche never change once kept, so each is built once per process."""

_Record = TypeVar("_Record", Candidate, JurySession)


class SqlRegistry(
    SqlPaperRegistry,
    SqlPreparedRegistry,
    SqlHolderRegistry,
    SqlNoticeRegistry,
    SqlStatusRegistry,
    SqlStaffRegistry,
    SqlOrderRegistry,
    SqlSeasonRegistry,
    SqlSystemsRegistry,
    SqlLegalRegistry,
    SqlLifecycleRegistry,
    SqlEvidenceRegistry,
    SqlCustodyRegistry,
    SqlWatchRegistry,
):
    """The register inside one transaction."""

    def __init__(self, connection: Connection, certifications: CertificationCache) -> None:
        super().__init__(connection)
        self._certifications = certifications

    def setting(self, name: str) -> str | None:
        """Give a fixed setting, or None."""
        settings = tables.settings.c
        return self._connection.execute(select(settings.value).where(settings.name == name)).scalar()

    def fix_setting(self, name: str, value: str) -> None:
        """Fix a setting once and for all."""
        self._connection.execute(insert(tables.settings).values(name=name, value=value))

    def certifications(self) -> Sequence[Certification]:
        """Give every version of every certification, oldest first."""
        kept = tables.certifications.c
        query = select(kept.code, kept.version, kept.document).order_by(kept.position)
        rows = self._connection.execute(query)
        return [self._certification(row.code, row.version, row.document) for row in rows]

    def fiche_digests(self) -> Mapping[str, str]:
        """Give the SHA-256 of each kept fiche as it lies there now, by ``<code> v<version>``."""
        kept = tables.certifications.c
        rows = self._connection.execute(select(kept.code, kept.version, kept.document))
        return {f"{row.code} v{row.version}": digest_of(json.loads(row.document)) for row in rows}

    def add_certification(
        self, certification: Certification, document: Mapping[str, object], at: datetime
    ) -> None:
        """Keep a new version of a fiche."""
        self._connection.execute(
            insert(tables.certifications).values(
                code=certification.code,
                version=certification.version,
                position=self._next(tables.certifications),
                digest=certification.digest,
                document=to_text(document),
                imported_at=instant_text(at),
            )
        )

    def import_of(self, import_id: str) -> Import | None:
        """Give an earlier import of the same bytes, or None."""
        row = self._connection.execute(
            select(tables.imports).where(tables.imports.c.id == import_id)
        ).one_or_none()
        if row is None:
            return None
        return import_from(row)

    def import_digest(self, source: str) -> str | None:
        """Give the SHA-256 of the file of this name that was taken in last, or None."""
        kept = tables.imports.c
        return self._connection.execute(
            select(kept.id).where(kept.name == source).order_by(kept.position.desc()).limit(1)
        ).scalar()

    def add_import(self, made: Import) -> None:
        """Keep that a file was taken in."""
        self._connection.execute(
            insert(tables.imports).values(
                id=made.id,
                position=self._next(tables.imports),
                kind=made.kind,
                name=made.name,
                certification=made.certification,
                detected=to_text(made.detected),
                accepted=made.accepted,
                refused=made.refused,
                known=made.known,
                imported_at=instant_text(made.at),
                imported_by=made.by,
            )
        )

    def add_records(self, import_id: str, certification: str, record: JuryRecord) -> None:
        """Keep candidates, sessions and annulments; a changed one is a new revision."""
        for candidate in record.candidates:
            self._refuse_erased([candidate.id])
            self._keep_candidate(candidate, import_id)
        for session in record.sessions:
            self._add_revision(
                tables.sessions,
                {"id": session.id, "certification": certification},
                to_text(session),
                import_id=import_id,
            )
        self.add_earlier_awards(import_id, certification, record.earlier)
        for annulment in record.annulments:
            self._connection.execute(
                insert(tables.annulments).values(
                    import_id=import_id,
                    certification=certification,
                    candidate_id=annulment.candidate_id,
                    document=to_text(annulment),
                )
            )

    def _keep_candidate(self, candidate: Candidate, import_id: str) -> None:
        """Keep a person as handed in; an address that the list did not change stays as a registrar set it."""
        before = self.candidate(candidate.id)
        self._add_revision(tables.candidates, {"id": candidate.id}, to_text(candidate), import_id=import_id)
        if candidate.email != (before.email if before else None):
            kept = tables.imports.c
            taken_in = self._connection.execute(select(tables.imports).where(kept.id == import_id)).one()
            held = self.address(candidate.id)
            if candidate.email != (held.mail if held else None):
                self.end_entries(candidate.id, instant(taken_in.imported_at))
            self.keep_address(
                HolderAddress(
                    candidate.id,
                    candidate.email,
                    "record",
                    instant(taken_in.imported_at),
                    taken_in.imported_by,
                )
            )

    def add_rows(self, import_id: str, certification: str, rows: Sequence[KeptRow]) -> None:
        """Keep result rows, refused ones with their reasons."""
        if rows:
            self._refuse_erased([kept.row.candidate_id for kept in rows])
            self._connection.execute(
                insert(tables.decisions),
                [
                    {
                        "import_id": import_id,
                        "certification": certification,
                        "session": kept.row.session,
                        "candidate_id": kept.row.candidate_id,
                        "component": kept.row.component,
                        "document": to_text(kept.row),
                        "reasons": to_text(list(kept.reasons)),
                    }
                    for kept in rows
                ],
            )

    def record(self, certification: str) -> JuryRecord:
        """Give everything handed in for a certification: latest revisions, all rows; nobody erased."""
        decisions, annulments = tables.decisions.c, tables.annulments.c
        rows = self._connection.execute(
            select(decisions.document).where(decisions.certification == certification).order_by(decisions.id)
        ).scalars()
        annulled = self._connection.execute(
            select(annulments.document)
            .where(annulments.certification == certification)
            .order_by(annulments.id)
        ).scalars()
        erased = {erasure.candidate_id for erasure in self.erasures()}
        entries = [
            revisions
            for revisions in self._revisions(Candidate, select(tables.candidates))
            if revisions[-1].id not in erased
        ]
        read_rows = (from_text(ResultRow, text) for text in rows)
        read_annulments = (from_text(Annulment, text) for text in annulled)
        return JuryRecord(
            candidates=[revisions[-1] for revisions in entries],
            former=[former for revisions in entries for former in revisions[:-1]],
            sessions=self.sessions(certification),
            rows=[row for row in read_rows if row.candidate_id not in erased],
            annulments=[each for each in read_annulments if each.candidate_id not in erased],
            earlier=[each for each in self.earlier_awards(certification) if each.candidate_id not in erased],
        )

    def _refuse_erased(self, people: Sequence[str]) -> None:
        """Refuse what would bring back a person whose data were erased."""
        erased = {erasure.candidate_id for erasure in self.erasures()}
        back = next((person for person in people if person in erased), None)
        if back is not None:
            raise ConflictError(
                "erase.return",
                "the file names a person whose data were erased; nothing of it was taken in",
                where=back,
                remedy="take that person's rows out of the file",
            )

    def sessions(self, certification: str) -> list[JurySession]:
        """Give the jury sessions of a certification as last handed in."""
        sessions = select(tables.sessions).where(tables.sessions.c.certification == certification)
        return [revisions[-1] for revisions in self._revisions(JurySession, sessions)]

    def candidate(self, candidate_id: str) -> Candidate | None:
        """Give a person as last handed in, or None."""
        kept = tables.candidates.c
        document = self._connection.execute(
            select(kept.document).where(kept.id == candidate_id).order_by(kept.revision.desc()).limit(1)
        ).scalar()
        return None if document is None else from_text(Candidate, document)

    def revisions_of(self, candidate_id: str) -> Sequence[Candidate]:
        """Give a person's entry in the list as it was handed in each time, oldest first."""
        kept = tables.candidates.c
        query = select(kept.document).where(kept.id == candidate_id).order_by(kept.revision)
        return [from_text(Candidate, text) for text in self._connection.execute(query).scalars()]

    def approve(self, plan: ApprovedPlan) -> None:
        """Keep an approved plan."""
        self._connection.execute(
            insert(tables.plans).values(
                id=plan.id,
                position=self._next(tables.plans),
                certification=plan.certification,
                session=plan.session,
                content=to_text(plan.content),
                approved_at=instant_text(plan.at),
                approved_by=plan.by,
            )
        )

    def approved(self, plan_id: str) -> ApprovedPlan | None:
        """Give an approved plan, or None."""
        row = self._connection.execute(select(tables.plans).where(tables.plans.c.id == plan_id)).one_or_none()
        return None if row is None else plan_from(row)

    def approved_plans(self) -> Sequence[ApprovedPlan]:
        """Give all approved plans, oldest first."""
        rows = self._connection.execute(select(tables.plans).order_by(tables.plans.c.position))
        return [plan_from(row) for row in rows]

    def key_ledger(self) -> Sequence[Mapping[str, str | None]]:
        """Give the key ledger, oldest first."""
        rows = self._connection.execute(
            select(tables.keys).order_by(tables.keys.c.created_at, tables.keys.c.name)
        )
        return [dict(row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public mapping view

    def add_key(self, key: Mapping[str, str | None]) -> None:
        """Append a key to the ledger."""
        self._connection.execute(insert(tables.keys).values(**key))

    def trusted(self) -> Sequence[TrustedIssuer]:
        """Give the trust register."""
        rows = self._connection.execute(select(tables.trust).order_by(tables.trust.c.did))
        return [
            TrustedIssuer(row.did, row.name, row.url, row.did_document, instant(row.since)) for row in rows
        ]

    def trust(self, issuer: TrustedIssuer) -> None:
        """Add an issuer, or replace its line."""
        self.distrust(issuer.did)
        self._connection.execute(
            insert(tables.trust).values(
                did=issuer.did,
                name=issuer.name,
                url=issuer.url,
                did_document=issuer.did_document,
                since=instant_text(issuer.since),
            )
        )

    def distrust(self, did: str) -> bool:
        """Remove an issuer; False when it was not there."""
        gone = self._connection.execute(delete_from(tables.trust).where(tables.trust.c.did == did))
        return gone.rowcount > 0

    def audit_entries(self) -> Sequence[AuditEntry]:
        """Give the whole chain."""
        rows = self._connection.execute(select(tables.audit).order_by(tables.audit.c.sequence))
        return [audit_entry_from(row) for row in rows]

    def audit_of(self, subject: str) -> Sequence[AuditEntry]:
        """Give the links of the chain that speak of one subject, oldest first."""
        audit = tables.audit
        rows = self._connection.execute(
            select(audit).where(audit.c.subject == subject).order_by(audit.c.sequence)
        )
        return [audit_entry_from(row) for row in rows]

    def last_audit(self) -> AuditEntry | None:
        """Give the chain's end as it was last written, also where somebody cut it since; or None."""
        entry = self._connection.execute(select(tables.audit_head.c.entry)).scalar()
        return None if entry is None else from_text(AuditEntry, entry)

    def append_audit(self, entry: AuditEntry) -> None:
        """Append a link to the chain."""
        self._connection.execute(insert(tables.audit).values(**asdict(entry)))
        self._connection.execute(delete_from(tables.audit_head))
        self._connection.execute(insert(tables.audit_head).values(id=1, entry=to_text(entry)))

    def _certification(self, code: str, version: str, document: str) -> Certification:
        known = self._certifications.get((code, version))
        if known is None:
            known = certification_from_document(json.loads(document), version)
            self._certifications[(code, version)] = known
        return known

    def _next(self, table: Table) -> int:
        last = self._connection.execute(select(func.max(table.c.position))).scalar()
        return (last or 0) + 1

    def _add_revision(self, table: Table, key: dict[str, str], document: str, *, import_id: str) -> None:
        newest = (
            select(table.c.revision, table.c.document)
            .where(*(table.c[name] == value for name, value in key.items()))
            .order_by(table.c.revision.desc())
            .limit(1)
        )
        last = self._connection.execute(newest).one_or_none()
        if last is not None and last.document == document:
            return
        revision = 1 if last is None else last.revision + 1
        self._connection.execute(
            insert(table).values(**key, revision=revision, import_id=import_id, document=document)
        )

    def _revisions(self, kind: type[_Record], query: Select[tuple[object, ...]]) -> list[list[_Record]]:
        """Give each entry's revisions, oldest first, in the order in which the entries came."""
        kept: dict[str, list[_Record]] = {}
        for row in self._connection.execute(query.order_by(query.selected_columns.revision)):
            kept.setdefault(row.id, []).append(from_text(kind, row.document))
        return list(kept.values())
