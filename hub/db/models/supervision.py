"""Supervision notices with their parties, recipients, signatures, documents and numbers; what courts report."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.supervision_codes import (
    CaseReportKind,
    NoticeCapacity,
    NoticeKind,
    NoticeStatus,
    NoticeTrigger,
    RecipientRole,
)
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list

_NOTICE = ["supervision_notice.id", "supervision_notice.tenant_id"]


class SupervisionNotice(Tenanted, Staged, Versioned, Base):
    """One letter or order to one unit (``subject_id``). It has a number and an instant of issue from its last
    signature on, and recipients see it from then on.

    ``source_id`` is the mirrored row or report it was drafted upon.
    """

    __tablename__ = "supervision_notice"
    __table_args__ = (
        Index("ix_supervision_notice_due", "due_sort", "id"),
        Index("ix_supervision_notice_subject", "subject_id", "due_sort", "id"),
        Index(
            "uq_supervision_notice_source",
            "source_id",
            "trigger",
            "tenant_id",
            unique=True,
            postgresql_where=text("source_id IS NOT NULL"),
        ),
        UniqueConstraint("issuer_id", "document_no", "tenant_id"),
        CheckConstraint(
            "(issued_at IS NULL) = (document_no IS NULL) "
            "AND (issued_at IS NOT NULL OR status IN ('DRAFT', 'PENDING_SIGNOFF', 'ISSUED', 'WITHDRAWN'))",
            name="issued_whole",
        ),
    )

    kind: Mapped[NoticeKind] = mapped_column(code_list(NoticeKind, "kind"))
    status: Mapped[NoticeStatus] = mapped_column(code_list(NoticeStatus, "status"))
    trigger: Mapped[NoticeTrigger] = mapped_column(code_list(NoticeTrigger, "trigger"))
    source_id: Mapped[UUID | None] = mapped_column()
    issuer_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    co_issuer_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    title: Mapped[str] = mapped_column(String(200))
    facts: Mapped[str] = mapped_column(Text)
    demand: Mapped[str] = mapped_column(Text)
    case_id: Mapped[UUID | None] = mapped_column()
    record_id: Mapped[UUID | None] = mapped_column()
    case_number: Mapped[str | None] = mapped_column(String(64))
    clause: Mapped[str | None] = mapped_column(String(200))
    document_no: Mapped[str | None] = mapped_column(String(64))
    issued_at: Mapped[datetime | None] = mapped_column()
    due_on: Mapped[date | None] = mapped_column()
    due_at: Mapped[datetime | None] = mapped_column()
    due_sort: Mapped[date] = mapped_column()
    due_provisional: Mapped[bool] = mapped_column(default=False)
    deadline_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    responsible_leader: Mapped[str | None] = mapped_column(String(100))
    responsible_person: Mapped[str | None] = mapped_column(String(100))
    responsible_post: Mapped[str | None] = mapped_column(String(100))
    extension_due_on: Mapped[date | None] = mapped_column()
    extension_reason: Mapped[str | None] = mapped_column(Text)
    extension_count: Mapped[int] = mapped_column(default=0)
    urge_count: Mapped[int] = mapped_column(default=0)
    escalation_level: Mapped[int] = mapped_column(default=0)
    reply: Mapped[str | None] = mapped_column(Text)
    reply_evidence: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    return_reason: Mapped[str | None] = mapped_column(Text)
    close_reason: Mapped[str | None] = mapped_column(Text)
    closed_at: Mapped[datetime | None] = mapped_column()


class SupervisionNoticeParty(Timestamped, Base):
    """Who may see a notice; recipients only from its issue on."""

    __tablename__ = "supervision_notice_party"
    __table_args__ = (
        ForeignKeyConstraint(["notice_id", "tenant_id"], _NOTICE),
        Index("ix_supervision_notice_party_mine", "organization_id", "due_sort", "notice_id"),
    )

    notice_id: Mapped[UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    capacity: Mapped[NoticeCapacity] = mapped_column(code_list(NoticeCapacity, "capacity"))
    due_sort: Mapped[date] = mapped_column()
    jurisdiction_path: Mapped[str] = mapped_column(String(200))


class NoticeRecipient(Tenanted, Timestamped, Base):
    """One addressee with its receipts: delivered by the hub, signed for by a person (签收)."""

    __tablename__ = "notice_recipient"
    __table_args__ = (
        ForeignKeyConstraint(["notice_id", "tenant_id"], _NOTICE),
        UniqueConstraint("notice_id", "organization_id", "tenant_id"),
    )

    notice_id: Mapped[UUID] = mapped_column()
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    role: Mapped[RecipientRole] = mapped_column(code_list(RecipientRole, "role"))
    delivered_at: Mapped[datetime | None] = mapped_column()
    receipt_at: Mapped[datetime | None] = mapped_column()
    received_by: Mapped[str | None] = mapped_column(String(100))


class NoticeSignature(Tenanted, Timestamped, Base):
    """A leader of an issuer, or of the government, put their name to it (签发). A rejected draft loses them all."""

    __tablename__ = "notice_signature"
    __table_args__ = (
        ForeignKeyConstraint(["notice_id", "tenant_id"], _NOTICE),
        UniqueConstraint("notice_id", "organization_id", "tenant_id"),
    )

    notice_id: Mapped[UUID] = mapped_column()
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    signed_by: Mapped[str] = mapped_column(String(100))
    post: Mapped[str] = mapped_column(String(100))
    signed_at: Mapped[datetime] = mapped_column()


class OfficialDocument(Tenanted, Timestamped, Base):
    """A document as issued, kept with the SHA-256 of its bytes; a correction is a further version."""

    __tablename__ = "official_document"
    __table_args__ = (UniqueConstraint("target_id", "version", "file_name", "tenant_id"),)

    target_id: Mapped[UUID] = mapped_column()
    version: Mapped[int] = mapped_column()
    file_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))


class DocumentSeries(Base):
    """The last document number an organisation gave in a year; numbers have no gaps."""

    __tablename__ = "document_series"

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column()


class CaseReport(Tenanted, Timestamped, Base):
    """A court tells the credit office of a case against a public body; drafts follow by the rules of the pack."""

    __tablename__ = "case_report"
    __table_args__ = (
        UniqueConstraint("court_id", "case_number", "organization_id", "kind", "tenant_id"),
        Index("ix_case_report_waiting", "id", postgresql_where=text("considered_at IS NULL")),
        Index("ix_case_report_order", "created_at", "id"),
    )

    kind: Mapped[CaseReportKind] = mapped_column(code_list(CaseReportKind, "kind"))
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    case_number: Mapped[str] = mapped_column(String(64))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    happened_on: Mapped[date] = mapped_column()
    perform_by: Mapped[date | None] = mapped_column()
    considered_at: Mapped[datetime | None] = mapped_column()
