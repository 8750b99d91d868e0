"""Who works at the desk: accounts, their secrets, sessions."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from issuer.adapters.db.tables.base import metadata

staff_accounts = Table(
    "staff_accounts",
    metadata,
    Column("id", String, primary_key=True),
    Column("created_at", String, nullable=False),
    Column("created_by", String, nullable=False),
)

staff_changes = Table(
    "staff_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", ForeignKey("staff_accounts.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("roles", String, nullable=False),
    Column("system_login", String),
    Column("active", Integer, nullable=False),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
    Column("order", String),
    Column("note", Text),
    Index("ix_staff_changes_account", "account"),
)

staff_secrets = Table(
    "staff_secrets",
    metadata,
    Column("account", ForeignKey("staff_accounts.id"), primary_key=True),
    Column("password_hash", String),
    Column("otp_sealed", LargeBinary),
    Column("otp_step", Integer),
    Column("since", String, nullable=False),
)

staff_recovery_codes = Table(
    "staff_recovery_codes",
    metadata,
    Column("code_sha256", String, primary_key=True),
    Column("account", ForeignKey("staff_accounts.id"), nullable=False),
    Index("ix_staff_recovery_codes_account", "account"),
)

staff_invitations = Table(
    "staff_invitations",
    metadata,
    Column("secret_sha256", String, primary_key=True),
    Column("account", ForeignKey("staff_accounts.id"), nullable=False),
    Column("otp_sealed", LargeBinary, nullable=False),
    Column("created_at", String, nullable=False),
    Column("created_by", String, nullable=False),
    Column("ends_at", String, nullable=False),
    Column("used_at", String),
    Column("needs_code", Integer, nullable=False),
    Column("code_sha256", String),
    Column("code_by", String),
    Column("tries", Integer, nullable=False),
    Index("ix_staff_invitations_account", "account"),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("secret_sha256", String, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("account", ForeignKey("staff_accounts.id"), nullable=False),
    Column("method", String, nullable=False),
    Column("opened_at", String, nullable=False),
    Column("confirmed_at", String, nullable=False),
    Column("seen_at", String, nullable=False),
    Column("ends_at", String, nullable=False),
    Column("ended_at", String),
    Index("ix_staff_sessions_account", "account"),
)

staff_browsers = Table(
    "staff_browsers",
    metadata,
    Column("secret_sha256", String, primary_key=True),
    Column("account", ForeignKey("staff_accounts.id"), nullable=False),
    Column("created_at", String, nullable=False),
    Column("ends_at", String, nullable=False),
    Index("ix_staff_browsers_account", "account"),
)

staff_tries = Table(
    "staff_tries",
    metadata,
    Column("whose", String, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", String, nullable=False),
    Column("wait_until", String),
)
