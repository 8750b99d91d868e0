"""The register: certifications, records, plans, awards, states, keys, trust, trail."""

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from issuer.adapters.db.tables.base import metadata

# Instants are text, ISO 8601 in UTC with "Z": the same on every database, and sorted by value.

settings = Table(
    "settings",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

certifications = Table(
    "certifications",
    metadata,
    Column("code", String, primary_key=True),
    Column("version", String, primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("digest", String, nullable=False),
    Column("document", Text, nullable=False),
    Column("imported_at", String, nullable=False),
    UniqueConstraint("code", "digest"),
)

imports = Table(
    "imports",
    metadata,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("certification", String, nullable=False),
    Column("detected", Text, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("imported_at", String, nullable=False),
    Column("imported_by", String, nullable=False),
)

# Revisions: a corrected candidate or session is a new row; the highest revision counts.
candidates = Table(
    "candidates",
    metadata,
    Column("id", String, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("import_id", ForeignKey("imports.id"), nullable=False),
    Column("document", Text, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String, primary_key=True),
    Column("certification", String, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("import_id", ForeignKey("imports.id"), nullable=False),
    Column("document", Text, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("import_id", ForeignKey("imports.id"), nullable=False),
    Column("certification", String, nullable=False),
    Column("session", String, nullable=False),
    Column("candidate_id", String, nullable=False),
    Column("component", String, nullable=False),
    Column("document", Text, nullable=False),
    Column("reasons", Text, nullable=False),
    Index("ix_decisions_certification_session", "certification", "session"),
    Index("ix_decisions_candidate_id", "candidate_id"),
)

annulments = Table(
    "annulments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("import_id", ForeignKey("imports.id"), nullable=False),
    Column("certification", String, nullable=False),
    Column("candidate_id", String, nullable=False),
    Column("document", Text, nullable=False),
)

plans = Table(
    "plans",
    metadata,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("certification", String, nullable=False),
    Column("session", String),
    Column("content", Text, nullable=False),
    Column("approved_at", String, nullable=False),
    Column("approved_by", String, nullable=False),
)

awards = Table(
    "awards",
    metadata,
    Column("number", String, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("token", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("component", String, nullable=False),
    Column("certification", String, nullable=False),
    Column("certification_version", String, nullable=False),
    Column("candidate_id", String, nullable=False),
    Column("holder", String, nullable=False),
    Column("decided_on", Date, nullable=False),
    Column("session", String, nullable=False),
    Column("issued_at", String, nullable=False),
    Column("state", String, nullable=False),
    Column("state_since", String),
    Column("reason", String),
    Column("credential_id", String, nullable=False, unique=True),
    Column("status_list", String, nullable=False),
    Column("status_index", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("digest_sri", String, nullable=False, unique=True),
    Column("resource_id", String, nullable=False, unique=True),
    Column("subject_id", String, nullable=False),
    Column("plan", ForeignKey("plans.id"), nullable=False),
    Column("verification_method", String, nullable=False),
    Column("credential", LargeBinary, nullable=False),
    UniqueConstraint("year", "sequence"),
    UniqueConstraint("status_list", "status_index"),
    # One live award per person, certification and component: held by the database itself.
    Index(
        "uq_awards_live",
        "candidate_id",
        "certification",
        "component",
        unique=True,
        sqlite_where=text("state IN ('valid', 'suspended')"),
        postgresql_where=text("state IN ('valid', 'suspended')"),
    ),
)

status_events = Table(
    "status_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", ForeignKey("awards.number"), nullable=False),
    Column("state", String, nullable=False),
    Column("reason", String),
    Column("note", Text),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
    Index("ix_status_events_number", "number"),
)

status_lists = Table(
    "status_lists",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("media_type", String, nullable=False),
    Column("etag", String, nullable=False),
    Column("published_at", String, nullable=False),
    Column("valid_until", String),
    Index("ix_status_lists_name", "name"),
)

# A list of suspensions shares the indexes of the list of withdrawals that it is beside: its numbering.
status_openings = Table(
    "status_openings",
    metadata,
    Column("name", String, primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("numbering", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("opened_at", String, nullable=False),
    UniqueConstraint("numbering", "purpose"),
)

# Set bits of no award; triggers see to it that no award ever takes one of these indexes.
status_decoys = Table(
    "status_decoys",
    metadata,
    Column("numbering", String, primary_key=True),
    Column("status_index", Integer, primary_key=True),
    Column("name", ForeignKey("status_openings.name"), nullable=False),
    Column("set_at", String, nullable=False),
    Index("ix_status_decoys_name", "name"),
)

# Each row clears a decoy that is set, or sets it again: those of a list of suspensions come and go.
status_decoy_turns = Table(
    "status_decoy_turns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("numbering", String, nullable=False),
    Column("status_index", Integer, nullable=False),
    Column("turned_at", String, nullable=False),
    ForeignKeyConstraint(
        ["numbering", "status_index"], ["status_decoys.numbering", "status_decoys.status_index"]
    ),
    Index("ix_status_decoy_turns_numbering_status_index", "numbering", "status_index"),
)

# Under which identifier an award was handed out, where that is not its own.
exported_documents = Table(
    "exported_documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("number", ForeignKey("awards.number"), nullable=False),
    Column("exported_at", String, nullable=False),
)

short_codes = Table(
    "short_codes",
    metadata,
    Column("number", ForeignKey("awards.number"), primary_key=True),
    Column("code", String, nullable=False, unique=True),
)

# Files that we made: any other file with the same credential inside is not ours.
papers = Table(
    "papers",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("number", ForeignKey("awards.number"), nullable=False),
    Column("duplicate", String),
    Column("made_at", String, nullable=False),
    Index("ix_papers_number", "number"),
)

duplicates = Table(
    "duplicates",
    metadata,
    Column("paper_number", String, primary_key=True),
    Column("number", ForeignKey("awards.number"), nullable=False),
    Column("reason", String, nullable=False),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
    Index("ix_duplicates_number", "number"),
)

replacements = Table(
    "replacements",
    metadata,
    Column("old", ForeignKey("awards.number"), primary_key=True),
    Column("new", ForeignKey("awards.number"), nullable=False, unique=True),
    Column("reason", String, nullable=False),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
)

# The last row of a person counts. Not append-only: an address is kept no longer than it is needed.
addresses = Table(
    "addresses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("candidate_id", String, nullable=False),
    Column("mail", String),
    Column("folded", String),
    Column("source", String, nullable=False),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
    Index("ix_addresses_candidate_id", "candidate_id"),
    Index("ix_addresses_folded", "folded"),
)

# The last row of an award counts; without one its link is on.
link_switches = Table(
    "link_switches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", ForeignKey("awards.number"), nullable=False),
    Column("opened", Integer, nullable=False),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
    Index("ix_link_switches_number", "number"),
)

shares = Table(
    "shares",
    metadata,
    Column("id", String, primary_key=True),
    Column("token", String, nullable=False, unique=True),
    Column("candidate_id", String, nullable=False),
    Column("label", Text, nullable=False),
    Column("created_at", String, nullable=False),
    Column("until", String),
    Column("closed_at", String),
    Column("views", Integer, nullable=False),
    Index("ix_shares_candidate_id", "candidate_id"),
)

share_awards = Table(
    "share_awards",
    metadata,
    Column("share_id", ForeignKey("shares.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("number", ForeignKey("awards.number"), nullable=False),
)

# Digests of secrets alone: who reads the register enters nobody's space.
entries = Table(
    "entries",
    metadata,
    Column("secret_sha256", String, primary_key=True),
    Column("candidate_id", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("ends_at", String, nullable=False),
    Column("used_at", String),
    Index("ix_entries_candidate_id", "candidate_id"),
)

holder_sessions = Table(
    "holder_sessions",
    metadata,
    Column("secret_sha256", String, primary_key=True),
    Column("candidate_id", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("ends_at", String, nullable=False),
    Column("used_at", String),
)

choices = Table(
    "choices",
    metadata,
    Column("number", ForeignKey("awards.number"), primary_key=True),
    Column("choice", String, primary_key=True),
    Column("wanted", Integer, nullable=False),
)

first_openings = Table(
    "first_openings",
    metadata,
    Column("number", ForeignKey("awards.number"), primary_key=True),
    Column("opened_at", String, nullable=False),
)

notices = Table(
    "notices",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("candidate_id", String),
    Column("numbers", Text, nullable=False),
    Column("mail", String, nullable=False),
    Column("state", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("changed_at", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("trouble", String),
    Index("ix_notices_state", "state"),
    Index("ix_notices_candidate_id", "candidate_id"),
)

doubts = Table(
    "doubts",
    metadata,
    Column("id", String, primary_key=True),
    Column("number", ForeignKey("awards.number")),
    Column("text", Text, nullable=False),
    Column("contact", Text),
    Column("at", String, nullable=False),
    Column("closed_at", String),
    Column("closed_by", String),
)

# Derived and signed: made anew at will, gone with the award's person.
prepared_exports = Table(
    "prepared_exports",
    metadata,
    Column("number", ForeignKey("awards.number"), primary_key=True),
    Column("format", String, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("made_at", String, nullable=False),
)

keys = Table(
    "keys",
    metadata,
    Column("name", String, primary_key=True),
    Column("public_key_multibase", String, nullable=False, unique=True),
    Column("algorithm", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("state", String, nullable=False),
    Column("changed_at", String),
    Column("reason", Text),
    Column("purpose", String, nullable=False, server_default="assertionMethod"),
    Column("custody", String, nullable=False, server_default="file"),
    Column("compromised_since", String),
)

trust = Table(
    "trust",
    metadata,
    Column("did", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("url", String),
    Column("did_document", Text),
    Column("since", String, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("details", Text, nullable=False),
    Column("previous", String, nullable=False, unique=True),
    Column("hash", String, nullable=False, unique=True),
    Index("ix_audit_subject", "subject"),
)

# The last entry of the audit chain, kept a second time: a chain cut at its end shows.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entry", Text, nullable=False),
)
