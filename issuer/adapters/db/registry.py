"""One unit of work on the register (the ``Registry`` port) over one database connection."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, Select, Table, func, insert, select, update
from sqlalchemy import delete as delete_from
from sqlalchemy.exc import IntegrityError

from issuer.adapters.db import tables
from issuer.adapters.db.codec import from_text, instant, instant_text, to_text
from issuer.adapters.db.rows import (
    as_bytes,
    audit_entry_from,
    award_from,
    award_values,
    event_from,
    import_from,
    plan_from,
)
from issuer.domain.award import LIVE, Award, AwardState
from issuer.domain.canonical_json import digest_of
from issuer.domain.certification import Certification
from issuer.domain.certification_document import certification_from_document
from issuer.domain.records import Annulment, Candidate, JuryRecord, JurySession, ResultRow
from issuer.errors import AlreadyAwardedError
from issuer.ports import (
    ApprovedPlan,
    AuditEntry,
    Import,
    KeptRow,
    NewAward,
    Published,
    StatusEvent,
    TrustedIssuer,
)

CertificationCache = dict[tuple[str, str], Certification]
"""Versions of a fiche never change once kept, so each is built once per process."""

_Record = TypeVar("_Record", Candidate, JurySession)

_AWARD_COLUMNS = [column for column in tables.awards.columns if column.name != "credential"]
_GONE = (AwardState.REVOKED.value, AwardState.REPLACED.value)


class SqlRegistry:
    """The register inside one transaction."""

    def __init__(self, connection: Connection, certifications: CertificationCache) -> None:
        self._connection = connection
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
            self._add_revision(
                tables.candidates, {"id": candidate.id}, to_text(candidate), import_id=import_id
            )
        for session in record.sessions:
            self._add_revision(
                tables.sessions,
                {"id": session.id, "certification": certification},
                to_text(session),
                import_id=import_id,
            )
        for annulment in record.annulments:
            self._connection.execute(
                insert(tables.annulments).values(
                    import_id=import_id,
                    certification=certification,
                    candidate_id=annulment.candidate_id,
                    document=to_text(annulment),
                )
            )

    def add_rows(self, import_id: str, certification: str, rows: Sequence[KeptRow]) -> None:
        """Keep result rows, refused ones with their reasons."""
        if rows:
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
        """Give everything handed in for a certification: latest revisions, all rows."""
        sessions = select(tables.sessions).where(tables.sessions.c.certification == certification)
        decisions, annulments = tables.decisions.c, tables.annulments.c
        rows = self._connection.execute(
            select(decisions.document).where(decisions.certification == certification).order_by(decisions.id)
        ).scalars()
        annulled = self._connection.execute(
            select(annulments.document)
            .where(annulments.certification == certification)
            .order_by(annulments.id)
        ).scalars()
        return JuryRecord(
            candidates=self._latest(Candidate, select(tables.candidates)),
            sessions=self._latest(JurySession, sessions),
            rows=[from_text(ResultRow, text) for text in rows],
            annulments=[from_text(Annulment, text) for text in annulled],
        )

    def candidate(self, candidate_id: str) -> Candidate | None:
        """Give a person as last handed in, or None."""
        kept = tables.candidates.c
        document = self._connection.execute(
            select(kept.document).where(kept.id == candidate_id).order_by(kept.revision.desc()).limit(1)
        ).scalar()
        return None if document is None else from_text(Candidate, document)

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

    def awards(self) -> Sequence[Award]:
        """Give all awards in order of their numbers."""
        return self._awards(select(*_AWARD_COLUMNS))

    def award(self, number: str) -> Award | None:
        """Give an award by its number, or None."""
        return self._award(select(*_AWARD_COLUMNS).where(tables.awards.c.number == number))

    def award_by_token(self, token: str) -> Award | None:
        """Give an award by the token of its link, or None."""
        return self._award(select(*_AWARD_COLUMNS).where(tables.awards.c.token == token))

    def awards_of(self, candidate_id: str, certification: str) -> Sequence[Award]:
        """Give a person's awards for a certification, in every state."""
        kept = tables.awards.c
        return self._awards(
            select(*_AWARD_COLUMNS).where(
                kept.candidate_id == candidate_id, kept.certification == certification
            )
        )

    def credential(self, number: str) -> bytes | None:
        """Give the stored bytes of an award, or None."""
        kept = tables.awards.c
        return as_bytes(
            self._connection.execute(select(kept.credential).where(kept.number == number)).scalar()
        )

    def resource(self, number: str) -> tuple[str, str]:
        """Give the opaque identifier and the SRI digest under which a title names this award."""
        kept = tables.awards.c
        row = self._connection.execute(
            select(kept.resource_id, kept.digest_sri).where(kept.number == number)
        ).one()
        return row.resource_id, row.digest_sri

    def by_digest(self, digest_sri: str) -> Award | None:
        """Give the award whose stored bytes have this digest, or None."""
        return self._award(select(*_AWARD_COLUMNS).where(tables.awards.c.digest_sri == digest_sri))

    def next_sequence(self, year: int) -> int:
        """Give the next free running number of a year."""
        kept = tables.awards.c
        last = self._connection.execute(select(func.max(kept.sequence)).where(kept.year == year)).scalar()
        return (last or 0) + 1

    def status_index_taken(self, status_list: str, index: int) -> bool:
        """Say whether a bit is taken already."""
        kept = tables.awards.c
        found = self._connection.execute(
            select(kept.number).where(kept.status_list == status_list, kept.status_index == index)
        ).scalar()
        return found is not None

    def store(self, new: NewAward) -> None:
        """Keep a signed award.

        Raises:
            AlreadyAwardedError: A live award exists for the same person, certification and component.
        """
        award = new.award
        try:
            self._connection.execute(insert(tables.awards).values(**award_values(new)))
        except IntegrityError as error:
            if not self._live(award):
                raise
            raise AlreadyAwardedError(
                "award.exists",
                "a live award exists already for this person and component",
                where=f"{award.certification} {award.component}",
                remedy="see it with: parchemin awards --candidate ID",
            ) from error

    def _live(self, award: Award) -> bool:
        return any(
            other.component == award.component and other.state in LIVE
            for other in self.awards_of(award.candidate_id, award.certification)
        )

    def change_state(self, event: StatusEvent) -> None:
        """Append a state and make it the award's current one."""
        reason = event.reason.value if event.reason else None
        self._connection.execute(
            insert(tables.status_events).values(
                number=event.number,
                state=event.state.value,
                reason=reason,
                note=event.note,
                at=instant_text(event.at),
                by=event.by,
            )
        )
        self._connection.execute(
            update(tables.awards)
            .where(tables.awards.c.number == event.number)
            .values(state=event.state.value, state_since=instant_text(event.at), reason=reason)
        )

    def status_events(self, number: str) -> Sequence[StatusEvent]:
        """Give an award's states, oldest first."""
        kept = tables.status_events.c
        rows = self._connection.execute(
            select(tables.status_events).where(kept.number == number).order_by(kept.id)
        )
        return [event_from(row) for row in rows]

    def set_bits(self, status_list: str) -> Sequence[int]:
        """Give the indexes of the awards of a list that are withdrawn or replaced."""
        kept = tables.awards.c
        return list(
            self._connection.execute(
                select(kept.status_index)
                .where(kept.status_list == status_list, kept.state.in_(_GONE))
                .order_by(kept.status_index)
            ).scalars()
        )

    def publish_status_list(self, name: str, published: Published) -> None:
        """Make a signed list the current one; earlier ones are kept."""
        self._connection.execute(
            insert(tables.status_lists).values(
                name=name,
                body=published.body,
                media_type=published.media_type,
                etag=published.etag,
                published_at=instant_text(published.published_at),
            )
        )

    def status_list(self, name: str) -> Published | None:
        """Give the current signed list, or None."""
        kept = tables.status_lists.c
        row = self._connection.execute(
            select(tables.status_lists).where(kept.name == name).order_by(kept.id.desc()).limit(1)
        ).one_or_none()
        if row is None:
            return None
        return Published(as_bytes(row.body) or b"", row.media_type, row.etag, instant(row.published_at))

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

    def _latest(self, kind: type[_Record], query: Select[tuple[object, ...]]) -> list[_Record]:
        newest: dict[str, str] = {}
        for row in self._connection.execute(query.order_by(query.selected_columns.revision)):
            newest[row.id] = row.document
        return [from_text(kind, document) for document in newest.values()]

    def _award(self, query: Select[tuple[object, ...]]) -> Award | None:
        row = self._connection.execute(query).one_or_none()
        return None if row is None else award_from(row)

    def _awards(self, query: Select[tuple[object, ...]]) -> list[Award]:
        kept = tables.awards.c
        return [award_from(row) for row in self._connection.execute(query.order_by(kept.year, kept.sequence))]
