"""What became of the keys: awards that were signed again because a key was compromised."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table

from issuer.adapters.db.tables.base import metadata

# The highest revision counts; the bytes that were issued stay where they are, in the award itself.
resignatures = Table(
    "resignatures",
    metadata,
    Column("number", ForeignKey("awards.number"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("digest_sri", String, nullable=False, unique=True),
    Column("verification_method", String, nullable=False),
    Column("credential", LargeBinary, nullable=False),
    Column("root", String, nullable=False),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
)
