"""performance plans of public bodies and the budget they stand in"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, admit, covers, either, enable, policy

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

COURT, FINANCE, DEBTOR = (f"{name}_id = {ORGANIZATION}" for name in ("court", "finance", "debtor"))
STATES = ("DRAFT", "REJECTED", "CONFIRMED", "BUDGETED", "PAYING", "DEFAULTED", "PAID", "ENDED")
CHILDREN = ("plan_instalment", "plan_payment", "budget_arrangement", "plan_edition")
NOW = sa.text("now()")


def codes(name: str, *values: str, empty: bool = False) -> sa.Column[Any]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=empty)


def column(name: str, kind: Any, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=empty)


def moment(name: str, *, empty: bool = False, default: Any = None) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=empty, server_default=default)


def placed() -> list[Any]:
    return [
        column("id", sa.Uuid()),
        column("tenant_id", sa.Uuid()),
        column("jurisdiction_path", sa.String(200)),
        column("jurisdiction_id", sa.Uuid()),
        moment("created_at", default=NOW),
        moment("updated_at", default=NOW),
    ]


def staged() -> list[Any]:
    return [moment("status_since", default=NOW), column("version", sa.Integer())]


def refers(table: str, column_: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column_], [f"{to}.id"], name=op.f(f"fk_{table}_{column_}"))


def refers_within(table: str, column_: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column_, "tenant_id"], [f"{to}.id", f"{to}.tenant_id"], name=op.f(f"fk_{table}_{column_}_tenant_id")
    )


def keyed(table: str) -> list[Any]:
    return [
        refers(table, "jurisdiction_id", "jurisdiction"),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f(f"pk_{table}")),
    ]


def plans() -> None:
    table = "performance_plan"
    op.create_table(
        table,
        *(column(name, sa.Uuid()) for name in ("court_id", "finance_id", "debtor_id", "proposer_id", "case_id")),
        column("case_number", sa.String(64)),
        codes("status", *STATES),
        column("edition", sa.Integer()),
        column("amount_fen", sa.BigInteger()),
        column("paid_fen", sa.BigInteger()),
        column("note", sa.Text(), empty=True),
        column("budget_due_on", sa.Date(), empty=True),
        column("handed_in", sa.Integer(), empty=True),
        *placed(),
        *staged(),
        *(refers(table, name, "organization") for name in ("court_id", "finance_id", "debtor_id", "proposer_id")),
        refers_within(table, "case_id", "legal_case"),
        sa.CheckConstraint("paid_fen <= amount_fen", name=op.f("ck_performance_plan_paid_within_plan")),
        *keyed(table),
    )
    op.create_index("ix_performance_plan_order", table, ["created_at", "id"])
    running = "'CONFIRMED', 'BUDGETED', 'PAYING', 'DEFAULTED'"
    watched = sa.text(f"status in ({running})")
    op.create_index("ix_performance_plan_running", table, ["status", "id"], postgresql_where=watched)
    opened = sa.text(f"status in ('DRAFT', {running})")
    op.create_index("uq_performance_plan_open", table, ["case_id", "debtor_id"], unique=True, postgresql_where=opened)


def child(table: str, key: str, *columns: Any) -> None:
    op.create_table(
        table,
        column("plan_id", sa.Uuid()),
        *columns,
        *placed(),
        refers_within(table, "plan_id", "performance_plan"),
        sa.UniqueConstraint("plan_id", key, "tenant_id", name=op.f(f"uq_{table}_plan_id_{key}_tenant_id")),
        *keyed(table),
    )


def parts() -> None:
    child(
        "plan_instalment",
        "number",
        column("number", sa.Integer()),
        column("due_on", sa.Date()),
        column("amount_fen", sa.BigInteger()),
        column("paid_fen", sa.BigInteger()),
        column("dropped_in", sa.Integer(), empty=True),
        sa.CheckConstraint("paid_fen between 0 and amount_fen", name=op.f("ck_plan_instalment_paid_within_instalment")),
    )
    child(
        "plan_payment",
        "voucher",
        column("instalment_number", sa.Integer()),
        column("amount_fen", sa.BigInteger()),
        column("paid_on", sa.Date()),
        column("voucher", sa.String(60)),
        column("recorded_by_id", sa.Uuid()),
        refers("plan_payment", "recorded_by_id", "organization"),
    )
    child(
        "budget_arrangement",
        "position",
        column("position", sa.Integer()),
        column("edition", sa.Integer()),
        column("fiscal_year", sa.Integer()),
        column("amount_fen", sa.BigInteger()),
        column("budget_item", sa.String(200)),
        column("document_number", sa.String(100)),
        column("dropped_in", sa.Integer(), empty=True),
    )
    child(
        "plan_edition",
        "edition",
        column("edition", sa.Integer()),
        column("amount_fen", sa.BigInteger()),
        column("reason", sa.Text(), empty=True),
        column("made_by_id", sa.Uuid()),
        column("instalments", postgresql.JSONB()),
        refers("plan_edition", "made_by_id", "organization"),
    )


def _of(table: str, *parties: str) -> str:
    mine = either(*(f"p.{party}" for party in parties))
    return f"exists (select 1 from performance_plan p where p.id = {table}.plan_id and ({mine}))"


def guarded() -> list[str]:
    """Court and debtor see their plan, finance once the court has fixed it, overseers of linkage those of their place."""
    draft = f"{DEBTOR} and status = 'DRAFT'"
    fixed = f"{FINANCE} and status not in ('DRAFT', 'REJECTED')"
    made = {
        "plan_instalment": (COURT, draft.replace("status", "p.status")),
        "plan_payment": (COURT, FINANCE),
        "budget_arrangement": (FINANCE,),
        "plan_edition": (COURT, draft.replace("status", "p.status")),
    }
    seen = "exists (select 1 from performance_plan p where p.id = {}.plan_id)"
    changed = {"plan_instalment": (COURT, FINANCE), "budget_arrangement": (COURT,)}
    return [
        *enable("performance_plan"),
        *policy("performance_plan", "select", either(COURT, DEBTOR, fixed, covers("reads", "linkage"))),
        *policy("performance_plan", "insert", either(f"{COURT} and proposer_id = court_id", draft)),
        *policy("performance_plan", "update", either(COURT, DEBTOR, fixed)),
        *(
            statement
            for table in CHILDREN
            for statement in (
                *enable(table),
                *policy(table, "select", seen.format(table)),
                *policy(table, "insert", _of(table, *made[table])),
                *(policy(table, "update", _of(table, *changed[table])) if table in changed else ()),
            )
        ),
        *(
            f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
            for table in ("performance_plan", *CHILDREN)
        ),
        admit("alert", "kind", "PLAN_NOT_BUDGETED", "PLAN_INSTALMENT_MISSED"),
    ]


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    plans()
    parts()
    for statement in guarded():
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what public bodies owe by plan is not taken away; restore from a backup instead")
