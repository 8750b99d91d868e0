"""What one person asks and another decides, and how far it was carried out."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from issuer.adapters.db.tables.base import metadata

orders = Table(
    "orders",
    metadata,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("content", Text, nullable=False),
    Column("proposed_at", String, nullable=False),
    Column("proposed_by", String, nullable=False),
    Column("authors", Text, nullable=False),
    Column("note", Text),
)

# The last event of an order is its state.
order_events = Table(
    "order_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("order", ForeignKey("orders.id"), nullable=False),
    Column("state", String, nullable=False),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
    Column("note", Text),
    Column("details", Text, nullable=False),
    Index("ix_order_events_order", "order"),
)

# Written over with every step: what is kept of an order is its events.
order_progress = Table(
    "order_progress",
    metadata,
    Column("order", ForeignKey("orders.id"), primary_key=True),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("seen_at", String, nullable=False),
)
