"""signed headers that were let in

Remembered by all web processes together, for as long as a signature holds.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.ops import enable

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "used_signature",
        sa.Column("requester", sa.String(64), nullable=False),
        sa.Column("service", sa.String(64), nullable=False),
        sa.Column("instant", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("requester", "service", "instant", name=op.f("pk_used_signature")),
    )
    op.create_index("ix_used_signature_expires_at", "used_signature", ["expires_at"])
    for statement in enable("used_signature"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("used_signature")
