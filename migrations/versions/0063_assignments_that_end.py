"""who carries a measure out may end; what it carried out goes to another, or is named as nobody's"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.ops import admit, covers, enable, policy, visible

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

TABLE = "measure_handover"
# What checks find of a measure stands under whoever carries it out; who hands it over need not be either of the two.
STANDING = """
    begin
        delete from standing_measure s where s.record_id = old.record_id and s.organization_id = old.implementer_id
            and s.code = old.code and not exists (
                select 1 from joint_punishment_measure m where m.record_id = old.record_id and m.code = old.code
                and m.implementer_id = old.implementer_id and m.target = 'UNIT' and m.status = 'IN_FORCE');
        if new.status = 'IN_FORCE' and new.target = 'UNIT' and new.implementer_id is not null then
            insert into standing_measure
                (record_id, organization_id, code, tenant_id, jurisdiction_path, mandatory, since)
            values (new.record_id, new.implementer_id, new.code, new.tenant_id, new.jurisdiction_path,
                new.level = 'MANDATORY', new.in_force_on)
            on conflict do nothing;
        end if;
        return null;
    end
"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column("measure_assignment", sa.Column("successor_id", sa.Uuid(), nullable=True))
    op.add_column("measure_assignment", sa.Column("end_reason", sa.String(300), nullable=True))
    op.add_column("measure_assignment", sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key(
        op.f("fk_measure_assignment_successor_id"), "measure_assignment", "organization", ["successor_id"], ["id"]
    )
    op.add_column("joint_punishment_measure", sa.Column("orphaned_on", sa.Date(), nullable=True))
    op.create_index(
        "ix_joint_punishment_measure_orphaned",
        "joint_punishment_measure",
        ["orphaned_on"],
        postgresql_where=sa.text("orphaned_on is not null"),
    )
    handovers()
    for statement in security():
        op.execute(statement)


def handovers() -> None:
    op.create_table(
        TABLE,
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("id", "tenant_id", "measure_id")),
        sa.Column("jurisdiction_path", sa.String(200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=True),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{TABLE}_{column}"))
            for column, other in (
                ("from_id", "organization"),
                ("to_id", "organization"),
                ("jurisdiction_id", "jurisdiction"),
            )
        ),
        sa.ForeignKeyConstraint(
            ["measure_id", "tenant_id"],
            ["joint_punishment_measure.id", "joint_punishment_measure.tenant_id"],
            name=op.f(f"fk_{TABLE}_measure_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(f"ix_{TABLE}_measure", TABLE, ["measure_id"])


def security() -> list[str]:
    """Read with the measure; entered by the credit office and the hub, never altered."""
    return [
        *enable(TABLE),
        *policy(TABLE, "select", visible("joint_punishment_measure", "measure_id", TABLE)),
        *policy(TABLE, "insert", covers("writes", "credit")),
        f"revoke update, delete on {TABLE} from hub_system",
        (
            "create function hand_over_standing() returns trigger language plpgsql security definer "
            f"set search_path = pg_catalog, public as $$ {STANDING} $$"
        ),
        "revoke all on function hand_over_standing() from public",
        (
            "create trigger hand_over_standing after update of implementer_id on joint_punishment_measure for each row "
            "when (old.implementer_id is not null and old.implementer_id is distinct from new.implementer_id) "
            "execute function hand_over_standing()"
        ),
        admit("alert", "kind", "MEASURE_ORPHANED"),
    ]


def downgrade() -> None:
    raise NotImplementedError("who carried out what is not forgotten; restore from a backup instead")
