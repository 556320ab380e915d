"""bodies are found by every code they bear; what was stopped upon a wrong listing is to be seen again"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.ops import enable

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

QUEUE = """
    insert into subject_rekeying (subject_id, tenant_id, former) values (new.id, new.tenant_id, gone)
    on conflict (subject_id) do update set former = subject_rekeying.former || excluded.former;
"""
# Codes are hashed by a key that the database does not have: a code that was never told of the body itself goes at
# once, and its hash is kept until whoever has checked it has been told.
MOVED = f"""
    declare gone bytea[] := '{{}}';
    begin
        if new.uscc is null and new.identity_hash is null then
            gone := array(
                select l.identity from standing_listing l join dishonesty_record r on r.id = l.record_id
                where r.subject_id = new.id and l.identity <> l.name
                union
                select s.identity from standing_restriction s join consumption_restriction o on o.id = s.restriction_id
                where o.subject_id = new.id and s.identity is not null and not exists (
                    select 1 from restricted_person p
                    where p.restriction_id = o.id and p.identity_hash = s.identity));
            delete from standing_listing l using dishonesty_record r where r.id = l.record_id
                and r.subject_id = new.id and exists (
                    select 1 from standing_listing o where o.record_id = l.record_id and o.identity < l.identity);
            update standing_listing l set identity = l.name from dishonesty_record r
            where r.id = l.record_id and r.subject_id = new.id;
            update standing_restriction s set identity = null from consumption_restriction o
            where o.id = s.restriction_id and o.subject_id = new.id and s.identity = any (gone);
        end if;
        {QUEUE}
        return null;
    end
"""
UNIT = """
    declare unit uuid;
    begin
        if tg_table_name = 'organization' then unit := new.id;
        elsif tg_op = 'DELETE' then unit := old.organization_id;
        else unit := new.organization_id;
        end if;
        insert into subject_rekeying (subject_id, tenant_id)
        select s.id, s.tenant_id from subject s where s.organization_id = unit
        on conflict (subject_id) do nothing;
        return null;
    end
"""
CODE = "~ '^[0-9A-HJ-NPQRTUWXY]{18}$'"
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
        delete from consumption_restriction_party p using consumption_restriction o
        where o.id = p.restriction_id and o.subject_id = moved and p.capacity = 'SUBJECT'
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
            insert into consumption_restriction_party
                (restriction_id, organization_id, tenant_id, capacity, jurisdiction_path, listed_on, created_at,
                 updated_at)
            select o.id, unit, o.tenant_id, 'SUBJECT', o.jurisdiction_path, o.listed_on, moment, moment
            from consumption_restriction o where o.subject_id = moved on conflict do nothing;
        end if;
        update case_list_entry e set government_subject = counts, updated_at = moment where e.subject_id = moved;
        update consumption_restriction o set organization_id = unit, version = o.version + 1, updated_at = moment
        where o.subject_id = moved;
        return query update dishonesty_record r set government_subject = counts, version = r.version + 1,
            updated_at = moment where r.subject_id = moved returning r.id;
    end
"""
HEAD = "language plpgsql security definer set search_path = pg_catalog, public as"
ANEW = """
    insert into subject_rekeying (subject_id, tenant_id)
    select s.id, s.tenant_id from subject s where s.organization_id is not null and (
        exists (select 1 from dishonesty_record r join standing_listing l on l.record_id = r.id
            where r.subject_id = s.id)
        or exists (select 1 from consumption_restriction o join standing_restriction x on x.restriction_id = o.id
            where o.subject_id = s.id))
    on conflict do nothing
"""


KEYS = """
    update interception i set key = substring(c.keys from i.position * 32 + 1 for 32) from subject_check c
    where c.id = i.check_id
"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "subject_rekeying",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("former", sa.ARRAY(sa.LargeBinary()), server_default=sa.text("'{}'"), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_subject_rekeying")),
    )
    op.execute("alter table standing_listing drop constraint pk_standing_listing, "
               "add constraint pk_standing_listing primary key (record_id, identity)")  # fmt: skip
    op.drop_index("ix_standing_listing_stale", "standing_listing")
    op.add_column("checked_subject", sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column("interception", sa.Column("key", sa.LargeBinary(), nullable=True))
    op.add_column("interception", sa.Column("affected_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_interception_key", "interception", ["key"])
    op.execute(KEYS)
    op.execute("grant update (affected_at) on interception to hub_system")
    for statement in [*enable("subject_rekeying"), *found_anew()]:
        op.execute(statement)


def found_anew() -> list[str]:
    """Whatever changes the codes of a body queues it; the hub, which has the key, makes its hashes anew."""

    def by_alias(row: str) -> str:
        return f"for each row when ({row}.alias {CODE}) execute function unit_found_anew()"

    return [
        (
            f"create or replace function moved_subject(moved uuid, unit uuid, moment timestamptz, why text) "
            f"returns setof uuid {HEAD} $$ {MOVE} $$"
        ),
        "drop trigger forget_former_code on subject",
        "drop function forget_former_code()",
        f"create function subject_found_anew() returns trigger {HEAD} $$ {MOVED} $$",
        f"create function unit_found_anew() returns trigger {HEAD} $$ {UNIT} $$",
        "revoke all on function subject_found_anew() from public",
        "revoke all on function unit_found_anew() from public",
        (
            "create trigger found_anew after update of organization_id on subject for each row "
            "when (old.organization_id is distinct from new.organization_id) execute function subject_found_anew()"
        ),
        (
            "create trigger found_anew after update of uscc, name on organization for each row "
            "when (old.uscc is distinct from new.uscc or old.name is distinct from new.name) "
            "execute function unit_found_anew()"
        ),
        f"create trigger found_anew after insert on organization_alias {by_alias('new')}",
        f"create trigger lost_anew after delete on organization_alias {by_alias('old')}",
        ANEW,
    ]


def downgrade() -> None:
    raise NotImplementedError("successors would be lost to checks again; restore from a backup instead")
