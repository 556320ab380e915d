"""lists of overdue subjects: compiled, approved by the government, delivered, reported on"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.ops import ORGANIZATION, covers, either, enable, party, policy, visible

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

OWN = f"organization_id = {ORGANIZATION}"
CREDIT, OFFICES = covers("reads", "credit"), covers("writes", "credit")
PUBLIC, DECIDES = covers("reads", "government_credit"), covers("writes", "government_credit")
KEEPS = "keeps_overdue_list(list_id)"


def tables() -> None:
    op.create_table(
        "overdue_list",
        sa.Column(
            "status",
            sa.Enum(
                "COMPILED",
                "SUBMITTED_TO_GOVERNMENT",
                "APPROVED",
                "RETURNED",
                "DELIVERED",
                "MEASURES_REPORTED",
                "CLOSED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("issuer_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("clause", sa.String(length=300), nullable=True),
        sa.Column("signed_by", sa.String(length=100), nullable=True),
        sa.Column("signer_post", sa.String(length=100), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["issuer_id"], ["organization.id"], name=op.f("fk_overdue_list_issuer_id")),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_overdue_list_jurisdiction_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_overdue_list")),
    )
    op.create_index("ix_overdue_list_order", "overdue_list", ["created_at", "id"], unique=False)
    op.create_table(
        "overdue_list_party",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum(
                "ISSUER", "COURT", "IMPLEMENTER", name="capacity", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id", "tenant_id"],
            ["overdue_list.id", "overdue_list.tenant_id"],
            name=op.f("fk_overdue_list_party_list_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_overdue_list_party_organization_id")
        ),
        sa.PrimaryKeyConstraint("list_id", "organization_id", "tenant_id", name=op.f("pk_overdue_list_party")),
    )
    op.create_index("ix_overdue_list_party_mine", "overdue_list_party", ["organization_id", "list_id"], unique=False)
    op.create_table(
        "overdue_list_entry",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["organization.id"], name=op.f("fk_overdue_list_entry_court_id")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_overdue_list_entry_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["list_id", "tenant_id"],
            ["overdue_list.id", "overdue_list.tenant_id"],
            name=op.f("fk_overdue_list_entry_list_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_overdue_list_entry_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_overdue_list_entry")),
        sa.UniqueConstraint(
            "list_id", "record_id", "tenant_id", name=op.f("uq_overdue_list_entry_list_id_record_id_tenant_id")
        ),
    )
    op.create_index("ix_overdue_list_entry_record", "overdue_list_entry", ["record_id"], unique=False)


def lists() -> list[str]:
    """Issuer and courts see a list from the beginning, the government from its submission, implementers from its
    delivery, when they become party to it."""
    issuer = f"issuer_id = {ORGANIZATION}"
    member = party("overdue_list", "list_id")
    told = f"status <> 'COMPILED' and {PUBLIC}"
    decided = f"status in ('SUBMITTED_TO_GOVERNMENT', 'APPROVED', 'RETURNED') and {DECIDES}"
    keeper = f"select exists (select 1 from overdue_list l where l.id = key and l.issuer_id = {ORGANIZATION})"
    return [
        (
            "create function keeps_overdue_list(key uuid) returns boolean language sql stable security definer "
            f"set search_path = pg_catalog, public as $$ {keeper} $$"
        ),
        "revoke all on function keeps_overdue_list(uuid) from public",
        "grant execute on function keeps_overdue_list(uuid) to hub_app, hub_system",
        *enable("overdue_list"),
        *policy("overdue_list", "select", either(issuer, member, CREDIT, told)),
        *policy("overdue_list", "insert", f"{issuer} and {OFFICES}"),
        *policy("overdue_list", "update", either(issuer, member, decided)),
        *enable("overdue_list_party"),
        *policy("overdue_list_party", "select", either(OWN, KEEPS, CREDIT)),
        *policy("overdue_list_party", "insert", KEEPS),
        *policy("overdue_list_party", "update", either(OWN, KEEPS)),
        *policy("overdue_list_party", "delete", KEEPS),
        *enable("overdue_list_entry"),
        *policy("overdue_list_entry", "select", visible("overdue_list", "list_id", "overdue_list_entry")),
        *policy("overdue_list_entry", "insert", KEEPS),
        *policy("overdue_list_entry", "delete", KEEPS),
    ]


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    tables()
    fixed = [
        f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
        for table in ("overdue_list", "overdue_list_entry")
    ]
    for statement in lists() + fixed:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was approved is not taken away; restore from a backup instead")
