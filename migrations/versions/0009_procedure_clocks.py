"""clocks of procedures, decisions by resolution, responsibility as the pack asks"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STAGED = (
    "double_list",
    "double_list_item",
    "joint_meeting",
    "linkage_matter",
    "linkage_task",
    "coordination_request",
    "membership_change",
)
NAMED = ("leader", "division", "person", "post")
KINDS = (
    "DUE_SOON",
    "DUE_TODAY",
    "OVERDUE",
    "ESCALATED",
    "REPORT_DUE",
    "REPORT_OVERDUE",
    "DEADLINE_PROVISIONAL",
    "PLENARY_MISSING",
)
NEW_KINDS = (
    "LIAISON_MISSING",
    "CONFIRMATION_OVERDUE",
    "SETTLEMENT_OVERDUE",
    "ACCEPTANCE_OVERDUE",
    "REVIEW_OVERDUE",
    "NOTICE_OVERDUE",
    "MINUTES_OVERDUE",
)


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for table in STAGED:
        op.add_column(
            table, sa.Column("status_since", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)
        )
        op.execute(f"update {table} set status_since = updated_at")
    op.add_column("coordination_request", sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "update coordination_request set escalated_at = updated_at where status in ('ESCALATED', 'COORDINATING')"
    )
    for table in ("linkage_matter", "membership_change"):
        op.add_column(table, sa.Column("resolution_id", sa.Uuid(), nullable=True))
    for column in NAMED:
        op.alter_column("responsibility", column, existing_type=sa.String(length=100), nullable=True)
    _allow_kinds(KINDS + NEW_KINDS)


def downgrade() -> None:
    op.execute(f"delete from alert where kind in {NEW_KINDS}")
    _allow_kinds(KINDS)
    for column in NAMED:
        op.execute(f"update responsibility set {column} = '' where {column} is null")
        op.alter_column("responsibility", column, existing_type=sa.String(length=100), nullable=False)
    for table in ("membership_change", "linkage_matter"):
        op.drop_column(table, "resolution_id")
    op.drop_column("coordination_request", "escalated_at")
    for table in reversed(STAGED):
        op.drop_column(table, "status_since")


def _allow_kinds(kinds: tuple[str, ...]) -> None:
    op.execute("alter table alert drop constraint ck_alert_kind")
    op.execute(f"alter table alert add constraint ck_alert_kind check (kind in {kinds})")
