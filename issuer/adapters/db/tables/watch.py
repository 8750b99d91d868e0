"""What the service sees of itself: backups made, canary awards, and what each watch found."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from issuer.adapters.db.tables.base import metadata

backups = Table(
    "backups",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("made_at", String, nullable=False),
    Column("by", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("audit_sequence", Integer, nullable=False),
)

canaries = Table(
    "canaries",
    metadata,
    Column("role", String, primary_key=True),
    Column("number", ForeignKey("awards.number"), nullable=False, unique=True),
    Column("at", String, nullable=False),
)

# Kept for a year: what a watch saw is no act.
watch_runs = Table(
    "watch_runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("ok", Boolean, nullable=False),
    Column("findings", Text, nullable=False),
    Index("ix_watch_runs_at", "at"),
)
