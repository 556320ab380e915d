"""Integrity of public bodies: records with their revisions, and the persons some of them are about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.integrity_codes import IntegrityCategory, IntegrityStatus
from hub.core.keyring import Sealed
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list
from hub.db.types import Encrypted


class IntegrityPerson(Tenanted, Timestamped, Base):
    """Who answers for a body, as one recorder told of it. The name is kept sealed and found by its keyed hash within
    the body; others read ``name_masked``."""

    __tablename__ = "integrity_person"
    __table_args__ = (UniqueConstraint("organization_id", "name_key", "recorder_id", "tenant_id"),)

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    recorder_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    name_sealed: Mapped[Sealed] = mapped_column(Encrypted)
    name_key: Mapped[bytes] = mapped_column(LargeBinary)
    name_masked: Mapped[str] = mapped_column(String(100))
    post: Mapped[str] = mapped_column(String(100))


class IntegrityRecord(Tenanted, Staged, Versioned, Base):
    """政务失信记录 of a body, or with ``person_id`` of one who answers for it. ``source_id``: the listing it is derived
    from; such a record follows its court alone.
    ``causes`` were traced for the overdue list it rests on. Amounts in fen (0.01 yuan)."""

    __tablename__ = "integrity_record"
    __table_args__ = (
        ForeignKeyConstraint(["person_id", "tenant_id"], ["integrity_person.id", "integrity_person.tenant_id"]),
        ForeignKeyConstraint(["overdue_list_id", "tenant_id"], ["overdue_list.id", "overdue_list.tenant_id"]),
        UniqueConstraint("source_id", "tenant_id"),
        Index("ix_integrity_record_overdue_list_id", "overdue_list_id"),
        CheckConstraint("(category = 'DISHONEST_DEBTOR') = (source_id IS NOT NULL)", name="derived_of_listing"),
        Index("ix_integrity_record_order", "occurred_on", "id"),
        Index("ix_integrity_record_organization", "organization_id", "occurred_on", "id"),
        Index("ix_integrity_record_person_id", "person_id"),
    )

    category: Mapped[IntegrityCategory] = mapped_column(code_list(IntegrityCategory, "category"))
    status: Mapped[IntegrityStatus] = mapped_column(code_list(IntegrityStatus, "status"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    recorder_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    person_id: Mapped[UUID | None] = mapped_column()
    source_id: Mapped[UUID | None] = mapped_column()
    overdue_list_id: Mapped[UUID | None] = mapped_column()
    causes: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str] = mapped_column(String(200))
    facts: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(String(200))
    occurred_on: Mapped[date] = mapped_column()
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    contest_reason: Mapped[str | None] = mapped_column(Text)
    contest_evidence: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    decide_by: Mapped[date | None] = mapped_column()
    decide_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    decision: Mapped[str | None] = mapped_column(Text)
    ended_on: Mapped[date | None] = mapped_column()
    keep_until: Mapped[date | None] = mapped_column()


class IntegrityRevision(Tenanted, Timestamped, Base):
    """What a record said after one change of it, and why it was changed; never altered."""

    __tablename__ = "integrity_revision"
    __table_args__ = (
        UniqueConstraint("record_id", "number", "tenant_id"),
        ForeignKeyConstraint(["record_id", "tenant_id"], ["integrity_record.id", "integrity_record.tenant_id"]),
    )

    record_id: Mapped[UUID] = mapped_column()
    number: Mapped[int] = mapped_column()
    event: Mapped[str] = mapped_column(String(40))
    status: Mapped[IntegrityStatus] = mapped_column(code_list(IntegrityStatus, "status"))
    title: Mapped[str] = mapped_column(String(200))
    facts: Mapped[str] = mapped_column(Text)
    occurred_on: Mapped[date] = mapped_column()
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    reason: Mapped[str | None] = mapped_column(Text)
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    made_at: Mapped[datetime] = mapped_column()
