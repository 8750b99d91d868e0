"""Signed roots over the trail."""

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from issuer.adapters.db.tables.base import metadata

roots = Table(
    "roots",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("sha256", String, nullable=False, unique=True),
    Column("body", LargeBinary, nullable=False),
)
