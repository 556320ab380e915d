"""positions of events"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WRITER = "(pg_current_xact_id()::text)::bigint"


def upgrade() -> None:
    op.add_column(
        "outbox_event",
        sa.Column("transaction_id", sa.BigInteger(), server_default=sa.text(WRITER), nullable=False),
    )
    op.add_column("outbox_event", sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False))
    op.create_index("ix_outbox_event_position", "outbox_event", ["transaction_id", "number"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_outbox_event_position", "outbox_event")
    op.drop_column("outbox_event", "number")
    op.drop_column("outbox_event", "transaction_id")
