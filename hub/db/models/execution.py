"""Execution queries: who may ask, what was asked, each holder's part, what it answered, who read it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.execution_codes import (
    AnswerCode,
    ExecutionOrderStatus,
    ExecutionQueryStatus,
    LegalDocumentKind,
    OfficerCapacity,
    QueryPurpose,
    QueryType,
    QueryUrgency,
    ReturnReason,
)
from hub.core.keyring import Sealed
from hub.db.base import Base, Keyed, Staged, Tenanted, Timestamped, Versioned, code_list
from hub.db.types import Encrypted

_OPEN_ORDER = "status in ('DISPATCHED', 'ACCEPTED', 'OBJECTED')"
_UNPURGED_QUERY = "status not in ('REJECTED', 'CANCELLED', 'PURGED')"


class ExecutionOfficer(Tenanted, Versioned, Base):
    """An officer of a court, known by the client he works with; ``certificate_number`` is of his 执行公务证."""

    __tablename__ = "execution_officer"
    __table_args__ = (
        UniqueConstraint("tenant_id", "court_id", "client_id"),
        UniqueConstraint("tenant_id", "court_id", "certificate_number"),
        Index("ix_execution_officer_court_id", "court_id", "id"),
    )

    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    client_id: Mapped[str] = mapped_column(String(100))
    certificate_number: Mapped[str] = mapped_column(String(40))
    capacity: Mapped[OfficerCapacity] = mapped_column(code_list(OfficerCapacity, "capacity"))
    valid_to: Mapped[date] = mapped_column()
    suspended_at: Mapped[datetime | None] = mapped_column()


class CourtSeal(Tenanted, Timestamped, Base):
    """Public key of a court's electronic seal: ECDSA on P-256, as PEM."""

    __tablename__ = "court_seal"
    __table_args__ = (UniqueConstraint("tenant_id", "court_id", "serial"),)

    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    serial: Mapped[str] = mapped_column(String(64))
    public_key: Mapped[str] = mapped_column(Text)
    valid_to: Mapped[date] = mapped_column()


class ExecutionQuery(Tenanted, Staged, Versioned, Base):
    """One question of a court about one obligor, put to many holders. ``target_index`` is the keyed blind index of the
    target's number; ``round`` counts how often the question was asked; ``asks`` are the holders
    with what each is asked (``{"holder": …, "type": …}``)."""

    __tablename__ = "execution_query"
    __table_args__ = (
        UniqueConstraint("tenant_id", "inquiry_number"),
        ForeignKeyConstraint(["case_id", "tenant_id"], ["legal_case.id", "legal_case.tenant_id"]),
        ForeignKeyConstraint(["subject_id", "tenant_id"], ["subject.id", "subject.tenant_id"]),
        Index("ix_execution_query_order", "created_at", "id"),
        Index("ix_execution_query_target", "tenant_id", "target_index"),
        Index("ix_execution_query_open", "status", "id", postgresql_where=text(_UNPURGED_QUERY)),
    )

    inquiry_number: Mapped[str] = mapped_column(String(45))
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    case_id: Mapped[UUID] = mapped_column()
    case_number: Mapped[str] = mapped_column(String(64))
    subject_id: Mapped[UUID] = mapped_column()
    target_index: Mapped[bytes] = mapped_column(LargeBinary)
    purpose_code: Mapped[QueryPurpose] = mapped_column(code_list(QueryPurpose, "purpose_code"))
    purpose_text: Mapped[str] = mapped_column(String(500))
    urgency: Mapped[QueryUrgency] = mapped_column(code_list(QueryUrgency, "urgency"))
    status: Mapped[ExecutionQueryStatus] = mapped_column(code_list(ExecutionQueryStatus, "status"))
    asks: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
    requester_id: Mapped[UUID] = mapped_column()
    co_handler_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    approver_id: Mapped[UUID | None] = mapped_column()
    decided_at: Mapped[datetime | None] = mapped_column()
    decision_note: Mapped[str | None] = mapped_column(Text)
    approval_due_at: Mapped[datetime | None] = mapped_column()
    expires_on: Mapped[date] = mapped_column()
    repeat_days: Mapped[int | None] = mapped_column()
    repeat_until: Mapped[date | None] = mapped_column()
    next_round_on: Mapped[date | None] = mapped_column()
    round: Mapped[int] = mapped_column(default=1)
    access_count: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[datetime | None] = mapped_column()
    purge_on: Mapped[date | None] = mapped_column()


class ExecutionDocument(Tenanted, Timestamped, Base):
    """A legal document of a query. ``digest`` is the hexadecimal SHA-256 of its bytes, checked against the seal."""

    __tablename__ = "execution_document"
    __table_args__ = (
        ForeignKeyConstraint(["query_id", "tenant_id"], ["execution_query.id", "execution_query.tenant_id"]),
        Index("ix_execution_document_query_id", "query_id"),
    )

    query_id: Mapped[UUID] = mapped_column()
    kind: Mapped[LegalDocumentKind] = mapped_column(code_list(LegalDocumentKind, "kind"))
    document_number: Mapped[str] = mapped_column(String(100))
    filename: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    seal_serial: Mapped[str] = mapped_column(String(64))
    content_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)


class ExecutionOrder(Tenanted, Staged, Versioned, Base):
    """One holder's part of a query in one round, numbered in the holder's form. ``result_digest`` is the hexadecimal
    SHA-256 of the answer as sealed, and stays when the answer is purged."""

    __tablename__ = "execution_order"
    __table_args__ = (
        UniqueConstraint("tenant_id", "order_number"),
        ForeignKeyConstraint(["query_id", "tenant_id"], ["execution_query.id", "execution_query.tenant_id"]),
        Index("ix_execution_order_query_id", "query_id", "round"),
        Index("ix_execution_order_holder", "holder_id", "due_on", "id"),
        Index("ix_execution_order_order", "due_on", "id"),
        Index("ix_execution_order_open", "due_at", "id", postgresql_where=text(_OPEN_ORDER)),
    )

    query_id: Mapped[UUID] = mapped_column()
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    query_type: Mapped[QueryType] = mapped_column(code_list(QueryType, "query_type"))
    round: Mapped[int] = mapped_column()
    order_number: Mapped[str] = mapped_column(String(45))
    case_number: Mapped[str] = mapped_column(String(64))
    target_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)
    target_index: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[ExecutionOrderStatus] = mapped_column(code_list(ExecutionOrderStatus, "status"))
    due_on: Mapped[date] = mapped_column()
    due_at: Mapped[datetime] = mapped_column()
    due_provisional: Mapped[bool] = mapped_column()
    deadline_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    urge_count: Mapped[int] = mapped_column(default=0)
    urged_at: Mapped[datetime | None] = mapped_column()
    return_reason: Mapped[ReturnReason | None] = mapped_column(code_list(ReturnReason, "return_reason"))
    return_note: Mapped[str | None] = mapped_column(Text)
    return_contact_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)
    objection: Mapped[str | None] = mapped_column(Text)
    objected_at: Mapped[datetime | None] = mapped_column()
    objection_due_on: Mapped[date | None] = mapped_column()
    objection_decision: Mapped[str | None] = mapped_column(Text)
    answer_code: Mapped[AnswerCode | None] = mapped_column(code_list(AnswerCode, "answer_code"))
    as_of: Mapped[date | None] = mapped_column()
    answered_at: Mapped[datetime | None] = mapped_column()
    item_count: Mapped[int | None] = mapped_column()
    result_digest: Mapped[str | None] = mapped_column(String(64))


class ExecutionResult(Tenanted, Timestamped, Base):
    """What a holder answered, sealed; ``id`` is the order's. It goes when the purpose has ended."""

    __tablename__ = "execution_result"
    __table_args__ = (
        ForeignKeyConstraint(["id", "tenant_id"], ["execution_order.id", "execution_order.tenant_id"]),
        Index("ix_execution_result_query_id", "query_id"),
    )

    query_id: Mapped[UUID] = mapped_column()
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    content_sealed: Mapped[Sealed] = mapped_column(Encrypted)


class ExecutionRead(Keyed, Base):
    """One reading of one answer or lookout, written before it was released; kept when it is purged."""

    __tablename__ = "execution_read"
    __table_args__ = (
        Index("ix_execution_read_officer", "client_id", "at"),
        Index("ix_execution_read_target", "tenant_id", "target_index", "at"),
    )

    tenant_id: Mapped[UUID] = mapped_column()
    jurisdiction_path: Mapped[str] = mapped_column(String(200))
    query_id: Mapped[UUID | None] = mapped_column()
    order_id: Mapped[UUID | None] = mapped_column()
    lookout_id: Mapped[UUID | None] = mapped_column()
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    target_index: Mapped[bytes] = mapped_column(LargeBinary)
    client_id: Mapped[str] = mapped_column(String(100))
    officer_id: Mapped[UUID] = mapped_column()
    purpose: Mapped[str] = mapped_column(String(500))
    item_count: Mapped[int] = mapped_column()
    watermark: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column()
