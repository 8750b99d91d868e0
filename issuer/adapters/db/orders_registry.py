"""Orders in the register (the ``OrderRegistry`` port)."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection, Row, delete, func, insert, select, union

from issuer.adapters.db import tables
from issuer.adapters.db.codec import instant, instant_text, to_text
from issuer.ports.orders import NewOrder, Order, OrderEvent, OrderKind, OrderProgress, OrderState


class SqlOrderRegistry:
    """The part of a transaction that keeps orders."""

    _connection: Connection

    def add_order(self, order: NewOrder) -> None:
        """Keep a proposed order, with its first event."""
        position = self._connection.execute(select(func.count()).select_from(tables.orders)).scalar_one() + 1
        self._connection.execute(
            insert(tables.orders).values(
                id=order.id,
                position=position,
                kind=order.kind.value,
                content=to_text(order.content),
                proposed_at=instant_text(order.proposed_at),
                proposed_by=order.proposed_by,
                authors=to_text(sorted(order.authors)),
                note=order.note,
            )
        )
        self.add_order_event(
            OrderEvent(order.id, OrderState.PROPOSED, order.proposed_at, order.proposed_by, order.note, {})
        )

    def add_order_event(self, event: OrderEvent) -> None:
        """Append what happened to an order."""
        self._connection.execute(
            insert(tables.order_events).values(
                order=event.order,
                state=event.state.value,
                at=instant_text(event.at),
                by=event.by,
                note=event.note,
                details=to_text(event.details),
            )
        )

    def keep_progress(self, progress: OrderProgress) -> None:
        """Keep how far an order is; the one before is written over."""
        kept = tables.order_progress
        self._connection.execute(delete(kept).where(kept.c.order == progress.order))
        self._connection.execute(
            insert(kept).values(
                order=progress.order,
                done=progress.done,
                total=progress.total,
                seen_at=instant_text(progress.seen_at),
            )
        )

    def order(self, order_id: str) -> Order | None:
        """Give an order, or None."""
        row = self._connection.execute(
            select(tables.orders).where(tables.orders.c.id == order_id)
        ).one_or_none()
        return None if row is None else self._whole(row)

    def orders(self, state: OrderState | None = None) -> Sequence[Order]:
        """Give the orders in a state, or all of them, oldest first."""
        rows = self._connection.execute(select(tables.orders).order_by(tables.orders.c.position)).all()
        found = [self._whole(row) for row in rows]
        return [order for order in found if state in {None, order.state}]

    def record_authors(self, certification: str, candidates: Sequence[str]) -> frozenset[str]:
        """Give the accounts that handed in anything on these people, or a session of the certification."""
        by_person = [
            select(table.c.import_id).where(column.in_(candidates))
            for table, column in (
                (tables.candidates, tables.candidates.c.id),
                (tables.decisions, tables.decisions.c.candidate_id),
                (tables.annulments, tables.annulments.c.candidate_id),
                (tables.earlier_awards, tables.earlier_awards.c.candidate_id),
            )
        ]
        by_session = select(tables.sessions.c.import_id).where(
            tables.sessions.c.certification == certification
        )
        found = self._connection.execute(
            select(tables.imports.c.imported_by, tables.imports.c.detected).where(
                tables.imports.c.id.in_(union(*by_person, by_session))
            )
        )
        # Who handed a file in or corrected it at the desk is its author too, whoever took it in.
        names = {
            name
            for row in found
            for name in (row.imported_by, *json.loads(row.detected).get("contributors", ()))
        }
        # A program says what its maker could have said: its token was shown to that person.
        made = self._connection.execute(select(tables.programs.c.name, tables.programs.c.made_by))
        return frozenset(names | {row.made_by for row in made if f"program:{row.name}" in names})

    def _whole(self, row: Row[tuple[object, ...]]) -> Order:
        asked = NewOrder(
            id=row.id,
            kind=OrderKind(row.kind),
            content=json.loads(row.content),
            proposed_at=instant(row.proposed_at),
            proposed_by=row.proposed_by,
            authors=frozenset(json.loads(row.authors)),
            note=row.note,
        )
        events = tables.order_events
        happened = self._connection.execute(
            select(events).where(events.c.order == row.id).order_by(events.c.id)
        ).all()
        progress = self._connection.execute(
            select(tables.order_progress).where(tables.order_progress.c.order == row.id)
        ).one_or_none()
        return Order(
            asked,
            [_event(line) for line in happened],
            None
            if progress is None
            else OrderProgress(row.id, progress.done, progress.total, instant(progress.seen_at)),
        )


def _event(row: Row[tuple[object, ...]]) -> OrderEvent:
    values = row._mapping  # noqa: SLF001 - public of SQLAlchemy: "order" is a method of no row
    return OrderEvent(
        order=values["order"],
        state=OrderState(values["state"]),
        at=instant(values["at"]),
        by=values["by"],
        note=values["note"],
        details=json.loads(values["details"]),
    )
