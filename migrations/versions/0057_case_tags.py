"""tags that courts give their cases, and bodies of tagged cases that no unit of the register is"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, admit, either, enable, policy, visible

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

COURT = f"court_id = {ORGANIZATION}"
KINDS = ("LIVELIHOOD", "ADMINISTRATIVE_ORGAN", "ENFORCEMENT_EVASION")
NOW = sa.text("now()")


def codes(name: str, *values: str) -> sa.Column[Any]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=False)


def column(name: str, kind: Any, *, empty: bool = False, default: Any = None) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=empty, server_default=default)


def moment(name: str, *, default: Any = None) -> sa.Column[Any]:
    return column(name, sa.DateTime(timezone=True), default=default)


def placed(table: str) -> list[Any]:
    return [
        column("id", sa.Uuid()),
        column("tenant_id", sa.Uuid()),
        column("jurisdiction_path", sa.String(200)),
        column("jurisdiction_id", sa.Uuid()),
        moment("created_at", default=NOW),
        moment("updated_at", default=NOW),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f(f"fk_{table}_jurisdiction_id")),
        sa.ForeignKeyConstraint(["court_id"], ["organization.id"], name=op.f(f"fk_{table}_court_id")),
        sa.ForeignKeyConstraint(
            ["case_id", "tenant_id"],
            ["legal_case.id", "legal_case.tenant_id"],
            name=op.f(f"fk_{table}_case_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f(f"pk_{table}")),
    ]


def tables() -> None:
    op.create_table(
        "case_tag",
        column("case_id", sa.Uuid()),
        column("court_id", sa.Uuid()),
        codes("kind", *KINDS),
        codes("status", "ACTIVE", "WITHDRAWN"),
        codes("origin", "MESSAGE", "HUB"),
        column("label", sa.String(100)),
        column("clause", sa.String(200), empty=True),
        column("ground", sa.String(500), empty=True),
        column("tagged_on", sa.Date()),
        moment("told_at"),
        column("withdrawn_on", sa.Date(), empty=True),
        column("withdrawal_reason", sa.String(500), empty=True),
        column("version", sa.Integer()),
        *placed("case_tag"),
        sa.UniqueConstraint("case_id", "kind", "tenant_id", name=op.f("uq_case_tag_case_id_kind_tenant_id")),
    )
    op.create_index("ix_case_tag_order", "case_tag", ["tagged_on", "id"])
    op.create_index("ix_case_tag_court", "case_tag", ["court_id", "kind"])
    of_organs = sa.text("kind = 'ADMINISTRATIVE_ORGAN'")
    op.create_index("ix_case_tag_organs", "case_tag", ["id"], postgresql_where=of_organs)
    op.create_table(
        "case_tagging",
        column("case_id", sa.Uuid()),
        column("court_id", sa.Uuid()),
        column("kinds", postgresql.ARRAY(sa.String(40))),
        column("ground", sa.String(500), empty=True),
        codes("origin", "MESSAGE", "HUB"),
        moment("told_at"),
        moment("confirmed_at"),
        column("late", sa.Boolean()),
        *placed("case_tagging"),
    )
    by_message, told = sa.text("origin = 'MESSAGE'"), ["case_id", "told_at", "tenant_id"]
    op.create_index("uq_case_tagging_message", "case_tagging", told, unique=True, postgresql_where=by_message)
    op.create_index("ix_case_tagging_case_id", "case_tagging", ["case_id"])


def security() -> list[str]:
    """A tag is seen with its case. Only the court of the case changes one, and what it said before is its own."""
    own = f"exists (select 1 from legal_case c where c.id = {{0}}.case_id and c.{COURT})"
    made = f"{COURT} and origin = 'HUB' and {own}"
    return [
        *enable("case_tag"),
        *policy("case_tag", "select", either(COURT, visible("legal_case", "case_id", "case_tag"))),
        *policy("case_tag", "insert", f"{made.format('case_tag')} and status = 'ACTIVE'"),
        *policy("case_tag", "update", COURT),
        *enable("case_tagging"),
        *policy("case_tagging", "select", COURT),
        *policy("case_tagging", "insert", made.format("case_tagging")),
        *(
            f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
            for table in ("case_tag", "case_tagging")
        ),
        admit("data_quality_issue", "kind", "TAGGED_BODY_UNMATCHED"),
    ]


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    tables()
    for statement in security():
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what courts told is not taken away; restore from a backup instead")
