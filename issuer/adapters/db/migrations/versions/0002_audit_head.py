"""The end of the audit chain, kept beside it: a chain cut at its end shows.

Revision: 0002
Previous: 0001
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = ("sequence", "at", "actor", "action", "subject", "details", "previous", "hash")


def upgrade() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    audit = sa.table("audit", *(sa.column(name) for name in COLUMNS))
    connection = op.get_bind()
    last = connection.execute(sa.select(audit).order_by(audit.c.sequence.desc()).limit(1)).one_or_none()
    if last is not None:
        entry = json.dumps(dict(last._mapping), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        connection.execute(sa.text("INSERT INTO audit_head (id, entry) VALUES (1, :entry)"), {"entry": entry})


def downgrade() -> None:
    op.drop_table("audit_head")
