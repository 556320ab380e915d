"""what was set aside of a holder's answers may be taken after all, by the holder's own change"""

from __future__ import annotations

from alembic import op

from migrations.ops import ORGANIZATION

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

OWN = f"organization_id = {ORGANIZATION}"


def upgrade() -> None:
    op.execute(
        f"create policy app_update on holder_answer for update to hub_app using ({OWN} and outcome = 'QUARANTINED') "
        f"with check ({OWN} and outcome = 'APPLIED' and content_sealed is null)"
    )
    op.execute("grant update (order_id, order_number, outcome, reasons, content_sealed) on holder_answer to hub_app")


def downgrade() -> None:
    op.execute("revoke update (order_id, order_number, outcome, reasons, content_sealed) on holder_answer from hub_app")
    op.execute("drop policy app_update on holder_answer")
