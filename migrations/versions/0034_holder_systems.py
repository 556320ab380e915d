"""systems of holders that are told orders and answer them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, enable, policy

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

CHANNELS = ("WEBHOOK", "BANK", "EMAIL", "SMS", "HOLDER")
OWN = f"organization_id = {ORGANIZATION}"
FORMED = "(channel = 'HOLDER') = (shape is not null) and (shape is null) = (seal_key is null)"


def endpoints() -> None:
    """How a holder writes, which of its seals to trust, what it may be asked."""
    op.add_column("webhook_endpoint", sa.Column("shape", sa.String(40), nullable=True))
    op.add_column("webhook_endpoint", sa.Column("seal_key", sa.Text(), nullable=True))
    op.add_column("webhook_endpoint", sa.Column("query_types", postgresql.ARRAY(sa.String(40)), nullable=True))
    allowed = ", ".join(f"'{each}'" for each in CHANNELS)
    op.execute("alter table webhook_endpoint drop constraint ck_webhook_endpoint_channel")
    op.execute(
        f"alter table webhook_endpoint add constraint ck_webhook_endpoint_channel check (channel in ({allowed}))"
    )
    op.create_check_constraint("of_holder", "webhook_endpoint", FORMED)


def answers() -> None:
    op.create_table(
        "holder_answer",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("order_number", sa.String(length=45), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("APPLIED", "QUARANTINED", name="outcome", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reasons", postgresql.JSONB(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["endpoint_id"], ["webhook_endpoint.id"], name=op.f("fk_holder_answer_endpoint_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_holder_answer_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holder_answer")),
        sa.UniqueConstraint("endpoint_id", "digest", name=op.f("uq_holder_answer_endpoint_id_digest")),
    )
    op.create_index(
        "ix_holder_answer_kept",
        "holder_answer",
        ["received_at"],
        unique=False,
        postgresql_where=sa.text("content_sealed is not null"),
    )


def told() -> None:
    """Whether a holder's system was told an order is asked for every order that waits."""
    op.create_index(
        "ix_delivery_orders",
        "delivery",
        ["endpoint_id", "object_id"],
        unique=False,
        postgresql_where=sa.text("event_type = 'execorder.sent'"),
    )


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    endpoints()
    answers()
    told()
    statements = [
        *enable("holder_answer"),
        *policy("holder_answer", "select", OWN),
        *policy("holder_answer", "insert", f"{OWN} and outcome = 'APPLIED' and content_sealed is null"),
    ]
    for statement in statements:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what holders answered is not taken away; restore from a backup instead")
