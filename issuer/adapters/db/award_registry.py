"""Awards in the register (a part of the ``Registry`` port)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, ScalarSelect, Select, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from issuer.adapters.db import tables
from issuer.adapters.db.codec import instant_text
from issuer.adapters.db.rows import as_bytes, award_from, award_values, event_from
from issuer.domain.award import LIVE, Award, AwardState
from issuer.errors import AlreadyAwardedError
from issuer.ports import NewAward, StatusEvent

AWARD_COLUMNS = [column for column in tables.awards.columns if column.name != "credential"]

_FLOOR = "numbers.floor."
"""Fixed settings that follow each other: a register is restored more than once in its life."""


class SqlAwardRegistry:
    """The part of a transaction that keeps awards, their signed bytes and their states."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def awards(self) -> Sequence[Award]:
        """Give all awards in order of their numbers."""
        return self._awards(select(*AWARD_COLUMNS))

    def award(self, number: str) -> Award | None:
        """Give an award by its number, or None."""
        return self._award(select(*AWARD_COLUMNS).where(tables.awards.c.number == number))

    def award_by_token(self, token: str) -> Award | None:
        """Give an award by the token of its link, or None."""
        return self._award(select(*AWARD_COLUMNS).where(tables.awards.c.token == token))

    def award_exported_as(self, identifier: str) -> Award | None:
        """Give the award that was handed out under an identifier other than its own, or None."""
        kept = tables.exported_documents.c
        number = select(kept.number).where(kept.id == identifier).scalar_subquery()
        return self._award(select(*AWARD_COLUMNS).where(tables.awards.c.number == number))

    def keep_export(self, identifier: str, number: str, at: datetime) -> None:
        """Note under which identifier an award is handed out."""
        self._connection.execute(
            insert(tables.exported_documents).values(
                id=identifier, number=number, exported_at=instant_text(at)
            )
        )

    def awards_of(self, candidate_id: str, certification: str) -> Sequence[Award]:
        """Give a person's awards for a certification, in every state."""
        kept = tables.awards.c
        return self._awards(
            select(*AWARD_COLUMNS).where(
                kept.candidate_id == candidate_id, kept.certification == certification
            )
        )

    def credential(self, number: str) -> bytes | None:
        """Give the stored bytes of an award as they were signed last, or None."""
        kept, later = tables.awards.c, tables.resignatures.c
        newest = _newest(later.credential, number)
        query = select(func.coalesce(newest, kept.credential)).where(kept.number == number)
        return as_bytes(self._connection.execute(query).scalar())

    def resource(self, number: str) -> tuple[str, str]:
        """Give the opaque identifier and the SRI digest under which a title names this award."""
        kept = tables.awards.c
        newest = func.coalesce(_newest(tables.resignatures.c.digest_sri, number), kept.digest_sri)
        row = self._connection.execute(
            select(kept.resource_id, newest.label("digest_sri")).where(kept.number == number)
        ).one()
        return row.resource_id, row.digest_sri

    def by_digest(self, digest_sri: str) -> Award | None:
        """Give the award whose stored bytes have this digest, in whatever revision, or None."""
        kept, later = tables.awards.c, tables.resignatures.c
        again = select(later.number).where(later.digest_sri == digest_sri).scalar_subquery()
        return self._award(
            select(*AWARD_COLUMNS).where(or_(kept.digest_sri == digest_sri, kept.number == again))
        )

    def next_sequence(self, year: int) -> int:
        """Give the next free running number of a year."""
        kept = tables.awards.c
        last = self._connection.execute(select(func.max(kept.sequence)).where(kept.year == year)).scalar()
        return max(last or 0, self._floor(year)) + 1

    def raise_floor(self, year: int, floor: int) -> None:
        """Give no number of a year up to this one any more; for good."""
        if floor > self._floor(year):
            values = {"name": f"{_FLOOR}{year}.{floor}", "value": str(floor)}
            self._connection.execute(insert(tables.settings).values(values))

    def _floor(self, year: int) -> int:
        kept = tables.settings.c
        query = select(kept.value).where(kept.name.startswith(f"{_FLOOR}{year}.", autoescape=True))
        return max(map(int, self._connection.execute(query).scalars()), default=0)

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

    def change_state(self, event: StatusEvent) -> None:
        """Append a state and make it the award's current one."""
        reason = event.reason.value if event.reason else None
        # In force again, an award says nothing of its suspension: the story alone keeps it.
        again = event.state is AwardState.VALID
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
            .values(
                state=event.state.value,
                state_since=None if again else instant_text(event.at),
                reason=None if again else reason,
            )
        )

    def status_events(self, number: str) -> Sequence[StatusEvent]:
        """Give an award's states, oldest first."""
        kept = tables.status_events.c
        rows = self._connection.execute(
            select(tables.status_events).where(kept.number == number).order_by(kept.id)
        )
        return [event_from(row) for row in rows]

    def _live(self, award: Award) -> bool:
        return any(
            other.component == award.component and other.state in LIVE
            for other in self.awards_of(award.candidate_id, award.certification)
        )

    def _award(self, query: Select[tuple[object, ...]]) -> Award | None:
        row = self._connection.execute(query).one_or_none()
        return None if row is None else award_from(row)

    def _awards(self, query: Select[tuple[object, ...]]) -> list[Award]:
        kept = tables.awards.c
        return [award_from(row) for row in self._connection.execute(query.order_by(kept.year, kept.sequence))]


def _newest(column: Column[Any], number: str) -> ScalarSelect[Any]:
    """Give what the last revision of an award says, if it was ever signed again."""
    later = tables.resignatures.c
    newest = select(column).where(later.number == number).order_by(later.revision.desc()).limit(1)
    return newest.scalar_subquery()
