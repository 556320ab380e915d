"""tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute("create extension if not exists pg_trgm")
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("on_behalf_of_id", sa.Uuid(), nullable=True),
        sa.Column("target_kind", sa.String(length=40), nullable=True),
        sa.Column("target_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("purpose", sa.String(length=200), nullable=True),
        sa.Column("correlation_id", sa.String(length=64), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    op.create_index("ix_audit_event_order", "audit_event", ["at", "id"], unique=False)
    op.create_index("ix_audit_event_target", "audit_event", ["target_id", "id"], unique=False)
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_no", sa.String(length=100), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "idempotency_record",
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("outcome", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("subject", "key", name=op.f("pk_idempotency_record")),
    )
    op.create_table(
        "jurisdiction",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("short_name", sa.String(length=50), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "PROVINCE",
                "PREFECTURE",
                "COUNTY",
                "TOWNSHIP",
                "VILLAGE",
                "ZONE",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["jurisdiction.id"], name=op.f("fk_jurisdiction_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jurisdiction")),
        sa.UniqueConstraint("code", name=op.f("uq_jurisdiction_code")),
        sa.UniqueConstraint("path", name=op.f("uq_jurisdiction_path")),
    )
    op.create_index(op.f("ix_jurisdiction_parent_id"), "jurisdiction", ["parent_id"], unique=False)
    op.create_table(
        "outbox_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=80), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_event")),
    )
    op.create_index("ix_outbox_event_key", "outbox_event", ["key", "id"], unique=False)
    op.create_index(
        "ix_outbox_event_pending",
        "outbox_event",
        ["id"],
        unique=False,
        postgresql_where=sa.text("delivered_at IS NULL"),
    )
    op.create_table(
        "revoked_token",
        sa.Column("jti", sa.String(length=100), nullable=False),
        sa.Column("client_id", sa.String(length=100), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("jti", name=op.f("pk_revoked_token")),
    )
    op.create_index("ix_revoked_token_expires_at", "revoked_token", ["expires_at"], unique=False)
    op.create_table(
        "signing_key",
        sa.Column("kid", sa.String(length=60), nullable=False),
        sa.Column("public_jwk", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("private_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("active_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("kid", name=op.f("uq_signing_key_kid")),
    )
    op.create_table(
        "used_assertion",
        sa.Column("client_id", sa.String(length=100), nullable=False),
        sa.Column("jti", sa.String(length=200), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "jti", name=op.f("pk_used_assertion")),
    )
    op.create_index("ix_used_assertion_expires_at", "used_assertion", ["expires_at"], unique=False)
    op.create_table(
        "coordination_body",
        sa.Column(
            "kind",
            sa.Enum(
                "JOINT_MEETING",
                "LEADING_GROUP",
                "SPECIAL_OFFICE",
                "CENTER",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_coordination_body_jurisdiction_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_coordination_body")),
    )
    op.create_index("ix_coordination_body_jurisdiction_id", "coordination_body", ["jurisdiction_id"], unique=False)
    op.create_table(
        "organization",
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=100), nullable=False),
        sa.Column("sort_key", sa.String(length=400), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "GOVERNMENT",
                "GOV_DEPARTMENT",
                "COURT",
                "PROCURATORATE",
                "PARTY_ORGAN",
                "SUPERVISORY",
                "PUBLIC_INSTITUTION",
                "TOWNSHIP_GOV",
                "SUBDISTRICT",
                "VILLAGE_COMMITTEE",
                "RESIDENT_COMMITTEE",
                "VILLAGE_COLLECTIVE",
                "SOE",
                "STATE_CAPITAL_ENTERPRISE",
                "FINANCIAL_INSTITUTION",
                "TELECOM_OPERATOR",
                "MASS_ORG",
                "ENTERPRISE",
                "MEDIATION_ORG",
                "ADMIN_COMMITTEE",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "CENTRAL",
                "PROVINCE",
                "CITY",
                "COUNTY",
                "TOWNSHIP",
                "VILLAGE",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("business_superior_id", sa.Uuid(), nullable=True),
        sa.Column("vertically_managed", sa.Boolean(), nullable=False),
        sa.Column("government_subject", sa.Boolean(), nullable=False),
        sa.Column("government_subject_basis", sa.String(length=200), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("successor_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_superior_id"], ["organization.id"], name=op.f("fk_organization_business_superior_id")
        ),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_organization_jurisdiction_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["organization.id"], name=op.f("fk_organization_parent_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["organization.id"], name=op.f("fk_organization_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("uscc", name=op.f("uq_organization_uscc")),
    )
    op.create_index(
        op.f("ix_organization_business_superior_id"), "organization", ["business_superior_id"], unique=False
    )
    op.create_index(op.f("ix_organization_jurisdiction_id"), "organization", ["jurisdiction_id"], unique=False)
    op.create_index(
        "ix_organization_name_trgm",
        "organization",
        ["name"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"name": "gin_trgm_ops"},
    )
    op.create_index("ix_organization_order", "organization", ["sort_key", "id"], unique=False)
    op.create_index(op.f("ix_organization_parent_id"), "organization", ["parent_id"], unique=False)
    op.create_table(
        "organization_group",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_organization_group_jurisdiction_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization_group")),
        sa.UniqueConstraint("jurisdiction_id", "name", name=op.f("uq_organization_group_jurisdiction_id_name")),
    )
    op.create_table(
        "policy_pack",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("document_no", sa.String(length=100), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_policy_pack_jurisdiction_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_pack")),
        sa.UniqueConstraint("jurisdiction_id", "version", name=op.f("uq_policy_pack_jurisdiction_id_version")),
    )
    op.create_table(
        "alert",
        sa.Column(
            "kind",
            sa.Enum(
                "DUE_SOON",
                "DUE_TODAY",
                "OVERDUE",
                "ESCALATED",
                "REPORT_DUE",
                "REPORT_OVERDUE",
                "DEADLINE_PROVISIONAL",
                "PLENARY_MISSING",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "severity",
            sa.Enum("INFO", "WARNING", "SEVERE", name="severity", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("target_kind", sa.String(length=40), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("offset_days", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(length=200), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_alert_jurisdiction_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_alert_organization_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_alert")),
        sa.UniqueConstraint(
            "target_id",
            "organization_id",
            "kind",
            "due_on",
            "offset_days",
            "tenant_id",
            name=op.f("uq_alert_target_id_organization_id_kind_due_on_offset_days_tenant_id"),
        ),
    )
    op.create_index("ix_alert_mine", "alert", ["organization_id", "raised_at", "id"], unique=False)
    op.create_index("ix_alert_order", "alert", ["raised_at", "id"], unique=False)
    op.create_table(
        "body_membership",
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("acting_organization_id", sa.Uuid(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "CONVENOR",
                "EXECUTIVE_DEPUTY_CONVENOR",
                "DEPUTY_CONVENOR",
                "MEMBER",
                "OFFICE",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("post", sa.String(length=100), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["acting_organization_id"], ["organization.id"], name=op.f("fk_body_membership_acting_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["body_id", "tenant_id"],
            ["coordination_body.id", "coordination_body.tenant_id"],
            name=op.f("fk_body_membership_body_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_body_membership_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_body_membership_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_body_membership")),
    )
    op.create_index("ix_body_membership_organization_id", "body_membership", ["organization_id"], unique=False)
    op.create_index(
        "uq_body_membership_current",
        "body_membership",
        ["body_id", "organization_id", "role", "tenant_id"],
        unique=True,
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.create_table(
        "coordination_request",
        sa.Column("from_organization_id", sa.Uuid(), nullable=False),
        sa.Column("counterpart_organization_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column(
            "route",
            sa.Enum(
                "HORIZONTAL",
                "VERTICAL",
                "POINT_TO_POINT",
                name="route",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("attempted_direct_contact", sa.Boolean(), nullable=False),
        sa.Column("dispute_summary", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "IN_DIRECT_CONTACT",
                "ESCALATED",
                "COORDINATING",
                "RESOLVED",
                "CLOSED",
                "WITHDRAWN",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_organization_id"], ["organization.id"], name=op.f("fk_coordination_request_from_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_coordination_request_jurisdiction_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_coordination_request")),
    )
    op.create_index("ix_coordination_request_item_id", "coordination_request", ["item_id"], unique=False)
    op.create_index("ix_coordination_request_order", "coordination_request", ["created_at", "id"], unique=False)
    op.create_table(
        "court",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("court_code", sa.String(length=10), nullable=False),
        sa.Column(
            "court_level",
            sa.Enum(
                "BASIC",
                "INTERMEDIATE",
                "HIGH",
                "SUPREME",
                name="court_level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("superior_court_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_court_organization_id")),
        sa.ForeignKeyConstraint(["superior_court_id"], ["organization.id"], name=op.f("fk_court_superior_court_id")),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_court")),
        sa.UniqueConstraint("court_code", name=op.f("uq_court_court_code")),
    )
    op.create_table(
        "double_list",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "DRAFTING",
                "UNDER_REVIEW",
                "SUBMITTED_TO_MEETING",
                "APPROVED",
                "IN_FORCE",
                "CLOSED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("approved_meeting_id", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id", "tenant_id"],
            ["coordination_body.id", "coordination_body.tenant_id"],
            name=op.f("fk_double_list_body_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_double_list_jurisdiction_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_double_list")),
        sa.UniqueConstraint(
            "jurisdiction_id", "year", "tenant_id", name=op.f("uq_double_list_jurisdiction_id_year_tenant_id")
        ),
    )
    op.create_index("ix_double_list_order", "double_list", ["year", "id"], unique=False)
    op.create_table(
        "joint_meeting",
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "PLENARY",
                "SPECIAL",
                "COORDINATION",
                "SYMPOSIUM",
                "RISK_ANALYSIS",
                "CASE_ANALYSIS",
                "REGULAR",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "PLANNED",
                "COLLECTING_AGENDA",
                "NOTICE_ISSUED",
                "HELD",
                "MINUTES_DRAFT",
                "MINUTES_REVIEW",
                "MINUTES_ISSUED",
                "FOLLOW_UP",
                "CLOSED",
                "CANCELLED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "chair_role",
            sa.Enum(
                "CONVENOR",
                "EXECUTIVE_DEPUTY_CONVENOR",
                "DEPUTY_CONVENOR",
                "MEMBER",
                "OFFICE",
                name="chair_role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("chair_organization_id", sa.Uuid(), nullable=True),
        sa.Column("chair_delegation", sa.String(length=200), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("minutes_text", sa.Text(), nullable=True),
        sa.Column("minutes_document_no", sa.String(length=100), nullable=True),
        sa.Column("minutes_signed_by", sa.String(length=100), nullable=True),
        sa.Column("minutes_issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id", "tenant_id"],
            ["coordination_body.id", "coordination_body.tenant_id"],
            name=op.f("fk_joint_meeting_body_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["chair_organization_id"], ["organization.id"], name=op.f("fk_joint_meeting_chair_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_joint_meeting_jurisdiction_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_joint_meeting")),
    )
    op.create_index("ix_joint_meeting_body_id", "joint_meeting", ["body_id", "planned_at", "id"], unique=False)
    op.create_index("ix_joint_meeting_order", "joint_meeting", ["planned_at", "id"], unique=False)
    op.create_table(
        "liaison",
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("person_name", sa.String(length=100), nullable=False),
        sa.Column("post", sa.String(length=100), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_hash", sa.LargeBinary(), nullable=True),
        sa.Column("phone_masked", sa.String(length=40), nullable=True),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id", "tenant_id"],
            ["coordination_body.id", "coordination_body.tenant_id"],
            name=op.f("fk_liaison_body_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_liaison_jurisdiction_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_liaison_organization_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_liaison")),
    )
    op.create_index("ix_liaison_body_id", "liaison", ["body_id", "organization_id"], unique=False)
    op.create_index("ix_liaison_phone_hash", "liaison", ["phone_hash"], unique=False)
    op.create_table(
        "linkage_matter",
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("proposer_id", sa.Uuid(), nullable=False),
        sa.Column("lead_organization_id", sa.Uuid(), nullable=False),
        sa.Column("cooperating_organization_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "PROPOSED",
                "UNDER_REVIEW",
                "APPROVED",
                "REJECTED",
                "IN_PROGRESS",
                "COMPLETED",
                "WITHDRAWN",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decision_note", sa.Text(), nullable=True),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id", "tenant_id"],
            ["coordination_body.id", "coordination_body.tenant_id"],
            name=op.f("fk_linkage_matter_body_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_linkage_matter_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["lead_organization_id"], ["organization.id"], name=op.f("fk_linkage_matter_lead_organization_id")
        ),
        sa.ForeignKeyConstraint(["proposer_id"], ["organization.id"], name=op.f("fk_linkage_matter_proposer_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_linkage_matter")),
    )
    op.create_index("ix_linkage_matter_order", "linkage_matter", ["created_at", "id"], unique=False)
    op.create_table(
        "linkage_task",
        sa.Column(
            "origin",
            sa.Enum(
                "DOUBLE_LIST",
                "RESOLUTION",
                "MATTER",
                "ISSUE",
                "NOTICE",
                name="origin",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("origin_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("lead_organization_id", sa.Uuid(), nullable=False),
        sa.Column("cooperating_organization_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_sort", sa.Date(), nullable=False),
        sa.Column("due_provisional", sa.Boolean(), nullable=False),
        sa.Column("deadline_basis", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "OPEN",
                "ASSIGNED",
                "IN_PROGRESS",
                "REPORTED",
                "VERIFIED",
                "CANCELLED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("urge_count", sa.Integer(), nullable=False),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_linkage_task_jurisdiction_id")),
        sa.ForeignKeyConstraint(
            ["lead_organization_id"], ["organization.id"], name=op.f("fk_linkage_task_lead_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_linkage_task")),
    )
    op.create_index("ix_linkage_task_due", "linkage_task", ["due_sort", "id"], unique=False)
    op.create_index("ix_linkage_task_lead", "linkage_task", ["lead_organization_id", "due_sort", "id"], unique=False)
    op.create_index("ix_linkage_task_origin", "linkage_task", ["origin_id"], unique=False)
    op.create_table(
        "membership_change",
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("ADD", "REMOVE", "CHANGE_POST", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "CONVENOR",
                "EXECUTIVE_DEPUTY_CONVENOR",
                "DEPUTY_CONVENOR",
                "MEMBER",
                "OFFICE",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("post", sa.String(length=100), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposer_id", sa.Uuid(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "PROPOSED",
                "APPROVED",
                "REJECTED",
                "EFFECTIVE",
                "WITHDRAWN",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decision_note", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id", "tenant_id"],
            ["coordination_body.id", "coordination_body.tenant_id"],
            name=op.f("fk_membership_change_body_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_membership_change_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_membership_change_organization_id")
        ),
        sa.ForeignKeyConstraint(["proposer_id"], ["organization.id"], name=op.f("fk_membership_change_proposer_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_membership_change")),
    )
    op.create_index("ix_membership_change_body_id", "membership_change", ["body_id"], unique=False)
    op.create_index("ix_membership_change_proposer_id", "membership_change", ["proposer_id"], unique=False)
    op.create_table(
        "oauth_client",
        sa.Column("client_id", sa.String(length=100), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("auth_method", sa.String(length=40), nullable=False),
        sa.Column("secret_hash", sa.String(length=200), nullable=True),
        sa.Column("jwks", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("scopes", postgresql.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_oauth_client_organization_id")),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_oauth_client")),
    )
    op.create_index(op.f("ix_oauth_client_organization_id"), "oauth_client", ["organization_id"], unique=False)
    op.create_table(
        "organization_alias",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("alias", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_organization_alias_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization_alias")),
        sa.UniqueConstraint("organization_id", "alias", name=op.f("uq_organization_alias_organization_id_alias")),
    )
    op.create_index(op.f("ix_organization_alias_alias"), "organization_alias", ["alias"], unique=False)
    op.create_table(
        "organization_function",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "COURT",
                "JOINT_MEETING_OFFICE",
                "MEMBER_DEPARTMENT",
                "SUPERIOR_DEPARTMENT",
                "GOVERNMENT_OFFICE",
                "CREDIT_OFFICE",
                "AUDITOR",
                "PORTAL",
                "ADMINISTRATOR",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_organization_function_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_organization_function_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization_function")),
    )
    op.create_index(
        "uq_organization_function_current",
        "organization_function",
        ["organization_id", "jurisdiction_id", "role"],
        unique=True,
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.create_table(
        "organization_group_member",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["organization_group.id"], name=op.f("fk_organization_group_member_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_organization_group_member_organization_id")
        ),
        sa.PrimaryKeyConstraint("group_id", "organization_id", name=op.f("pk_organization_group_member")),
    )
    op.create_table(
        "organization_superior",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("superior_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("ADMINISTRATIVE", "BUSINESS", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_organization_superior_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["superior_id"], ["organization.id"], name=op.f("fk_organization_superior_superior_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "superior_id", "kind", name=op.f("pk_organization_superior")),
    )
    op.create_index(
        "ix_organization_superior_down", "organization_superior", ["superior_id", "organization_id"], unique=False
    )
    op.create_table(
        "responsibility",
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("leader", sa.String(length=100), nullable=False),
        sa.Column("division", sa.String(length=100), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("post", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_responsibility_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_responsibility_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_responsibility")),
    )
    op.create_index("ix_responsibility_organization_id", "responsibility", ["organization_id"], unique=False)
    op.create_index(
        "uq_responsibility_target", "responsibility", ["target_id", "organization_id", "tenant_id"], unique=True
    )
    op.create_table(
        "agenda_item",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("proposer_id", sa.Uuid(), nullable=False),
        sa.Column("linked_list_id", sa.Uuid(), nullable=True),
        sa.Column("linked_matter_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_agenda_item_jurisdiction_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "tenant_id"],
            ["joint_meeting.id", "joint_meeting.tenant_id"],
            name=op.f("fk_agenda_item_meeting_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(["proposer_id"], ["organization.id"], name=op.f("fk_agenda_item_proposer_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint(
            "meeting_id", "position", "tenant_id", name=op.f("uq_agenda_item_meeting_id_position_tenant_id")
        ),
    )
    op.create_table(
        "coordination_request_party",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum(
                "LEAD",
                "COOPERATING",
                "PROPOSER",
                "ATTENDEE",
                "REQUESTER",
                "COUNTERPART",
                name="capacity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_coordination_request_party_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id", "tenant_id"],
            ["coordination_request.id", "coordination_request.tenant_id"],
            name=op.f("fk_coordination_request_party_request_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint(
            "request_id", "organization_id", "tenant_id", name=op.f("pk_coordination_request_party")
        ),
    )
    op.create_index(
        "ix_coordination_request_party_mine",
        "coordination_request_party",
        ["organization_id", "request_id"],
        unique=False,
    )
    op.create_table(
        "double_list_item",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("GOVERNMENT_LED", "COURT_LED", name="side", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column(
            "area",
            sa.Enum(
                "LAW_GOVERNMENT",
                "ENFORCEMENT_SUPERVISION",
                "BUSINESS_ENVIRONMENT",
                "BANKRUPTCY",
                "EXECUTION",
                "MAJOR_RISK",
                "DIVERSIFIED_RESOLUTION",
                "DATA_SHARING",
                "OTHER",
                name="area",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("lead_organization_id", sa.Uuid(), nullable=True),
        sa.Column("cooperating_organization_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("proposer_organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "deadline_kind",
            sa.Enum(
                "FIXED",
                "LONG_TERM",
                "RECURRING",
                name="deadline_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_sort", sa.Date(), nullable=False),
        sa.Column("due_provisional", sa.Boolean(), nullable=False),
        sa.Column("recurrence", sa.String(length=200), nullable=True),
        sa.Column("deadline_basis", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("next_report_on", sa.Date(), nullable=True),
        sa.Column("next_report_provisional", sa.Boolean(), nullable=False),
        sa.Column("report_basis", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("deliverables", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("kpis", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("progress_percent", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "DRAFT",
                "SUBMITTED",
                "UNDER_REVIEW",
                "IN_COORDINATION",
                "PENDING_APPROVAL",
                "APPROVED",
                "IN_PROGRESS",
                "ADJUSTMENT_PENDING",
                "PENDING_ACCEPTANCE",
                "COMPLETED",
                "SUSPENDED",
                "CANCELLED",
                "CARRIED_OVER",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source_clause", sa.String(length=200), nullable=True),
        sa.Column("source_document_no", sa.String(length=100), nullable=True),
        sa.Column("notice_digest", sa.String(length=64), nullable=True),
        sa.Column("notice_item_no", sa.String(length=40), nullable=True),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("unresolved", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("resolution_id", sa.Uuid(), nullable=True),
        sa.Column("dispute_note", sa.Text(), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=True),
        sa.Column("carried_from_id", sa.Uuid(), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_double_list_item_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["lead_organization_id"], ["organization.id"], name=op.f("fk_double_list_item_lead_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["list_id", "tenant_id"],
            ["double_list.id", "double_list.tenant_id"],
            name=op.f("fk_double_list_item_list_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["proposer_organization_id"], ["organization.id"], name=op.f("fk_double_list_item_proposer_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_double_list_item")),
        sa.UniqueConstraint("list_id", "code", "tenant_id", name=op.f("uq_double_list_item_list_id_code_tenant_id")),
    )
    op.create_index("ix_double_list_item_due", "double_list_item", ["due_sort", "id"], unique=False)
    op.create_index(
        "ix_double_list_item_lead", "double_list_item", ["lead_organization_id", "due_sort", "id"], unique=False
    )
    op.create_index("ix_double_list_item_list_code", "double_list_item", ["list_id", "code", "id"], unique=False)
    op.create_index("ix_double_list_item_list_due", "double_list_item", ["list_id", "due_sort", "id"], unique=False)
    op.create_index("ix_double_list_item_status", "double_list_item", ["status", "due_sort", "id"], unique=False)
    op.create_index("ix_double_list_item_year", "double_list_item", ["year", "due_sort", "id"], unique=False)
    op.create_index(
        "ix_double_list_item_title_trgm",
        "double_list_item",
        ["title"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"title": "gin_trgm_ops"},
    )
    op.create_index(
        "uq_double_list_item_notice",
        "double_list_item",
        ["jurisdiction_id", "year", "notice_digest", "notice_item_no", "tenant_id"],
        unique=True,
        postgresql_where=sa.text("notice_digest IS NOT NULL"),
    )
    op.create_table(
        "joint_meeting_party",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum(
                "LEAD",
                "COOPERATING",
                "PROPOSER",
                "ATTENDEE",
                "REQUESTER",
                "COUNTERPART",
                name="capacity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id", "tenant_id"],
            ["joint_meeting.id", "joint_meeting.tenant_id"],
            name=op.f("fk_joint_meeting_party_meeting_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_joint_meeting_party_organization_id")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "organization_id", "tenant_id", name=op.f("pk_joint_meeting_party")),
    )
    op.create_index(
        "ix_joint_meeting_party_mine",
        "joint_meeting_party",
        ["organization_id", "planned_at", "meeting_id"],
        unique=False,
    )
    op.create_table(
        "linkage_matter_party",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum(
                "LEAD",
                "COOPERATING",
                "PROPOSER",
                "ATTENDEE",
                "REQUESTER",
                "COUNTERPART",
                name="capacity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id", "tenant_id"],
            ["linkage_matter.id", "linkage_matter.tenant_id"],
            name=op.f("fk_linkage_matter_party_matter_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_linkage_matter_party_organization_id")
        ),
        sa.PrimaryKeyConstraint("matter_id", "organization_id", "tenant_id", name=op.f("pk_linkage_matter_party")),
    )
    op.create_index(
        "ix_linkage_matter_party_mine", "linkage_matter_party", ["organization_id", "matter_id"], unique=False
    )
    op.create_table(
        "linkage_task_party",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum(
                "LEAD",
                "COOPERATING",
                "PROPOSER",
                "ATTENDEE",
                "REQUESTER",
                "COUNTERPART",
                name="capacity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_sort", sa.Date(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_linkage_task_party_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["task_id", "tenant_id"],
            ["linkage_task.id", "linkage_task.tenant_id"],
            name=op.f("fk_linkage_task_party_task_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("task_id", "organization_id", "tenant_id", name=op.f("pk_linkage_task_party")),
    )
    op.create_index(
        "ix_linkage_task_party_mine", "linkage_task_party", ["organization_id", "due_sort", "task_id"], unique=False
    )
    op.create_table(
        "meeting_attendance",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("post", sa.String(length=100), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("substitute", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_meeting_attendance_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "tenant_id"],
            ["joint_meeting.id", "joint_meeting.tenant_id"],
            name=op.f("fk_meeting_attendance_meeting_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_meeting_attendance_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_meeting_attendance")),
        sa.UniqueConstraint(
            "meeting_id",
            "organization_id",
            "tenant_id",
            name=op.f("uq_meeting_attendance_meeting_id_organization_id_tenant_id"),
        ),
    )
    op.create_table(
        "resolution",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lead_organization_id", sa.Uuid(), nullable=False),
        sa.Column("cooperating_organization_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "OPEN",
                "ASSIGNED",
                "IN_PROGRESS",
                "REPORTED",
                "VERIFIED",
                "CANCELLED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("approved_list_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_resolution_jurisdiction_id")),
        sa.ForeignKeyConstraint(
            ["lead_organization_id"], ["organization.id"], name=op.f("fk_resolution_lead_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "tenant_id"],
            ["joint_meeting.id", "joint_meeting.tenant_id"],
            name=op.f("fk_resolution_meeting_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_resolution")),
        sa.UniqueConstraint(
            "meeting_id", "number", "tenant_id", name=op.f("uq_resolution_meeting_id_number_tenant_id")
        ),
    )
    op.create_index("ix_resolution_lead", "resolution", ["lead_organization_id"], unique=False)
    op.create_table(
        "double_list_item_party",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum(
                "LEAD",
                "COOPERATING",
                "PROPOSER",
                "ATTENDEE",
                "REQUESTER",
                "COUNTERPART",
                name="capacity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("due_sort", sa.Date(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id", "tenant_id"],
            ["double_list_item.id", "double_list_item.tenant_id"],
            name=op.f("fk_double_list_item_party_item_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_double_list_item_party_organization_id")
        ),
        sa.PrimaryKeyConstraint("item_id", "organization_id", "tenant_id", name=op.f("pk_double_list_item_party")),
    )
    op.create_index(
        "ix_double_list_item_party_list", "double_list_item_party", ["list_id", "organization_id"], unique=False
    )
    op.create_index(
        "ix_double_list_item_party_mine",
        "double_list_item_party",
        ["organization_id", "due_sort", "item_id", "capacity"],
        unique=False,
    )
    op.create_table(
        "item_adjustment",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("needs_convenor", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "REQUESTED", "APPROVED", "DENIED", name="status", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("requested_by_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["organization.id"], name=op.f("fk_item_adjustment_decided_by_id")),
        sa.ForeignKeyConstraint(
            ["item_id", "tenant_id"],
            ["double_list_item.id", "double_list_item.tenant_id"],
            name=op.f("fk_item_adjustment_item_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_item_adjustment_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["organization.id"], name=op.f("fk_item_adjustment_requested_by_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_item_adjustment")),
    )
    op.create_index("ix_item_adjustment_item_id", "item_adjustment", ["item_id", "id"], unique=False)
    op.create_table(
        "item_confirmation",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("dispute", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id", "tenant_id"],
            ["double_list_item.id", "double_list_item.tenant_id"],
            name=op.f("fk_item_confirmation_item_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_item_confirmation_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_item_confirmation_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_item_confirmation")),
        sa.UniqueConstraint(
            "item_id",
            "organization_id",
            "tenant_id",
            name=op.f("uq_item_confirmation_item_id_organization_id_tenant_id"),
        ),
    )
    op.create_table(
        "progress_report",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("progress_percent", sa.Integer(), nullable=True),
        sa.Column("kpi_values", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id", "tenant_id"],
            ["double_list_item.id", "double_list_item.tenant_id"],
            name=op.f("fk_progress_report_item_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_progress_report_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_progress_report_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["organization.id"], name=op.f("fk_progress_report_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_progress_report")),
    )
    op.create_index("ix_progress_report_item", "progress_report", ["item_id", "reported_at", "id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("the first revision is not taken away")
