"""a body that a clue to evading enforcement is about reads of it in no log and no figure either, whatever it oversees;
and figures of other courts are for who oversees linkage alone"""

from __future__ import annotations

from alembic import op

from migrations.ops import ORGANIZATION

revision = "0066"
down_revision = "0063"
branch_labels = None
depends_on = None

FUNDS, EVASION = (
    f"select c.id from {table} c where c.debtor_id = {ORGANIZATION}" for table in ("fund_clue", "evasion_clue")
)
COUNTED = "from evasion_clue\n        where "
UNTOLD = f"{COUNTED}debtor_id is distinct from {ORGANIZATION} and "


def upgrade() -> None:
    op.create_index("ix_evasion_clue_debtor_id", "evasion_clue", ["debtor_id"])
    op.execute(about_caller(f"{FUNDS} union all {EVASION}"))
    op.execute(replaced_figures(COUNTED, UNTOLD, "hub.reads_supervision", "hub.reads_linkage"))


def downgrade() -> None:
    op.execute(replaced_figures(UNTOLD, COUNTED, "hub.reads_linkage", "hub.reads_supervision"))
    op.execute(about_caller(FUNDS))
    op.drop_index("ix_evasion_clue_debtor_id", "evasion_clue")


def about_caller(clues: str) -> str:
    return (
        "create or replace function clues_about_caller() returns uuid[] language sql stable "
        "security definer set search_path = pg_catalog, public as $$ "
        f"select coalesce(array_agg(c.id), '{{}}') from ({clues}) c $$"
    )


def replaced_figures(old: str, new: str, area: str, other: str) -> str:
    """Only what the function counts changes, and of whom."""
    return (
        "do $do$ begin execute replace(replace("
        "pg_get_functiondef('linkage_figures(text, date, date, date)'::regprocedure), "
        f"$old${old}$old$, $new${new}$new$), '{area}', '{other}'); end $do$"
    )
