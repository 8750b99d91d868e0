"""Signed roots over the trail.

Revision: 0011
Previous: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roots",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_roots")),
        sa.UniqueConstraint("sha256", name=op.f("uq_roots_sha256")),
    )
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER roots_no_{verb.lower()} BEFORE {verb} ON roots "
            "BEGIN SELECT RAISE(ABORT, 'roots is append-only'); END"
        )


def downgrade() -> None:
    for verb in ("update", "delete"):
        op.execute(f"DROP TRIGGER roots_no_{verb}")
    op.drop_table("roots")
