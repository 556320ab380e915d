"""leases of connections; epochs of event positions"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.ops import enable

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


OWN = "language {} security definer set search_path = pg_catalog, public as"

# What a restore changes: the cluster (or its timeline, when it was recovered), the database, or the table in it.
ORIGIN = """create function event_origin() returns text language sql stable set search_path = pg_catalog, public as $$
select concat_ws('/', c.system_identifier, left(pg_walfile_name(pg_current_wal_insert_lsn()), 8), d.oid,
                 to_regclass('outbox_event')::oid)
from pg_control_system() c, pg_database d where d.datname = current_database() $$"""

# The epoch of what is written now, or of what will be written next.
NOW = f"""create function event_epoch_now() returns integer {OWN.format("sql stable")} $$
select coalesce(max(number) filter (where origin = event_origin()), coalesce(max(number), 0) + 1)
from (select number, origin from event_epoch order by number desc limit 1) latest $$"""

# Writers of the same epoch never wait: only the first of an epoch takes the lock.
BEGIN = f"""create function begin_event_epoch() returns integer {OWN.format("plpgsql volatile")} $$
declare
    here integer := event_epoch_now();
begin
    if not exists (select 1 from event_epoch where number = here) then
        lock table event_epoch in share row exclusive mode;
        here := event_epoch_now();
        insert into event_epoch (number, origin) values (here, event_origin()) on conflict (number) do nothing;
    end if;
    return here;
end $$"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    leases()
    epochs()


def leases() -> None:
    op.create_table(
        "connection_lease",
        sa.Column("client_id", sa.String(length=100), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "process_id", name=op.f("pk_connection_lease")),
    )
    for statement in enable("connection_lease"):
        op.execute(statement)


def epochs() -> None:
    op.create_table(
        "event_epoch",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("origin", sa.String(length=100), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("forgotten_transaction", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("forgotten_number", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_event_epoch")),
    )
    for statement in [*enable("event_epoch"), ORIGIN, NOW, BEGIN]:
        op.execute(statement)
    for name in ("event_origin", "event_epoch_now", "begin_event_epoch"):
        op.execute(f"revoke all on function {name}() from public")
    op.execute("grant execute on function event_epoch_now() to hub_system")
    op.execute("grant execute on function begin_event_epoch() to hub_app, hub_system")
    op.execute("insert into event_epoch (number, origin) values (1, event_origin())")
    op.add_column("outbox_event", sa.Column("epoch", sa.Integer(), server_default="1", nullable=False))
    op.alter_column("outbox_event", "epoch", server_default=sa.text("begin_event_epoch()"))
    op.drop_index("ix_outbox_event_position", "outbox_event")
    op.create_index("ix_outbox_event_position", "outbox_event", ["epoch", "transaction_id", "number"], unique=True)
    op.create_index("ix_outbox_event_created_at", "outbox_event", ["created_at"])


def downgrade() -> None:
    raise NotImplementedError("positions of events are not given up; restore from a backup instead")
