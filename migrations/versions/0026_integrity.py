"""integrity of public bodies: how the list clears, records with their revisions and persons"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, OWN_SUBORDINATES, SUPERIOR, covers, either, enable, policy, visible

revision = "0026"
down_revision = "0024"
branch_labels = None
depends_on = None

STANDING = ("LISTED", "PUBLISHED", "CORRECTION_PENDING", "RECONSIDERING", "DELETE_DUE")
EXITED = ("DELETED_SHIELDED", "REPAIRED")
COVERED = "root ^@ any (string_to_array(nullif(current_setting('hub.reads_government_credit', true), ''), ','))"


def _states(states: tuple[str, ...]) -> str:
    return ", ".join(f"'{state}'" for state in states)


CLEARING = f"""
    with listing as (
        select coalesce(s.organization_id, s.id) as body, r.listed_on,
            case when o.jurisdiction_path ^@ root then o.jurisdiction_path else r.jurisdiction_path end as filed,
            case when r.status in ({_states(EXITED)})
                then coalesce(r.deleted_on, (r.status_since at time zone 'Asia/Shanghai')::date) end as left_on,
            (select max(e.claim_amount_fen) from case_list_entry e
                where e.case_id = r.case_id and e.tenant_id = r.tenant_id) as fen
        from dishonesty_record r
        join legal_case c on c.id = r.case_id and c.tenant_id = r.tenant_id
        join subject s on s.id = r.subject_id and s.tenant_id = r.tenant_id
        left join organization o on o.id = s.organization_id
        where r.jurisdiction_path ^@ root and {COVERED}
            and r.government_subject and r.status in ({_states(STANDING + EXITED)})
            and c.confidentiality = 'NORMAL'
    ), placed as (
        select l.*, p.place,
            l.listed_on between first_day and last_day as entered,
            coalesce(l.left_on between first_day and last_day, false) as cleared,
            l.listed_on <= last_day and coalesce(l.left_on > last_day, true) as remains
        from listing l cross join lateral (values
            (null::text),
            (case when l.filed = root then root
                else root || split_part(substr(l.filed, length(root) + 1), '/', 1) || '/' end)
        ) p(place)
    ), bodies as (
        select place, count(*) filter (where entered) as listed,
            count(*) filter (where cleared and not remains) as cleared, count(*) filter (where remains) as remaining
        from (
            select place, body, bool_or(entered) as entered, bool_or(cleared) as cleared, bool_or(remains) as remains
            from placed group by place, body
        ) b group by place
    ), cases as (
        select place, count(*) filter (where entered) as listed, count(*) filter (where cleared) as cleared,
            count(*) filter (where remains) as remaining, min(listed_on) filter (where remains) as oldest_on,
            (percentile_cont(0.5) within group (order by left_on - listed_on) filter (where cleared))::integer as days,
            sum(fen) filter (where remains) as fen, count(fen) filter (where remains) as priced
        from placed group by place
    )
    select c.place, b.listed, b.cleared, b.remaining, c.listed, c.cleared, c.remaining, c.oldest_on, c.days,
        c.fen::bigint, c.priced
    from cases c join bodies b on b.place is not distinct from c.place order by c.place nulls first
"""


def clearing() -> list[str]:
    """Figures of what its caller's role covers whole; who has left the list is in none of the rows it may read."""
    signature = "government_clearance(root text, first_day date, last_day date)"
    kinds = "government_clearance(text, date, date)"
    returns = (
        "table (place text, bodies_listed bigint, bodies_cleared bigint, bodies_remaining bigint, "
        "cases_listed bigint, cases_cleared bigint, cases_remaining bigint, oldest_on date, median_days integer, "
        "amount_fen bigint, cases_priced bigint)"
    )
    return [
        (
            f"create function {signature} returns {returns} language sql stable security definer "
            f"set search_path = pg_catalog, public as $$ {CLEARING} $$"
        ),
        f"revoke all on function {kinds} from public",
        f"grant execute on function {kinds} to hub_app, hub_system",
        "create index ix_dishonesty_record_government on dishonesty_record (jurisdiction_path) where government_subject",
    ]


def tables() -> None:
    op.create_table(
        "integrity_person",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorder_id", sa.Uuid(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("name_key", sa.LargeBinary(), nullable=False),
        sa.Column("name_masked", sa.String(length=100), nullable=False),
        sa.Column("post", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_integrity_person_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_integrity_person_organization_id")
        ),
        sa.ForeignKeyConstraint(["recorder_id"], ["organization.id"], name=op.f("fk_integrity_person_recorder_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_integrity_person")),
        sa.UniqueConstraint(
            "organization_id",
            "name_key",
            "tenant_id",
            name=op.f("uq_integrity_person_organization_id_name_key_tenant_id"),
        ),
    )
    op.create_table(
        "integrity_record",
        sa.Column(
            "category",
            sa.Enum(
                "CONTRACT_DEFAULT",
                "ARREARS",
                "DISHONEST_DEBTOR",
                "APPEARANCE_FAILURE",
                "OTHER",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "RECORDED",
                "CONTESTED",
                "RECTIFIED",
                "WITHDRAWN",
                "EXPIRED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorder_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("contest_reason", sa.Text(), nullable=True),
        sa.Column("contest_evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=True),
        sa.Column("decide_basis", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("keep_until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(category = 'DISHONEST_DEBTOR') = (source_id IS NOT NULL)",
            name=op.f("ck_integrity_record_derived_of_listing"),
        ),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_integrity_record_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_integrity_record_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id", "tenant_id"],
            ["integrity_person.id", "integrity_person.tenant_id"],
            name=op.f("fk_integrity_record_person_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(["recorder_id"], ["organization.id"], name=op.f("fk_integrity_record_recorder_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_integrity_record")),
        sa.UniqueConstraint("source_id", "tenant_id", name=op.f("uq_integrity_record_source_id_tenant_id")),
    )
    op.create_index("ix_integrity_record_order", "integrity_record", ["occurred_on", "id"], unique=False)
    op.create_index(
        "ix_integrity_record_organization", "integrity_record", ["organization_id", "occurred_on", "id"], unique=False
    )
    op.create_index("ix_integrity_record_person_id", "integrity_record", ["person_id"], unique=False)
    op.create_table(
        "integrity_revision",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "RECORDED",
                "CONTESTED",
                "RECTIFIED",
                "WITHDRAWN",
                "EXPIRED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_integrity_revision_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["organization.id"], name=op.f("fk_integrity_revision_made_by_id")),
        sa.ForeignKeyConstraint(
            ["record_id", "tenant_id"],
            ["integrity_record.id", "integrity_record.tenant_id"],
            name=op.f("fk_integrity_revision_record_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_integrity_revision")),
        sa.UniqueConstraint(
            "record_id", "number", "tenant_id", name=op.f("uq_integrity_revision_record_id_number_tenant_id")
        ),
    )


def records() -> list[str]:
    """A record of a body is its own, its recorder's, and theirs who oversee the place while it counts; one of a person
    its body's, its recorder's and the credit office's alone. What is kept no longer is in nobody's file."""
    mine = either(f"organization_id = {ORGANIZATION}", f"recorder_id = {ORGANIZATION}", covers("reads", "credit"))
    shown = either("status in ('RECORDED', 'CONTESTED')", "status = 'RECTIFIED' and source_id is null")
    below = f"{SUPERIOR} and organization_id in ({OWN_SUBORDINATES})"
    overseen = either(covers("reads", "government_credit"), below)
    seen = f"status <> 'EXPIRED' and ({either(mine, f'person_id is null and ({shown}) and ({overseen})')})"
    recorder = (
        f"recorder_id = {ORGANIZATION} and category <> 'DISHONEST_DEBTOR' and "
        f"({either(covers('writes', 'credit'), _APPEARANCE)})"
    )
    changes = f"category <> 'DISHONEST_DEBTOR' and ({either(f'organization_id = {ORGANIZATION}', recorder)})"
    return [
        *enable("integrity_record"),
        *policy("integrity_record", "select", seen),
        *policy("integrity_record", "insert", recorder),
        # Rows are locked to be looked at; what follows the court is changed by nobody else.
        (
            "create policy app_update on integrity_record for update to hub_app "
            f"using ({either(f'organization_id = {ORGANIZATION}', f'recorder_id = {ORGANIZATION}')}) "
            f"with check ({changes})"
        ),
        "grant update on integrity_record to hub_app",
        *enable("integrity_revision"),
        *policy("integrity_revision", "select", visible("integrity_record", "record_id", "integrity_revision")),
        *policy(
            "integrity_revision",
            "insert",
            f"made_by_id = {ORGANIZATION} and " + visible("integrity_record", "record_id", "integrity_revision"),
        ),
        "revoke delete on integrity_revision from hub_system",
        *enable("integrity_person"),
        *policy("integrity_person", "select", mine),
        *policy("integrity_person", "insert", f"recorder_id = {ORGANIZATION}"),
        *(
            f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
            for table in ("integrity_record", "integrity_revision", "integrity_person")
        ),
    ]


_APPEARANCE = f"category = 'APPEARANCE_FAILURE' and {covers('reads', 'home')}"


def alerts() -> str:
    """One more kind of alert, beside those there are."""
    return """
        do $do$ declare known text; begin
            select pg_get_expr(conbin, conrelid) into strict known from pg_constraint
            where conrelid = 'alert'::regclass and conname = 'ck_alert_kind';
            alter table alert drop constraint ck_alert_kind;
            execute format('alter table alert add constraint ck_alert_kind check ((%s) or kind = %L)',
                known, 'BODY_LISTED');
        end $do$
    """


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    tables()
    for statement in [*clearing(), *records(), alerts()]:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was recorded is not taken away; restore from a backup instead")
