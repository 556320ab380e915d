"""overdue lists circulated to banks; integrity records that rest on an overdue list"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column("overdue_list_party", sa.Column("circulated_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("integrity_record", sa.Column("overdue_list_id", sa.Uuid(), nullable=True))
    op.add_column("integrity_record", sa.Column("causes", sa.Text(), nullable=True))
    op.create_foreign_key(
        op.f("fk_integrity_record_overdue_list_id_tenant_id"),
        "integrity_record",
        "overdue_list",
        ["overdue_list_id", "tenant_id"],
        ["id", "tenant_id"],
    )
    op.create_index("ix_integrity_record_overdue_list_id", "integrity_record", ["overdue_list_id"])


def downgrade() -> None:
    raise NotImplementedError("what was circulated is not taken back; restore from a backup instead")
