"""complaints about public bodies, and what is told to the public of cases"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import IDENTIFIED, ORGANIZATION, covers, either, enable, policy

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

RECEIVER = f"receiver_id = {ORGANIZATION}"
BODY = f"organization_id = {ORGANIZATION}"
PROPOSER = f"proposer_id = {ORGANIZATION}"
IS_COURT = (
    f"exists (select 1 from organization_function f where f.organization_id = {ORGANIZATION} and f.role = 'COURT' "
    "and f.valid_to is null)"
)


def reviewers(table: str) -> str:
    """Who reviews and approves: those who oversee public bodies; a court what waits for approval."""
    place = f"{table}.jurisdiction_path"
    waits = f"{table}.status in ('REVIEWED', 'APPROVED') and {covers('reads', 'home', place)} and {IS_COURT}"
    return either(covers("reads", "government_credit", place), waits)


def tables() -> None:
    op.create_table(
        "integrity_complaint",
        sa.Column(
            "status",
            sa.Enum(
                "REGISTERED",
                "REJECTED",
                "HANDED",
                "ANSWERED",
                "VERIFIED",
                "CLOSED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=100), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("demand", sa.Text(), nullable=True),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_basis", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answer_evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("return_reason", sa.Text(), nullable=True),
        sa.Column("finding", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_integrity_complaint_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_integrity_complaint_organization_id")
        ),
        sa.ForeignKeyConstraint(["receiver_id"], ["organization.id"], name=op.f("fk_integrity_complaint_receiver_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_integrity_complaint")),
    )
    op.create_index("ix_integrity_complaint_order", "integrity_complaint", ["registered_on", "id"], unique=False)
    op.create_index(
        "ix_integrity_complaint_organization",
        "integrity_complaint",
        ["organization_id", "registered_on", "id"],
        unique=False,
    )
    op.create_table(
        "integrity_complainant",
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("statement_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["id", "tenant_id"],
            ["integrity_complaint.id", "integrity_complaint.tenant_id"],
            name=op.f("fk_integrity_complainant_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_integrity_complainant_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["receiver_id"], ["organization.id"], name=op.f("fk_integrity_complainant_receiver_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_integrity_complainant")),
    )
    op.create_table(
        "publicity_item",
        sa.Column(
            "kind",
            sa.Enum(
                "TYPICAL_CASE",
                "RECTIFIED_CASE",
                "PRESS_CONFERENCE",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "PROPOSED",
                "REVIEWED",
                "APPROVED",
                "PUBLISHED",
                "WITHDRAWN",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("proposer_id", sa.Uuid(), nullable=False),
        sa.Column("cooperating_id", sa.Uuid(), nullable=True),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("theme", sa.String(length=100), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=True),
        sa.Column("reviewed_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_by", sa.String(length=100), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("clause", sa.String(length=200), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("withdraw_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["organization.id"], name=op.f("fk_publicity_item_approved_by_id")),
        sa.ForeignKeyConstraint(["cooperating_id"], ["organization.id"], name=op.f("fk_publicity_item_cooperating_id")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_publicity_item_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(["proposer_id"], ["organization.id"], name=op.f("fk_publicity_item_proposer_id")),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["organization.id"], name=op.f("fk_publicity_item_reviewed_by_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_publicity_item")),
    )
    op.create_index("ix_publicity_item_order", "publicity_item", ["published_on", "id"], unique=False)


def complaints() -> list[str]:
    """The body reads a complaint from its handing over on; who complained is for the receiver alone."""
    handed = f"{BODY} and handed_at is not null"
    return [
        *enable("integrity_complaint"),
        *policy("integrity_complaint", "select", either(RECEIVER, handed, covers("reads", "credit"))),
        *policy("integrity_complaint", "insert", f"{RECEIVER} and {covers('writes', 'credit')}"),
        *policy("integrity_complaint", "update", either(RECEIVER, handed)),
        *enable("integrity_complainant"),
        *policy("integrity_complainant", "select", RECEIVER),
        *policy("integrity_complainant", "insert", f"{RECEIVER} and {covers('writes', 'credit')}"),
        "revoke update, delete on integrity_complainant from hub_system",
    ]


def publicity() -> list[str]:
    """Everybody reads what is published while its case may be told; the rest is for who works on it. Whether a case
    may be told is asked of functions that give nothing else away."""
    record = "dishonesty_record r join legal_case c on c.id = r.case_id and c.tenant_id = r.tenant_id"
    standing = "'LISTED', 'PUBLISHED', 'CORRECTION_PENDING', 'RECONSIDERING', 'DELETE_DUE'"
    tellable = f"r.status in ({standing}, 'DELETED_SHIELDED', 'REPAIRED') and c.confidentiality = 'NORMAL'"
    told = f"select key is null or exists (select 1 from {record} where r.id = key and {tellable})"
    named = (
        "exists (select 1 from (select r.legal_representative as name union all select s.name from subject s "
        "where s.id = r.subject_id and s.kind = 'NATURAL') n where length(trim(n.name)) > 1 "
        "and position(trim(n.name) in regexp_replace(p.title || p.content, '\\s', '', 'g')) > 0)"
    )
    asks = either("p." + PROPOSER, reviewers("p"))
    about = (
        f"select {tellable}, r.status in ('DELETED_SHIELDED', 'REPAIRED'), {named} from publicity_item p "
        "join dishonesty_record r on r.id = p.record_id and r.tenant_id = p.tenant_id "
        "join legal_case c on c.id = r.case_id and c.tenant_id = r.tenant_id "
        f"where p.id = item and ({asks})"
    )
    work = reviewers("publicity_item")
    seen = either(f"status = 'PUBLISHED' and {IDENTIFIED} and publicity_tellable(record_id)", PROPOSER, work)
    return [
        _function("publicity_tellable(key uuid)", "boolean", told),
        *_open("publicity_tellable(uuid)"),
        _function(
            "publicity_of_listing(item uuid)",
            "table (tellable boolean, rectified boolean, named boolean)",
            about,
        ),
        *_open("publicity_of_listing(uuid)"),
        *enable("publicity_item"),
        *policy("publicity_item", "select", seen),
        *policy("publicity_item", "insert", f"{PROPOSER} and status = 'PROPOSED'"),
        *policy("publicity_item", "update", either(PROPOSER, work)),
    ]


def _function(signature: str, returns: str, body: str) -> str:
    return (
        f"create function {signature} returns {returns} language sql stable security definer "
        f"set search_path = pg_catalog, public as $$ {body} $$"
    )


def _open(kinds: str) -> list[str]:
    return [
        f"revoke all on function {kinds} from public",
        f"grant execute on function {kinds} to hub_app, hub_system",
    ]


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    tables()
    fixed = [
        f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
        for table in ("integrity_complaint", "integrity_complainant", "publicity_item")
    ]
    for statement in [*complaints(), *publicity(), *fixed]:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was recorded is not taken away; restore from a backup instead")
