"""Where each key lies, since when one is compromised, and awards that were signed again.

Revision: 0012
Previous: 0011

A key's public half never changes, a key that signed credentials is never taken out, and a compromised one
never becomes anything else: the database refuses it, whoever writes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FIXED = ("name", "public_key_multibase", "algorithm", "created_at", "purpose", "custody")
RESIGNATURE_FACTS = ("number", "revision", "sha256", "digest_sri", "verification_method", "root", "at", "by")

TRIGGERS = {
    "keys_fixed": (
        f"BEFORE UPDATE OF {', '.join(FIXED)} ON keys",
        "of a key only its state ever changes",
    ),
    "keys_no_delete": (
        "BEFORE DELETE ON keys WHEN OLD.purpose = 'assertionMethod'",
        "a key that signed stays in the ledger",
    ),
    "keys_compromised_for_good": (
        "BEFORE UPDATE ON keys WHEN OLD.state = 'compromised'",
        "a compromised key stays compromised",
    ),
    # Where the person's tombstone stands (0010), the bytes may go, and nothing else may change.
    "resignatures_no_update": (
        "BEFORE UPDATE ON resignatures WHEN NOT ("
        "EXISTS (SELECT 1 FROM erasures JOIN awards ON awards.candidate_id = erasures.candidate_id "
        "WHERE awards.number = OLD.number) AND NEW.credential IS x'' AND "
        + " AND ".join(f"NEW.{name} IS OLD.{name}" for name in RESIGNATURE_FACTS)
        + ")",
        "resignatures is append-only",
    ),
    "resignatures_no_delete": ("BEFORE DELETE ON resignatures", "resignatures is append-only"),
}


def upgrade() -> None:
    op.add_column("keys", sa.Column("custody", sa.String(), nullable=False, server_default="file"))
    op.add_column("keys", sa.Column("compromised_since", sa.String(), nullable=True))
    op.create_table(
        "resignatures",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("digest_sri", sa.String(), nullable=False),
        sa.Column("verification_method", sa.String(), nullable=False),
        sa.Column("credential", sa.LargeBinary(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["awards.number"], name=op.f("fk_resignatures_number")),
        sa.PrimaryKeyConstraint("number", "revision", name=op.f("pk_resignatures")),
        sa.UniqueConstraint("digest_sri", name=op.f("uq_resignatures_digest_sri")),
    )
    for name, (event, message) in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, '{message}'); END")


def downgrade() -> None:
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    op.drop_table("resignatures")
    op.drop_column("keys", "compromised_since")
    op.drop_column("keys", "custody")
