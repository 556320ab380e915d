"""exchange log"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import IDENTIFIED, ORGANIZATION, SUBJECT, covers, either, enable, policy

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEPT = ("exchange_entry", "exchange_link", "exchange_seal", "exchange_stamp", "evidence_key")
"""Rows of these are added and never changed or taken away, whoever asks."""


def tables() -> None:
    op.create_table(
        "exchange_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("partition", sa.String(20), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.String(100), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("on_behalf_of_id", sa.Uuid(), nullable=True),
        sa.Column("jurisdiction_path", sa.String(200), nullable=False),
        sa.Column("operation", sa.String(80), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("request_digest", sa.String(64), nullable=False),
        sa.Column("idempotency_key", sa.String(128), nullable=True),
        sa.Column("legal_basis", sa.String(200), nullable=True),
        sa.Column("purpose", sa.String(200), nullable=True),
        sa.Column("correlation_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_entry")),
    )
    op.create_index("ix_exchange_entry_message_id", "exchange_entry", ["message_id"])
    op.create_index("ix_exchange_entry_own", "exchange_entry", ["organization_id", "at", "id"])
    op.create_index("ix_exchange_entry_order", "exchange_entry", ["at", "id"])
    op.create_table(
        "exchange_pending",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["exchange_entry.id"], name=op.f("fk_exchange_pending_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_exchange_pending")),
    )
    op.create_table(
        "exchange_link",
        sa.Column("partition", sa.String(20), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("algorithm", sa.String(20), nullable=False),
        sa.Column("previous", sa.String(128), nullable=False),
        sa.Column("hash", sa.String(128), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["exchange_entry.id"], name=op.f("fk_exchange_link_entry_id")),
        sa.PrimaryKeyConstraint("partition", "sequence", name=op.f("pk_exchange_link")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_exchange_link_entry_id")),
    )
    op.create_table(
        "exchange_seal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partition", sa.String(20), nullable=False),
        sa.Column("first_sequence", sa.BigInteger(), nullable=False),
        sa.Column("last_sequence", sa.BigInteger(), nullable=False),
        sa.Column("kid", sa.String(100), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_seal")),
        sa.UniqueConstraint("partition", "first_sequence", name=op.f("uq_exchange_seal_partition_first_sequence")),
    )
    op.create_table(
        "exchange_stamp",
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("stamped_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["seal_id"], ["exchange_seal.id"], name=op.f("fk_exchange_stamp_seal_id")),
        sa.PrimaryKeyConstraint("seal_id", name=op.f("pk_exchange_stamp")),
    )
    op.create_table(
        "evidence_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kid", sa.String(100), nullable=False),
        sa.Column("algorithm", sa.String(20), nullable=False),
        sa.Column("public_jwk", postgresql.JSONB(), nullable=False),
        sa.Column("private_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("active_from", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_key")),
        sa.UniqueConstraint("kid", name=op.f("uq_evidence_key_kid")),
    )


def upgrade() -> None:
    tables()
    own = f"organization_id = {ORGANIZATION}"
    statements = [
        *enable("exchange_entry"),
        *policy("exchange_entry", "select", either(own, covers("reads", "audit"))),
        *policy("exchange_entry", "insert", f"subject = {SUBJECT}"),
        *enable("exchange_pending"),
        *policy("exchange_pending", "insert", IDENTIFIED),
        *enable("exchange_link"),
        *enable("exchange_seal"),
        *enable("exchange_stamp"),
        *enable("evidence_key"),
        (
            "create function forbid_change() returns trigger language plpgsql set search_path = pg_catalog, public as $$ "
            "begin raise exception 'rows of % are kept as they are', tg_table_name "
            "using errcode = 'integrity_constraint_violation'; end $$"
        ),
    ]
    for table in KEPT:
        statements += [
            f"revoke update, delete on {table} from hub_system",
            f"create trigger forbid_change before update or delete on {table} for each row execute function forbid_change()",
        ]
    for statement in statements:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("evidence is not taken away; restore from a backup instead")
