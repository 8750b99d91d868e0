"""Several status lists, each with an end, and decoys among their bits; identifiers of exported documents.

Revision: 0002
Previous: 0001

Nothing is taken away: a list that was published before stays as it is, with no end, until it is signed again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("status_openings", "status_decoys", "status_decoy_turns", "exported_documents")

TAKEN = {
    "awards_no_decoy": (
        "awards",
        "SELECT 1 FROM status_decoys WHERE numbering = NEW.status_list AND status_index = NEW.status_index",
        "an award never takes the index of a decoy",
    ),
    "status_decoys_no_award": (
        "status_decoys",
        "SELECT 1 FROM awards WHERE status_list = NEW.numbering AND status_index = NEW.status_index",
        "a decoy never takes the index of an award",
    ),
}


def upgrade() -> None:
    op.create_table(
        "status_openings",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("numbering", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("opened_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_status_openings")),
        sa.UniqueConstraint("position", name=op.f("uq_status_openings_position")),
        sa.UniqueConstraint("numbering", "purpose", name=op.f("uq_status_openings_numbering_purpose")),
    )
    op.create_table(
        "status_decoys",
        sa.Column("numbering", sa.String(), nullable=False),
        sa.Column("status_index", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("set_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["name"], ["status_openings.name"], name=op.f("fk_status_decoys_name")),
        sa.PrimaryKeyConstraint("numbering", "status_index", name=op.f("pk_status_decoys")),
    )
    op.create_index("ix_status_decoys_name", "status_decoys", ["name"], unique=False)
    op.create_table(
        "status_decoy_turns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("numbering", sa.String(), nullable=False),
        sa.Column("status_index", sa.Integer(), nullable=False),
        sa.Column("turned_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["numbering", "status_index"],
            ["status_decoys.numbering", "status_decoys.status_index"],
            name=op.f("fk_status_decoy_turns_numbering"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_decoy_turns")),
    )
    op.create_index(
        "ix_status_decoy_turns_numbering_status_index",
        "status_decoy_turns",
        ["numbering", "status_index"],
        unique=False,
    )
    op.create_table(
        "exported_documents",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("exported_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["awards.number"], name=op.f("fk_exported_documents_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exported_documents")),
    )
    # The table is altered in place: made anew, it would lose the triggers that keep it append-only.
    op.add_column("status_lists", sa.Column("valid_until", sa.String(), nullable=True))
    op.execute(
        "INSERT INTO status_openings (name, position, numbering, purpose, opened_at) "
        "SELECT name, 1, name, 'revocation', min(published_at) FROM status_lists GROUP BY name"
    )
    for name, (table, found, message) in TAKEN.items():
        op.execute(
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN EXISTS ({found}) "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def downgrade() -> None:
    for name in (*TAKEN, *(f"{table}_no_{verb}" for table in APPEND_ONLY for verb in ("update", "delete"))):
        op.execute(f"DROP TRIGGER {name}")
    op.drop_column("status_lists", "valid_until")
    op.drop_table("exported_documents")
    op.drop_index("ix_status_decoy_turns_numbering_status_index", table_name="status_decoy_turns")
    op.drop_table("status_decoy_turns")
    op.drop_index("ix_status_decoys_name", table_name="status_decoys")
    op.drop_table("status_decoys")
    op.drop_table("status_openings")
