"""supervision notices, their documents and numbers, what courts report"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import (
    ORGANIZATION,
    OWN_SUBORDINATES,
    SUPERIOR,
    covers,
    either,
    enable,
    party,
    policy,
    visible,
)

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None

OWN = f"organization_id = {ORGANIZATION}"
OVERSEES = covers("reads", "supervision")
RECORDS = covers("writes", "supervision")
KEEPS = "keeps_supervision_notice"
ROLES = (
    "COURT",
    "JOINT_MEETING_OFFICE",
    "MEMBER_DEPARTMENT",
    "SUPERIOR_DEPARTMENT",
    "GOVERNMENT_OFFICE",
    "CREDIT_OFFICE",
    "AUDITOR",
    "PORTAL",
    "ADMINISTRATOR",
    "DISCIPLINE_SUPERVISION",
    "ORGANISATION_DEPARTMENT",
)


def tables() -> None:
    op.create_table(
        "supervision_notice",
        sa.Column(
            "kind",
            sa.Enum(
                "REMINDER_LETTER",
                "URGING_LETTER",
                "ASSIGNMENT_ORDER",
                "SUPERVISION_ORDER",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "DRAFT",
                "PENDING_SIGNOFF",
                "ISSUED",
                "DELIVERED",
                "SIGNED",
                "IN_HANDLING",
                "EXTENSION_PENDING",
                "REPLIED",
                "ESCALATED",
                "CLOSED_SATISFIED",
                "CLOSED_UNRESOLVED",
                "WITHDRAWN",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "trigger",
            sa.Enum(
                "MANUAL",
                "CASE_FILED",
                "CASE_LOST",
                "LISTED",
                name="trigger",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("issuer_id", sa.Uuid(), nullable=False),
        sa.Column("co_issuer_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("demand", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("case_number", sa.String(length=64), nullable=True),
        sa.Column("clause", sa.String(length=200), nullable=True),
        sa.Column("document_no", sa.String(length=64), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_sort", sa.Date(), nullable=False),
        sa.Column("due_provisional", sa.Boolean(), nullable=False),
        sa.Column("deadline_basis", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("responsible_leader", sa.String(length=100), nullable=True),
        sa.Column("responsible_person", sa.String(length=100), nullable=True),
        sa.Column("responsible_post", sa.String(length=100), nullable=True),
        sa.Column("extension_due_on", sa.Date(), nullable=True),
        sa.Column("extension_reason", sa.Text(), nullable=True),
        sa.Column("extension_count", sa.Integer(), nullable=False),
        sa.Column("urge_count", sa.Integer(), nullable=False),
        sa.Column("escalation_level", sa.Integer(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("reply_evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("return_reason", sa.Text(), nullable=True),
        sa.Column("close_reason", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(issued_at IS NULL) = (document_no IS NULL) AND (issued_at IS NOT NULL OR status IN ('DRAFT', 'PENDING_SIGNOFF', 'ISSUED', 'WITHDRAWN'))",
            name=op.f("ck_supervision_notice_issued_whole"),
        ),
        sa.ForeignKeyConstraint(["issuer_id"], ["organization.id"], name=op.f("fk_supervision_notice_issuer_id")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_supervision_notice_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["organization.id"], name=op.f("fk_supervision_notice_subject_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_supervision_notice")),
        sa.UniqueConstraint(
            "issuer_id", "document_no", "tenant_id", name=op.f("uq_supervision_notice_issuer_id_document_no_tenant_id")
        ),
    )
    op.create_index("ix_supervision_notice_due", "supervision_notice", ["due_sort", "id"], unique=False)
    op.create_index(
        "ix_supervision_notice_subject", "supervision_notice", ["subject_id", "due_sort", "id"], unique=False
    )
    op.create_index(
        "uq_supervision_notice_source",
        "supervision_notice",
        ["source_id", "trigger", "tenant_id"],
        unique=True,
        postgresql_where=sa.text("source_id IS NOT NULL"),
    )
    op.create_table(
        "supervision_notice_party",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum(
                "ISSUER",
                "CO_ISSUER",
                "SIGNATORY",
                "SUBJECT",
                "SUPERIOR",
                "CC",
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
            ["notice_id", "tenant_id"],
            ["supervision_notice.id", "supervision_notice.tenant_id"],
            name=op.f("fk_supervision_notice_party_notice_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_supervision_notice_party_organization_id")
        ),
        sa.PrimaryKeyConstraint("notice_id", "organization_id", "tenant_id", name=op.f("pk_supervision_notice_party")),
    )
    op.create_index(
        "ix_supervision_notice_party_mine",
        "supervision_notice_party",
        ["organization_id", "due_sort", "notice_id"],
        unique=False,
    )
    op.create_table(
        "notice_recipient",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("SUBJECT", "SUPERIOR", "CC", name="role", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_by", sa.String(length=100), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_notice_recipient_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id", "tenant_id"],
            ["supervision_notice.id", "supervision_notice.tenant_id"],
            name=op.f("fk_notice_recipient_notice_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_notice_recipient_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_notice_recipient")),
        sa.UniqueConstraint(
            "notice_id",
            "organization_id",
            "tenant_id",
            name=op.f("uq_notice_recipient_notice_id_organization_id_tenant_id"),
        ),
    )
    op.create_table(
        "notice_signature",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("signed_by", sa.String(length=100), nullable=False),
        sa.Column("post", sa.String(length=100), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_notice_signature_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id", "tenant_id"],
            ["supervision_notice.id", "supervision_notice.tenant_id"],
            name=op.f("fk_notice_signature_notice_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_notice_signature_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_notice_signature")),
        sa.UniqueConstraint(
            "notice_id",
            "organization_id",
            "tenant_id",
            name=op.f("uq_notice_signature_notice_id_organization_id_tenant_id"),
        ),
    )
    op.create_table(
        "official_document",
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_official_document_jurisdiction_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_official_document")),
        sa.UniqueConstraint(
            "target_id",
            "version",
            "file_name",
            "tenant_id",
            name=op.f("uq_official_document_target_id_version_file_name_tenant_id"),
        ),
    )
    op.create_table(
        "document_series",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_document_series_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "year", name=op.f("pk_document_series")),
    )
    op.create_table(
        "case_report",
        sa.Column(
            "kind",
            sa.Enum("FILED", "LOST", "OVERDUE", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.String(length=64), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("perform_by", sa.Date(), nullable=True),
        sa.Column("considered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["organization.id"], name=op.f("fk_case_report_court_id")),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_case_report_jurisdiction_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_case_report_organization_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_case_report")),
        sa.UniqueConstraint(
            "court_id",
            "case_number",
            "organization_id",
            "kind",
            "tenant_id",
            name=op.f("uq_case_report_court_id_case_number_organization_id_kind_tenant_id"),
        ),
    )
    op.create_index("ix_case_report_order", "case_report", ["created_at", "id"], unique=False)
    op.create_index(
        "ix_case_report_waiting", "case_report", ["id"], unique=False, postgresql_where=sa.text("considered_at IS NULL")
    )
    op.create_table(
        "award_restriction",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("issuer_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("clause", sa.String(length=200), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lift_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["issuer_id"], ["organization.id"], name=op.f("fk_award_restriction_issuer_id")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_award_restriction_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_award_restriction_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_award_restriction")),
    )
    op.create_index("ix_award_restriction_order", "award_restriction", ["created_at", "id"], unique=False)
    op.create_index(
        "uq_award_restriction_standing",
        "award_restriction",
        ["organization_id", "year", "tenant_id"],
        unique=True,
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    op.create_table(
        "interview",
        sa.Column(
            "status",
            sa.Enum(
                "PLANNED", "HELD", "CANCELLED", name="status", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("interviewer_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("attendee", sa.String(length=100), nullable=True),
        sa.Column("attendee_post", sa.String(length=100), nullable=True),
        sa.Column("minutes", sa.Text(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["interviewer_id"], ["organization.id"], name=op.f("fk_interview_interviewer_id")),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_interview_jurisdiction_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_interview_organization_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_interview")),
    )
    op.create_index("ix_interview_order", "interview", ["planned_on", "id"], unique=False)
    op.create_table(
        "referral",
        sa.Column(
            "kind",
            sa.Enum("ACCOUNTABILITY_CLUE", "RECORD", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("sender_id", sa.Uuid(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_referral_jurisdiction_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_referral_organization_id")),
        sa.ForeignKeyConstraint(["receiver_id"], ["organization.id"], name=op.f("fk_referral_receiver_id")),
        sa.ForeignKeyConstraint(["sender_id"], ["organization.id"], name=op.f("fk_referral_sender_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_referral")),
    )
    op.create_table(
        "referral_receipt",
        sa.Column(
            "kind",
            sa.Enum("ACCOUNTABILITY_CLUE", "RECORD", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("sender_id", sa.Uuid(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_by", sa.String(length=100), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_referral_receipt_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(["receiver_id"], ["organization.id"], name=op.f("fk_referral_receipt_receiver_id")),
        sa.ForeignKeyConstraint(["sender_id"], ["organization.id"], name=op.f("fk_referral_receipt_sender_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_referral_receipt")),
    )
    op.create_index("ix_referral_receipt_order", "referral_receipt", ["sent_at", "id"], unique=False)
    op.create_table(
        "periodic_report",
        sa.Column(
            "kind",
            sa.Enum(
                "GOVERNANCE_CIRCULAR",
                "DISHONESTY_PUSH",
                "EXECUTION_REPORT",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum("COMPILED", "ISSUED", name="status", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("issuer_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("cutoff_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_provisional", sa.Boolean(), nullable=False),
        sa.Column("deadline_basis", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("entries", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("correction_reason", sa.Text(), nullable=True),
        sa.Column("signed_by", sa.String(length=100), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["issuer_id"], ["organization.id"], name=op.f("fk_periodic_report_issuer_id")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_periodic_report_jurisdiction_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_periodic_report")),
        sa.UniqueConstraint(
            "kind",
            "issuer_id",
            "period",
            "edition",
            "tenant_id",
            name=op.f("uq_periodic_report_kind_issuer_id_period_edition_tenant_id"),
        ),
    )
    op.create_index("ix_periodic_report_due", "periodic_report", ["due_on", "id"], unique=False)
    op.create_table(
        "periodic_report_party",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_periodic_report_party_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_id", "tenant_id"],
            ["periodic_report.id", "periodic_report.tenant_id"],
            name=op.f("fk_periodic_report_party_report_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("report_id", "organization_id", "tenant_id", name=op.f("pk_periodic_report_party")),
    )
    op.create_index(
        "ix_periodic_report_party_mine",
        "periodic_report_party",
        ["organization_id", "due_on", "report_id"],
        unique=False,
    )


def function(signature: str, returns: str, body: str) -> list[str]:
    """A function with the owner's rights, for the application and background work."""
    name = signature.partition("(")[0]
    kinds = ", ".join(part.split()[1] for part in signature.partition("(")[2].rstrip(")").split(", "))
    return [
        (
            f"create function {signature} returns {returns} language sql volatile security definer "
            f"set search_path = pg_catalog, public as $$ {body} $$"
        ),
        f"revoke all on function {name}({kinds}) from public",
        f"grant execute on function {name}({kinds}) to hub_app, hub_system",
    ]


def notices() -> list[str]:
    """A draft is its issuers' and signatory's alone; once issued, its recipients', the subject's superior's, and
    theirs who oversee the jurisdiction."""
    own = f"issuer_id = {ORGANIZATION}"
    member = party("supervision_notice", "notice_id")
    above = f"issued_at is not null and {SUPERIOR} and subject_id in ({OWN_SUBORDINATES})"
    seen = either(own, member, f"issued_at is not null and {OVERSEES}", above)
    keeper = (
        "select exists (select 1 from supervision_notice n where n.id = key and (n.issuer_id = "
        f"{ORGANIZATION} or exists (select 1 from supervision_notice_party p where p.notice_id = n.id "
        f"and p.organization_id = {ORGANIZATION} and p.capacity in ('ISSUER', 'CO_ISSUER', 'SIGNATORY'))))"
    )
    below = f"{SUPERIOR} and capacity = 'SUBJECT' and organization_id in ({OWN_SUBORDINATES})"
    keeps = f"{KEEPS}(notice_id)"
    statements = [
        *enable("supervision_notice"),
        *policy("supervision_notice", "select", seen),
        *policy("supervision_notice", "insert", own),
        # The joint-meeting office records for units without a system of their own.
        *policy("supervision_notice", "update", either(own, member, f"issued_at is not null and {RECORDS}")),
        *function(f"{KEEPS}(key uuid)", "boolean", keeper),
        *enable("supervision_notice_party"),
        *policy("supervision_notice_party", "select", either(OWN, keeps, below)),
        *enable("notice_recipient"),
        *policy("notice_recipient", "select", visible("supervision_notice", "notice_id", "notice_recipient")),
        *policy("notice_recipient", "update", either(OWN, keeps, RECORDS)),
        *enable("notice_signature"),
        *policy("notice_signature", "select", visible("supervision_notice", "notice_id", "notice_signature")),
        *policy("notice_signature", "insert", f"{OWN} and {keeps}"),
        *policy("notice_signature", "delete", keeps),
    ]
    for command in ("insert", "update", "delete"):
        statements += policy("supervision_notice_party", command, keeps)
    for command in ("insert", "delete"):
        statements += policy("notice_recipient", command, keeps)
    return statements


def documents() -> list[str]:
    """A number is given to a notice that waits for its signature, to whoever may sign it, and never twice."""
    numbered = (
        "insert into document_series (organization_id, year, last) "
        f"select n.issuer_id, in_year, 1 from supervision_notice n where n.id = notice and {KEEPS}(n.id) "
        "and n.document_no is null and n.status in ('PENDING_SIGNOFF', 'ISSUED') "
        "on conflict (organization_id, year) do update set last = document_series.last + 1 returning last"
    )
    # A superior learns of a notice to its subordinate, not what it says: the document is for its parties.
    read = visible("supervision_notice", "target_id", "official_document")
    mine = (
        "exists (select 1 from supervision_notice_party p "
        f"where p.notice_id = official_document.target_id and p.organization_id = {ORGANIZATION})"
    )
    reported = visible("periodic_report", "target_id", "official_document")
    return [
        *enable("official_document"),
        *policy("official_document", "select", either(f"{OVERSEES} and {read}", mine, reported)),
        "revoke update, delete on official_document from hub_system",
        *enable("document_series"),
        *function("next_document_number(notice uuid, in_year integer)", "integer", numbered),
    ]


def reports() -> list[str]:
    return [
        *enable("case_report"),
        *policy("case_report", "select", either(f"court_id = {ORGANIZATION}", OVERSEES)),
        *policy("case_report", "insert", f"court_id = {ORGANIZATION}"),
    ]


def following() -> list[str]:
    """Unit and issuer see a restriction or an interview, and who oversees; a referral its receiver alone."""
    above = f"{SUPERIOR} and organization_id in ({OWN_SUBORDINATES})"
    issuer, interviewer = f"issuer_id = {ORGANIZATION}", f"interviewer_id = {ORGANIZATION}"
    sender, receiver = f"sender_id = {ORGANIZATION}", f"receiver_id = {ORGANIZATION}"
    told = party("periodic_report", "report_id")
    keeps_report = f"select exists (select 1 from periodic_report r where r.id = key and r.issuer_id = {ORGANIZATION})"
    eligible = (
        "select exists (select 1 from award_restriction r where r.organization_id = unit and r.year = in_year "
        "and r.lifted_at is null)"
    )
    return [
        *enable("award_restriction"),
        *policy("award_restriction", "select", either(OWN, issuer, OVERSEES, above)),
        *policy("award_restriction", "insert", issuer),
        *policy("award_restriction", "update", issuer),
        # Whoever grants awards learns whether a unit may have one, and nothing else.
        *function("award_restricted(unit uuid, in_year integer)", "boolean", eligible),
        *enable("interview"),
        *policy("interview", "select", either(OWN, interviewer, OVERSEES)),
        *policy("interview", "insert", interviewer),
        *policy("interview", "update", interviewer),
        *enable("referral"),
        *policy("referral", "select", receiver),
        *policy("referral", "insert", sender),
        "revoke update, delete on referral from hub_system",
        *enable("referral_receipt"),
        *policy("referral_receipt", "select", either(sender, receiver, covers("reads", "audit"))),
        *policy("referral_receipt", "insert", sender),
        *policy("referral_receipt", "update", receiver),
        *enable("periodic_report"),
        *policy("periodic_report", "select", either(issuer, f"issued_at is not null and {OVERSEES}", told)),
        *policy("periodic_report", "insert", issuer),
        *policy("periodic_report", "update", issuer),
        *function("keeps_periodic_report(key uuid)", "boolean", keeps_report),
        *enable("periodic_report_party"),
        *policy("periodic_report_party", "select", OWN),
        *policy("periodic_report_party", "insert", "keeps_periodic_report(report_id)"),
        *policy("official_document", "insert", either(f"{KEEPS}(target_id)", "keeps_periodic_report(target_id)")),
    ]


def roles() -> list[str]:
    allowed = ", ".join(f"'{role}'" for role in ROLES)
    return [
        "alter table organization_function drop constraint ck_organization_function_role",
        f"alter table organization_function add constraint ck_organization_function_role check (role in ({allowed}))",
    ]


def alerts() -> list[str]:
    """An alert not one's own is seen by whoever may see what it is about."""
    areas = (
        ("double_list", ("DoubleListItem", "CoordinationBody")),
        ("linkage", ("LinkageTask", "CoordinationRequest")),
        ("meeting", ("JointMeeting",)),
        ("supervision", ("SupervisionNotice", "PeriodicReport")),
    )
    about = [
        f"target_kind in ({', '.join(repr(kind) for kind in kinds)}) and {covers('reads', area)}"
        for area, kinds in areas
    ]
    return [
        "drop policy app_select on alert",
        f"create policy app_select on alert for select to hub_app using ({either(OWN, *about)})",
    ]


FIXED = (
    "supervision_notice",
    "notice_recipient",
    "notice_signature",
    "official_document",
    "case_report",
    "award_restriction",
    "interview",
    "referral_receipt",
    "periodic_report",
)


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    tables()
    fixed = [
        f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
        for table in FIXED
    ]
    for statement in notices() + documents() + reports() + following() + roles() + alerts() + fixed:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was issued is not taken away; restore from a backup instead")
