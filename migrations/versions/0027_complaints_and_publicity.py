"""complaints about public bodies, what the public is told of cases, names and successors of bodies"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import IDENTIFIED, ORGANIZATION, covers, either, enable, policy, visible

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


def names() -> None:
    op.create_table(
        "organization_name",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorder_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("FULL", "SHORT", "FORMER", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_organization_name_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_organization_name_organization_id")
        ),
        sa.ForeignKeyConstraint(["recorder_id"], ["organization.id"], name=op.f("fk_organization_name_recorder_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_organization_name")),
    )
    op.create_index("ix_organization_name_name", "organization_name", ["name"], unique=False)
    op.create_index("uq_organization_name", "organization_name", ["organization_id", "name", "tenant_id"], unique=True)
    op.create_table(
        "subject_transfer",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=True),
        sa.Column("to_id", sa.Uuid(), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "SUCCESSION",
                "SUCCESSION_ENDED",
                "MATCHED",
                "MATCH_UNDONE",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["organization.id"], name=op.f("fk_subject_transfer_from_id")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_subject_transfer_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id", "tenant_id"],
            ["subject.id", "subject.tenant_id"],
            name=op.f("fk_subject_transfer_subject_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(["to_id"], ["organization.id"], name=op.f("fk_subject_transfer_to_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_subject_transfer")),
    )
    op.create_index("ix_subject_transfer_subject_id", "subject_transfer", ["subject_id"], unique=False)


MOVE = """
    declare body subject%rowtype; counts boolean;
    begin
        select * into body from subject s where s.id = moved for update;
        if not found or body.organization_id is not distinct from unit then return; end if;
        select coalesce((select o.government_subject from organization o where o.id = unit), false) into counts;
        insert into subject_transfer
            (id, tenant_id, jurisdiction_id, jurisdiction_path, subject_id, from_id, to_id, reason, moved_at)
        values (uuidv7(), body.tenant_id, body.jurisdiction_id, body.jurisdiction_path, moved, body.organization_id,
            unit, why, moment);
        update subject s set organization_id = unit, government_subject = counts, updated_at = moment,
            match_confidence = case when unit is null then 'NONE' when why = 'MATCHED' then 'MANUAL'
                else s.match_confidence end
        where s.id = moved;
        delete from dishonesty_record_party p using dishonesty_record r
        where r.id = p.record_id and r.subject_id = moved and p.capacity = 'SUBJECT'
            and p.organization_id = body.organization_id;
        delete from case_list_entry_party p using case_list_entry e
        where e.id = p.entry_id and e.subject_id = moved and p.capacity = 'SUBJECT'
            and p.organization_id = body.organization_id;
        if unit is not null then
            insert into dishonesty_record_party
                (record_id, organization_id, tenant_id, capacity, jurisdiction_path, listed_on)
            select r.id, unit, r.tenant_id, 'SUBJECT', r.jurisdiction_path, r.listed_on from dishonesty_record r
            where r.subject_id = moved on conflict do nothing;
            insert into case_list_entry_party
                (entry_id, organization_id, tenant_id, capacity, jurisdiction_path, listed_on)
            select e.id, unit, e.tenant_id, 'SUBJECT', e.jurisdiction_path, e.listed_on from case_list_entry e
            where e.subject_id = moved on conflict do nothing;
        end if;
        update case_list_entry e set government_subject = counts, updated_at = moment where e.subject_id = moved;
        return query update dishonesty_record r set government_subject = counts, version = r.version + 1,
            updated_at = moment where r.subject_id = moved returning r.id;
    end
"""
SETTLE = """
    declare decided subject_match%rowtype; body record;
    begin
        select * into decided from subject_match m where m.id = settled and ({keeps});
        if not found then return; end if;
        for body in select s.id from subject s where s.tenant_id = decided.tenant_id and s.name = decided.name
            and s.uscc is null and s.identity_hash is null
            and (s.organization_id is null or s.match_confidence = 'MANUAL')
        loop
            return query select moved_subject(body.id, decided.matched_organization_id, moment,
                case when decided.matched_organization_id is null then 'MATCH_UNDONE' else 'MATCHED' end);
        end loop;
    end
"""


def resolution() -> list[str]:
    """Which unit a body is held to be changes in one place, with its trace; a caller settles what it may decide."""
    keeps = either(f"m.organization_id = {ORGANIZATION}", covers("writes", "credit", "m.jurisdiction_path"))
    head = "language plpgsql security definer set search_path = pg_catalog, public as"
    return [
        (
            "create function moved_subject(moved uuid, unit uuid, moment timestamptz, why text) returns setof uuid "
            f"{head} $$ {MOVE} $$"
        ),
        "revoke all on function moved_subject(uuid, uuid, timestamptz, text) from public",
        "grant execute on function moved_subject(uuid, uuid, timestamptz, text) to hub_system",
        (
            f"create function settle_subject_match(settled uuid, moment timestamptz) returns setof uuid {head} "
            f"$$ {SETTLE.format(keeps=keeps)} $$"
        ),
        "revoke all on function settle_subject_match(uuid, timestamptz) from public",
        "grant execute on function settle_subject_match(uuid, timestamptz) to hub_app, hub_system",
        *enable("organization_name"),
        *policy("organization_name", "select", IDENTIFIED),
        *policy("organization_name", "insert", f"recorder_id = {ORGANIZATION} and {covers('writes', 'credit')}"),
        *enable("subject_transfer"),
        *policy("subject_transfer", "select", visible("subject", "subject_id", "subject_transfer")),
        "revoke update, delete on subject_transfer from hub_system",
    ]


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
        # Keys change; what was said does not.
        "grant update (name_sealed, contact_sealed, statement_sealed) on integrity_complainant to hub_system",
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
    names()
    fixed = [
        f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
        for table in (
            "integrity_complaint",
            "integrity_complainant",
            "publicity_item",
            "organization_name",
            "subject_transfer",
        )
    ]
    for statement in [*complaints(), *publicity(), *resolution(), *fixed]:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was recorded is not taken away; restore from a backup instead")
