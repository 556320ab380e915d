"""bulk operations"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, SUBJECT, enable, policy

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STATUSES = ("CREATED", "RUNNING", "COMPLETED", "CANCELLED", "FAILED", "EXPIRED")
OWN = f"client_id = {SUBJECT} and organization_id = {ORGANIZATION}"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "bulk_operation",
        sa.Column("client_id", sa.String(length=100), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("home_path", sa.String(length=200), nullable=False),
        sa.Column("token_id", sa.String(length=100), nullable=False),
        sa.Column("token_scopes", postgresql.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("field", sa.String(length=100), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column(
            "status",
            sa.Enum(*STATUSES, name="status", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("row_count", sa.BigInteger(), nullable=False),
        sa.Column("byte_count", sa.BigInteger(), nullable=False),
        sa.Column("masked", postgresql.ARRAY(sa.String(length=200)), nullable=False),
        sa.Column("rights", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("error_code", sa.String(length=60), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_operation")),
    )
    op.create_index("ix_bulk_operation_client", "bulk_operation", ["client_id", "created_at", "id"], unique=False)
    op.create_index("ix_bulk_operation_status", "bulk_operation", ["status", "created_at"], unique=False)
    op.create_table(
        "bulk_link_use",
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("nonce", sa.String(length=40), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"],
            ["bulk_operation.id"],
            name=op.f("fk_bulk_link_use_operation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("operation_id", "nonce", name=op.f("pk_bulk_link_use")),
    )
    for statement in [
        *enable("bulk_operation"),
        *policy("bulk_operation", "select", OWN),
        *policy("bulk_operation", "insert", f"{OWN} and status = 'CREATED'"),
        # A client may only cancel: every other step is the background role's.
        (
            f"create policy app_update on bulk_operation for update to hub_app using ({OWN}) "
            f"with check ({OWN} and status = 'CANCELLED')"
        ),
        "grant update (status, completed_at, lease_until) on bulk_operation to hub_app",
        *enable("bulk_link_use"),
    ]:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("exports are not taken away; restore from a backup instead")
