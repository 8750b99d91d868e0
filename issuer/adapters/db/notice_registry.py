"""Mails and reported doubts in the register (the ``NoticeRegistry`` port)."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection, Row, delete, insert, select

from issuer.adapters.db import tables
from issuer.adapters.db.codec import instant, instant_text, to_text
from issuer.ports import Doubt, Notice, NoticeKind, NoticeState


class SqlNoticeRegistry:
    """The part of a transaction that keeps mails and reported doubts."""

    _connection: Connection

    def keep_notice(self, notice: Notice) -> None:
        """Keep a mail, or its new state: one of the same id is written over."""
        self._connection.execute(delete(tables.notices).where(tables.notices.c.id == notice.id))
        self._connection.execute(
            insert(tables.notices).values(
                id=notice.id,
                kind=notice.kind.value,
                candidate_id=notice.candidate_id,
                numbers=to_text(list(notice.numbers)),
                mail=notice.mail,
                state=notice.state.value,
                created_at=instant_text(notice.created_at),
                changed_at=instant_text(notice.changed_at),
                attempts=notice.attempts,
                trouble=notice.trouble,
            )
        )

    def notice(self, notice_id: str) -> Notice | None:
        """Give a mail, or None."""
        row = self._connection.execute(
            select(tables.notices).where(tables.notices.c.id == notice_id)
        ).one_or_none()
        return None if row is None else _notice(row)

    def notices(self, state: NoticeState | None = None, candidate_id: str | None = None) -> Sequence[Notice]:
        """Give the mails in a state and to a person, or all of them, oldest first."""
        kept = tables.notices.c
        query = select(tables.notices).order_by(kept.created_at, kept.id)
        if state is not None:
            query = query.where(kept.state == state.value)
        if candidate_id is not None:
            query = query.where(kept.candidate_id == candidate_id)
        return [_notice(row) for row in self._connection.execute(query)]

    def keep_doubt(self, doubt: Doubt) -> None:
        """Keep a doubt, or its new state: one of the same id is written over."""
        self._connection.execute(delete(tables.doubts).where(tables.doubts.c.id == doubt.id))
        self._connection.execute(
            insert(tables.doubts).values(
                id=doubt.id,
                number=doubt.number,
                text=doubt.text,
                contact=doubt.contact,
                at=instant_text(doubt.at),
                closed_at=None if doubt.closed_at is None else instant_text(doubt.closed_at),
                closed_by=doubt.closed_by,
            )
        )

    def doubts(self) -> Sequence[Doubt]:
        """Give all reported doubts, oldest first."""
        kept = tables.doubts.c
        return [
            Doubt(
                row.id,
                row.number,
                row.text,
                row.contact,
                instant(row.at),
                None if row.closed_at is None else instant(row.closed_at),
                row.closed_by,
            )
            for row in self._connection.execute(select(tables.doubts).order_by(kept.at, kept.id))
        ]


def _notice(row: Row[tuple[object, ...]]) -> Notice:
    return Notice(
        id=row.id,
        kind=NoticeKind(row.kind),
        candidate_id=row.candidate_id,
        numbers=json.loads(row.numbers),
        mail=row.mail,
        state=NoticeState(row.state),
        created_at=instant(row.created_at),
        changed_at=instant(row.changed_at),
        attempts=row.attempts,
        trouble=row.trouble,
    )
