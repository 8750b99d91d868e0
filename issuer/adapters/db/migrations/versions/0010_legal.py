"""Civil data, deposits, and what erasure leaves.

Revision: 0010
Previous: 0009

The triggers that keep the register append-only let one change through, and no other: where the person's
tombstone stands, a row may be written over by what is left of it when the person's data are taken out. What
is left is computed by the trigger itself, from the old row; any other value, or any other column, is refused.
A missing value never opens a trigger: rows are compared with IS, which is never unknown.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

APPEND_ONLY = ("cpf_files", "cpf_rows", "erasures")

TOMBSTONE = "EXISTS (SELECT 1 FROM erasures WHERE candidate_id = OLD.{column})"
OF_AWARD = (
    "EXISTS (SELECT 1 FROM erasures JOIN awards ON awards.candidate_id = erasures.candidate_id "
    "WHERE awards.number = OLD.number)"
)
IN_PLAN = (
    "EXISTS (SELECT 1 FROM json_each(OLD.content, '$.candidates') AS part JOIN erasures "
    "ON erasures.candidate_id = json_extract(part.value, '$.candidate'))"
)

BLANK_CANDIDATE = (
    "json_replace(OLD.document, '$.birth_name', '', '$.given_names', '', '$.usage_name', NULL, "
    "'$.latin_name', NULL, '$.birth_date', NULL, '$.email', NULL, '$.entry_date', NULL, "
    "'$.reentry_date', NULL, '$.enrolled_blocks', json('[]'), '$.deceased_on', NULL, "
    "'$.not_same_as', json('[]'))"
)
BLANK_DECISION = (
    "json_replace(OLD.document, '$.family_name', '', '$.given_names', '', '$.birth_date', NULL, "
    "'$.mention', NULL)"
)
BLANK_ANNULMENT = "json_replace(OLD.document, '$.ground', '')"
BLANK_PLAN = (
    "json_replace(OLD.content, '$.candidates', (SELECT json_group_array(json(CASE WHEN EXISTS "
    "(SELECT 1 FROM erasures WHERE candidate_id = json_extract(part.value, '$.candidate')) THEN "
    "json_object('candidate', json_extract(part.value, '$.candidate'), 'erased', json('true')) "
    "ELSE part.value END)) FROM json_each(OLD.content, '$.candidates') AS part))"
)

AWARD_FACTS = (
    "number, year, sequence, token, kind, component, certification, certification_version, candidate_id, "
    "holder, decided_on, session, issued_at, credential_id, status_list, status_index, sha256, digest_sri, "
    "resource_id, subject_id, plan, verification_method, credential"
)
AWARD_STATE = ("state", "state_since", "reason")
AWARD_BLANKED = ("holder", "credential")

# Table: the condition under which it may be blanked, what stays, and what takes the place of the rest.
BLANKED = {
    "candidates": (
        TOMBSTONE.format(column="id"),
        ("id", "revision", "import_id"),
        {"document": BLANK_CANDIDATE},
    ),
    "decisions": (
        TOMBSTONE.format(column="candidate_id"),
        ("id", "import_id", "certification", "session", "candidate_id", "component"),
        {"document": BLANK_DECISION, "reasons": "'[]'"},
    ),
    "annulments": (
        TOMBSTONE.format(column="candidate_id"),
        ("id", "import_id", "certification", "candidate_id"),
        {"document": BLANK_ANNULMENT},
    ),
    "plans": (
        IN_PLAN,
        ("id", "position", "certification", "session", "approved_at", "approved_by"),
        {"content": BLANK_PLAN},
    ),
    "status_events": (
        OF_AWARD,
        ("id", "number", "state", "reason", "at", "by"),
        {"note": "NULL"},
    ),
    "cpf_answers": (
        OF_AWARD,
        ("id", "technical_id", "number", "accepted", "code", "source_sha256", "at", "by"),
        {"message": "NULL"},
    ),
}
BEFORE = ("candidates", "decisions", "annulments", "plans", "status_events")
"""Those that were append-only without any exception until now."""

RETURNS = {"candidates": "id", "decisions": "candidate_id", "annulments": "candidate_id"}


def upgrade() -> None:
    _tables()
    for table in BEFORE:
        op.execute(f"DROP TRIGGER {table}_no_update")
    for table, (condition, stays, blanks) in BLANKED.items():
        allowed = _allowed(condition, stays, blanks)
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN NOT ({allowed}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    op.execute(
        "CREATE TRIGGER cpf_answers_no_delete BEFORE DELETE ON cpf_answers "
        "BEGIN SELECT RAISE(ABORT, 'cpf_answers is append-only'); END"
    )
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    _awards()
    for table, column in RETURNS.items():
        op.execute(
            f"CREATE TRIGGER {table}_no_return BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM erasures WHERE candidate_id = NEW.{column}) "
            "BEGIN SELECT RAISE(ABORT, 'the data of this person were erased'); END"
        )


def downgrade() -> None:
    for table in RETURNS:
        op.execute(f"DROP TRIGGER {table}_no_return")
    for name in ("awards_no_update", "awards_no_return"):
        op.execute(f"DROP TRIGGER {name}")
    op.execute(
        f"CREATE TRIGGER awards_no_update BEFORE UPDATE OF {AWARD_FACTS} ON awards "
        "BEGIN SELECT RAISE(ABORT, 'an award never changes but in its state'); END"
    )
    for table in BEFORE:
        op.execute(f"DROP TRIGGER {table}_no_update")
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    for table in ("cpf_answers", *APPEND_ONLY):
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{verb}")
    op.drop_table("erasures")
    op.drop_index("ix_cpf_answers_technical_id", table_name="cpf_answers")
    op.drop_table("cpf_answers")
    op.drop_index("ix_cpf_rows_number", table_name="cpf_rows")
    op.drop_table("cpf_rows")
    op.drop_table("cpf_files")
    op.drop_table("civil_data")


def _allowed(condition: str, stays: tuple[str, ...], blanks: dict[str, str]) -> str:
    same = [f"NEW.{name} IS OLD.{name}" for name in stays]
    blank = [f"NEW.{name} IS {value}" for name, value in blanks.items()]
    return " AND ".join([condition, *same, *blank])


def _awards() -> None:
    facts = [name.strip() for name in AWARD_FACTS.split(",")]
    stays = tuple(name for name in (*facts, *AWARD_STATE) if name not in AWARD_BLANKED)
    allowed = _allowed(TOMBSTONE.format(column="candidate_id"), stays, {"holder": "''", "credential": "x''"})
    op.execute("DROP TRIGGER awards_no_update")
    op.execute(
        f"CREATE TRIGGER awards_no_update BEFORE UPDATE OF {AWARD_FACTS} ON awards WHEN NOT ({allowed}) "
        "BEGIN SELECT RAISE(ABORT, 'an award never changes but in its state'); END"
    )
    # Of an award whose person was erased, the one thing that can still happen is that it is withdrawn.
    op.execute(
        f"CREATE TRIGGER awards_no_return BEFORE UPDATE OF {', '.join(AWARD_STATE)} ON awards WHEN "
        f"NEW.state IS NOT OLD.state AND {TOMBSTONE.format(column='candidate_id')} "
        "AND (OLD.state IN ('revoked', 'replaced') OR NEW.state IS NOT 'revoked') "
        "BEGIN SELECT RAISE(ABORT, 'an erased award never comes back'); END"
    )


def _tables() -> None:
    op.create_table(
        "civil_data",
        sa.Column("candidate_id", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("taken_in_at", sa.String(), nullable=False),
        sa.Column("taken_in_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id", name=op.f("pk_civil_data")),
    )
    op.create_table(
        "cpf_files",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("schema_version", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cpf_files")),
        sa.UniqueConstraint("position", name=op.f("uq_cpf_files_position")),
        sa.UniqueConstraint("sha256", name=op.f("uq_cpf_files_sha256")),
    )
    op.create_table(
        "cpf_rows",
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("technical_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["cpf_files.id"], name=op.f("fk_cpf_rows_file_id")),
        sa.ForeignKeyConstraint(["number"], ["awards.number"], name=op.f("fk_cpf_rows_number")),
        sa.PrimaryKeyConstraint("file_id", "technical_id", name=op.f("pk_cpf_rows")),
    )
    op.create_index("ix_cpf_rows_number", "cpf_rows", ["number"], unique=False)
    op.create_table(
        "cpf_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("technical_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("source_sha256", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["awards.number"], name=op.f("fk_cpf_answers_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cpf_answers")),
    )
    op.create_index("ix_cpf_answers_technical_id", "cpf_answers", ["technical_id"], unique=False)
    op.create_table(
        "erasures",
        sa.Column("candidate_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("order_id", sa.String(), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("candidate_id", name=op.f("pk_erasures")),
    )
