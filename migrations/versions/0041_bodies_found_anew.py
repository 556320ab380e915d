"""a body that becomes another unit is no longer found by the former unit's code; late complaints are alerted"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0036"
branch_labels = None
depends_on = None

STALE = """
    begin
        update standing_listing l set identity = l.name from dishonesty_record r
        where r.id = l.record_id and r.subject_id = new.id;
        return null;
    end
"""
ALERTS = """
    do $do$ declare known text; begin
        select pg_get_expr(conbin, conrelid) into strict known from pg_constraint
        where conrelid = 'alert'::regclass and conname = 'ck_alert_kind';
        alter table alert drop constraint ck_alert_kind;
        execute format('alter table alert add constraint ck_alert_kind check ((%s) or kind = %L)',
            known, 'COMPLAINT_OVERDUE');
    end $do$
"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute(ALERTS)
    op.create_index(
        "ix_standing_listing_stale", "standing_listing", ["record_id"], postgresql_where=sa.text("identity = name")
    )
    # Codes are hashed by a key that the database does not have: the former code goes at once, and the name stays
    # until the hub has put the new code in its place.
    op.execute(
        "create function forget_former_code() returns trigger language plpgsql security definer "
        f"set search_path = pg_catalog, public as $$ {STALE} $$"
    )
    op.execute("revoke all on function forget_former_code() from public")
    op.execute(
        "create trigger forget_former_code after update of organization_id on subject for each row "
        "when (old.organization_id is distinct from new.organization_id and new.uscc is null "
        "and new.identity_hash is null) execute function forget_former_code()"
    )


def downgrade() -> None:
    raise NotImplementedError("a former unit's code would be found again; restore from a backup instead")
