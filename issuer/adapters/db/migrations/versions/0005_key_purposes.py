"""What each key may sign: credentials, as all of them did, or the receipts of verifications.

Revision: 0005
Previous: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "keys", sa.Column("purpose", sa.String(), nullable=False, server_default="assertionMethod")
    )


def downgrade() -> None:
    op.drop_column("keys", "purpose")
