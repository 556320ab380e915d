"""service addresses, the register of enterprises, and sealed names of natural persons"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import IDENTIFIED, ORGANIZATION, SUBJECT, covers, either, enable, policy

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

COURT = f"court_id = {ORGANIZATION}"
METADATA = covers("reads", "audit")


def code(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def tables() -> None:
    op.create_table(
        "service_address",
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column("identity_hash", sa.LargeBinary(), nullable=True),
        sa.Column(
            "kind",
            code("kind", "SELF_DECLARED", "REGISTERED_DOMICILE", "ANNUAL_REPORT_ADDRESS", "E_MAIL", "PHONE"),
            nullable=False,
        ),
        sa.Column(
            "status",
            code("status", "DECLARED", "COMMITTED", "ACTIVE", "CHANGED", "INVALID", "ABNORMAL_OPERATION_REFERRED"),
            nullable=False,
        ),
        sa.Column("value_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("value_masked", sa.String(length=200), nullable=False),
        sa.Column("value_index", sa.LargeBinary(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("confirmed_by_commitment", sa.Boolean(), nullable=False),
        sa.Column("commitment_number", sa.String(length=100), nullable=True),
        sa.Column("commitment_digest", sa.String(length=64), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("return_reason", sa.String(length=500), nullable=True),
        sa.Column("reporter_id", sa.Uuid(), nullable=True),
        sa.Column("registrar_id", sa.Uuid(), nullable=True),
        sa.Column("referred_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("referral_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("referral_due_on", sa.Date(), nullable=True),
        sa.Column("referral_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "referral_outcome",
            code("referral_outcome", "LISTED_ABNORMAL", "ADDRESS_CHANGED", "ADDRESS_CONFIRMED"),
            nullable=True,
        ),
        sa.Column("referral_note", sa.String(length=500), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_service_address_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(["provider_id"], ["organization.id"], name=op.f("fk_service_address_provider_id")),
        sa.ForeignKeyConstraint(["registrar_id"], ["organization.id"], name=op.f("fk_service_address_registrar_id")),
        sa.ForeignKeyConstraint(["reporter_id"], ["organization.id"], name=op.f("fk_service_address_reporter_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_service_address")),
    )
    op.create_index(
        "ix_service_address_identity", "service_address", ["tenant_id", "identity_hash", "kind"], unique=False
    )
    op.create_index("ix_service_address_order", "service_address", ["created_at", "id"], unique=False)
    op.create_index(
        "ix_service_address_registrar", "service_address", ["registrar_id", "referral_due_on"], unique=False
    )
    op.create_index("ix_service_address_uscc", "service_address", ["tenant_id", "uscc", "kind"], unique=False)
    op.create_index(
        "uq_service_address_standing_identity",
        "service_address",
        ["tenant_id", "identity_hash", "kind"],
        unique=True,
        postgresql_where=sa.text("status = 'ACTIVE' and identity_hash is not null"),
    )
    op.create_index(
        "uq_service_address_standing_uscc",
        "service_address",
        ["tenant_id", "uscc", "kind"],
        unique=True,
        postgresql_where=sa.text("status = 'ACTIVE' and uscc is not null"),
    )
    op.create_table(
        "registered_enterprise",
        sa.Column("uscc", sa.String(length=18), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("status", code("status", "NORMAL", "ABNORMAL_OPERATION", "REVOKED", "DEREGISTERED"), nullable=False),
        sa.Column("former_names", postgresql.JSONB(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_registered_enterprise_jurisdiction_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_registered_enterprise")),
        sa.UniqueConstraint("tenant_id", "uscc", name=op.f("uq_registered_enterprise_tenant_id_uscc")),
    )
    op.create_table(
        "address_feed",
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("watermark", sa.BigInteger(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("faulty", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_address_feed")),
    )
    op.create_table(
        "address_reading",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.String(length=100), nullable=False),
        sa.Column("purpose", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["organization.id"], name=op.f("fk_address_reading_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_reading")),
    )
    op.create_index("ix_address_reading_address", "address_reading", ["address_id", "court_id"], unique=False)
    op.create_table(
        "address_change",
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column(
            "kind",
            code("kind", "SELF_DECLARED", "REGISTERED_DOMICILE", "ANNUAL_REPORT_ADDRESS", "E_MAIL", "PHONE"),
            nullable=False,
        ),
        sa.Column(
            "status",
            code("status", "DECLARED", "COMMITTED", "ACTIVE", "CHANGED", "INVALID", "ABNORMAL_OPERATION_REFERRED"),
            nullable=False,
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id", "tenant_id"],
            ["service_address.id", "service_address.tenant_id"],
            name=op.f("fk_address_change_address_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["organization.id"], name=op.f("fk_address_change_court_id")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_address_change_jurisdiction_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_address_change")),
    )
    op.create_index("ix_address_change_order", "address_change", ["court_id", "changed_at", "id"], unique=False)


def addresses() -> list[str]:
    """Whoever declared it; the register it was referred to; a court that asked for it in a case still open. Values are
    sealed: what is read here is that there is an address."""
    asked = (
        "exists (select 1 from address_reading r join legal_case c on c.id = r.case_id "
        f"where r.address_id = service_address.id and r.{COURT} and c.closed_on is null)"
    )
    own = (f"provider_id = {ORGANIZATION}", f"registrar_id = {ORGANIZATION}", asked)
    return [
        *enable("service_address"),
        *policy("service_address", "select", either(*own, METADATA)),
        *policy("service_address", "insert", f"provider_id = {ORGANIZATION}"),
        *policy("service_address", "update", either(*own)),
    ]


def reading() -> list[str]:
    """A court finds addresses through an open case of its own, those of a person through a case he is a party of."""
    listed = " union all ".join(
        f"select l.subject_id from {table} l where l.case_id = c.id"
        for table in ("case_list_entry", "dishonesty_record")
    )
    party = (
        "exists (select 1 from subject s where s.tenant_id = c.tenant_id and s.identity_hash = a.identity_hash "
        f"and s.id in ({listed}))"
    )
    found, taking = "service_addresses_of(uuid, text, bytea)", "take_place_of_address(uuid, date, timestamptz)"
    head = "language sql {} security definer set search_path = pg_catalog, public as $$ "
    return [
        (
            "create function service_addresses_of(key uuid, code text, identity bytea) returns setof service_address "
            + head.format("stable")
            + "select a.* from legal_case c join service_address a on a.tenant_id = c.tenant_id "
            f"where c.id = key and c.{COURT} and c.closed_on is null "
            f"and (a.uscc = code or (a.identity_hash = identity and {party})) $$"
        ),
        (
            "create function take_place_of_address(key uuid, day date, moment timestamptz) returns void "
            + head.format("volatile")
            + "update service_address o set status = 'CHANGED', status_since = moment, effective_to = day, "
            "version = o.version + 1, updated_at = moment from service_address n where n.id = key "
            f"and n.provider_id = {ORGANIZATION} and o.id <> n.id and o.tenant_id = n.tenant_id and o.kind = n.kind "
            "and o.status = 'ACTIVE' and (o.uscc = n.uscc or o.identity_hash = n.identity_hash) $$"
        ),
        *(f"revoke all on function {each} from public" for each in (found, taking)),
        *(f"grant execute on function {each} to hub_app" for each in (found, taking)),
        *enable("address_reading"),
        "revoke update, delete on address_reading from hub_system",
        *policy("address_reading", "select", either(COURT, METADATA)),
        *policy("address_reading", "insert", f"client_id = {SUBJECT} and {COURT}"),
        *enable("address_change"),
        *policy("address_change", "select", either(COURT, METADATA)),
    ]


def register() -> list[str]:
    """What the register publishes of enterprises is nobody's secret (国家企业信用信息公示系统)."""
    return [
        *enable("registered_enterprise"),
        *policy("registered_enterprise", "select", IDENTIFIED),
        *enable("address_feed"),
        *policy("address_feed", "select", IDENTIFIED),
    ]


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    tables()
    # The job that rotates keys seals the names that stand in clear: no migration holds a key.
    op.add_column("subject", sa.Column("name_sealed", sa.LargeBinary(), nullable=True))
    fixed = [
        f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
        for table in ("service_address", "registered_enterprise", "address_change")
    ]
    for statement in addresses() + reading() + register() + fixed:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("where people are served is not taken away; restore from a backup instead")
