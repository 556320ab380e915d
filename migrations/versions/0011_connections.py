"""leases of connections"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.ops import enable

revision = "0011"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "connection_lease",
        sa.Column("client_id", sa.String(length=100), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "process_id", name=op.f("pk_connection_lease")),
    )
    for statement in enable("connection_lease"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("connection_lease")
