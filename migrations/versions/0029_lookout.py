"""lookouts"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, admit, covers, either, enable, officer, ordering_officer, policy

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

POLICE = f"police_id = {ORGANIZATION} and sent_at is not null"
METADATA = covers("reads", "execution")
STATES = (
    "PENDING_APPROVAL",
    "REJECTED",
    "CANCELLED",
    "SENT",
    "RETURNED",
    "ACTIVE",
    "WITHDRAWING",
    "WITHDRAWN",
    "EXPIRED",
    "CLOSED",
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


def lookouts() -> None:
    op.create_table(
        "lookout_order",
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
        column("lookout_number", sa.String(45)),
        column("police_id", sa.Uuid()),
        codes("target_kind", "PERSON", "VEHICLE"),
        column("target_sealed", sa.LargeBinary(), empty=True),
        column("contact_sealed", sa.LargeBinary(), empty=True),
        column("measures", postgresql.ARRAY(sa.String(40))),
        column("area", sa.String(200)),
        column("valid_from", sa.Date()),
        column("valid_to", sa.Date()),
        codes("status", *STATES),
        codes("return_reason", *RETURNS, empty=True),
        column("return_note", sa.Text(), empty=True),
        column("return_contact_sealed", sa.LargeBinary(), empty=True),
        moment("activated_at", empty=True),
        column("withdrawal_reason", sa.Text(), empty=True),
        moment("withdrawal_asked_at", empty=True),
        moment("withdrawal_due_at", empty=True),
        moment("withdrawal_confirmed_at", empty=True),
        moment("ended_at", empty=True),
        *placed(),
        refers("lookout_order", "court_id", "organization"),
        refers("lookout_order", "police_id", "organization"),
        refers("lookout_order", "jurisdiction_id", "jurisdiction"),
        refers_within("lookout_order", "case_id", "legal_case"),
        refers_within("lookout_order", "subject_id", "subject"),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_lookout_order")),
        sa.UniqueConstraint("tenant_id", "lookout_number", name=op.f("uq_lookout_order_tenant_id_lookout_number")),
    )
    op.create_index("ix_lookout_order_order", "lookout_order", ["created_at", "id"])
    watched = sa.text("status in ('PENDING_APPROVAL', 'SENT', 'ACTIVE', 'WITHDRAWING')")
    op.create_index("ix_lookout_order_open", "lookout_order", ["status", "id"], postgresql_where=watched)


def hits() -> None:
    op.create_table(
        "lookout_hit",
        column("lookout_id", sa.Uuid()),
        column("court_id", sa.Uuid()),
        column("police_id", sa.Uuid()),
        moment("met_at"),
        column("place_sealed", sa.LargeBinary(), empty=True),
        column("police_unit", sa.String(200)),
        column("after_withdrawal", sa.Boolean()),
        codes("status", "NOTIFIED", "COURT_DISPATCHED", "COURT_ARRIVED", "CONCLUDED"),
        moment("notified_at"),
        moment("dispatched_at", empty=True),
        moment("arrived_at", empty=True),
        moment("concluded_at", empty=True),
        codes("outcome", "HANDED_OVER", "PERFORMED_ON_SITE", "LOST", "NOT_THE_TARGET", "LET_GO", empty=True),
        column("outcome_note", sa.Text(), empty=True),
        *placed(),
        refers("lookout_hit", "court_id", "organization"),
        refers("lookout_hit", "police_id", "organization"),
        refers("lookout_hit", "jurisdiction_id", "jurisdiction"),
        refers_within("lookout_hit", "lookout_id", "lookout_order"),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_lookout_hit")),
    )
    op.create_index("ix_lookout_hit_lookout_id", "lookout_hit", ["lookout_id", "id"])


def guarded() -> list[str]:
    """The court's officers who asked, approve or command; the police once it was sent; the auditor, for metadata."""
    mine = ordering_officer("lookout_order")
    visible = "exists (select 1 from lookout_order l where l.id = lookout_hit.lookout_id)"
    reported = (
        f"police_id = {ORGANIZATION} and exists (select 1 from lookout_order l where l.id = lookout_hit.lookout_id "
        f"and l.court_id = lookout_hit.court_id and l.police_id = {ORGANIZATION})"
    )
    changing = either(
        f"police_id = {ORGANIZATION}",
        officer(
            "lookout_hit.court_id",
            "exists (select 1 from lookout_order l where l.id = lookout_hit.lookout_id "
            "and (o.capacity in ('APPROVER', 'COMMAND') or o.id = l.requester_id or o.id = any (l.co_handler_ids)))",
        ),
    )
    return [
        *enable("lookout_order"),
        *policy("lookout_order", "select", either(mine, POLICE, METADATA)),
        *policy("lookout_order", "insert", mine),
        *policy("lookout_order", "update", either(mine, POLICE)),
        *enable("lookout_hit"),
        *policy("lookout_hit", "select", visible),
        *policy("lookout_hit", "insert", reported),
        *policy("lookout_hit", "update", changing),
        *(
            f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
            for table in ("lookout_order", "lookout_hit")
        ),
    ]


def alarms() -> list[str]:
    """The police alarm the court whose target they met, and see that they did."""
    own = (
        "kind in ('LOOKOUT_HIT', 'LOOKOUT_HIT_LATE') and target_kind = 'LookoutHit' and exists "
        "(select 1 from lookout_hit h where h.id = alert.target_id "
        f"and h.police_id = {ORGANIZATION} and h.court_id = alert.organization_id)"
    )
    kinds = (
        "LOOKOUT_HIT",
        "LOOKOUT_HIT_LATE",
        "LOOKOUT_HIT_WAITING",
        "LOOKOUT_NOT_WITHDRAWN",
        "LOOKOUT_EXPIRED",
    )
    return [
        admit("alert", "kind", *kinds),
        f"create policy app_insert_hit on alert for insert to hub_app with check ({own})",
        f"create policy app_select_hit on alert for select to hub_app using ({own})",
    ]


def readings() -> None:
    """What is read is an answer to an order, or a lookout."""
    op.alter_column("execution_read", "query_id", nullable=True)
    op.alter_column("execution_read", "order_id", nullable=True)
    op.add_column("execution_read", column("lookout_id", sa.Uuid(), empty=True))
    of = "(lookout_id is null) = (query_id is not null) and (query_id is null) = (order_id is null)"
    op.create_check_constraint("one_thing", "execution_read", of)


def documents() -> str:
    """Whether the caller's court gave a document in another case, for a query, a control or a lookout."""
    mine = f"court_id = {ORGANIZATION}"
    ordered = " ".join(
        f"or exists (select 1 from {table} d where d.document_digest = given and d.case_id <> own and d.{mine})"
        for table in ("control_order", "lookout_order")
    )
    return (
        "create or replace function is_document_of_another_case(given text, own uuid) returns boolean language sql stable "
        "security definer set search_path = pg_catalog, public as $$ "
        "select exists (select 1 from execution_document d join execution_query q on q.id = d.query_id "
        f"where d.digest = given and q.case_id <> own and q.{mine}) {ordered} $$"
    )


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    lookouts()
    hits()
    readings()
    for statement in (*guarded(), *alarms(), documents()):
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("whom courts look out for is not taken away; restore from a backup instead")
