"""concentrated rounds of a campaign: filing, service and execution"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.ops import ORGANIZATION, covers, either, enable, policy

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

OFFICE, OWN = f"office_id = {ORGANIZATION}", f"organization_id = {ORGANIZATION}"
BANK, COURT = f"bank_id = {ORGANIZATION}", f"court_id = {ORGANIZATION}"
AUDIT, OVERSEES = covers("reads", "audit"), covers("reads", "linkage")
TABLES = ("campaign_round", "campaign_round_case", "campaign_round_figure")
STATES = ("PLANNED", "UNDERWAY", "REPORTED", "CLOSED", "CANCELLED")
RESULTS = (
    *("FILED", "NOT_FILED", "SERVED", "NOT_SERVED"),
    *("EXECUTED", "PARTLY_EXECUTED", "SETTLED", "NOTHING_FOUND"),
)


def code(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def key(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def count(name: str, kind: type[sa.Integer] = sa.Integer) -> sa.Column:
    return sa.Column(name, kind(), nullable=False)


def placed() -> list[sa.Column]:
    stamps = [
        sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
        for name in ("created_at", "updated_at")
    ]
    path = sa.Column("jurisdiction_path", sa.String(length=200), nullable=False)
    return [key("id"), key("tenant_id"), path, key("jurisdiction_id"), *stamps]


def refers(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    units = [
        sa.ForeignKeyConstraint([column], ["organization.id"], name=op.f(f"fk_{table}_{column}")) for column in columns
    ]
    place = op.f(f"fk_{table}_jurisdiction_id")
    return [*units, sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=place)]


def within(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_tenant_id")
    return sa.ForeignKeyConstraint([column, "tenant_id"], [f"{other}.id", f"{other}.tenant_id"], name=name)


def rounds() -> None:
    table = "campaign_round"
    op.create_table(
        table,
        *(key(name) for name in ("campaign_id", "office_id", "court_id")),
        sa.Column("kind", code("kind", "FILING", "SERVICE", "EXECUTION"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("status", code("status", *STATES), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        count("figure_version"),
        sa.Column("status_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        count("version"),
        *placed(),
        *refers(table, "office_id", "court_id"),
        within(table, "campaign_id", "campaign"),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f(f"pk_{table}")),
    )
    op.create_index("ix_campaign_round_campaign_id", table, ["campaign_id"])


def chosen() -> None:
    table = "campaign_round_case"
    op.create_table(
        table,
        *(key(name) for name in ("round_id", "case_id", "court_id")),
        key("bank_id", nullable=True),
        sa.Column("result", code("result", *RESULTS), nullable=True),
        sa.Column("result_on", sa.Date(), nullable=True),
        *placed(),
        *refers(table, "bank_id", "court_id"),
        within(table, "round_id", "campaign_round"),
        within(table, "case_id", "campaign_case"),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("round_id", "case_id", "tenant_id", name=op.f(f"uq_{table}_round_id_case_id_tenant_id")),
    )
    op.create_index("ix_campaign_round_case_case_id", table, ["case_id"])


def figures() -> None:
    table = "campaign_round_figure"
    op.create_table(
        table,
        *(key(name) for name in ("round_id", "office_id", "court_id")),
        key("organization_id", nullable=True),
        *(count(name) for name in ("figure_version", "cases", "done")),
        *(count(name, sa.BigInteger) for name in ("principal_fen", "recovered_fen")),
        *placed(),
        *refers(table, "office_id", "court_id", "organization_id"),
        within(table, "round_id", "campaign_round"),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f(f"pk_{table}")),
    )
    op.create_index(
        "uq_campaign_round_figure_version",
        table,
        ["round_id", "figure_version", "organization_id", "tenant_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )


def policies() -> list[str]:
    """The court works a round of its own with its own cases; a bank sees its cases and totals; who oversees or helps
    sees that the round is there, and its total."""
    organised = (
        "exists (select 1 from campaign c where c.id = campaign_round.campaign_id "
        "and c.office_id = campaign_round.office_id)"
    )
    takes_part = (
        "exists (select 1 from campaign_participant p where p.campaign_id = campaign_round.campaign_id "
        "and p.organization_id = campaign_round.court_id and p.capacity = 'COURT')"
    )
    helps = (
        "exists (select 1 from campaign_participant p where p.campaign_id = campaign_round.campaign_id "
        f"and p.{OWN} and p.capacity = 'SUPPORT')"
    )
    concerned = f"exists (select 1 from campaign_round_case rc where rc.round_id = campaign_round.id and rc.{BANK})"
    own_case = (
        "exists (select 1 from campaign_case c where c.id = campaign_round_case.case_id "
        f"and c.{COURT} and c.bank_id is not distinct from campaign_round_case.bank_id)"
    )
    visible = "exists (select 1 from campaign_round r where r.id = campaign_round_figure.round_id)"
    own_round = (
        "exists (select 1 from campaign_round r where r.id = campaign_round_figure.round_id "
        f"and r.{COURT} and r.office_id = campaign_round_figure.office_id)"
    )
    no_bank = f"not exists (select 1 from campaign_round_case rc where rc.round_id = campaign_round_figure.round_id and rc.{BANK})"
    total = f"organization_id is null and {visible} and {no_bank}"
    return [
        *policy("campaign_round", "select", either(OFFICE, COURT, AUDIT, OVERSEES, helps, concerned)),
        *policy("campaign_round", "insert", f"{OFFICE} and status = 'PLANNED' and {organised} and {takes_part}"),
        *policy(
            "campaign_round", "update", either(OFFICE, f"{COURT} and status in ('PLANNED', 'UNDERWAY', 'REPORTED')")
        ),
        *policy("campaign_round_case", "select", either(BANK, COURT)),
        *policy("campaign_round_case", "insert", f"{COURT} and result is null and {own_case}"),
        *policy("campaign_round_case", "update", COURT),
        *policy("campaign_round_case", "delete", f"{COURT} and result is null"),
        *policy("campaign_round_figure", "select", either(OFFICE, COURT, OWN, AUDIT, total)),
        *policy("campaign_round_figure", "insert", f"{COURT} and {own_round}"),
    ]


def upgrade() -> None:
    rounds()
    chosen()
    figures()
    secured = [statement for table in TABLES for statement in enable(table)]
    fixed = [
        f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
        for table in TABLES
    ]
    for statement in secured + policies() + fixed:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what courts reported is not taken away; restore from a backup instead")
