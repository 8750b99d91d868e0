"""Accounts of those who work at the desk.

Revision: 0006
Previous: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

APPEND_ONLY = ("staff_accounts", "staff_changes")


def upgrade() -> None:
    op.create_table(
        "staff_accounts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_accounts")),
    )
    op.create_table(
        "staff_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("system_login", sa.String(), nullable=True),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("order", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["staff_accounts.id"], name=op.f("fk_staff_changes_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_changes")),
    )
    op.create_index("ix_staff_changes_account", "staff_changes", ["account"], unique=False)
    op.create_table(
        "staff_secrets",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("otp_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("otp_step", sa.Integer(), nullable=True),
        sa.Column("since", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["staff_accounts.id"], name=op.f("fk_staff_secrets_account")),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_staff_secrets")),
    )
    op.create_table(
        "staff_recovery_codes",
        sa.Column("code_sha256", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["staff_accounts.id"], name=op.f("fk_staff_recovery_codes_account")
        ),
        sa.PrimaryKeyConstraint("code_sha256", name=op.f("pk_staff_recovery_codes")),
    )
    op.create_index("ix_staff_recovery_codes_account", "staff_recovery_codes", ["account"], unique=False)
    op.create_table(
        "staff_invitations",
        sa.Column("secret_sha256", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("otp_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("ends_at", sa.String(), nullable=False),
        sa.Column("used_at", sa.String(), nullable=True),
        sa.Column("needs_code", sa.Integer(), nullable=False),
        sa.Column("code_sha256", sa.String(), nullable=True),
        sa.Column("code_by", sa.String(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["staff_accounts.id"], name=op.f("fk_staff_invitations_account")
        ),
        sa.PrimaryKeyConstraint("secret_sha256", name=op.f("pk_staff_invitations")),
    )
    op.create_index("ix_staff_invitations_account", "staff_invitations", ["account"], unique=False)
    op.create_table(
        "staff_sessions",
        sa.Column("secret_sha256", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("opened_at", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.String(), nullable=False),
        sa.Column("seen_at", sa.String(), nullable=False),
        sa.Column("ends_at", sa.String(), nullable=False),
        sa.Column("ended_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["staff_accounts.id"], name=op.f("fk_staff_sessions_account")),
        sa.PrimaryKeyConstraint("secret_sha256", name=op.f("pk_staff_sessions")),
        sa.UniqueConstraint("id", name=op.f("uq_staff_sessions_id")),
    )
    op.create_index("ix_staff_sessions_account", "staff_sessions", ["account"], unique=False)
    op.create_table(
        "staff_browsers",
        sa.Column("secret_sha256", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("ends_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["staff_accounts.id"], name=op.f("fk_staff_browsers_account")),
        sa.PrimaryKeyConstraint("secret_sha256", name=op.f("pk_staff_browsers")),
    )
    op.create_index("ix_staff_browsers_account", "staff_browsers", ["account"], unique=False)
    op.create_table(
        "staff_tries",
        sa.Column("whose", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.String(), nullable=False),
        sa.Column("wait_until", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("whose", name=op.f("pk_staff_tries")),
    )
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
    op.drop_table("staff_tries")
    for table in ("browsers", "sessions", "invitations", "recovery_codes"):
        op.drop_index(f"ix_staff_{table}_account", table_name=f"staff_{table}")
        op.drop_table(f"staff_{table}")
    op.drop_table("staff_secrets")
    op.drop_index("ix_staff_changes_account", table_name="staff_changes")
    op.drop_table("staff_changes")
    op.drop_table("staff_accounts")
