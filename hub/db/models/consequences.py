"""Judicial suggestions, and what dishonesty weighs in the assessment of a unit: items with points, circulars."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.supervision_codes import (
    AssessmentScheme,
    AssessmentStatus,
    SuggestionAdoption,
    SuggestionCapacity,
    SuggestionCategory,
    SuggestionStatus,
)
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list


class JudicialSuggestion(Tenanted, Staged, Versioned, Base):
    """司法建议: each problem with its suggestion. Its court's alone until it is sent."""

    __tablename__ = "judicial_suggestion"
    __table_args__ = (
        UniqueConstraint("court_id", "year", "serial", "tenant_id"),
        Index("ix_judicial_suggestion_order", "created_at", "id"),
    )

    category: Mapped[SuggestionCategory] = mapped_column(code_list(SuggestionCategory, "category"))
    status: Mapped[SuggestionStatus] = mapped_column(code_list(SuggestionStatus, "status"))
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    addressee_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    record_id: Mapped[UUID | None] = mapped_column()
    title: Mapped[str] = mapped_column(String(200))
    problems: Mapped[list[str]] = mapped_column(ARRAY(Text))
    suggestions: Mapped[list[str]] = mapped_column(ARRAY(Text))
    consultation: Mapped[str | None] = mapped_column(Text)
    document_no: Mapped[str | None] = mapped_column(String(64))
    year: Mapped[int | None] = mapped_column()
    serial: Mapped[int | None] = mapped_column()
    clause: Mapped[str | None] = mapped_column(String(200))
    signed_by: Mapped[str | None] = mapped_column(String(100))
    sent_at: Mapped[datetime | None] = mapped_column()
    due_on: Mapped[date | None] = mapped_column()
    due_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    received_at: Mapped[datetime | None] = mapped_column()
    received_by: Mapped[str | None] = mapped_column(String(100))
    reply: Mapped[str | None] = mapped_column(Text)
    adoption: Mapped[SuggestionAdoption | None] = mapped_column(code_list(SuggestionAdoption, "adoption"))
    replied_at: Mapped[datetime | None] = mapped_column()
    outcome: Mapped[str | None] = mapped_column(Text)


class JudicialSuggestionParty(Timestamped, Base):
    """Who may see a suggestion: its court from the start, addressee and copied once it is sent."""

    __tablename__ = "judicial_suggestion_party"
    __table_args__ = (
        ForeignKeyConstraint(
            ["suggestion_id", "tenant_id"], ["judicial_suggestion.id", "judicial_suggestion.tenant_id"]
        ),
        Index("ix_judicial_suggestion_party_mine", "organization_id", "suggestion_id"),
    )

    suggestion_id: Mapped[UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    capacity: Mapped[SuggestionCapacity] = mapped_column(code_list(SuggestionCapacity, "capacity"))
    jurisdiction_path: Mapped[str] = mapped_column(String(200))


class AssessmentItem(Tenanted, Staged, Versioned, Base):
    """What a listing weighs in a year's assessment of a unit: proposed by rule, given its points by a person."""

    __tablename__ = "assessment_item"
    __table_args__ = (
        UniqueConstraint("record_id", "scheme", "year", "tenant_id"),
        Index("ix_assessment_item_order", "created_at", "id"),
    )

    scheme: Mapped[AssessmentScheme] = mapped_column(code_list(AssessmentScheme, "scheme"))
    status: Mapped[AssessmentStatus] = mapped_column(code_list(AssessmentStatus, "status"))
    year: Mapped[int] = mapped_column()
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    assessor_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    record_id: Mapped[UUID] = mapped_column()
    case_number: Mapped[str] = mapped_column(String(64))
    clause: Mapped[str | None] = mapped_column(String(200))
    points: Mapped[int | None] = mapped_column()
    reason: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(String(100))
    entered_at: Mapped[datetime | None] = mapped_column()
    performed_on: Mapped[date | None] = mapped_column()


class Circular(Tenanted, Versioned, Base):
    """通报批评 of a listed unit, with the day it is to perform by; it stands as it was issued."""

    __tablename__ = "circular"
    __table_args__ = (
        ForeignKeyConstraint(["item_id", "tenant_id"], ["assessment_item.id", "assessment_item.tenant_id"]),
        Index("ix_circular_order", "created_at", "id"),
    )

    scheme: Mapped[AssessmentScheme] = mapped_column(code_list(AssessmentScheme, "scheme"))
    issuer_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    item_id: Mapped[UUID] = mapped_column()
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text)
    perform_by: Mapped[date] = mapped_column()
    clause: Mapped[str | None] = mapped_column(String(200))
    signed_by: Mapped[str] = mapped_column(String(100))
