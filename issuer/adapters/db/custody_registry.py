"""What became of the keys, in the register (the ``CustodyRegistry`` port)."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from issuer.adapters.db import tables
from issuer.adapters.db.codec import instant, instant_text
from issuer.adapters.db.rows import as_bytes, award_from
from issuer.domain.award import Award
from issuer.ports.custody import KeyChange, Resignature


class SqlCustodyRegistry:
    """The part of a transaction that keeps them."""

    _connection: Connection

    def change_key(self, change: KeyChange) -> None:
        """Make a state the key's present one; a compromised key stays what it is."""
        self._connection.execute(
            update(tables.keys)
            .where(tables.keys.c.name == change.name)
            .values(
                state=change.standing.value,
                changed_at=instant_text(change.at),
                reason=change.reason,
                compromised_since=None if change.since is None else instant_text(change.since),
            )
        )

    def keep_resignature(self, made: Resignature) -> None:
        """Keep new signed bytes of an award beside those that were issued."""
        kept = tables.resignatures.c
        last = self._connection.execute(
            select(func.max(kept.revision)).where(kept.number == made.number)
        ).scalar()
        self._connection.execute(
            insert(tables.resignatures).values(
                number=made.number,
                revision=(last or 0) + 1,
                sha256=made.sha256,
                digest_sri=made.digest_sri,
                verification_method=made.verification_method,
                credential=made.credential,
                root=made.root,
                at=instant_text(made.at),
                by=made.by,
            )
        )

    def resignatures(self, number: str) -> Sequence[Resignature]:
        """Give the signed bytes that followed those that were issued, oldest first."""
        kept = tables.resignatures.c
        query = select(tables.resignatures).where(kept.number == number).order_by(kept.revision)
        return [
            Resignature(
                number=row.number,
                credential=bytes(row.credential),
                sha256=row.sha256,
                digest_sri=row.digest_sri,
                verification_method=row.verification_method,
                root=row.root,
                at=instant(row.at),
                by=row.by,
            )
            for row in self._connection.execute(query)
        ]

    def issued_credential(self, number: str) -> bytes | None:
        """Give the bytes of an award as they were issued, or None."""
        kept = tables.awards.c
        return as_bytes(
            self._connection.execute(select(kept.credential).where(kept.number == number)).scalar()
        )

    def credential_of_digest(self, digest_sri: str) -> bytes | None:
        """Give the stored bytes, of whatever revision, that have this digest; or None."""
        for kept in (tables.awards.c, tables.resignatures.c):
            found = self._connection.execute(select(kept.credential).where(kept.digest_sri == digest_sri))
            credential = as_bytes(found.scalar())
            if credential is not None:
                return credential
        return None

    def signed_with(self, verification_method: str) -> Sequence[Award]:
        """Give the awards whose newest signature is of this key, in order of their numbers."""
        kept, later = tables.awards.c, tables.resignatures.c
        query = select(later.number, later.verification_method).order_by(later.revision)
        newest: dict[str, str] = {
            row.number: row.verification_method for row in self._connection.execute(query)
        }
        columns = [column for column in tables.awards.columns if column.name != "credential"]
        rows = self._connection.execute(select(*columns).order_by(kept.year, kept.sequence))
        return [
            award_from(row)
            for row in rows
            if verification_method in newest.get(row.number, row.verification_method).split()
        ]

    def drop_prepared(self) -> int:
        """Forget every signed form that was made beforehand; give how many there were."""
        return self._connection.execute(delete(tables.prepared_exports)).rowcount
