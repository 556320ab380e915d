"""quota"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.ops import enable

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "client_quota",
        sa.Column("client_id", sa.String(length=100), nullable=False),
        sa.Column("available", sa.Double(), nullable=False),
        sa.Column("restored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("restore_rate", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_client_quota")),
    )
    for statement in enable("client_quota"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("client_quota")
