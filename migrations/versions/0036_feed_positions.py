"""how far each fed system has been told, and contents of messages that end

A round of feeding looks at what changed and at nothing else; what was handed in is not kept for ever.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import enable

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

MIRRORS = ("case_list_entry", "dishonesty_record")
CHANGED = sa.text("updated_at > created_at")


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "feed_position",
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("mirror", sa.String(length=60), nullable=False),
        sa.Column("lists", postgresql.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_id", sa.Uuid(), nullable=False),
        sa.Column("others_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", "mirror", name=op.f("pk_feed_position")),
    )
    for statement in enable("feed_position"):
        op.execute(statement)
    op.drop_index("ix_feed_row_basis", "feed_row")
    op.create_index("ix_feed_row_order", "feed_row", ["basis", "id"])
    for table in MIRRORS:
        op.drop_index(f"ix_{table}_updated_at", table)
        op.create_index(f"ix_{table}_updated_at", table, ["updated_at", "id"])
    for table in ("legal_case", "subject"):
        op.create_index(f"ix_{table}_changed", table, ["updated_at"], postgresql_where=CHANGED)

    op.alter_column("inbox_refusal", "body_sealed", nullable=True)
    op.execute("grant update (body_sealed) on inbox_refusal to hub_system")
    op.drop_index("ix_inbox_message_match_id", "inbox_message")
    op.create_index(
        "ix_inbox_message_match_id", "inbox_message", ["match_id"], postgresql_where=sa.text("match_id is not null")
    )
    op.create_index(
        "ix_inbox_message_kept", "inbox_message", ["settled_at"], postgresql_where=sa.text("body_sealed is not null")
    )


def downgrade() -> None:
    op.execute("revoke update (body_sealed) on inbox_refusal from hub_system")
    op.drop_index("ix_inbox_message_kept", "inbox_message")
    op.drop_index("ix_inbox_message_match_id", "inbox_message")
    op.create_index("ix_inbox_message_match_id", "inbox_message", ["match_id"])
    op.drop_index("ix_feed_row_order", "feed_row")
    op.create_index("ix_feed_row_basis", "feed_row", ["source", "basis"])
    for table in ("legal_case", "subject"):
        op.drop_index(f"ix_{table}_changed", table)
    for table in MIRRORS:
        op.drop_index(f"ix_{table}_updated_at", table)
        op.create_index(f"ix_{table}_updated_at", table, ["updated_at"])
    op.drop_table("feed_position")
