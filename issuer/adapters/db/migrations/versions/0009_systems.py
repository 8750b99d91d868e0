"""Equivalences of blocks, programs of the student system, older awards.

Revision: 0009
Previous: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

APPEND_ONLY = ("equivalences", "equivalence_ends", "programs", "program_ends", "earlier_awards")


def upgrade() -> None:
    op.create_table(
        "equivalences",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("from_fiche", sa.String(), nullable=False),
        sa.Column("to_fiche", sa.String(), nullable=False),
        sa.Column("blocks", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("approved_at", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equivalences")),
        sa.UniqueConstraint("position", name=op.f("uq_equivalences_position")),
    )
    op.create_table(
        "equivalence_ends",
        sa.Column("equivalence", sa.String(), nullable=False),
        sa.Column("ended_at", sa.String(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["equivalence"], ["equivalences.id"], name=op.f("fk_equivalence_ends_equivalence")
        ),
        sa.PrimaryKeyConstraint("equivalence", name=op.f("pk_equivalence_ends")),
    )
    op.create_table(
        "programs",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_programs")),
        sa.UniqueConstraint("digest", name=op.f("uq_programs_digest")),
    )
    op.create_table(
        "program_ends",
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("ended_at", sa.String(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["program"], ["programs.name"], name=op.f("fk_program_ends_program")),
        sa.PrimaryKeyConstraint("program", name=op.f("pk_program_ends")),
    )
    op.create_table(
        "program_answers",
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["program"], ["programs.name"], name=op.f("fk_program_answers_program")),
        sa.PrimaryKeyConstraint("program", "key", name=op.f("pk_program_answers")),
    )
    op.create_table(
        "earlier_awards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.String(), nullable=False),
        sa.Column("candidate_id", sa.String(), nullable=False),
        sa.Column("certification", sa.String(), nullable=False),
        sa.Column("component", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_earlier_awards_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_awards")),
        sa.UniqueConstraint(
            "candidate_id",
            "certification",
            "component",
            name=op.f("uq_earlier_awards_candidate_id_certification_component"),
        ),
    )
    op.create_index("ix_earlier_awards_import_id", "earlier_awards", ["import_id"])
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def downgrade() -> None:
    for table in APPEND_ONLY:
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{verb}")
    op.drop_index("ix_earlier_awards_import_id", table_name="earlier_awards")
    for table in (
        "earlier_awards",
        "program_answers",
        "program_ends",
        "programs",
        "equivalence_ends",
        "equivalences",
    ):
        op.drop_table(table)
