"""Signed roots over the trail, in the register (the ``EvidenceRegistry`` port)."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, text

from issuer.adapters.db import tables
from issuer.adapters.db.rows import as_bytes
from issuer.domain.published_root import SignedRoot


class SqlEvidenceRegistry:
    """The part of a transaction that keeps them."""

    _connection: Connection

    def roots(self) -> Sequence[bytes]:
        """Give the signed bytes of every root, the first one first."""
        kept = tables.roots.c
        bodies = self._connection.execute(select(kept.body).order_by(kept.number)).scalars()
        return [as_bytes(body) or b"" for body in bodies]

    def root(self, number: int) -> bytes | None:
        """Give the signed bytes of a root by its number, or None."""
        kept = tables.roots.c
        return as_bytes(self._connection.execute(select(kept.body).where(kept.number == number)).scalar())

    def keep_root(self, root: SignedRoot) -> None:
        """Append a root."""
        self._connection.execute(
            insert(tables.roots).values(number=root.root.number, sha256=root.sha256, body=root.body)
        )

    def exported_documents(self) -> Sequence[tuple[str, str]]:
        """Give every identifier under which a form of an award was handed out, and the award's number."""
        kept = tables.exported_documents.c
        rows = self._connection.execute(select(kept.id, kept.number).order_by(kept.id))
        return [(row.id, row.number) for row in rows]

    def schema_revision(self) -> str:
        """Give the revision of the schema in which the register is kept now."""
        revision = self._connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(revision)
