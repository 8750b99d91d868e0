"""Signed forms of awards, made where the key is and handed out where it is not.

Revision: 0004
Previous: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "prepared_exports",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["awards.number"], name=op.f("fk_prepared_exports_number")),
        sa.PrimaryKeyConstraint("number", "format", name=op.f("pk_prepared_exports")),
    )


def downgrade() -> None:
    op.drop_table("prepared_exports")
