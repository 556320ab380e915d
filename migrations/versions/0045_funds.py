"""funds that aid bankruptcies and relieve applicants; publication that stops upon a ruling of reorganisation"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, covers, either, enable, policy, visible

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

COURT, HOLDER = f"court_id = {ORGANIZATION}", f"holder_id = {ORGANIZATION}"
READS, WRITES = covers("reads", "linkage"), covers("writes", "linkage")
IS_COURT = (
    f"exists (select 1 from organization_function f where f.organization_id = {ORGANIZATION} and f.role = 'COURT' "
    "and f.valid_to is null)"
)
KINDS = ("BANKRUPTCY_AID", "EXECUTION_RELIEF")
RULED = """
    select exists (
        select 1 from bankruptcy_coordination c
        join dishonesty_record d on d.id = listing and d.tenant_id = c.tenant_id
        join subject s on s.id = d.subject_id and s.tenant_id = d.tenant_id
        where s.uscc = c.debtor_uscc and c.outcome_digest = digest
            and c.outcome in ('PLAN_APPROVED', 'SETTLEMENT_RECOGNISED')
    )
"""


def codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def column(name: str, type_: object, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, type_, nullable=nullable)


def placed(*stamps: str) -> list[sa.Column]:
    now = sa.text("now()")
    return [
        column("id", sa.Uuid(), nullable=False),
        column("tenant_id", sa.Uuid(), nullable=False),
        column("jurisdiction_path", sa.String(200), nullable=False),
        column("jurisdiction_id", sa.Uuid(), nullable=False),
        *(
            sa.Column(name, sa.DateTime(timezone=True), server_default=now, nullable=False)
            for name in (*stamps, "created_at", "updated_at")
        ),
    ]


def keys(table: str, *units: str, of: tuple[tuple[str, str], ...] = ()) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f(f"fk_{table}_jurisdiction_id")),
        *(sa.ForeignKeyConstraint([name], ["organization.id"], name=op.f(f"fk_{table}_{name}")) for name in units),
        *(
            sa.ForeignKeyConstraint(
                [name, "tenant_id"], [f"{to}.id", f"{to}.tenant_id"], name=op.f(f"fk_{table}_{name}_tenant_id")
            )
            for name, to in of
        ),
    ]


def accounts() -> None:
    table = "fund_account"
    op.create_table(
        table,
        column("kind", codes("kind", *KINDS), nullable=False),
        column("fiscal_year", sa.Integer(), nullable=False),
        column("holder_id", sa.Uuid(), nullable=False),
        *(column(name, sa.BigInteger(), nullable=False) for name in ("budget_fen", "approved_fen", "paid_fen")),
        column("basis", sa.String(200), nullable=False),
        column("version", sa.Integer(), nullable=False),
        *placed(),
        *keys(table, "holder_id"),
        sa.UniqueConstraint(
            "jurisdiction_id",
            "kind",
            "fiscal_year",
            "tenant_id",
            name=op.f("uq_fund_account_jurisdiction_id_kind_fiscal_year_tenant_id"),
        ),
        sa.CheckConstraint(
            "paid_fen >= 0 AND paid_fen <= approved_fen AND approved_fen <= budget_fen",
            name=op.f("ck_fund_account_balance"),
        ),
    )
    op.create_index("ix_fund_account_order", table, ["fiscal_year", "id"])


def disbursements() -> None:
    table = "fund_disbursement"
    purposes = ("ADMINISTRATOR_FEE", "EMPLOYEE_WAGES", "APPLICANT_RELIEF")
    claims = ("WAGES", "TRAFFIC_ACCIDENT", "PERSONAL_INJURY", "SUPPORT", "OTHER")
    states = ("APPLIED", "APPROVED", "PAID", "REFUSED", "WITHDRAWN", "CANCELLED")
    op.create_table(
        table,
        column("account_id", sa.Uuid(), nullable=False),
        column("kind", codes("kind", *KINDS), nullable=False),
        column("purpose", codes("purpose", *purposes), nullable=False),
        column("claim", codes("claim", *claims)),
        column("status", codes("status", *states), nullable=False),
        column("court_id", sa.Uuid(), nullable=False),
        column("holder_id", sa.Uuid(), nullable=False),
        column("coordination_id", sa.Uuid()),
        column("case_number", sa.String(64), nullable=False),
        column("amount_fen", sa.BigInteger(), nullable=False),
        column("approved_fen", sa.BigInteger()),
        column("grounds", sa.Text(), nullable=False),
        column("applied_by", sa.String(200), nullable=False),
        column("decided_by", sa.String(200)),
        column("decided_by_id", sa.Uuid()),
        column("decided_at", sa.DateTime(timezone=True)),
        column("reason", sa.Text()),
        column("due_on", sa.Date()),
        column("due_basis", postgresql.JSONB()),
        column("voucher_no", sa.String(100)),
        column("voucher_digest", sa.String(64)),
        column("paid_on", sa.Date()),
        column("version", sa.Integer(), nullable=False),
        *placed("status_since"),
        *keys(
            table,
            "court_id",
            "holder_id",
            "decided_by_id",
            of=(("account_id", "fund_account"), ("coordination_id", "bankruptcy_coordination")),
        ),
        sa.CheckConstraint(
            "amount_fen > 0 AND approved_fen > 0 AND approved_fen <= amount_fen",
            name=op.f("ck_fund_disbursement_amounts"),
        ),
    )
    op.create_index("ix_fund_disbursement_order", table, ["created_at", "id"])
    op.create_index("ix_fund_disbursement_account_id", table, ["account_id", "created_at", "id"])


def applicants() -> None:
    table = "relief_applicant"
    op.create_table(
        table,
        column("court_id", sa.Uuid(), nullable=False),
        column("holder_id", sa.Uuid(), nullable=False),
        *(column(name, sa.LargeBinary(), nullable=False) for name in ("name_sealed", "identity_sealed")),
        column("identity_index", sa.LargeBinary(), nullable=False),
        *placed(),
        *keys(table, "court_id", "holder_id", of=(("id", "fund_disbursement"),)),
    )
    op.create_index("ix_relief_applicant_identity_index", table, ["identity_index"])


def stops() -> None:
    table = "publication_stop"
    op.create_table(
        table,
        column("repair_id", sa.Uuid(), nullable=False),
        column("court_id", sa.Uuid(), nullable=False),
        column("publisher_id", sa.Uuid(), nullable=False),
        column("status", codes("status", "ASKED", "STOPPED"), nullable=False),
        column("case_number", sa.String(64), nullable=False),
        column("due_on", sa.Date(), nullable=False),
        column("due_basis", postgresql.JSONB(), nullable=False),
        column("receipt_no", sa.String(100)),
        column("evaluation", sa.Text()),
        column("stopped_on", sa.Date()),
        column("version", sa.Integer(), nullable=False),
        *placed("status_since"),
        *keys(table, "court_id", "publisher_id", of=(("repair_id", "credit_repair"),)),
        sa.UniqueConstraint(
            "repair_id", "publisher_id", "tenant_id", name=op.f("uq_publication_stop_repair_id_publisher_id_tenant_id")
        ),
    )
    op.create_index("ix_publication_stop_order", table, ["created_at", "id"])


def security() -> list[str]:
    """A fund is its holder's, of the courts of the place and of those who oversee linkage there; an application its
    court's and its holder's, and theirs who oversee; who is relieved, the court's and the holder's alone."""
    account = (
        "exists (select 1 from fund_account a where a.id = account_id and a.holder_id = fund_disbursement.holder_id "
        "and a.kind = fund_disbursement.kind and a.jurisdiction_path = fund_disbursement.jurisdiction_path)"
    )
    of_court = (
        f"exists (select 1 from fund_disbursement d where d.id = relief_applicant.id and d.{COURT} "
        "and d.holder_id = relief_applicant.holder_id and d.jurisdiction_path = relief_applicant.jurisdiction_path)"
    )
    handles = covers("writes", "credit")
    publisher = f"publisher_id = {ORGANIZATION}"
    return [
        *enable("fund_account"),
        *policy("fund_account", "select", either(HOLDER, READS, f"{covers('reads', 'home')} and {IS_COURT}")),
        *policy("fund_account", "insert", f"{HOLDER} and approved_fen = 0 and {covers('reads', 'home')}"),
        *policy("fund_account", "update", either(HOLDER, WRITES)),
        *enable("fund_disbursement"),
        *policy("fund_disbursement", "select", either(COURT, HOLDER, READS)),
        *policy("fund_disbursement", "insert", f"{COURT} and status = 'APPLIED' and {IS_COURT} and {account}"),
        *policy("fund_disbursement", "update", either(COURT, HOLDER, WRITES)),
        *enable("relief_applicant"),
        *policy("relief_applicant", "select", either(COURT, HOLDER)),
        *policy("relief_applicant", "insert", f"{COURT} and {of_court}"),
        *enable("publication_stop"),
        *policy(
            "publication_stop", "select", either(publisher, visible("credit_repair", "repair_id", "publication_stop"))
        ),
        *policy(
            "publication_stop", "insert", f"{handles} and {visible('credit_repair', 'repair_id', 'publication_stop')}"
        ),
        *policy("publication_stop", "update", publisher),
        *(
            f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
            for table in ("fund_account", "fund_disbursement", "relief_applicant", "publication_stop")
        ),
        # Who applies need not see the bankruptcy: all it learns is whether its ruling is one of this debtor.
        (
            "create function reorganisation_ruled(listing uuid, digest text) returns boolean language sql stable "
            f"security definer set search_path = pg_catalog, public as $$ {RULED} $$"
        ),
        "revoke all on function reorganisation_ruled(uuid, text) from public",
        "grant execute on function reorganisation_ruled(uuid, text) to hub_app, hub_system",
    ]


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    accounts()
    disbursements()
    applicants()
    stops()
    for statement in security():
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was paid is not taken away; restore from a backup instead")
