"""Awards looked up for the desk (the ``LifecycleRegistry`` port)."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, select

from issuer.adapters.db import tables
from issuer.domain.canary import CANARY_CODE, is_canary
from issuer.ports.lifecycle import AwardFilter


class SqlLifecycleRegistry:
    """The part of a transaction that looks awards up for the desk."""

    _connection: Connection

    def matching_awards(self, wanted: AwardFilter) -> Sequence[tuple[str, str]]:
        """Give number and holder of the awards that a filter lets through, in order of their numbers.

        Canaries are nobody's: only who names their certification sees them.
        """
        kept = tables.awards.c
        query = select(kept.number, kept.holder).order_by(kept.year, kept.sequence)
        if not is_canary(wanted.certification):
            query = query.where(kept.certification != CANARY_CODE)
        if wanted.number:
            query = query.where(kept.number.startswith(wanted.number, autoescape=True))
        if wanted.state is not None:
            query = query.where(kept.state == wanted.state.value)
        for column, value in (
            (kept.candidate_id, wanted.candidate),
            (kept.session, wanted.session),
            (kept.certification, wanted.certification),
        ):
            if value:
                query = query.where(column == value)
        return [(row.number, row.holder) for row in self._connection.execute(query)]

    def issued_under(self, number: str) -> str | None:
        """Give the id of the plan that an award was issued under, or None."""
        kept = tables.awards.c
        return self._connection.execute(select(kept.plan).where(kept.number == number)).scalar()

    def addresses(self) -> Mapping[str, str]:
        """Give the address on file of everybody who has one, by the person's identifier."""
        kept = tables.addresses.c
        newest = select(func.max(kept.id)).group_by(kept.candidate_id)
        query = select(kept.candidate_id, kept.mail).where(kept.id.in_(newest), kept.mail.is_not(None))
        return {row.candidate_id: row.mail for row in self._connection.execute(query)}
