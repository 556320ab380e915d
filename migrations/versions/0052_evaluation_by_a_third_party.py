"""evaluation of public bodies by a third party that knows them by pseudonym alone; its role"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, admit, covers, either, enable, policy

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

EVALUATOR, COMMISSIONER = f"evaluator_id = {ORGANIZATION}", f"commissioner_id = {ORGANIZATION}"
HANDLES = covers("writes", "credit")


def codes(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def column(name: str, type_: object, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, type_, nullable=nullable)


def moment(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)


def placed(*, staged: bool = True) -> list[sa.Column]:
    return [
        column("id", sa.Uuid(), nullable=False),
        column("tenant_id", sa.Uuid(), nullable=False),
        column("jurisdiction_path", sa.String(200), nullable=False),
        column("jurisdiction_id", sa.Uuid(), nullable=False),
        *([moment("status_since")] if staged else []),
        column("version", sa.Integer(), nullable=False),
        moment("created_at"),
        moment("updated_at"),
    ]


def refers(table: str, *names: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [name],
            ["jurisdiction.id" if name == "jurisdiction_id" else "organization.id"],
            name=op.f(f"fk_{table}_{name}"),
        )
        for name in (*names, "jurisdiction_id")
    ]


def of_engagement(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["engagement_id", "tenant_id"],
        ["integrity_engagement.id", "integrity_engagement.tenant_id"],
        name=op.f(f"fk_{table}_engagement_id_tenant_id"),
    )


def tables() -> None:
    table = "integrity_engagement"
    op.create_table(
        table,
        column("status", codes("status", ("OPEN", "RETURNED", "ATTACHED", "ENDED")), nullable=False),
        *(column(name, sa.Uuid(), nullable=False) for name in ("commissioner_id", "evaluator_id")),
        column("standard_version", sa.String(100), nullable=False),
        column("bodies", sa.Integer(), nullable=False),
        column("note", sa.Text()),
        *placed(),
        *refers(table, "commissioner_id", "evaluator_id"),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_integrity_engagement")),
    )
    op.create_index("ix_integrity_engagement_order", table, ["created_at", "id"])
    table = "evaluation_extract"
    op.create_table(
        table,
        *(column(name, sa.Uuid(), nullable=False) for name in ("engagement_id", "evaluator_id", "commissioner_id")),
        column("pseudonym", sa.String(16), nullable=False),
        column("kind", sa.String(40), nullable=False),
        column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        column("score", sa.Integer()),
        column("remark", sa.Text()),
        *placed(staged=False),
        *refers(table, "evaluator_id", "commissioner_id"),
        of_engagement(table),
        sa.UniqueConstraint(
            "engagement_id",
            "pseudonym",
            "tenant_id",
            name=op.f("uq_evaluation_extract_engagement_id_pseudonym_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_evaluation_extract")),
    )
    table = "integrity_evaluation"
    op.create_table(
        table,
        *(column(name, sa.Uuid(), nullable=False) for name in ("engagement_id", "organization_id", "commissioner_id")),
        column("pseudonym", sa.String(16), nullable=False),
        column("standard_version", sa.String(100), nullable=False),
        column("score", sa.Integer()),
        column("grade", codes("grade", ("A", "B", "C", "D"))),
        column("attached_at", sa.DateTime(timezone=True)),
        *(each for each in placed(staged=False) if each.name != "version"),
        *refers(table, "organization_id", "commissioner_id"),
        of_engagement(table),
        sa.UniqueConstraint(
            "engagement_id",
            "organization_id",
            "tenant_id",
            name=op.f("uq_integrity_evaluation_engagement_id_organization_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_integrity_evaluation")),
    )
    op.create_index("ix_integrity_evaluation_body", table, ["organization_id", "attached_at"])


def security() -> list[str]:
    """The evaluator sees its engagements, and their extracts while they are open; who is who, never."""
    open_ = (
        "exists (select 1 from integrity_engagement e where e.id = evaluation_extract.engagement_id "
        f"and e.tenant_id = evaluation_extract.tenant_id and e.{EVALUATOR} and e.status = 'OPEN')"
    )
    scores = f"{EVALUATOR} and {open_}"
    attached = f"attached_at is not null and ({either(f'organization_id = {ORGANIZATION}', covers('reads', 'credit'))})"
    return [
        admit("organization_function", "role", "THIRD_PARTY_EVALUATOR"),
        *enable("integrity_engagement"),
        *policy("integrity_engagement", "select", either(EVALUATOR, COMMISSIONER)),
        *policy("integrity_engagement", "insert", f"{COMMISSIONER} and {HANDLES} and status = 'OPEN'"),
        *policy("integrity_engagement", "update", either(EVALUATOR, COMMISSIONER)),
        *enable("evaluation_extract"),
        *policy("evaluation_extract", "select", either(COMMISSIONER, scores)),
        *policy("evaluation_extract", "insert", f"{COMMISSIONER} and {HANDLES}"),
        *policy("evaluation_extract", "update", scores),
        *enable("integrity_evaluation"),
        *policy("integrity_evaluation", "select", either(COMMISSIONER, attached)),
        *policy("integrity_evaluation", "insert", f"{COMMISSIONER} and {HANDLES}"),
        *policy("integrity_evaluation", "update", f"{COMMISSIONER} and {HANDLES}"),
        *(
            f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
            for table in ("integrity_engagement", "evaluation_extract", "integrity_evaluation")
        ),
    ]


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    tables()
    for statement in security():
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was evaluated is not taken away; restore from a backup instead")
