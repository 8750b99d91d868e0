"""The register on SQLAlchemy Core: SQLite in WAL mode; the tables are portable SQL."""

from issuer.adapters.db.store import SqlStore, migrate_store, open_store, schema_revisions

__all__ = ["SqlStore", "migrate_store", "open_store", "schema_revisions"]
