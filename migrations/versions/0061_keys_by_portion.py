"""keys of a snapshot are kept portion by portion, as rows of their own they cost more than the comparison; rows on their
way in are copied"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.ops import enable

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

LISTS = ("DISHONEST", "PENDING", "TERMINATED_THIS_EXECUTION", "CONSUMPTION_RESTRICTION")
KIND = sa.Enum(*LISTS, name="list_kind", native_enum=False, create_constraint=True, length=40)
_PORTION = 10_000


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _temporary_tables("grant", "to")
    op.create_table(
        "snapshot_portion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("list_kind", KIND, nullable=False),
        sa.Column("business_keys", sa.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot_portion")),
    )
    op.create_index("ix_snapshot_portion_batch", "snapshot_portion", ["batch_id", "list_kind"])
    # Written once, read once or twice: packing them would cost more than the room.
    op.execute("alter table snapshot_portion alter column business_keys set storage external")
    for statement in enable("snapshot_portion"):
        op.execute(statement)
    op.execute("grant maintain on snapshot_portion to hub_system")
    op.execute(
        f"""
        insert into snapshot_portion (id, batch_id, list_kind, business_keys)
        select uuidv7(), batch_id, list_kind, array_agg(business_key)
        from (
            select *, row_number() over (partition by batch_id, list_kind order by business_key) / {_PORTION} as portion
            from snapshot_key
        ) held
        group by batch_id, list_kind, portion
        """
    )
    op.drop_table("snapshot_key")


def downgrade() -> None:
    op.create_table(
        "snapshot_key",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("list_kind", KIND, nullable=False),
        sa.Column("business_key", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("batch_id", "list_kind", "business_key", name=op.f("pk_snapshot_key")),
    )
    for statement in enable("snapshot_key"):
        op.execute(statement)
    op.execute("grant maintain on snapshot_key to hub_system")
    op.execute(
        "insert into snapshot_key select distinct batch_id, list_kind, unnest(business_keys) from snapshot_portion"
    )
    op.drop_table("snapshot_portion")
    _temporary_tables("revoke", "from")


def _temporary_tables(verb: str, side: str) -> None:
    """Rows that background work copies wait in a table of its connection alone."""
    given = f"{verb} temporary on database %I {side} hub_system"
    op.execute(f"do $$ begin execute format('{given}', current_database()); end $$")
