"""judicial suggestions are overseen by whom they concern: the credit office knows figures of them alone"""

from __future__ import annotations

from alembic import op

from migrations.ops import ORGANIZATION, covers, either, party

revision = "0056"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    member = party("judicial_suggestion", "suggestion_id")
    overseen = f"sent_at is not null and {covers('reads', 'suggestion')}"
    seen = either(f"court_id = {ORGANIZATION}", member, overseen)
    op.execute(f"alter policy app_select on judicial_suggestion using ({seen})")


def downgrade() -> None:
    raise NotImplementedError("what the credit office is not to read is not given back to it")
