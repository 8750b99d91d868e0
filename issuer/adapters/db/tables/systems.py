"""What comes from other systems: equivalences between fiches, programs and what they sent, older awards."""

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from issuer.adapters.db.tables.base import metadata

equivalences = Table(
    "equivalences",
    metadata,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("from_fiche", String, nullable=False),
    Column("to_fiche", String, nullable=False),
    Column("blocks", Text, nullable=False),
    Column("basis", String, nullable=False),
    Column("reference", Text, nullable=False),
    Column("approved_at", String, nullable=False),
    Column("approved_by", String, nullable=False),
    Column("proposed_by", String, nullable=False),
)

equivalence_ends = Table(
    "equivalence_ends",
    metadata,
    Column("equivalence", ForeignKey("equivalences.id"), primary_key=True),
    Column("ended_at", String, nullable=False),
    Column("ended_by", String, nullable=False),
    Column("note", Text, nullable=False),
)

programs = Table(
    "programs",
    metadata,
    Column("name", String, primary_key=True),
    Column("digest", String, nullable=False, unique=True),
    Column("scopes", Text, nullable=False),
    Column("made_at", String, nullable=False),
    Column("made_by", String, nullable=False),
)

program_ends = Table(
    "program_ends",
    metadata,
    Column("program", ForeignKey("programs.name"), primary_key=True),
    Column("ended_at", String, nullable=False),
    Column("ended_by", String, nullable=False),
)

# The answer of a request that named a key: asked again with the same key, it is given again.
program_answers = Table(
    "program_answers",
    metadata,
    Column("program", ForeignKey("programs.name"), primary_key=True),
    Column("key", String, primary_key=True),
    Column("request", String, nullable=False),
    Column("status", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_at", String, nullable=False),
)

earlier_awards = Table(
    "earlier_awards",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("import_id", ForeignKey("imports.id"), nullable=False, index=True),
    Column("candidate_id", String, nullable=False),
    Column("certification", String, nullable=False),
    Column("component", String, nullable=False),
    Column("decided_on", Date, nullable=False),
    Column("document", Text, nullable=False),
    UniqueConstraint("candidate_id", "certification", "component"),
)
