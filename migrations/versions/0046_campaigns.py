"""special enforcement campaigns"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, covers, either, enable, policy

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

OFFICE, OWN = f"office_id = {ORGANIZATION}", f"organization_id = {ORGANIZATION}"
BANK, COURT = f"bank_id = {ORGANIZATION}", f"court_id = {ORGANIZATION}"
TABLES = ("campaign", "campaign_participant", "campaign_case", "campaign_recovery", "campaign_figure")


def code(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def tables() -> None:
    op.create_table(
        "campaign",
        sa.Column("kind", code("kind", "NPL", "LIVELIHOOD", "ADMINISTRATIVE_ORGAN"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("status", code("status", "OPEN", "CLOSED", "CANCELLED"), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("party_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("cut_off_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_campaign_jurisdiction_id")),
        sa.ForeignKeyConstraint(["office_id"], ["organization.id"], name=op.f("fk_campaign_office_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_campaign")),
    )
    op.create_index("ix_campaign_order", "campaign", ["starts_on", "id"], unique=False)
    op.create_table(
        "campaign_participant",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", code("capacity", "BANK", "COURT", "SUPPORT"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id", "tenant_id"],
            ["campaign.id", "campaign.tenant_id"],
            name=op.f("fk_campaign_participant_campaign_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_campaign_participant_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["organization.id"], name=op.f("fk_campaign_participant_office_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_campaign_participant_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_campaign_participant")),
        sa.UniqueConstraint(
            "campaign_id",
            "organization_id",
            "tenant_id",
            name=op.f("uq_campaign_participant_campaign_id_organization_id_tenant_id"),
        ),
    )
    op.create_table(
        "campaign_case",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.String(length=64), nullable=False),
        sa.Column("debtor_uscc", sa.String(length=18), nullable=True),
        sa.Column("principal_fen", sa.BigInteger(), nullable=False),
        sa.Column("lent_on", sa.Date(), nullable=False),
        sa.Column("tagged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["organization.id"], name=op.f("fk_campaign_case_bank_id")),
        sa.ForeignKeyConstraint(
            ["campaign_id", "tenant_id"],
            ["campaign.id", "campaign.tenant_id"],
            name=op.f("fk_campaign_case_campaign_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["organization.id"], name=op.f("fk_campaign_case_court_id")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_campaign_case_jurisdiction_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_campaign_case")),
        sa.UniqueConstraint(
            "campaign_id",
            "bank_id",
            "court_id",
            "case_number",
            "tenant_id",
            name=op.f("uq_campaign_case_campaign_id_bank_id_court_id_case_number_tenant_id"),
        ),
    )
    op.create_table(
        "campaign_recovery",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("recovered_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["organization.id"], name=op.f("fk_campaign_recovery_bank_id")),
        sa.ForeignKeyConstraint(
            ["case_id", "tenant_id"],
            ["campaign_case.id", "campaign_case.tenant_id"],
            name=op.f("fk_campaign_recovery_case_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["organization.id"], name=op.f("fk_campaign_recovery_court_id")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_campaign_recovery_jurisdiction_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_campaign_recovery")),
    )
    op.create_index("ix_campaign_recovery_case_id", "campaign_recovery", ["case_id"], unique=False)
    op.create_table(
        "campaign_figure",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("figure_version", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("principal_fen", sa.BigInteger(), nullable=False),
        sa.Column("recovered_fen", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id", "tenant_id"],
            ["campaign.id", "campaign.tenant_id"],
            name=op.f("fk_campaign_figure_campaign_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_campaign_figure_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["organization.id"], name=op.f("fk_campaign_figure_office_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_campaign_figure_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_campaign_figure")),
    )
    op.create_index(
        "uq_campaign_figure_version",
        "campaign_figure",
        ["campaign_id", "figure_version", "organization_id", "tenant_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    # ### end Alembic commands ###


def campaigns() -> list[str]:
    """Who takes part sees that there is a campaign, and who else does, banks excepted: each sees itself alone."""
    taking_part = "exists (select 1 from campaign c where c.id = campaign_participant.campaign_id)"
    opened = f"exists (select 1 from campaign c where c.id = campaign_participant.campaign_id and c.{OFFICE})"
    return [
        *policy("campaign", "select", either(OFFICE, f"{ORGANIZATION} = any (party_ids)", covers("reads", "audit"))),
        *policy("campaign", "insert", f"{OFFICE} and status = 'OPEN'"),
        *policy("campaign", "update", OFFICE),
        *policy("campaign_participant", "select", either(OFFICE, OWN, f"capacity <> 'BANK' and {taking_part}")),
        *policy("campaign_participant", "insert", f"{OFFICE} and {opened}"),
    ]


def cases() -> list[str]:
    """Between a bank and a court; the office reads totals and no case. Figures are frozen in the background alone."""
    bank = (
        "exists (select 1 from campaign_participant p where p.campaign_id = campaign_case.campaign_id "
        f"and p.{OWN} and p.capacity = 'BANK')"
    )
    own = (
        "exists (select 1 from campaign_case c where c.id = campaign_recovery.case_id "
        f"and c.{COURT} and c.bank_id = campaign_recovery.bank_id)"
    )
    return [
        *policy("campaign_case", "select", either(BANK, COURT)),
        *policy("campaign_case", "insert", f"{BANK} and tagged_at is null and {bank}"),
        *policy("campaign_case", "update", COURT),
        *policy("campaign_recovery", "select", either(BANK, COURT)),
        *policy("campaign_recovery", "insert", f"{COURT} and {own}"),
        *policy("campaign_figure", "select", either(OFFICE, OWN)),
    ]


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    tables()
    secured = [statement for table in TABLES for statement in enable(table)]
    fixed = [
        f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
        for table in TABLES
    ]
    for statement in secured + campaigns() + cases() + fixed:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what banks handed in is not taken away; restore from a backup instead")
