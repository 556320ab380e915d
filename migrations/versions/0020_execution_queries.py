"""execution queries, and keys of tenants"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import IDENTIFIED, ORGANIZATION, SUBJECT, covers, either, enable, policy

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ALERT_KINDS = (
    "DUE_SOON",
    "DUE_TODAY",
    "OVERDUE",
    "ESCALATED",
    "REPORT_DUE",
    "REPORT_OVERDUE",
    "DEADLINE_PROVISIONAL",
    "PLENARY_MISSING",
    "LIAISON_MISSING",
    "CONFIRMATION_OVERDUE",
    "SETTLEMENT_OVERDUE",
    "ACCEPTANCE_OVERDUE",
    "REVIEW_OVERDUE",
    "NOTICE_OVERDUE",
    "MINUTES_OVERDUE",
)
NEW_KINDS = ("QUERY_UNANSWERED", "OBJECTION_OVERDUE", "APPROVAL_LAPSED", "READS_STOPPED")

COURT = f"court_id = {ORGANIZATION}"
HOLDER = f"holder_id = {ORGANIZATION}"
METADATA = covers("reads", "execution")
TAKES_PART = "o.id in (q.requester_id, q.approver_id) or o.id = any (q.co_handler_ids)"


def officer(of: str, condition: str) -> str:
    """True when the caller is an officer of the court in ``of`` and the condition on ``o`` holds."""
    return (
        f"exists (select 1 from execution_officer o where o.client_id = {SUBJECT} and o.court_id = {ORGANIZATION} "
        f"and o.court_id = {of} and ({condition}))"
    )


def reader(query: str) -> str:
    """True when the caller is one of those whom the answers to a query are for: asker, co-handler, approver, or the
    court's command centre."""
    of = officer("q.court_id", f"o.suspended_at is null and (o.capacity = 'COMMAND' or {TAKES_PART})")
    return f"exists (select 1 from execution_query q where q.id = {query} and {of})"


def asked_by_own_court(query: str) -> str:
    return f"exists (select 1 from execution_query q where q.id = {query} and q.{COURT})"


def tables() -> None:
    op.create_table(
        "execution_officer",
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.String(length=100), nullable=False),
        sa.Column("certificate_number", sa.String(length=40), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum(
                "OFFICER", "APPROVER", "COMMAND", name="capacity", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["organization.id"], name=op.f("fk_execution_officer_court_id")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_execution_officer_jurisdiction_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_execution_officer")),
        sa.UniqueConstraint(
            "tenant_id",
            "court_id",
            "certificate_number",
            name=op.f("uq_execution_officer_tenant_id_court_id_certificate_number"),
        ),
        sa.UniqueConstraint(
            "tenant_id", "court_id", "client_id", name=op.f("uq_execution_officer_tenant_id_court_id_client_id")
        ),
    )
    op.create_index("ix_execution_officer_court_id", "execution_officer", ["court_id", "id"], unique=False)
    op.create_table(
        "court_seal",
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("serial", sa.String(length=64), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["organization.id"], name=op.f("fk_court_seal_court_id")),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_court_seal_jurisdiction_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_court_seal")),
        sa.UniqueConstraint("tenant_id", "court_id", "serial", name=op.f("uq_court_seal_tenant_id_court_id_serial")),
    )
    op.create_table(
        "execution_query",
        sa.Column("inquiry_number", sa.String(length=45), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("target_index", sa.LargeBinary(), nullable=False),
        sa.Column(
            "purpose_code",
            sa.Enum(
                "LOCATE_PERSON",
                "LOCATE_ASSET",
                "VERIFY_REPORT",
                "CONTROL_ASSET",
                name="purpose_code",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("purpose_text", sa.String(length=500), nullable=False),
        sa.Column(
            "urgency",
            sa.Enum("NORMAL", "EMERGENCY", name="urgency", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "PENDING_APPROVAL",
                "REJECTED",
                "CANCELLED",
                "DISPATCHED",
                "PARTIALLY_ANSWERED",
                "ANSWERED",
                "USED",
                "CLOSED",
                "PURGED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asks", postgresql.JSONB(), nullable=False),
        sa.Column("requester_id", sa.Uuid(), nullable=False),
        sa.Column("co_handler_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("approver_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=True),
        sa.Column("approval_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("repeat_days", sa.Integer(), nullable=True),
        sa.Column("repeat_until", sa.Date(), nullable=True),
        sa.Column("next_round_on", sa.Date(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("access_count", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("purge_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "tenant_id"],
            ["legal_case.id", "legal_case.tenant_id"],
            name=op.f("fk_execution_query_case_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["organization.id"], name=op.f("fk_execution_query_court_id")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_execution_query_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id", "tenant_id"],
            ["subject.id", "subject.tenant_id"],
            name=op.f("fk_execution_query_subject_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_execution_query")),
        sa.UniqueConstraint("tenant_id", "inquiry_number", name=op.f("uq_execution_query_tenant_id_inquiry_number")),
    )
    op.create_index(
        "ix_execution_query_open",
        "execution_query",
        ["status", "id"],
        unique=False,
        postgresql_where=sa.text("status not in ('REJECTED', 'CANCELLED', 'PURGED')"),
    )
    op.create_index("ix_execution_query_order", "execution_query", ["created_at", "id"], unique=False)
    op.create_index("ix_execution_query_target", "execution_query", ["tenant_id", "target_index"], unique=False)
    op.create_table(
        "execution_document",
        sa.Column("query_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "INQUIRY_NOTICE",
                "EXECUTION_RULING",
                "EXECUTION_NOTICE",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("document_number", sa.String(length=100), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("seal_serial", sa.String(length=64), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_execution_document_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["query_id", "tenant_id"],
            ["execution_query.id", "execution_query.tenant_id"],
            name=op.f("fk_execution_document_query_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_execution_document")),
    )
    op.create_index("ix_execution_document_query_id", "execution_document", ["query_id"], unique=False)
    op.create_table(
        "execution_order",
        sa.Column("query_id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column(
            "query_type",
            sa.Enum(
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
                name="query_type",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("order_number", sa.String(length=45), nullable=False),
        sa.Column("case_number", sa.String(length=64), nullable=False),
        sa.Column("target_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("target_index", sa.LargeBinary(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "DISPATCHED",
                "ACCEPTED",
                "ANSWERED",
                "RETURNED",
                "OBJECTED",
                "CANCELLED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_provisional", sa.Boolean(), nullable=False),
        sa.Column("deadline_basis", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("urge_count", sa.Integer(), nullable=False),
        sa.Column("urged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "return_reason",
            sa.Enum(
                "SEAL_MISSING",
                "DOCUMENT_UNREADABLE",
                "DOCUMENT_MISMATCH",
                "SUBJECT_UNCLEAR",
                "NOT_COMPETENT",
                "OTHER",
                name="return_reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("return_note", sa.Text(), nullable=True),
        sa.Column("return_contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("objection", sa.Text(), nullable=True),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objection_due_on", sa.Date(), nullable=True),
        sa.Column("objection_decision", sa.Text(), nullable=True),
        sa.Column(
            "answer_code",
            sa.Enum(
                "FOUND",
                "NOT_FOUND",
                "NO_SUCH_SUBJECT",
                "PARTIAL",
                "REFUSED",
                "ERROR",
                name="answer_code",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("item_count", sa.Integer(), nullable=True),
        sa.Column("result_digest", sa.String(length=64), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["organization.id"], name=op.f("fk_execution_order_court_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["organization.id"], name=op.f("fk_execution_order_holder_id")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_execution_order_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["query_id", "tenant_id"],
            ["execution_query.id", "execution_query.tenant_id"],
            name=op.f("fk_execution_order_query_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_execution_order")),
        sa.UniqueConstraint("tenant_id", "order_number", name=op.f("uq_execution_order_tenant_id_order_number")),
    )
    op.create_index("ix_execution_order_holder", "execution_order", ["holder_id", "due_on", "id"], unique=False)
    op.create_index(
        "ix_execution_order_open",
        "execution_order",
        ["due_at", "id"],
        unique=False,
        postgresql_where=sa.text("status in ('DISPATCHED', 'ACCEPTED', 'OBJECTED')"),
    )
    op.create_index("ix_execution_order_order", "execution_order", ["due_on", "id"], unique=False)
    op.create_index("ix_execution_order_query_id", "execution_order", ["query_id", "round"], unique=False)
    op.create_table(
        "execution_result",
        sa.Column("query_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["holder_id"], ["organization.id"], name=op.f("fk_execution_result_holder_id")),
        sa.ForeignKeyConstraint(
            ["id", "tenant_id"],
            ["execution_order.id", "execution_order.tenant_id"],
            name=op.f("fk_execution_result_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_execution_result_jurisdiction_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_execution_result")),
    )
    op.create_index("ix_execution_result_query_id", "execution_result", ["query_id"], unique=False)
    op.create_table(
        "execution_read",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("query_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("target_index", sa.LargeBinary(), nullable=False),
        sa.Column("client_id", sa.String(length=100), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=500), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("watermark", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["organization.id"], name=op.f("fk_execution_read_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_execution_read")),
    )
    op.create_index("ix_execution_read_officer", "execution_read", ["client_id", "at"], unique=False)
    op.create_index("ix_execution_read_target", "execution_read", ["tenant_id", "target_index", "at"], unique=False)
    op.create_table(
        "tenant_key",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "use",
            sa.Enum("DATA", "INDEX", name="use", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "use", "version", name=op.f("pk_tenant_key")),
    )


def keys() -> list[str]:
    """A first key may be made by whoever first seals; later ones by background work. Wrapped keys open nothing without
    the master key, which no database holds."""
    return [
        *enable("tenant_key"),
        *policy("tenant_key", "select", IDENTIFIED),
        *policy("tenant_key", "insert", f"{IDENTIFIED} and version = 1"),
    ]


def officers() -> list[str]:
    seen = either(COURT, METADATA)
    statements: list[str] = []
    for table in ("execution_officer", "court_seal"):
        statements += [*enable(table), *policy(table, "select", seen)]
        statements += [*policy(table, "insert", COURT), *policy(table, "update", COURT)]
    return statements + own_clients()


def own_clients() -> list[str]:
    """Whether a client is one of the caller's organisation; of any other client the answer is that it is not."""
    signature = "is_own_client(text)"
    return [
        (
            "create function is_own_client(key text) returns boolean language sql stable "
            "security definer set search_path = pg_catalog, public as $$ "
            f"select exists (select 1 from oauth_client c where c.client_id = key and c.organization_id = {ORGANIZATION} "
            "and c.disabled_at is null) $$"
        ),
        f"revoke all on function {signature} from public",
        f"grant execute on function {signature} to hub_app",
    ]


def queries() -> list[str]:
    mine = officer(
        "execution_query.court_id",
        "o.capacity in ('APPROVER', 'COMMAND') or o.id = execution_query.requester_id "
        "or o.id = any (execution_query.co_handler_ids)",
    )
    ordered = f"exists (select 1 from execution_order e where e.query_id = execution_document.query_id and e.{HOLDER})"
    visible = "exists (select 1 from execution_query q where q.id = {table}.query_id)"
    own = asked_by_own_court("{table}.query_id")
    order, document = ({"table": f"execution_{name}"} for name in ("order", "document"))
    return [
        *enable("execution_query"),
        *policy("execution_query", "select", either(mine, METADATA)),
        *policy("execution_query", "insert", mine),
        *policy("execution_query", "update", mine),
        *enable("execution_order"),
        *policy("execution_order", "select", either(HOLDER, visible.format(**order))),
        *policy("execution_order", "insert", own.format(**order)),
        *policy("execution_order", "update", either(HOLDER, own.format(**order))),
        *enable("execution_document"),
        *policy("execution_document", "select", either(ordered, visible.format(**document))),
        *policy("execution_document", "insert", own.format(**document)),
        *documents_once(),
    ]


def documents_once() -> list[str]:
    """Whether the caller's court gave a document in another case, whichever of its officers asked there."""
    signature = "is_document_of_another_case(text, uuid)"
    return [
        (
            "create function is_document_of_another_case(given text, own uuid) returns boolean language sql stable "
            "security definer set search_path = pg_catalog, public as $$ "
            "select exists (select 1 from execution_document d join execution_query q on q.id = d.query_id "
            f"where d.digest = given and q.case_id <> own and q.{COURT}) $$"
        ),
        f"revoke all on function {signature} from public",
        f"grant execute on function {signature} to hub_app",
    ]


def results() -> list[str]:
    """No auditor here: who oversees reads that there was an answer, never what it said."""
    answering = f"{HOLDER} and exists (select 1 from execution_order e where e.id = execution_result.id and e.{HOLDER})"
    watching = officer("execution_read.court_id", "o.capacity = 'COMMAND'")
    return [
        *enable("execution_result"),
        *policy("execution_result", "select", either(HOLDER, reader("execution_result.query_id"))),
        *policy("execution_result", "insert", answering),
        *enable("execution_read"),
        "revoke update, delete on execution_read from hub_system",
        *policy("execution_read", "select", either(f"client_id = {SUBJECT}", METADATA, watching)),
        *policy("execution_read", "insert", f"client_id = {SUBJECT} and {COURT}"),
    ]


def destroying() -> list[str]:
    """Whoever withdraws a query destroys what was answered to it, without having been one of its readers."""
    signature = "destroy_execution_results(uuid)"
    return [
        (
            "create function destroy_execution_results(key uuid) returns void language sql volatile "
            "security definer set search_path = pg_catalog, public as $$ "
            "delete from execution_result r using execution_query q "
            f"where r.query_id = key and q.id = key and q.{COURT} $$"
        ),
        f"revoke all on function {signature} from public",
        f"grant execute on function {signature} to hub_app",
    ]


def settling() -> list[str]:
    """Where a query stands follows from its orders; a holder that answers sees its own order only."""
    signature = "settle_execution_query(uuid, timestamptz)"
    return [
        (
            "create function settle_execution_query(key uuid, moment timestamptz) returns void language sql volatile "
            "security definer set search_path = pg_catalog, public as $$ "
            "select 1 from execution_query where id = key for update; "
            "update execution_query q set status = s.reached, status_since = moment, version = q.version + 1, "
            "updated_at = moment from (select case when bool_and(e.status in ('ANSWERED', 'CANCELLED')) "
            "then 'ANSWERED' when bool_or(e.status = 'ANSWERED') then 'PARTIALLY_ANSWERED' else 'DISPATCHED' end "
            "as reached from execution_order e join execution_query w on w.id = e.query_id and w.round = e.round "
            "where e.query_id = key) s where q.id = key and q.status <> s.reached "
            "and q.status in ('DISPATCHED', 'PARTIALLY_ANSWERED', 'ANSWERED', 'USED') $$"
        ),
        f"revoke all on function {signature} from public",
        f"grant execute on function {signature} to hub_app, hub_system",
        "create sequence execution_number maxvalue 999999 cycle",
        "grant usage on sequence execution_number to hub_app, hub_system",
    ]


def alarms() -> list[str]:
    stopped = f"organization_id = {ORGANIZATION} and kind = 'READS_STOPPED' and target_kind = 'ExecutionOfficer'"
    kinds = ", ".join(f"'{kind}'" for kind in ALERT_KINDS + NEW_KINDS)
    return [
        "alter table alert drop constraint ck_alert_kind",
        f"alter table alert add constraint ck_alert_kind check (kind in ({kinds}))",
        *policy("alert", "insert", stopped),
    ]


PLACED = (
    "execution_officer",
    "court_seal",
    "execution_query",
    "execution_document",
    "execution_order",
    "execution_result",
)


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    tables()
    fixed = [
        f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
        for table in PLACED
    ]
    for statement in keys() + officers() + queries() + results() + destroying() + settling() + alarms() + fixed:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what courts asked is not taken away; restore from a backup instead")
