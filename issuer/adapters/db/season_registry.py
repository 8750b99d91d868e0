"""Records that are being corrected, and kept column maps, in the register (the ``SeasonRegistry`` port)."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from issuer.adapters.db import tables
from issuer.adapters.db.codec import from_text, instant, instant_text, to_text
from issuer.ports.season import ColumnChoice, Correction, Draft, KeptMap, ProposedPlan, SeasonReport


class SqlSeasonRegistry:
    """The part of a transaction that keeps them."""

    _connection: Connection

    def keep_draft(self, draft: Draft) -> None:
        """Keep a draft, or its new state; its bytes and its earlier corrections stay as they are."""
        kept = tables.drafts
        changing = {
            "source": draft.source,
            "choice": None if draft.choice is None else to_text(draft.choice),
            "map_version": draft.map_version,
            "order": draft.order,
        }
        changed = self._connection.execute(update(kept).where(kept.c.id == draft.id).values(**changing))
        if not changed.rowcount:
            self._connection.execute(
                insert(kept).values(
                    id=draft.id,
                    name=draft.name,
                    certification=draft.certification,
                    content=draft.content,
                    typed=draft.typed,
                    made_at=instant_text(draft.made_at),
                    made_by=draft.made_by,
                    **changing,
                )
            )
        self._append_corrections(draft)

    def draft(self, draft_id: str) -> Draft | None:
        """Give a draft, or None."""
        row = self._connection.execute(
            select(tables.drafts).where(tables.drafts.c.id == draft_id)
        ).one_or_none()
        return None if row is None else self._draft(row)

    def drafts(self) -> Sequence[Draft]:
        """Give all drafts, oldest first."""
        kept = tables.drafts.c
        rows = self._connection.execute(select(tables.drafts).order_by(kept.made_at, kept.id)).all()
        return [self._draft(row) for row in rows]

    def drop_draft(self, draft_id: str) -> None:
        """Take a draft away, with its bytes and corrections."""
        corrections, kept = tables.draft_corrections, tables.drafts
        self._connection.execute(delete(corrections).where(corrections.c.draft == draft_id))
        self._connection.execute(delete(kept).where(kept.c.id == draft_id))

    def keep_map(self, kept: KeptMap) -> None:
        """Append a version of a source's column map."""
        self._connection.execute(
            insert(tables.column_maps).values(
                source=kept.source,
                version=kept.version,
                choice=to_text(kept.choice),
                kept_at=instant_text(kept.at),
                kept_by=kept.by,
            )
        )

    def latest_map(self, source: str) -> KeptMap | None:
        """Give the newest map of a source, or None."""
        kept = tables.column_maps.c
        row = self._connection.execute(
            select(tables.column_maps).where(kept.source == source).order_by(kept.version.desc()).limit(1)
        ).one_or_none()
        if row is None:
            return None
        choice = from_text(ColumnChoice, row.choice)
        return KeptMap(row.source, row.version, choice, instant(row.kept_at), row.kept_by)

    def map_sources(self) -> Sequence[str]:
        """Give the names of the sources that have a map, in order."""
        kept = tables.column_maps.c
        return list(self._connection.execute(select(kept.source).distinct().order_by(kept.source)).scalars())

    def keep_proposed_plan(self, plan: ProposedPlan) -> None:
        """Keep a plan that is proposed; the same one again changes nothing."""
        if self.proposed_plan(plan.digest) is None:
            self._connection.execute(
                insert(tables.proposed_plans).values(
                    digest=plan.digest, content=to_text(plan.content), proposed_at=instant_text(plan.at)
                )
            )

    def proposed_plan(self, digest: str) -> ProposedPlan | None:
        """Give a plan that was proposed, or None."""
        row = self._connection.execute(
            select(tables.proposed_plans).where(tables.proposed_plans.c.digest == digest)
        ).one_or_none()
        if row is None:
            return None
        return ProposedPlan(row.digest, json.loads(row.content), instant(row.proposed_at))

    def keep_season_report(self, report: SeasonReport) -> None:
        """Keep a report."""
        self._connection.execute(
            insert(tables.season_reports).values(
                id=report.id,
                certification=report.certification,
                session=report.session,
                content=to_text(report.content),
                sha256=report.sha256,
                csv_sha256=report.csv_sha256,
                made_at=instant_text(report.at),
                made_by=report.by,
            )
        )

    def season_report(self, report_id: str) -> SeasonReport | None:
        """Give a report, or None."""
        row = self._connection.execute(
            select(tables.season_reports).where(tables.season_reports.c.id == report_id)
        ).one_or_none()
        return None if row is None else _report(row)

    def season_reports(self, certification: str) -> Sequence[SeasonReport]:
        """Give the reports of a certification, oldest first."""
        kept = tables.season_reports.c
        rows = self._connection.execute(
            select(tables.season_reports)
            .where(kept.certification == certification)
            .order_by(kept.made_at, kept.id)
        )
        return [_report(row) for row in rows]

    def _append_corrections(self, draft: Draft) -> None:
        kept = tables.draft_corrections
        known = self._connection.execute(
            select(func.count()).select_from(kept).where(kept.c.draft == draft.id)
        ).scalar_one()
        for position, correction in enumerate(draft.corrections[known:], start=known + 1):
            self._connection.execute(
                insert(kept).values(
                    draft=draft.id,
                    position=position,
                    row=correction.row,
                    cells=to_text(list(correction.cells)),
                    at=instant_text(correction.at),
                    by=correction.by,
                )
            )

    def _draft(self, row: Row[tuple[object, ...]]) -> Draft:
        values = row._mapping  # noqa: SLF001 - public of SQLAlchemy: "order" is a method of no row
        kept = tables.draft_corrections.c
        corrected = self._connection.execute(
            select(tables.draft_corrections).where(kept.draft == values["id"]).order_by(kept.position)
        )
        return Draft(
            id=values["id"],
            name=values["name"],
            source=values["source"],
            certification=values["certification"],
            content=values["content"],
            typed=values["typed"],
            made_at=instant(values["made_at"]),
            made_by=values["made_by"],
            choice=None if values["choice"] is None else from_text(ColumnChoice, values["choice"]),
            map_version=values["map_version"],
            corrections=[
                Correction(line.row, json.loads(line.cells), instant(line.at), line.by) for line in corrected
            ],
            order=values["order"],
        )


def _report(row: Row[tuple[object, ...]]) -> SeasonReport:
    return SeasonReport(
        row.id,
        row.certification,
        row.session,
        json.loads(row.content),
        row.sha256,
        row.csv_sha256,
        instant(row.made_at),
        row.made_by,
    )
