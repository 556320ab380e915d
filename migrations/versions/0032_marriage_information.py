"""marriage information that courts share"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.ops import ORGANIZATION, covers, either, enable, policy

revision = "0032"
down_revision = "0029"
branch_labels = None
depends_on = None

COURT = f"court_id = {ORGANIZATION}"
RECEIVER = f"receiver_id = {ORGANIZATION}"
METADATA = covers("reads", "audit")


def code(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def tables() -> None:
    op.create_table(
        "marriage_batch",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column(
            "status",
            code(
                "status",
                "COLLECTING",
                "SEALED",
                "SENT",
                "QUARANTINED",
                "RECEIVED",
                "PROCESSED",
                "RECONCILED",
                "EXCEPTIONS",
                "RESOLVED",
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("sends", sa.Integer(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipts_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("processed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("discrepancy", sa.String(length=40), nullable=True),
        sa.Column("updated_count", sa.Integer(), nullable=False),
        sa.Column("duplicate_count", sa.Integer(), nullable=False),
        sa.Column("not_found_count", sa.Integer(), nullable=False),
        sa.Column("conflict_count", sa.Integer(), nullable=False),
        sa.Column("rejected_count", sa.Integer(), nullable=False),
        sa.Column("match_percent", sa.Integer(), nullable=True),
        sa.Column("update_percent", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["organization.id"], name=op.f("fk_marriage_batch_court_id")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_marriage_batch_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(["receiver_id"], ["organization.id"], name=op.f("fk_marriage_batch_receiver_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_marriage_batch")),
        sa.UniqueConstraint("tenant_id", "court_id", "month", name=op.f("uq_marriage_batch_tenant_id_court_id_month")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_marriage_batch_tenant_id_number")),
    )
    op.create_index("ix_marriage_batch_order", "marriage_batch", ["month", "id"], unique=False)
    op.create_index("ix_marriage_batch_receiver", "marriage_batch", ["receiver_id", "status"], unique=False)
    op.create_table(
        "marriage_item",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            code("kind", "DIVORCE_JUDGMENT", "DIVORCE_MEDIATION", "ANNULMENT", "VOID", "DEATH_DECLARATION"),
            nullable=False,
        ),
        sa.Column("case_number", sa.String(length=64), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("parties_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("party_a_masked", sa.String(length=100), nullable=False),
        sa.Column("party_b_masked", sa.String(length=100), nullable=False),
        sa.Column("couple_index", sa.LargeBinary(), nullable=False),
        sa.Column("document_digest", sa.String(length=64), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("correction", code("correction", "SET_ASIDE", "AMENDED", "CLERICAL_ERROR"), nullable=True),
        sa.Column(
            "receipt", code("receipt", "UPDATED", "NOT_FOUND", "CONFLICT", "DUPLICATE", "REJECTED"), nullable=True
        ),
        sa.Column("receipt_reason", sa.String(length=200), nullable=True),
        sa.Column("receipted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "settlement",
            code("settlement", "UPDATED_BY_HAND", "CORRECTED", "REGISTERED_ELSEWHERE", "NOTHING_DUE"),
            nullable=True,
        ),
        sa.Column("settlement_note", sa.String(length=500), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id", "tenant_id"],
            ["marriage_batch.id", "marriage_batch.tenant_id"],
            name=op.f("fk_marriage_item_batch_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id", "tenant_id"],
            ["marriage_item.id", "marriage_item.tenant_id"],
            name=op.f("fk_marriage_item_corrects_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["organization.id"], name=op.f("fk_marriage_item_court_id")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_marriage_item_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(["receiver_id"], ["organization.id"], name=op.f("fk_marriage_item_receiver_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_marriage_item")),
    )
    op.create_index("ix_marriage_item_batch_id", "marriage_item", ["batch_id", "number"], unique=False)
    op.create_index(
        "uq_marriage_item_decision",
        "marriage_item",
        ["tenant_id", "court_id", "case_number", "couple_index"],
        unique=True,
        postgresql_where=sa.text("corrects_id is null and withdrawn_at is null"),
    )


def batches() -> list[str]:
    """The court's own; its receiver's once it is sealed; the auditor reads that there was one."""
    seen = either(COURT, f"{RECEIVER} and sealed_at is not null", METADATA)
    return [
        *enable("marriage_batch"),
        *policy("marriage_batch", "select", seen),
        *policy("marriage_batch", "insert", f"{COURT} and status = 'COLLECTING'"),
        *policy("marriage_batch", "update", either(COURT, f"{RECEIVER} and sealed_at is not null")),
    ]


def items() -> list[str]:
    """No auditor here: who oversees reads counts and digests, never who parted."""
    sealed = "exists (select 1 from marriage_batch b where b.id = marriage_item.batch_id and b.sealed_at is not null)"
    own = f"exists (select 1 from marriage_batch b where b.id = marriage_item.batch_id and b.{COURT})"
    return [
        *enable("marriage_item"),
        *policy("marriage_item", "select", either(COURT, f"{RECEIVER} and {sealed}")),
        *policy("marriage_item", "insert", f"{COURT} and {own}"),
        *policy("marriage_item", "update", either(COURT, f"{RECEIVER} and {sealed}")),
    ]


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    tables()
    fixed = [
        f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
        for table in ("marriage_batch", "marriage_item")
    ]
    for statement in batches() + items() + fixed:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what courts shared is not taken away; restore from a backup instead")
