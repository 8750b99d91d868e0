"""Civil data apart from the awards, deposits, and what erasure leaves."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from issuer.adapters.db.tables.base import metadata

# What the CPF feed needs and no document says. Not append-only: it is removed as soon as it has served.
civil_data = Table(
    "civil_data",
    metadata,
    Column("candidate_id", String, primary_key=True),
    Column("document", Text, nullable=False),
    Column("taken_in_at", String, nullable=False),
    Column("taken_in_by", String, nullable=False),
)

cpf_files = Table(
    "cpf_files",
    metadata,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("schema_version", String, nullable=False),
    Column("sha256", String, nullable=False, unique=True),
    Column("made_at", String, nullable=False),
    Column("made_by", String, nullable=False),
)

# Of what was sent, keyed digests alone.
cpf_rows = Table(
    "cpf_rows",
    metadata,
    Column("file_id", ForeignKey("cpf_files.id"), primary_key=True),
    Column("technical_id", String, primary_key=True),
    Column("number", ForeignKey("awards.number"), nullable=False),
    Column("digest", String, nullable=False),
    Index("ix_cpf_rows_number", "number"),
)

cpf_answers = Table(
    "cpf_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("technical_id", String, nullable=False),
    Column("number", ForeignKey("awards.number"), nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("code", String),
    Column("message", Text),
    Column("source_sha256", String, nullable=False),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
    Index("ix_cpf_answers_technical_id", "technical_id"),
)

# The tombstone of a person: from then on the triggers let their data be blanked, in one way only.
erasures = Table(
    "erasures",
    metadata,
    Column("candidate_id", String, primary_key=True),
    Column("reason", String, nullable=False),
    Column("order_id", String),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
)
