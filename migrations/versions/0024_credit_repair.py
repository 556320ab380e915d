"""credit repair; what offices add to a listing; objections; archived listings"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, covers, either, enable, policy, visible

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

PATHS = ("SUBJECT_APPLY", "COURT_PUSH", "TERM_EXPIRY", "REORGANISATION_RULING")
OPEN = ("INITIATED", "RETURNED_INCOMPLETE", "ACCEPTED", "VERIFYING", "APPROVED", "SHIELDED")
STATUSES = (
    "CLOSURE_DUE",
    "INITIATED",
    "RETURNED_INCOMPLETE",
    "ACCEPTED",
    "VERIFYING",
    "APPROVED",
    "REJECTED",
    "SHIELDED",
    "COMPLETED",
    "WITHDRAWN",
    "REVOKED",
)
CLOCKS = (
    "CLOSURE_PUSH",
    "MATERIALS",
    "VERIFICATION",
    "DELETION",
    "SHIELDING",
    "RESTORATION",
    "PUBLICITY_LEAST",
    "PUBLICITY_MOST",
)
LISTING_STATES = (
    "EXEC_FILED",
    "NOTICE_SERVED",
    "PRE_LISTING_NOTICED",
    "DECIDED",
    "IN_GRACE",
    "AVERTED",
    "LISTED",
    "PUBLISHED",
    "CORRECTION_PENDING",
    "RECONSIDERING",
    "DELETE_DUE",
    "DELETED_SHIELDED",
    "REPAIRED",
    "REVOKED",
    "ARCHIVED",
)
COURT = f"court_id = {ORGANIZATION}"
OWN = f"organization_id = {ORGANIZATION}"
ENTERED = f"applicant_id = {ORGANIZATION}"
HANDLES = covers("writes", "credit")


def codes(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def column(name: str, type_: object, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, type_, nullable=nullable)


def placed() -> list[sa.Column]:
    return [
        column("id", sa.Uuid(), nullable=False),
        column("tenant_id", sa.Uuid(), nullable=False),
        column("jurisdiction_path", sa.String(200), nullable=False),
        column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    ]


def refers(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}"))


def of_listing(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["record_id", "tenant_id"],
        ["dishonesty_record.id", "dishonesty_record.tenant_id"],
        name=op.f(f"fk_{table}_record_id_tenant_id"),
    )


def repairs() -> None:
    table = "credit_repair"
    op.create_table(
        table,
        column("path", codes("path", PATHS), nullable=False),
        column("status", codes("status", STATUSES), nullable=False),
        column("severity", codes("severity", ("MINOR", "GENERAL", "SERIOUS")), nullable=False),
        column("record_id", sa.Uuid(), nullable=False),
        column("case_number", sa.String(64), nullable=False),
        column("court_id", sa.Uuid(), nullable=False),
        column("organization_id", sa.Uuid()),
        column("applicant_id", sa.Uuid()),
        column("performance", codes("performance", ("PERFORMED", "SETTLED", "COOPERATED"))),
        column("closed_on", sa.Date()),
        column("pushed_at", sa.DateTime(timezone=True)),
        column("document_no", sa.String(100)),
        column("document_name", sa.String(200)),
        column("document_digest", sa.String(64)),
        column("commitment", sa.Text()),
        column("missing", postgresql.ARRAY(sa.Text()), nullable=False),
        *(column(name, sa.Text()) for name in ("decision_reason", "remedy", "objection", "end_reason")),
        *(column(name, sa.DateTime(timezone=True)) for name in ("shielded_at", "completed_at", "restored_at")),
        *placed(),
        of_listing(table),
        *(refers(table, name, "organization") for name in ("court_id", "organization_id", "applicant_id")),
        refers(table, "jurisdiction_id", "jurisdiction"),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_credit_repair")),
    )
    op.create_index("ix_credit_repair_order", table, ["created_at", "id"])
    for name in ("court_id", "organization_id"):
        op.create_index(f"ix_credit_repair_{name}", table, [name, "created_at", "id"])
    op.create_index(
        "uq_credit_repair_closure",
        table,
        ["record_id", "closed_on", "tenant_id"],
        unique=True,
        postgresql_where=sa.text("path = 'COURT_PUSH'"),
    )
    open_ = ", ".join(f"'{each}'" for each in OPEN)
    op.create_index(
        "uq_credit_repair_open",
        table,
        ["record_id", "tenant_id"],
        unique=True,
        postgresql_where=sa.text(f"status in ({open_})"),
    )


def clocks() -> None:
    table = "credit_repair_clock"
    op.create_table(
        table,
        column("repair_id", sa.Uuid(), nullable=False),
        column("kind", codes("kind", CLOCKS), nullable=False),
        column("tenant_id", sa.Uuid(), nullable=False),
        column("anchor_on", sa.Date(), nullable=False),
        column("due_on", sa.Date(), nullable=False),
        column("clause", sa.String(300), nullable=False),
        column("origin", codes("origin", ("LAW", "NOTICE", "DEFAULT")), nullable=False),
        column("provisional", sa.Boolean(), nullable=False),
        column("met_on", sa.Date()),
        sa.ForeignKeyConstraint(
            ["repair_id", "tenant_id"],
            ["credit_repair.id", "credit_repair.tenant_id"],
            name=op.f("fk_credit_repair_clock_repair_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("repair_id", "kind", name=op.f("pk_credit_repair_clock")),
    )
    op.create_index("ix_credit_repair_clock_running", table, ["due_on"], postgresql_where=sa.text("met_on is null"))


def objections() -> None:
    table = "credit_objection"
    statuses = (
        "FILED",
        "SOURCE_ASKED",
        "UPHELD",
        "CORRECTED",
        "DISMISSED",
        "RECONSIDERING",
        "FINAL",
        "WITHDRAWN",
    )
    op.create_table(
        table,
        column("kind", codes("kind", ("LISTING", "DATA")), nullable=False),
        column("status", codes("status", statuses), nullable=False),
        column("record_id", sa.Uuid(), nullable=False),
        column("case_number", sa.String(64), nullable=False),
        column("court_id", sa.Uuid(), nullable=False),
        column("organization_id", sa.Uuid(), nullable=False),
        column("grounds", sa.Text(), nullable=False),
        column("evidence_digest", sa.String(64)),
        column("due_on", sa.Date()),
        column("due_clause", sa.String(300)),
        column("due_provisional", sa.Boolean(), nullable=False),
        column("decision", sa.Text()),
        column("decided_at", sa.DateTime(timezone=True)),
        column("corrected_at", sa.DateTime(timezone=True)),
        *placed(),
        of_listing(table),
        *(refers(table, name, "organization") for name in ("court_id", "organization_id")),
        refers(table, "jurisdiction_id", "jurisdiction"),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_credit_objection")),
    )
    op.create_index("ix_credit_objection_order", table, ["created_at", "id"])
    for name in ("court_id", "organization_id"):
        op.create_index(f"ix_credit_objection_{name}", table, [name, "created_at", "id"])
    op.create_index(
        "uq_credit_objection_open",
        table,
        ["record_id", "kind", "tenant_id"],
        unique=True,
        postgresql_where=sa.text("status in ('FILED', 'SOURCE_ASKED', 'UPHELD', 'RECONSIDERING')"),
    )


def remarks() -> None:
    table = "listing_remark"
    kinds = ("ANNOTATION", "SHIELD_CONFIRMED", "COURT_CHECK_REQUESTED")
    stamps = [each for each in placed() if each.name not in ("status_since", "version")]
    op.create_table(
        table,
        column("kind", codes("kind", kinds), nullable=False),
        column("record_id", sa.Uuid(), nullable=False),
        column("court_id", sa.Uuid(), nullable=False),
        column("organization_id", sa.Uuid(), nullable=False),
        column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        *stamps,
        of_listing(table),
        *(refers(table, name, "organization") for name in ("court_id", "organization_id")),
        refers(table, "jurisdiction_id", "jurisdiction"),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_listing_remark")),
    )
    op.create_index("ix_listing_remark_order", table, ["created_at", "id"])
    op.create_index("ix_listing_remark_court_id", table, ["court_id", "created_at", "id"])


def remark_security() -> list[str]:
    """The credit office adds, and it and the listing's court read; a remark is never changed."""
    listing = (
        "exists (select 1 from dishonesty_record d where d.id = listing_remark.record_id "
        "and d.court_id = listing_remark.court_id and d.jurisdiction_path = listing_remark.jurisdiction_path)"
    )
    return [
        *enable("listing_remark"),
        *policy("listing_remark", "select", either(COURT, covers("reads", "credit"))),
        *policy("listing_remark", "insert", f"{OWN} and {HANDLES} and {listing}"),
        "revoke update, delete on listing_remark from hub_system",
    ]


def objection_security() -> list[str]:
    """The unit that a listing is of objects to it; its court and the credit office see that."""
    subject = (
        "exists (select 1 from dishonesty_record_party p join dishonesty_record d on d.id = p.record_id "
        "where d.id = credit_objection.record_id and d.court_id = credit_objection.court_id "
        "and d.tenant_id = credit_objection.tenant_id and p.capacity = 'SUBJECT' "
        f"and p.organization_id = {ORGANIZATION})"
    )
    return [
        *enable("credit_objection"),
        *policy("credit_objection", "select", either(COURT, OWN, covers("reads", "credit"))),
        *policy("credit_objection", "insert", f"{OWN} and status = 'FILED' and {subject}"),
        *policy("credit_objection", "update", either(COURT, OWN, HANDLES)),
        "create trigger keep_tenant before update on credit_objection for each row execute function keep_tenant()",
    ]


def repair_security() -> list[str]:
    """Court, subject's unit and the credit office of the place see a repair; whoever enters one enters it on a listing
    that it sees, as its own, at its beginning."""
    listing = visible("dishonesty_record", "record_id", "credit_repair").replace(
        "v.id =", "v.tenant_id = credit_repair.tenant_id and v.court_id = credit_repair.court_id and v.id ="
    )
    beginning = either(
        f"{COURT} and path = 'COURT_PUSH' and status = 'CLOSURE_DUE'",
        f"({either(OWN, HANDLES)}) and path in ('SUBJECT_APPLY', 'REORGANISATION_RULING') and status = 'INITIATED'",
    )
    handled = "exists (select 1 from credit_repair r where r.id = repair_id and ({}))".format(
        either(f"r.{COURT}", f"r.{OWN}", covers("writes", "credit", "r.jurisdiction_path"))
    )
    return [
        *enable("credit_repair"),
        *policy("credit_repair", "select", either(COURT, OWN, covers("reads", "credit"))),
        *policy("credit_repair", "insert", f"{ENTERED} and ({beginning}) and {listing}"),
        *policy("credit_repair", "update", either(COURT, OWN, HANDLES)),
        *enable("credit_repair_clock"),
        *policy("credit_repair_clock", "select", visible("credit_repair", "repair_id", "credit_repair_clock")),
        *policy("credit_repair_clock", "insert", handled),
        *policy("credit_repair_clock", "update", handled),
        "create trigger keep_tenant before update on credit_repair for each row execute function keep_tenant()",
    ]


def archive() -> None:
    """A listing whose life has ended is archived, and keeps how it ended."""
    for table in ("dishonesty_record", "dishonesty_step"):
        op.drop_constraint(op.f(f"ck_{table}_status"), table)
        op.create_check_constraint(op.f(f"ck_{table}_status"), table, sa.column("status").in_(LISTING_STATES))
    op.add_column("dishonesty_record", column("archived_from", codes("archived_from", LISTING_STATES)))
    ended = "status in ('AVERTED', 'REPAIRED', 'REVOKED')"
    op.create_index(
        "ix_dishonesty_record_ended", "dishonesty_record", ["status_since"], postgresql_where=sa.text(ended)
    )


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    repairs()
    clocks()
    objections()
    remarks()
    archive()
    for statement in repair_security() + objection_security() + remark_security():
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was repaired is not taken away; restore from a backup instead")
