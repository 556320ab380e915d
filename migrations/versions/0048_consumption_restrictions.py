"""orders that restrict consumption, as courts tell them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.ops import ORGANIZATION, admit, covers, either, enable, policy, visible

revision = "0048"
down_revision = "0046"
branch_labels = None
depends_on = None

OWN = f"organization_id = {ORGANIZATION}"
ORDER = "consumption_restriction"
ROLES = ("LEGAL_REPRESENTATIVE", "PRINCIPAL", "DIRECTLY_RESPONSIBLE", "ACTUAL_CONTROLLER", "FINANCE_HEAD")
LISTS = ("case_list_entry", "inbox_message", "reconciliation", "snapshot_key", "feed_row")
CHECKERS = (
    "root = any ((select array(select split_part(p, '/', 1) from "
    "unnest(string_to_array(nullif(current_setting('hub.reads_check', true), ''), ',')) p))::text[])"
)


def codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def key(name: str = "id", *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def day(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=nullable)


def moment(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def words(name: str, length: int, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=nullable)


def stamped() -> list[sa.Column]:
    return [
        sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
        for name in ("created_at", "updated_at")
    ]


def tenanted() -> list[sa.Column]:
    return [key(), key("tenant_id"), words("jurisdiction_path", 200), key("jurisdiction_id")]


def refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def within(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_tenant_id")
    return sa.ForeignKeyConstraint([column, "tenant_id"], [f"{other}.id", f"{other}.tenant_id"], name=name)


def orders() -> None:
    op.create_table(
        ORDER,
        sa.Column("status", codes("status", "ACTIVE", "ENDED"), nullable=False),
        *(key(name) for name in ("case_id", "subject_id")),
        key("organization_id", nullable=True),
        key("court_id"),
        words("subject_masked", 200),
        words("case_number", 64),
        words("order_number", 100),
        words("legal_basis", 200),
        day("listed_on", nullable=False),
        day("exempted_on"),
        words("exemption_reason", 200, nullable=True),
        day("lifted_on"),
        words("lift_reason", 200, nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        *tenanted(),
        words("source", 60),
        words("source_key", 200),
        moment("occurred_at"),
        moment("received_at"),
        sa.Column("source_sequence", sa.BigInteger(), nullable=False),
        sa.Column("source_version", sa.Integer(), nullable=False),
        key("message_key"),
        words("content_digest", 64),
        *stamped(),
        within(ORDER, "case_id", "legal_case"),
        within(ORDER, "subject_id", "subject"),
        refers(ORDER, "organization_id", "organization"),
        refers(ORDER, "court_id", "organization"),
        refers(ORDER, "jurisdiction_id", "jurisdiction"),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f(f"pk_{ORDER}")),
        sa.UniqueConstraint("tenant_id", "source", "source_key", name=op.f(f"uq_{ORDER}_tenant_id_source_source_key")),
    )
    op.create_index(f"ix_{ORDER}_order", ORDER, ["listed_on", "id"])
    op.create_index(f"ix_{ORDER}_organization", ORDER, ["organization_id"])


def parts() -> None:
    party, person, step, standing = f"{ORDER}_party", "restricted_person", "restriction_step", "standing_restriction"
    op.create_table(
        party,
        *(key(name) for name in ("restriction_id", "organization_id", "tenant_id")),
        sa.Column("capacity", codes("capacity", "SOURCE", "SUBJECT"), nullable=False),
        words("jurisdiction_path", 200),
        day("listed_on", nullable=False),
        *stamped(),
        refers(party, "organization_id", "organization"),
        within(party, "restriction_id", ORDER),
        sa.PrimaryKeyConstraint("restriction_id", "organization_id", "tenant_id", name=op.f(f"pk_{party}")),
    )
    op.create_index(f"ix_{party}_mine", party, ["organization_id", "listed_on", "restriction_id"])
    op.create_table(
        person,
        *tenanted(),
        key("restriction_id"),
        sa.Column("role", codes("role", *ROLES), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        words("name_masked", 100),
        sa.Column("identity_hash", sa.LargeBinary(), nullable=True),
        *stamped(),
        refers(person, "jurisdiction_id", "jurisdiction"),
        within(person, "restriction_id", ORDER),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f(f"pk_{person}")),
    )
    op.create_index(f"ix_{person}_restriction_id", person, ["restriction_id"])
    op.create_table(
        step,
        *(key(name) for name in ("id", "restriction_id", "tenant_id")),
        sa.Column("status", codes("status", "ACTIVE", "ENDED"), nullable=False),
        day("exempted_on"),
        day("lifted_on"),
        moment("occurred_at"),
        sa.Column("source_sequence", sa.BigInteger(), nullable=False),
        sa.Column("source_version", sa.Integer(), nullable=False),
        moment("received_at"),
        sa.Column("late", sa.Boolean(), nullable=False),
        within(step, "restriction_id", ORDER),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{step}")),
        sa.UniqueConstraint(
            "restriction_id",
            "occurred_at",
            "source_sequence",
            "source_version",
            name=op.f(f"uq_{step}_restriction_id_occurred_at_source_sequence_source_version"),
        ),
    )
    op.create_table(
        standing,
        *(key(name) for name in ("id", "restriction_id", "tenant_id")),
        words("root", 20),
        sa.Column("identity", sa.LargeBinary(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        day("since", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{standing}")),
    )
    for column in ("identity", "name", "restriction_id"):
        op.create_index(f"ix_{standing}_{column}", standing, [column])


def security() -> list[str]:
    """For its court, the unit restricted and the credit office; a check finds those in force, by keyed hashes."""
    credit = covers("reads", "credit")
    own = f"exists (select 1 from {ORDER}_party p where p.restriction_id = {ORDER}.id and p.{OWN})"
    statements = [
        *enable(ORDER),
        *policy(ORDER, "select", either(credit, own)),
        *enable(f"{ORDER}_party"),
        *policy(f"{ORDER}_party", "select", either(OWN, credit)),
    ]
    for table in ("restricted_person", "restriction_step"):
        statements += [*enable(table), *policy(table, "select", visible(ORDER, "restriction_id", table))]
    return [*statements, *enable("standing_restriction"), *policy("standing_restriction", "select", CHECKERS)]


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    orders()
    parts()
    fixed = [
        f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
        for table in (ORDER, "restricted_person")
    ]
    admitted = [admit(table, "list_kind", "CONSUMPTION_RESTRICTION") for table in LISTS]
    for statement in security() + fixed + admitted:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what courts told is not taken away; restore from a backup instead")
