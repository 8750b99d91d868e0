"""Signed forms of awards that were made beforehand (a part of the ``ExportRegistry`` port)."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from issuer.adapters.db import tables
from issuer.adapters.db.award_registry import SqlAwardRegistry
from issuer.adapters.db.codec import instant, instant_text
from issuer.adapters.db.rows import as_bytes
from issuer.ports import ExportFormat, PreparedExport


class SqlPreparedRegistry(SqlAwardRegistry):
    """The part of a transaction that keeps what web processes, which have no key, hand out."""

    def keep_prepared(self, prepared: PreparedExport) -> None:
        """Keep a signed form; one of the same award and format is written over."""
        kept = tables.prepared_exports.c
        same = (kept.number == prepared.number, kept.format == prepared.form.value)
        self._connection.execute(delete(tables.prepared_exports).where(*same))
        self._connection.execute(
            insert(tables.prepared_exports).values(
                number=prepared.number,
                format=prepared.form.value,
                body=prepared.body,
                made_at=instant_text(prepared.made_at),
            )
        )

    def prepared(self, number: str) -> Sequence[PreparedExport]:
        """Give the signed forms that are kept of an award, in order of their names."""
        kept = tables.prepared_exports.c
        query = select(tables.prepared_exports).where(kept.number == number).order_by(kept.format)
        return [
            PreparedExport(
                row.number, ExportFormat(row.format), as_bytes(row.body) or b"", instant(row.made_at)
            )
            for row in self._connection.execute(query)
        ]

    def prepared_forms(self) -> frozenset[tuple[str, ExportFormat]]:
        """Give the number and the format of every signed form that is kept."""
        kept = tables.prepared_exports.c
        rows = self._connection.execute(select(kept.number, kept.format))
        return frozenset((row.number, ExportFormat(row.format)) for row in rows)
