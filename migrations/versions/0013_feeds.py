"""rows that other systems are fed"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, covers, either, enable, policy

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

LISTS = ("DISHONEST", "PENDING", "TERMINATED_THIS_EXECUTION")
STATES = ("WAITING", "SENT", "ACCEPTED", "REFUSED")
ISSUES = (
    *("BATCH_GAP", "BATCH_REFUSED", "MESSAGE_ID_REUSED", "SNAPSHOT_SHRUNK", "SUBJECT_UNMATCHED", "SOURCE_SILENT"),
    *("FEED_REFUSED", "FEED_UNANSWERED"),
)


def codes(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "feed_row",
        sa.Column("list_kind", codes("list_kind", LISTS), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("basis", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("push_key", sa.Uuid(), nullable=False),
        sa.Column("state", codes("state", STATES), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_feed_row_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_row")),
        sa.UniqueConstraint("source", "record_id", name=op.f("uq_feed_row_source_record_id")),
    )
    op.create_index("ix_feed_row_state", "feed_row", ["source", "state", "push_key"])
    op.create_index("ix_feed_row_basis", "feed_row", ["source", "basis"])
    for table in ("case_list_entry", "dishonesty_record"):
        op.create_index(f"ix_{table}_updated_at", table, ["updated_at"])
    name = op.f("ck_data_quality_issue_kind")
    op.drop_constraint(name, "data_quality_issue", type_="check")
    told = ", ".join(f"'{issue}'" for issue in ISSUES)
    op.create_check_constraint(name, "data_quality_issue", f"kind in ({told})")
    reads = either(f"organization_id = {ORGANIZATION}", covers("reads", "exchange"))
    for statement in [*enable("feed_row"), *policy("feed_row", "select", reads)]:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was fed to others is not taken away; restore from a backup instead")
