"""field usage"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.ops import enable

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "field_usage",
        sa.Column("client_id", sa.String(length=100), nullable=False),
        sa.Column("coordinate", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("operations", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "coordinate", "day", name=op.f("pk_field_usage")),
    )
    for statement in enable("field_usage"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("field_usage")
