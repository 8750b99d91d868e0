"""The register on SQLAlchemy Core: SQLite in WAL mode; the tables are portable SQL."""

from issuer.adapters.db.store import SqlStore, open_store

__all__ = ["SqlStore", "open_store"]
