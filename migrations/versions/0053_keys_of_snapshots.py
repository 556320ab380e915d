"""keys of a snapshot are noted without looking its batch up a million times"""

from __future__ import annotations

from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    # They are written in the transaction that makes the batch, and go when it has been compared; batches stay.
    op.drop_constraint("fk_snapshot_key_batch_id", "snapshot_key", type_="foreignkey")


def downgrade() -> None:
    op.create_foreign_key("fk_snapshot_key_batch_id", "snapshot_key", "inbox_batch", ["batch_id"], ["id"])
