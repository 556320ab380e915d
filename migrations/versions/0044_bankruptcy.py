"""bankruptcies that courts coordinate with the government, their matters, plans for disposals of real estate"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, admit, covers, either, enable, policy, visible

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

COURT = f"court_id = {ORGANIZATION}"
OWNER = f"owner_id = {ORGANIZATION}"
READS, WRITES = covers("reads", "linkage"), covers("writes", "linkage")
IS_COURT = (
    f"exists (select 1 from organization_function f where f.organization_id = {ORGANIZATION} and f.role = 'COURT' "
    "and f.valid_to is null)"
)
TYPES = (
    "PETITION_STABILITY",
    "EMPLOYEE_SETTLEMENT",
    "ASSET_REVITALISATION",
    "REGISTRATION_CANCELLATION",
    "TAX_RELIEF",
    "CREDIT_REPAIR",
    "REAL_ESTATE",
    "INFORMATION_SHARING",
    "FINANCE",
    "CHANGE_REGISTRATION",
    "OTHER",
)
MATTER_STATES = ("OPEN", "ASSIGNED", "HANDLING", "FEEDBACK", "ACCEPTED", "CLOSED", "RETURNED", "WITHDRAWN")


def codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def column(name: str, type_: object, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, type_, nullable=nullable)


def moment(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True))


def placed() -> list[sa.Column]:
    now = sa.text("now()")
    stamps = ("status_since", "created_at", "updated_at")
    return [
        column("id", sa.Uuid(), nullable=False),
        column("tenant_id", sa.Uuid(), nullable=False),
        column("jurisdiction_path", sa.String(200), nullable=False),
        column("jurisdiction_id", sa.Uuid(), nullable=False),
        column("version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True), server_default=now, nullable=False) for name in stamps),
    ]


def keys(table: str, *units: str, of: tuple[str, str] | None = None) -> list[sa.Constraint]:
    """Primary key, the units named, the place, and the row it belongs to."""
    found: list[sa.Constraint] = [
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f(f"fk_{table}_jurisdiction_id")),
        *(sa.ForeignKeyConstraint([name], ["organization.id"], name=op.f(f"fk_{table}_{name}")) for name in units),
    ]
    if of is not None:
        name, to = of
        whole = sa.ForeignKeyConstraint(
            [name, "tenant_id"], [f"{to}.id", f"{to}.tenant_id"], name=op.f(f"fk_{table}_{name}_tenant_id")
        )
        found.append(whole)
    return found


def coordinations() -> None:
    table = "bankruptcy_coordination"
    states = ("PROPOSED", "REVIEWED", "ASSIGNED", "IN_PROGRESS", "ALL_SETTLED", "CLOSED")
    outcomes = ("PLAN_APPROVED", "SETTLEMENT_RECOGNISED", "LIQUIDATION", "TERMINATED")
    op.create_table(
        table,
        column("status", codes("status", *states), nullable=False),
        column("court_id", sa.Uuid(), nullable=False),
        column("owner_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        column("case_number", sa.String(64), nullable=False),
        column("debtor_name", sa.String(200), nullable=False),
        column("debtor_uscc", sa.String(18), nullable=False),
        column("accepted_on", sa.Date(), nullable=False),
        column("ruling_no", sa.String(100), nullable=False),
        column("ruling_digest", sa.String(64), nullable=False),
        column("administrator", sa.String(200), nullable=False),
        column("assetless", sa.Boolean(), nullable=False),
        column("sham_review", sa.Text(), nullable=False),
        column("assign_by", sa.Date()),
        column("assign_basis", postgresql.JSONB()),
        column("measures_no", sa.String(100)),
        column("measures", sa.Text()),
        moment("reviewed_at"),
        column("outcome", codes("outcome", *outcomes)),
        column("outcome_on", sa.Date()),
        column("outcome_no", sa.String(100)),
        column("outcome_digest", sa.String(64)),
        moment("closed_at"),
        *placed(),
        *keys(table, "court_id"),
        sa.UniqueConstraint(
            "court_id", "case_number", "tenant_id", name=op.f(f"uq_{table}_court_id_case_number_tenant_id")
        ),
    )
    op.create_index(f"ix_{table}_order", table, ["accepted_on", "id"])
    op.create_index(f"ix_{table}_debtor_uscc", table, ["debtor_uscc"])


def matters() -> None:
    table = "bankruptcy_matter"
    op.create_table(
        table,
        column("coordination_id", sa.Uuid(), nullable=False),
        column("court_id", sa.Uuid(), nullable=False),
        column("owner_id", sa.Uuid()),
        column("number", sa.Integer(), nullable=False),
        column("type", codes("type", *TYPES), nullable=False),
        column("status", codes("status", *MATTER_STATES), nullable=False),
        column("title", sa.String(200), nullable=False),
        column("content", sa.Text(), nullable=False),
        column("method", sa.Text()),
        column("handle_by", sa.Date()),
        column("due_on", sa.Date()),
        column("due_basis", postgresql.JSONB()),
        moment("assigned_at"),
        moment("accepted_at"),
        column("result", sa.Text()),
        column("result_evidence", postgresql.JSONB(), nullable=False),
        column("return_reason", sa.Text()),
        column("urge_count", sa.Integer(), nullable=False),
        column("urged_on", sa.Date()),
        column("urge_note", sa.Text()),
        moment("settled_at"),
        *placed(),
        *keys(table, "court_id", "owner_id", of=("coordination_id", "bankruptcy_coordination")),
        sa.UniqueConstraint(
            "coordination_id", "number", "tenant_id", name=op.f(f"uq_{table}_coordination_id_number_tenant_id")
        ),
    )
    op.create_index(f"ix_{table}_order", table, ["created_at", "id"])
    op.create_index(f"ix_{table}_owner_id", table, ["owner_id", "created_at", "id"])
    op.create_index(f"ix_{table}_due_on", table, ["due_on"])


def plans() -> None:
    table = "stability_plan"
    op.create_table(
        table,
        column("matter_id", sa.Uuid(), nullable=False),
        column("proposer_id", sa.Uuid(), nullable=False),
        column("responsible_id", sa.Uuid(), nullable=False),
        column("status", codes("status", "SUBMITTED", "APPROVED", "RETURNED"), nullable=False),
        column("risk", codes("risk", "LOW", "MEDIUM", "HIGH"), nullable=False),
        column("risk_study", sa.Text(), nullable=False),
        column("plan", sa.Text(), nullable=False),
        column("due_on", sa.Date()),
        column("due_basis", postgresql.JSONB()),
        column("approved_by_id", sa.Uuid()),
        moment("approved_at"),
        column("return_reason", sa.Text()),
        *placed(),
        *keys(table, "proposer_id", "responsible_id", "approved_by_id", of=("matter_id", "bankruptcy_matter")),
        sa.UniqueConstraint("matter_id", "tenant_id", name=op.f(f"uq_{table}_matter_id_tenant_id")),
    )
    op.create_index(f"ix_{table}_order", table, ["created_at", "id"])


def security() -> list[str]:
    """A bankruptcy is its court's, theirs who oversee linkage in the place, and of the units that own a matter of it; a
    matter its owner's alone among these units; a plan theirs who see the matter and the body's that answers for it."""
    mine = f"{ORGANIZATION} = any (owner_ids)"
    of_court = (
        f"exists (select 1 from bankruptcy_coordination c where c.id = coordination_id and c.{COURT} "
        "and c.jurisdiction_path = bankruptcy_matter.jurisdiction_path)"
    )
    of_owner = (
        f"exists (select 1 from bankruptcy_matter m where m.id = matter_id and m.{OWNER} and m.type = 'REAL_ESTATE' "
        "and m.jurisdiction_path = stability_plan.jurisdiction_path)"
    )
    plan = either(
        f"responsible_id = {ORGANIZATION}", visible("bankruptcy_matter", "matter_id", "stability_plan"), READS
    )
    return [
        *enable("bankruptcy_coordination"),
        *policy("bankruptcy_coordination", "select", either(COURT, mine, READS)),
        *policy(
            "bankruptcy_coordination",
            "insert",
            f"{COURT} and status = 'PROPOSED' and {covers('reads', 'home')} and {IS_COURT}",
        ),
        *policy("bankruptcy_coordination", "update", either(COURT, mine, WRITES)),
        *enable("bankruptcy_matter"),
        *policy("bankruptcy_matter", "select", either(COURT, OWNER, READS)),
        *policy("bankruptcy_matter", "insert", f"{COURT} and status = 'OPEN' and owner_id is null and {of_court}"),
        *policy("bankruptcy_matter", "update", either(COURT, OWNER, WRITES)),
        *enable("stability_plan"),
        *policy("stability_plan", "select", plan),
        *policy("stability_plan", "insert", f"proposer_id = {ORGANIZATION} and status = 'SUBMITTED' and {of_owner}"),
        *policy("stability_plan", "update", either(f"proposer_id = {ORGANIZATION}", WRITES)),
        *(
            f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
            for table in ("bankruptcy_coordination", "bankruptcy_matter", "stability_plan")
        ),
    ]


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    coordinations()
    matters()
    plans()
    for statement in [*security(), admit("alert", "kind", "BANKRUPTCY_URGED")]:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was coordinated is not taken away; restore from a backup instead")
