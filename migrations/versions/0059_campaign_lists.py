"""campaigns of every kind, lists of banks as they were taken in, and who oversees campaigns reads their totals"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.ops import ORGANIZATION, admit, covers, either, enable, policy

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

OFFICE, OWN = f"office_id = {ORGANIZATION}", f"organization_id = {ORGANIZATION}"
BANK, COURT = f"bank_id = {ORGANIZATION}", f"court_id = {ORGANIZATION}"
AUDIT, OVERSEES = covers("reads", "audit"), covers("reads", "linkage")

# Its name is longer than the database keeps.
FORGET_UNIQUE = (
    "do $$ begin execute (select format('alter table campaign_case drop constraint %I', conname) from pg_constraint "
    "where conrelid = 'campaign_case'::regclass and contype = 'u'); end $$"
)


def stamped() -> list[sa.Column]:
    return [
        sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
        for name in ("created_at", "updated_at")
    ]


def tenanted() -> list[sa.Column]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
    ]


def lists() -> None:
    op.create_table(
        "campaign_list",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("teller_id", sa.Uuid(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        *tenanted(),
        *stamped(),
        sa.ForeignKeyConstraint(
            ["campaign_id", "tenant_id"],
            ["campaign.id", "campaign.tenant_id"],
            name=op.f("fk_campaign_list_campaign_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(["teller_id"], ["organization.id"], name=op.f("fk_campaign_list_teller_id")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_campaign_list_jurisdiction_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_campaign_list")),
    )
    op.create_index("ix_campaign_list_campaign_id", "campaign_list", ["campaign_id"])


def cases() -> None:
    op.add_column("campaign", sa.Column("kind_label", sa.String(length=100)))
    op.add_column("campaign", sa.Column("clause", sa.String(length=200)))
    op.add_column("campaign", sa.Column("with_banks", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.execute(admit("campaign", "kind", "ENTERPRISE", "SPECIAL"))
    for table, column in (
        *(("campaign_case", name) for name in ("bank_id", "case_number", "lent_on")),
        ("campaign_recovery", "bank_id"),
    ):
        op.alter_column(table, column, nullable=True)
    for column in (
        sa.Column("list_id", sa.Uuid()),
        sa.Column("list_row", sa.Integer(), server_default="0", nullable=False),
        sa.Column("loan_number", sa.String(length=64)),
        sa.Column("debtor_masked", sa.String(length=200)),
        sa.Column("debtor_sealed", sa.LargeBinary()),
        sa.Column("content_index", sa.LargeBinary()),
        sa.Column("legal_case_id", sa.Uuid()),
    ):
        op.add_column("campaign_case", column)
    for column, table in (("list_id", "campaign_list"), ("legal_case_id", "legal_case")):
        op.create_foreign_key(
            op.f(f"fk_campaign_case_{column}_tenant_id"),
            "campaign_case",
            table,
            [column, "tenant_id"],
            ["id", "tenant_id"],
        )
    op.create_index("ix_campaign_case_legal_case_id", "campaign_case", ["legal_case_id"])
    op.execute(FORGET_UNIQUE)
    op.create_index(
        "uq_campaign_case_told",
        "campaign_case",
        ["campaign_id", "bank_id", "court_id", "case_number", "loan_number", "tenant_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    numbered = "case_number is not null or loan_number is not null"
    op.create_check_constraint(op.f("ck_campaign_case_numbered"), "campaign_case", numbered)


def taking_part(column: str, capacity: str) -> str:
    """True when the caller takes part in the campaign of the row in a capacity."""
    return (
        f"exists (select 1 from campaign_participant p where p.campaign_id = {column} "
        f"and p.{OWN} and p.capacity = '{capacity}')"
    )


def told() -> list[str]:
    """A bank tells its own claims; where no bank takes part, a court tells its own cases and tags them as it does."""
    bank = f"{BANK} and tagged_at is null and {taking_part('campaign_case.campaign_id', 'BANK')}"
    court = f"{COURT} and bank_id is null and {taking_part('campaign_case.campaign_id', 'COURT')}"
    no_bank = "exists (select 1 from campaign c where c.id = campaign_case.campaign_id and not c.with_banks)"
    teller = f"teller_id = {ORGANIZATION}"
    either_part = either(*(taking_part("campaign_list.campaign_id", each) for each in ("BANK", "COURT")))
    recovered = (
        "exists (select 1 from campaign_case c where c.id = campaign_recovery.case_id "
        f"and c.{COURT} and c.bank_id is not distinct from campaign_recovery.bank_id)"
    )
    return [
        *("drop policy app_insert on campaign_case", "drop policy app_insert on campaign_recovery"),
        *policy("campaign_case", "insert", either(bank, f"{court} and {no_bank}")),
        *policy("campaign_recovery", "insert", f"{COURT} and {recovered}"),
        *policy("campaign_list", "select", teller),
        *policy("campaign_list", "insert", f"{teller} and {either_part}"),
    ]


def read() -> list[str]:
    """Of campaigns: the auditor every figure; who runs the linkage of the place, and who helps, the totals of all."""
    helps = f"organization_id is null and {taking_part('campaign_figure.campaign_id', 'SUPPORT')}"
    opened = f"exists (select 1 from campaign c where c.id = campaign_participant.campaign_id and {AUDIT})"
    visible = "exists (select 1 from campaign c where c.id = campaign_participant.campaign_id)"
    party = f"{ORGANIZATION} = any (party_ids)"
    return [
        *(f"drop policy app_select on {table}" for table in ("campaign", "campaign_participant", "campaign_figure")),
        *policy("campaign", "select", either(OFFICE, party, AUDIT, OVERSEES)),
        *policy("campaign_participant", "select", either(OFFICE, OWN, opened, f"capacity <> 'BANK' and {visible}")),
        *policy(
            "campaign_figure", "select", either(OFFICE, OWN, AUDIT, f"organization_id is null and {OVERSEES}", helps)
        ),
    ]


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    lists()
    cases()
    fixed = "create trigger keep_tenant before update on campaign_list for each row execute function keep_tenant()"
    for statement in (*enable("campaign_list"), *told(), *read(), fixed):
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what banks handed in is not taken away; restore from a backup instead")
