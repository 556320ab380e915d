"""fund clues"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, admit, covers, either, enable, policy

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

COURT, FINANCE = f"court_id = {ORGANIZATION}", f"finance_id = {ORGANIZATION}"
NOT_DEBTOR = f"debtor_id is distinct from {ORGANIZATION}"
STATES = (
    "REQUESTED",
    "ASSIGNED",
    "PUSHED",
    "NO_CLUE",
    "DECLINED",
    "RECEIVED",
    "VERIFIED",
    "USED",
    "UNUSABLE",
    "OUTCOME_REPORTED",
    "WITHDRAWN",
    "CLOSED",
)
FUNDS = ("BUDGET_APPROPRIATION", "SPECIAL_FUND", "PAYMENT_PENDING", "ACCOUNT", "OTHER")
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


def clues() -> None:
    op.create_table(
        "fund_clue",
        column("court_id", sa.Uuid()),
        column("finance_id", sa.Uuid()),
        column("debtor_id", sa.Uuid()),
        column("case_id", sa.Uuid(), empty=True),
        column("case_number", sa.String(64)),
        column("requested_by_court", sa.Boolean()),
        codes("urgency", "NORMAL", "EMERGENCY"),
        column("purpose_text", sa.String(500), empty=True),
        codes("status", *STATES),
        column("due_on", sa.Date(), empty=True),
        column("due_basis", postgresql.JSONB(), empty=True),
        moment("answered_at", empty=True),
        codes("decline_reason", "CONFIDENTIAL", "EARMARKED", "NOT_COMPETENT", "OTHER", empty=True),
        column("answer_note", sa.Text(), empty=True),
        column("verify_by", sa.Date(), empty=True),
        moment("verified_at", empty=True),
        column("used_fen", sa.BigInteger(), empty=True),
        column("outcome_note", sa.Text(), empty=True),
        moment("ended_at", empty=True),
        *placed(),
        *staged(),
        *(refers("fund_clue", name, "organization") for name in ("court_id", "finance_id", "debtor_id")),
        refers_within("fund_clue", "case_id", "legal_case"),
        sa.CheckConstraint("finance_id <> debtor_id", name=op.f("ck_fund_clue_not_of_finance")),
        *keyed("fund_clue"),
    )
    op.create_index("ix_fund_clue_order", "fund_clue", ["created_at", "id"])
    watched = sa.text("status in ('REQUESTED', 'ASSIGNED', 'PUSHED', 'RECEIVED')")
    op.create_index("ix_fund_clue_open", "fund_clue", ["status", "id"], postgresql_where=watched)


def items() -> None:
    op.create_table(
        "fund_clue_item",
        column("clue_id", sa.Uuid()),
        column("number", sa.Integer()),
        codes("kind", *FUNDS),
        codes("usability", "YES", "NO", "RESTRICTED"),
        column("budget_item", sa.String(200), empty=True),
        column("amount_fen", sa.BigInteger(), empty=True),
        column("expected_on", sa.Date(), empty=True),
        column("note", sa.Text(), empty=True),
        column("account_sealed", sa.LargeBinary(), empty=True),
        *placed(),
        refers_within("fund_clue_item", "clue_id", "fund_clue"),
        *keyed("fund_clue_item"),
    )
    op.create_index("ix_fund_clue_item_clue_id", "fund_clue_item", ["clue_id", "number"])


def guarded() -> list[str]:
    """Between the court and finance. The auditor reads that there is a clue, never what it says; no debtor reads one
    about itself, whatever else it may be."""
    between = f"({either(COURT, FINANCE)}) and {NOT_DEBTOR}"
    of = "exists (select 1 from fund_clue c where c.id = fund_clue_item.clue_id and "
    parties = f"({either(f'c.{COURT}', f'c.{FINANCE}')}) and c.{NOT_DEBTOR})"
    metadata = f"{covers('reads', 'execution')} and {NOT_DEBTOR}"
    begun = either(f"{COURT} and status = 'REQUESTED'", f"{FINANCE} and status = 'PUSHED'")
    return [
        *enable("fund_clue"),
        *policy("fund_clue", "select", either(between, metadata)),
        *policy("fund_clue", "insert", f"({begun}) and {NOT_DEBTOR}"),
        *policy("fund_clue", "update", between),
        *enable("fund_clue_item"),
        *policy("fund_clue_item", "select", f"{of}{parties}"),
        *policy("fund_clue_item", "insert", f"{of}c.{FINANCE} and c.{NOT_DEBTOR})"),
        *(
            f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
            for table in ("fund_clue", "fund_clue_item")
        ),
        admit("alert", "kind", "FUND_CLUE_OVERDUE", "FUND_CLUE_UNVERIFIED"),
    ]


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    clues()
    items()
    for statement in guarded():
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what finance told courts is not taken away; restore from a backup instead")
