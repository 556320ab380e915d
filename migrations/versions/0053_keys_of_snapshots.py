"""keys of a snapshot are noted without looking its batch up; endpoints hear of nothing older than they are"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    # They are written in the transaction that makes the batch, and go when it has been compared; batches stay.
    op.drop_constraint("fk_snapshot_key_batch_id", "snapshot_key", type_="foreignkey")
    # Those there are go on from where the relay stands.
    for name, kind, default in (
        ("since_epoch", sa.Integer(), "begin_event_epoch()"),
        ("since_transaction", sa.BigInteger(), "(pg_snapshot_xmin(pg_current_snapshot())::text)::bigint"),
    ):
        op.add_column("webhook_endpoint", sa.Column(name, kind, server_default="0", nullable=False))
        op.alter_column("webhook_endpoint", name, server_default=sa.text(default))


def downgrade() -> None:
    op.drop_column("webhook_endpoint", "since_transaction")
    op.drop_column("webhook_endpoint", "since_epoch")
    op.create_foreign_key("fk_snapshot_key_batch_id", "snapshot_key", "inbox_batch", ["batch_id"], ["id"])
