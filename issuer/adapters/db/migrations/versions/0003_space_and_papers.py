"""Short codes, printed files, duplicates, replacements; the graduates' space; mails and reported doubts.

Revision: 0003
Previous: 0002

Every award that is there gets its short code, every person their address, as it was handed in last.
"""

import json
import secrets

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APPEND_ONLY = ("short_codes", "papers", "duplicates", "replacements", "link_switches")


def upgrade() -> None:
    op.create_table(
        "addresses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.String(), nullable=False),
        sa.Column("mail", sa.String(), nullable=True),
        sa.Column("folded", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
    )
    op.create_index("ix_addresses_candidate_id", "addresses", ["candidate_id"], unique=False)
    op.create_index("ix_addresses_folded", "addresses", ["folded"], unique=False)
    op.create_table(
        "entries",
        sa.Column("secret_sha256", sa.String(), nullable=False),
        sa.Column("candidate_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("ends_at", sa.String(), nullable=False),
        sa.Column("used_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("secret_sha256", name=op.f("pk_entries")),
    )
    op.create_index("ix_entries_candidate_id", "entries", ["candidate_id"], unique=False)
    op.create_table(
        "holder_sessions",
        sa.Column("secret_sha256", sa.String(), nullable=False),
        sa.Column("candidate_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("ends_at", sa.String(), nullable=False),
        sa.Column("used_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("secret_sha256", name=op.f("pk_holder_sessions")),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("candidate_id", sa.String(), nullable=True),
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.Column("mail", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index("ix_notices_candidate_id", "notices", ["candidate_id"], unique=False)
    op.create_index("ix_notices_state", "notices", ["state"], unique=False)
    op.create_table(
        "shares",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("candidate_id", sa.String(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("closed_at", sa.String(), nullable=True),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shares")),
        sa.UniqueConstraint("token", name=op.f("uq_shares_token")),
    )
    op.create_index("ix_shares_candidate_id", "shares", ["candidate_id"], unique=False)
    op.create_table(
        "choices",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["awards.number"], name=op.f("fk_choices_number")),
        sa.PrimaryKeyConstraint("number", "choice", name=op.f("pk_choices")),
    )
    op.create_table(
        "doubts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("closed_at", sa.String(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["number"], ["awards.number"], name=op.f("fk_doubts_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubts")),
    )
    op.create_table(
        "duplicates",
        sa.Column("paper_number", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["awards.number"], name=op.f("fk_duplicates_number")),
        sa.PrimaryKeyConstraint("paper_number", name=op.f("pk_duplicates")),
    )
    op.create_index("ix_duplicates_number", "duplicates", ["number"], unique=False)
    op.create_table(
        "first_openings",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("opened_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["awards.number"], name=op.f("fk_first_openings_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_first_openings")),
    )
    op.create_table(
        "link_switches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["awards.number"], name=op.f("fk_link_switches_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_switches")),
    )
    op.create_index("ix_link_switches_number", "link_switches", ["number"], unique=False)
    op.create_table(
        "papers",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("duplicate", sa.String(), nullable=True),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["awards.number"], name=op.f("fk_papers_number")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_papers")),
    )
    op.create_index("ix_papers_number", "papers", ["number"], unique=False)
    op.create_table(
        "replacements",
        sa.Column("old", sa.String(), nullable=False),
        sa.Column("new", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["new"], ["awards.number"], name=op.f("fk_replacements_new")),
        sa.ForeignKeyConstraint(["old"], ["awards.number"], name=op.f("fk_replacements_old")),
        sa.PrimaryKeyConstraint("old", name=op.f("pk_replacements")),
        sa.UniqueConstraint("new", name=op.f("uq_replacements_new")),
    )
    op.create_table(
        "share_awards",
        sa.Column("share_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["awards.number"], name=op.f("fk_share_awards_number")),
        sa.ForeignKeyConstraint(["share_id"], ["shares.id"], name=op.f("fk_share_awards_share_id")),
        sa.PrimaryKeyConstraint("share_id", "position", name=op.f("pk_share_awards")),
    )
    op.create_table(
        "short_codes",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["awards.number"], name=op.f("fk_short_codes_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_short_codes")),
        sa.UniqueConstraint("code", name=op.f("uq_short_codes_code")),
    )

    _give_short_codes()
    _give_addresses()
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
    op.drop_table("short_codes")
    op.drop_table("share_awards")
    op.drop_table("replacements")
    op.drop_index("ix_papers_number", table_name="papers")
    op.drop_table("papers")
    op.drop_index("ix_link_switches_number", table_name="link_switches")
    op.drop_table("link_switches")
    op.drop_table("first_openings")
    op.drop_index("ix_duplicates_number", table_name="duplicates")
    op.drop_table("duplicates")
    op.drop_table("doubts")
    op.drop_table("choices")
    op.drop_index("ix_shares_candidate_id", table_name="shares")
    op.drop_table("shares")
    op.drop_index("ix_notices_state", table_name="notices")
    op.drop_index("ix_notices_candidate_id", table_name="notices")
    op.drop_table("notices")
    op.drop_table("holder_sessions")
    op.drop_index("ix_entries_candidate_id", table_name="entries")
    op.drop_table("entries")
    op.drop_index("ix_addresses_folded", table_name="addresses")
    op.drop_index("ix_addresses_candidate_id", table_name="addresses")
    op.drop_table("addresses")


# As it was when this migration was written: what it did to a register never changes.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def _give_short_codes() -> None:
    connection = op.get_bind()
    for (number,) in connection.execute(sa.text("SELECT number FROM awards ORDER BY number")).all():
        places = [secrets.randbelow(len(ALPHABET)) for _ in range(11)]
        check = sum(weight * place for weight, place in enumerate(places, start=1)) % len(ALPHABET)
        code = "".join(ALPHABET[place] for place in (*places, check))
        connection.execute(
            sa.text("INSERT INTO short_codes (number, code) VALUES (:number, :code)"),
            {"number": number, "code": code},
        )


def _give_addresses() -> None:
    connection = op.get_bind()
    newest = sa.text(
        "SELECT c.id, c.document, i.imported_at, i.imported_by FROM candidates c "
        "JOIN imports i ON i.id = c.import_id "
        "WHERE c.revision = (SELECT max(revision) FROM candidates WHERE id = c.id) ORDER BY c.id"
    )
    for row in connection.execute(newest).all():
        mail = json.loads(row.document).get("email")
        if mail:
            connection.execute(
                sa.text(
                    'INSERT INTO addresses (candidate_id, mail, folded, source, at, "by") '
                    "VALUES (:candidate_id, :mail, :folded, 'record', :at, :by)"
                ),
                {
                    "candidate_id": row.id,
                    "mail": mail,
                    "folded": mail.strip().casefold(),
                    "at": row.imported_at,
                    "by": row.imported_by,
                },
            )
