"""asset controls"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, admit, covers, either, enable, ordering_officer, policy

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

HOLDER = f"holder_id = {ORGANIZATION} and sent_at is not null"
METADATA = covers("reads", "execution")
ACTIONS = (
    "FREEZE",
    "RENEW",
    "QUEUED_FREEZE",
    "RELEASE",
    "RELEASE_QUEUED",
    "TRANSFER",
    "WITHDRAW_INCOME",
    "FREEZE_AND_TRANSFER",
)
CONTROL_STATES = (
    "REQUESTED",
    "NOT_CONTROLLED",
    "QUEUED",
    "CONTROLLED",
    "RENEWED",
    "RELEASED",
    "TRANSFERRED",
    "EXPIRED",
    "CANCELLED",
)
ORDER_STATES = ("PENDING_APPROVAL", "REJECTED", "CANCELLED", "DISPATCHED", "ACCEPTED", "ANSWERED", "RETURNED")
QUERY_TYPES = (
    "PERSON_IDENTITY",
    "HUKOU",
    "RESIDENCE",
    "HOTEL",
    "EXIT_ENTRY",
    "MARRIAGE",
    "SOCIAL_SECURITY",
    "PROVIDENT_FUND",
    "REAL_ESTATE",
    "VEHICLE",
    "AGRI_MACHINE",
    "VESSEL",
    "BUSINESS_REG",
    "EQUITY",
    "BANK_ACCOUNT",
    "SECURITIES",
    "INSURANCE",
    "TAX_INVOICE",
    "TELECOM_NUMBER",
    "PLATFORM_ACCOUNT",
)
RETURNS = ("SEAL_MISSING", "DOCUMENT_UNREADABLE", "DOCUMENT_MISMATCH", "SUBJECT_UNCLEAR", "NOT_COMPETENT", "OTHER")
NOW = sa.text("now()")


def codes(name: str, *values: str, empty: bool = False) -> sa.Column[Any]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=empty)


def column(name: str, kind: Any, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=empty)


def moment(name: str, *, empty: bool = False, default: Any = None) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=empty, server_default=default)


def money(name: str, *, empty: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Numeric(17, 2), nullable=empty)


def placed() -> list[Any]:
    return [
        column("id", sa.Uuid()),
        column("tenant_id", sa.Uuid()),
        column("jurisdiction_path", sa.String(200)),
        column("jurisdiction_id", sa.Uuid()),
        moment("status_since", default=NOW),
        column("version", sa.Integer()),
        moment("created_at", default=NOW),
        moment("updated_at", default=NOW),
    ]


def refers(table: str, column_: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column_], [f"{to}.id"], name=op.f(f"fk_{table}_{column_}"))


def refers_within(table: str, column_: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column_, "tenant_id"], [f"{to}.id", f"{to}.tenant_id"], name=op.f(f"fk_{table}_{column_}_tenant_id")
    )


def controls() -> None:
    op.create_table(
        "asset_control",
        column("control_number", sa.String(45)),
        column("court_id", sa.Uuid()),
        column("holder_id", sa.Uuid()),
        column("case_id", sa.Uuid()),
        column("case_number", sa.String(64)),
        column("query_id", sa.Uuid()),
        column("execution_order_id", sa.Uuid()),
        column("subject_id", sa.Uuid()),
        column("target_index", sa.LargeBinary()),
        column("requester_id", sa.Uuid()),
        column("co_handler_ids", postgresql.ARRAY(sa.Uuid())),
        codes("query_type", *QUERY_TYPES),
        codes("asset_class", "DEPOSIT", "MOVABLE", "IMMOVABLE_OR_RIGHT"),
        column("asset_index", sa.LargeBinary()),
        column("asset_sealed", sa.LargeBinary(), empty=True),
        codes("status", *CONTROL_STATES),
        column("queue_number", sa.BigInteger(), empty=True),
        column("months", sa.Integer(), empty=True),
        column("currency", sa.String(3)),
        money("amount_requested"),
        money("amount_controlled"),
        money("amount_excess"),
        money("amount_transferred", empty=False),
        column("over_controlled", sa.Boolean()),
        column("starts_on", sa.Date(), empty=True),
        column("ends_on", sa.Date(), empty=True),
        column("ended_on", sa.Date(), empty=True),
        moment("sent_at", empty=True),
        *placed(),
        refers("asset_control", "court_id", "organization"),
        refers("asset_control", "holder_id", "organization"),
        refers("asset_control", "jurisdiction_id", "jurisdiction"),
        refers_within("asset_control", "case_id", "legal_case"),
        refers_within("asset_control", "query_id", "execution_query"),
        refers_within("asset_control", "execution_order_id", "execution_order"),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_asset_control")),
        sa.UniqueConstraint("tenant_id", "control_number", name=op.f("uq_asset_control_tenant_id_control_number")),
    )
    op.create_index("ix_asset_control_order", "asset_control", ["created_at", "id"])
    op.create_index("ix_asset_control_asset", "asset_control", ["tenant_id", "asset_index"])
    standing = sa.text("status in ('QUEUED', 'CONTROLLED', 'RENEWED')")
    op.create_index("ix_asset_control_open", "asset_control", ["ends_on", "id"], postgresql_where=standing)


def ordered() -> list[Any]:
    return [
        column("court_id", sa.Uuid()),
        column("case_id", sa.Uuid()),
        column("case_number", sa.String(64)),
        column("subject_id", sa.Uuid()),
        column("target_index", sa.LargeBinary()),
        column("purpose_text", sa.String(500)),
        codes("urgency", "NORMAL", "EMERGENCY"),
        column("requester_id", sa.Uuid()),
        column("co_handler_ids", postgresql.ARRAY(sa.Uuid())),
        column("approver_id", sa.Uuid(), empty=True),
        moment("decided_at", empty=True),
        column("decision_note", sa.Text(), empty=True),
        moment("approval_due_at", empty=True),
        moment("sent_at", empty=True),
        column("document_number", sa.String(100)),
        column("document_name", sa.String(200)),
        column("document_digest", sa.String(64)),
        column("seal_serial", sa.String(64)),
        column("document_sealed", sa.LargeBinary(), empty=True),
    ]


def orders() -> None:
    op.create_table(
        "control_order",
        *ordered(),
        column("control_id", sa.Uuid()),
        column("holder_id", sa.Uuid()),
        column("order_number", sa.String(45)),
        column("original_number", sa.String(45), empty=True),
        codes("action", *ACTIONS),
        codes("status", *ORDER_STATES),
        column("months", sa.Integer(), empty=True),
        column("currency", sa.String(3)),
        money("amount_requested"),
        column("due_on", sa.Date()),
        moment("due_at"),
        column("due_provisional", sa.Boolean()),
        column("deadline_basis", postgresql.JSONB(astext_type=sa.Text()), empty=True),
        column("urge_count", sa.Integer()),
        moment("urged_at", empty=True),
        codes("return_reason", *RETURNS, empty=True),
        column("return_note", sa.Text(), empty=True),
        column("return_contact_sealed", sa.LargeBinary(), empty=True),
        codes("result", "CONTROLLED", "NOT_CONTROLLED", "QUEUED", empty=True),
        column("reason", sa.Text(), empty=True),
        money("amount_controlled"),
        money("amount_excess"),
        column("starts_on", sa.Date(), empty=True),
        column("ends_on", sa.Date(), empty=True),
        moment("answered_at", empty=True),
        *placed(),
        refers("control_order", "court_id", "organization"),
        refers("control_order", "holder_id", "organization"),
        refers("control_order", "jurisdiction_id", "jurisdiction"),
        refers_within("control_order", "control_id", "asset_control"),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_control_order")),
        sa.UniqueConstraint("tenant_id", "order_number", name=op.f("uq_control_order_tenant_id_order_number")),
    )
    op.create_index("ix_control_order_control_id", "control_order", ["control_id", "id"])
    op.create_index("ix_control_order_order", "control_order", ["due_on", "id"])
    waiting = sa.text("status in ('PENDING_APPROVAL', 'DISPATCHED', 'ACCEPTED')")
    op.create_index("ix_control_order_open", "control_order", ["due_at", "id"], postgresql_where=waiting)


def guarded(table: str) -> list[str]:
    """Who asked, handles, approves or commands in the court; the holder once it was sent; the auditor, for metadata."""
    mine = ordering_officer(table)
    return [
        *enable(table),
        *policy(table, "select", either(mine, HOLDER, METADATA)),
        *policy(table, "insert", mine),
        *policy(table, "update", either(mine, HOLDER)),
        f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()",
    ]


def claims() -> list[str]:
    """Whether a case's controls add up to more than is claimed in it; its holders know their own only."""
    signature = "is_controlled_beyond_claim(uuid, integer)"
    return [
        (
            "create function is_controlled_beyond_claim(key uuid, tolerated integer) returns boolean language sql stable "
            "security definer set search_path = pg_catalog, public as $$ "
            "select coalesce(sum(a.amount_controlled - a.amount_transferred) > "
            "(select max(e.claim_amount_fen) from case_list_entry e where e.case_id = c.case_id "
            "and e.court_id = c.court_id and e.status = 'ACTIVE') / 100.0 * (100 + tolerated) / 100, false) "
            "from asset_control c join asset_control a on a.case_id = c.case_id and a.court_id = c.court_id "
            "and a.status in ('CONTROLLED', 'RENEWED') and a.currency = 'CNY' "
            f"where c.id = key and (c.{HOLDER.replace('sent_at', 'c.sent_at')} or c.court_id = {ORGANIZATION}) "
            "group by c.case_id, c.court_id $$"
        ),
        f"revoke all on function {signature} from public",
        f"grant execute on function {signature} to hub_app, hub_system",
        "create sequence control_queue",
        "grant usage on sequence control_queue to hub_app, hub_system",
    ]


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    controls()
    orders()
    kinds = ("CONTROL_UNANSWERED", "CONTROL_EXPIRING", "CONTROL_EXPIRED", "CONTROL_EXCESS")
    for statement in (
        *guarded("asset_control"),
        *guarded("control_order"),
        *claims(),
        admit("alert", "kind", *kinds),
    ):
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what courts control is not taken away; restore from a backup instead")
