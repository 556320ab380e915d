"""a body that owes reads of no clue about itself in the logs either, though it audits them"""

from __future__ import annotations

from alembic import op

from migrations.ops import ORGANIZATION, covers, either

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

FUNCTION = "clues_about_caller()"
OWN = f"organization_id = {ORGANIZATION}"
AUDITED = covers("reads", "audit")
UNTOLD = f"(target_id = any ((select {FUNCTION})::uuid[])) is not true"
"""The keys are looked up once a statement, not once a row."""


def upgrade() -> None:
    op.create_index("ix_fund_clue_debtor_id", "fund_clue", ["debtor_id"])
    op.execute(
        f"create function {FUNCTION} returns uuid[] language sql stable "
        "security definer set search_path = pg_catalog, public as $$ "
        f"select coalesce(array_agg(c.id), '{{}}') from fund_clue c where c.debtor_id = {ORGANIZATION} $$"
    )
    op.execute(f"revoke all on function {FUNCTION} from public")
    op.execute(f"grant execute on function {FUNCTION} to hub_app")
    shown(f"{AUDITED} and {UNTOLD}", either(OWN, f"{AUDITED} and {UNTOLD}"))


def downgrade() -> None:
    shown(AUDITED, either(OWN, AUDITED))
    op.execute(f"drop function {FUNCTION}")
    op.drop_index("ix_fund_clue_debtor_id", "fund_clue")


def shown(audit: str, exchange: str) -> None:
    op.execute(f"alter policy app_select on audit_event using ({audit})")
    op.execute(f"alter policy app_select on exchange_entry using ({exchange})")
