"""Civil data, deposits, and what erasure leaves, in the register (the ``LegalRegistry`` port)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, delete, func, insert, select, text

from issuer.adapters.db import tables
from issuer.adapters.db.codec import from_text, instant, instant_text, to_text
from issuer.adapters.db.erasure import BLANKED, OUTDATED, REMOVED, UNNAMED
from issuer.domain.civil import CivilData
from issuer.ports.legal import (
    Answer,
    DepositFile,
    Erasure,
    ErasureReason,
    KeptCivilData,
    RetainedKind,
    SentRow,
)


class SqlLegalRegistry:
    """The part of a transaction that keeps them."""

    _connection: Connection

    def civil(self, candidate_id: str) -> KeptCivilData | None:
        """Give a person's civil data, or None."""
        kept = tables.civil_data.c
        row = self._connection.execute(
            select(tables.civil_data).where(kept.candidate_id == candidate_id)
        ).one_or_none()
        if row is None:
            return None
        return KeptCivilData(from_text(CivilData, row.document), instant(row.taken_in_at), row.taken_in_by)

    def civil_people(self) -> Mapping[str, datetime]:
        """Give whose civil data are kept, and since when."""
        kept = tables.civil_data.c
        rows = self._connection.execute(
            select(kept.candidate_id, kept.taken_in_at).order_by(kept.candidate_id)
        )
        return {row.candidate_id: instant(row.taken_in_at) for row in rows}

    def keep_civil(self, kept: KeptCivilData) -> None:
        """Keep a person's civil data in the place of what was there."""
        self.forget_civil(kept.data.candidate_id)
        self._connection.execute(
            insert(tables.civil_data).values(
                candidate_id=kept.data.candidate_id,
                document=to_text(kept.data),
                taken_in_at=instant_text(kept.at),
                taken_in_by=kept.by,
            )
        )

    def forget_civil(self, candidate_id: str) -> bool:
        """Remove a person's civil data; False where there were none."""
        kept = tables.civil_data.c
        gone = self._connection.execute(delete(tables.civil_data).where(kept.candidate_id == candidate_id))
        return gone.rowcount > 0

    def add_deposit(self, made: DepositFile, rows: Sequence[SentRow]) -> None:
        """Keep that a file was made, and a digest of each line."""
        last = self._connection.execute(select(func.max(tables.cpf_files.c.position))).scalar()
        self._connection.execute(
            insert(tables.cpf_files).values(
                id=made.id,
                position=(last or 0) + 1,
                schema_version=made.schema_version,
                sha256=made.sha256,
                made_at=instant_text(made.at),
                made_by=made.by,
            )
        )
        for row in rows:
            self._connection.execute(
                insert(tables.cpf_rows).values(
                    file_id=made.id, technical_id=row.technical_id, number=row.number, digest=row.digest
                )
            )

    def deposits(self) -> Sequence[DepositFile]:
        """Give the files that were made, oldest first."""
        rows = self._connection.execute(select(tables.cpf_files).order_by(tables.cpf_files.c.position))
        return [
            DepositFile(row.id, row.schema_version, row.sha256, instant(row.made_at), row.made_by)
            for row in rows
        ]

    def sent_rows(self) -> Sequence[SentRow]:
        """Give every line of every file, in order of the files."""
        files = tables.cpf_files
        query = (
            select(tables.cpf_rows, files.c.made_at)
            .join(files, files.c.id == tables.cpf_rows.c.file_id)
            .order_by(files.c.position, tables.cpf_rows.c.number)
        )
        return [
            SentRow(row.file_id, row.technical_id, row.number, row.digest, instant(row.made_at))
            for row in self._connection.execute(query)
        ]

    def add_answer(self, answer: Answer) -> None:
        """Keep what came back on one line."""
        self._connection.execute(
            insert(tables.cpf_answers).values(
                technical_id=answer.technical_id,
                number=answer.number,
                accepted=int(answer.accepted),
                code=answer.code,
                message=answer.message,
                source_sha256=answer.source_sha256,
                at=instant_text(answer.at),
                by=answer.by,
            )
        )

    def answers(self) -> Sequence[Answer]:
        """Give everything that came back, oldest first."""
        rows = self._connection.execute(select(tables.cpf_answers).order_by(tables.cpf_answers.c.id))
        return [
            Answer(
                technical_id=row.technical_id,
                number=row.number,
                accepted=bool(row.accepted),
                code=row.code,
                message=row.message,
                source_sha256=row.source_sha256,
                at=instant(row.at),
                by=row.by,
            )
            for row in rows
        ]

    def erasure(self, candidate_id: str) -> Erasure | None:
        """Give a person's tombstone, or None."""
        kept = tables.erasures.c
        row = self._connection.execute(
            select(tables.erasures).where(kept.candidate_id == candidate_id)
        ).one_or_none()
        return None if row is None else _erasure(row)

    def erasures(self) -> Sequence[Erasure]:
        """Give every tombstone, oldest first."""
        kept = tables.erasures.c
        rows = self._connection.execute(select(tables.erasures).order_by(kept.at, kept.candidate_id))
        return [_erasure(row) for row in rows]

    def erasable(self, candidate_id: str) -> Mapping[str, int]:
        """Count what an erasure would take out, by what it is."""
        places = {
            **{name: (table, where) for name, (table, where, _left) in BLANKED.items()},
            **REMOVED,
        }
        counted = {
            name: self._count(table, where, {"person": candidate_id})
            for name, (table, where) in places.items()
        }
        return {name: count for name, count in counted.items() if count}

    def erase(self, erasure: Erasure) -> Mapping[str, int]:
        """Set a tombstone and take the person's data out; give how many of each."""
        self._connection.execute(
            insert(tables.erasures).values(
                candidate_id=erasure.candidate_id,
                reason=erasure.reason.value,
                order_id=erasure.order,
                at=instant_text(erasure.at),
                by=erasure.by,
            )
        )
        person = {"person": erasure.candidate_id}
        counted = self.erasable(erasure.candidate_id)
        for table, where in REMOVED.values():
            self._run(f"DELETE FROM {table} WHERE {where}", person)  # noqa: S608 - our own constants
        for table, where in UNNAMED.items():
            self._run(f"DELETE FROM {table} WHERE {where}", {})  # noqa: S608 - our own constants
        for table, where, left in BLANKED.values():
            self._run(f"UPDATE {table} SET {left} WHERE {where}", person)  # noqa: S608 - our own constants
        return counted

    def outdated(self, kind: RetainedKind, before: datetime) -> int:
        """Count what is older than an instant (aware)."""
        given = {"before": instant_text(before)}
        return sum(self._count(table, where, given) for table, where in OUTDATED[kind.value])

    def remove_outdated(self, kind: RetainedKind, before: datetime) -> int:
        """Remove what is older than an instant (aware); give how many."""
        counted = self.outdated(kind, before)
        given = {"before": instant_text(before)}
        for table, where in OUTDATED[kind.value]:
            self._run(f"DELETE FROM {table} WHERE {where}", given)  # noqa: S608 - our own constants
        return counted

    def _count(self, table: str, where: str, given: Mapping[str, str]) -> int:
        query = text(f"SELECT count(*) FROM {table} WHERE {where}")  # noqa: S608 - both are our own constants
        return int(self._connection.execute(query, dict(given)).scalar_one())

    def _run(self, statement: str, given: Mapping[str, str]) -> None:
        self._connection.execute(text(statement), dict(given))


def _erasure(row: Row[tuple[object, ...]]) -> Erasure:
    return Erasure(row.candidate_id, ErasureReason(row.reason), row.order_id, instant(row.at), row.by)
