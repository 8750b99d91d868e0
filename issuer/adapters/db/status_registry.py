"""Status lists in the register (the ``StatusRegistry`` port)."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from issuer.adapters.db import tables
from issuer.adapters.db.codec import instant, instant_text
from issuer.adapters.db.rows import as_bytes
from issuer.domain.award import AwardState, StatusPurpose
from issuer.ports import Decoy, Published, StatusListOpening

_SAID = {
    StatusPurpose.REVOCATION: (AwardState.REVOKED.value, AwardState.REPLACED.value),
    StatusPurpose.SUSPENSION: (AwardState.SUSPENDED.value,),
}
"""The states of an award that a list says, by its purpose."""


class SqlStatusRegistry:
    """The part of a transaction that keeps status lists."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def status_lists(self) -> Sequence[StatusListOpening]:
        """Give every list, in order of opening."""
        query = select(tables.status_openings).order_by(tables.status_openings.c.position)
        return [
            StatusListOpening(row.name, row.numbering, StatusPurpose(row.purpose), instant(row.opened_at))
            for row in self._connection.execute(query)
        ]

    def open_status_list(self, opening: StatusListOpening) -> None:
        """Open a list; nothing is published by it."""
        last = self._connection.execute(select(func.max(tables.status_openings.c.position))).scalar()
        self._connection.execute(
            insert(tables.status_openings).values(
                name=opening.name,
                position=(last or 0) + 1,
                numbering=opening.numbering,
                purpose=opening.purpose.value,
                opened_at=instant_text(opening.opened_at),
            )
        )

    def status_index_taken(self, numbering: str, index: int) -> bool:
        """Say whether an index belongs to an award or to a decoy."""
        awards, decoys = tables.awards.c, tables.status_decoys.c
        award = select(awards.status_index).where(
            awards.status_list == numbering, awards.status_index == index
        )
        decoy = select(decoys.status_index).where(decoys.numbering == numbering, decoys.status_index == index)
        return self._connection.execute(award.union_all(decoy)).first() is not None

    def status_indexes(self, numbering: str) -> AbstractSet[int]:
        """Give every index that belongs to an award or to a decoy."""
        awards, decoys = tables.awards.c, tables.status_decoys.c
        taken = select(awards.status_index).where(awards.status_list == numbering)
        hidden = select(decoys.status_index).where(decoys.numbering == numbering)
        return set(self._connection.execute(taken.union_all(hidden)).scalars())

    def count_awards_in(self, numbering: str) -> int:
        """Count the awards that have an index in a list, whatever their state."""
        query = select(func.count()).where(tables.awards.c.status_list == numbering)
        return self._connection.execute(query).scalar_one()

    def add_decoys(self, opening: StatusListOpening, indexes: Sequence[int], at: datetime) -> None:
        """Set bits that belong to no award and never will."""
        if indexes:
            self._connection.execute(
                insert(tables.status_decoys),
                [
                    {
                        "numbering": opening.numbering,
                        "status_index": index,
                        "name": opening.name,
                        "set_at": instant_text(at),
                    }
                    for index in indexes
                ],
            )

    def turn_decoys(self, opening: StatusListOpening, indexes: Sequence[int], at: datetime) -> None:
        """Clear decoys that are set, and set those that are cleared."""
        if indexes:
            self._connection.execute(
                insert(tables.status_decoy_turns),
                [
                    {"numbering": opening.numbering, "status_index": index, "turned_at": instant_text(at)}
                    for index in indexes
                ],
            )

    def decoys(self, opening: StatusListOpening) -> Sequence[Decoy]:
        """Give the decoys of a list; the one that was set or turned last comes last."""
        kept, turned = tables.status_decoys.c, tables.status_decoy_turns.c
        query = (
            select(kept.status_index, func.count(turned.id).label("turns"))
            .outerjoin(tables.status_decoy_turns)
            .where(kept.name == opening.name)
            .group_by(kept.status_index, kept.set_at)
            .order_by(func.coalesce(func.max(turned.turned_at), kept.set_at), kept.status_index)
        )
        # Set when it was made; each turn since is a change.
        return [Decoy(row.status_index, row.turns % 2 == 0) for row in self._connection.execute(query)]

    def set_bits(self, opening: StatusListOpening) -> Sequence[int]:
        """Give the indexes that are set: awards of which the list has to say something, and shown decoys."""
        awards = tables.awards.c
        said = select(awards.status_index).where(
            awards.status_list == opening.numbering, awards.state.in_(_SAID[opening.purpose])
        )
        shown = [decoy.index for decoy in self.decoys(opening) if decoy.shown]
        return sorted([*self._connection.execute(said).scalars(), *shown])

    def publish_status_list(self, name: str, published: Published) -> None:
        """Make a signed list the current one; earlier ones are kept."""
        until = published.valid_until
        self._connection.execute(
            insert(tables.status_lists).values(
                name=name,
                body=published.body,
                media_type=published.media_type,
                etag=published.etag,
                published_at=instant_text(published.published_at),
                valid_until=None if until is None else instant_text(until),
            )
        )

    def status_list(self, name: str, at: datetime | None = None) -> Published | None:
        """Give the signed list that was current at an instant (now, without one), or None."""
        kept = tables.status_lists.c
        query = select(tables.status_lists).where(kept.name == name)
        if at is not None:
            query = query.where(kept.published_at <= instant_text(at))
        row = self._connection.execute(query.order_by(kept.id.desc()).limit(1)).one_or_none()
        if row is None:
            return None
        return Published(
            as_bytes(row.body) or b"",
            row.media_type,
            row.etag,
            instant(row.published_at),
            None if row.valid_until is None else instant(row.valid_until),
        )
