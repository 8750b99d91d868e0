"""Records that are being corrected at the desk, and column maps that were kept."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from issuer.adapters.db.tables.base import metadata

# Personal data that nobody has decided on yet: gone when taken in, or when its time is over.
drafts = Table(
    "drafts",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("source", String, nullable=False),
    Column("certification", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("typed", Boolean, nullable=False),
    Column("made_at", String, nullable=False),
    Column("made_by", String, nullable=False),
    Column("choice", Text),
    Column("map_version", Integer),
    Column("order", String),
)

draft_corrections = Table(
    "draft_corrections",
    metadata,
    Column("draft", ForeignKey("drafts.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("row", Integer, nullable=False),
    Column("cells", Text, nullable=False),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
)

column_maps = Table(
    "column_maps",
    metadata,
    Column("source", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("choice", Text, nullable=False),
    Column("kept_at", String, nullable=False),
    Column("kept_by", String, nullable=False),
)

# They hold names: what stays for good is their digest, in the order or in the audit log.
proposed_plans = Table(
    "proposed_plans",
    metadata,
    Column("digest", String, primary_key=True),
    Column("content", Text, nullable=False),
    Column("proposed_at", String, nullable=False),
)

season_reports = Table(
    "season_reports",
    metadata,
    Column("id", String, primary_key=True),
    Column("certification", String, nullable=False),
    Column("session", String),
    Column("content", Text, nullable=False),
    Column("sha256", String, nullable=False),
    Column("csv_sha256", String, nullable=False),
    Column("made_at", String, nullable=False),
    Column("made_by", String, nullable=False),
)
