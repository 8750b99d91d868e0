"""Addresses, links, shares, entries and choices in the register (the ``HolderRegistry`` port)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Row, Table, delete, func, insert, select, update

from issuer.adapters.db import tables
from issuer.adapters.db.award_registry import AWARD_COLUMNS, SqlAwardRegistry
from issuer.adapters.db.codec import instant, instant_text
from issuer.domain.award import Award
from issuer.ports import Choice, Entry, HolderAddress, LinkSwitch, Share


def folded_mail(mail: str) -> str:
    """Give an address as it is compared: in practice neither of its halves is told apart by case."""
    return mail.strip().casefold()


class SqlHolderRegistry(SqlAwardRegistry):
    """The part of a transaction that serves the graduates' space."""

    def address(self, candidate_id: str) -> HolderAddress | None:
        """Give the address on file now, or None where there is none."""
        kept = tables.addresses.c
        query = select(tables.addresses).where(kept.candidate_id == candidate_id)
        row = self._connection.execute(query.order_by(kept.id.desc()).limit(1)).one_or_none()
        if row is None or row.mail is None:
            return None
        return HolderAddress(row.candidate_id, row.mail, row.source, instant(row.at), row.by)

    def keep_address(self, address: HolderAddress) -> None:
        """Make an address the one on file."""
        self._connection.execute(
            insert(tables.addresses).values(
                candidate_id=address.candidate_id,
                mail=address.mail,
                folded=None if address.mail is None else folded_mail(address.mail),
                source=address.source,
                at=instant_text(address.at),
                by=address.by,
            )
        )

    def persons_at(self, mail: str) -> Sequence[str]:
        """Give the ids of all persons whose address on file is this one, whatever its case."""
        kept = tables.addresses.c
        newest = select(func.max(kept.id)).group_by(kept.candidate_id)
        query = select(kept.candidate_id).where(kept.folded == folded_mail(mail), kept.id.in_(newest))
        return list(self._connection.execute(query.order_by(kept.candidate_id)).scalars())

    def awards_of_person(self, candidate_id: str) -> Sequence[Award]:
        """Give all of a person's awards, in every state, in order of their numbers."""
        return self._awards(select(*AWARD_COLUMNS).where(tables.awards.c.candidate_id == candidate_id))

    def link_is_open(self, number: str) -> bool:
        """Say whether an award's permanent link is on; it is until it is switched off."""
        kept = tables.link_switches.c
        query = select(kept.opened).where(kept.number == number).order_by(kept.id.desc()).limit(1)
        return self._connection.execute(query).scalar() != 0

    def link_switches(self, number: str) -> Sequence[LinkSwitch]:
        """Give the story of an award's link, oldest first."""
        kept = tables.link_switches.c
        query = select(tables.link_switches).where(kept.number == number).order_by(kept.id)
        return [
            LinkSwitch(row.number, bool(row.opened), instant(row.at), row.by)
            for row in self._connection.execute(query)
        ]

    def switch_link(self, switch: LinkSwitch) -> None:
        """Switch an award's permanent link off or on."""
        self._connection.execute(
            insert(tables.link_switches).values(
                number=switch.number,
                opened=int(switch.opened),
                at=instant_text(switch.at),
                by=switch.by,
            )
        )

    def keep_share(self, share: Share) -> None:
        """Keep a new share."""
        self._connection.execute(
            insert(tables.shares).values(
                id=share.id,
                token=share.token,
                candidate_id=share.candidate_id,
                label=share.label,
                created_at=instant_text(share.created_at),
                until=_text(share.until),
                closed_at=_text(share.closed_at),
                views=share.views,
            )
        )
        for position, number in enumerate(share.numbers):
            self._connection.execute(
                insert(tables.share_awards).values(share_id=share.id, position=position, number=number)
            )

    def share_by_token(self, token: str) -> Share | None:
        """Give a share by the token of its link, or None."""
        row = self._connection.execute(
            select(tables.shares).where(tables.shares.c.token == token)
        ).one_or_none()
        return None if row is None else self._share(row)

    def shares_of(self, candidate_id: str) -> Sequence[Share]:
        """Give a person's shares, newest first."""
        kept = tables.shares.c
        query = select(tables.shares).where(kept.candidate_id == candidate_id)
        rows = self._connection.execute(query.order_by(kept.created_at.desc(), kept.id)).all()
        return [self._share(row) for row in rows]

    def close_share(self, share_id: str, at: datetime) -> None:
        """Close a share at once and for good."""
        kept = tables.shares.c
        self._connection.execute(
            update(tables.shares)
            .where(kept.id == share_id, kept.closed_at.is_(None))
            .values(closed_at=instant_text(at))
        )

    def count_view(self, share_id: str) -> None:
        """Count that a share was opened."""
        kept = tables.shares.c
        self._connection.execute(
            update(tables.shares).where(kept.id == share_id).values(views=kept.views + 1)
        )

    def keep_entry(self, entry: Entry) -> None:
        """Keep a single-use entry."""
        self._keep(tables.entries, entry)

    def entry(self, secret_sha256: str) -> Entry | None:
        """Give a single-use entry, or None."""
        return self._entry(tables.entries, secret_sha256)

    def use_entry(self, secret_sha256: str, at: datetime) -> None:
        """Note that an entry was used: it is good no more."""
        self._use(tables.entries, secret_sha256, at)

    def entries_since(self, candidate_id: str, at: datetime) -> int:
        """Count the entries made for a person since an instant (aware)."""
        kept = tables.entries.c
        query = select(func.count()).where(
            kept.candidate_id == candidate_id, kept.created_at >= instant_text(at)
        )
        return self._connection.execute(query).scalar_one()

    def entries_of(self, candidate_id: str) -> Sequence[Entry]:
        """Give the entries made for a person that are still kept, oldest first."""
        return self._entries_of(tables.entries, candidate_id)

    def keep_session(self, session: Entry) -> None:
        """Keep a session."""
        self._keep(tables.holder_sessions, session)

    def session(self, secret_sha256: str) -> Entry | None:
        """Give a session, or None."""
        return self._entry(tables.holder_sessions, secret_sha256)

    def sessions_of(self, candidate_id: str) -> Sequence[Entry]:
        """Give a person's sessions that are still kept, oldest first."""
        return self._entries_of(tables.holder_sessions, candidate_id)

    def end_session(self, secret_sha256: str, at: datetime) -> None:
        """End a session."""
        self._use(tables.holder_sessions, secret_sha256, at)

    def end_entries(self, candidate_id: str, at: datetime) -> None:
        """End every link and every session of a person."""
        for table in (tables.entries, tables.holder_sessions):
            self._connection.execute(
                update(table)
                .where(table.c.candidate_id == candidate_id, table.c.used_at.is_(None))
                .values(used_at=instant_text(at))
            )

    def forget_entries(self, before: datetime) -> None:
        """Remove entries and sessions that ended before an instant (aware)."""
        for table in (tables.entries, tables.holder_sessions):
            self._connection.execute(delete(table).where(table.c.ends_at < instant_text(before)))

    def choices(self, number: str) -> Mapping[Choice, bool]:
        """Give what was chosen for an award; what was not is off."""
        kept = tables.choices.c
        rows = self._connection.execute(select(kept.choice, kept.wanted).where(kept.number == number))
        chosen = {row.choice: bool(row.wanted) for row in rows}
        return {choice: chosen.get(choice.value, False) for choice in Choice}

    def choose(self, number: str, choice: Choice, *, wanted: bool) -> None:
        """Keep a choice."""
        kept = tables.choices.c
        self._connection.execute(
            delete(tables.choices).where(kept.number == number, kept.choice == choice.value)
        )
        self._connection.execute(
            insert(tables.choices).values(number=number, choice=choice.value, wanted=int(wanted))
        )

    def first_opening(self, number: str) -> datetime | None:
        """Give when an award's link was noted as opened for the first time, or None."""
        kept = tables.first_openings.c
        query = select(kept.opened_at).where(kept.number == number)
        return _instant(self._connection.execute(query).scalar())

    def note_first_opening(self, number: str, at: datetime) -> bool:
        """Note that an award's link was opened; True the first time, whatever is asked after."""
        kept = tables.first_openings.c
        known = self._connection.execute(select(kept.number).where(kept.number == number)).first()
        if known is None:
            self._connection.execute(
                insert(tables.first_openings).values(number=number, opened_at=instant_text(at))
            )
        return known is None

    def _share(self, row: Row[tuple[object, ...]]) -> Share:
        kept = tables.share_awards.c
        query = select(kept.number).where(kept.share_id == row.id).order_by(kept.position)
        return Share(
            id=row.id,
            token=row.token,
            candidate_id=row.candidate_id,
            label=row.label,
            numbers=list(self._connection.execute(query).scalars()),
            created_at=instant(row.created_at),
            until=_instant(row.until),
            closed_at=_instant(row.closed_at),
            views=row.views,
        )

    def _keep(self, table: Table, entry: Entry) -> None:
        self._connection.execute(
            insert(table).values(
                secret_sha256=entry.secret_sha256,
                candidate_id=entry.candidate_id,
                created_at=instant_text(entry.created_at),
                ends_at=instant_text(entry.ends_at),
                used_at=_text(entry.used_at),
            )
        )

    def _entry(self, table: Table, secret_sha256: str) -> Entry | None:
        row = self._connection.execute(
            select(table).where(table.c.secret_sha256 == secret_sha256)
        ).one_or_none()
        return None if row is None else _entry(row)

    def _entries_of(self, table: Table, candidate_id: str) -> Sequence[Entry]:
        query = select(table).where(table.c.candidate_id == candidate_id)
        rows = self._connection.execute(query.order_by(table.c.created_at, table.c.secret_sha256))
        return [_entry(row) for row in rows]

    def _use(self, table: Table, secret_sha256: str, at: datetime) -> None:
        self._connection.execute(
            update(table)
            .where(table.c.secret_sha256 == secret_sha256, table.c.used_at.is_(None))
            .values(used_at=instant_text(at))
        )


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(
        row.secret_sha256,
        row.candidate_id,
        instant(row.created_at),
        instant(row.ends_at),
        _instant(row.used_at),
    )


def _text(value: datetime | None) -> str | None:
    return None if value is None else instant_text(value)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else instant(text)
