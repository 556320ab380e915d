"""decisions on held snapshots; statements of a push; a superior court sees what the courts below it told"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.ops import ORGANIZATION, OWN_SUBORDINATES, SUPERIOR, covers, either

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

OUTCOMES = "('EQUAL', 'ENDED_MISSING', 'HELD', 'RELEASED', 'REFUSED', 'OVERTAKEN')"
DECISION = "decision, decision_reason, decision_evidence, decided_by_id, decided_at"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute("alter table reconciliation drop constraint ck_reconciliation_outcome")
    op.execute(f"alter table reconciliation add constraint ck_reconciliation_outcome check (outcome in {OUTCOMES})")
    decision = sa.Enum("RELEASE", "REFUSE", name="decision", native_enum=False, create_constraint=True, length=40)
    op.add_column("reconciliation", sa.Column("decision", decision, nullable=True))
    op.add_column("reconciliation", sa.Column("decision_reason", sa.Text(), nullable=True))
    op.add_column("reconciliation", sa.Column("decision_evidence", sa.Text(), nullable=True))
    op.add_column("reconciliation", sa.Column("decided_by_id", sa.Uuid(), nullable=True))
    op.add_column("reconciliation", sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key(
        op.f("fk_reconciliation_decided_by_id"), "reconciliation", "organization", ["decided_by_id"], ["id"]
    )
    decides = either(f"organization_id = {ORGANIZATION}", covers("writes", "exchange"))
    op.execute(
        f"create policy app_update on reconciliation for update to hub_app using ({decides}) "
        f"with check (({decides}) and outcome = 'HELD' and decision is not null and decided_by_id = {ORGANIZATION})"
    )
    op.execute(f"grant update ({DECISION}) on reconciliation to hub_app")
    # How fresh a case is was not kept: until it is told of again, as fresh as the row.
    op.add_column("legal_case", sa.Column("source", sa.String(length=60), nullable=True))
    for name in ("occurred_at", "received_at"):
        op.add_column("legal_case", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "update legal_case c set occurred_at = c.updated_at, received_at = c.updated_at, "
        "source = (select 'court:' || t.court_code from court t where t.organization_id = c.court_id)"
    )
    for name in ("source", "occurred_at", "received_at"):
        op.alter_column("legal_case", name, nullable=False)
    for name in ("case_facts", "conduct"):
        op.add_column("dishonesty_record", sa.Column(name, sa.Text(), nullable=True))
    # 审级监督: whatever is their state. Of a court's superiors only courts; its government sees nothing by that.
    overseen = (
        f"{SUPERIOR} and (select exists (select 1 from court c where c.organization_id = {ORGANIZATION})) "
        f"and court_id in ({OWN_SUBORDINATES})"
    )
    for table in ("case_list_entry", "dishonesty_record"):
        op.execute(f"create policy app_oversee on {table} for select to hub_app using ({overseen})")


def downgrade() -> None:
    raise NotImplementedError("what a person decided is not taken away; restore from a backup instead")
