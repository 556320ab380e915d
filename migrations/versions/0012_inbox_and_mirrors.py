"""inbox, subjects, case lists and listings mirrored from courts"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, OWN_SUBORDINATES, SUPERIOR, covers, either, enable, policy

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

OWN = f"organization_id = {ORGANIZATION}"
SHARED = "status = 'PUBLISHED'"
"""Before its publication and after its deletion a listing is for its court, its subject and the credit office only."""


def tables() -> None:
    op.create_table(
        "subject_alias",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("alias", sa.String(length=200), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", "alias", name=op.f("pk_subject_alias")),
    )
    op.create_table(
        "connector_state",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("card", postgresql.JSONB(), nullable=False),
        sa.Column(
            "condition",
            sa.Enum(
                "WORKING", "SILENT", "FAILING", name="condition", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("failure_code", sa.String(length=60), nullable=True),
        sa.Column("last_polled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_success_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_batch", sa.BigInteger(), nullable=True),
        sa.Column("stale_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_connector_state_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_connector_state")),
        sa.UniqueConstraint("source", name=op.f("uq_connector_state_source")),
    )
    op.create_index("ix_connector_state_order", "connector_state", ["name", "id"], unique=False)
    op.create_table(
        "data_quality_issue",
        sa.Column(
            "kind",
            sa.Enum(
                "BATCH_GAP",
                "BATCH_REFUSED",
                "MESSAGE_ID_REUSED",
                "SNAPSHOT_SHRUNK",
                "SUBJECT_UNMATCHED",
                "SOURCE_SILENT",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("occurrences", sa.BigInteger(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_data_quality_issue_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_quality_issue")),
        sa.UniqueConstraint("source", "kind", "about", name=op.f("uq_data_quality_issue_source_kind_about")),
    )
    op.create_index("ix_data_quality_issue_order", "data_quality_issue", ["first_seen_at", "id"], unique=False)
    op.create_table(
        "inbox_batch",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("DELTA", "SNAPSHOT", "ZERO", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column(
            "status",
            sa.Enum("ACCEPTED", "REFUSED", name="status", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("receipt_number", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("lists", postgresql.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("declared_rows", sa.BigInteger(), nullable=False),
        sa.Column("accepted_rows", sa.BigInteger(), nullable=False),
        sa.Column("unchanged_rows", sa.BigInteger(), nullable=False),
        sa.Column("duplicate_rows", sa.BigInteger(), nullable=False),
        sa.Column("faulty_rows", sa.BigInteger(), nullable=False),
        sa.Column("reasons", postgresql.JSONB(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_inbox_batch_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_batch")),
        sa.UniqueConstraint("receipt_number", name=op.f("uq_inbox_batch_receipt_number")),
    )
    op.create_index("ix_inbox_batch_digest", "inbox_batch", ["source", "digest"], unique=False)
    op.create_index("ix_inbox_batch_order", "inbox_batch", ["received_at", "id"], unique=False)
    op.create_index(
        "uq_inbox_batch_accepted",
        "inbox_batch",
        ["source", "number"],
        unique=True,
        postgresql_where=sa.text("status = 'ACCEPTED'"),
    )
    op.create_table(
        "legal_case",
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.String(length=64), nullable=False),
        sa.Column(
            "procedure",
            sa.Enum(
                "CIVIL",
                "ADMINISTRATIVE",
                "EXECUTION",
                "NON_LITIGATION_EXECUTION",
                "BANKRUPTCY",
                "PRESERVATION",
                "PRE_FILING_MEDIATION",
                name="procedure",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("cause", sa.String(length=200), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column(
            "confidentiality",
            sa.Enum(
                "NORMAL",
                "JUVENILE",
                "PRIVACY",
                "COMMERCIAL",
                "STATE_SECRET",
                name="confidentiality",
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
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["organization.id"], name=op.f("fk_legal_case_court_id")),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_legal_case_jurisdiction_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_legal_case")),
        sa.UniqueConstraint(
            "tenant_id", "court_id", "case_number", name=op.f("uq_legal_case_tenant_id_court_id_case_number")
        ),
    )
    op.create_table(
        "subject",
        sa.Column(
            "kind",
            sa.Enum("LEGAL", "NATURAL", "OTHER_ORG", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_masked", sa.String(length=200), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column("identity_hash", sa.LargeBinary(), nullable=True),
        sa.Column("identity_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("identity_masked", sa.String(length=18), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column(
            "match_confidence",
            sa.Enum(
                "EXACT_ID",
                "NAME",
                "MANUAL",
                "NONE",
                name="match_confidence",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("government_subject", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_subject_jurisdiction_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_subject_organization_id")),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_subject")),
    )
    op.create_index("ix_subject_organization_id", "subject", ["organization_id"], unique=False)
    op.create_index(
        "uq_subject_identity",
        "subject",
        ["tenant_id", "identity_hash"],
        unique=True,
        postgresql_where=sa.text("identity_hash is not null"),
    )
    op.create_index(
        "uq_subject_name",
        "subject",
        ["tenant_id", "name"],
        unique=True,
        postgresql_where=sa.text("uscc is null and identity_hash is null"),
    )
    op.create_index(
        "uq_subject_uscc", "subject", ["tenant_id", "uscc"], unique=True, postgresql_where=sa.text("uscc is not null")
    )
    op.create_table(
        "subject_match",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "status",
            sa.Enum("OPEN", "MATCHED", name="status", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("matched_organization_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["matched_organization_id"], ["organization.id"], name=op.f("fk_subject_match_matched_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_subject_match_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_match")),
    )
    op.create_index("ix_subject_match_order", "subject_match", ["created_at", "id"], unique=False)
    op.create_index("uq_subject_match_name", "subject_match", ["source", "name"], unique=True)
    op.create_table(
        "case_list_entry",
        sa.Column(
            "list_kind",
            sa.Enum(
                "DISHONEST",
                "PENDING",
                "TERMINATED_THIS_EXECUTION",
                name="list_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum("ACTIVE", "ENDED", name="status", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.String(length=64), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "PLAINTIFF",
                "DEFENDANT",
                "THIRD_PARTY",
                "APPLICANT",
                "JUDGMENT_DEBTOR",
                "RESPONDENT",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("government_subject", sa.Boolean(), nullable=False),
        sa.Column("claim_amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("source_key", sa.String(length=200), nullable=False),
        sa.Column("source_sequence", sa.BigInteger(), nullable=False),
        sa.Column("source_version", sa.Integer(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message_key", sa.Uuid(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "tenant_id"],
            ["legal_case.id", "legal_case.tenant_id"],
            name=op.f("fk_case_list_entry_case_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["organization.id"], name=op.f("fk_case_list_entry_court_id")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_case_list_entry_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id", "tenant_id"],
            ["subject.id", "subject.tenant_id"],
            name=op.f("fk_case_list_entry_subject_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_case_list_entry")),
        sa.UniqueConstraint(
            "tenant_id", "source", "source_key", name=op.f("uq_case_list_entry_tenant_id_source_source_key")
        ),
    )
    op.create_index(
        "ix_case_list_entry_active",
        "case_list_entry",
        ["source", "list_kind", "source_key"],
        unique=False,
        postgresql_where=sa.text("status = 'ACTIVE'"),
    )
    op.create_index("ix_case_list_entry_case_id", "case_list_entry", ["case_id"], unique=False)
    op.create_index("ix_case_list_entry_order", "case_list_entry", ["listed_on", "id"], unique=False)
    op.create_index("ix_case_list_entry_subject_id", "case_list_entry", ["subject_id"], unique=False)
    op.create_table(
        "dishonesty_record",
        sa.Column(
            "status",
            sa.Enum(
                "PRE_LISTING_NOTICED",
                "DECIDED",
                "IN_GRACE",
                "AVERTED",
                "PUBLISHED",
                "DELETED_SHIELDED",
                "REVOKED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "mirror_status",
            sa.Enum("ACTIVE", "ENDED", name="mirror_status", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.String(length=64), nullable=False),
        sa.Column("government_subject", sa.Boolean(), nullable=False),
        sa.Column("legal_representative", sa.String(length=100), nullable=True),
        sa.Column("execution_basis", sa.String(length=200), nullable=True),
        sa.Column("basis_unit", sa.String(length=200), nullable=True),
        sa.Column("duty", sa.Text(), nullable=True),
        sa.Column("performance", sa.String(length=200), nullable=True),
        sa.Column("grounds", postgresql.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("deleted_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("source_key", sa.String(length=200), nullable=False),
        sa.Column("source_sequence", sa.BigInteger(), nullable=False),
        sa.Column("source_version", sa.Integer(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message_key", sa.Uuid(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "tenant_id"],
            ["legal_case.id", "legal_case.tenant_id"],
            name=op.f("fk_dishonesty_record_case_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(["court_id"], ["organization.id"], name=op.f("fk_dishonesty_record_court_id")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_dishonesty_record_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id", "tenant_id"],
            ["subject.id", "subject.tenant_id"],
            name=op.f("fk_dishonesty_record_subject_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_dishonesty_record")),
        sa.UniqueConstraint(
            "tenant_id", "source", "source_key", name=op.f("uq_dishonesty_record_tenant_id_source_source_key")
        ),
    )
    op.create_index(
        "ix_dishonesty_record_active",
        "dishonesty_record",
        ["source", "source_key"],
        unique=False,
        postgresql_where=sa.text("mirror_status = 'ACTIVE'"),
    )
    op.create_index("ix_dishonesty_record_case_id", "dishonesty_record", ["case_id"], unique=False)
    op.create_index("ix_dishonesty_record_order", "dishonesty_record", ["listed_on", "id"], unique=False)
    op.create_index("ix_dishonesty_record_subject_id", "dishonesty_record", ["subject_id"], unique=False)
    op.create_table(
        "inbox_message",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column(
            "list_kind",
            sa.Enum(
                "DISHONEST",
                "PENDING",
                "TERMINATED_THIS_EXECUTION",
                name="list_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("file", sa.String(length=200), nullable=False),
        sa.Column("row_number", sa.BigInteger(), nullable=False),
        sa.Column("business_key", sa.String(length=200), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "RECEIVED",
                "INVALID",
                "NEEDS_INFORMATION",
                "QUARANTINED",
                "APPLIED",
                "SUPERSEDED",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reasons", postgresql.JSONB(), nullable=False),
        sa.Column("match_id", sa.Uuid(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["inbox_batch.id"], name=op.f("fk_inbox_message_batch_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_inbox_message_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_message")),
        sa.UniqueConstraint(
            "source",
            "message_id",
            "version",
            "revision",
            name=op.f("uq_inbox_message_source_message_id_version_revision"),
        ),
    )
    op.create_index("ix_inbox_message_batch_id", "inbox_message", ["batch_id", "state"], unique=False)
    op.create_index("ix_inbox_message_match_id", "inbox_message", ["match_id"], unique=False)
    op.create_index(
        "ix_inbox_message_next",
        "inbox_message",
        ["position"],
        unique=False,
        postgresql_where=sa.text("state = 'RECEIVED'"),
    )
    op.create_index("ix_inbox_message_order", "inbox_message", ["state", "received_at", "id"], unique=False)
    op.create_index(
        "ix_inbox_message_waiting",
        "inbox_message",
        ["business_key", "source", "position"],
        unique=False,
        postgresql_where=sa.text("state = 'RECEIVED'"),
    )
    op.create_table(
        "inbox_refusal",
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("file", sa.String(length=200), nullable=False),
        sa.Column("row_number", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("known_digest", sa.String(length=64), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["inbox_batch.id"], name=op.f("fk_inbox_refusal_batch_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_inbox_refusal_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_refusal")),
    )
    op.create_index(op.f("ix_inbox_refusal_batch_id"), "inbox_refusal", ["batch_id"], unique=False)
    op.create_table(
        "reconciliation",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column(
            "list_kind",
            sa.Enum(
                "DISHONEST",
                "PENDING",
                "TERMINATED_THIS_EXECUTION",
                name="list_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mirror_rows", sa.BigInteger(), nullable=False),
        sa.Column("snapshot_rows", sa.BigInteger(), nullable=False),
        sa.Column("missing_rows", sa.BigInteger(), nullable=False),
        sa.Column("ended_rows", sa.BigInteger(), nullable=False),
        sa.Column("allowed_percent", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "EQUAL", "ENDED_MISSING", "HELD", name="outcome", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["inbox_batch.id"], name=op.f("fk_reconciliation_batch_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_reconciliation_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation")),
        sa.UniqueConstraint("batch_id", "list_kind", name=op.f("uq_reconciliation_batch_id_list_kind")),
    )
    op.create_index("ix_reconciliation_order", "reconciliation", ["at", "id"], unique=False)
    op.create_table(
        "snapshot_key",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column(
            "list_kind",
            sa.Enum(
                "DISHONEST",
                "PENDING",
                "TERMINATED_THIS_EXECUTION",
                name="list_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("business_key", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["inbox_batch.id"], name=op.f("fk_snapshot_key_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", "list_kind", "business_key", name=op.f("pk_snapshot_key")),
    )
    op.create_table(
        "case_list_entry_party",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum("SOURCE", "SUBJECT", name="capacity", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id", "tenant_id"],
            ["case_list_entry.id", "case_list_entry.tenant_id"],
            name=op.f("fk_case_list_entry_party_entry_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_case_list_entry_party_organization_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", "organization_id", "tenant_id", name=op.f("pk_case_list_entry_party")),
    )
    op.create_index(
        "ix_case_list_entry_party_mine",
        "case_list_entry_party",
        ["organization_id", "listed_on", "entry_id"],
        unique=False,
    )
    op.create_table(
        "dishonesty_record_party",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum("SOURCE", "SUBJECT", name="capacity", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_dishonesty_record_party_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["record_id", "tenant_id"],
            ["dishonesty_record.id", "dishonesty_record.tenant_id"],
            name=op.f("fk_dishonesty_record_party_record_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("record_id", "organization_id", "tenant_id", name=op.f("pk_dishonesty_record_party")),
    )
    op.create_index(
        "ix_dishonesty_record_party_mine",
        "dishonesty_record_party",
        ["organization_id", "listed_on", "record_id"],
        unique=False,
    )


def told_of(table: str, key: str) -> str:
    """True when a subordinate of the caller is told of: what a court told is not its superior's by that alone."""
    return (
        f"{SUPERIOR} and exists (select 1 from {table}_party p where p.{key} = {table}.id "
        f"and p.capacity = 'SUBJECT' and p.organization_id in ({OWN_SUBORDINATES}))"
    )


def own(table: str, key: str) -> str:
    return f"exists (select 1 from {table}_party p where p.{key} = {table}.id and {OWN})"


def mirrors() -> list[str]:
    credit, government = covers("reads", "credit"), covers("reads", "government_credit")
    subordinate = f"{SUPERIOR} and capacity = 'SUBJECT' and organization_id in ({OWN_SUBORDINATES})"
    public = either(f"government_subject and {government}", told_of("dishonesty_record", "record_id"))
    by_entry = "exists (select 1 from case_list_entry e where e.{column} = {table}.id)"
    by_record = "exists (select 1 from dishonesty_record r where r.{column} = {table}.id)"
    statements = [
        *enable("case_list_entry"),
        *policy(
            "case_list_entry",
            "select",
            either(
                credit,
                own("case_list_entry", "entry_id"),
                f"government_subject and {government}",
                told_of("case_list_entry", "entry_id"),
            ),
        ),
        *enable("dishonesty_record"),
        *policy(
            "dishonesty_record",
            "select",
            either(credit, own("dishonesty_record", "record_id"), f"{SHARED} and ({public})"),
        ),
    ]
    for table in ("case_list_entry_party", "dishonesty_record_party"):
        statements += [*enable(table), *policy(table, "select", either(OWN, credit, subordinate))]
    for table, column in (("legal_case", "case_id"), ("subject", "subject_id")):
        seen = either(*(each.format(table=table, column=column) for each in (by_entry, by_record)))
        statements += [*enable(table), *policy(table, "select", seen)]
    return [
        *statements,
        *enable("subject_alias"),
        *policy("subject_alias", "select", "exists (select 1 from subject s where s.id = subject_alias.subject_id)"),
    ]


def matching() -> list[str]:
    keeps = either(OWN, covers("writes", "credit"))
    return [
        *enable("subject_match"),
        *policy("subject_match", "select", either(OWN, covers("reads", "credit"))),
        f"create policy app_update on subject_match for update to hub_app using ({keeps}) with check ({keeps})",
        (
            "grant update (status, matched_organization_id, decided_by_id, decided_at, version, updated_at) "
            "on subject_match to hub_app"
        ),
    ]


def inbox() -> list[str]:
    reads = either(OWN, covers("reads", "exchange"))
    mends = either(OWN, covers("writes", "exchange"))
    statements: list[str] = []
    for table in ("inbox_batch", "inbox_message", "reconciliation", "data_quality_issue", "connector_state"):
        statements += [*enable(table), *policy(table, "select", reads)]
    for table in ("inbox_refusal", "snapshot_key"):
        statements += enable(table)
    return [
        *statements,
        *policy("inbox_message", "insert", f"{OWN} and revision > 0 and state = 'RECEIVED'"),
        f"create policy app_update on inbox_message for update to hub_app using ({mends}) with check ({mends})",
        "grant update (state, reasons, attempt, lease_until, settled_at) on inbox_message to hub_app",
        "revoke update, delete on inbox_refusal from hub_system",
        "grant maintain on inbox_message, snapshot_key to hub_system",
        # How long a source has been silent may be known of any row it told, without seeing its connector.
        (
            "create function source_is_stale(told_by text, moment timestamptz) returns boolean language sql stable "
            "security definer set search_path = pg_catalog, public as "
            "$$ select coalesce((select stale_at <= moment from connector_state where source = told_by), true) $$"
        ),
        "revoke all on function source_is_stale(text, timestamptz) from public",
        "grant execute on function source_is_stale(text, timestamptz) to hub_app, hub_system",
    ]


PLACED = ("legal_case", "case_list_entry", "dishonesty_record", "subject", "subject_match", "inbox_message")


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    tables()
    fixed = [
        f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
        for table in PLACED
    ]
    for statement in mirrors() + matching() + inbox() + fixed:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what courts told is not taken away; restore from a backup instead")
